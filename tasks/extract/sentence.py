"""The grammar of a sentence: which words name which number.

A sentence is walked from number to number. What stands between two numbers is cut at the last comma;
the words before the cut finish what came before, the words after it lead to the next number.
"""

from __future__ import annotations

import re

from tasks.extract.behind import CUT, NAMING
from tasks.extract.draft import Context, Draft, State
from tasks.extract.measuring import measure
from tasks.extract.mentions import Mention
from tasks.extract.naming import name_number
from tasks.extract.phrases import Phrases
from tasks.extract.ratios import read_ratio

_FULL_BREAK = frozenset("；;。！？\n")
_LINKS = frozenset("、和与及以")
_LEADING = re.compile(
    r"^(?:[、的了]|和(?![谐平美])|及(?![时格])|与(?!会)|并(?![购网联])|以及|[”）)》]|[（(](?=[折约合]))+"
)
_CAN_LEAD = frozenset("、的了”）)》和及与并以（(")
_COMPARED = re.compile(r"(?:比|较|高于|低于|快于|慢于|好于|高出|低出|超出)(?![例重较率值])[^，,]*$")
_SHARE = re.compile("^约?占(?:到|据)?")
_OF_PLAN = re.compile("(?:占|完成|为|是)?[^，,]{0,6}(?:目标|任务|计划|预算|目标任务)的?$")
_SUBJECT = re.compile("(.{2,12}?)(?:完成|实现)")
_TOTALS = ("总量", "数量", "产值", "其")
_RATES = ("rate", "points", "times")
#: of a list in front of an amount, as much as can be a name
_LISTING = 14


class Grammar:
    """Reads sentences."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def read(self, text: str, start: int, end: int, mentions: list[Mention], topic: str = "") -> list[Draft]:
        """Drafts of the mentions of the sentence ``text[start:end]``; there are no traps among them.

        ``topic`` is the sentence before, when it is a short one that opens a paragraph.
        """
        drafts: list[Draft] = []
        state = State()
        at = start
        clause_from = start
        after_noun = False
        for n, mention in enumerate(mentions):
            at = min(at, mention.left)
            gap = text[at : mention.left]
            cut = 0
            for match in CUT.finditer(gap):
                cut = match.end()
                if gap[cut - 1] in _FULL_BREAK:
                    state.verb, state.run = "", []
            words = gap[cut:] if cut else gap
            if words[:1] in _CAN_LEAD:
                words = _LEADING.sub("", words)
            words_at = mention.left - len(words)
            stop = mentions[n + 1].left if n + 1 < len(mentions) else end
            ends = CUT.search(text, mention.right, stop)
            context = Context(
                text=text,
                mention=mention,
                following=mentions[n + 1 : n + 9],
                near=self._phrases.near(words),
                words=words,
                words_at=words_at,
                right=text[mention.right : ends.start() if ends else stop],
                reaches=ends is None and n + 1 < len(mentions),
                after_noun=after_noun and not cut,
                linked=n > 0 and not cut and gap[:1] in _LINKS,
                earlier=text[clause_from:words_at] if n else topic + text[start:words_at],
                stop=stop,
            )
            made, used = self._one(context, state)
            drafts += made
            at = mention.right + used
            after_noun = used > 0 and context.reaches
            clause_from = mention.right
        return drafts

    def _one(self, c: Context, state: State) -> tuple[list[Draft], int]:
        """Drafts for one mention, and how many characters behind it belong to its name."""
        if c.mention.kind == "ratio":
            drafts = read_ratio(c, state)
            state.last = drafts[-1] if drafts else state.last
            return drafts, 0
        self._look_at_words(c)
        naming = name_number(self._phrases, c, state)
        measured, value, naming = measure(c, naming, state)
        m = c.mention
        draft = Draft(m, m.start, m.end, value, m.unit, naming, measured, c.near, c.words)
        _remember(draft, state)
        return [draft], naming.used

    def _look_at_words(self, c: Context) -> None:
        """Sets noun, verb and share: of the words before the number what names it."""
        near = c.near
        c.noun, c.verb = near.noun, near.verb
        if near.listing and not (NAMING.match(c.right) if c.right else c.reaches):
            c.noun = near.listing[-_LISTING:]  # 修复沥青、道板等8400平方米
        rate = c.mention.kind in _RATES
        if rate and (_SHARE.match(c.noun) or _OF_PLAN.match(c.words)):
            c.share = c.noun if _SHARE.match(c.noun) else c.words.removesuffix("的")
            c.noun = c.verb = ""
        elif rate and "占" in c.noun:
            head, _, whole = c.noun.partition("占")
            if head in self._phrases.bare or head in _TOTALS:
                # 增加值占GDP的10%: the head leans on the name before
                c.share, c.noun, c.verb = head + "占" + whole, "", ""
        elif c.noun and (rate or near.change):
            compared = _COMPARED.search(c.noun)
            if compared is not None and (compared.start() == 0 or near.change or c.mention.kind == "points"):
                c.noun = c.noun[: compared.start()]


def _remember(draft: Draft, state: State) -> None:
    rule, near = draft.naming.rule, draft.near
    if draft.measure in ("level", "share") and rule not in ("carried", "share_of", "distributed"):
        if state.last is not None and state.last.measure in ("change_rate", "change"):
            state.run = []
        state.run.append(draft)
    if near.verb and draft.naming.noun != near.verb:
        state.verb = near.verb
    elif near.noun and near.lead and rule == "before" and draft.unit not in ("%", "个百分点"):
        state.verb = ""  # 完成…, 实现…: a new predicate without a verb that names keep
    subject = _SUBJECT.match(near.noun)
    if subject is not None:
        state.subject = subject[1]
    elif rule == "after_noun" and state.last is not None:
        state.subject = state.last.noun
    state.last = draft
