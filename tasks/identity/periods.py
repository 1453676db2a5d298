"""Which years a document reports on and plans.

A report is given once a year: it reviews one year and plans the next.  Which years these are is
told, best first, by headings (一、2022年工作回顾, 2021年主要工作安排), by the title of a summary
(2022年工作总结及2023年工作计划), by paragraphs that open with a year (2022年是…), and by the day of the
assembly or of publication.  The title of a report is the weakest: 2010年政府工作报告 is given in 2010 and
reviews 2009, 2020年度政府工作报告 of December 2020 reviews 2020.  Five years (“十三五”, 过去五年) are the period
only where no single year is told.  A part that is not there has no period: a text that only plans
reviews nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from pydantic import BaseModel, ConfigDict

from schemas.record import Kind, Metadata, Period
from tasks.identity.years import Told, first_year, last_year, number_of, part_after, part_of, spans_in, years_in
from tasks.text.ahead import told_ahead, year_ahead
from tasks.text.glued import parted

_OPENING_LINES = 14
_HEADING = 42  # characters
_LABEL = re.compile(
    r"^[\s　]*(?:第[一二三四五六七八九十]{1,3}[部章节]分?|[一二三四五六七八九十]{1,3}、|"
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．])?[\s　:：]*"
)
_DATE = re.compile(
    r"((?:19|20)\d{2}|[一二][〇○零OＯ0九][〇○零OＯ0一二三四五六七八九]{2})\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
#: a five-year plan by name: its 规划 plans nothing here
_PLAN_NAME = re.compile(r"(十[一二三四五六]?五[”\"」』]?)(?:时期|期间)?(?:发展)?(?:规划|计划)(?:纲要)?")
#: 2022年计划执行情况, 重点工作开展情况 look back
_CARRIED_OUT = re.compile(
    r"(?:计划|规划|预算|目标|任务|重点工作|工作重点|工作要点|工作部署|工作安排|建议)+(?=[^和与及暨、，。]{0,8}情况)"
)
#: a heading that tells what came about
_TOLD_OF = re.compile("(?<!为)了|继续保持|取得|迈出|再上|圆满|跃上|良好开局|开局良好")
#: between what was done, whose year is not told, and the year that is planned
_AND_PLAN = re.compile("(?:[、，]|以?及|和|与|暨)+")
#: a heading that names the five years it looks back on
_ERA_TOLD = re.compile(
    '(?:[”"』」]|五)(?:时期|期间)?(?:新?的?[^，。]{0,4}(?:辉煌|成就|成绩|答卷|篇章|画卷)|工作?回顾|收官|发展回顾)'
)
#: 2019镇政府工作总结, 2019临河市…统计公报: 年 is left out
_YEAR_BARE = re.compile(r"^(\D{0,4}20\d\d)(?=[一-龥])(?![年届号])")
#: what stands behind the year a paragraph is about
_SAYS = ("是", "，", ",")
_SINCE = re.compile("年?以来")
_ANNOUNCED = re.compile(r"(?:现将|现就)([^。；\n]{4,60}?情况[^。；\n]{0,20}?)(?:汇报|报告|总结|通报)如下")
_HEAD = 1500  # characters
_INNER_STOP = re.compile(r"[。；;]")
_COMMA = re.compile("[，,]")
#: ——2031年1月 under a title is when the assembly was held
_MONTH_LINE = re.compile(
    r"[\s　—―\-－（(]*((?:19|20)\d{2}|[一二][〇○零OＯ0九][〇○零OＯ0一二三四五六七八九]{2})\s*年"
    r"\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*[）)]?"
)
_ISO = re.compile(r"(\d{4})-(\d{2})-\d{2}")
_ISO_LINE = re.compile(r"[^\d。，,]{0,12}((?:19|20)\d{2})[-/.](\d{1,2})[-/.]\d{1,2}(?!\d)")
_MONTHS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_NARROW = {0xFF10 + n: 0x30 + n for n in range(10)}
_WIDE = re.compile("[０-９]")
_LABELLED = re.compile("[:：]\\s*$")
#: so many characters of a paragraph tell whether it looks ahead
_SAID_AT_ONCE = 160
#: assemblies from here on close the year they stand in
_CLOSING_MONTH = 11
#: and reports on a first quarter or half year are not given before April
_FIRST_PART_OVER = 4
#: a part of a year whose year the title leaves out
_PART_ALONE = re.compile(r"(?<!年)(?:上半年|前三季度|(?<![第、])一季度)")


class PeriodWords(BaseModel):
    """The content of periods.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    review: tuple[str, ...]
    plan: tuple[str, ...]
    review_phrases: tuple[str, ...]
    plan_phrases: tuple[str, ...]
    past: tuple[str, ...]
    future: tuple[str, ...]
    five_year_plans: dict[str, int]


@dataclass(frozen=True)
class PeriodRules:
    """periods.toml, compiled."""

    review: re.Pattern[str]
    plan: re.Pattern[str]
    review_phrases: re.Pattern[str]
    plan_phrases: re.Pattern[str]
    plans: dict[str, int]

    @classmethod
    def compile(cls, words: PeriodWords) -> Self:
        """Compile all patterns."""
        return cls(
            review=re.compile("|".join((*words.review, *words.past))),
            plan=re.compile("|".join((*words.plan, *words.future))),
            review_phrases=re.compile("|".join(words.review_phrases)),
            plan_phrases=re.compile("|".join(words.plan_phrases)),
            plans=words.five_year_plans,
        )


@dataclass
class _Found:
    """Years and spans that headings, titles and paragraphs tell, in their order.

    Attributes:
        anchor: the year that the day of the assembly or of publication speaks for.
    """

    anchor: int | None = None
    reviews: list[Period] = field(default_factory=list)
    plans: list[Period] = field(default_factory=list)
    review_span: Period | None = None
    plan_span: Period | None = None

    def add_review(self, told: Told) -> None:
        """A year or span that is looked back on."""
        if told.is_span:
            self.review_span = self.review_span or told.period
        else:
            self.reviews.append(told.period)

    def add_plan(self, told: Told) -> None:
        """A year or span that is planned."""
        if told.is_span:
            self.plan_span = self.plan_span or told.period
        else:
            self.plans.append(told.period)

    @property
    def review(self) -> Period | None:
        """The first year looked back on; the one the day speaks for, if it is among them."""
        return next((p for p in self.reviews if last_year(p) == self.anchor), next(iter(self.reviews), None))

    @property
    def plan(self) -> Period | None:
        """The year after the one under review, if planned; else the first planned (到2025年的目标 comes last)."""
        base = last_year(self.review) if self.review is not None else self.anchor
        near = (p for p in self.plans if base is not None and first_year(p) in (base, base + 1))
        return next(near, next(iter(self.plans), None))


def tell_periods(
    text: str, title: str | None, kind: Kind, metadata: Metadata, fetched_on: str, rules: PeriodRules
) -> tuple[Period | None, Period | None]:
    """The years under review and planned, each None when there is no such part."""
    if kind in ("news", "other") and (year := _year_announced(text, title)) is not None:
        return None, Period.years(year)
    if kind in ("listing", "other"):
        return None, None
    text, title = _narrow(text), _YEAR_BARE.sub(r"\1年", _narrow(title)) if title else title
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    dated, lines = lines, parted(lines)
    titles = [title] if title else []
    if kind != "news":
        lines = [line for n, line in enumerate(lines) if n >= _OPENING_LINES or not _MONTH_LINE.fullmatch(line)]
        titles += [line for line in lines[:_OPENING_LINES] if _may_head(line) and not _DATE.search(line)]
    if kind == "statistical_bulletin":
        return _year_of_bulletin(titles, dated, metadata, fetched_on), None
    if kind == "notice":
        told = _Found()
        _read_title(titles[0] if titles else "", told, rules)
        return None, told.plan
    if kind == "news":
        return _years_of_news(title, lines, rules)
    review, plan = _years_of_report(text, titles, lines, dated, kind, metadata, fetched_on, rules)
    known_by = int(fetched_on[:4])
    if review is not None and first_year(review) > known_by:  # a year misread: nobody reports on what is to come
        review = None
    return review, plan


def _years_of_report(
    text: str,
    titles: list[str],
    lines: list[str],
    dated: list[str],
    kind: Kind,
    metadata: Metadata,
    fetched_on: str,
    rules: PeriodRules,
) -> tuple[Period | None, Period | None]:
    """The years of a report, a summary or a plan; ``lines`` are without, ``dated`` with the line of its day."""
    partial = next((alone for name in titles if (alone := _PART_ALONE.search(name))), None)
    anchor = _year_under_review(dated, metadata, fetched_on, partial=partial is not None)
    if kind == "government_work_report" and anchor != _year_under_review(dated, Metadata(), "", partial=False):
        anchor = _near_title(titles, text, anchor)
    found = _Found(anchor)
    if kind in ("work_summary", "plan"):
        announced = _ANNOUNCED.search(text, 0, _HEAD)
        for name in [*titles, announced[1]] if announced else titles:
            _read_title(name, found, rules)
        own = _opening_year(lines)
        if own is not None and found.reviews and first_year(own) < first_year(found.reviews[0]) - 1:
            found.reviews[0] = own  # a text of years before, put into a collection under a title of its own
        if found.reviews:  # the title of a summary is surer than the day it was put on the web
            found.anchor = anchor = last_year(found.reviews[0])
    for line in filter(_may_head, lines):
        _read_heading(line, found, anchor, rules)
    found.anchor = anchor = _year_it_opens_with(lines, dated, found)
    _read_paragraphs(lines, found, anchor, rules)
    if (
        not found.reviews
        and not found.plans
        and (kind != "government_work_report" or _year_of_title(titles, text) is None)
    ):
        _read_paragraphs(lines, found, anchor, rules, since=True)
    if partial is not None and not found.reviews and anchor is not None:
        found.reviews.extend(filter(None, [part_of(anchor, partial[0])]))
    return _settle(text, titles, kind, found, anchor, rules)


def _year_announced(text: str, title: str | None) -> int | None:
    """The year whose plans a text that is no report announces."""
    ahead = told_ahead(text)
    return ahead.year if ahead is not None else year_ahead(title) if title else None


def _year_it_opens_with(lines: list[str], dated: list[str], found: _Found) -> int | None:
    """The year the day of publication speaks for, or an earlier one that the first paragraph opens with: 2008年是….

    A text may be put on the web years after it was given; a day that it tells itself stands.
    """
    anchor = found.anchor
    if anchor is None or found.reviews or any(_DATE.search(line) for line in dated[:_OPENING_LINES]):
        return anchor
    told = _opening_year(lines)
    return anchor if told is None else min(anchor, first_year(told))


def _opening_year(lines: list[str]) -> Period | None:
    """The year that the first paragraph opens with (2008年是…, 2008年，…), or None."""
    opening = next((line for line in lines[:_OPENING_LINES] if not _may_head(line)), "")
    told = next(iter(years_in(opening[:14])), None)
    if told is None or told.start or not _is_whole(told.period) or opening[told.end : told.end + 1] not in _SAYS:
        return None
    return told.period


def _near_title(titles: list[str], text: str, anchor: int | None) -> int | None:
    """The year the day of publication speaks for, unless the title of the report tells quite another.

    Reports of many years may be put on the web on one day.
    """
    given = _year_of_title(titles, text)
    return anchor if given is None or anchor is None or anchor in (given, given + 1) else given


def _year_of_title(titles: list[str], text: str) -> int | None:
    """The year that a report reviews by its title: the one before 2031年政府工作报告, 2031 itself with 2031年度.

    What is expected (预计) of the year of the title is told at its end.
    """
    for name in titles:
        for told in years_in(name) if "报告" in name else ():
            year = first_year(told.period)
            same = name[told.end - 1 : told.end] == "度" or re.search(f"(?:预计|预期|预测){year}年", text) is not None
            return year if same else year - 1
    return None


def _narrow(text: str) -> str:
    """The text with its full-width digits in ASCII; most texts have none, and a look is cheaper than a copy."""
    return text.translate(_NARROW) if _WIDE.search(text) else text


def _settle(
    text: str, titles: list[str], kind: Kind, found: _Found, anchor: int | None, rules: PeriodRules
) -> tuple[Period | None, Period | None]:
    """Fill what headings leave open from the day of the assembly and the title, part by part."""
    year = anchor
    if year is None and kind == "government_work_report":
        year = _year_of_title(titles, text)
        if year is not None and found.review_span is None:
            found.review_span = _era_ended(text, year + 1, rules)
    review, plan = found.review, found.plan
    if review is None and found.review_span is None and kind != "plan" and rules.review_phrases.search(text):
        if plan is not None:
            review = Period.years(first_year(plan) - 1)
        elif year is not None:
            review = Period.years(year)
    if plan is None and found.plan_span is None and rules.plan_phrases.search(text):
        if review is not None:
            plan = _after(review)
        elif year is not None:
            plan = Period.years(year + 1)
    return review or found.review_span, plan or found.plan_span


def _era_ended(text: str, year: int, rules: PeriodRules) -> Period | None:
    """The five years that a chapter of a report looks back on, when they end with the year of its title.

    It is then given at the end of that year: 铸就“十二五”新辉煌 in the report of 2015.
    """
    for name, first in rules.plans.items():
        if first + 4 == year and name in text:
            lines = (line.strip() for line in text.splitlines() if name in line and len(line) < _HEADING)
            if any(_LABEL.match(line) and _ERA_TOLD.search(line, line.find(name)) for line in lines):
                return Period.years(first, first + 4)
    return None


def _after(review: Period) -> Period:
    """What is planned after the time under review: the next year, or what is left of the year."""
    year, month = last_year(review), int(review.end[5:7])
    return Period.years(year + 1) if month == 12 else Period(start=f"{year}-{month + 1:02d}-01", end=f"{year}-12-31")


def _year_under_review(lines: list[str], metadata: Metadata, fetched_on: str, *, partial: bool) -> int | None:
    """The year that a report given on the day of the assembly, or published then, reviews.

    A report on a part of a year (``partial``: 上半年, 前三季度) is given in the same year.
    """
    closing = _FIRST_PART_OVER if partial else _CLOSING_MONTH
    for line in lines[:_OPENING_LINES]:
        match = (_DATE.search(line) or _MONTH_LINE.fullmatch(line)) if len(line) < 120 else None
        if match:
            return number_of(match[1]) - (0 if _month(match) >= closing else 1)
    # one line for all, as where tags were dropped: the opening characters stand in for the opening lines
    match = _DATE.search(lines[0][:200]) if lines and len(lines[0]) >= 120 else None
    if match:
        return number_of(match[1]) - (0 if _month(match) >= closing else 1)
    for date in (metadata.created_on, metadata.published_on):
        iso = _ISO.match(date or "")
        if iso and iso[0] <= fetched_on:
            return int(iso[1]) - (0 if int(iso[2]) >= closing else 1)
    return None


def _month(match: re.Match[str]) -> int:
    return _MONTHS.get(match[2]) or (int(match[2]) if match[2].isdecimal() else 1)


def _may_head(line: str) -> bool:
    """Whether a line can be a heading: short, and no sentence (2015年上半年，全镇完成…。) nor a piece of one."""
    if len(line) > _HEADING or _INNER_STOP.search(line[:-1]):
        return False
    return line[-1] not in "，,、" and not (line[-1] in "。；;" and _COMMA.search(line))


def _read_heading(line: str, found: _Found, anchor: int | None, rules: PeriodRules) -> None:
    """A short line that tells a year together with a word that looks back or ahead."""
    body = _CARRIED_OUT.sub("", _PLAN_NAME.sub(r"\1", _LABEL.sub("", line)))
    told = years_in(body) + spans_in(body, rules.plans, anchor)
    told = [_since(one, body, anchor) for one in told]
    base = last_year(found.review) if found.review is not None else anchor
    if not told and base is not None and rules.plan.search(body):
        told = [Told(0, 0, period) for period in _told_beside(body, base)]
    if not told or _DATE.search(body):
        return
    back, ahead = rules.review.search(body), rules.plan.search(body)
    for one in told:
        if one.ahead:
            found.add_plan(one)
        elif ahead and back and back.start() < one.start and _AND_PLAN.fullmatch(body, back.end(), one.start):
            found.add_plan(one)  # 工作总结及2023年工作思路
        elif back and (not ahead or ahead.start() > back.start()):
            found.add_review(one)
        elif ahead:
            found.add_plan(one)
        elif one.start == 0 and _TOLD_OF.search(body, one.end):
            found.add_review(one)  # 2001年各项事业继续保持良好势头
        elif "工作报告" in body[one.end :]:
            continue  # the title once more: 2018年政府工作报告 reviews 2017
        elif _LABELLED.search(body, 0, one.start):
            continue  # 时间：2031年
        elif re.match(r"\s*[:：]", body[one.end :]) or one.end == len(body) or "工作" in body[one.end : one.end + 6]:
            # 2019年：砥砺前行开新局, 2026年主要工作: the year alone tells, beside the one under review
            known = anchor if found.review is None else last_year(found.review)
            if known is None or last_year(one.period) <= known:
                found.add_review(one)
            else:
                found.add_plan(one)


def _since(told: Told, body: str, anchor: int | None) -> Told:
    """2027年以来: up to the year under review."""
    year = first_year(told.period)
    if told.is_span or anchor is None or year >= anchor or not _SINCE.match(body, told.end):
        return told
    return Told(told.start, told.end, Period.years(year, anchor), is_span=True)


def _read_title(title: str, found: _Found, rules: PeriodRules) -> None:
    """2022年工作总结及2023年工作计划; 2023年上半年工作总结和下半年工作计划; 2024年工作要点."""
    title = _CARRIED_OUT.sub("", title)
    told = years_in(title)
    for n, one in enumerate(told):
        until = told[n + 1].start if n + 1 < len(told) else len(title)
        piece = title[one.end : until]
        back, ahead = rules.review.search(piece), rules.plan.search(piece)
        if back and (not ahead or back.start() < ahead.start()):
            found.add_review(one)
            if ahead:
                rest = part_after(piece[back.end() :], first_year(one.period))
                if rest is not None:
                    found.plans.append(rest)
                elif n + 1 == len(told) and _is_whole(one.period):
                    found.plans.append(Period.years(first_year(one.period) + 1))
        elif ahead:
            found.add_plan(one)
    if not told:
        spans = spans_in(title, rules.plans, None)
        for n, span in enumerate(spans):
            until = spans[n + 1].start if n + 1 < len(spans) else len(title)
            back, ahead = rules.review.search(title, span.end, until), rules.plan.search(title, span.end, until)
            planned = ahead and not (back and back.start() < ahead.start())
            (found.add_plan if planned else found.add_review)(span)


def _told_beside(body: str, year: int) -> Iterator[Period]:
    """A time told by what is under review: 下半年工作打算, 明年工作思路."""
    match = re.match(r"(?:\w{0,4}?)(下半年|明年|来年|下一年|新的?一年)", body)
    if match:
        half = part_after(body, year) if match[1] == "下半年" else None
        yield half or Period.years(year + 1)


def _is_whole(period: Period) -> bool:
    return period.start.endswith("01-01") and period.end.endswith("12-31")


def _read_paragraphs(
    lines: list[str], found: _Found, anchor: int | None, rules: PeriodRules, *, since: bool = False
) -> None:
    """Read paragraphs that open with a year: 2022年是…, 2024年，我们将 and so on.

    2017年以来 may open a tale of several years: it is read (``since``) where nothing else tells a year.
    """
    for line in lines:
        if _may_head(line) or (found.review is not None and found.plan is not None):
            continue
        opening = _LABEL.sub("", line)[:160]
        told = next(iter(years_in(opening[:14])), None)
        if told is None or told.start > 4 or opening[0] in "到至" or (not since and _SINCE.match(opening, told.end)):
            continue
        ahead = rules.plan_phrases.search(opening) or re.search(
            r"必须|我们将|要(?:坚持|紧扣|以)|总体要求|关键之年[^。]*?全[镇县市区省]上下", opening
        )
        back = rules.review_phrases.search(opening)
        known = last_year(found.review) if found.review is not None else anchor
        if known is not None:
            ahead_of = first_year(told.period) - known
            if ahead_of == 1 and found.plan is None and found.review is not None:
                found.add_plan(told)
            elif ahead_of == 0 and found.review is None:
                found.add_review(told)
            elif ahead_of == 1 and found.plan is None and ahead:
                found.add_plan(told)
        elif ahead and not back:
            found.add_plan(told)
        elif found.plan is None or first_year(told.period) < first_year(found.plan):
            found.add_review(told)


def _year_of_bulletin(titles: list[str], lines: list[str], metadata: Metadata, fetched_on: str) -> Period | None:
    """The year of a bulletin: by its title, the opening of a paragraph, or as the one before the day it was given out.

    One on a part of a year (前三季度) is given out in the same year.
    """
    for name in titles:
        for told in years_in(name):
            return told.period
    opening = _opening_with_year(lines)
    if opening is not None:
        return opening[0].period
    partial = next((alone for name in titles if (alone := _PART_ALONE.search(name))), None)
    if partial is not None:
        anchor = _year_under_review(lines, metadata, fetched_on, partial=True)
        published = next((day for line in lines[:_OPENING_LINES] if (day := _ISO_LINE.match(line))), None)
        if anchor is None and published is not None:
            anchor = int(published[1]) - (0 if int(published[2]) >= _FIRST_PART_OVER else 1)
        return part_of(anchor, partial[0]) if anchor is not None else None
    short = [line for line in lines[:_OPENING_LINES] if len(line) < _HEADING]
    days = (match[1] for line in short if (match := _DATE.search(line) or _MONTH_LINE.fullmatch(line)))
    days_iso = (match[1] for line in short if (match := _ISO_LINE.match(line)))
    told_on = (_ISO.match(date) for date in (metadata.created_on, metadata.published_on) if date)
    given = next(days, None) or next(days_iso, None) or next((iso[1] for iso in told_on if iso), None)
    return Period.years(number_of(given) - 1) if given is not None else None


def _years_of_news(title: str | None, lines: list[str], rules: PeriodRules) -> tuple[Period | None, Period | None]:
    """The year that an article looks back on, or ahead to: told in its title, or the opening words of a paragraph."""
    for told in years_in(title or ""):
        return told.period, None
    opening = _opening_with_year(lines)
    if opening is None:
        return None, None
    told, line = opening
    words = line[told.end : _SAID_AT_ONCE]
    ahead = rules.plan_phrases.search(words) is not None and rules.review_phrases.search(words) is None
    return (None, told.period) if ahead else (told.period, None)


def _opening_with_year(lines: list[str]) -> tuple[Told, str] | None:
    """The first paragraph that opens with a year (2031年，…), and that year."""
    for line in lines[:30]:
        told = next(iter(years_in(line[:14])), None)
        if told is not None and told.start == 0 and re.match(r"[，,、以]", line[told.end :]):
            return told, line
    return None
