"""Which measure a number is: level, rate of change, change, share, rank or multiple; and its sign."""

from __future__ import annotations

import re
from decimal import Decimal

from schemas.record import Measure
from tasks.extract.draft import Context, Naming, State
from tasks.extract.phrases import Near

#: with these an amount is what something changed by
_BY = re.compile(
    "净增|纯增|增加|增长|[多少](?:争取|完成|投入|收入|支出|发放)|减少|下降|降低|提高|多增|增收|减收|减支|增产|减产|缩减|上升|回落|[多少高低增减]了?$"
)
_NET = ("净增", "纯增")
#: whose name these end says its object with it: 人均增收620元, 减产3万吨
#: 重点税源减收4亿元: an amount of its own where nothing is compared
_LINKS = "、和及与"
_LOST = ("减收", "减支", "削减", "压减")
_OF_ITSELF = ("增收", "增产", "减产", "多增")
_BELOW = ("低", "少", "低了", "少了")
_OF_WHOLE = re.compile("占|比重|指数$")
#: of a share these tell by how many points it changed
_BY_POINTS = re.compile("(?:提高|提升|上升|降低|回落|下降|增加|减少|高|低)了?$")
_BARE = ("人均", "户均", "平均", "亩均")
#: with these a per cent is one of growth even without a word of growth: 同比6.2%
_AGAINST = re.compile("同比|环比|[比较](?:上年|去年|上一年|年初)")
_GROWTH_HEAD = re.compile("(?<=..)(?:涨幅|增幅|增速|降幅)$")
#: an index of prices that is told in so few per cent is its growth: 居民消费价格指数控制在3%以内
_OF_PRICES, _AN_INDEX = re.compile("(?:价格|物价|消费)(?:消费)?(?:总?水平|总?指数)$|CPI$"), 50
#: 保持20%以上的增长
_GROWTH_BEHIND = re.compile("的?(?:左右的?)?(?:年均)?(?:增长|增速|增幅|速度)")


def measure(c: Context, naming: Naming, state: State) -> tuple[Measure, Decimal, Naming]:
    """Measure, signed value, and the naming, which may take up a word of change.

    净增 of an amount is a change; of a count it is a level with the word in its name.
    """
    m, near = c.mention, c.near
    value = m.value if m.value is not None else Decimal(0)
    signed = -abs(value) if near.change < 0 else value
    if m.kind == "rank":
        return "rank", value, naming
    if naming.rule == "past_goal":
        if not m.behind:
            m.bound = "exact"  # 超过 says by how much, not more than what
        return "change", -value if naming.name.endswith(_BELOW) else value, naming
    if m.kind == "points":
        last = state.last
        goes_on = last is not None and last.measure == "change" and last.unit == m.unit and not near.tail.strip(_LINKS)
        falls = goes_on and last is not None and last.value < 0 and not last.mention.signed
        return "change", -abs(value) if falls else signed, naming
    if m.kind == "times":
        grown = bool(near.change) and not near.to and m.unit != "番"
        return ("change_rate" if grown else "multiple"), value, naming
    if m.kind == "rate" and naming.rule == "distributed" and (head := _GROWTH_HEAD.search(naming.name)) is not None:
        # 失业率、物价涨幅分别控制在4%、3%以内
        by = -abs(value) if head[0] == "降幅" else value
        return "change_rate", by, naming._replace(name=naming.name[: head.start()])
    if m.kind == "rate":
        return (*_rate(c, naming, state, value, signed), naming)
    if m.kind == "money" and naming.verb in _NET and naming.name == naming.verb + naming.noun:
        # 净增财政收入3亿元: what the income changed by
        return "change", value, naming._replace(name=naming.noun)
    return _amount(c, naming, state, value, signed)


def _amount(
    c: Context, naming: Naming, state: State, value: Decimal, signed: Decimal
) -> tuple[Measure, Decimal, Naming]:
    """Of an amount or a count: a level, or what a level changed by."""
    m, near, last = c.mention, c.near, state.last
    if near.change and not near.to and not near.headed:
        by = _BY.search(near.tail)
        lost = by is not None and by[0] in _LOST and c.noun != "" and "比" not in c.words
        if by is not None and (lost or (by[0] in _OF_ITSELF and naming.name.endswith(_BARE))):
            return "level", value, naming._replace(name=naming.name + by[0])
        if by is not None and not (m.kind in ("count", "people") and by[0] in _NET):
            return "change", signed, naming
        if by is not None and not naming.name.endswith(by[0]):
            return "level", value, naming._replace(name=naming.name + by[0])
    if last is not None and last.measure == "change" and last.unit == m.unit and _goes_the_way(near, naming):
        return "change", -abs(value) if last.value < 0 else value, naming  # 分别增加127亿元和64亿元
    return "level", value, naming


def _goes_the_way(near: Near, naming: Naming) -> bool:
    return naming.rule == "distributed" and not near.tail.strip("、和及与")


def _rate(c: Context, naming: Naming, state: State, value: Decimal, signed: Decimal) -> tuple[Measure, Decimal]:
    near, last = c.near, state.last
    if not c.share and abs(value) < _AN_INDEX and _OF_PRICES.search(naming.name):
        return "change_rate", signed
    if c.share or (near.to and not near.headed):
        return "share", value
    of_share = last is not None and last.measure == "share" and _OF_WHOLE.search(naming.name) is not None
    if of_share and naming.rule == "carried" and _BY_POINTS.search(near.tail):
        return "change", signed  # 比重为31%，比上年提高0.5%
    if near.headed or near.change:
        return "change_rate", signed
    if not naming.name.endswith("率") and (c.mention.signed or _AGAINST.search(near.tail)):
        return "change_rate", signed
    if _GROWTH_BEHIND.match(c.right):
        return "change_rate", value
    if last is not None and last.unit == c.mention.unit and not near.tail and naming.rule in ("distributed", "carried"):
        # 分别下降12.5%、31%: the second goes the way of the first
        return last.measure, -abs(value) if last.value < 0 and not last.mention.signed else value
    return "share", value
