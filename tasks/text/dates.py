"""Years and periods as a sentence says them: 2020年, “十三五”期间, 过去五年, 去年, 1—9月.

The words are closed classes of the language (the five-year plans are counted by the State Council:
the first ran from 1953 to 1957, the tenth from 2001 to 2005), so they stand here and not in the
vocabulary.
"""

from __future__ import annotations

import calendar
import re
from functools import lru_cache
from typing import Literal, NamedTuple

from schemas.record import Period

PeriodKind = Literal["year", "span", "within_year", "day", "as_of", "base", "plan_name"]


class PeriodMention(NamedTuple):
    """One expression of time in a sentence.

    Attributes:
        start, end: offsets in the sentence; a preposition or 比 that belongs to it is outside.
        period: the days meant, or None when it is relative and the year it hangs on is unknown.
        kind: ``year`` one calendar year; ``span`` several years (“十三五”期间, 五年来, 2016—2020年);
            ``within_year`` months, quarters, halves; ``day``; ``as_of`` the moment something stands
            at (2020年底, 截至2020年, 到2025年), given as that year; ``base`` what something is compared
            with or grew from (比2015年, 较上年, 由上年的, 同期); ``plan_name`` names a plan or its
            place in it, or a prize (“十四五”规划, 2023—2025年 in 《》, “十三五”收官之年, “2021年度先进单位”),
            and says no period.
    """

    start: int
    end: int
    period: Period | None
    kind: PeriodKind


_DIGITS = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "O": "0",
    "Ｏ": "0",
    "两": "2",
}
_ORDINALS = {"六": 1981, "七": 1986, "八": 1991, "九": 1996, "十": 2001}
_TENS = {"": 2001, "一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "两": 2}

_YEAR = r"(?:(?:19|20)\d\d|(?:19|20|１９|２０)[０-９]{2}|[一二][九〇○零OＯ0][〇○零OＯ0一二三四五六七八九]{2})"
_DASH = r"\s*(?:[-—–－~～]{1,2}|至|到)\s*"
_COUNT = r"(?:[一两二三四五六七八九十]|\d{1,2})"
_MONTHS = rf"\d{{1,2}}\s*月?{_DASH}\d{{1,2}}\s*月份?|\d{{1,2}}\s*月份?"
#: verbs after which a bare 五年 says how long the sum ran
_FLOWS = "新增|新建|完成|获|登记|实施|搬迁|解决|净增|建成|投入|发放|引进"
_WITHIN = rf"上半年|下半年|前[两二三]季度|前\d个月|第?[一二三四1-4]季度|{_MONTHS}"
#: 元至6月份, 元月: the first month has a name of its own
_FIRST_MONTH = re.compile("元(?=月|[-—–－~～至到]{1,2}[0-9]{1,2}月)")
#: 截至10月底 speaks of all that went before in the year
_UNTIL = re.compile("(?:截[至止]到?|[到至])\\s?$")

#: Every alternative below begins with one of these; most characters are none and are passed quickly.
_FIRST = "0-9０-９一二三四五六七八九十两去上下今本明来前新全年过近最连这未接第期“\"「‘'"
_PERIOD = re.compile(
    rf"(?=[{_FIRST}])(?:"
    # 2016—2020年, 2016年至2020年
    rf"(?P<first>{_YEAR})\s*年?度?{_DASH}(?P<last>{_YEAR})\s*年"
    # 2020年12月27日, 2020年1—9月, 2020年上半年, 2020年底, 2020年
    rf"|(?<![\d０-９.．])(?P<year>{_YEAR})\s*年度?(?:(?P<y_month>\d{{1,2}})\s*月\s*(?P<y_day>\d{{1,2}})\s*日"
    rf"|(?P<y_within>{_WITHIN})|(?P<y_moment>[底末]|年[底末])|(?P<y_open>以来|起(?![草步点源头航飞])|开始)|(?P<y_same>同期))?"
    # 去年, 上年同期, 今年上半年, 今年年底, 新的一年
    rf"|(?P<relative>去年|上一?年|今年|本年|明年|来年|前年|新的?一年|全年|年内)度?"
    rf"(?:(?P<r_within>{_WITHIN})|(?P<r_moment>年?[底末])|(?P<r_open>以来)|(?P<r_same>同期))?"
    # “十三五”期间, “十四五”末, 十五计划
    r"|(?P<plan_quote>[“\"「‘']?)(?<![一二三四五六七八九十百第])(?P<plan>十[一二三四五六]?五|[六七八九]五)(?P<plan_close>[”\"」’']?)"
    r"(?:\s(?=期[间末]|时期))?(?P<plan_tail>期间|时期|以来|期?末期?|[规計计]划|普法|目标|各项|主要)?"
    # 过去五年, 今后三年, 近年来; 五年来, 三年间, 五年累计
    rf"|(?P<lead>过去的?|最?近的?|连续|(?<![提学])前|这|今后的?|未来的?|接下来的?)(?P<lead_n>{_COUNT})个?年(?:来|间|里|多来|中)?"
    rf"|(?<![第十百\d前续])(?P<since_n>{_COUNT})年(?:多?以?来|间|里|内|[，,]?累计|[，,]?共|(?={_FLOWS}))"
    # 上半年, 前三季度, 1—9月, 年底
    rf"|(?<!\d)(?P<within>{_WITHIN})(?!\d)"
    r"|(?P<moment>年[底末]|期末))"
)

#: parts of the year that is spoken of, whichever that is
_WITHIN_NOW = (None, "全年", "年内", "本年", "上年", "上一年")
_FROM = ("由", "从")
_COMPARED = re.compile(r"(?:比|较|高于|低于|多于|少于|超过?)[“\"]?$")
_ORIGIN = re.compile(r"(?:由|从|在)$")
_AS_OF_BEFORE = re.compile(r"(?:截至|截止到?|到|至|争取到|力争到)$")
_AFTER_BASE = re.compile(
    r"相比|为?基[期数]|[的水平]{0,3}(?:\d|[一-龥]{0,8}?\d)[^，。；]{0,14}?(?:增加|提高|上升|增长|调整|下降|降低|减少|扩大)[到至为]"
)
_BEST = re.compile("的?(?:最|首次|新高|同期最|历史)")
#: 与上年持平, 和去年相当
_LIKE = re.compile("[与和同跟]$")
_ALIKE = re.compile("(?:的?水平)?(?:相比|(?:基本|大体|大致|总体)?(?:持平|相当|相等|相同|一致|一样))")
#: 超过1978年到2000年的投资总和 measures by a sum and tells no time
_SUM = re.compile(r"的?[一-龥]{0,4}[总之]和")
#: 是2015年的2.3倍, 是“十一五”期间总和的1.6倍
_TIMES = re.compile(
    r"[”\"]?\s*的?(?:[一-龥]{0,4}[总之]和|合计|水平|平均(?:水平|值)?)?的?[近约超]?\s?[\d.．一两二三四五六七八九十]+(?:多?倍|[%％])"
)
#: “十四五”国土空间规划 is a plan's name
_PLAN_OF = re.compile("[一-龥]{0,10}?(?:规划|纲要)")
_ENDS = ("末", "期末", "末期")
_PRICES = re.compile("的?(?:可比|不变|固定)价")
_ANNIVERSARY = re.compile(r"[”\"]?(?:之年|开局|收官|开好局|起步|攻坚|承上|顺利|良好|画上|[规計计]划|普法|目标任务)")


@lru_cache(maxsize=512)
def years(first: int, last: int) -> Period:
    """The calendar years ``first`` to ``last``, one object for equal arguments."""
    return Period.years(first, last)


@lru_cache(maxsize=512)
def months(year: int, first: int, last: int) -> Period | None:
    """The months ``first`` to ``last`` of a year, or None when there are no such months."""
    if not 1 <= first <= last <= 12:
        return None
    end = calendar.monthrange(year, last)[1]
    return Period(start=f"{year:04d}-{first:02d}-01", end=f"{year:04d}-{last:02d}-{end:02d}")


def year_of(written: str) -> int:
    """The year written in digits of any kind: 2023, ２０２３, 二〇二三."""
    return int("".join(_DIGITS.get(c, c) for c in written))


def count_of(written: str) -> int:
    """The small count written: 五, 十, 两, 12."""
    return 10 if written == "十" else int(_DIGITS.get(written, written))


def plan_years(name: str) -> tuple[int, int]:
    """First and last year of a five-year plan named as in 十三五 or 九五."""
    start = _TENS[name[1:-1]] if name[0] == "十" else _ORDINALS[name[0]]
    return start, start + 4


def find_periods(
    sentence: str,
    *,
    review_year: int | None,
    plan_year: int | None,
    part: str | None = None,
    this_year: int | None = None,
) -> list[PeriodMention]:
    """Every expression of time in a sentence, from left to right.

    Args:
        sentence: any stretch of text.
        review_year: the year reported on, or the last of several; what 去年 and 五年来 hang on.
        plan_year: the year planned, or the first of several.
        part: the part of the report the sentence stands in (see :data:`schemas.record.SectionPart`);
            今年 and 年底 are the plan year in ``plan`` and ``self_building``, else the review year
            when there is one.
        this_year: what 今年 and 去年 hang on, where that is another year than that of 全年 and 年底: the year in
            which the text speaks.

    Never raises: an impossible date (13月) is left out.
    """
    if "年" not in sentence and "五" not in sentence and "月" not in sentence and "季度" not in sentence:
        return []
    if review_year is None and plan_year is not None:
        review_year = plan_year - 1
    planning = part in ("plan", "self_building") or (part is None and plan_year is not None)
    now = plan_year if planning and plan_year is not None else review_year
    found: list[PeriodMention] = []
    if "元" in sentence and "月" in sentence and _FIRST_MONTH.search(sentence):
        sentence = _FIRST_MONTH.sub("1", sentence)
    for match in _PERIOD.finditer(sentence):
        spoken = this_year is not None and match["relative"] not in _WITHIN_NOW
        if spoken and match["relative"] == "去年" and sentence[max(0, match.start() - 1) : match.start()] in _FROM:
            spoken = False  # 由去年的6家增加到8家: as 上年 it is the year before, whenever that is told
        near = this_year if spoken else now
        read = _read(match, review_year, plan_year, near, planning=planning)
        if read is None:
            continue
        period, kind, start, end = read
        if kind == "span" and _BEST.match(sentence, end):
            kind = "plan_name"  # 1998年以来的最高增幅 says how rare, not when
        if kind not in ("plan_name", "day"):
            kind = _in_context(sentence, start, end, kind)
        found.append(PeriodMention(start, end, period, kind))
    return found


_Read = tuple[Period | None, PeriodKind, int, int] | None


def _read(match: re.Match[str], review: int | None, plan: int | None, now: int | None, *, planning: bool) -> _Read:
    """What the match means; ``now`` is the year that 今年 and a bare 年底 speak of."""
    start, end = match.span()
    if match["first"]:
        first, last = year_of(match["first"]), year_of(match["last"])
        named = _in_a_name(match.string, start) or _SUM.match(match.string, end) is not None
        return (years(first, last), "plan_name" if named else "span", start, end) if first <= last else None
    if match["year"]:
        year = year_of(match["year"])
        named = _in_a_name(match.string, start) and match.end() < len(match.string) and not match["y_within"]
        if named or _PRICES.match(match.string, end):  # 按2000年可比价格计算
            return years(year, year), "plan_name", start, end
        if match["y_open"] and review is not None and year < review and _is_open(match):
            return years(year, review), "span", start, end
        return _dated(match, year, "y", start, end)
    if match["relative"]:
        return _dated(match, _relative(match["relative"], now, plan), "r", start, end)
    if match["within"]:
        period = _within_or_until(match, match["within"], now) if now else None
        return (period, "within_year", start, end) if period or not now else None
    if match["moment"]:
        return (years(now, now) if now else None), "as_of", start, end
    return _stretch(match, review, plan, planning=planning)


def _is_open(match: re.Match[str]) -> bool:
    """Whether it goes on from the year, as 2015年以来 and 自2015年起; 2015年开始建设 is of that year alone."""
    return match["y_open"] in (None, "以来") or match.string[max(0, match.start() - 1) : match.start()] in ("自", "从")


def _within_or_until(match: re.Match[str], words: str, year: int) -> Period | None:
    """The part of a year that is named; 截至10月底 and 到6月底 are of all months up to that one."""
    period = _within(words, year)
    if period is None or period.start[5:7] != period.end[5:7]:
        return period
    before = match.string[max(0, match.start() - 4) : match.start()]
    return months(year, 1, int(period.end[5:7])) if _UNTIL.search(before) else period


def _in_a_name(sentence: str, at: int) -> bool:
    """Inside the brackets of a title, or right behind a quote that opens: “2021年度先进单位”."""
    if sentence.rfind("《", 0, at) > sentence.rfind("》", 0, at):
        return True
    return at > 0 and sentence[at - 1] in "“「" and any(c in sentence[at : at + 40] for c in "”」")


def _stretch(match: re.Match[str], review: int | None, plan: int | None, *, planning: bool) -> _Read:
    """A five-year plan, 过去五年, 五年来: spans that hang on a year of the report."""
    start, end = match.span()
    if match["plan"]:
        return _plan(match)
    if match["lead"]:
        n = count_of(match["lead_n"])
        ahead = match["lead"][:2] in ("今后", "未来", "接下")
        if match["lead"] == "前" and not planning and match["lead_n"] == "一":
            return None
        return _span(n, review if not ahead else plan, start, end, ahead=ahead)
    # 累计 and 共 belong to the verb, not to the time
    tail = 2 if match[0].endswith("累计") else 1 if match[0].endswith("共") else 0
    ahead = planning and not match[0].endswith("来")
    return _span(count_of(match["since_n"]), plan if ahead else review, start, end - tail, ahead=ahead)


def _dated(match: re.Match[str], year: int | None, prefix: str, start: int, end: int) -> _Read:
    """A year, written or relative, with what follows it: month, quarter, 底, 以来, 同期."""
    within = match[f"{prefix}_within"]
    if prefix == "y" and match["y_month"]:
        month, day = int(match["y_month"]), int(match["y_day"])
        if year is None or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            return None
        written = f"{year:04d}-{month:02d}-{day:02d}"
        return Period(start=written, end=written), "day", start, end
    kind: PeriodKind = "year"
    if match[f"{prefix}_same"]:
        kind = "base"
    elif match[f"{prefix}_moment"]:
        kind = "as_of"
    elif match[f"{prefix}_open"]:
        kind = "span" if prefix == "y" and _is_open(match) else "year"
    if year is None:
        return None, "within_year" if within else kind, start, end
    if within:
        period = _within_or_until(match, within, year)
        return (period, "within_year", start, end) if period else None
    return years(year, year), kind, start, end


def _relative(word: str, now: int | None, plan: int | None) -> int | None:
    if word.startswith("新"):
        return plan if plan is not None else None if now is None else now + 1
    if now is None:
        return None
    if word in ("去年", "上年", "上一年"):
        return now - 1
    if word == "前年":
        return now - 2
    return now + 1 if word in ("明年", "来年") else now


def _plan(match: re.Match[str]) -> _Read:
    name, tail = match["plan"], match["plan_tail"] or ""
    quoted = bool(match["plan_quote"]) and bool(match["plan_close"])
    start, end = match.span()
    if not quoted and tail not in ("期间", "时期", "以来", *_ENDS, "规划", "计划") and len(name) < 3:
        return None  # 十五 and 九五 without quotes are numbers as a rule
    first, last = plan_years(name)
    after = match.string[match.end("plan_close") : match.end("plan_close") + 6]
    if not tail and _PLAN_OF.match(match.string, match.end("plan_close")):
        return years(first, last), "plan_name", start, match.end("plan_close")
    if tail in ("规划", "计划", "普法") or _ANNIVERSARY.match(after) or after.startswith(("目标", "主要目标", "各项")):
        return years(first, last), "plan_name", start, match.end("plan_close")
    if tail in ("目标", "各项", "主要"):
        end = match.end("plan_close")
    if tail in _ENDS:
        return years(last, last), "as_of", start, end
    return years(first, last), "span", start, end


def _span(count: int, anchor: int | None, start: int, end: int, *, ahead: bool) -> _Read:
    if count < 1:
        return None  # 前0年
    if anchor is None:
        return None, "year" if count == 1 else "span", start, end
    first, last = (anchor, anchor + count - 1) if ahead else (anchor - count + 1, anchor)
    return years(first, last), "year" if count == 1 else "span", start, end


def _within(words: str, year: int) -> Period | None:
    if words == "上半年":
        return months(year, 1, 6)
    if words == "下半年":
        return months(year, 7, 12)
    if words.endswith("季度"):
        n = _QUARTERS[words[-3]]
        return months(year, 1, 3 * n) if words[0] == "前" else months(year, 3 * n - 2, 3 * n)
    numbers = [int(n) for n in re.findall(r"\d+", words)]
    if words[0] == "前":
        return months(year, 1, numbers[0])
    return months(year, numbers[0], numbers[-1])


def _in_context(sentence: str, start: int, end: int, kind: PeriodKind) -> PeriodKind:
    """The kind as its surroundings make it: what follows 比 is a base, what follows 截至 a moment."""
    before = sentence[max(0, start - 4) : start]
    if _COMPARED.search(before) or sentence.startswith("相比", end):
        return "base"
    if _LIKE.search(before) and _ALIKE.match(sentence, end):
        return "base"
    if _ORIGIN.search(before) and _AFTER_BASE.match(sentence, end):
        return "base"
    if before.endswith(("是", "为", "到", "相当于")) and _TIMES.match(sentence, end):
        return "base"
    if kind == "year" and _AS_OF_BEFORE.search(before):
        return "as_of"
    return kind
