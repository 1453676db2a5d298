"""Numeric mentions: a number with its scale, unit and the words that bound it, found in one pass.

``超过147.5亿元以上`` is one mention: value 14750000000, unit 元, bound ``over``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from schemas.record import Bound
from tasks.extract.words import UnitWords
from tasks.text.numerals import SCALE_WORDS, SCALES, chinese_number

_BEFORE: tuple[tuple[Bound, tuple[str, ...]], ...] = (
    ("at_least", ("不低于", "不少于", "不小于", "至少", "不下", "不下于", "不低于")),
    ("at_most", ("不超过", "不高于", "不多于", "不大于", "不超", "低于", "少于", "小于", "最多", "至多")),
    ("over", ("超过", "超过了", "超出", "首超", "超", "突破", "突破了", "逾", "破", "多于", "大于", "高于")),
    ("nearly", ("近", "将近", "接近", "接近于")),
    ("about", ("约", "约为", "大约", "大约为", "大概", "约达", "大致")),
)
_AFTER: dict[str, Bound] = {
    "以上": "at_least",
    "及以上": "at_least",
    "之上": "at_least",
    "左右": "about",
    "上下": "about",
    "以内": "at_most",
    "之内": "at_most",
    "以下": "at_most",
}
#: words that end in a bounding character and are none: 签约5个, 最近5年, 赶超8家
_NOT_BOUND = (
    "签约",
    "预约",
    "集约",
    "节约",
    "公约",
    "合约",
    "履约",
    "邀约",
    "解约",
    "违约",
    "特约",
    "最近",
    "附近",
    "临近",
    "就近",
    "靠近",
    "邻近",
    "赶超",
    "反超",
    "打破",
    "侦破",
)
_BOUND_OF = {word: bound for bound, words in _BEFORE for word in words}
_BOUND_BEFORE = re.compile("|".join("(?:" + re.escape(w[::-1]) + ")" for w in sorted(_BOUND_OF, key=len, reverse=True)))
_NOT_BOUND_BEFORE = re.compile("|".join(w[::-1] for w in _NOT_BOUND))

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_SCALE = "|".join(f"{word}(?![瓦伏克米卡赫分])" if word[-1] in "千百" else word for word in SCALE_WORDS)
_CHINESE = "[一二三四五六七八九十百千万亿两〇零]"


@dataclass(slots=True)
class Mention:
    """One number of a text.

    Attributes:
        start, end: from the first digit to the end of the unit.
        left, right: the same, widened by the words that bound it (超…, …以上).
        value: scaled to ``unit``; None for a ratio, whose values are in ``parts``.
        unit: base unit, ``""`` when none stands there.
        kind: class of unit: money, rate, points, times, count, people, area …; ``ratio``, ``rank``.
        bound: as the words around say; ``written`` tells whether any word did.
        parts: offsets and values of the parts of a ratio.
        digits: the number is written in digits.
    """

    start: int
    end: int
    left: int
    right: int
    value: Decimal | None
    unit: str
    kind: str
    bound: Bound
    scale: str = ""
    parts: tuple[tuple[int, int, Decimal], ...] = ()
    digits: bool = True
    #: the word of bounding behind the unit: 以上, 左右
    behind: str = ""


class Reader:
    """Finds mentions by one compiled expression made of the unit list."""

    def __init__(self, units: UnitWords) -> None:
        self._kinds = units.kind_of
        self._spelling = units.spellings
        not_before = units.not_before
        words = sorted(units.kind_of, key=len, reverse=True)
        unit = "|".join(re.escape(w) + (f"(?![{not_before[w]}])" if w in not_before else "") for w in words)
        per = "|".join(re.escape(w) for w in sorted(units.per, key=len, reverse=True))
        self._digits = re.compile(
            rf"(?P<number>(?<![\d.]){_NUMBER})"
            rf"(?:(?P<ratio>(?:\s?[:：∶]\s?{_NUMBER})+)"
            rf"|(?P<more>[余多几])?(?P<scale>{_SCALE})?(?P<more2>[余多])?"
            rf"(?P<unit>(?:{unit})(?:(?:[/／]|每)(?:{per})(?:·(?:{per}))?)?)?"
            r"(?P<behind>及?以上|之上|左右|上下|以内|之内|以下)?)"
        )
        self._chinese = re.compile(
            rf"百分之(?P<percent>{_CHINESE}+(?:点{_CHINESE}+)?)(?P<b1>以上|左右|以内)?"
            rf"|(?P<tenths>[一二三四五六七八九两])成(?P<b2>以上|左右|多)?(?![立员本功效果为长])"
            rf"|(?<=翻)(?P<doubling>[一两二三四])番"
            rf"|(?P<times>[一两二三四五六七八九十])倍(?P<b3>以上|左右|多)?"
            rf"|(?<=[破超过])(?P<round>[百千万亿十]{{1,2}})(?P<round_unit>元|美元|人次|人|辆|户|亩|吨|家)"
            rf"|(?<=第)(?P<rank>[一二三四五六七八九十]{{1,3}})(?P<rank_unit>[位名]?)"
            rf"|(?P<amount>[一二三四五六七八九两][一二三四五六七八九十百千万亿两〇零]*[十百千万亿][一二三四五六七八九十百千万亿两〇零]*)"
            rf"(?P<more>[余多])?(?P<unit>元|美元|亩|人次|人|公里|吨|户|平方米|公顷|万元|亿元)"
        )

    def read(self, text: str) -> list[Mention]:
        """Every number of the text, in order; offsets are those of ``text``."""
        kinds, spelling = self._kinds, self._spelling
        found: list[Mention] = []
        for match in self._digits.finditer(text):
            number, ratio, more, scale, more2, unit, behind = match.group(
                "number", "ratio", "more", "scale", "more2", "unit", "behind"
            )
            start = match.start()
            if ratio:
                found.append(_ratio(match))
                continue
            value = Decimal(number.replace(",", "") if "," in number else number)
            if scale:
                value = value.scaleb(SCALES[scale])
            right = match.end()
            end = match.end("unit") if unit else right - len(behind or "")
            if more and not scale and not unit:
                more = None
                right = end = match.end("number")
                behind = None
            bound: Bound = "over" if more or more2 else "exact"
            left, before = bound_before(text, start)
            if before:
                bound = before
            if behind:
                bound = "at_least" if behind.endswith(("以上", "之上")) else _AFTER[behind]
            if unit == "成":
                value, kind, base = value * 10, "rate", "%"
            elif unit:
                kind = kinds.get(unit) or "per"
                base = spelling.get(unit, unit)
            else:
                kind, base = "bare", ""
            found.append(Mention(start, end, left, right, value, base, kind, bound, scale or "", behind=behind or ""))
        return found

    def read_chinese(self, text: str) -> list[Mention]:
        """Numbers written in Chinese that carry a value: per cents, tenths, multiples, ranks, amounts."""
        found: list[Mention] = []
        for match in self._chinese.finditer(text):
            mention = self._one_chinese(text, match)
            if mention is not None:
                found.append(mention)
        return found

    def _one_chinese(self, text: str, match: re.Match[str]) -> Mention | None:
        start, end = match.span()
        left, before = bound_before(text, start)
        bound: Bound = before or "exact"
        behind = match["b1"] or match["b2"] or match["b3"] or ""
        right = end
        if behind:
            end -= len(behind)
            bound = _AFTER.get(behind, "over")
        unit, kind, scale = "", "", ""
        value: Decimal | None
        if match["percent"]:
            value, unit, kind = chinese_number(match["percent"]), "%", "rate"
        elif match["tenths"]:
            if not before and not behind:
                return None
            value, unit, kind = chinese_number(match["tenths"]), "%", "rate"
            value = value * 10 if value is not None else None
        elif match["doubling"]:
            value, unit, kind = chinese_number(match["doubling"]), "番", "times"
        elif match["times"]:
            value, unit, kind = chinese_number(match["times"]), "倍", "times"
        elif match["round"]:
            value, unit, scale = chinese_number(match["round"]), match["round_unit"], match["round"]
            kind, bound = self._kinds.get(unit, "count"), "over"
            left = left if before else start - 1
        elif match["rank"]:
            value, unit, kind = chinese_number(match["rank"]), "位", "rank"
            left = start - 1
        else:
            value, unit = chinese_number(match["amount"]), match["unit"]
            if unit in ("万元", "亿元"):
                scale, unit = unit[0], "元"
                value = value * (10**4 if scale == "万" else 10**8) if value is not None else None
            kind = self._kinds.get(unit, "count")
            if match["more"]:
                bound = "over"
        if value is None:
            return None
        return Mention(start, end, left, right, value, unit, kind, bound, scale, digits=False, behind=behind)


def share_units(text: str, mentions: list[Mention]) -> None:
    """Give a number without a unit that of the next one: 3500万、2300万人次; 5—6亿元 bounds from both sides."""
    for mention, following in pairwise(mentions):
        if mention.kind != "bare" or following.kind in ("bare", "ratio"):
            continue
        gap = text[mention.end : following.start]
        if gap in _RANGE:
            if mention.value is not None and not mention.scale and following.scale:
                mention.value = mention.value.scaleb(SCALES[following.scale])
            if mention.bound == "exact":
                mention.bound = "at_least"
            if following.bound == "exact":
                following.bound = "at_most"
        elif not (mention.scale and gap in _LINKS):
            continue
        mention.unit, mention.kind = following.unit, following.kind


def bound_before(text: str, start: int) -> tuple[int, Bound | None]:
    """Where the bounding words before ``start`` begin, and what they say."""
    if not start or text[start - 1] not in _LAST:
        return start, None
    reversed_before = text[max(0, start - 5) : start][::-1]
    if _NOT_BOUND_BEFORE.match(reversed_before):
        return start, None
    match = _BOUND_BEFORE.match(reversed_before)
    if match is None:
        return start, None
    return start - match.end(), _BOUND_OF[match[0][::-1]]


_RANGE = frozenset(("-", "—", "–", "－", "~", "～", "——", "至", "到"))
_LINKS = frozenset(("、", "和", "及", "与"))
_LAST = frozenset(word[-1] for word in _BOUND_OF)


def _ratio(match: re.Match[str]) -> Mention:
    start = match.start()
    parts = tuple(
        (start + piece.start(), start + piece.end(), Decimal(piece[0])) for piece in re.finditer(_NUMBER, match[0])
    )
    return Mention(start, match.end(), start, match.end(), None, "%", "ratio", "exact", parts=parts)
