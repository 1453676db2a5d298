"""How a number gets its name: rules of the language, tried in order."""

from __future__ import annotations

import re
from collections.abc import Callable

from tasks.extract.draft import NOWHERE, Context, Naming, State
from tasks.extract.phrases import Phrases

#: where the words of one number end
CUT = re.compile(r"[，,；;：:。！!？?\n　\t]|\s{2,}|——|<[^>]*>")
#: what a name can begin with
NAMING = re.compile(r"[一-龥“《A-Za-z（(\"]")
_LINK = re.compile(r"[、，,和及与]?(?:以及|和|及|与)?\s?")
_PARTS = re.compile(r"、|和|及|与|以及")
_LISTED_ALSO = re.compile("[、和及与]")
_TRAILING = re.compile(r"(?:[、和及与并的了近约超共已也]|以及|等|分别|[“（(《])+$")
_PURPOSE = re.compile(r"[，,]([^，,。；;\d]{2,16})")
_COUNTED = ("count", "people")
_RATES = ("rate", "points", "times")
#: words behind a number longer than this are cut at a verb
_LONG = 24
#: one that is shorter cannot stand alone behind its number
_SHORT = 3

Segment = Callable[[str], list[str]]


class Namer:
    """Finds the name of one number."""

    def __init__(self, phrases: Phrases, segment: Segment) -> None:
        self._phrases = phrases
        self._segment = segment
        self._rules: tuple[Callable[[Context, State], Naming | None], ...] = (
            self._behind,
            self._behind_both,
            self._handed_out,
            self._parallel,
            self._respectively,
            self._all_alike,
            self._share_of,
            self._carried,
            self._verb_only,
            self._scoped,
            self._other_level,
            self._before,
        )

    def name(self, context: Context, state: State) -> Naming:
        """The name by the first rule that applies; empty when none finds a word."""
        for rule in self._rules:
            naming = rule(context, state)
            if naming is not None:
                return naming
        return Naming("", "", "", "none")

    # Behind the number

    def _noun_follows(self, c: Context, state: State) -> bool:
        """Whether the words behind the number name it: 26个项目, 完成17家企业改造."""
        right, kind = c.right, c.mention.kind
        if not right or NAMING.match(right) is None or c.near.change or self._phrases.is_predicate(right):
            return False
        if not c.noun:
            if kind == "rate" and (c.share or c.near.to or state.queue):
                return False
            return kind not in ("times", "points", "rank") or right.startswith("的")
        if kind in (*_RATES, "money", "per", "rank") or c.near.tail.endswith(("达", "到", "为")):
            return False
        if c.reaches:
            return self._phrases.split("　" + right) > 1
        return not (self._phrases.is_verb(right[:2]) and len(right) < _SHORT)

    def _behind(self, c: Context, state: State) -> Naming | None:
        if not self._noun_follows(c, state):
            return None
        phrases, m = self._phrases, c.mention
        piece = c.right.removeprefix("的")
        skip = len(c.right) - len(piece)
        take = phrases.split(piece) if c.reaches else len(piece)
        own = piece[:take]
        cleaned = _TRAILING.sub("", own)
        if not cleaned:
            return None
        first = _LISTED_ALSO.split(cleaned)[0] if own.endswith("等") else cleaned.partition("、")[0]
        if len(first) > _SHORT and not first.endswith(phrases.levels):
            cleaned = first
        spoken = phrases.spoken(cleaned)
        if len(spoken) > _LONG:
            spoken = spoken[: max(phrases.split(spoken), 6)]
        verb = c.verb or ("" if c.noun or c.near.lead or c.near.listing else state.verb)
        scope = c.noun if len(spoken) <= _SHORT else ""
        span = (m.right + skip, m.right + skip + len(cleaned))
        used = skip + take
        last = state.last
        if not c.words and last is not None and last.mention.right == m.left and last.mention.kind in _COUNTED:
            if last.naming.rule == "noun_behind_both":
                return Naming(last.name, last.verb, last.noun, "same_thing", span, used)
            # 贫困户390户577人脱贫: the second number is of the same people
            name = last.name + (spoken if len(spoken) <= 8 else "")
            return Naming(name, last.verb, last.noun, "same_thing", NOWHERE, used)
        name = spoken if m.kind == "rate" else verb + scope + spoken
        noun = spoken[: phrases.split(spoken)] if len(spoken) > _SHORT else spoken
        return Naming(name, verb, noun, "noun_behind", span, used)

    def _behind_both(self, c: Context, state: State) -> Naming | None:
        """6471户1.97万人实现预脱贫: the noun stands behind the next number."""
        if c.noun or c.right or not c.reaches or c.mention.kind not in _COUNTED:
            return None
        following = c.following[0]
        end = c.following[1].left if len(c.following) > 1 else len(c.text)
        cut = CUT.search(c.text, following.right, end)
        piece = c.text[following.right : cut.start() if cut else end]
        cleaned = _TRAILING.sub("", piece)
        if not cleaned or NAMING.match(cleaned) is None:
            return None
        noun = self._phrases.spoken(cleaned)
        verb = c.verb or state.verb
        return Naming(verb + noun, verb, noun, "noun_behind_both")

    # Names handed out to several numbers

    def _handed_out(self, c: Context, state: State) -> Naming | None:
        if not state.queue or c.noun or c.verb:
            state.queue = []
            return None
        name = state.queue.pop(0)
        return Naming(name, "", name, "distributed")

    def _parallel(self, c: Context, state: State) -> Naming | None:
        """企业、个体户检查频次分别下降57.4%、83.1%."""
        count = _parallel_count(c)
        if count < 2 or not c.noun:
            return None
        names = self._distribute(c.noun, count)
        if not names:
            return None
        state.queue = [c.verb + name for name in names[1:]]
        return Naming(c.verb + names[0], c.verb, names[0], "distributed")

    def _distribute(self, noun: str, count: int) -> list[str]:
        """The parts of a coordinated noun, each with the head or tail they share; none if they are not as many."""
        parts = [x for x in _PARTS.split(noun) if x]
        if len(parts) != count:
            parts = [x for x in noun.split("、") if x]
        if len(parts) != count:
            return []
        first, last = parts[0], parts[-1]
        head = next((h for h in self._phrases.heads if first.endswith(h)), "")
        if head:
            # 装备制造业增加值和投资: a shared head
            prefix = first.removesuffix(head)
            return [
                first,
                *(prefix + x if len(x) <= _SHORT and prefix and not x.startswith(prefix) else x for x in parts[1:]),
            ]
        # 企业、个体户检查频次: a shared tail, behind the first word of the last part
        taken = 0
        for token in self._segment(last):
            taken += len(token)
            if taken >= min(len(parts[-2]), 2):
                break
        tail = last[taken:]
        return [x if not tail or x.endswith(tail) else x + tail for x in parts[:-1]] + [last]

    def _respectively(self, c: Context, state: State) -> Naming | None:
        """旅客430万人次，收入6.5亿元，分别增长17%和25%: the levels before."""
        if c.noun or c.verb or "分别" not in c.near.tail:
            return None
        count = _parallel_count(c)
        run = state.run[-count:]
        if count < 2 or len(run) != count:
            return None
        state.queue = [draft.name for draft in run[1:]]
        return Naming(run[0].name, "", run[0].noun, "distributed_over_levels")

    def _all_alike(self, c: Context, state: State) -> Naming | None:
        """财政收入11.6亿元，预算收入6.73亿元，均增长6%."""
        if c.noun or c.verb or "均" not in c.near.tail or len(state.run) < 2:
            return None
        run = state.run[-3:]
        return Naming("、".join(draft.name for draft in run), "", run[-1].noun, "shared")

    # Names taken from before

    def _share_of(self, c: Context, state: State) -> Naming | None:
        """民生投入251.7亿元，占财政总支出74.2%."""
        if not c.share or c.noun or c.verb:
            return None
        base = state.last.name if state.last is not None else self._phrases.topic(c.clause)
        return Naming(base + c.share, "", base, "share_of")

    def _carried(self, c: Context, state: State) -> Naming | None:
        """投资21亿元，增长19.7%."""
        if c.noun or c.verb:
            return None
        last = state.last
        if last is None:
            topic = self._phrases.topic(c.clause)
            return Naming(topic, "", topic, "topic")
        name = last.name
        if last.verb and name.startswith(last.verb) and ("累计" in c.near.tail or "达" in c.near.tail):
            name = last.noun  # 新增高标准农田1000亩、累计达2.2万亩
        return Naming(name, last.verb, last.noun, "carried")

    def _verb_only(self, c: Context, state: State) -> Naming | None:
        """农村公厕改造14座、新建7座."""
        if c.noun or not c.verb:
            return None
        last, verb = state.last, c.verb
        base = ""
        if last is None:
            base = self._purpose(c, verb) or self._phrases.topic(c.clause)
        elif c.after_noun:
            base = last.noun
        elif c.mention.unit == last.unit or len(verb) < 4:
            base = self._phrases.core_noun(last.noun)
        return Naming(base + verb, "", base or verb, "verb_only")

    def _scoped(self, c: Context, state: State) -> Naming | None:
        """完成投资近100亿元: a head too bare to be a name takes the noun before it."""
        own = self._phrases.joined(c.noun)
        if not ((own in self._phrases.bare and not c.verb) or len(own) < 2):
            return None
        base = state.last.noun if state.last is not None else self._purpose(c, own) or self._phrases.topic(c.clause)
        if not base or base.endswith(own):
            return None
        return Naming(base + own, "", base + own, "scoped")

    def _purpose(self, c: Context, own: str) -> str:
        """投资1.4亿元，完成移民搬迁: what an amount without a name of its own was for."""
        if c.mention.kind != "money" or not own.endswith(self._phrases.purposes):
            return ""
        clause = _PURPOSE.match(c.text[c.mention.right : c.stop])
        if clause is None:
            return ""
        noun = self._phrases.near(clause[1]).noun
        return noun if 2 <= len(noun) <= 12 else ""

    def _other_level(self, c: Context, state: State) -> Naming | None:
        """市级政府挂牌督办整改1项、区级1项."""
        own, last = c.noun, state.last
        if own not in self._phrases.levels or last is None:
            return None
        level = next((x for x in self._phrases.levels if last.noun.startswith(x)), None)
        if level is None:
            return None
        own += last.noun.removeprefix(level)
        return Naming(c.verb + own, c.verb, own, "level_word")

    # Before the number

    def _before(self, c: Context, state: State) -> Naming | None:
        """规上工业总产值122.3亿元: the plain case."""
        own = self._phrases.joined(c.noun) + c.share
        verb = c.verb
        at = c.words.find(verb + c.noun)
        span = (c.words_at + at, c.words_at + at + len(verb + c.noun)) if at >= 0 else NOWHERE
        last = state.last
        if last is not None and c.after_noun and c.mention.kind == "money":
            return Naming(last.noun + verb + own, verb, own, "after_noun")
        if last is None or verb or c.after_noun:
            return Naming(verb + own, verb, own, "before", span)
        if last.unit == c.mention.unit:
            shared = self._shared_head(own, last.noun)
            if shared:
                own, span = shared, NOWHERE
            if state.verb and c.mention.kind not in (*_RATES, "rank"):
                return Naming(state.verb + own, state.verb, own, "verb_carried", span)
        return Naming(own, "", own, "before", span)

    def _shared_head(self, own: str, before: str) -> str:
        """示范镇3个、示范点5个: the noun goes on where the one before has the same word."""
        if not 2 <= len(own) <= 8 or before.startswith(own[:2]):
            return ""
        at = before.find(own[:2], 1)
        if at <= 0 or "”" in before[:at]:
            return ""
        shared = before[:at] + own
        return shared if len(shared) <= len(own) * 2 + 2 or at + len(own) == len(before) else ""


def _parallel_count(c: Context) -> int:
    """How many numbers of one unit follow one another with nothing but a link between."""
    count, right = 1, c.mention.right
    for following in c.following[:8]:
        gap = c.text[right : following.left]
        link = _LINK.match(gap)
        if following.unit != c.mention.unit or not gap or link is None or link.end() != len(gap):
            break
        count += 1
        right = following.right
    return count
