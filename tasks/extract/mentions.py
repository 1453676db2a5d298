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
from tasks.text.numerals import SCALE_WORDS, SCALES

_BEFORE: tuple[tuple[Bound, tuple[str, ...]], ...] = (
    ("at_least", ("不低于", "不少于", "不小于", "至少", "不下", "不下于", "≥")),
    (
        "at_most",
        (
            "不超过",
            "不高于",
            "不多于",
            "不大于",
            "不超",
            "低于",
            "少于",
            "小于",
            "最多",
            "至多",
            "不到",
            "不足",
            "≤",
            "<",
            "＜",
        ),
    ),
    (
        "over",
        ("过", "超过", "超过了", "超出", "首超", "超", "突破", "突破了", "逾", "破", "多于", "大于", "高于", ">", "＞"),
    ),
    ("nearly", ("近", "将近", "接近", "接近于")),
    ("about", ("约", "约为", "大约", "大约为", "大概", "约达", "大致")),
)
#: words of bounding behind a unit
BOUND_BEHIND: dict[str, Bound] = {
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
    "通过",
    "经过",
    "不过",
    "走过",
    "度过",
    "渡过",
    "路过",
    "打破",
    "侦破",
    "达不到",
    "得不到",
)
_BOUND_OF = {word: bound for bound, words in _BEFORE for word in words}
_BOUND_BEFORE = re.compile("|".join("(?:" + re.escape(w[::-1]) + ")" for w in sorted(_BOUND_OF, key=len, reverse=True)))
_NOT_BOUND_BEFORE = re.compile("|".join(w[::-1] for w in _NOT_BOUND))

_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
#: the same, no continuation of another; begins with its first digit, which a search can look for fast
_WHOLE_NUMBER = r"[0-9](?<![0-9.][0-9])(?:[0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|[0-9]*)(?:\.[0-9]+)?"
_SCALE = "|".join(f"{word}(?![瓦伏克米卡赫分])" if word[-1] in "千百" else word for word in SCALE_WORDS)
_DIGITS = re.compile(rf"({_WHOLE_NUMBER})(?:((?:\s?[:：∶︰﹕]\s?{_NUMBER})+)| *([余多几])?({_SCALE})? ?([余多])?)")
_BEHIND = re.compile("|".join(sorted(BOUND_BEHIND, key=len, reverse=True)))
_ENDS = frozenset(("", "，", "。", "；", "、", ",", ";", "\n"))
#: a sign before a number of these is one, not a dash
_SIGNED = ("%", "元", "‰", "个百分点")
_SIGNS = "-+−﹣﹢"
#: dashes that are signs behind words of growth alone: 增长—2.3%
_DASHES, _SIGNED_BEHIND = frozenset("–—"), frozenset("长速幅率比")
#: behind a number or another sign no sign stands: 5%-6%, 8+1
_UNSIGNED = frozenset("0123456789%‰.+-—–~～至到)）]元点万亿千百")
#: 迈上3万元台阶, 跨越500亿元大关: what was reached was passed
_MILESTONE = re.compile("大关|关口|(?:新)?台阶|门槛")
_STEPS = ("迈上", "跨上", "跃上", "站上", "登上", "迈过", "跨过", "跨越", "越过", "冲破", "闯过", "攻破", "站稳")
_STEP_ENDS = "".join({word[-1] for word in _STEPS})
_FIRST_BEHIND = frozenset(word[0] for word in BOUND_BEHIND)


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
    #: a sign stands before it: 同比-6.2%
    signed: bool = False
    #: the word of bounding behind the unit: 以上, 左右
    behind: str = ""


class Reader:
    """Finds mentions: numbers by one expression, their units in a table."""

    def __init__(self, units: UnitWords) -> None:
        self._kinds = units.kind_of
        self._spelling = units.spellings
        self._not_before = units.not_before
        lengths: dict[str, set[int]] = {}
        for word in units.kind_of:
            lengths.setdefault(word[0], set()).add(len(word))
        #: first character of a unit → lengths of the units that begin with it, longest first
        self._lengths = {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}
        per = "|".join(re.escape(w) for w in sorted(units.per, key=len, reverse=True))
        self._per = re.compile(rf"(?:[/／]|每)(?:{per})(?:·(?:{per}))?")

    def read(self, text: str) -> list[Mention]:
        """Every number of the text, in order; offsets are those of ``text``."""
        found: list[Mention] = []
        for match in _DIGITS.finditer(text):
            number, ratio, more, scale, more2 = match.groups()
            start, end = match.span()
            if ratio:
                found.append(_ratio(match))
                continue
            value = Decimal(number.replace(",", "") if "," in number else number)
            signed = False
            if scale:
                value = value.scaleb(SCALES[scale])
            unit, unit_end = self._unit(text, end)
            if not unit:
                end = unit_end = match.end(4) if scale else match.end(1)
                more = more if scale else None
                more2 = None
            before_it = text[start - 1] if start else "\n"
            if found and found[-1].end == start and scale != found[-1].scale and found[-1].kind == "bare":
                start, value = _joined(found, start, value, scale)
            elif not unit and text.endswith("百分之", 0, start):
                unit, start = "%", start - 3
            elif unit in _SIGNED and (
                (before_it in _SIGNS and _may_sign(text[start - 2 : start - 1]))
                or (before_it in _DASHES and text[start - 2 : start - 1] in _SIGNED_BEHIND)
            ):
                start -= 1
                signed = True
                if text[start] not in "+﹢":
                    value = -value  # 同比-3.2%
            right, behind, bound = _bound_behind(text, unit_end, "over" if more or more2 else "exact")
            left, before = bound_before(text, start)
            if before and not behind:
                bound = before
            elif (
                bound == "exact" and text[start - 1 : start] in _STEP_ENDS and unit and text.endswith(_STEPS, 0, start)
            ):
                bound = "over" if _MILESTONE.match(text, unit_end) else bound
            if unit == "成":
                value, kind, unit = value * 10, "rate", "%"
            elif unit:
                kind = self._kinds.get(unit) or "per"
                unit = self._spelling.get(unit, unit)
            else:
                kind = "bare"
            found.append(
                Mention(
                    start, unit_end, left, right, value, unit, kind, bound, scale or "", signed=signed, behind=behind
                )
            )
        return found

    def _unit(self, text: str, at: int) -> tuple[str, int]:
        """The longest unit that stands at an offset, and its end."""
        if text.startswith(" ", at):
            at += 1
        for size in self._lengths.get(text[at : at + 1], ()):
            end = at + size
            unit = text[at:end]
            if unit not in self._kinds or len(unit) != size:
                continue
            after = text[end : end + 1]
            if after and after in self._not_before.get(unit, ""):
                continue
            if after and after in "/／每":
                match = self._per.match(text, end)
                if match is not None:
                    return unit + match[0], match.end()
            return unit, end
        return "", at


def _may_sign(before: str) -> bool:
    """Whether the mark behind this character can be the sign of a number."""
    return before not in _UNSIGNED and not (before.isascii() and before.isalpha())


def _joined(found: list[Mention], start: int, value: Decimal, scale: str | None) -> tuple[int, Decimal]:
    """1亿2000万, 3万5千: a number that goes on in a smaller scale is one with what it began with."""
    first = found[-1]
    if not first.scale or first.value is None or value >= 10 ** SCALES[first.scale]:
        return start, value
    if scale and SCALES[scale] >= SCALES[first.scale]:
        return start, value
    found.pop()
    return first.start, first.value + value


def _bound_behind(text: str, at: int, bound: Bound) -> tuple[int, str, Bound]:
    """The end of the bounding word at an offset, the word, and the bound with it."""
    first = text[at : at + 1]
    if first not in _FIRST_BEHIND:
        if first == "多" and text[at + 1 : at + 2] in _ENDS:
            return at + 1, "多", "over"  # 2倍多。
        return at, "", bound
    match = _BEHIND.match(text, at)
    return (at, "", bound) if match is None else (match.end(), match[0], BOUND_BEHIND[match[0]])


def share_units(text: str, mentions: list[Mention]) -> None:
    """Give a number without a unit that of the next one: 3500万、2300万人次; 5—6亿元 bounds from both sides."""
    _share_in_rows(text, mentions)
    for mention, following in pairwise(mentions):
        if following.kind == "bare" and following.value == 0 and mention.kind in ("rate", "count", "people"):
            gap = text[mention.end : following.start]
            if gap.endswith(_COME_TO) and len(gap) <= _NEAR:
                following.unit, following.kind = mention.unit, mention.kind  # 由12.6%下降到0
            continue
        if mention.kind != "bare" or following.kind in ("bare", "ratio"):
            continue
        gap = text[mention.end : following.start]
        if gap in _RANGE:
            if mention.value is not None and not mention.scale and following.scale:
                scaled = mention.value.scaleb(SCALES[following.scale])
                if following.value is None or scaled <= following.value:
                    mention.value = scaled  # 5—6亿元, but not 8500到3万元
            if mention.bound == "exact":
                mention.bound = "at_least"
            if following.bound == "exact":
                following.bound = "at_most"
        elif not (mention.scale and gap in _LINKS):
            continue
        mention.unit, mention.kind = following.unit, following.kind


def _share_in_rows(text: str, mentions: list[Mention]) -> None:
    """分别拉动增长2.1和2.4个百分点, 高于要求4个、3个百分点: what stands before the last of a row has its unit."""
    of_all = ""  # the word of bounding behind the last of the row
    for n in range(len(mentions) - 2, -1, -1):
        mention, following = mentions[n], mentions[n + 1]
        link = text[mention.end : following.start].strip("-－")
        if following.kind in ("bare", "ratio", "rank") or link not in _LINKS:
            of_all = ""
            continue
        of_all = following.behind or of_all
        if (
            of_all in _OF_ALL
            and mention.bound == "exact"
            and mention.kind in ("bare", following.kind)
            and (link == "、" or of_all not in _AROUND)  # 8%和9%左右: the second alone
        ):
            mention.bound = following.bound  # 2万匹、5000峰左右; 4%、3%、2‰以内
        points = mention.unit == "个" and following.kind == "points"
        if points or (
            mention.kind == "bare"
            and not mention.scale
            and _RESPECTIVELY.search(text, max(0, mention.start - _ROW), mention.start)
        ):
            mention.unit, mention.kind = following.unit, following.kind
            before = text[mention.start - 1 : mention.start]
            if before in _SIGNS and before not in "+﹢" and mention.value is not None and not mention.signed:
                mention.start, mention.left = mention.start - 1, min(mention.left, mention.start - 1)
                mention.value, mention.signed = -mention.value, True


def bound_before(text: str, start: int) -> tuple[int, Bound | None]:
    """Where the bounding words before ``start`` begin, and what they say."""
    if not start:
        return start, None
    if text[start - 1] == " ":
        start -= 1
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
#: bounds behind the last of a row that hold for all of it
_OF_ALL, _AROUND = ("左右", "上下", "以上", "以内"), ("左右", "上下")
_LINKS = frozenset(("、", "和", "及", "与"))
_COME_TO = ("降到", "降至", "降为", "减到", "减至", "减少到", "减少至", "下降为", "归", "变为")
_NEAR = 6
#: how far before a number of a row 分别 may stand
_ROW = 40
_RESPECTIVELY = re.compile("分别[^，,。；;\n]*$")
_LAST = frozenset(word[-1] for word in _BOUND_OF)


def _ratio(match: re.Match[str]) -> Mention:
    start = match.start()
    parts = tuple(
        (start + piece.start(), start + piece.end(), Decimal(piece[0])) for piece in re.finditer(_NUMBER, match[0])
    )
    return Mention(start, match.end(), start, match.end(), None, "%", "ratio", "exact", parts=parts)
