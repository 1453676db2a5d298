"""What a bare word belongs to: the whole that it is a part of, or the thing that it is a property of.

粮食播种面积135千公顷，其中稻谷42千公顷；玉米86千公顷: each part is measured by the quantity of the whole.
普通高中27所，在校生8.5万人；小学115所，在校生23万人: each property is that of the things counted last.
"""

from __future__ import annotations

from tasks.extract.draft import Context, Draft, Naming, State
from tasks.extract.phrases import Phrases

_COUNTED = ("count", "people")
#: a longer noun tells what it measures by itself
_LONGEST_PART = 12
#: what has properties is counted in these
_OWNERS = frozenset("所家个处座起户间")
_WHOLLY = "全社会"
#: a part that is a place has what the whole is of
_PLACES = frozenset("区县市镇乡村")
_OPENED = ("(", "（")
_BEHIND_AMONG = frozenset("，,：:")
#: who was harmed is a property of what did it
_HARMED, _HARMFUL = ("死亡", "受伤", "失踪"), ("事故", "火灾", "灾害", "案件")
#: verbs of what there is: they are of what stands next to them alone, and say nothing about its parts
THERE_IS = ("现有", "拥有", "保有", "现存", "入库", "下辖", "辖")


def part_of_whole(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """货物周转量1228亿吨公里，其中铁路917亿吨公里: a part, by the quantity of the whole."""
    at = c.words_at - 1
    among = (
        "其中" in c.near.lead
        or (at > 0 and c.text[at] in _BEHIND_AMONG and c.text.endswith("其中", 0, at))
        or (state.inside and c.text[at : c.words_at] in _OPENED)
    )
    if not among and state.total is None:
        return None
    if among:
        state.total = _whole(c, state)
    last = state.last
    if not among and last is not None and last.verb and last is not state.total and last.naming.rule != "part_of_whole":
        state.total = None  # 新改建公路126公里，其中村道46公里，实施桥梁改造8座、护栏210公里
    total, own = state.total, c.noun
    if total is None or c.verb or not own or c.after_noun or len(own) > _LONGEST_PART:
        return None
    if c.mention.unit != total.unit or (total.measure == "change_rate") != (c.near.change != 0):
        return None
    if own in phrases.bare or phrases.quantities.tells(own):
        if not among:
            state.total = None
        return None
    name = _named(phrases, own, total, counted=c.mention.kind in _COUNTED)
    verb = total.verb if total.name.startswith(total.verb) else ""
    alike = own.endswith(total.noun[-2:])
    if not name and verb and verb not in THERE_IS and not alike and c.mention.kind != "money":
        # 种植粮食38万亩，其中水稻30万亩; 新建绿地458公顷，其中主城区366公顷
        name = own + total.noun if own[-1] in _PLACES and own != total.noun else own
    if not name:
        return None
    return Naming(verb + name, verb, name, "part_of_whole")


def _whole(c: Context, state: State) -> Draft | None:
    """The number that the first part of it is told of."""
    if c.mention.unit != "%":
        return state.levels.get(c.mention.unit)
    last = state.last
    return last if last is not None and last.measure == "change_rate" else None


def _named(phrases: Phrases, own: str, total: Draft, *, counted: bool) -> str:
    """A part with the quantity of its whole: 城镇常住人口, 发明专利授权量, 稻谷播种面积; "" when it needs none."""
    whole = total.noun.removeprefix(_WHOLLY)
    if own in phrases.quantities.scopes or (counted and own in phrases.quantities.kinds):
        return own + whole
    quantity = phrases.quantities.head(whole)
    if not quantity:
        return ""
    for length in range(min(len(own), len(whole)) - 1, 1, -1):
        rest = whole[length:]
        if whole.startswith(own[-length:]) and phrases.quantities.head(rest) == rest:
            return own + rest  # 发明专利 of 专利授权量
    if quantity.startswith(own[-2:]):
        return own[:-2] + quantity  # 工业用电 of 用电量
    return own + quantity


def of_owner(phrases: Phrases, naming: Naming, c: Context, state: State) -> Naming:
    """The name, with ``state.owner`` told before when it is but a property: 在校生 → 普通高中在校生."""
    name = naming.name.removeprefix("造成")
    owner = state.owner.removeprefix("发生")
    if name not in phrases.quantities.properties or not owner or "其中" in c.near.lead or naming.rule == "carried":
        return naming
    if owner.endswith(name) or (name.startswith(_HARMED) and not owner.endswith(_HARMFUL)):
        return naming
    return naming._replace(name=owner + name, verb="", noun=owner + name)


def remember(phrases: Phrases, draft: Draft, state: State) -> None:
    """Keeps what later parts and properties belong to."""
    if draft.measure != "level":
        return
    rule, noun = draft.naming.rule, draft.noun
    if rule != "part_of_whole":
        state.levels[draft.unit] = draft
    state.parted = state.parted or "其中" in draft.near.lead
    if state.parted:
        return  # 卫生机构26个，其中医院2个；床位62张: they are those of all
    owned = phrases.quantities.owned(noun)
    if owned:
        state.owner = noun[:-owned]
    elif (
        noun not in phrases.quantities.properties and draft.unit in _OWNERS and rule not in ("carried", "part_of_whole")
    ):
        state.owner = noun
