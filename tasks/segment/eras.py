"""Which years a document speaks of, and what a title or the opening of a paragraph says of them."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from schemas.document import NormalDocument
from schemas.record import Period, SectionPart
from tasks.segment.mood import Mood
from tasks.segment.rules import SegmentRules
from tasks.text.dates import PeriodMention, count_of, find_periods, plan_years, year_of, years

_LEAD_IN = re.compile(
    r"(?:回顾|回首|回望|回眸|展望|刚刚|总结|在|经过|预计|初步统计|据初步统计|综上)?[，,：:\s]*(?=[过这近“\"一两二三四五六七八九十12今去新刚])"
)
_GOES_ON = re.compile(r"[，,是：:]|我们|全[国省市县区镇乡村]|的努力|各项|[底末]")
_YEARS_ON = re.compile(r"过去的?[一二两三四五六七八九十]年|[一二两三四五六七八九十]年来|这一年")
#: a report on half a year plans the rest of it
_SAME_YEAR = re.compile("下半年|下一?步|下一?阶段|[二三四]季度")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-\d\d")
#: a year written out that is no part of a day
_ANY_YEAR = re.compile(r"(?:19|20)\d\d年(?!\s*\d{1,2}月\s*\d{1,2}日)|[一二][〇○零九][〇○零一二三四五六七八九]{2}年")
_THIS_YEAR = re.compile(
    "(?<!去年)(?<!上年)(?<!明年)(?:上半年|前[一二三]?季度|一季度|1\\s?[-—–~至]\\s?[0-9]{1,2}月)|今年(?:以来|[上前])"
)
_LAST_YEAR = re.compile("(?<![比较同与于和])去年(?!同期)")
_EARLY = 4
_REPORT_OF = re.compile("((?:19|20)[0-9]{2})年[^。，,\n]{0,10}?工作报告")
#: what is to be done next after a whole year was summed up is done in the year after it
_REST_OF_YEAR = re.compile("下半年|[二三四]季度")
_SUMMED = re.compile("(?<!半)年度?(?![^\n，,。]*(?:上半年|季度|月))[^\n，,。]{0,16}总结")
#: 上半年主要工作 is what was done, unless the title says that it is planned
_PLAN_END = re.compile('(?:[比较与和同由从是]|高于|低于)[“"]?(十[一二三四五六]?五)[”"]?期?末')
_WITH = re.compile("[与和同比较][^，,。]{2,10}?相?比[，,]")
_OPENS = re.compile(
    r"(?:^|[。！\n】]|(?:获悉|了解到|得知)[，,])\s*(?:截[至止])?((?:19|20)\d\d)年(?:度?[，,是]|以来|[上前全底末]|\d{1,2}(?:月[底末份]|[-—－~至]))"
)
_TITLES = re.compile(r"((?:19|20)\d\d)年[^，,。；\n]{0,20}?(?:工作|总结|小结|情况|汇报|回顾)")
#: a title that is no sentence: 青石县2031年概况
_TITLE_LINE = re.compile(r"\s*[^。，,；;：:\n]{0,24}?((?:19|20)\d\d)年度?[^。，,；;：:\n]{0,20}(?:\n|$)")
#: a text that opens with a place and its year: 青石2031年粮食产量
_PLACE_FIRST = re.compile(r"\s*[^。，,；;：:\n0-9比较到至从自]{1,16}((?:19|20)\d\d)年(?![底末前以\d])")
_HEAD_YEAR, _HEAD_LENGTH = re.compile("(?<![0-9])(20[0-9]{2})(?![0-9])"), 160
_ERA, _FIRST_WORDS = ("期间", "时期"), 80
#: a year, and then the years it is the last of
_AND_ERA = re.compile(
    "(?:19|20)[0-9]{2}年[^，,]{0,12}?[和及与暨][^，,]{0,4}?(?:[“”]?十[一二三四五六]?五|过去|[三四五]年)"
)
#: 这是发展质量显著提升的五年。
_THESE_YEARS = re.compile("这?是[^，,。；;]{2,40}的([三四五])年[。，,；;]")
#: 发展质量显著提升的五年
_OF_TERM = re.compile("的([三四五])()年$")
#: 五年工作回顾, 回顾五年: so many years that end with the one under review
_TERM = re.compile(
    "(?<![第近去后来十0-9○〇零O])([三四五])年(?:来|间)?的?(?:政府|主要)?工作(?:的)?(?:回顾|总结)|回[顾首望眸]([三四五])年(?![级制])"
)
_BARE_YEAR = re.compile("(?<![0-9])((?:19|20)[0-9]{2})(?=[：:，,]|$)")
_NEXT = ("明年", "来年")
#: the name of a plan is no plan: 实现了“十五”计划的良好开局
_PLAN_NAMED = re.compile('[“"]?(?:十[一二三四五六]?五|[六七八九]五)[”"]?(?:计划|规划)')
_OPENING = 300
_GOALS = re.compile('[”"]?(?:经济社会)?(?:发展)?的?(?:总体|主要|奋斗|预期)?目标')
_SO_FAR = re.compile("上半年|前[三3]季度|今年以来|一年来|[1１]\\s*[-—–~至]\\s*[2-9]月")
_INTENTION = re.compile("安排|打算|计划(?!.{0,4}(?:执行|完成))|下半年|下一?步|思路|问题|困难|不足")
_OF_A_PLAN = re.compile(r"(?:年|年度)(?:的努力|各项|的各项|的成绩|目标任务|主要目标)")
_WRITTEN_YEAR = re.compile(r"(?<![到至比较])((?:19|20)\d\d|[一二][〇○零O0九][〇○零O0一二三四五六七八九]{2})\s?年")
_INTENDS = re.compile(
    r"(?:今年|新的?一年|明年|今后[一二三四五六七八九十]年).{0,14}(?:总体要求|总体思路|指导思想|(?:预期|奋斗)目标)"
)


#: so much of a text is looked at
_MOOD = 3000
#: who is to do what
_ASSIGNED, _SEVERAL = re.compile("牵头(?:单位|部门)|责任(?:单位|部门)|配合单位|完成时限"), 3
#: the mood of what hardly looks ahead
_HARDLY = 0.1
_TO_BE_DONE = re.compile(
    "(?<![即])将(?!军|士|近|领)(?=[一-龥])|(?<![重主需想必只])要(?![素求点事闻件道塞职么])|力争|确保|争取|必须|控制在|不[低少高]于|不超过"
    "|(?:稳定|保持|维持)在[^，,。；;]{1,12}(?:以上|左右|以内)|今后|下一?步|明年"
)
_GOAL_YEAR = re.compile(
    '到(?:20[0-9]{2}年|[“"]?十[一二三四五六]?五[”"]?末)[^。\n]{2,60}?(?:达|突破|建成|实现|超过|提高|基本)[^。，,\n]{0,12}?[0-9]|(?:预期|奋斗)目标|(?:今后|未来)[三四五]年'
)
_WAS_DONE = re.compile(
    "同比|[比较](?:[上去]年|20[0-9]{2}年)|已(?![定知])|(?<=[一-龥])了(?=[一-龥]{0,4}[0-9，,。])|累计|荣获|获得?(?=[一-龥“]{0,12}(?:称号|奖|荣誉))"
    "|被评|成功|截[至止]|目前|先后|去年|以来|全年(?:实现|完成)|圆满|顺利|显著|取得|来之不易"
)

#: the year that is planned: 做好2031年工作, 2031年主要预期目标
_YEAR_MEANT = re.compile(
    "(?:做好|抓好|谋划|部署|安排|完成)(20[0-9]{2})年|(20[0-9]{2})年[^。；;\n0-9]{0,30}?(?:目标|任务|将|力争|计划|重点工作|工作重点|工作(?:总体)?(?:安排|部署|打算))"
)
_YEARS_AHEAD = re.compile("(?:今后|未来)[三四五]年的?[^。，,\n]{0,12}(?:目标|任务|发展|工作)")


class Clock(NamedTuple):
    """The years everything hangs on: the last one reported on and the first one planned."""

    review: int | None
    plan: int | None
    review_period: Period | None
    plan_period: Period | None

    def default(self, part: SectionPart) -> Period | None:
        """The period of a chapter of this part that names none itself."""
        if part == "review":
            return self.review_period
        if part in ("plan", "self_building"):
            return self.plan_period
        if part == "problems" and self.review is not None:
            return years(self.review, self.review)
        return None

    def mentions(self, words: str, part: str | None) -> list[PeriodMention]:
        """Every expression of time in ``words``, read as in a section of this part."""
        return find_periods(words, review_year=self.review, plan_year=self.plan, part=part)


def clock_of(
    normal: NormalDocument,
    titles: list[tuple[str, SectionPart]],
    head: str,
    opening: str,
    mood: Mood,
    *,
    meant: bool = False,
) -> Clock:
    """The clock of a document: from its identity, else from its chapter titles, else from its opening.

    Args:
        normal: the document.
        titles: chapter titles with the part their words tell, in order.
        head: what stands before the body: title, date, speaker.
        opening: the first stretch of the body.
        mood: tells whether a stretch looks ahead.
        meant: it tells all through what is to be done, as :func:`intends` tells.
    """
    review = int(normal.review_period.end[:4]) if normal.review_period else None
    plan = int(normal.plan_period.start[:4]) if normal.plan_period else None
    for title, part in titles:
        found = [m.period for m in find_periods(title, review_year=review, plan_year=plan, part=part) if m.period]
        found = found or _year_alone(title)
        if found and part == "review" and review is None:
            review = max(int(p.end[:4]) for p in found)
        elif found and part in ("plan", "self_building") and plan is None:
            plan = min(int(p.start[:4]) for p in found)
    span: Period | None = None
    planned = normal.plan_period
    if review is None and plan is None and (meant or normal.kind == "government_work_report"):
        named = _REPORT_OF.search(f"{normal.title or ''}\n{normal.text[:60]}")
        if named is not None:  # given in that year, whatever it tells
            review, plan = int(named[1]) - 1, int(named[1])
    if review is None and plan is None and meant:
        planned = _years_meant(normal.text, f"{head}\n{opening}", normal.metadata.published_on or "")
        plan = int(planned.start[:4]) if planned is not None else None
    if review is None and plan is None and not (meant and _YEARS_AHEAD.search(opening)):
        review, plan, span = _counted(normal, head, opening, mood)
    if review is None and plan is not None:
        review = plan - 1
    if plan is None and review is not None:
        part_only = normal.review_period is not None and not normal.review_period.end.endswith("12-31")
        open_year = not part_only and _SUMMED.search(f"{normal.title or ''}\n{normal.text[:60].strip()}") is not None
        rest = _REST_OF_YEAR if open_year else _SAME_YEAR
        within = part_only or any(part == "plan" and rest.search(title) for title, part in titles)
        plan = review if within else review + 1
    return Clock(
        review,
        plan,
        normal.review_period or span or (years(review, review) if review is not None else None),
        planned or (years(plan, plan) if plan is not None else None),
    )


def _years_meant(text: str, opening: str, published: str) -> Period | None:
    """The years that a text plans which tells nothing else, when it names them: 做好2031年工作, 比“十五五”末提高.

    The only year at its head is the one planned, too.
    """
    after = _after_plan(text)
    if after is not None or _YEARS_AHEAD.search(opening):
        return after
    named = Counter(year_of(match[1] or match[2]) for match in _YEAR_MEANT.finditer(opening))
    likely = max(named.items(), key=lambda item: (item[1], item[0]))[0] if named else None
    if likely is not None:
        return years(likely, likely)
    head = year_at_head(text, published)
    return None if head is None or f"到{head.end[:4]}" in text[:_HEAD_LENGTH] else head


def _counted(
    normal: NormalDocument, head: str, opening: str, mood: Mood
) -> tuple[int | None, int | None, Period | None]:
    """The year reported on or planned by how often it is told, and the years of the plan it may close."""
    review: int | None = None
    plan: int | None = None
    written = _WRITTEN_YEAR.findall((normal.title or "") + opening[:800]) or _WRITTEN_YEAR.findall(head)
    said = Counter(year_of(y) for y in written)
    after = _after_plan(normal.text)
    leans = "review" if normal.kind == "work_summary" else leaning(opening, mood)
    if after is not None and said and max(said) < int(after.start[:4]):
        said.clear()  # the only years are those compared with
    if leans == "review" and len(said) > 1:
        planned = {
            year_of(match[1] or match[2]) for match in _YEAR_MEANT.finditer((normal.title or "") + opening[:800])
        }
        for year in planned & said.keys():
            if any(other < year for other in said):
                del said[year]  # 报告分三部分：2030年工作回顾；2031年工作安排
    if said:
        likely = max(said.items(), key=lambda item: (item[1], item[0]))[0]
        review, plan = (None, likely) if leans == "plan" else (likely, None)
    elif after is not None and leans != "plan":
        review = int(after.end[:4])
    return review, plan, after if after is not None and review == int(after.end[:4]) else None


def _after_plan(text: str) -> Period | None:
    """The five years whose end is compared with the end of the plan before (比“十二五”末提高…), or None."""
    found = Counter(_PLAN_END.findall(text))
    if not found:
        return None
    last = plan_years(found.most_common(1)[0][0])[1]
    return years(last + 1, last + 5)


def only_year(text: str) -> Period | None:
    """The year of a text that is no report and has no chapters to tell it, or None when it may be of several.

    It is the only year that the text names for what it tells, if a sentence begins with it (2006年，全乡已发展…)
    or the opening names the work of that year (2021年上半年工作情况).  Where the text names several, it is the
    last of them, if it comes first and the opening says it in one of these ways.
    """
    said = find_periods(text, review_year=None, plan_year=None)
    era = next((m for m in said if m.period), None)
    if era is not None and era.kind == "span" and era.end < _FIRST_WORDS and text.endswith(_ERA, era.start, era.end):
        return era.period  # “十一五”期间 in the first sentence
    told = [int(m.period.end[:4]) for m in said if m.period and m.kind in ("year", "within_year", "as_of")]
    if not told:
        return None
    last = max(told)
    alone = min(told) == last
    opens = (
        _OPENS.search(text, 0, len(text) if alone else _OPENING)
        or _TITLES.search(text, 0, _OPENING)
        or ((_TITLE_LINE.match(text) or _PLACE_FIRST.match(text)) if alone else None)
    )
    sure = opens is not None and year_of(opens[1]) == last and (alone or told[0] == last)
    return years(last, last) if sure else None


def year_by_day(normal: NormalDocument) -> Period | None:
    """The year of a text that names none, by the day it was written or published.

    What tells of 上半年 or 今年以来 tells of that year, what tells of 去年 in its first months of the year before.
    """
    dates = (normal.metadata.created_on, normal.metadata.published_on)
    day = next((match for date in dates if (match := _ISO.match(date or ""))), None)
    day = day or _ISO.search(normal.text, 0, _HEAD_LENGTH)
    if day is None or _ANY_YEAR.search(normal.text):
        return None
    year, month = int(day[1]), int(day[2])
    if _THIS_YEAR.search(normal.text):
        return years(year, year)
    return years(year - 1, year - 1) if month <= _EARLY and _LAST_YEAR.search(normal.text) else None


def year_at_head(text: str, published: str) -> Period | None:
    """The year that the title, the dateline above a text or its day tells, when all that are told are one."""
    told = {*_HEAD_YEAR.findall(text, 0, _HEAD_LENGTH), *_HEAD_YEAR.findall(published)}
    return years(int(one), int(one)) if len(told) == 1 and (one := told.pop()) else None


def leaning(words: str, mood: Mood) -> SectionPart:
    """Whether a stretch of text looks ahead (``plan``) or back (``review``)."""
    return "plan" if _INTENDS.search(words[:1500]) or mood.ahead(words) > mood.EVEN else "review"


def intends(words: str, mood: Mood) -> bool:
    """Whether a text that is no report tells what is to be done: it says so, and hardly anything of what was.

    What names a year to come or a goal (到2035年，…达到; 预期目标) says it twice.  The mood of a text long enough to
    have one may tell it alone, and must not tell the contrary.
    """
    if len(_ASSIGNED.findall(words)) >= _SEVERAL:
        return True  # the tasks of a report are handed out
    likely = mood.ahead(words) if len(words) >= mood.SHORTEST else mood.EVEN
    if not _HARDLY < likely <= mood.SURELY:
        return likely > mood.SURELY
    words = words[:_MOOD]
    ahead = len(_TO_BE_DONE.findall(words)) + 2 * len(_GOAL_YEAR.findall(words))
    return ahead > 1 and ahead > 3 * len(_WAS_DONE.findall(words))


def title_period(title: str, part: SectionPart, clock: Clock, *, chapter: bool) -> Period | None:
    """The period a title names; where it names several, from the first to the last."""
    lowest, highest = "", ""
    goals: Period | None = None
    term = (_TERM if chapter else _OF_TERM).search(title) if part == "review" and "年" in title else None
    if term is not None and clock.review is not None:
        return years(clock.review - count_of(term[1] or term[2]) + 1, clock.review)
    for mention in clock.mentions(title, part):
        if mention.period is None or mention.kind not in ("year", "span", "plan_name", "within_year"):
            continue
        if mention.kind == "within_year":
            if chapter:
                return mention.period
            continue
        if part == "plan" and title.startswith(_NEXT, mention.start):
            return clock.plan_period  # told at the end of a year, of the one after it
        if part == "review" and title.startswith("去年", mention.start):
            # told in the year after it
            return clock.review_period if chapter or clock.review is None else years(clock.review, clock.review)
        if mention.kind == "plan_name" and not (chapter and part == "review"):
            if chapter and part == "plan" and _GOALS.match(title, mention.end):
                goals = goals or mention.period
            continue
        if not chapter and mention.start > 6:
            continue
        start, end = mention.period.start, mention.period.end
        if part == "review" and clock.review is not None and int(end[:4]) > clock.review:
            continue
        lowest = min(lowest or start, start)
        highest = max(highest, end)
    if lowest:
        last = clock.review
        if part == "review" and last is not None and int(highest[:4]) == last and _AND_ERA.search(title):
            return years(last, last)  # 2030年和“十六五”工作回顾: what tells of all the years says so
        return years(int(lowest[:4]), int(highest[:4]))
    return goals or (next(iter(_year_alone(title)), None) if chapter else None)


def _year_alone(title: str) -> list[Period]:
    """The year of a title that leaves 年 out: 回顾2030, 展望2031：再上台阶."""
    return [years(int(year), int(year)) for year in _BARE_YEAR.findall(title)]


def _these_years(opening: str, clock: Clock) -> Period | None:
    """The years that a paragraph sums up which opens as 这是发展质量显著提升的五年。, or that it stands against."""
    if clock.review is None:
        return None
    if opening[:1] in "这是" and (these := _THESE_YEARS.match(opening)) is not None:
        return years(clock.review - count_of(these[1]) + 1, clock.review)
    compared = _WITH.match(opening)
    if compared is None:
        return None
    mentions = clock.mentions(opening[:90], "review")
    base = next((m.period for m in mentions if m.kind == "base" and m.period and m.end < compared.end()), None)
    if base is not None and int(base.end[:4]) < clock.review - 1:
        return years(int(base.end[:4]) + 1, clock.review)
    return None


def opening_period(opening: str, part: SectionPart, clock: Clock) -> Period | None:
    """The period that the opening of a paragraph sets (一年来，… / 2020年是… / “十三五”期间，…), or None."""
    if part == "review" and (these := _these_years(opening, clock)) is not None:
        return these
    lead = _LEAD_IN.match(opening)
    at = lead.end() if lead else 0
    mentions = clock.mentions(opening[:90], part)
    first = next((m for m in mentions if m.start <= at and m.end > at and m.period), None)
    if first is None or first.kind not in ("year", "span") or opening.startswith("连续", first.start):
        return None
    if opening.startswith(_NEXT, at) and clock.plan_period is not None:
        return clock.plan_period  # told at the end of a year, of the one after it
    if opening.startswith(("今年", "全年", "年内", "去年", "上年", "本年"), at):
        return None
    if first.kind == "year" and opening[at].isdigit() and not _GOES_ON.match(opening, first.end):
        return None
    stop = opening.find("。")
    if 0 <= stop < 60:
        again = _YEARS_ON.match(opening, stop + 1)
        if again is not None and opening.startswith("是", first.end):
            return next((m.period for m in mentions if m.start == again.start() and m.period), first.period)
    if _OF_A_PLAN.match(opening, max(first.end - 1, 0)):
        plan = next((m.period for m in mentions if m.kind in ("plan_name", "span") and m.period), None)
        if plan is not None and first.period is not None and plan.end == first.period.end:
            return plan
    return first.period


def chapter_part(title: str, rules: SegmentRules) -> SectionPart | None:
    """The part that the words of a chapter's title tell, or None when they tell none."""
    if _SO_FAR.search(title) and not _INTENTION.search(title):
        return "review"
    if rules.review.search(title) and not rules.problems.search(title):
        return "review"
    if rules.problems.search(title):
        return "problems"
    if rules.self_building.search(title):
        return "self_building"
    if rules.plan.search(_PLAN_NAMED.sub("", title)):
        return "plan"
    return None
