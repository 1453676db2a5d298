"""Reads TOML files into frozen models, and refuses what it does not know by name."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError

from tasks.errors import Misconfigured

M = TypeVar("M", bound=BaseModel)


def read_toml(path: Path, model: type[M]) -> M:
    """Read ``path`` into ``model``, whose config must be ``extra="forbid"``.

    Raises:
        Misconfigured: the file is missing or malformed, or has a key the model does not know; the
            sentence names the file, the key, and the nearest known key.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Misconfigured(
            "missing_file", f"{path} cannot be read ({error.strerror}); restore it or name another folder"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured("malformed_file", f"{path} is not valid TOML: {error}; mend that line") from error
    return validated(model, data, str(path))


def validated(model: type[M], data: object, where: str) -> M:
    """``data`` as a ``model``.

    Raises:
        Misconfigured: all that is wrong, in one sentence each, with ``where`` in front.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        sentences = []
        for fault in error.errors():
            key = ".".join(str(part) for part in fault["loc"])
            if fault["type"] == "extra_forbidden":
                known = _keys(model, fault["loc"][:-1])
                near = get_close_matches(str(fault["loc"][-1]), known, 1, 0.5)
                hint = f"did you mean {near[0]}?" if near else f"known keys: {', '.join(sorted(known))}"
                sentences.append(f"unknown key {key}; {hint}")
            else:
                sentences.append(f"{key or 'the file'}: {fault['msg'].lower().removeprefix('value error, ')}")
        raise Misconfigured("bad_settings", f"{where}: {'; '.join(sentences)}") from error


def _keys(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """The field names known at ``path`` inside ``model``."""
    current: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int) or current is None:
            continue
        info = current.model_fields.get(part)
        if info is None:
            continue  # a key of a mapping: its values' model was already found
        current = _model_in(info.annotation)
    return list(current.model_fields) if current else []


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        found = _model_in(inner)
        if found is not None:
            return found
    return None
