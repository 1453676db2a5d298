"""The grammar of a sentence: which words name which number.

A sentence is walked from number to number. What stands between two numbers is cut at the last comma;
the words before the cut finish what came before, the words after it lead to the next number.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from tasks.extract.behind import CUT, NAMING
from tasks.extract.draft import Context, Draft, State
from tasks.extract.measuring import measure
from tasks.extract.mentions import Mention
from tasks.extract.phrases import Phrases
from tasks.extract.ratios import read_ratio
from tasks.extract.trying import name_number
from tasks.extract.wholes import remember

_FULL_BREAK = frozenset("；;。！？\n")
_LINKS = frozenset("、和与及以")
_OPENED, _CLOSED = frozenset("(（"), frozenset(")）")
#: a remark in brackets that tells no number
_REMARK = re.compile(r"[（(][^（()）\d]*[）)]")
_LAST_REMARK = re.compile(r"[（(][^（()）\d]*[）)]$")
_CLOSES = re.compile("^[^（(]*?[）)]")
_LEADING = re.compile(
    r"^(?:[、的了]|(?:新?台阶|大关|关口|门槛)[、，]?|和(?![谐平美])|及(?![时格])|与(?!会)|并(?![购网联])|以及|[”）)》]|[（(](?=[折约合]))+"
)
_CAN_LEAD = frozenset("、的了”）)》和及与并以（(大关台门新")
_COMPARED = re.compile(r"(?:比|较|高于|低于|快于|慢于|好于|高出|低出|超出)(?![例重较率值])[^，,]+$")
_COMPARING = frozenset("比较")
_PART = ("占", "约占", "占到")
_SHARE = re.compile("^(?:约?占(?:到|据)?|恢复[至到])")
_OF_PLAN = re.compile(
    "(?P<noun>[^，,]*?)(?P<share>(?:占|完成|为|是)[^，,]{0,6}(?:目标|任务|计划|预算)(?=的?$)"
    "|[^，,]{0,6}(?:目标|任务|计划|预算)(?=的$))"
)
#: 占年初计划5800万元的83%, 完成年计划31亿元的108%
_WHOLE = re.compile("占(?!地)[^，,]{2,12}$|完成[^，,]{0,4}(?:计划|目标|任务|预算)$")
_PLANNING = re.compile("占|计划|任务|目标|指标|预算|预期")
_PLANNED_LEAD = re.compile("(?:计划|目标|目标任务)(?:完成|实现|达到?)?$|预算$")
_MET = re.compile(
    "[，,、；;]?(?:我[省市县区乡镇])?(?:实际|目前|现|全年|累计|预计|截至目前|截止目前)*[，,]?(?:完成|实现|已)"
)
_ITEMS = ("项", "个", "件", "条")
_DONE = re.compile("实际|完成|实现|达|已|预计|同比")
#: 其中注册资金1000万元以上46家, 超亿元5家: a size, and the noun counted before
_THRESHOLD = re.compile(
    "(?:(?:元|亩|吨|平方米|千瓦|人|%)(?:及?以上|以下|以内|之间)?|[头只羽匹张株](?:及?以上|以下))"
    "(?:的|有|为|达到?|共|也|均|已|预计|将)*$"
)
_SIZE_ENDS = frozenset("元亩吨米瓦人%上下内间")
_THRESHOLD_TAIL = re.compile("(?:的|有|为|达到?|共|也|均|已|预计|将)+$")
_THRESHOLD_LEAD = re.compile("^(?:其中[，,：:]?|包括|含|有)+")
_COUNTED = ("count", "people")
#: what was settled before, of which the number tells
_SETTING = ("确定", "提出", "明确", "下达", "部署", "承诺", "安排", "规划", "要求", "提交", "列入", "涉及", "存在")
_SUBJECT = re.compile("(.{2,12}?)(?:完成|实现)")
_TOTALS = ("总量", "数量", "产值", "其")
_RATES = ("rate", "points", "times")
#: of a list in front of an amount, as much as can be a name
_LISTING = 14


class Grammar:
    """Reads sentences."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def read(
        self,
        text: str,
        start: int,
        end: int,
        mentions: list[Mention],
        topic: str = "",
        before: Sequence[Draft] = (),
    ) -> list[Draft]:
        """Drafts of the mentions of the sentence ``text[start:end]``; there are no traps among them.

        ``topic`` is the sentence before, when it is a short one that opens a paragraph; ``before`` the numbers
        of the sentence before, when this one follows it in its paragraph.
        """
        drafts: list[Draft] = []
        state = State(before=before)
        at = start
        clause_from = start
        after_noun = False
        waiting: list[Draft | None] = []
        bracketed = text.find("（", start, end) >= 0 or text.find("(", start, end) >= 0
        cuts = [match.start() for match in CUT.finditer(text, start, end)]
        last = len(mentions) - 1
        for n, mention in enumerate(mentions):
            left, right = mention.left, mention.right
            at = min(at, left)
            gap = text[at:left]
            first_cut = bisect_left(cuts, at)
            next_cut = bisect_left(cuts, left, first_cut)
            cut = next_cut > first_cut
            state.broken = False
            if cut:
                for one in cuts[first_cut:next_cut]:
                    if text[one] in _FULL_BREAK:
                        state.verb, state.run, state.broken, state.parted = "", [], True, False
                        if text[one] != "；" and text[one] != ";":
                            state.total = None
                        state.enterprises = ""
                words = text[cuts[next_cut - 1] + 1 : left]
            else:
                words = gap
            if bracketed:
                words = _look_at_brackets(gap, words, waiting, state)
            if bracketed and words[:1] in _OPENED and (remark := _REMARK.match(words)) is not None:
                words = words[remark.end() :]  # 事故2起（均为交通事故）、死亡2人
                gap = words
            if words[:1] in _CAN_LEAD:
                words = _LEADING.sub("", words)
            words_at = left - len(words)
            if words[-1:] == " ":
                words = words.rstrip()  # 是2025年的⏎2.5倍
            if bracketed and words[-1:] in _CLOSED and (remark := _LAST_REMARK.search(words)) is not None:
                words = words[: remark.start()] or words  # 存款余额（人民币口径、下同）2112亿元
            stop = mentions[n + 1].left if n < last else end
            next_cut = bisect_left(cuts, right, next_cut)
            ends = next_cut < len(cuts) and cuts[next_cut] < stop
            behind_it = text[right : cuts[next_cut] if ends else stop]
            if bracketed and waiting and (closed := _CLOSES.search(behind_it)) is not None:
                behind_it, ends = behind_it[: closed.end() - 1], True  # （含4所民办小学和21个教学点）
            state.inside = bool(waiting)
            context = Context(  # by place: a third of the time that names would take
                text,
                mention,
                mentions[n + 1 : n + 9],
                self._phrases.near(words),
                words,
                words_at,
                behind_it,
                not ends and n < last,
                after_noun and not cut,
                n > 0 and not cut and gap[:1] in _LINKS,
                clause_from,
                "" if n else topic,
                stop,
            )
            made, used = self._one(context, state)
            drafts += made
            at = right + used
            after_noun = used > 0 and context.reaches
            clause_from = right
        return drafts

    def _one(self, c: Context, state: State) -> tuple[list[Draft], int]:
        """Drafts for one mention, and how many characters behind it belong to its name."""
        if c.mention.kind == "ratio":
            drafts = read_ratio(c, state)
            state.last = drafts[-1] if drafts else state.last
            return drafts, 0
        self._look_at_words(c, state)
        naming = name_number(self._phrases, c, state)
        measured, value, naming = measure(c, naming, state)
        m = c.mention
        draft = Draft(m, m.start, m.end, value, m.unit, naming, measured, c.near, c.words, c.planned)
        _remember(draft, state)
        remember(self._phrases, draft, state)
        if draft.unit != "%" and (kind := self._phrases.enterprises(draft.noun)):
            state.enterprises = kind
        return [draft], naming.used

    def _look_at_words(self, c: Context, state: State) -> None:
        """Sets noun, verb and share: of the words before the number what names it; and whether it is a plan's."""
        near, rate = c.near, c.mention.kind in _RATES
        c.noun, c.verb = near.noun, near.verb
        if c.noun[-1:] in _CLOSED:
            c.noun = _LAST_REMARK.sub("", c.noun) or c.noun  # 辖区税收（不含印花税）突破
        if c.verb in _SETTING and near.tail == "的" and not c.noun:
            c.verb = ""  # 规划确定的9项指标
        whole, state.whole = state.whole, ""
        if near.listing and not (NAMING.match(c.right) if c.right else c.reaches):
            c.noun = near.listing[-_LISTING:]  # 修复沥青、侧石等7200平方米
        last = state.last
        planning = _PLANNING.search(c.words) is not None
        if whole and rate and last is not None and c.text[last.mention.right : c.mention.left] == "的":
            c.share = whole
        elif rate and _SHARE.match(c.verb + c.noun):
            c.share, c.noun, c.verb = c.verb + c.noun, "", ""
        elif rate and c.words in _PART and state.share:
            c.share, c.noun, c.verb = state.share, "", ""  # 第一产业占总收入的4%；第二产业15亿元，占53%
        elif rate and planning and c.mention.kind != "points" and (of_plan := _OF_PLAN.match(c.words)):
            c.share = of_plan["share"]
            own = self._phrases.near(of_plan["noun"])
            c.noun, c.verb = own.noun, own.verb
        elif rate and last is not None and c.words.endswith("的") and near.lead.endswith("完成") and not c.verb:
            c.share, c.noun = "完成" + c.noun, ""  # 移栽烤烟7万亩，完成指令性面积的120%
        elif rate and "占" in c.noun:
            head, _, whole = c.noun.partition("占")
            if head in self._phrases.bare or head in _TOTALS:
                # 增加值占GDP的10%: the head leans on the name before
                c.share, c.noun, c.verb = head + "占" + whole, "", ""
        elif c.noun:
            self._look_at_comparison(c)
        if not c.share and (planning or (last is not None and last.planned)):
            self._look_for_plan(c, state)
        sized = c.mention.kind in _COUNTED and (near.tail or c.words[-1:] in _SIZE_ENDS)
        if sized and _THRESHOLD.search(c.words):
            c.size = _THRESHOLD_LEAD.sub("", _THRESHOLD_TAIL.sub("", c.words))
        c.own = self._phrases.joined(c.noun) if c.noun else ""

    def _look_at_comparison(self, c: Context) -> None:
        """The noun without what is compared with: 比全市平均水平高600元, 降幅比上半年收窄3.2个百分点."""
        near, points = c.near, c.mention.kind == "points"
        if not near.change and c.mention.kind not in _RATES:
            change = self._phrases.compares(c.noun) if c.noun[0] in _COMPARING and _COMPARED.match(c.noun) else 0
            if change:
                c.near, c.noun = near._replace(change=change, tail=c.noun[-1] + near.tail), ""
            return
        compared = _COMPARED.search(c.noun)
        if compared is None or not (compared.start() == 0 or near.change or points):
            return
        if points and not near.change:
            c.near = near._replace(change=self._phrases.compares(c.noun))
        c.noun = c.noun[: compared.start()].removesuffix("分别")
        if near.change:
            c.near = self._phrases.headed(c.near, c.noun)
            c.noun = c.near.noun

    def _look_for_plan(self, c: Context, state: State) -> None:
        """地区生产总值年计划640亿元, 占年初计划5800万元的83%: the plan's figure has the name of what is planned."""
        if "占" in c.words or c.words.startswith("完成"):
            of = _WHOLE.search(c.words) if c.right == "的" and c.reaches else None
            if of is not None and c.mention.kind not in _RATES:
                state.whole = c.words[of.start() :]
                c.noun = c.noun.removeprefix("占")
        last, met = state.last, bool(state.whole) or _MET.match(c.text, c.mention.right) is not None
        if c.near.lead and _PLANNED_LEAD.search(c.near.lead):
            c.planned = True
        elif c.noun and (plan := self._phrases.plan(c.noun, counted=c.mention.unit in _ITEMS, met=met)):
            c.noun, c.planned = c.noun[:-plan], True
            c.near = self._phrases.headed(c.near, c.noun)
            c.noun = c.near.noun
        elif last is not None and last.planned and not (c.noun or c.verb or state.broken):
            c.planned = c.near.change != 0 and _DONE.search(c.words) is None  # 年计划640亿元，增长7%


def _look_at_brackets(gap: str, words: str, waiting: list[Draft | None], state: State) -> str:
    """Words without what stands before an open bracket; behind the bracket the name before it goes on.

    收入2亿元（主要是土地收入减少1亿元），下降9%: ``waiting`` holds what was last said before each bracket.
    """
    for mark in gap:
        if mark in "(（":
            waiting.append(state.last)
        elif mark in ")）" and waiting:
            state.last = waiting.pop() or state.last
    opened = max(words.rfind("("), words.rfind("（"))
    if opened <= max(words.rfind(")"), words.rfind("）")):
        return words
    inside = words[opened + 1 :]
    if not inside and words[:opened]:
        waiting[-1] = None  # 工业品价格指数同比持平（100），涨幅…: what stands before the bracket is named, and goes on
        return words
    return inside


def _remember(draft: Draft, state: State) -> None:
    rule, near = draft.naming.rule, draft.near
    if draft.measure == "change_rate":
        state.rates.append(draft)
    if draft.measure in ("level", "share") and rule not in ("carried", "share_of"):
        if state.last is not None and state.last.measure in ("change_rate", "change"):
            state.run = []
        state.run.append(draft)
        state.levels[draft.unit] = draft
    if near.verb and draft.naming.noun != near.verb:
        state.verb = near.verb
    elif near.noun and near.lead and rule == "before" and draft.unit not in ("%", "个百分点"):
        state.verb = ""  # 完成…, 实现…: a new predicate without a verb that names keep
    subject = _SUBJECT.match(near.noun) if "完成" in near.noun or "实现" in near.noun else None
    if subject is not None:
        state.subject = subject[1]
    elif rule == "after_noun" and state.last is not None:
        state.subject = state.last.noun
    if rule == "share_of":
        state.share = draft.name.removeprefix(draft.noun)
    if rule != "rank" or state.last is None or not draft.name.startswith(state.last.name):
        state.last = draft  # behind the rank of a thing (居全市第7位) it goes on about the thing
    if draft.mention.kind in _COUNTED and rule != "sized":
        state.counted = draft
