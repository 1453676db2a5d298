"""The words of table headers and labels, compiled, and the spellings of units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict

from tasks.extract.words import UnitWords
from tasks.vocabulary import read_toml

_Pattern = re.Pattern[str]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Columns(_Strict):
    serial: tuple[str, ...]
    unit: tuple[str, ...]
    note: tuple[str, ...]
    name: tuple[str, ...]
    rank: tuple[str, ...]
    completion: tuple[str, ...]
    change: tuple[str, ...]
    change_rate: tuple[str, ...]
    share: tuple[str, ...]
    target: tuple[str, ...]
    level: tuple[str, ...]


class _Rows(_Strict):
    times: tuple[str, ...]
    places: tuple[str, ...]
    totals: tuple[str, ...]


class _Labels(_Strict):
    lead: tuple[str, ...]
    leaning: tuple[str, ...]
    done: tuple[str, ...]
    plain: tuple[str, ...]
    parts: tuple[str, ...]
    growth: tuple[str, ...]
    share: tuple[str, ...]
    up: tuple[str, ...]
    down: tuple[str, ...]


class _TableWords(_Strict):
    columns: _Columns
    rows: _Rows
    labels: _Labels


@dataclass(frozen=True)
class TableRules:
    """The words of headers and labels, compiled, and the spellings of units.

    Attributes:
        columns: role and pattern, in the order they are tried.
    """

    FILES: ClassVar[tuple[str, ...]] = ("tables.toml", "units.toml")

    columns: tuple[tuple[str, _Pattern], ...]
    times: _Pattern
    places: _Pattern
    totals: _Pattern
    lead: _Pattern
    done: _Pattern
    plain: _Pattern
    parts: _Pattern
    leaning: _Pattern
    growth: _Pattern
    share: _Pattern
    down: _Pattern
    signed: _Pattern
    units: frozenset[str]
    spellings: dict[str, str]

    @classmethod
    def load(cls, vocabulary: Path) -> Self:
        """Read tables.toml and units.toml and compile them.

        Raises:
            tasks.errors.Misconfigured: a file is missing, malformed or has an unknown key.
        """
        words = read_toml(vocabulary / "tables.toml", _TableWords)
        units = read_toml(vocabulary / "units.toml", UnitWords)
        return cls(
            columns=tuple((role, _any(getattr(words.columns, role))) for role in _Columns.model_fields),
            times=_any(words.rows.times),
            places=_any(words.rows.places),
            totals=_any(words.rows.totals),
            lead=_any(words.labels.lead),
            done=_any(words.labels.done),
            plain=_any(words.labels.plain),
            parts=_any(words.labels.parts),
            leaning=_any(words.labels.leaning),
            growth=_any(words.labels.growth),
            share=_any(words.labels.share),
            down=_any(words.labels.down),
            signed=_any((*words.labels.up, *words.labels.down)),
            units=frozenset(units.kind_of),
            spellings=dict(units.spellings),
        )


def _any(alternatives: tuple[str, ...]) -> _Pattern:
    return re.compile("|".join(f"(?:{one})" for one in alternatives))
