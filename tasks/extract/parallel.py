"""Names for several numbers in a row: 茶叶、蚕桑种植面积分别下降12.5%、31%; 收入A、B，均增长6%."""

from __future__ import annotations

import re

from tasks.extract.draft import Context, Draft, Naming, State
from tasks.extract.phrases import Phrases

_LINK = re.compile(r" ?[、，,和及与]?(?:以及|和|及|与)?(?:每人)?(?:每[月年日])?\s?")
_PAIRS = {"城乡": ("城镇", "农村"), "存贷款": ("存款", "贷款")}
_HALVES = re.compile("存贷款$|进出口$|出进口$")
_RATES = ("rate", "points", "times", "bare")
_COMMAS = ("，", ",")
_LONGEST_LINK = 7
_OF_RATES = ("", "增速", "增幅", "降幅", "涨幅")
_COMING_TO = re.compile("[达为是至到]|提高|增加|下降|减少|调整")
_INDUSTRIES = re.compile("第?(?P<which>[一二三](?:[、和]?第?[二三])+)次?(?P<kind>产业|产)")
_THREE_INDUSTRIES = re.compile("(?<!第)三次?产业(?!结构)")
#: 教育、医疗等支出: a list, and the noun that all of it has
_LISTED = re.compile("(?P<list>[^，,]+、[^，,]+?)等(?:[一二三四五六七八九十0-9]+[项类个种])?(?=[一-龥])")
_NUMERALS = "一二三"
#: 分别完成年度计划的103%和107%，分别增长6%和8%: the second pair is of the levels, too
_OF_PLAN = re.compile("占|计划|任务|目标|预算")
_ALL = re.compile("(?<![年月日人户平亩])均")
_PARTS = re.compile(r"、|和|(?<![惠以普涉推])及|与|以及")
#: a part that is shorter leans on its neighbour: 增加值和投资
_LEANS = 3
#: shares, of which the first part of a list has only the whole
_OF_WHOLES = ("占比", "比重", "比例", "增速", "增幅")


def may_be_row(c: Context) -> bool:
    """Whether the next number may be one of a row with this one, at a first look."""
    m, following = c.mention, c.following[0]
    if not 0 < following.left - m.right <= _LONGEST_LINK:
        return False
    return following.unit == m.unit or (m.kind == "rate" == following.kind) or "分别" in c.near.tail


def handed_out(_: Phrases, c: Context, state: State) -> Naming | None:
    """A name that an earlier number of the row was given for this one."""
    if not state.queue or c.noun or c.verb:
        state.queue = []
        return None
    name = state.queue.pop(0)
    return Naming(name, "", name, "distributed")


def in_parallel(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """The parts of a coordinated noun go to as many numbers."""
    count = _count(phrases, c)
    if count < 2:
        return None
    noun, verb = c.noun, c.verb
    if not noun and "分别" in c.near.tail and len(state.run) < count:
        # 普及率稳步提高，分别达到97%和82%: the parts stand in the clause before
        noun = phrases.near(c.clause).noun
    noun, _, deed = noun.replace("城、乡", "城乡").partition("分别")
    if _COMING_TO.match(deed):
        deed = ""  # 标准分别达到人均每月612元、每年4950元
    each = industries(noun, count) or _all_industries(noun, count)
    if not each and noun and "等" in c.words and not verb:
        each = _of_list(c.words, noun.rpartition("等")[2], count)
    parts = each or distribute(phrases, noun, count) if noun else []
    pair = next((word for word in _PAIRS if word in noun), "") if not parts and count == 2 else ""
    if pair:
        parts = [noun.replace(pair, side) for side in _PAIRS[pair]]
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
    run = [draft for draft in state.run if not (draft.measure == "share" and _OF_PLAN.search(draft.name))][-count:]
    if count < 2 or len(run) != count or not (told or _are_beside(run) or _are_all(state.run, count)):
        return None
    state.queue = [draft.name for draft in run[1:]]
    return Naming(run[0].name, "", run[0].noun, "distributed_over_levels")


def points_of(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """产值增长8%，投资增长9%，增速分别高于全省1.2个和2.1个百分点: points of the rates before."""
    if c.mention.kind != "points" or "分别" not in c.words or c.verb or c.noun not in _OF_RATES:
        return None
    count = _count(phrases, c)
    run = state.rates[-count:]
    levels = state.run[-count:]
    several_bases = "、" in c.words or "和" in c.words
    if count < 2 or len(run) != count or several_bases or (not c.near.headed and not c.noun and len(levels) == count):
        return None
    state.queue = [draft.name + c.noun for draft in run[1:]]
    return Naming(run[0].name + c.noun, "", run[0].noun, "distributed_over_levels")


def totals_of(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """新增甲类企业12家、乙类5家，总数分别达到56家、18家: totals of the levels before."""
    own = c.noun
    if own not in phrases.totals or "分别" not in c.words:
        return None
    count = _count(phrases, c)
    run = state.run[-count:]
    if count < 2 or len(run) != count:
        return None
    state.queue = [draft.noun + own for draft in run[1:]]
    return Naming(run[0].noun + own, "", run[0].noun + own, "distributed")


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


def _of_list(words: str, noun: str, count: int) -> list[str]:
    """教育、医疗、住房保障和安置等支出: a name for each that is listed; none if they are not ``count``."""
    match = _LISTED.search(words)
    if match is None or not noun:
        return []
    parts = match["list"].split("、")
    if len(parts) != count:
        parts = _PARTS.split(match["list"])
    return [part if part.endswith(noun) else part + noun for part in parts] if len(parts) == count else []


def industries(noun: str, count: int) -> list[str]:
    """一、二、三产业增加值: a name for each of the industries; none if they are not ``count``."""
    match = _INDUSTRIES.search(noun)
    if match is None:
        return []
    before, after = noun[: match.start()], match["kind"] + noun[match.end() :]
    numerals = re.findall("[一二三]", match["which"])
    ordinal = "第" if "产业" in after else ""
    return [f"{before}{ordinal}{n}{after}" for n in numerals] if len(numerals) == count else []


def _all_industries(noun: str, count: int) -> list[str]:
    """三次产业增加值: a name for each of the three."""
    match = _THREE_INDUSTRIES.search(noun) if count == len(_NUMERALS) else None
    return [] if match is None else [f"{noun[: match.start()]}第{n}产业{noun[match.end() :]}" for n in _NUMERALS]


def _are_beside(run: list[Draft]) -> bool:
    """Whether levels are of one unit and of different names, so that changes in a row are theirs."""
    return len({draft.name for draft in run}) == len(run) and len({draft.unit for draft in run}) == 1


def _are_all(run: list[Draft], count: int) -> bool:
    """Whether there are as many levels as changes, of different names: 客运量4万人，周转量9万人公里，增长3%、5%."""
    return len(run) == count == len({draft.name for draft in run})


def distribute(phrases: Phrases, noun: str, count: int) -> list[str]:
    """The parts of a coordinated noun, each with the head or tail they share; none if they are not ``count``."""
    parts = [x for x in _PARTS.split(noun) if x]
    if len(parts) != count:
        parts = [x for x in noun.split("、") if x]
    if len(parts) != count:
        return []
    first, last = parts[0], parts[-1]
    head = next((h for h in _OF_WHOLES if last.endswith(h)), "")
    if head and last.removesuffix(head)[-2:] == first[-2:]:
        return [x + head for x in parts[:-1]] + [last]  # 民间投资、产业投资占比
    if all(x[-1] == last[-1] and len(x) > 1 for x in parts) and not first.endswith(phrases.heads):
        return parts  # 移动电话用户、互联网用户: whole names each
    head = next((h for h in phrases.heads if first.endswith(h)), "")
    if head == "率" and all(x.endswith(head) for x in parts):
        return parts  # 新品种普及率、优良率和技术到田率
    if head:
        # 装备制造业增加值和投资: a shared beginning
        prefix = first.removesuffix(head)
        if len(head) == 1 and len(prefix) > _LEANS:
            prefix = prefix[:-1]  # 交通事故起数、亡人数
        leans = [len(x) <= _LEANS and x.endswith(phrases.heads) and not x.startswith(prefix) for x in parts[1:]]
        return [first, *(prefix + x if lean else x for x, lean in zip(parts[1:], leans, strict=True))]
    if _HALVES.search(parts[-2] + last[:2]):
        # 存、贷款余额: the parts of one word
        return [x + last[1:] for x in parts[:-1]] + [last]
    # 企业、个体户检查频次: a shared end, behind the modifier of the last part, mostly a word of two characters
    taken = phrases.modifier(last) or _alike(parts) or min(len(parts[-2]), 2)
    head = next((h for h in phrases.heads if last.endswith(h)), "")
    if head in phrases.full_heads:
        taken = len(last) - len(head)
    elif head and len(parts[-2]) > _LEANS and last.removesuffix(head).endswith(parts[-2][-1]):
        taken = len(last) - len(head)  # 高技术制造业、绿色产业增加值
    tail = last[taken:] or last[len(parts[-2]) :]
    return [x if not tail or x.endswith(tail) else x + tail for x in parts[:-1]] + [last]


def _alike(parts: list[str]) -> int:
    """How much of the last part is built like the others: 刑事类、治安类、打架类警情; 0 where they are not alike."""
    before, last = parts[-2], parts[-1]
    if len(before) > _LEANS and before[:2] == last[:2]:
        return len(before)  # 劳动监察、劳动信访案件结案率
    ends = {part[-1] for part in parts[:-1]}
    at = last.find(before[-1], 1, len(before) + _LEANS) if len(ends) == 1 and len(before) > 1 else -1
    return at + 1 if at > 0 else 0


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
