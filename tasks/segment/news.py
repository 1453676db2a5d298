"""News of a report: which of its sentences look back, which look ahead, and of which years.

A newspaper tells what a government reports in other words and another order: it has no chapters, it calls
the year under review 去年 and the year planned 今年, and passes from one to the other within a paragraph.
Speeches and short summaries without headings do the same.  A sentence is placed by the time it names before
its first figure; one that names none goes on with the sentence before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from schemas.document import NormalDocument
from schemas.record import Period, SectionPart
from tasks.segment.rules import NewsWords
from tasks.text.dates import count_of, plan_years, years

#: kinds of documents without a form of their own
_TOLD_FREELY = ("news", "other")
_YEAR = "(?:19|20)[0-9]{2}"
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]*")
#: a figure, which is no date and no number of a session
_FIGURE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.]*\s?(?:年|月|日|时|号|届|次会议|周年|[-—～~至]))")
#: begins with a digit, which a search looks for fast; the rest is asked of those alone
_DIGITS = re.compile("(?:19|20)[0-9]{2}")
_WRITTEN = re.compile(
    rf"(?<![比较同与于])({_YEAR})年(?!底|末|同期|以来|前|[0-9]+月[0-9]+日|[^。，,]{{0,6}}政府工作报告)"
)
_SPAN = re.compile("([三四五])年")
#: 2027—2031年是…的五年
_YEARS = re.compile(rf"({_YEAR})年?[-—－–~～至到]{{1,2}}({_YEAR})(?=年|$)")
_NAMED = re.compile(rf"({_YEAR})年[^。\n，,]{{0,12}}?政府工作报告")
_DAY = re.compile(rf"({_YEAR})年(1[0-2]|[1-9])月(?:[12][0-9]|3[01]|[1-9])日")
_ISO = re.compile(r"(\d{4})-(\d{2})-\d{2}")
_LAST = re.compile("(?<![比较同与于])去年")
_PART = re.compile("半年|季度|月")
#: 2009年一季度 is behind, whatever is planned for that year
_PART_FOLLOWS = re.compile("上半年|前?[一二三1-3]季度|(?:1|元)月?\\s?[-—–~～至]")
#: 2031年是“十六五”开局之年, 今年是“十六五”开局之年: what 今年 is
_IS_YEAR = re.compile(rf"({_YEAR})年是[^。\n]{{0,80}}之年")
_IN_PLAN = re.compile('今年是[^。，,\n]{0,8}[“"](十[一二三四五六]五)[”"](?:规划)?的?(开局|第一年|起步|收官|最后一年)')
#: what every expression of time or aim has one of: a look that most sentences do not pass
_MAY_TELL = re.compile("[年月步顾首望眸标绩后]|季度|任务|接下来|会议|报告|大会")
_STOPS = frozenset("。！？!?；;：:")
_LEAD_IN = 2
#: times that may be of what was done as well
_WITHIN = ("今年", "下半年", "四季度")
_BACK = re.compile("去年|过去的?(?:[一三四五]|几)年|回顾|一年来|五年来")
#: the opening of a sentence, in which the year it is about stands
_OPENING = 12
#: a speaker says 我们 more often than once in so many characters
_SELDOM = 800
#: reports are given up to this month, or from the other one on of the year before
_ASSEMBLY, _CLOSING = 3, 11
#: a reporter is named, or the assembly opened, in so many characters
_OPENING_OF_NEWS = 300
#: so much of a sentence is looked at, and so much of a text for its years
_WINDOW, _HEAD, _DATELINE = 120, 3000, 160


class Turn(NamedTuple):
    """From here on the text looks back, or ahead, or tells of the meeting itself.

    Attributes:
        start: offset of the sentence.
        part: ``review``, ``plan`` or ``closing``.
        period: of what follows, when the year is known.
    """

    start: int
    part: SectionPart
    period: Period | None


def read_news(normal: NormalDocument, words: NewsWords) -> tuple[Turn, ...]:
    """The turns of a text that looks back and ahead without chapters; none when it is no such text.

    Args:
        normal: a document that has no chapters.
        words: what looks back and ahead.
    """
    text = normal.text
    if not _is_told_freely(normal, words):
        return ()
    reported = words.reported.search(text) is not None
    late = any(word in text for word in ("明年", "来年", "下年")) and not _speaks_of_last_year(text)
    clock = _clock(normal, words, late=late)
    turns: list[Turn] = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        hint = _MAY_TELL.search(text, start, min(end, start + _WINDOW))
        if hint is None:
            continue
        if turns and words.meeting.match(text, start, end):
            turns.append(Turn(start, "closing", None))
            continue
        figure = _FIGURE.search(text, start, end)
        if figure is not None and figure.start() < hint.start():
            continue
        found = _look(match[0], figure and figure.start() - start, words, clock, reported=reported, late=late)
        if found is not None and (not turns or (turns[-1].part, turns[-1].period) != found):
            turns.append(Turn(start, *found))
    parts = {turn.part for turn in turns}
    return tuple(turns) if (reported and parts) or {"plan", "review"} <= parts else ()


def _is_told_freely(normal: NormalDocument, words: NewsWords) -> bool:
    """Whether it has no form of its own; news may pass for a report when they quote its opening."""
    if normal.kind in _TOLD_FREELY:
        return True
    if normal.kind != "government_work_report":
        return False
    told_by_reporter = words.reporter.search(normal.text, 0, _OPENING_OF_NEWS) is not None
    if told_by_reporter and "各位代表" not in normal.text[: 2 * _OPENING_OF_NEWS]:
        return True
    return len(words.spoken.findall(normal.text)) * _SELDOM < len(normal.text)


class _Clock(NamedTuple):
    """The year looked back on, the year planned, and the one whose halves and quarters are told."""

    review: int | None
    plan: int | None
    halved: int | None


def _look(
    sentence: str, figure: int | None, words: NewsWords, clock: _Clock, *, reported: bool, late: bool
) -> tuple[SectionPart, Period | None] | None:
    """The part a sentence begins, and the time it is of; None when it does not say.

    ``figure`` is where its first figure stands.
    """
    window = sentence[: min(_WINDOW if figure is None else figure, _WINDOW)]
    told = sorted(_told(window, words, clock, late=late))
    if told and sentence.rstrip("\n")[-1:] not in _STOPS and told[0][0] > _LEAD_IN:
        return None  # a headline speaks for itself alone, unless it opens with the time
    if not told or (figure is None and len({ahead for _, ahead, _ in told}) > 1):
        return None
    _, ahead, word = next((one for one in told if _YEARS.match(one[2])), told[-1])
    if ahead:
        open_to_doubt = not reported and (word.isdecimal() or word.startswith(_WITHIN))
        if words.done.search(sentence) or (open_to_doubt and not words.intends.search(sentence)):
            return None
    return "plan" if ahead else "review", _period(word, clock, ahead=ahead)


def _told(window: str, words: NewsWords, clock: _Clock, *, late: bool) -> Iterator[tuple[int, bool, str]]:
    """The expressions of time and aim in a window: where they stand, whether they look ahead, what they are."""
    for match in words.back.finditer(window):
        yield match.start(), False, match[0]
    for match in words.ahead.finditer(window):
        this_year = match[0].startswith("今年")
        yield match.start(), not (this_year and late), match[0]
    spans = {match.end(2): match for match in _at_years(_YEARS, window)}
    for match in _at_years(_WRITTEN, window):
        year = int(match[1])
        span = spans.get(match.end(1))
        if span is not None and clock.review is not None and year <= clock.review:
            yield span.start(), False, span[0]
            continue
        if year == clock.plan and _PART_FOLLOWS.match(window, match.end()):
            yield match.start(), False, match[1]
        elif year == clock.plan:
            yield match.start(), True, match[1]
        elif clock.review is not None and year <= clock.review:
            yield match.start(), False, match[1]


def _period(word: str, clock: _Clock, *, ahead: bool) -> Period | None:
    """The years an expression means."""
    if word.isdecimal():
        return years(int(word), int(word))
    if (written := _YEARS.match(word)) is not None and written[1] < written[2]:
        return years(int(written[1]), int(written[2]))
    anchor = clock.halved if _PART.search(word) else clock.plan if ahead else clock.review
    if anchor is None:
        return None
    span = _SPAN.search(word)
    if span is None:
        return years(anchor, anchor)
    count = count_of(span[1]) - 1
    return years(anchor, anchor + count) if ahead else years(anchor - count, anchor)


def _clock(normal: NormalDocument, words: NewsWords, *, late: bool) -> _Clock:
    """The year looked back on and the year planned, by what tells them best."""
    text = normal.text
    halved = not late and any(w in text for w in ("下半年", "三季度", "四季度")) and not _speaks_of_last_year(text)
    if halved and (this_year := _given(normal, whole_year=True)) is not None:
        return _Clock(this_year, this_year, this_year)
    plan = int(normal.plan_period.start[:4]) if normal.plan_period else None
    if plan is None and "政府工作报告" in text and (named := _NAMED.search(text, 0, _HEAD)) is not None:
        plan = int(named[1])
    if plan is None:
        planned = Counter(match[1] or match[2] for match in _at_years(words.planned_year, text[:_HEAD]))
        plan = int(planned.most_common(1)[0][0]) if planned else None
    if plan is None:
        reviewed = Counter(match[1] for match in words.reviewed_year.finditer(text, 0, _HEAD))
        plan = int(reviewed.most_common(1)[0][0]) + 1 if reviewed else None
    if plan is None and (given := _given(normal)) is not None:
        plan = given + late
    if plan is None and "今年是" in text and (place := _IN_PLAN.search(text)) is not None:
        plan = plan_years(place[1])[place[2] in ("收官", "最后一年")]
    if plan is None and "今年" in text[:_HEAD]:
        said = {int(match[1]) for match in _at_years(_IS_YEAR, text[:_HEAD])}
        plan = said.pop() if len(said) == 1 else None
    if plan is None:
        plan = _year_intended(text[:_HEAD], words)
    if plan is None:
        written = {int(match[1]) for match in _at_years(_WRITTEN, text[:_HEAD])}
        plan = max(written) if written and max(written) - 1 in written else None
    if plan is None and "今年" in text:
        plan = _given(normal, whole_year=True)
        written = {int(match[1]) for match in _at_years(_WRITTEN, text[:_HEAD])}
        plan = plan if written and plan is not None and max(written) == plan - 1 else None
    review = None if plan is None else plan - 1
    return _Clock(review, plan, review if halved or late else plan)


def _at_years(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Where a pattern that begins with a year matches."""
    for year in _DIGITS.finditer(text):
        match = pattern.match(text, year.start())
        if match is not None:
            yield match


def _speaks_of_last_year(text: str) -> bool:
    return "去年" in text and _LAST.search(text) is not None


def _year_intended(text: str, words: NewsWords) -> int | None:
    """The year in the opening of a sentence that intends: 谈及2031年工作，区长指出，全区将…."""
    back = _BACK.search(text)
    if back is None:
        return None  # the only year a text tells may be the one it looks back on
    text = text[back.start() :]
    for match in _at_years(_WRITTEN, text):
        start = max(text.rfind(mark, 0, match.start()) for mark in "。！？\n") + 1
        end = next((m.end() for m in _SENTENCE.finditer(text, match.start())), len(text))
        rest = text[match.end() : end]
        if match.start() - start <= _OPENING and words.intends.search(rest) and not words.done.search(rest):
            return int(match[1])
    return None


def _given(normal: NormalDocument, *, whole_year: bool = False) -> int | None:
    """The year the text was written in, when it is one of the months in which reports are given."""
    day = _DAY.search(normal.text, 0, _HEAD)
    told = (int(day[1]), int(day[2])) if day is not None else None
    iso = _ISO.match(normal.metadata.published_on or "") or _ISO.search(normal.text, 0, _DATELINE)
    if told is None and iso is not None:
        told = int(iso[1]), int(iso[2])
    if told is None or not (whole_year or told[1] <= _ASSEMBLY or told[1] >= _CLOSING):
        return None
    return told[0]
