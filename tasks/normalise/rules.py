"""The words and tables the script stage works by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, RootModel

from tasks.errors import Misconfigured
from tasks.normalise.annotations import Readings
from tasks.normalise.candidates import Usual, usual_characters
from tasks.normalise.conversion import Converter, Region, converter
from tasks.normalise.dropped import dropped_pairs
from tasks.normalise.gbk import Gbk, simplified_characters
from tasks.normalise.hijack import HijackRules, HijackWords
from tasks.normalise.language import Language, language
from tasks.normalise.places import Places
from tasks.normalise.script import Scripts
from tasks.vocabulary import read_toml

#: Weight of a word of the vocabulary in the language model: that of a word met once in 30,000.
_WEIGHT = 2000

#: Weight of a word of every report: met once in 4,000.
_COMMON = 15_000

#: Weight of a place name: a county's is met more often than a town's.
_PLACE = 300
_TOWN = 30


class _ScriptFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    common: str
    words: str


class _PhrasesFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    traditional: dict[str, str]
    taiwan: dict[str, str]
    hong_kong: dict[str, str]


class _ReadingsFile(RootModel[dict[str, str]]):
    model_config = ConfigDict(frozen=True)


#: What the name of a place may be without.
_CLASSES = ("自治县", "街道", "省", "市", "区", "县", "旗", "镇", "乡")


def _place_names(path: Path) -> tuple[dict[str, int], Places]:
    """The names of areas.tsv, with and without their class: their weights, and what lies near what."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise Misconfigured(
            "missing_vocabulary", f"{path} cannot be read ({error.strerror}); restore it from the repository"
        ) from error
    found: dict[str, int] = {}
    regions: dict[str, set[str]] = {}
    members: dict[str, list[str]] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        code, name, _, towns = (*line.split("\t"), "", "", "")[:4]
        for place, weight in ((name, _PLACE), *((town[3:], _TOWN) for town in towns.split())):
            short = next((place.removesuffix(c) for c in _CLASSES if place.endswith(c)), place)
            for form in (place, short):
                if len(form) > 1:
                    found[form] = max(found.get(form, 0), weight)
                    if weight == _PLACE:
                        regions.setdefault(form, set()).add(code[:4])
                    members.setdefault(code[:4], []).append(form)
    return found, Places(
        {form: tuple(sorted(codes)) for form, codes in regions.items() if len(codes) < 3},
        {code: tuple(forms) for code, forms in members.items()},
    )


@dataclass(frozen=True)
class NormaliseRules:
    """Words and compiled tables.

    Attributes:
        converters: traditional to simplified, by region.
        readings: which characters have which pinyin.
        gbk: the codes of GBK, for undoing byte damage.
        language: word statistics.
        dropped: neighbours in words that lose the pair between them out of step.
        usual: characters by byte, likeliest first.
        scripts: tells traditional from simplified.
        hijack: terms of gambling sites.
        places: which places lie near which.
    """

    FILES: ClassVar[tuple[str, ...]] = (
        "script.toml",
        "script_phrases.toml",
        "script_readings.toml",
        "hijack.toml",
        "areas.tsv",
    )

    converters: Mapping[Region, Converter]
    readings: Readings
    gbk: Gbk
    language: Language
    dropped: Mapping[int, tuple[str, ...]]
    usual: Usual
    scripts: Scripts
    hijack: HijackRules
    places: Places

    @classmethod
    def load(cls, vocabulary: Path) -> Self:
        """Read and compile."""
        script = read_toml(vocabulary / "script.toml", _ScriptFile)
        phrases = read_toml(vocabulary / "script_phrases.toml", _PhrasesFile).model_dump()
        readings = read_toml(vocabulary / "script_readings.toml", _ReadingsFile).root
        regions: tuple[Region, ...] = ("standard", "taiwan", "hong_kong")
        simplified = simplified_characters()
        words, places = _place_names(vocabulary / "areas.tsv")
        words |= dict.fromkeys(script.words.split(), _WEIGHT)
        words |= dict.fromkeys(script.common.split(), _COMMON)
        gbk = Gbk(simplified)
        model = language(words)
        return cls(
            converters={region: converter(region, phrases) for region in regions},
            readings=Readings(readings),
            gbk=gbk,
            language=model,
            usual=usual_characters(gbk, model),
            dropped=dropped_pairs(gbk, words),
            scripts=Scripts(simplified),
            places=places,
            hijack=HijackRules(read_toml(vocabulary / "hijack.toml", HijackWords)),
        )
