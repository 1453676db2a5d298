"""What every contract is: frozen, exact about its fields, and named with its version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A piece of a contract: frozen, refuses unknown fields, has no version of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")

    def evolve(self, **changes: Any) -> Self:
        """A copy with these fields changed. The caller vouches for their types; nothing is validated."""
        unknown = changes.keys() - type(self).model_fields.keys()
        if unknown:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        return self.model_copy(update=changes)


P = TypeVar("P", bound=Part)
_new = object.__new__
# what a model keeps its fields in, set without the check that keeps a frozen model from changes
_set_fields, _set_named, _set_extra, _set_private = (
    vars(BaseModel)[slot].__set__
    for slot in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)


def proven(kind: type[P], named: set[str], fields: Mapping[str, object]) -> P:
    """A part of a contract that is not validated: a report has a thousand of them.

    Args:
        kind: the part.
        named: the names of the fields that are given; shared by all, since parts are frozen.
        fields: every field in declared order, of types that mypy or an earlier validation has proven.  The part
            keeps this very dictionary.
    """
    made = _new(kind)
    _set_fields(made, fields)
    _set_named(made, named)
    _set_extra(made, None)
    _set_private(made, None)
    return made


class Contract(Part):
    """Something handed over: it names its own version in the field ``contract``.

    Subclasses set ``CONTRACT`` and declare ``contract: Literal["name/1"] = "name/1"``.
    """

    CONTRACT: ClassVar[str]

    def to_bytes(self) -> bytes:
        """Canonical JSON in UTF-8: fields in declared order, so equal contracts give equal bytes."""
        return self.model_dump_json().encode("utf-8")

    def to_pretty_json(self) -> str:
        """The same, indented, for files that people open. Ends with a line feed."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what :meth:`to_bytes` wrote.

        Raises:
            pydantic.ValidationError: the bytes are no such contract.
        """
        return cls.model_validate_json(data)
