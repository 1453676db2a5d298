"""Reads years and spans of years out of titles, headings and sentences."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass

from schemas.record import Period

_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
    "Ｏ": "0",
    "O": "0",
    "ー": "1",
}
_YEAR = r"(?:(?:19|20)\d{2}|[一二][〇○零ＯO0九][〇○零ＯO0一二三四五六七八九]{2})"
_SPAN = re.compile(rf"({_YEAR})年?\s*(?:-|—|–|－|~|～|至|到)+\s*({_YEAR})年?")
_PART = (
    r"(?P<part>上半年|下半年|前三季度|(?:第)?[一二三四1-4]季度|"
    r"1\s*[-—–~至]\s*(?:1[0-2]|[2-9])月份?|(?:1[0-2]|[1-9])月份?(?!\d*日))"
)
#: 2022年, 2020年度, 2023年上半年; a bare 2022 only before a word for what it is the year of
YEAR = re.compile(rf"(?P<year>{_YEAR})\s*(?:年(?P<whole>度)?\s*(?:{_PART})?|(?=政府|工作|总结|计划))")
_PLAN_NAME = re.compile(r"[“\"「『]?\s*([八九]五|十[一二三四五六]?五)\s*[”\"」』]?(?!年|个|项|条|大|届|次|名|家|户)")
#: 第十四个五年规划 is what the “十四五” stands for
_PLAN_IN_FULL = re.compile(r"第([八九]|十[一二三四五六]?)个五年")
#: 2035年远景目标 stands beside a plan, and is not the time planned
_DISTANT = re.compile(r"\s*远景")
_RELATIVE_SPAN = re.compile(r"(过去|近|今后|未来|下一个|前)(?:的)?([三四五六])年|([三四五六])年来")


@dataclass(frozen=True)
class Told:
    """A year or span that a text tells, and where."""

    start: int
    end: int
    period: Period
    is_span: bool = False
    ahead: bool = False


def number_of(year: str) -> int:
    """2023 of 2023 or 二〇二三."""
    return int("".join(_DIGITS.get(c, c) for c in year))


def first_year(period: Period) -> int:
    """The year a period begins in."""
    return int(period.start[:4])


def last_year(period: Period) -> int:
    """The year a period ends in."""
    return int(period.end[:4])


def years_in(text: str) -> list[Told]:
    """Years and parts of years, in their order; not those of a span, nor days (2023年2月28日)."""
    taken = [(m.start(), m.end()) for m in _SPAN.finditer(text)]
    found: list[Told] = []
    for match in YEAR.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        if re.match(r"\s*\d{1,2}\s*月\s*\d{1,2}\s*日", text[match.end("year") + 1 :]):
            continue
        if _DISTANT.match(text, match.end()):
            continue
        period = part_of(number_of(match["year"]), match["part"])
        if period is not None:
            found.append(Told(match.start(), match.end(), period))
    return found


def spans_in(text: str, plans: Mapping[str, int], anchor: int | None) -> list[Told]:
    """Spans of years: 2016—2020年, “十三五”, 过去五年, 今后五年 (the last two need the year under review)."""
    found = [
        Told(m.start(), m.end(), Period.years(number_of(m[1]), number_of(m[2])), is_span=True)
        for m in _SPAN.finditer(text)
        if number_of(m[1]) < number_of(m[2]) < number_of(m[1]) + 20
    ]
    for match in (*_PLAN_NAME.finditer(text), *_PLAN_IN_FULL.finditer(text)):
        first = plans.get(match[1] if match.re is _PLAN_NAME else f"{match[1]}五")
        if first is not None:
            found.append(Told(match.start(), match.end(), Period.years(first, first + 4), is_span=True))
    if anchor is not None:
        for match in _RELATIVE_SPAN.finditer(text):
            years = "三四五六".index(match[2] or match[3]) + 3
            ahead = match[1] in ("今后", "未来", "下一个")
            period = Period.years(anchor + 1, anchor + years) if ahead else Period.years(anchor - years + 1, anchor)
            found.append(Told(match.start(), match.end(), period, is_span=True, ahead=ahead))
    return sorted(found, key=lambda told: told.start)


def part_after(text: str, year: int) -> Period | None:
    """下半年 without a year of its own, as in 2023年上半年工作总结和下半年工作计划."""
    match = re.match(rf".{{0,6}}?{_PART}", text)
    return part_of(year, match["part"]) if match else None


def part_of(year: int, part: str | None) -> Period | None:
    """A year, or the part of it that is named: 上半年, 前三季度, 1—9月."""
    if not 1949 <= year <= 2100:
        return None
    if part is None:
        return Period.years(year)
    first, last = 1, 12
    if part == "上半年":
        last = 6
    elif part == "下半年":
        first = 7
    elif part == "前三季度":
        last = 9
    elif part.endswith("季度"):
        quarter = "一二三四1234".index(part.removeprefix("第")[0]) % 4
        first, last = 3 * quarter + 1, 3 * quarter + 3
    else:
        months = [int(n) for n in re.findall(r"\d+", part)]
        first, last = months[0], months[-1]
    return Period(start=f"{year:04d}-{first:02d}-01", end=f"{year:04d}-{last:02d}-{monthrange(year, last)[1]:02d}")
