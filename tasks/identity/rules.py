"""The words and tables identity works by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict

from tasks.errors import Misconfigured
from tasks.identity import area_table
from tasks.identity.area_table import AreaTable, Naming, compile_table
from tasks.identity.kind import KindRules, KindWords
from tasks.identity.mentions import Scanner
from tasks.identity.periods import PeriodRules, PeriodWords
from tasks.tables import compiled_table
from tasks.vocabulary import read_toml


class _Exact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Endings(_Exact):
    province: tuple[str, ...]
    prefecture: tuple[str, ...]
    county: tuple[str, ...]
    township: tuple[str, ...]


class _Names(_Exact):
    names: tuple[str, ...]


class _Words(_Exact):
    words: tuple[str, ...]


class _Publishers(_Exact):
    publishers: tuple[str, ...]


class PlaceWords(_Exact):
    """The content of areas.toml."""

    endings: _Endings
    colloquial: dict[str, str]
    peoples: _Names
    common: _Names
    zones: _Names
    self: _Words
    national: _Publishers
    province_marks: dict[str, str]


class _Former(_Exact):
    places: tuple[str, ...]


@dataclass(frozen=True)
class IdentityRules:
    """Words and the area table, compiled.

    Attributes:
        table: all places.
        naming: endings and short names.
        former: code of a place that is no more (nine digits) → the place of today.
        scanner: finds names in text.
        words: the content of areas.toml.
        kinds: how a kind is told.
        periods: how years are told.
    """

    FILES: ClassVar[tuple[str, ...]] = ("areas.toml", "areas.tsv", "areas_former.toml", "kinds.toml", "periods.toml")

    table: AreaTable
    naming: Naming
    former: dict[int, int]
    scanner: Scanner
    words: PlaceWords
    kinds: KindRules
    periods: PeriodRules

    def is_common(self, name: str) -> bool:
        """Whether the name of a place is an everyday word."""
        return name in self.scanner.common

    @classmethod
    def load(cls, vocabulary: Path) -> Self:
        """Read the words, and build the area table if it is not yet built.

        Raises:
            tasks.errors.Misconfigured: a file is missing, malformed or has an unknown key.
        """
        words = read_toml(vocabulary / "areas.toml", PlaceWords)
        lines = [line.split() for line in read_toml(vocabulary / "areas_former.toml", _Former).places]
        if any(len(line) != 3 for line in lines):
            raise Misconfigured(
                "malformed_file",
                f"{vocabulary / 'areas_former.toml'}: every place is a code, a name and the code of today; "
                "mend the others",
            )
        naming = Naming(words.endings.model_dump(), words.colloquial, words.peoples.names)
        source = (vocabulary / "areas.tsv").read_bytes()
        made_from = (
            Path(area_table.__file__).read_bytes(),
            source,
            *((vocabulary / name).read_bytes() for name in ("areas.toml", "areas_former.toml")),
        )
        path = compiled_table(
            "areas",
            made_from,
            lambda: compile_table(source.decode("utf-8"), naming, {name: now for _, name, now in lines}),
        )
        table = AreaTable.open(path)
        return cls(
            table=table,
            naming=naming,
            former={int(code.ljust(9, "0")): int(now.ljust(9, "0")) for code, _, now in lines},
            scanner=Scanner(table, naming, words.common.names, (name for _, name, _ in lines)),
            words=words,
            kinds=KindRules.compile(read_toml(vocabulary / "kinds.toml", KindWords)),
            periods=PeriodRules.compile(read_toml(vocabulary / "periods.toml", PeriodWords)),
        )
