"""Ratios of parts to a whole: 三次产业结构调整为26.8:29.5:43.7."""

from __future__ import annotations

import re
from decimal import Decimal

from tasks.extract.draft import Context, Draft, Naming, State
from tasks.extract.parallel import industries

_INDUSTRIES = ("第一产业比重", "第二产业比重", "第三产业比重")
_WORD_OF_RATIO = re.compile("(?:的?(?:比例|结构|比重|构成|之比|比))$")
_TURNED = re.compile("(?:(?:调整|优化|转变|调|升级)[为和、]?)+(?:现在|目前|如今)?$|^[为到]?(?:现在|目前|如今)$")
_NUMERALS = "一二三四五六七八"
#: shares add up to a hundred but for rounding
_ROUNDING = Decimal(2)


def read_ratio(c: Context, state: State) -> list[Draft]:
    """One share in per cent for each part; none when the parts make no whole (比分 3:1)."""
    last = state.last
    noun = _TURNED.sub("", c.near.noun)
    if not noun and last is not None and last.naming.rule == "ratio":
        noun = last.noun
    if not noun and _WORD_OF_RATIO.search(c.clause):
        noun = c.clause  # 三产业的构成，由上年的48:27:25调整为…
    parts = c.mention.parts
    total = sum((value for _, _, value in parts), Decimal(0))
    if not noun or abs(total - 100) > _ROUNDING:
        return []
    names = part_names(noun, len(parts))
    return [
        Draft(c.mention, start, end, value, "%", Naming(name, "", noun, "ratio"), "share", c.near, c.words)
        for (start, end, value), name in zip(parts, names, strict=True)
    ]


def part_names(noun: str, count: int) -> list[str]:
    """What the parts of a ratio are: by the words of the noun, else by their place."""
    each = industries(noun, count)
    if each:
        return each
    if count == 3 and ("产业" in noun or "三产" in noun):
        return [f"{_WORD_OF_RATIO.sub('', noun) if '结构' not in noun else noun}{x}" for x in _INDUSTRIES]
    if count == 2 and "轻重工业" in noun:
        return [f"{noun}轻工业", f"{noun}重工业"]
    if count == 2 and "粮经" in noun:
        return [f"{noun}粮食", f"{noun}经济作物"]
    parts = [x for x in re.split("、|和|与", _WORD_OF_RATIO.sub("", noun)) if x]
    if len(parts) == count:
        return [f"{noun}{x}" for x in parts]
    return [f"{noun}第{_NUMERALS[k]}项" for k in range(min(count, len(_NUMERALS)))]
