"""Canonical codes: which indicator of the panel a name in a report is.

A name has a code when one of the vocabulary's names is left after words of scope, action and level
are taken off its ends, the longest first.  What is left must be the whole of it: 全市规上工业增加值 is
the indicator of the place, 园区规上工业增加值 another one's, and a wrong code is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field

from tasks.errors import Misconfigured
from tasks.vocabulary import read_toml

IndicatorKind = Literal["amount", "stock", "count", "share", "rate"]

_RATES = frozenset({"%", "％", "‰", "倍"})
_POINTS = frozenset({"%", "％", "‰", "个百分点", "百分点", "个千分点"})
_RANKS = frozenset({"位", "名", ""})
_SAME_UNIT = {
    "平米": "平方米",
    "㎡": "平方米",
    "％": "%",
    "立方": "立方米",
    "km": "公里",
    "千米": "公里",
    "m": "米",
    "人民币元": "元",
    "kWh": "千瓦时",
}
_DROPPED = str.maketrans(
    dict.fromkeys("“”\"‘’'「」『』《》 \u3000\t\n") | {"（": "(", "）": ")", "﹒": ".", "．": ".", "＆": "&"}
)


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CanonicalIndicator(_Strict):
    """One indicator of the panel, as config/vocabulary/indicators.toml gives it.

    Attributes:
        code: ``GROUP.NAME``; never reused for something else.
        kind: what sort of quantity it is; decides which units and measures it may have.
        units: base units of a level, the usual one first.
        new: code of what a stock gained (新增…), for stocks that have one.
    """

    code: str
    name: str
    category: str
    kind: IndicatorKind
    units: tuple[str, ...] = Field(min_length=1)
    new: str | None = None
    aliases: tuple[str, ...] = ()


class _Affixes(_Strict):
    scope: tuple[str, ...]
    action: tuple[str, ...]
    new: tuple[str, ...]
    standing: tuple[str, ...]
    level: tuple[str, ...]
    tail: tuple[str, ...]
    rank: tuple[str, ...]
    change: tuple[str, ...]


class _File(_Strict):
    same: dict[str, str]
    affixes: _Affixes
    indicators: tuple[CanonicalIndicator, ...]


class _Front(NamedTuple):
    """What may be taken off the front, and what taking it off says."""

    words: str
    counted: bool
    new: bool


@dataclass(frozen=True, eq=False)
class CodeRules:
    """The vocabulary of indicators, compiled for look-up.

    Attributes:
        indicators: by code.
        names: normalised name or alias → the indicators it may be (of different units).
    """

    FILES: ClassVar[tuple[str, ...]] = ("indicators.toml",)

    indicators: Mapping[str, CanonicalIndicator]
    names: Mapping[str, tuple[CanonicalIndicator, ...]]
    same: tuple[tuple[str, str], ...]
    fronts: Mapping[str, tuple[_Front, ...]]
    tails: tuple[str, ...]
    rank_tails: tuple[str, ...]
    change_tails: tuple[str, ...]

    @classmethod
    def load(cls, vocabulary: Path) -> Self:
        """Read indicators.toml and compile it.

        Raises:
            tasks.errors.Misconfigured: the file is missing, malformed or has an unknown key, a code
                stands twice, or a name belongs to two indicators that share a unit.
        """
        path = vocabulary / "indicators.toml"
        file = read_toml(path, _File)
        same = tuple(file.same.items())
        indicators: dict[str, CanonicalIndicator] = {}
        names: dict[str, tuple[CanonicalIndicator, ...]] = {}
        for one in file.indicators:
            if one.code in indicators:
                raise Misconfigured("code_twice", f"{path}: code {one.code} stands twice; give one of them another")
            indicators[one.code] = one
            for alias in dict.fromkeys(_normalised(a, same) for a in (one.name, *one.aliases)):
                others = names.get(alias, ())
                for other in others:
                    if set(other.units) & set(one.units):
                        raise Misconfigured(
                            "name_twice",
                            f"{path}: {alias} names both {other.code} and {one.code}; take it from one of them",
                        )
                names[alias] = (*others, one)
        for one in file.indicators:
            if one.new is not None and one.new not in indicators:
                raise Misconfigured("unknown_code", f"{path}: {one.code} says new = {one.new}, which is no code here")
        words = file.affixes
        return cls(
            indicators=indicators,
            names=names,
            same=same,
            fronts=_by_first(
                [
                    *(_Front(w, counted=False, new=False) for w in words.scope),
                    *(_Front(w, counted=True, new=True) for w in (*words.action, *words.new)),
                    *(_Front(w, counted=True, new=False) for w in (*words.standing, *words.level)),
                ]
            ),
            tails=words.tail,
            rank_tails=words.rank,
            change_tails=words.change,
        )


def _by_first(fronts: Iterable[_Front]) -> dict[str, tuple[_Front, ...]]:
    found: dict[str, tuple[_Front, ...]] = {}
    for front in fronts:
        found[front.words[0]] = (*found.get(front.words[0], ()), front)
    return found


def _normalised(name: str, same: tuple[tuple[str, str], ...]) -> str:
    """Without quotes and spaces, brackets of one form, spellings of the same thing in one form."""
    name = name.translate(_DROPPED)
    for one, other in same:
        if one in name:
            name = name.replace(one, other)
    return name


@lru_cache(maxsize=1 << 16)
def code_for(name: str, unit: str, measure: str, rules: CodeRules) -> str | None:
    """The code of the indicator that a name is, or None when it is none of them or in doubt.

    Args:
        name: as in :attr:`schemas.record.Finding.name`.
        unit: the base unit of the value.
        measure: one of :data:`schemas.record.Measure`.
        rules: the vocabulary.
    """
    name = _normalised(name, rules.same)
    unit = _SAME_UNIT.get(unit, unit)
    for one in rules.names.get(name, ()):
        if _fits(one, unit, measure):
            return one.code
    ends = _ends(name, measure, rules)
    for start, counted, new in _starts(name, rules):
        for end in ends:
            if end <= start:
                continue
            for one in rules.names.get(name[start:end], ()):
                if (not counted or one.kind in ("count", "stock")) and _fits(one, unit, measure):
                    if new and one.kind == "stock":
                        return one.new
                    return one.code
    return None


def _starts(name: str, rules: CodeRules) -> list[tuple[int, bool, bool]]:
    """Where the name proper may begin, whole name first; whether count words, and new ones, were taken off."""
    found: dict[int, tuple[bool, bool]] = {0: (False, False)}
    waiting = [0]
    while waiting:
        at = waiting.pop()
        counted, new = found[at]
        if at >= len(name):
            continue
        for front in rules.fronts.get(name[at], ()):
            after = at + len(front.words)
            if after not in found and after < len(name) and name.startswith(front.words, at):
                found[after] = (counted or front.counted, new or front.new)
                waiting.append(after)
    return [(at, *found[at]) for at in sorted(found)]


def _ends(name: str, measure: str, rules: CodeRules) -> list[int]:
    """Where the name proper may end, whole name first."""
    tails = rules.tails
    if measure == "rank":
        tails = tails + rules.rank_tails
    elif measure in ("change_rate", "change"):
        tails = tails + rules.change_tails
    found = {len(name)}
    waiting = [len(name)]
    while waiting:
        at = waiting.pop()
        if name.endswith(")", 0, at):
            opened = name.rfind("(", 0, at)
            if opened > 0 and opened not in found:
                found.add(opened)
                waiting.append(opened)
        for tail in tails:
            before = at - len(tail)
            if before > 0 and before not in found and name.endswith(tail, 0, at):
                found.add(before)
                waiting.append(before)
    return sorted(found, reverse=True)


def _fits(one: CanonicalIndicator, unit: str, measure: str) -> bool:
    """Whether the indicator can have a value of this unit and measure."""
    if measure == "rank":
        return unit in _RANKS
    if one.kind == "share":
        return unit in _POINTS or unit in one.units
    if measure == "level":
        return unit in one.units or (one.kind == "rate" and unit in _RATES)
    if measure == "change_rate":
        return unit in _RATES
    if measure == "change":
        return unit in one.units or unit in _POINTS
    if measure == "multiple":
        return unit == "倍"
    return measure == "share" and one.kind == "rate" and unit in _POINTS
