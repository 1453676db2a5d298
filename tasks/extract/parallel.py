"""Names for several numbers in a row: 茶叶、蚕桑种植面积分别下降12.5%、31%; 收入A、B，均增长6%."""

from __future__ import annotations

import re

from tasks.extract.draft import Context, Draft, Naming, State
from tasks.extract.phrases import Phrases

_LINK = re.compile(r"[、，,和及与]?(?:以及|和|及|与)?(?:每人)?(?:每[月年日])?\s?")
_TOWN_AND_COUNTRY = ("城镇", "农村")
_HALVES = re.compile("存贷款$|进出口$|出进口$")
_RATES = ("rate", "points", "times", "bare")
_COMMAS = ("，", ",")
_LONGEST_LINK = 7
_COMING_TO = re.compile("[达为是至到]|提高|增加|下降|减少|调整")
_INDUSTRIES = re.compile("第?(?P<which>[一二三](?:[、和]?第?[二三])+)次?(?P<kind>产业|产)")
_ALL = re.compile("(?<![年月日人户平亩])均")
_PARTS = re.compile(r"、|和|(?<![惠以])及|与|以及")
#: a part that is shorter leans on its neighbour: 增加值和投资
_LEANS = 3


def handed_out(_: Phrases, c: Context, state: State) -> Naming | None:
    """A name that an earlier number of the row was given for this one."""
    if not state.queue or c.noun or c.verb:
        state.queue = []
        return None
    name = state.queue.pop(0)
    return Naming(name, "", name, "distributed")


def in_parallel(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """The parts of a coordinated noun go to as many numbers."""
    count = _count(phrases, c) if c.following else 1
    if count < 2:
        return None
    noun, verb = c.noun, c.verb
    if not noun and "分别" in c.near.tail and len(state.run) < count:
        # 普及率稳步提高，分别达到97%和82%: the parts stand in the clause before
        noun = phrases.near(c.clause).noun
    noun, _, deed = noun.partition("分别")
    if _COMING_TO.match(deed):
        deed = ""  # 标准分别达到人均每月612元、每年4950元
    parts = industries(noun, count) or distribute(phrases, noun, count) if noun else []
    if not parts and count == len(_TOWN_AND_COUNTRY) and "城乡" in noun:
        parts = [noun.replace("城乡", side) for side in _TOWN_AND_COUNTRY]
    names = [name + deed for name in parts]
    if not names:
        return None
    state.queue = [verb + name for name in names[1:]]
    return Naming(verb + names[0], verb, names[0], "distributed")


def respectively(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """旅客520万人次，收入7.3亿元，分别增长14%和21%: the levels before."""
    told = "分别" in c.near.tail
    if c.noun or c.verb or not (told or c.near.change):
        return None
    count = _count(phrases, c)
    run = state.run[-count:]
    if count < 2 or len(run) != count or not (told or _are_beside(run)):
        return None
    state.queue = [draft.name for draft in run[1:]]
    return Naming(run[0].name, "", run[0].noun, "distributed_over_levels")


def shares_of(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """耕地2375万亩、农户69万户，分别占总数的74.5%和79.1%: shares of the levels before."""
    if not c.share or c.noun or "分别" not in c.words:
        return None
    count = _count(phrases, c)
    run = state.run[-count:]
    if count < 2 or len(run) != count:
        return None
    share = c.share.removeprefix("分别")
    state.queue = [draft.name + share for draft in run[1:]]
    return Naming(run[0].name + share, "", run[0].noun, "share_of")


def all_alike(_: Phrases, c: Context, state: State) -> Naming | None:
    """财政收入11.6亿元，预算收入6.73亿元，均增长6%."""
    if c.noun or c.verb or _ALL.search(c.near.tail) is None or len(state.run) < 2:
        return None
    run = state.run[-3:]
    return Naming("、".join(draft.name for draft in run), "", run[-1].noun, "shared")


def industries(noun: str, count: int) -> list[str]:
    """一、二、三产业增加值: a name for each of the industries; none if they are not ``count``."""
    match = _INDUSTRIES.search(noun)
    if match is None:
        return []
    before, after = noun[: match.start()], match["kind"] + noun[match.end() :]
    numerals = re.findall("[一二三]", match["which"])
    ordinal = "第" if "产业" in after else ""
    return [f"{before}{ordinal}{n}{after}" for n in numerals] if len(numerals) == count else []


def _are_beside(run: list[Draft]) -> bool:
    """Whether levels are of one unit and of different names, so that changes in a row are theirs."""
    return len({draft.name for draft in run}) == len(run) and len({draft.unit for draft in run}) == 1


def distribute(phrases: Phrases, noun: str, count: int) -> list[str]:
    """The parts of a coordinated noun, each with the head or tail they share; none if they are not ``count``."""
    parts = [x for x in _PARTS.split(noun) if x]
    if len(parts) != count:
        parts = [x for x in noun.split("、") if x]
    if len(parts) != count:
        return []
    first, last = parts[0], parts[-1]
    if all(x[-1] == last[-1] and len(x) > 1 for x in parts) and not first.endswith(phrases.heads):
        return parts  # 移动电话用户、互联网用户: whole names each
    head = next((h for h in phrases.heads if first.endswith(h)), "")
    if head:
        # 装备制造业增加值和投资: a shared beginning
        prefix = first.removesuffix(head)
        leans = [len(x) <= _LEANS and x.endswith(phrases.heads) and not x.startswith(prefix) for x in parts[1:]]
        return [first, *(prefix + x if lean else x for x, lean in zip(parts[1:], leans, strict=True))]
    if _HALVES.search(parts[-2] + last[:2]):
        # 存、贷款余额: the parts of one word
        return [x + last[1:] for x in parts[:-1]] + [last]
    # 企业、个体户检查频次: a shared end, behind the modifier of the last part, mostly a word of two characters
    taken = phrases.modifier(last) or min(len(parts[-2]), 2)
    head = next((h for h in phrases.heads if last.endswith(h)), "")
    if head in phrases.full_heads:
        taken = len(last) - len(head)
    elif head and len(parts[-2]) > _LEANS and last.removesuffix(head).endswith(parts[-2][-1]):
        taken = len(last) - len(head)  # 高技术制造业、绿色产业增加值
    tail = last[taken:] or last[len(parts[-2]) :]
    return [x if not tail or x.endswith(tail) else x + tail for x in parts[:-1]] + [last]


def _count(phrases: Phrases, c: Context) -> int:
    """How many numbers of one unit follow one another with nothing but a link between."""
    apart = "分别" in c.near.tail and c.mention.kind not in _RATES
    rates = c.mention.kind == "rate"
    count, right = 1, c.mention.right
    for following in c.following:
        if not 0 < following.left - right <= _LONGEST_LINK:
            break
        alike = following.unit == c.mention.unit or (rates and following.kind == "rate")
        if not alike and (not apart or following.kind in _RATES):
            break
        link = c.text[right : following.left]
        turned = "分别" in c.words and following.kind in _RATES and phrases.turns(link)
        if not turned and (_LINK.fullmatch(link) is None or (link[:1] in _COMMAS and "分别" not in c.words)):
            break  # 产品达1337个，59个获得认证: no row
        count += 1
        right = following.right
    return count
