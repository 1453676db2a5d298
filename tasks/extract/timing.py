"""Status and period of a number: from its section, its sentence, and the words around it."""

from __future__ import annotations

import re
from typing import NamedTuple

from schemas.record import Measure, Period, Status
from tasks.extract.aims import Aim, Aims, aimed
from tasks.extract.draft import Draft
from tasks.extract.places import Place, Years
from tasks.extract.reach import asides, left_behind, mean_over, told_of_base
from tasks.extract.words import Words, alternation, sought
from tasks.text.dates import PeriodMention, find_periods
from tasks.text.dates import years as calendar_years

_FULL_BREAK = re.compile("[。；;]")
_CLAUSE = re.compile("[，,。；;]|趋势")
_ALL_PARAGRAPH = re.compile("预计[^，,、）)。]{0,4}[，,、]?下同|均为预计")
#: rules whose name stands before the number, as that of the stock beside it does
_BESIDE = ("before", "scoped", "carried", "level_word", "part_of_whole")
#: kinds of time expressions that do not say when a number is of
_BASE_REACH, _YEARLY_REACH = 12, 40
#: 2005—2007年扶贫开发计划: the years of a plan's name
_OF_PLAN = re.compile("[^，,。；;]{0,14}?(?:计划|规划|方案|纲要)")
_CHANGES = ("change", "change_rate")
_YEAR_ON_YEAR = re.compile("同比|[比较][上去]年[^，,。；;]*$")
#: 突破500亿元大关 tells where something stands
_MILESTONE = re.compile("大关|台阶|关口")
#: 保持在76%以上: it was so all the time
_KEPT = re.compile("保持在?|始终")
#: and so was what comes about anew in a year
_YEARLY, _KEPT_AT = re.compile("(?:[产销用供]|发电)量$|产值$|收入$|销售额$"), re.compile("(?:保持|稳定|维持)在")
#: from these words of a news report to the end of the paragraph all is intended
_PROPOSED = re.compile(
    "(?:报告|会议|大会)(?:提出|明确|部署|强调)|(?:今年|明年|新的?一年)的?(?:主要|预期|奋斗|发展)*(?:目标|任务)"
    "|(?:19|20)[0-9]{2}年[^，,。；;：:0-9完实]{0,16}(?:目标|任务)(?:任务|目标)?(?:[是为]|[:：])"
)
_CAN = re.compile("(?<!最[高多低大])(?<!均)可(?:达到?|实现|完成|突破)(?=[^，,。；;0-9]{0,8}[0-9])")
#: 去年开工的12个项目: when they were begun
_WHOSE = re.compile("(?!完成|实现|达到)[一-龥]{2,6}的(?=[0-9])")
#: what came to pass in a month is told with it, and nothing of what follows the comma
_HAPPENED = re.compile("底?前?[^，,。；;0-9]{0,12}(?:开工|开学|竣工|完工|通车|投产|投用|开业|启用)(?:建设)?[，,；;]")
#: 五年内翻了两番，: how often it doubled, and nothing of what follows
_DOUBLED = re.compile("[，,]?(?:实现)?(?:再|连)?翻[^，,。；;]*[，,。；;]")
#: 从2015年起 is a time, 从2015年的6家 a base
_SINCE = ("起", "开始", "以来")
#: 预计2030年完成: the year is what is expected of
_ITS_OWN = 4
_NOT_OF = ("base", "plan_name", "day")
#: 比“十五”计划目标2600亿元超过…: the first number is the goal
_GOAL = re.compile(
    "(?:[比较]|高于|低于)[^，,。；;0-9]{0,14}?(?:计划|规划|预期|预定|任务|目标)(?:目标|任务|指标|数|值)?[的为是]?$"
)
#: without one of these in the sentence there is none
_GOAL_WORDS = ("计划", "规划", "预期", "预定", "任务", "目标")
_GOAL_WORD = re.compile("|".join(_GOAL_WORDS))
_PAST_GOAL = re.compile("(?:[^，,。；;0-9]{0,6}?)(?:超|多|高|低|少|增|提[前高])")
#: marks at the end of a line that end no sentence; labels of items
_RUNS_ON = frozenset("；;，,")
_ITEM = re.compile("[ \t\u3000]*(?:[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[）)、．.](?![0-9])|[①-⑳●■◆▲★—])")
#: what a remark like （下同） is read as, see :mod:`tasks.extract.document`
AS_BELOW = "，，，，"
#: between numbers of one coordination: 28平方米和32平方米
_AND = re.compile("[和与及、]|以及")
#: what makes a figure of money beside a yearly one a sum over years
_SUMMED = re.compile("累计|合计|总计|共计?$|年均|平均")
#: counts that add up; what is saved over the years of a plan
_ADDED = ("新增", "净增", "累计")
_SAVED = re.compile("能耗|水耗|电耗|排放|强度")
#: 五年累计达到1.2亿元 is no stock
_SUM_OF_YEARS = re.compile("年(?:来|间|中)?累计")
#: what is spent adds up, and never stands
_SPENT = ("投资", "投入", "支出")
_MONEY = ("元", "美元")
_LINKS = "、，,和与及"


def estimates_until(text: str, start: int, end: int) -> int:
    """Where the paragraph ends in which 预计数，下同 of the sentence makes all estimates; -1 without it."""
    if "下同" not in text[start:end] or _ALL_PARAGRAPH.search(text, start, end) is None:
        return -1
    line_feed = text.find("\n", start)
    return len(text) if line_feed < 0 else line_feed


def goals_until(text: str, start: int, end: int, place: Place) -> int:
    """Where the paragraph ends of whose rest a news report says that it was proposed; -1 where it says none."""
    if place.section is None or place.section.part != "other" or _PROPOSED.search(text, start, end) is None:
        return -1
    line_feed = text.find("\n", start)
    return len(text) if line_feed < 0 else line_feed


class _Heard(NamedTuple):
    """What a sentence says of time and aim: its times, those that are bases, where it says them aside, its aims."""

    times: list[PeriodMention]
    bases: list[PeriodMention]
    aside: list[tuple[int, int]]
    expected: list[int]
    aims: list[Aim]
    named_goal: bool
    means: bool

    @property
    def nothing(self) -> bool:
        """Whether it says nothing of either."""
        return not (self.times or self.expected or self.aims or self.named_goal or self.means)


class Timing:
    """Dates drafts."""

    def __init__(self, words: Words) -> None:
        period = words.period
        self._aims = Aims(words)
        self._estimate = re.compile(sought(words.status.estimate))
        #: one look for any word of an estimate, a hope, an intention or a goal: most sentences hold none
        status = words.status
        self._telling = re.compile(sought((*status.estimate, *self._aims.telling, *_GOAL_WORDS)))
        self._stands = re.compile(sought(period.stands))
        self._stock = re.compile(sought(period.stocks))
        self._held = re.compile(alternation(period.holdings))
        self._running = re.compile(sought(period.running_rates))
        self._flow = re.compile(alternation(period.flows))

    def date(
        self,
        sentence: str,
        start: int,
        drafts: list[Draft],
        place: Place,
        years: Years,
        *,
        estimated: bool,
        proposed: int = -1,
    ) -> list[tuple[Status, Period | None]]:
        """Status and period of each draft.

        Args:
            sentence: the sentence; it begins at ``start`` of the text, which drafts count from.
            drafts: its numbers.
            place: where it stands.
            years: of the document.
            estimated: an earlier 预计数，下同 covers it.
            proposed: up to this offset of the text all are goals, as after 报告提出 in news.
        """
        heard = self._hear(sentence, place, years)
        times, bases = heard.times, heard.bases
        if heard.nothing and not place.spans_years and place.wider is None and _carried(place, start) is None:
            done: Status = "target" if place.planned else "estimate" if estimated else "actual"
            return [
                ("actual", None)
                if draft.near.origin and "年初" not in draft.words
                else ("target" if draft.start < proposed else done, place.period)
                for draft in drafts
            ]
        review = None if place.planned else years.review
        yearly = False
        dated: list[tuple[Status, Period | None]] = []
        beside = False
        carried = None if times and any(time.kind not in _NOT_OF for time in times) else _carried(place, start)
        goal: Period | None = None
        since: Period | None = None
        before, from_span, mean = -1, False, False
        for draft in drafts:
            at = draft.start - start
            past_goal = goal if goal is not None and _PAST_GOAL.match(sentence, before, at) is not None else None
            after, before, goal = before, draft.end - start, None
            measure, near = draft.measure, draft.near
            if near.origin or (bases and _starts_from(bases, sentence, at, draft)):
                base = _base(times, sentence, at, draft, place.period) if times else None
                if base is None and "年初" in draft.words and place.period is not None and not place.spans_years:
                    base = place.period  # 由年初的8.2%降至5.5%
                from_span = base is not None and base.spans_years
                dated.append(("actual", base))  # also in a plan: 护林补贴由15元提高到28元
                continue
            if past_goal is not None:
                dated.append(("actual", past_goal))
                continue
            said = _nearest(times, sentence, at, review, heard.aside) if times else None
            period = self._when(draft, said, place.period, heard, sentence, at, carried, beside_carried=yearly)
            mean = "年均" in near.tail or (mean and draft.naming.rule == "distributed" and not near.tail.strip(_LINKS))
            if mean and place.wider is not None and _ends_with(place.wider, period):
                period = place.wider
            yearly = said is None and carried is not None and period is carried
            if measure == "change" and since is not None and "比" not in near.tail:
                period = since
            if heard.named_goal and _GOAL.search(sentence, max(0, at - 24), at) and _PAST_GOAL.match(sentence, before):
                goal = _of_goal(period, times, at)
                dated.append(("target", goal))
                continue
            if (draft.start < proposed and not _is_over(said, years)) or (
                place.planned if said is None else _planned(place, said, years)
            ):
                status: Status = "target"
            else:
                status = "estimate" if estimated else _expects(sentence, heard, at, said, years, measure)
            if heard.means and (over := mean_over(sentence, at, period)) is not None:
                dated.append((status, over))
                continue
            span = period is not None and period.spans_years
            stands = span and (
                (measure == "multiple" and _of_last_year(bases, at, beside=beside))
                or (
                    measure == "level"
                    and (
                        self._is_stock(draft)
                        or (beside and (_AND.fullmatch(sentence, after, at) is not None or _goes_on(draft)))
                        or _MILESTONE.match(sentence, draft.end - start) is not None
                    )
                )
            )
            if (bases or span) and not from_span:
                period = self._in_span(draft, period, heard, sentence, at, stands=stands)
            from_span = from_span and measure != "level"
            dated.append((status, period))
            beside = stands or (beside and measure in _CHANGES)
            if bases and measure == "change" and _follows_base(bases, at):
                since = dated[-1][1]
        self._tell(place, start + len(sentence), times, carried)
        return dated

    def _hear(self, sentence: str, place: Place, years: Years) -> _Heard:
        """What a sentence says of time and aim.

        Most tell no time, name no base and no goal: what asks for one is then not asked of each number.
        """
        part = place.section.part if place.section else None
        if part == "self_building" and not place.planned:
            part = "review"
        times = find_periods(
            sentence, review_year=years.review, plan_year=years.plan, part=part, this_year=years.spoken_in(part)
        )
        told = self._telling.search(sentence) is not None
        return _Heard(
            times,
            [time for time in times if time.kind == "base"] if times else times,
            asides(sentence, times) if times else [],
            self._expected(sentence, times, told=told),
            self._aims.find(sentence) if told and not place.planned else [],
            told and _GOAL_WORD.search(sentence) is not None,
            "平均" in sentence or "年均" in sentence,
        )

    def _when(
        self,
        draft: Draft,
        said: PeriodMention | None,
        around: Period | None,
        heard: _Heard,
        sentence: str,
        at: int,
        carried: Period | None,
        *,
        beside_carried: bool,
    ) -> Period | None:
        """The period of a number, before it is asked whether it stands at the end of it."""
        if heard.bases and draft.measure == "level" and (base := told_of_base(heard.bases, sentence, at)) is not None:
            return base
        if said is not None:
            if draft.measure in _CHANGES:
                return _over_years(draft, said, around, heard.times, sentence, at)
            return around if _is_summed_until(draft, said, around) else said.period
        if carried is not None and (self._is_yearly(draft) or (draft.measure == "multiple" and beside_carried)):
            return carried
        return around

    def expected_until(self, text: str, start: int, end: int) -> int:
        """Where the sentence ends, some lines on, that says 预计 in the line given; -1 where it does not.

        A line that ends in a semicolon or comma ends no sentence, unless the next opens with a number of its own.
        """
        if self._estimate.search(text, start, end) is None or _ITEM.match(text, start):
            return -1
        while text[end - 2 : end - 1] in _RUNS_ON and end < len(text) and not _ITEM.match(text, end):
            line_feed = text.find("\n", end)
            stop = len(text) if line_feed < 0 else line_feed + 1
            full = text.find("。", end, stop)
            if full >= 0:
                return full
            end = stop
        return end

    def _expected(self, sentence: str, times: list[PeriodMention], *, told: bool) -> list[int]:
        """Where what follows is expected: at 预计, and at 到年末可达 and 全年可完成."""
        found = [match.start() for match in self._estimate.finditer(sentence)] if told else []
        if times and "可" in sentence:
            ends = [time.end for time in times if time.kind == "as_of" or sentence.startswith("全年", time.start)]
            found += [match.start() for match in _CAN.finditer(sentence) if ends and ends[0] <= match.start()]
        return found

    def _is_yearly(self, draft: Draft) -> bool:
        """Whether a figure without a year beside yearly ones is one of them, and no sum or mean over years."""
        if _SUMMED.search(draft.words) or self._flow.match(draft.name):
            return False
        return draft.measure == "change_rate" or (draft.measure == "level" and draft.unit in _MONEY)

    @staticmethod
    def _tell(place: Place, end: int, times: list[PeriodMention], carried: Period | None) -> None:
        """Hand the year that a sentence in a review of several years told on to the sentence after it."""
        if place.told is None or place.planned or place.period is None:
            return
        last = next((t.period for t in reversed(times) if t.kind in ("year", "as_of") and t.period), carried)
        if last is not None and place.period.start[:4] < last.start[:4] == last.end[:4] == place.period.end[:4]:
            place.told.tell(end, last)

    def _in_span(
        self, draft: Draft, period: Period | None, heard: _Heard, sentence: str, at: int, *, stands: bool
    ) -> Period | None:
        """What stands at the end of a span has its last year; growth since a base the years after that."""
        if period is None:
            return None
        bases = heard.bases
        first, last = int(period.start[:4]), int(period.end[:4])
        if draft.measure in ("change_rate", "change"):
            reach = _YEARLY_REACH if "年均" in draft.near.tail else _BASE_REACH
            for time in reversed(bases):
                below = sentence.startswith(AS_BELOW, time.end)  # 比2026年（下同）
                if time.period is not None and 0 <= at - time.end < (len(sentence) if below else reach):
                    year = int(time.period.end[:4])
                    return calendar_years(year + 1, last) if year < last - 1 else period
        if first >= last:
            return period
        if draft.measure == "share" and not stands:
            stands = self._running.search(draft.name) is None and _KEPT.search(draft.near.tail) is None
        return calendar_years(last, last) if stands or draft.measure == "rank" else period

    def _is_stock(self, draft: Draft) -> bool:
        """Whether the number is of what stands at a time, not of what was done over a time."""
        if draft.unit.endswith("次") or draft.unit == "%":
            return False
        if self._held.match(draft.name):
            return True
        summed = _SUM_OF_YEARS.search(draft.words) or ("累计" in draft.words and draft.name.endswith(_SPENT))
        if summed or "新增" in draft.name:
            return False
        if self._flow.match(draft.name):
            return draft.near.to
        m = draft.mention
        if self._stock.search(draft.name) or draft.name.endswith("标准"):
            return True
        if _YEARLY.search(draft.name) and _KEPT_AT.search(draft.near.tail):
            return False  # 粮食年产量稳定在70万吨: it was so every year
        over = m.bound == "over" and m.left < m.start
        return over or draft.near.to or self._stands.search(draft.near.tail) is not None


def _of_last_year(bases: list[PeriodMention], at: int, *, beside: bool) -> bool:
    """Whether a multiple is of the last of several years: it is one of a year (是2002年的5倍), or beside a stock."""
    base = next((time.period for time in reversed(bases) if 0 <= at - time.end < _BASE_REACH), None)
    return beside if base is None else not base.spans_years


def _carried(place: Place, start: int) -> Period | None:
    return place.told.before(start) if place.told is not None else None


def _follows_base(bases: list[PeriodMention], at: int) -> bool:
    return any(0 <= at - time.end < _BASE_REACH for time in bases)


def _starts_from(bases: list[PeriodMention], sentence: str, at: int, draft: Draft) -> bool:
    """Whether 由“九五”末的 stands right before the number, or the ratio it is part of."""
    origin = draft.mention.start - draft.start + at
    return any(
        time.start > 0
        and sentence[time.start - 1] in "由从"
        and time.end <= origin
        and not sentence[time.end : origin].strip("的 ：:")
        for time in bases
    )


def _of_goal(period: Period | None, times: list[PeriodMention], at: int) -> Period | None:
    """The year a goal was set for: the last of the plan it is named after, or of the years around it."""
    named = next(
        (t.period for t in reversed(times) if t.kind == "plan_name" and t.period and 0 <= at - t.end < 14), None
    )
    around = named or period
    if around is None or not around.spans_years:
        return around
    last = int(around.end[:4])
    return calendar_years(last, last)


def _is_summed_until(draft: Draft, said: PeriodMention, around: Period | None) -> bool:
    """Whether the years end with the one told and the figure adds them up: 到2035年，新增就业5万人 of 2031—2035."""
    if draft.measure != "level" or said.kind != "as_of" or not _ends_with(around, said.period):
        return False
    return draft.name.startswith(_ADDED) or "累计" in draft.words


def _ends_with(around: Period | None, period: Period | None) -> bool:
    """Whether several years end with the one a number is of."""
    if around is None or period is None:
        return False
    return around.start[:4] < period.start[:4] == period.end[:4] == around.end[:4]


def _over_years(
    draft: Draft, said: PeriodMention, around: Period | None, times: list[PeriodMention], sentence: str, at: int
) -> Period | None:
    """The period of a change: what is said, or the years up to it when it is a change over several.

    It is one when it is measured from an earlier year that the sentence opens with (与2015年相比，2020年…
    净增…), when it is told as a yearly mean, or when it stands beside the year that a span ends with
    (到2030年，…提高1.2岁 among the goals of 2026—2030).
    """
    if said.period is None or said.kind == "within_year":
        return said.period
    last = int(said.period.end[:4])
    base = next((t.period for t in times if t.kind == "base" and t.period and sentence.startswith("相比", t.end)), None)
    words = sentence[max(0, at - _YEARLY_REACH) : at]
    if base is not None and not _YEAR_ON_YEAR.search(words) and int(base.end[:4]) < last - 1:
        return calendar_years(int(base.end[:4]) + 1, last)
    if around is None or not _ends_with(around, said.period):
        return said.period
    since = said.kind == "as_of" and (draft.measure == "change" or _SAVED.search(draft.name) is not None)
    return around if "年均" in draft.near.tail or since else said.period


def _goes_on(draft: Draft) -> bool:
    """Whether a draft without a verb goes on with the stock before it, and adds nothing up."""
    return "累计" not in draft.words and draft.naming.rule in _BESIDE and not draft.verb and "新增" not in draft.name


def _planned(place: Place, said: PeriodMention | None, years: Years) -> bool:
    """Whether the number is of the plan: by its section, unless the sentence names a year of the other side."""
    plan = years.plan if years.plan is not None or years.review is None else years.review + 1
    if said is None or said.period is None or said.kind == "within_year" or plan is None:
        return place.planned
    first, last = int(said.period.start[:4]), int(said.period.end[:4])
    if place.planned:
        return last >= plan
    return first >= plan and (years.review is None or last > years.review)


def _is_over(said: PeriodMention | None, years: Years) -> bool:
    """Whether a year is told that has passed, also among goals."""
    from_year = years.plan if years.review is None else years.review
    if said is None or said.period is None or said.kind not in ("year", "as_of") or from_year is None:
        return False
    return int(said.period.end[:4]) < from_year


def _expects(
    sentence: str, heard: _Heard, at: int, said: PeriodMention | None, years: Years, measure: Measure
) -> Status:
    """What a number is that is not of the plan: expected, aimed at, or done."""
    if heard.expected and _is_expected(sentence, heard.expected, at, said, years):
        return "estimate"
    if heard.aims and aimed(sentence, heard.aims, at, said, years.review, level=measure == "level"):
        return "target"
    return "actual"


def _is_expected(sentence: str, expected: list[int], at: int, said: PeriodMention | None, years: Years) -> bool:
    """Whether 预计 stands before the number, up to the full stop; a past year told behind it has its figures."""
    since = -1
    if said is not None and said.period is not None and said.kind in ("year", "as_of") and years.review is not None:
        since = said.start - _ITS_OWN if int(said.period.end[:4]) < years.review else -1
    return any(one < at and not -1 < one < since and sentence.find("。", one, at) < 0 for one in expected)


def _nearest(
    times: list[PeriodMention], sentence: str, at: int, review: int | None, aside: list[tuple[int, int]]
) -> PeriodMention | None:
    """The expression of time that governs the offset: the last one before it."""
    for time in reversed(times):
        if time.end > at or time.period is None or time.kind in _NOT_OF:
            continue
        if (aside and left_behind(time, at, aside)) or (time.kind == "span" and _DOUBLED.match(sentence, time.end, at)):
            continue
        if time.kind == "span" and sentence.startswith("连续", time.start) and _CLAUSE.search(sentence, time.end, at):
            continue  # 连续两年夺冠，今年…
        if time.kind == "within_year" and _HAPPENED.match(sentence, time.end, at):
            continue  # 5月底前开工，建成公路17公里
        if time.kind == "year" and _WHOSE.match(sentence, time.end):
            continue
        years_only = time.kind == "span" and sentence[time.end - 1] == "年"
        if years_only and _OF_PLAN.match(sentence, time.end):
            continue
        goes_on = sentence.endswith(_SINCE, time.start, time.end)
        if time.start and sentence[time.start - 1] in "由从比较" and not goes_on:
            continue
        if review is not None and int(time.period.start[:4]) > review and _FULL_BREAK.search(sentence, time.end, at):
            continue  # a goal spoken of in a review ends with its clause
        return time
    return None


def _base(times: list[PeriodMention], sentence: str, at: int, draft: Draft, around: Period | None) -> Period | None:
    """The time that A of 由A增加到B is of: 由上年的236家, 2008年以来…从32平方公里."""
    origin = draft.mention.start - draft.start + at
    for time in reversed(times):
        if time.end > origin:
            continue
        if time.period is None:
            if time.kind == "base" and around is not None and sentence.startswith(("上年", "去年"), time.start):
                return Period.years(int(around.end[:4]) - 1)
            continue
        beside = not sentence[time.end : origin].strip("的末底 ：:")
        if beside or (time.kind == "base" and not time.period.spans_years):
            return time.period
        if time.kind == "base":  # 是“十五”的2.5倍；财政收入由5.9亿元增加到…
            last = int(time.period.end[:4])
            return calendar_years(last, last)
        if time.kind == "span" and sentence.endswith("以来", time.start, time.end):
            return Period.years(int(time.period.start[:4]))
    return None
