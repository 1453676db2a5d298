"""Numbers in Chinese that carry a value: 百分之三, 近七成, 翻两番, 增长一倍, 破万元, 第二位, 三千二百亩.

Counts such as 七个重点领域 are left alone: they say how a text is ordered more often than they measure.
"""

from __future__ import annotations

import re
from decimal import Decimal

from schemas.record import Bound
from tasks.extract.mentions import BOUND_BEHIND, Mention, bound_before
from tasks.extract.words import UnitWords
from tasks.text.numerals import chinese_number

_NUMERALS = "一二三四五六七八九十百千万亿两〇零"
#: a run is worth a look when one of those stands before it, or one of these follows it
_RUN = re.compile(
    f"[{_NUMERALS}](?:(?<=[第破超过上][{_NUMERALS}])[{_NUMERALS}]*|[{_NUMERALS}]*(?=[分成番倍余多元美亩人公吨户平个点米斤]))"
)
#: 占三成。 is a share, 一成不变 is not
_AFTER_TENTHS = frozenset(("", "，", "。", "；", "、", ",", ";", "的", "\n"))
_CHINESE = re.compile(
    rf"百分之(?P<percent>[{_NUMERALS}]+(?:点[{_NUMERALS}]+)?)(?P<b1>以上|左右|以内)?"
    rf"|(?P<tenths>[一二三四五六七八九两](?:点[一二三四五六七八九])?)成(?P<b2>以上|左右|多)?(?![立员本功效果为长])"
    rf"|(?:(?<=翻)|(?<=翻了)|(?<=翻近)|(?<=翻了近)|(?<=翻两)|(?<=翻约))(?P<doubling>[一两二三四])番"
    rf"|(?P<points>[{_NUMERALS}]+(?:点[{_NUMERALS}]+)?)个百分点"
    rf"|(?P<times>[一两二三四五六七八九十])倍(?P<b3>以上|左右|多)?"
    rf"|(?:(?<=[破超过])|(?<=[迈跨跃站登]上))(?P<round>[百千万亿十]{{1,2}})(?P<round_unit>元|美元|人次|人|辆|户|亩|吨|家)"
    rf"|(?<=第)(?P<rank>[一二三四五六七八九十]{{1,3}})[位名]?"
    rf"|(?P<amount>(?:[一二三四五六七八九两][{_NUMERALS}]*[十百千万亿]|(?<![数几])十)[{_NUMERALS}]*?)"
    rf"(?P<more>[余多])?(?P<unit>元|美元|亩|人次|人|公里|吨|户|平方米|公顷|万元|亿元|米|斤|公斤)"
)


class ChineseReader:
    """Finds the mentions that are written in Chinese numerals."""

    def __init__(self, units: UnitWords) -> None:
        self._kinds = units.kind_of

    def read(self, text: str) -> list[Mention]:
        """Numbers written in Chinese that carry a value: per cents, tenths, multiples, ranks, amounts."""
        found: list[Mention] = []
        end = 0
        for run in _RUN.finditer(text):
            start = run.start()
            if start < end:
                continue
            match = _CHINESE.match(text, start)
            if match is None:
                continue
            end = match.end()
            mention = self._one(text, match)
            if mention is not None:
                found.append(mention)
        return found

    def _one(self, text: str, match: re.Match[str]) -> Mention | None:
        start, end = match.span()
        left, before = bound_before(text, start)
        bound: Bound = before or "exact"
        behind = match["b1"] or match["b2"] or match["b3"] or ""
        right = end
        if behind:
            end -= len(behind)
            bound = BOUND_BEHIND.get(behind, "over")
        unit, kind, scale = "", "", ""
        value: Decimal | None
        if match["percent"]:
            value, unit, kind = chinese_number(match["percent"]), "%", "rate"
        elif match["tenths"]:
            if not before and not behind and text[end : end + 1] not in _AFTER_TENTHS:
                return None
            value, unit, kind = chinese_number(match["tenths"]), "%", "rate"
            value = value * 10 if value is not None else None
        elif match["points"]:
            value, unit, kind = chinese_number(match["points"]), "个百分点", "points"
        elif match["doubling"]:
            value, unit, kind = chinese_number(match["doubling"]), "番", "times"
        elif match["times"]:
            value, unit, kind = chinese_number(match["times"]), "倍", "times"
        elif match["round"]:
            value, unit, scale = chinese_number(match["round"]), match["round_unit"], match["round"]
            kind, bound = self._kinds.get(unit, "count"), "over"
            left = left if before else start - (2 if text[start - 1] == "上" else 1)  # 跃上千亿元
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
