"""Stretches of a text that tell goals though nothing in their sentences says so.

Two forms are known.  A line that ends in 预期目标是： opens a list, an item a line.  And a follow-up of what a report
or a contract of goals set tells in each numbered item first the goal (1.新建学校不少于5所。), then what came of it
(上半年，已开工3所。).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from schemas.record import Period
from tasks.text.dates import find_periods

#: a line that announces goals; what follows has an item a line
_ANNOUNCED = re.compile("(?:目标|任务|实事)(?:任务|目标|项目|清单|如下|有|是|为)*[:：]$")
_MET = re.compile("完成|落实|实现了|做了|办成|开展了|取得")
_ITEM = re.compile("[ \t\u3000]*(?:，，|[—–●■◆▲★※①-⑳]|[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）.、．])")
#: what a follow-up follows up
_FOLLOWED = re.compile(
    "(?:报告|责任书|责任状|要点|方案|年初|大会|会议|政府|下达|签订)[》”」]?[中所]?(?:确定|明确|提出|下达|部署|安排)的?[^。\n]{0,30}?"
    "(?:任务|工作|目标|事项|实事|指标)[^。\n]{0,14}(?:完成|落实|进展|推进|办理|执行)情况"
)
_NUMBERED = re.compile("^[ \t\u3000]*(?:[0-9]{1,3}[.．、](?![0-9])|[(（][0-9]{1,3}[)）])", re.MULTILINE)
_HEADING = re.compile(
    "^[ \t\u3000]*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])", re.MULTILINE
)
#: what tells what came of a goal
_RESULT = re.compile(
    "(?:今年)?上半年|目前|截[至止]|前[一二三]季度|[一二三四]季度|(?:1|元)月?[-—–~～至][0-9]{1,2}月|今年以来|已(?!有的)|累计|实际"
    "|(?:完成|进展|落实|推进|办理|执行)情况[:：]|(?:已|均|全部|基本|提前|超额)完成|完成率"
)
_HEAD = 800
_LAST_WORDS = 16
#: a result stands at the beginning of an item
_AT_ONCE = 12


class Goals(NamedTuple):
    """A stretch that tells goals, and the time they are set for, where it is told.

    Attributes:
        start, end: offsets in the text.
        period: None where the stretch says none.
    """

    start: int
    end: int
    period: Period | None


def told_goals(text: str, review: int | None, plan: int | None) -> list[Goals]:
    """The stretches, in the order of the text.

    Args:
        text: of a document, with its line feeds.
        review: the last year reported on.
        plan: the first year planned.
    """
    found: list[Goals] = []
    if "目标" in text or "任务" in text or "实事" in text:
        found += _listed(text, review, plan)
    if "情况" in text[:_HEAD] and _FOLLOWED.search(text, 0, _HEAD) is not None:
        found += _followed_up(text)
    return sorted(found)


def _listed(text: str, review: int | None, plan: int | None) -> Iterator[Goals]:
    for begin in _behind_colons(text):
        line = text[text.rfind("\n", 0, begin - 1) + 1 : begin].rstrip()
        if _ANNOUNCED.search(line, max(0, len(line) - _LAST_WORDS)) is None or _MET.search(line):
            continue
        end = begin
        while _ITEM.match(text, end):
            stop = text.find("\n", end)
            end = len(text) if stop < 0 else stop + 1
        if end > begin:
            times = find_periods(line, review_year=review, plan_year=plan, part="plan")
            told = [time.period for time in times if time.kind in ("year", "span", "as_of") and time.period]
            yield Goals(begin, end, told[-1] if told else None)


def _behind_colons(text: str) -> Iterator[int]:
    """Where the lines begin that follow one that ends in a colon: a search for two characters is a quick one."""
    for colon in (":\n", "：\n"):
        at = text.find(colon)
        while at >= 0:
            yield at + 2
            at = text.find(colon, at + 2)


def _followed_up(text: str) -> list[Goals]:
    """The beginnings of numbered items, where most items go on to tell results."""
    starts = [match.end() for match in _NUMBERED.finditer(text)]
    ends = sorted([*(match.start() for match in _NUMBERED.finditer(text)), *_headings(text), len(text)])
    found: list[Goals] = []
    at_once = results = 0
    for start in starts:
        end = next(stop for stop in ends if stop > start)
        result = _RESULT.search(text, start, end)
        if result is None:
            found.append(Goals(start, end, None))
        elif result.start() - start < _AT_ONCE:
            at_once += 1
        else:
            results += 1
            found.append(Goals(start, result.start(), None))
    return found if results > at_once else []


def _headings(text: str) -> Iterator[int]:
    return (match.start() for match in _HEADING.finditer(text))
