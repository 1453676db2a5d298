"""How a number gets its name: rules of the language, tried in order; and those for names before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tasks.extract.behind import CUT, SHORT, trimmed
from tasks.extract.draft import NOWHERE, Context, Draft, Naming, State
from tasks.extract.phrases import Phrases
from tasks.extract.wholes import THERE_IS

#: 对村组公路进行修复
_DONE_TO = re.compile("^(?:对|为|将|把)([^，,]{2,20}?)(?:进行|予以|实施)(?:了)?")
_PURPOSE = re.compile(r"[，,]?(?!其中|分别|[是占比较]|同比|增长|下降)((?:用于)?[^，,。；;\d]{2,26})")
_RATES = ("rate", "points", "times")
_COUNTED = ("count", "people")
#: in a list of these, in whatever unit, one verb is of all: 新建户厕2000个、公厕73座、绿道5公里
_LISTED = ("count", "area", "length")
#: what is divided into places: these are of all of them together
_DIVIDED = ("辖", "下辖", "管辖", "现辖")
_OF_PLACE = ("总面积", "面积", "总人口", "人口", "耕地面积", "总户数")
#: heads that a list of nouns may share with its first: 水稻种植面积2万亩，大小麦1.4万亩
_SHARED_HEADS = ("面积", "产量")
_RANKED = re.compile("全[国省市区县州盟]排名$")
_STANDING = ("在建", "续建", "待建", "拟建", "在谈", "停产", "停建")
_PURPOSE_LENGTH = 20
#: what is brought in by what was counted before: 种植辣椒4万亩、产量3.6万吨
_YIELDS = ("产量", "产值", "总产", "投资", "收入", "利税", "税收", "销售额")
_SIZES = (
    *(
        "播面",
        "播种面积",
        "种植面积",
        "养殖面积",
        "建筑面积",
        "占地面积",
        "面积",
        "人口",
        "户数",
        "家数",
        "个数",
        "数量",
    ),
    *("总人数", "人数", "总人次", "人次", "单产", "总产"),
)
#: a noun with a verb in it, or one of what stands, takes no verb from before
_ITS_OWN = re.compile("^每|拥有|户均|人均|新增|建成|完成|就业|保有量|总量|存量|余额|总数|总产")
#: a share leans on what was said before it: 发电装机规模7900万千瓦、装机占比93%
_PARTS = ("占比", "比重")
_OF_PLAN = re.compile("(?:计划|任务|目标|预算)$")
#: 比计划目标3000亿元超过…
_PAST = re.compile("[超多高低少增提][过出额收前高加]?了?")
#: what words of a comparison begin with
COMPARING = frozenset("比较高低")
_COME_TO = ("为", "到", "至", "达")
#: the longest verb with its object that leans on a doer, and the shortest and longest doer
_OBJECT, _FEWEST, _DOER = 8, 2, 14
#: a predicate of its own: what follows shares no head with what stands before
_ANEW = ("完成", "实现")
_SPEEDS = ("增速", "增幅")
_HERDS = ("出栏", "存栏", "年出栏", "年末存栏", "饲养")
_COLONS = (":", "：")
_MILESTONE = re.compile("(?:突破|跨越|跨过|跨上|跃上|迈上|迈过|站上|登上|越过|冲破).*(?:大关|台阶|关口)$")
#: heads that are names of their own in a sentence of their own
_ALONE = ("税收", "税收收入", "存款", "贷款")
#: the size in the name of what was counted before
_SIZE_IN_NAME = re.compile(
    r"(?:超过?|过|逾|达到?)?[\d.]*[百千万亿]*(?<=[\d百千万亿])(?:(?:元|亩|吨|人|平方米|千瓦)(?:及?以上|以下)?|[头只羽匹张株](?:及?以上|以下))的?"
)
#: what was agreed on, of an amount of which a part arrives
_PROMISED = re.compile("^(?:引进|新签|签约|合同|协议|计划|批准|总)*(?:利用)?")
#: 拆除围网1100米，网箱2600平方米: what is built or cleared goes on in other units
_MEASURED, _BUILT = ("area", "length", "volume", "weight"), ("area", "length", "volume", "weight", "count")
_NEW = ("新增", "净增")
_STOCK = re.compile("(?<=..)(?:保有|存|总)(?:量|数|数量)$")
_GAINED = re.compile("(?:新增|净增|增加|新入库|新纳统|新认定|新培育|新注册|新登记|新设立)$")

Rule = Callable[[Phrases, Context, State], Naming | None]


def against_goal(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """比“十五”计划目标2600亿元超过940亿元: the goal, and what it was missed or passed by."""
    last = state.last
    if last is None or c.mention.kind in ("rank", "ratio"):
        return None
    goal = phrases.goal(c.words) if c.words[:1] in COMPARING else ""
    if goal and c.following and _PAST.fullmatch(c.text, c.mention.right, c.following[0].start):
        return Naming(last.name + goal, "", last.name, "goal")
    if last.naming.rule != "goal":
        return None
    past = _PAST.fullmatch(c.text, last.mention.right, c.mention.start)
    if past is None:
        return None
    goal = last.name.removeprefix(last.noun)
    return Naming(f"{last.noun}比{goal}{past[0]}", "", last.noun, "past_goal")


def ranked(phrases: Phrases, c: Context, state: State) -> Naming:
    """增长13.6%，增速居全省首位: the name of a rank, and of nothing else."""
    own = phrases.ranked(c.words)
    last = state.last
    if last is not None and last.naming.rule == "share_of" and _OF_PLAN.search(last.name):
        last = replace(last, naming=last.naming._replace(name=last.noun))  # 完成任务的107%，列全县第2位
    if len(own) <= SHORT and last is not None:
        name = _RANKED.sub("", last.name) if last.naming.rule == "rank" else last.name
        name = name.removesuffix("总量") if own in _SPEEDS else name  # 总量居全市第9位，增幅居第3位
        return Naming(name + own + phrases.rank_among(c.words, name + own), last.verb, last.noun, "rank")
    near = phrases.near(own)
    own = own[len(near.lead) : len(own) - len(near.tail)]
    if not own and last is not None:
        return Naming(last.name + phrases.rank_among(c.words, last.name), last.verb, last.noun, "rank")
    own = own or phrases.topic(c.clause) or c.words
    return Naming(own + phrases.rank_among(c.words, own), "", own, "rank")


def share_of(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """民生投入251.7亿元，占财政总支出74.2%."""
    if not c.share or c.noun or c.verb:
        return None
    base = state.last.name if state.last is not None else phrases.topic(c.clause)
    if state.last is not None and state.last.measure == "share" and "占" in base[1:]:
        base = base[: base.rindex("占")]  # 专利申请量占全市41%，占全省36%
    return Naming(base + c.share, "", base, "share_of")


def carried(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """投资21亿元，增长19.7%."""
    last = state.last
    turned = last is not None and last.near.origin and c.near.tail.endswith(("为", "到", "至"))
    if c.noun or (c.verb and not turned):
        return None  # 由71所整合为47所 goes on
    fresh = c.fresh_clause
    if fresh and (named := _named_by_clause(phrases, c, fresh, last)):
        return Naming(named, "", named, "topic")
    if fresh and last is not None and _MILESTONE.search(fresh):
        fresh = ""  # 增长5%，首次跨过百亿元大关，达到103亿元
    if last is None and state.before and not (c.opening and phrases.topic(c.clause)):
        last = _leant_on(c, state)
    if last is None or (fresh and c.near.tail and phrases.near(fresh).change):
        topic = phrases.topic(c.clause)
        if topic or last is None:
            return Naming(topic, "", topic, "topic")
    if fresh and c.near.change and (told := phrases.told(fresh)):
        return Naming(told, "", told, "topic")
    if c.near.tail.endswith(_COME_TO) and c.mention.kind not in _RATES and last.mention.kind not in _RATES:
        last = state.levels.get(c.mention.unit, last)  # 中小学86所，在校生3万人，调整为62所
    name = last.name
    if last.naming.rule == "size_of" and c.mention.kind in _COUNTED:
        return Naming(last.noun, "", last.noun, "carried")  # 总面积2万平方米的广场2个
    if last.verb and name.startswith(last.verb) and ("累计" in c.near.tail or "达" in c.near.tail):
        name = last.noun  # 新增生态茶园300亩、累计达1.6万亩
    elif "达" in c.near.tail and c.mention.unit == last.unit and _GAINED.search(name):
        name = _GAINED.sub("", name)  # 规上企业净增12家，达到86家
    elif last.naming.rule == "share_of" and c.near.change and not c.near.to and c.mention.kind != "points":
        name = last.noun  # 利用外资3000万美元，完成计划的105%，增长6%
    return Naming(name, last.verb, last.noun, "carried")


def _named_by_clause(phrases: Phrases, c: Context, clause: str, last: Draft | None) -> str:
    """What the clause before a number names by itself, or "".

    本级财政收入：全年完成6亿元, 工业产值迈上百亿元台阶，接近130亿元.
    """
    if not c.near.change and c.text[c.words_at - 1 : c.words_at] in _COLONS:
        label = phrases.near(clause).noun
        if label and not any(digit in clause for digit in "0123456789"):
            return label
    step = _MILESTONE.search(clause) if last is not None and c.mention.kind == "money" else None
    reached = phrases.near(clause[: step.start()]).noun if step is not None else ""
    return reached if len(reached) > SHORT else ""


def _leant_on(c: Context, state: State) -> Draft | None:
    """What a sentence without a noun goes on about, such as 今年力争完成25亿元."""
    rate, unit = c.mention.kind in _RATES, c.mention.unit
    if rate != (c.near.change != 0):
        return None
    fitting = (
        draft for draft in reversed(state.before) if (rate and draft.mention.kind != "rank") or draft.unit == unit
    )
    return next(fitting, None)


def verb_only(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """农村公厕改造16座、新建9座."""
    if c.noun or not c.verb:
        return None
    last, verb = state.last, c.verb
    if last is not None and not c.after_noun and c.mention.kind in _COUNTED:
        last = state.levels.get(c.mention.unit, last)  # 项目95个，总投资56亿元，其中新开工40个
    whole = phrases.whole_end(verb)
    if whole and not c.after_noun:
        of = "" if last is None or verb != whole or last.unit != c.mention.unit else last.noun
        stem = of.removesuffix(phrases.whole_end(of) or of)
        return Naming(stem + verb, "", stem + verb, "verb_only")  # 生猪出栏3万头、存栏2万头
    base = ""
    if last is None:
        base = purpose(phrases, c, verb)
        if not base and not (c.mention.kind == "money" and len(verb) > SHORT):
            base = phrases.topic(c.clause)
    elif c.after_noun:
        base = last.noun
    elif c.mention.unit == last.unit or len(verb) <= SHORT:
        doing = last.verb or last.naming.rule == "verb_only"
        base = last.noun if doing else phrases.core_noun(_GAINED.sub("", last.noun) or last.noun)
        if verb.endswith(_NEW):
            base = _STOCK.sub("", base)  # 有效认证保有量28个，新增7个
        if verb in _STANDING:
            return Naming(verb + base, verb, base, "verb_only")  # 入园企业30家，在建6家
    return Naming(base + verb, "", base or verb, "verb_only")


def of_herd(_: Phrases, c: Context, state: State) -> Naming | None:
    """出栏生猪19万头、肉牛2505头、羊1万只: what became of the first became of all in the list."""
    last, own = state.last, c.noun
    if last is None or not c.linked or c.verb or last.mention.kind != c.mention.kind:
        return None
    herd = next((word for word in _HERDS if last.noun.startswith(word)), "")
    if not herd or own.startswith(_HERDS):
        return None
    return Naming(herd + own, "", herd + own, "verb_carried")


def earned(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """织布厂实现销售收入5210万元，纳税166万元: what the enterprise told before pays or earns."""
    if not state.subject or state.broken:
        return None
    own = c.verb + c.noun
    if own not in phrases.earned:
        return None
    return Naming(state.subject + own, "", state.subject + own, "scoped")


def _stands_alone(c: Context, own: str, state: State) -> bool:
    """Whether a bare head leans on nothing: 总产值10亿元；税收完成5000万元, 辖3个村，总面积16平方公里."""
    if own in _ALONE:
        return bool((state.broken and c.near.tail) or (state.last is None and state.before and not c.opening))
    return own in _OF_PLACE and any(draft.name.startswith(_DIVIDED) for draft in state.run)


def _place_of_head(phrases: Phrases, base: str, own: str, *, rate: bool) -> str:
    """What is left of a name when another head takes the place of its own; "" when it was nothing but a head."""
    if own in phrases.totals:
        return _GAINED.sub("", base)  # 规上企业新增12家、总数达71家
    if not own.endswith(phrases.bare_heads) and not own.endswith(_SIZES):
        return base
    # 总产值260亿元，增长14%；增加值81.7亿元: one head takes the place of the other
    heads = (*phrases.bare_heads, *_SIZES)
    head = next((x for x in heads if base.endswith(x) and len(base) > len(x) + 1), "") if base.endswith(heads) else ""
    if not head and rate and base in phrases.bare:
        return ""  # 总收入增长26%，利润增长18%
    base = base.removesuffix(head)
    return base.removesuffix(own[:2]) if head and len(base) > SHORT else base  # 商品房销售面积3万平方米，销售额2亿元


def scoped(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """完成投资近100亿元: a head too bare to be a name takes the noun before it."""
    own = c.verb + c.noun
    of_enterprises = state.enterprises and phrases.is_of_enterprises(own)
    if own not in phrases.bare and not of_enterprises and (c.verb or len(own) > 1):
        own = c.own
        if c.verb or own == c.noun or own not in phrases.bare:
            return None
    last = state.last
    if _stands_alone(c, own, state):
        return None
    if state.enterprises and not c.verb and phrases.is_of_enterprises(own):
        return Naming(state.enterprises + own, "", state.enterprises + own, "scoped")
    if "其中" in c.near.lead and last is not None:
        return Naming(last.verb + own, last.verb, own, "part_of")
    of_last = last is not None and (own in phrases.totals or (own.endswith(_YIELDS) and c.mention.unit != last.unit))
    if c.linked and state.verb and not c.near.lead and not of_last:
        return Naming(state.verb + own, state.verb, own, "verb_carried")
    base = "" if c.linked else purpose(phrases, c, own)  # 、总投资 looks back
    if not base and c.linked and state.subject and not of_last:
        base = state.subject  # 规上工业实现产值5亿元、利税1亿元
    if not base and state.broken and own not in phrases.totals:
        base = phrases.topic(c.fresh_clause)
    if not base:
        base = _scope_before(phrases, c, state)
    base = base.removesuffix(own).removesuffix("总")  # 项目总投资86亿元，年度计划投资32亿元
    if len(base) < _FEWEST:
        return None
    own = own.removeprefix(base[-2:]) if len(own) > SHORT else own  # 除险加固工程，工程总投资3230万元
    base = _place_of_head(phrases, base, own, rate=c.mention.kind in _RATES)
    return Naming(base + own, "", base + own, "scoped") if base else None


def _scope_before(phrases: Phrases, c: Context, state: State) -> str:
    """The noun of the number before, or what the sentence is about; beside a share that of what was counted."""
    last = state.last
    if last is None:
        return phrases.topic(c.clause)
    if last.measure == "share" and state.counted is not None:
        return state.counted.noun  # 调解纠纷860件，成功率98%，涉案金额230万元
    return last.noun


def of_enterprises(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """工业总产值9亿元，其中规上工业企业完成6亿元: the amount of a kind of enterprises is that told before."""
    last, own = state.last, c.noun
    if last is None or c.verb or c.mention.kind != "money" or "其中" not in c.near.lead:
        return None
    if own != phrases.enterprises(own) or last.mention.kind not in ("money", *_RATES):
        return None
    head = next((x for x in phrases.bare_heads if last.noun.endswith(x)), "")
    return Naming(own + head, "", own + head, "part_of") if head else None


def sized(_: Phrases, c: Context, state: State) -> Naming | None:
    """引进企业137家，其中注册资金1000万元以上46家、亿元以上5家: a size, of the things counted before."""
    last = state.last
    if last is not None and last.unit != c.mention.unit:
        last = state.counted  # 9个项目总投资7亿元，其中投资超亿元的4个
    if not c.size or last is None or last.unit != c.mention.unit:
        return None
    noun = last.noun
    named = _SIZE_IN_NAME.search(noun)
    if named is None:
        return Naming(last.verb + c.size + noun, last.verb, noun, "sized")
    of = "的" if named[0].endswith("的") else ""
    noun = noun[: named.start()] + c.size + of + noun[named.end() :]
    return Naming(last.verb + noun, last.verb, noun, "sized")  # 年纳税超500万元的企业65户，其中超1000万元的28户


def purpose(phrases: Phrases, c: Context, own: str) -> str:
    """投资1.6亿元，实施移民搬迁: what an amount without a name of its own was for."""
    if c.mention.kind != "money" or "完成" in c.words or not own.endswith(phrases.purposes):
        return ""
    clause = _PURPOSE.match(c.text, c.mention.right, c.stop)
    if clause is None:
        return ""
    if clause[1].startswith(("其中", "已")):
        return ""
    words = _DONE_TO.sub(r"\1", clause[1].removeprefix("用于"))
    if clause.end() == c.stop and c.following:
        # 投资1.4亿元，完成60所学校改造: the purpose goes on behind the next number
        behind_next = c.following[0].right
        cut = CUT.search(c.text, behind_next)
        words += c.text[behind_next : cut.start() if cut else behind_next]
    near = phrases.near(words)
    noun = trimmed(near.noun or near.verb)
    if noun in phrases.bare or noun.endswith("率"):
        return ""  # 总投资86亿元，年度计划投资32亿元; 投资2亿元，群众满意率达到98%
    if len(noun) > _PURPOSE_LENGTH:
        noun = noun.partition("、")[0]
    return noun if 2 <= len(noun) <= _PURPOSE_LENGTH else ""


def effect(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """特色劳务品牌发展壮大，带动就业48万人: what came of the thing told before, which is its doer."""
    own = c.verb + c.noun
    if (
        own[:1] not in phrases.effect_firsts
        or c.mention.kind in _RATES
        or not own.startswith(phrases.effects)
        or len(own) > _OBJECT
        or c.after_noun
    ):
        return None
    last = state.last
    if last is None or c.fresh_clause:
        base = phrases.topic(_DONE_TO.sub(r"\1", c.clause))
    else:
        base = "" if last.mention.kind in _RATES else last.noun
    longest = len(own) if last is not None and last.mention.kind == "money" and not c.fresh_clause else _DOER
    if not _FEWEST <= len(base) <= longest or base.endswith(own):
        return None
    return Naming(base + own, "", own, "effect")


def arrived(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """合同外资3000万美元，实际到位1200万美元: what came in of the amount told before."""
    last = state.last
    if last is None or last.unit != c.mention.unit:
        return None
    own = c.verb + c.noun
    if own not in phrases.arrived:
        return None
    of = _PROMISED.sub("", last.noun)
    return Naming(own + of, own, of, "arrived") if len(of) >= _FEWEST else None


def other_level(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """省级督办问题整改6项、县级4项."""
    own, last = c.noun, state.last
    if own not in phrases.levels or last is None:
        return None
    if "其中" in c.near.lead:
        return Naming(last.verb + own + last.noun, last.verb, own + last.noun, "level_word")
    level = next((x for x in phrases.levels if last.noun.startswith(x)), None)
    if level is None:
        return None
    own += last.noun.removeprefix(level)
    verb = c.verb or (last.verb if last.naming.rule == "level_word" else "")
    return Naming(verb + own, verb, own, "level_word")


def before(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """规上工业总产值213.6亿元: the plain case."""
    own = c.own + c.share
    verb = c.verb
    at = c.words.find(verb + c.noun)
    span = (c.words_at + at, c.words_at + at + len(verb + c.noun)) if at >= 0 else NOWHERE
    last = state.last
    if last is not None and c.after_noun and c.mention.kind == "money":
        return Naming(last.noun + verb + own, verb, own, "after_noun")
    if last is not None and c.after_noun and c.near.lead and not verb and len(own) <= SHORT:
        return Naming(last.noun + own, "", last.noun + own, "after_noun")  # 21个项目完成征地1258户
    if last is None or verb or c.after_noun:
        return Naming(verb + own, verb, own, "before", span)
    if own.endswith("率") and len(own) <= SHORT + 1 and (at := last.noun.rfind(own[:2], 1)) > 0:
        own = _GAINED.sub("", last.noun[:at]) + own  # 家庭医生签约服务18万人，签约率62%
        return Naming(own, "", own, "scoped")
    if own in _SPEEDS or (c.mention.kind == "points" and _OF_PLAN.search(own)):
        # 增长9.3%，增速高于全省1.8个百分点; 电耗下降8.4%，超额完成考核目标1.3个百分点
        return Naming(last.name + own, "", last.noun, "carried")
    if last.unit == c.mention.unit and (other := _paired(phrases, own, last.noun) or _same_stem(phrases, c, own, last)):
        return Naming(other, "", other, "scoped")
    listed = c.linked and c.mention.kind in _LISTED and last.mention.kind in _LISTED
    built = (
        c.mention.kind in _MEASURED
        and last.mention.kind in _BUILT
        and last.verb == state.verb
        and len(own) <= SHORT + 1
        and not own.endswith(phrases.heads)
        and phrases.core_noun(own) == own
    )
    if last.unit == c.mention.unit or built or listed or (c.linked and own.endswith(_PARTS)):
        apart = state.inside or c.near.lead.endswith(_ANEW) or (built and last.unit != c.mention.unit)
        shared = "" if apart else _shared_head(phrases, own, last.noun)
        if shared:
            own, span = shared, NOWHERE
        m = c.mention
        stated = c.near.tail or c.near.lead or (m.bound == "over" and m.left < m.start)
        if (
            state.verb
            and state.verb not in THERE_IS
            and not stated
            and not state.inside
            and _ITS_OWN.search(own) is None
            and m.kind not in (*_RATES, "rank")
        ):
            return Naming(state.verb + own, state.verb, own, "verb_carried", span)
    return Naming(own, "", own, "before", span)


def _same_stem(phrases: Phrases, c: Context, own: str, last: Draft) -> str:
    """专利申请量1256件、授权量862件: a short head behind the stem of the name before."""
    if not c.linked or not len(own) <= SHORT < len(last.noun) or not own.endswith(phrases.heads):
        return ""
    stem = last.noun[: -len(own)]
    return stem + own if last.noun[-1] == own[-1] and last.naming.rule == "before" and len(stem) >= _FEWEST else ""


def _paired(phrases: Phrases, own: str, earlier: str) -> str:
    """金融机构存款余额386亿元，贷款余额298亿元: the other of a pair takes the place of the first."""
    if not own.startswith(phrases.pairs):
        return ""
    rest = own[2:]
    stem = earlier.removesuffix(rest)
    if (
        not rest
        or stem == earlier
        or not stem.endswith(phrases.pairs)
        or len(stem) < _FEWEST + 2
        or stem[-2:] == own[:2]
    ):
        return ""
    return stem[:-2].removesuffix("年末") + own


def _shared_head(phrases: Phrases, own: str, earlier: str) -> str:
    """示范镇3个、示范点5个: the noun goes on where the one before has the same word."""
    if not 2 <= len(own) <= 8 or earlier.startswith(own[:2]) or _ITS_OWN.search(own):
        return ""
    if own.startswith(phrases.whole_terms) or own.isascii():
        return ""
    if earlier.endswith(_SHARED_HEADS) and not own.endswith(phrases.heads):
        return own + earlier[-2:]
    at = earlier.find(own[:2], 1)
    if at <= 0 or "”" in earlier[:at]:
        return ""
    shared = earlier[:at] + own
    return shared if len(shared) <= len(own) * 2 + 2 or at + len(own) == len(earlier) else ""


def anything(phrases: Phrases, c: Context, _: State) -> Naming | None:
    """A number is never dropped for want of a name: the words behind it, or the clause before."""
    own = phrases.spoken(trimmed(c.right.removeprefix("的"))) or c.clause or c.words
    return Naming(own, "", own, "fallback")
