"""How far in a sentence an expression of time, of aim or of expectation reaches."""

from __future__ import annotations

import re

from schemas.record import Period
from tasks.text.dates import PeriodMention, count_of
from tasks.text.dates import years as calendar_years

_BRACKETS = re.compile("[(（]([^()（）]*)[)）]")
#: 除去2020年到期的4亩后: what is taken off has a time of its own
_TAKEN_OFF = re.compile("(?:除去|扣除|剔除)[^，,。；;]*?后")
#: 两年平均增长5%: of the two years that end with the one spoken of
_MEAN = re.compile("(?<![第十百0-9])([两二三四五2-5])年(?:来|间)?的?(?:年?平均|年均)[^，,。；;0-9]*$")
_MEAN_REACH = 24
_ITSELF = ("的", "为", "的约", "的近")
_COMPARING = ("比", "较", "与", "和", "同", "于", "过")
_STOP = re.compile("[，,。；;]|[增减升降多少高低]")


def asides(sentence: str, times: list[PeriodMention]) -> list[tuple[int, int]]:
    """Where stretches begin and end whose times say nothing of what follows them.

    A year that stands alone in its brackets, 收入（2030年）达到5亿元, does.
    """
    found: list[tuple[int, int]] = []
    if "(" in sentence or "（" in sentence:
        for match in _BRACKETS.finditer(sentence):
            inside = [time for time in times if match.start() < time.start < match.end()]
            alone = len(inside) == 1 and len(match[1]) - 1 <= inside[0].end - inside[0].start
            if inside and not (alone and inside[0].kind in ("year", "as_of", "within_year")):
                found.append(match.span())
    if "除" in sentence:
        found += [match.span() for match in _TAKEN_OFF.finditer(sentence)]
    return found


def left_behind(time: PeriodMention, at: int, aside: list[tuple[int, int]]) -> bool:
    """Whether the time stands in a stretch that has ended before the offset."""
    return any(start <= time.start < end <= at for start, end in aside)


def mean_over(sentence: str, at: int, period: Period | None) -> Period | None:
    """The years that a mean before the offset is taken over; None where there is none, or the year is not known."""
    match = _MEAN.search(sentence, max(0, at - _MEAN_REACH), at)
    if match is None or period is None:
        return None
    last = int(period.end[:4])
    return calendar_years(last - count_of(match[1]) + 1, last)


def told_of_base(bases: list[PeriodMention], sentence: str, at: int) -> Period | None:
    """The time of an amount that is told of a base itself: 较去年同期的355起，下降101起; 去年同期造林2万亩."""
    for base in reversed(bases):
        if base.period is None or base.end > at:
            continue
        before, between = sentence[max(0, base.start - 1) : base.start], sentence[base.end : at]
        if between in _ITSELF and before in _COMPARING:
            return base.period
        if sentence.endswith("同期", base.start, base.end) and before not in _COMPARING and not _STOP.search(between):
            return base.period
        return None
    return None
