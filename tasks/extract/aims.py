"""What a review says of what is not done yet: hopes, intentions, goals, and how far each of them reaches.

力争 and 将达 reach to the end of their clause, 计划投资 until something done is told.  What a verb of intention
opens (计划新建公路20公里；改造危桥5座) and what is said to be a goal (目标任务是：…；…) is a list, and goes on behind
semicolons.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tasks.extract.words import Words, alternation
from tasks.text.dates import PeriodMention

_FULL_BREAK, _ANY_BREAK = re.compile("[。；;]"), re.compile("[，,。；;]")
#: what 计划 follows when it is a verb (三年行动计划 and 人才计划 are names)
_LEADS = "(?<![一二三四五六七八九十]年)(?:^|(?<=[，,、。；;：:年月度还共镇乡村县市区步期局司]))"
#: verbs that names leave out
_BARE_VERBS = "完成|实现|达到"
_INTENDING = ("计划", "拟", "将")
#: 将 before a verb also marks what is acted on (将新增用地用于…); beside these it tells the future
_AHEAD = re.compile("[到至](?:19|20)[0-9]{2}年|下一?步|下半年|接下来|[年月]底前|今后|明年|届时|[成产工用]后")
#: with these it always does
_GOES_ON_TO = re.compile("将(?:继续|进一步|加快|力争|确保|全力|着力)")
#: 9月底前，6个村、1万名居民都将通上燃气: all before 将 is of the future as well
_DEADLINE = re.compile("[年月]底?前(?=[，,][^。；;]*将(?!近))")
#: what parts the words of an intention from a number that is no part of it
_DONE = re.compile("。(?!其中)|已|目前|实际|截至|累计")
#: what was reached on the way to what is hoped for
_SO_FAR = re.compile("[，,](?:目前|现已|截至|截止|实际完成|已(?:完成|实现|建成|入库|到位|落实|签约|开工))")
#: behind a semicolon, also these
_BEGINS_ANEW = re.compile("[；;](?:[^，,；;]{0,6}(?:完成|实现|达到?)|[^；;]{0,8}(?:投资|同比|[上去]年))")
#: a list is no list when the verb only says what something costs
_COSTS = ("投资", "总投资", "用", "发展", "脱贫", "减贫")
#: 目标任务是：…, 任务为…, 在…发展目标方面
_LEAD_IN = re.compile(
    "(?:主要|预期|发展|奋斗|工作|总体|年度|具体|各项)*(?:目标|任务)(?:任务|要求)?"
    "(?:是(?!否)|为(?!导向|引领|牵引|基础)|[:：]|如下[:：]|方面[，,])"
)
_GOALS = ("目标", "任务")
#: 投产后可实现产值10亿元; 建成后，年产值将达10亿元
_ONCE_BUILT = re.compile(
    "(?:建成|投产|达产|完工|竣工|投用|投入使用|投入运营|运营|达效|实施|完成)(?:投产|达效|投用)?后[，,]?[^，,。；;0-9]{0,8}?(?:可|将|预计|年(?=[产发处加创实新]))"
)
#: 高出预期目标1.9个百分点 is a result
_MET = re.compile("(?:高出|高于|低于|超出|超过|超额完成|好于|快于|优于|完成|实现|达到|符合)[^，,。；;0-9]{0,8}$")


class Aim(NamedTuple):
    """Something not done yet: where it is said, and of which kind: hope, goal, list or intention."""

    at: int
    kind: str


class Aims:
    """Finds what is intended in sentences."""

    def __init__(self, words: Words) -> None:
        status = words.status
        verbs = alternation(verb for verb in (*words.action.verbs, *words.action.whole) if len(verb) > 1)
        self._hope = re.compile(alternation(status.hope))
        self._intended = re.compile(
            f"{alternation(status.intended)}|{_LEADS}(?P<listing>(?:计划|拟)的?)(?={verbs}|{_BARE_VERBS})"
        )
        rest = (word for word in status.intended if not any(short in word for short in _INTENDING))
        self._intending = (*_INTENDING, *rest)
        self._will = re.compile(f"将(?={verbs})")
        #: without one of these in a sentence nothing is intended
        self.telling = (*status.hope, *self._intending, *_GOALS, "后可", "后年", "后，", "后,")

    def find(self, sentence: str) -> list[Aim]:
        """All that a sentence of a review says of what is not done yet."""
        told = [(match.start(), "hope") for match in self._hope.finditer(sentence)]
        if "目标" in sentence or "任务" in sentence:
            told += [(match.start(), "goal") for match in _LEAD_IN.finditer(sentence)]
        found = [Aim(at, kind) for at, kind in told if _MET.search(sentence, max(0, at - 14), at) is None]
        if "后" in sentence:
            found += [Aim(match.start(), "hope") for match in _ONCE_BUILT.finditer(sentence)]
        if any(word in sentence for word in self._intending):
            for match in self._intended.finditer(sentence):
                listing = match["listing"] is not None and not sentence.startswith(_COSTS, match.end())
                found.append(Aim(match.start(), "list" if listing else "intention"))
            if "将" in sentence:
                if _AHEAD.search(sentence):
                    found += [Aim(match.start(), "intention") for match in self._will.finditer(sentence)]
                else:
                    found += [Aim(match.start(), "intention") for match in _GOES_ON_TO.finditer(sentence)]
                found += [Aim(match.start(), "intention") for match in _DEADLINE.finditer(sentence)]
        return found


def aimed(
    sentence: str, aims: list[Aim], at: int, said: PeriodMention | None, review: int | None, *, level: bool
) -> bool:
    """Whether one of the aims covers the number at the offset.

    Args:
        sentence: the sentence.
        aims: what was found in it.
        at: where the number stands.
        said: the expression of time that governs it.
        review: the last year reported on.
        level: it is an amount or a count; 计划 and the like make no changes intentions.
    """
    return any(aim.at < at and _covers(sentence, aim, at, said, review, level=level) for aim in aims)


def _covers(sentence: str, aim: Aim, at: int, said: PeriodMention | None, review: int | None, *, level: bool) -> bool:
    if aim.kind == "hope":
        if _SO_FAR.search(sentence, aim.at, at) is not None:
            return False  # 力争突破5000万元，目前已入库4600万元
        if _FULL_BREAK.search(sentence, aim.at, at) is not None:
            return False
        here = said is not None and said.start < aim.at and _ANY_BREAK.search(sentence, aim.at, at) is None
        return not _is_past(said, review, within=here)
    if aim.kind == "goal":
        past = said is not None and said.start > aim.at and _is_past(said, review)
        return not past and _DONE.search(sentence, aim.at, at) is None
    if not level or _DONE.search(sentence, aim.at, at) is not None:
        return False
    end = _FULL_BREAK.search(sentence, aim.at, at)
    return end is None or (aim.kind == "list" and _BEGINS_ANEW.search(sentence, end.start(), at) is None)


def _is_past(said: PeriodMention | None, review: int | None, *, within: bool = False) -> bool:
    """Whether the time told has passed; the year under review has not, ``within`` it something may still be hoped."""
    if said is None or said.period is None or review is None or said.kind == "within_year":
        return False
    last = int(said.period.end[:4])
    return last < review or (last == review and said.kind != "as_of" and not within)  # 年底前将完成 is still to come
