"""Cross-checks: figures of one document that cannot all be right. They give warnings, never errors.

``growth_mismatch``    a rate of change and the two levels it stands between disagree
``parts_exceed_whole`` a part is more than its whole, or the shares of one whole pass 100 %
``share_over_100``     a share above 100 % that is no degree of completion
``impossible_unit``    a level that no place can have: 人均收入 in 亿元, a gross product of 178元
``said_twice``         one indicator of one period with two values
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import ClassVar, NamedTuple, Self

from pydantic import BaseModel, ConfigDict

from schemas.record import Finding, Warn
from tasks.text.numerals import half_width
from tasks.vocabulary import read_toml

_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")
#: points of per cent by which a rate may miss what the levels give, beside their rounding: levels of
#: the year before are revised
_REVISED = Decimal("0.5")
#: no amount of fewer digits is 100,000,000元, which nothing a head can be
_DIGITS_OF_TOO_MUCH = 8


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Parts(_Strict):
    whole: str
    parts: tuple[str, ...]
    sum: bool = False


class _Shares(_Strict):
    codes: tuple[str, ...]


class _Range(_Strict):
    codes: tuple[str, ...]
    unit: str
    least: Decimal
    most: Decimal


class _Rules(_Strict):
    constant_prices: tuple[str, ...]
    told_once: tuple[str, ...]
    may_pass_100: tuple[str, ...]
    a_head: tuple[str, ...]


class _File(_Strict):
    parts: tuple[_Parts, ...]
    shares: tuple[_Shares, ...]
    range: tuple[_Range, ...]
    rules: _Rules


@dataclass(frozen=True)
class CheckRules:
    """What figures must agree with, as config/vocabulary/checks.toml says it."""

    FILES: ClassVar[tuple[str, ...]] = ("checks.toml",)

    parts: tuple[_Parts, ...]
    shares: tuple[_Shares, ...]
    ranges: dict[str, _Range]
    constant_prices: frozenset[str]
    told_once: frozenset[str]
    may_pass_100: re.Pattern[str]
    a_head: re.Pattern[str]

    @classmethod
    def load(cls, vocabulary: Path) -> Self:
        """Read checks.toml.

        Raises:
            tasks.errors.Misconfigured: the file is missing, malformed or has an unknown key.
        """
        file = read_toml(vocabulary / "checks.toml", _File)
        return cls(
            parts=file.parts,
            shares=file.shares,
            ranges={code: one for one in file.range for code in one.codes},
            constant_prices=frozenset(file.rules.constant_prices),
            told_once=frozenset(file.rules.told_once),
            may_pass_100=re.compile("|".join(file.rules.may_pass_100)),
            a_head=re.compile("|".join(file.rules.a_head)),
        )


class _Figure(NamedTuple):
    """A finding with its value as a number and its years."""

    finding: Finding
    value: Decimal
    first: int
    last: int

    @property
    def slack(self) -> Decimal:
        """Half a unit of the last digit as written: 147.5亿元 is known to 500万元."""
        match = _NUMBER.search(half_width(self.finding.value_text))
        if match is None:
            return Decimal(0)
        written = Decimal(match[0].replace(",", ""))
        unit = Decimal(10) ** -len(match[1] or "")
        return abs(self.value / written) * unit / 2 if written else Decimal(0)

    def said(self) -> str:
        """Name, value as written and years, for people."""
        years = f"{self.first}" if self.first == self.last else f"{self.first}—{self.last}"
        return f"{self.finding.name} {self.finding.value_text}（{years}）"


def check(findings: Sequence[Finding], rules: CheckRules) -> tuple[Warn, ...]:
    """Warnings about findings of one document, which must already have their codes.

    Only exact figures of the place itself that tell their years are compared with one another.
    """
    figures = [figure for one in findings if (figure := _figure(one)) is not None]
    return (
        *_over_100(findings, rules),
        *_impossible(findings, rules),
        *_said_twice(figures, rules),
        *_parts(figures, rules),
        *_growth(figures, rules),
    )


def _figure(finding: Finding) -> _Figure | None:
    plain = finding.code is not None and finding.bound == "exact" and finding.subject is None and finding.area is None
    if not plain or finding.value is None or finding.period is None:
        return None
    start, end = finding.period.start, finding.period.end
    if not (start.endswith("-01-01") and end.endswith("-12-31")):
        return None  # a part of a year agrees with no whole one
    return _Figure(finding, Decimal(finding.value), int(start[:4]), int(end[:4]))


def _over_100(findings: Iterable[Finding], rules: CheckRules) -> Iterator[Warn]:
    for one in findings:
        if one.measure != "share" or one.unit != "%" or one.value is None or Decimal(one.value) <= 100:
            continue
        if not rules.may_pass_100.search(one.name):
            yield Warn(
                code="share_over_100",
                found=f"{one.name} {one.value_text}",
                why=f"{one.name} is a share of a whole and cannot be {one.value} %",
            )


def _impossible(findings: Iterable[Finding], rules: CheckRules) -> Iterator[Warn]:
    for one in findings:
        if one.measure != "level" or one.value is None:
            continue
        limits = rules.ranges.get(one.code) if one.code is not None else None
        if limits is not None and limits.unit == one.unit:
            wrong = not limits.least <= Decimal(one.value) <= limits.most
        else:
            many = one.unit == "元" and len(one.value) > _DIGITS_OF_TOO_MUCH and Decimal(one.value) >= 10**8
            wrong = many and rules.a_head.search(one.name) is not None
        if wrong:
            yield Warn(
                code="impossible_unit",
                found=f"{one.name} {one.value_text}",
                why=f"{one.name} of {one.value}{one.unit} is no amount that {one.name} can be: unit or scale is wrong",
            )


def _said_twice(figures: Iterable[_Figure], rules: CheckRules) -> Iterator[Warn]:
    groups: dict[tuple[object, ...], list[_Figure]] = defaultdict(list)
    for one in figures:
        f = one.finding
        if f.measure in ("level", "share", "change_rate") and f.unit in rules.told_once:
            groups[f.code, f.name, f.unit, f.measure, f.status, f.compared_with, one.first, one.last].append(one)
    for same in groups.values():
        if len(same) < 2:
            continue
        lowest, highest = min(same, key=lambda s: s.value), max(same, key=lambda s: s.value)
        if highest.value - lowest.value > max(lowest.slack, highest.slack):
            yield Warn(
                code="said_twice",
                found=f"{lowest.said()}; {highest.said()}",
                times=len(same),
                why=f"{lowest.finding.name} of one period is told with two values",
            )


def _levels(figures: Iterable[_Figure]) -> dict[tuple[str, str, str, int], _Figure]:
    """Yearly levels by code, unit, status and year; the first one told of each."""
    found: dict[tuple[str, str, str, int], _Figure] = {}
    for one in figures:
        f = one.finding
        if f.measure == "level" and f.code is not None and one.first == one.last:
            found.setdefault((f.code, f.unit, "target" if f.status == "target" else "actual", one.last), one)
    return found


def _parts(figures: Sequence[_Figure], rules: CheckRules) -> Iterator[Warn]:
    levels = _levels(figures)
    wholes: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for code, unit, status, year in levels:
        wholes[code].append((unit, status, year))
    for rule in rules.parts:
        for unit, status, year in wholes.get(rule.whole, ()):
            whole = levels[rule.whole, unit, status, year]
            parts = [p for c in rule.parts if (p := levels.get((c, unit, status, year))) is not None]
            yield from _against(whole, parts, add=rule.sum)
    for one_whole in rules.shares:
        yield from _shares(figures, one_whole.codes)


def _against(whole: _Figure, parts: Sequence[_Figure], *, add: bool) -> Iterator[Warn]:
    larger = [part for part in parts if part.value > whole.value]
    for part in larger:
        if part.value - part.slack > whole.value + whole.slack:
            yield _exceeds((part,), whole)
    if add and not larger and len(parts) > 1:
        total = sum((part.value - part.slack for part in parts), Decimal(0))
        if total > whole.value + whole.slack:
            yield _exceeds(parts, whole)


def _shares(figures: Iterable[_Figure], codes: tuple[str, ...]) -> Iterator[Warn]:
    by_year: dict[tuple[str, int], dict[str, _Figure]] = defaultdict(dict)
    for one in figures:
        f = one.finding
        if f.measure == "share" and f.code in codes and one.first == one.last:
            by_year[f.status, one.last].setdefault(f.code, one)
    for said in by_year.values():
        if sum((s.value - s.slack for s in said.values()), Decimal(0)) > 100:
            yield Warn(
                code="parts_exceed_whole",
                found="; ".join(one.said() for one in said.values()),
                why="the shares of one whole add up to more than 100 %",
            )


def _exceeds(parts: Sequence[_Figure], whole: _Figure) -> Warn:
    names = "、".join(part.finding.name for part in parts)
    return Warn(
        code="parts_exceed_whole",
        found="; ".join(one.said() for one in (*parts, whole)),
        why=f"{names} is part of {whole.finding.name} and cannot be more",
    )


def _growth(figures: Sequence[_Figure], rules: CheckRules) -> Iterator[Warn]:
    levels = _levels(figures)
    by_code: dict[tuple[str, str, int], list[_Figure]] = defaultdict(list)
    for (code, _, status, year), level in levels.items():
        by_code[code, status, year].append(level)
    for rate in figures:
        f = rate.finding
        if f.measure != "change_rate" or f.unit != "%" or f.code is None or f.code in rules.constant_prices:
            continue
        if f.compared_with == "previous_period":
            continue
        status = "target" if f.status == "target" else "actual"
        before = by_code.get((f.code, "actual", rate.first - 1), [])
        for now in by_code.get((f.code, status, rate.last), []):
            for then in before:
                same = then.finding.name == now.finding.name == f.name and then.finding.unit == now.finding.unit
                if same and _disagree(rate, then, now):
                    yield Warn(
                        code="growth_mismatch",
                        found=f"{rate.said()}; {then.said()}; {now.said()}",
                        likely=f"{_rate(then.value, now.value):.1f}%",
                        why=f"the two levels of {f.name} give another rate of change than the one told",
                    )


def _rate(then: Decimal, now: Decimal) -> Decimal:
    return (now / then - 1) * 100


def _disagree(rate: _Figure, then: _Figure, now: _Figure) -> bool:
    """Whether the rate is outside of what the rounded levels allow, as a whole and as a yearly mean."""
    low_base, high_base = then.value - then.slack, then.value + then.slack
    if low_base <= 0 or now.value <= now.slack:
        return False
    low, high = (now.value - now.slack) / high_base, (now.value + now.slack) / low_base
    slack = rate.slack + _REVISED
    if (low - 1) * 100 - slack <= rate.value <= (high - 1) * 100 + slack:
        return False
    years = rate.last - rate.first + 1
    if years == 1:
        return True
    root = 1 / years
    mean_low, mean_high = Decimal(float(low) ** root), Decimal(float(high) ** root)
    return not (mean_low - 1) * 100 - slack <= rate.value <= (mean_high - 1) * 100 + slack
