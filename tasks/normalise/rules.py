"""The words and tables the script stage works by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, RootModel

from tasks.normalise.annotations import Readings
from tasks.normalise.conversion import Converter, Region, converter
from tasks.normalise.gbk import Gbk, simplified_characters
from tasks.normalise.hijack import HijackRules, HijackWords
from tasks.normalise.language import Language, language
from tasks.normalise.script import Scripts
from tasks.vocabulary import read_toml

#: Weight of a word of the vocabulary in the language model: that of a word met once in 30,000.
_WEIGHT = 2000


class _ScriptFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    words: str


class _PhrasesFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    traditional: dict[str, str]
    taiwan: dict[str, str]
    hong_kong: dict[str, str]


class _ReadingsFile(RootModel[dict[str, str]]):
    model_config = ConfigDict(frozen=True)


@dataclass(frozen=True)
class NormaliseRules:
    """Words and compiled tables.

    Attributes:
        converters: traditional to simplified, by region.
        readings: which characters have which pinyin.
        gbk: the codes of GBK, for undoing byte damage.
        language: word statistics.
        scripts: tells traditional from simplified.
        hijack: terms of gambling sites.
    """

    FILES: ClassVar[tuple[str, ...]] = ("script.toml", "script_phrases.toml", "script_readings.toml", "hijack.toml")

    converters: Mapping[Region, Converter]
    readings: Readings
    gbk: Gbk
    language: Language
    scripts: Scripts
    hijack: HijackRules

    @classmethod
    def load(cls, vocabulary: Path) -> Self:
        """Read and compile."""
        script = read_toml(vocabulary / "script.toml", _ScriptFile)
        phrases = read_toml(vocabulary / "script_phrases.toml", _PhrasesFile).model_dump()
        readings = read_toml(vocabulary / "script_readings.toml", _ReadingsFile).root
        regions: tuple[Region, ...] = ("standard", "taiwan", "hong_kong")
        simplified = simplified_characters()
        return cls(
            converters={region: converter(region, phrases) for region in regions},
            readings=Readings(readings),
            gbk=Gbk(simplified),
            language=language(dict.fromkeys(script.words.split(), _WEIGHT)),
            scripts=Scripts(simplified),
            hijack=HijackRules(read_toml(vocabulary / "hijack.toml", HijackWords)),
        )
