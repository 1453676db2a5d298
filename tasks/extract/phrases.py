"""What stands beside a number, taken apart: lead, verb, noun, and the tail that ties them to the number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from tasks.extract.quantities import Quantities
from tasks.extract.words import Words, alternation, reversed_alternation, sought

_PLANS = "[“”]?(?:十[一二三四五]?|[六七八九])五[”“]?(?:期间|时期|以来|末)|“(?:十[一二三四五]?|[六七八九])五”"
_RUNNING = r"连续[\d一二两三四五六七八九十多]+年"
_SPANS = (
    r"(?:近|过去|最近)?[\d一二两三四五六七八九十]{1,2}(?<!19)(?<!20)年(?:来|以来|内|间|里)"
    r"|[两二三四五]年(?=累计|合计|共计|总计|$)"
)
_MONTHS = r"前[\d一二三四五六七八九十]{1,2}个?(?:月|季度)|\d{1,2}(?:[-—~～至]\d{1,2})?月(?:份|末前?|底前?)?"
_YEARS = r"(?:争取(?=到\d)|(?:到|至|自|比|较)?(?:19|20)[\d*×xX]{2}年(?:底前?|末前?|度|以来)?)"
#: spelled backwards: 比2015年, 由2015年底
_YEAR_BASE = r"(?:底|末|期同|度)?年\d{4}(?:[比较从由以在]|期基为)?"
#: spelled backwards: 是“十五”期间的, 1月份
_RUNNING_TAIL = r"年[\d一二两三四五六七八九十多]{1,3}续连"
_SUM_OR_MEAN = "的?(?:(?:平水)?均平|平水|[和计][总合之])?的?"
#: a quick look at what one of these begins with
_SUM_FIRSTS = "了的平均水和计"
_PLAN_BASE = (
    f"(?=[{_SUM_FIRSTS}间期末”])"
    f"{_SUM_OR_MEAN}"
    r"(?:(?:间期|期时|期末|末期?)\s?[“”\"]?五(?:[一二三四五]?十|[六七八九])[“”\"]?|(?<=的)”五(?:[一二三四五]?十|[六七八九])“)(?:[是为比较由从]|于当相)"
)
_MONTH = r"份?月\d{1,2}(?:[-—~～至]\d{1,2})?"
#: （4）完成…, 1.推进…, 一是新建…
_LABEL = r"[（(][\d一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、]|[一二三四五六七八九十]+[是要、](?![二三][、次产])"
#: what the expressions of time among the leads begin with, and those among the tails end in
_TIME_FIRSTS, _TIME_LASTS = "近过最连前到至自比较争一二三四五六七八九十两", '底末期度年份月间”"'
_NOTE = re.compile(r"[［\[]\d{1,2}[］\]]")
_LISTED = re.compile(r"(?<![高平中初优同相上下特对])等(?!级|次|额|高|量|于|候)(?:多个|多项|多种|一批|一系列)?")
#: what was come to, not by how much: 增至, 提高到, 下降为
_TO = re.compile(
    "[长加高升涨大落低少小减缩短整跃攀缓窄滑]了?(?:至|到|为)|[增升降减涨提扩缩压]至|[增升降减涨]到|(?:稳定|保持|维持|控制)(?:在|到)"
)
_ORIGIN = re.compile("[由从]")
#: 年计划, 2030年目标; and 计划 behind an indicator: 城镇新增就业计划
_YEARS_PLAN = re.compile(
    r"(?:(?:19|20)\d\d年|年度|全年|年初|当年|本年|今年|[上下]半年|[一二三四]季度|(?<!半)年)(?:度|初)?的?"
    "(?P<kind>计划|预期目标|目标任务|任务目标|目标|预算|任务|预期)(?:数|指标)?$"
)
_PLAN = re.compile("(?:计划|预期目标)(?:数|总)?$")
#: with what was come to behind it: 烤烟种植任务3000亩，完成3200亩
_TASK = re.compile(
    "(?:(?:[省市县区州乡镇]里?|上级)?下达(?:的|我[省市县区乡镇])?)?(?:全年|年度|年初|当年|[上下]半年|[一二三四]季度|年)?"
    "(?:目标任务|任务|目标|指标|计划)(?:数|值)?$"
)
_PLANNED_ENDS = ("就业", "外资", "内资", "总产", "总值", "造林", "用地", "出口", "进口", "贷款")
_OF_COUNTS = ("计划", "预期")
_AMONG = re.compile("全[国省市区县州盟](?![年面部力民体])")
_ALSO_NOUNS = ("补贴", "补助", "贷款", "融资", "投入", "资助", "救助", "保障", "服务", "培训")
_MORE = re.compile("更加|更为|日益|愈加|越来越")
#: a clause about an amount: its name, and what became of it
_TOLD = re.compile(
    "(?P<name>[^，,；;：:]{0,16}(?:产值|收入|总额|增加值|投资|产量|面积|税收|利润|销售额|余额|消费|贷款|存款|进出口))"
    "(?:[万亿]?元|再|创|实现|保持|稳步|持续|平稳|快速|稳中|大幅|逆势|首次|突破|位居|居|$)"
)
_FIGURE = re.compile(r"(?<=[一-龥])\d+(?:\.\d+)?[万亿]?[一-龥]{1,3}$")
_AIMED_ENDS, _AIMED = frozenset("保争取证必要"), re.compile("(?:确保|力争|争取|保证|务必|(?<![主重需必纪摘概])要)$")
_OF_CHAPTER = re.compile("(?:回顾|总结|安排|打算|报告|部署|思路)\\s*$")
_TO_LIST = re.compile("分别[是为]|主要包括|包括|如下")
_COMPARED = ("相比", "相比较", "比较", "对比", "相较")
_TOO_BARE = 3
#: words as short as 同比增长 come again and again, and are kept taken apart
_OFTEN_SAID, _KEPT = 6, 20_000
#: PM10平均浓度
_LATIN = re.compile(r"[A-Za-z]+[\d.]*")
_PLACED = re.compile("排名|位次|名次|位列|位居")
_AMOUNTS = (
    "税金",
    "支出",
    "投资",
    "产值",
    "增加值",
    "收入",
    "产量",
    "利润",
    "税收",
    "资金",
    "总额",
    "金额",
    "销售额",
    "利税",
)
#: before 等 and a short word stands a list of kinds, which the name keeps
_SHORT_REST, _SHORT_LIST, _LIST = 2, 16, 20
#: of these who they are is no part of the name: 德昌、华丰等龙头企业带动…
_DOERS = re.compile("企业|公司|单位|集团|部门|[省市县区镇乡村]$")
#: a topic's verb may have a manner before it that is in no list
_MANNER = 6


class Near(NamedTuple):
    """The words between a boundary and a number.

    Attributes:
        lead: manner, time and place at the head, which the name leaves out.
        verb: verbs that the name keeps (新增, 改造提升), or ``""``.
        noun: what is left between verb and tail.
        listing: what was listed before a closing 等 (舜溪西路 of 舜溪西路等), or ``""``; the noun is empty then.
        tail: the words between the noun and the number: 同比增长, 达到.
        change: +1, -1 or 0: the tail says growth or fall.
        to: the tail says what was come to (增至), not by how much.
        origin: the tail says what was started from (由上年的).
        headed: the noun ended in 增幅 and the like, which were cut off.
    """

    lead: str
    verb: str
    noun: str
    listing: str
    tail: str
    change: int
    to: bool
    origin: bool
    headed: bool


class Phrases:
    """The compiled word classes."""

    def __init__(self, words: Words) -> None:
        self._known: dict[str, Near] = {}
        names, verbs, change, lead = words.names, words.action.verbs, words.change, words.lead
        leads = (*lead.manner, *lead.order, *lead.place, *lead.time, *lead.hope, *lead.result)
        times = f"{_YEARS}|{_MONTHS}|{_SPANS}|{_RUNNING}|{_PLANS}"
        self._lead = re.compile(
            rf"(?:{_LABEL}|{times}|(?:{alternation(leads, lead.guards)})(?!率(?!先))|[^一-龥“《（(A-Za-z\d])*"
        )
        verb = alternation((*verbs, *words.action.whole), words.action.guards)
        self._verb = re.compile(f"新?(?:{verb})(?:[、和并及或与]?新?(?:{verb}))*了?")
        self._did = re.compile(
            f"(?:(?<![公一])(?:共|累计|总共)|(?<![即人在])(?:将|计划(?=..)))(?P<verb>(?!完成|实现)(?:{verb})+)了?"
        )
        self._last_verb = re.compile(f"(?:{verb})$")
        self._one_verb = re.compile(f"(?:{verb})")
        changes = (*change.up, *change.down)
        self._tail, self._tail_lasts = _tails(words, changes)
        # most words begin with no lead and no verb, and end in no tail: a look at one character tells it
        self._lead_firsts, self._verb_firsts = (
            frozenset((*_TIME_FIRSTS, *(word[0] for word in leads))),
            frozenset(("新", *(word[0] for word in (*verbs, *words.action.whole)))),
        )
        self._up, self._down = re.compile(sought(change.up)), re.compile(sought(change.down))
        self._more = re.compile(f"[一-龥](?:{alternation(change.more)})了?$")
        self._less = re.compile(f"[一-龥](?:{alternation(change.less)})了?$")
        self._compared_ends = frozenset(word[-1] for word in (*change.more, *change.less, "了"))
        self._turn = re.compile(f"[、，,和]?(?:同比)?(?:{alternation(changes)})")
        growth_heads = tuple(sorted(change.growth_heads, key=len, reverse=True))
        self._growth_heads, self._fall_heads = growth_heads, change.fall_heads
        self._may_be_parted = re.compile(f"[{_firsts(('完成', *names.mid_results))}［\\[ \u3000]")
        self._result = re.compile(f"(?:完成(?![{lead.guards['完成']}])|{alternation(names.mid_results)})")
        self._adverbs = re.compile(
            f"(?<=[^{names.mid_adverb_after}])(?:{alternation(names.mid_adverbs)})(?=[一-龥“])"
            f"(?!{alternation(names.mid_guard)})"
        )
        self._where = re.compile(f"(?:分别|先后|相继|陆续)在[^，,]{{1,16}}?(?={verb})")
        self._predicate = re.compile(f"(?:{alternation(names.predicates, names.predicate_guards)})")
        adverbs = "全年|累计|计划|预计|共|已|总共|实际|当年"
        noun_like = (*names.doings, *words.action.whole, *names.noun_like)
        in_noun = f"(?:{alternation(noun_like)})(?:{alternation(names.doing_nouns)})"
        second = alternation((*verbs, *lead.result, "增长", "占", "达", "获"), words.action.guards)
        first = f"(?=[{_firsts((*verbs, *lead.result, *adverbs.split('|'), *'增占达获'))}])"
        self._split = re.compile(f"{first}(?:{adverbs})*(?!{in_noun})(?:{second})")
        self._after_list = frozenset(names.after_list)
        self._doings = re.compile(f"(?:{sought(names.doings)})(?:工程|项目|任务|工作)?$")
        self._topic_end = re.compile(f"(?:{sought(names.topic_ends)})$")
        self._topic_predicate = re.compile(sought(names.topic_predicates))
        self.effects, self.effect_firsts = names.effects, frozenset(word[0] for word in names.effects)
        self.arrived, self.pairs = frozenset(names.arrived), names.pairs
        self._modifier = re.compile(alternation(names.modifiers))
        self.bare = frozenset(names.bare)
        self.totals, self.earned = frozenset(names.totals), frozenset(names.earned)
        self.quantities, self.whole_terms = Quantities(names), names.whole_terms
        #: bare heads that are amounts, longest first
        self.bare_heads = tuple(sorted((x for x in names.bare if x.endswith(_AMOUNTS)), key=len, reverse=True))
        self.heads, self.full_heads = names.heads, names.full_heads
        self.levels, self.purposes = names.levels, names.purposes
        self._of_rate = re.compile(f"的(?:{alternation(names.of_rates)})")
        self.whole = frozenset(words.action.whole)
        self._whole_end = re.compile(f"(?:{sought(words.action.whole)})$")
        goal = alternation(names.goals)
        self._against = re.compile(f"(?:比|较|高于|低于)(?P<goal>[^，,]*?(?:{goal}){{1,2}}(?:指标|数|值)?)[的为是]?$")
        self._of_enterprises = frozenset(names.of_enterprises)
        self._enterprises = re.compile(f"(?:{alternation(names.enterprises)})")
        self.of_list = names.of_list
        scope, verb = alternation(names.rank_scope), alternation(names.rank_verbs)
        self._ranked = re.compile(
            f"(?:(?:均|都|仍)?(?:{verb}))?(?:在|于|了|到)?(?:{scope})*(?:前列|的)?(?:{verb})?(?:了)?$"
        )

    def near(self, text: str) -> Near:
        """Takes apart the words between a boundary and a number."""
        if text[:1] == "“" and "”" not in text:
            text = text[1:]  # a quotation that goes on: “全年实现产值3亿元，增长5%”
        if len(text) > _OFTEN_SAID:
            return self._apart(text)
        known = self._known.get(text)
        if known is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            known = self._known[text] = self._apart(text)
        return known

    def _apart(self, text: str) -> Near:
        start, end = 0, len(text)
        if text[-1:] in self._tail_lasts and (match := self._tail.match(text[::-1])) is not None:
            end -= match.end()
        tail = text[end:]
        first = text[:1]
        if (first in self._lead_firsts or not "一" <= first <= "龥") and (match := self._lead.match(text, 0, end)):
            start = match.end()
        lead = text[:start]
        verb, noun = "", text[start:end]
        match = self._verb.match(text, start, end) if noun[:1] in self._verb_firsts else None
        if match is not None and end - match.end() != 1:
            verb, noun = match[0].removesuffix("了"), text[match.end() : end]
            if verb in self.whole and noun:
                verb, noun = "", verb + noun  # 进口货值
        # else: of 办结率 and 拆迁户 the verb is a part
        if not verb and ("共" in noun or "累计" in noun or "将" in noun or "计划" in noun):
            # 各级组织共调处…, 清河区将新建…: who did it is no part of the name when the verb is
            match = self._did.search(noun)
            if match is not None and len(noun) - match.end() > 1:
                if self._doings.search(noun, 0, match.start()):
                    noun = noun[: match.start()] + noun[match.start("verb") :]  # 水利建设共投入资金: it is no doer
                else:
                    verb, noun = match["verb"], noun[match.end() :]
        if '"' in noun and noun.count('"') == 1 and lead.endswith('"'):
            noun = '"' + noun  # "四上"企业
        if noun[-1:] in _AIMED_ENDS and len(noun) > _TOO_BARE and (aimed := _AIMED.search(noun, 2)) is not None:
            noun = noun[: aimed.start()]  # 财政收入确保年均增长15%
        noun, listing = self._after_listing(noun, of_verb=bool(verb))
        noun, change = self._growth(noun)
        headed = change != 0
        to = origin = False
        if tail:
            to, origin = _TO.search(tail) is not None, _ORIGIN.search(tail) is not None
            turn = -1 if self._down.search(tail) else 1 if self._up.search(tail) else 0
            change = turn if turn and not (change and to) else change  # 增速回落2个百分点, 增速回落到5%
            if not change and tail[-1] in self._compared_ends:
                change = self.compares(tail)
        return Near(lead, verb, noun, listing, tail, change, to, origin, headed)

    def _after_listing(self, noun: str, *, of_verb: bool) -> tuple[str, str]:
        """The noun without the list before its 等, and the list when nothing follows it."""
        match = _LISTED.search(noun) if "等" in noun else None
        if match is None:
            return noun, ""
        rest = noun[match.end() :]
        if not rest:
            return "", noun[: match.start()]
        if len(rest) <= _SHORT_REST or rest in self._after_list:
            if len(noun) <= _SHORT_LIST and "、" in noun:
                return noun, ""  # 项目审批、营业执照等手续: kinds of the thing
            cut = max(noun.rfind("、", 0, match.start()), noun.rfind("和", 0, match.start()))
            return noun[cut + 1 :], ""
        if not of_verb and len(noun) <= _LIST and "、" in noun and not _DOERS.search(rest):
            return noun, ""  # 枇杷、杨梅等水果种植面积
        return rest, ""

    def _growth(self, noun: str) -> tuple[str, int]:
        """The noun without the head that says its number is of growth, and the sign of that: 1, -1, or 0 for none."""
        if not noun.endswith(self._growth_heads) or noun.endswith("自然增长率"):
            return noun, 0
        change = -1 if noun.endswith(self._fall_heads) else 1
        return noun.removesuffix(next(x for x in self._growth_heads if noun.endswith(x))), change

    def headed(self, near: Near, noun: str) -> Near:
        """The words with another noun, whose head may say growth: 价格涨幅 of 价格涨幅计划."""
        noun, change = self._growth(noun)
        return near._replace(noun=noun, change=near.change or change, headed=near.headed or change != 0)

    def plan(self, noun: str, *, counted: bool, met: bool) -> int:
        """The length of the word of planning at the end of a noun, or 0: 地区生产总值年计划.

        ``counted`` tells that things are counted: 年度目标362项 are goals, 年度计划3项 are planned.
        ``met`` tells that what was done stands behind the number.
        """
        match = _YEARS_PLAN.search(noun)
        if match is not None and not (counted and match["kind"] not in _OF_COUNTS):
            return len(match[0])
        match = _TASK.search(noun) if met else None if counted else _TASK.fullmatch(noun)
        if match is not None:
            return len(match[0])
        match = _PLAN.search(noun)
        if match is None:
            return 0
        stem = noun[: match.start()]
        ends = (*self.heads, *self._growth_heads, *_PLANNED_ENDS)
        return len(match[0]) if not stem or stem.endswith(ends) else 0

    def modifier(self, noun: str) -> int:
        """The length of the modifier of more or less than two characters that a noun begins with, or 0."""
        match = _LATIN.match(noun) or self._modifier.match(noun)
        return match.end() if match is not None else 0

    def is_predicate(self, text: str) -> bool:
        """Whether what follows a number goes on about it (增长…, 占…) and does not name it."""
        return self._predicate.match(text) is not None

    def split(self, gap: str) -> int:
        """Where, in words between two numbers with no comma, the second one's words begin."""
        match = self._split.search(gap, 1)
        if match is not None and match[0] in _ALSO_NOUNS:
            if match.end() == len(gap):
                return len(gap)
            if self._one_verb.match(gap, match.end()):
                match = self._split.search(gap, match.end())  # 以旧换新补贴拉动消费: the first is a noun
        return match.start() if match is not None else len(gap)

    def joined(self, name: str) -> str:
        """A name without the verbs of completion in its midst: 规上工业完成增加值 → 规上工业增加值."""
        if self._may_be_parted.search(name) is None:
            return name
        kept = self._result.sub("", name)
        if len(kept) < 2:
            kept = name
        if "［" in kept or "[" in kept:
            kept = _NOTE.sub("", kept)
        return "".join(kept.split()) if " " in kept or "　" in kept else kept

    def spoken(self, words: str) -> str:
        """A name out of the words behind a number: 项目顺利竣工投产 → 项目竣工投产."""
        for word in ("实现", "完成", "达到", "得到"):
            if words.startswith(word) and len(words) > len(word) + 1:
                words = words[len(word) :]
        cut = _TO_LIST.search(words, 2)
        if cut is not None:
            words = words[: cut.start()]  # 10项民生实事分别是…
        return self._adverbs.sub("", self.joined(words.removesuffix("基本完成")))

    def placeless(self, words: str) -> str:
        """Words without the places where things were done: 项目分别在沙岭、河口开工 → 项目开工."""
        return self._where.sub("", words) if "在" in words else words

    def told(self, clause: str) -> str:
        """The amount that a clause without a number speaks of, or "": 规上工业产值再创新高 → 规上工业产值."""
        match = _TOLD.match(clause)
        if match is None:
            return ""
        near = self.near(match["name"])
        return near.noun if len(near.noun) > _TOO_BARE and near.noun not in self.bare else ""

    def topic(self, clause: str) -> str:
        """What a clause without a number was about: 集中开展“散乱污”专项整治行动 → “散乱污”."""
        if clause.endswith(_COMPARED) or _OF_CHAPTER.search(clause):
            return ""  # 2005年与2000年相比; 一、2030年工作回顾
        near = self.near(clause)
        noun = _MORE.split(near.noun)[0] or near.noun
        if (figure := _FIGURE.search(noun, 2)) is not None:
            noun = noun[: figure.start()]  # 改造危房36户。 as a heading
        predicate = self._topic_predicate.search(noun, 2)
        if predicate is not None:
            noun = noun[: predicate.start()]
        cut = self._topic_end.search(noun)
        if cut is not None and cut.start() >= 2:
            noun = noun[: cut.start()]
        of = noun.rfind("的")
        if 0 < of < len(noun) - 3:
            noun = noun[of + 1 :]
        elif not near.verb:
            inner = self._one_verb.search(noun, 1, _MANNER)
            if inner is not None and len(noun) - inner.end() >= 2:
                noun = noun[inner.end() :]
        for _ in range(2):
            cut = self._topic_end.search(noun)
            if cut is None or cut.start() < 2:
                break
            noun = noun[: cut.start()]
        return noun if len(noun) <= 14 else noun[-12:]

    def ranked(self, words: str) -> str:
        """What is ranked, out of the words before a rank: 增速居全省 → 增速."""
        return self._ranked.sub("", words)

    def rank_among(self, words: str, name: str) -> str:
        """Among whom something ranks, to go behind its name: 居全省第5位 → 全省排名."""
        found = _AMONG.search(words)
        return "" if found is None or _PLACED.search(name) else found[0] + "排名"

    def core_noun(self, noun: str) -> str:
        """A noun without the doing at its end: 农村公厕改造 → 农村公厕."""
        match = self._doings.search(noun)
        return noun[: match.start()] if match is not None and match.start() >= 2 else noun

    def ends_in_verb(self, noun: str) -> bool:
        """Whether the last word is a verb: 市财政安排."""
        return self._last_verb.search(noun) is not None

    def is_part_behind(self, text: str) -> bool:
        """Whether what follows a per cent names what it is a part of: 94%的断面, but not 8%的目标."""
        return text.startswith("的") and self._of_rate.match(text) is None

    def starts_with_verb(self, text: str) -> bool:
        """Whether the text begins with a verb that names can keep."""
        return self._one_verb.match(text) is not None

    def doing(self, text: str) -> int:
        """The length of the verbs that the text begins with."""
        match = self._verb.match(text)
        return match.end() if match is not None else 0

    def whole_end(self, name: str) -> str:
        """The verb at the end of a name that names what it counts by itself (生猪出栏), or ``""``."""
        match = self._whole_end.search(name)
        return "" if match is None else match[0]

    def goal(self, words: str) -> str:
        """The goal that words before a number compare with: “十五”计划目标 of 比“十五”计划目标, or ``""``."""
        match = self._against.match(words)
        return "" if match is None else match["goal"]

    def compares(self, words: str) -> int:
        """-1 where words end in 低, 少 and the like, +1 in 高, 多; else 0: 增速比全省平均水平低."""
        return -1 if self._less.search(words) else 1 if self._more.search(words) else 0

    def turns(self, link: str) -> bool:
        """Whether what links two numbers is a word of change: 分别增长3%、下降2%."""
        return self._turn.fullmatch(link) is not None

    def enterprises(self, name: str) -> str:
        """The kind of enterprises that a name begins with: 规上工业 of 规上工业增加值, or ``""``."""
        match = self._enterprises.match(name)
        return "" if match is None else match[0]

    def is_of_enterprises(self, name: str) -> bool:
        """Whether a name is of an amount that enterprises report (利润总额) and leaves open which."""
        return name in self._of_enterprises

    def is_verb(self, text: str) -> bool:
        """Whether the text is nothing but verbs."""
        return bool(text) and self.doing(text) == len(text)


def _firsts(words: Iterable[str]) -> str:
    """The first characters of words, for a set in an expression."""
    return re.escape("".join(sorted({word[0] for word in words})))


def _tails(words: Words, changes: tuple[str, ...]) -> tuple[re.Pattern[str], frozenset[str]]:
    """What ties words to the number behind them, spelled backwards, and the characters it can end in."""
    come_to = (verb + to for verb in changes for to in ("至", "到", "为"))
    ending = (*words.tail.copula, *changes, *come_to, *words.tail.comparison)
    tails = reversed_alternation(ending, words.tail.guards)
    bases = reversed_alternation(words.tail.bases)
    more_or_less = (*words.change.more, *words.change.less)
    firsts = "".join({word[-1] for word in (*words.tail.bases, *more_or_less)})
    sum_or_mean = f"(?=[{firsts}{_SUM_FIRSTS}])(?:了?(?:{reversed_alternation(more_or_less)}))?{_SUM_OR_MEAN}"
    base = f"{sum_or_mean}(?:{bases})(?:[比较从由与超低高是为]|于[高低]|于当相)"
    return (
        re.compile(f"(?:{_YEAR_BASE}|{_PLAN_BASE}|{_MONTH}|{_RUNNING_TAIL}|{base}|{tails})*"),
        frozenset((*firsts, *_SUM_FIRSTS, *_TIME_LASTS, *(word[-1] for word in ending))),
    )
