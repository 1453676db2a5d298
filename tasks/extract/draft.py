"""What the grammar of a sentence hands from rule to rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from schemas.record import Measure
from tasks.extract.mentions import Mention
from tasks.extract.phrases import Near

_BRACKETS = re.compile(r"[（(][^（()）]{0,30}[)）]")
_CLAUSES = re.compile("[，,；;。！!？?：:\n]")

#: a clause is longer than a link
_SHORTEST = 2
#: the name does not stand in one piece
NOWHERE = (-1, -1)


class Naming(NamedTuple):
    """A name and how it was found.

    Attributes:
        name: what is measured.
        verb, noun: the halves of the name that later numbers of the sentence may take up.
        rule: the rule that found it.
        span: where the name stands in the text when it stands in one piece.
        used: how many characters behind the number belong to the name.
    """

    name: str
    verb: str
    noun: str
    rule: str
    span: tuple[int, int] = NOWHERE
    used: int = 0


@dataclass(slots=True)
class Draft:
    """A number with its name and measure, not yet dated.

    Attributes:
        mention: the number; of a ratio, each part has a draft of its own.
        start, end: the value in the text.
        naming: name, its halves and its rule.
        near: the words before the number, taken apart.
        words: those words as written.
        planned: the number is a plan's: 年计划640亿元.
        name, verb, noun: those of ``naming``.
    """

    mention: Mention
    start: int
    end: int
    value: Decimal
    unit: str
    naming: Naming
    measure: Measure
    near: Near
    words: str
    planned: bool = False
    name: str = field(init=False)
    verb: str = field(init=False)
    noun: str = field(init=False)

    def __post_init__(self) -> None:
        self.name, self.verb, self.noun = self.naming[:3]


@dataclass(slots=True)
class State:
    """What a sentence has said so far.

    Attributes:
        last: the draft before.
        verb: the verb that a list of nouns goes on with.
        run: the levels since the last rate: what 均增长 and 分别增长 speak of.
        subject: whose amounts a list of heads goes on with.
        enterprises: the kind of enterprises whose amounts a list of heads goes on with.
        queue: names handed out in advance by 分别 or by a parallel list.
        whole: the words before an amount of which the next number is a share: 占年初计划5800万元的83%.
        rates: the rates of change of the sentence.
        parted: parts of a whole are told, with 其中, up to the next full break.
        broken: a full stop or semicolon stands between the last number and the next.
        counted: the draft of the last count.
        levels: the last level of each unit; ``total`` is the one of them whose parts are told.
        before: the numbers of the sentence before.
        share: the words of the last share: 占总收入.
        inside: the number stands in brackets.
        owner: the things counted last, whose properties follow.
    """

    last: Draft | None = None
    verb: str = ""
    run: list[Draft] = field(default_factory=list)
    queue: list[str] = field(default_factory=list)
    subject: str = ""
    enterprises: str = ""
    whole: str = ""
    rates: list[Draft] = field(default_factory=list)
    parted: bool = False
    broken: bool = False
    counted: Draft | None = None
    levels: dict[str, Draft] = field(default_factory=dict)
    total: Draft | None = None
    owner: str = ""
    inside: bool = False
    share: str = ""
    before: Sequence[Draft] = ()


@dataclass(slots=True)
class Context:
    """A mention with its surroundings.

    Attributes:
        mention, following: the number; the numbers after it in the sentence.
        near: the words before it, taken apart; ``words`` as written, from ``words_at`` in the text.
        noun, verb: of ``near``, as far as they name the number.
        own: the noun without the verbs of completion in its midst.
        share: 占财政总支出: the whole of which the number is a share.
        right: the words behind it up to a comma or the next number; ``reaches`` tells that it is the
            next number.
        after_noun: the words before it follow the noun of the number before, without a comma.
        linked: 、 or 和 ties them to the number before.
        earlier_from: where what stands before these words begins: behind the number before, or with
            the sentence; ``topic`` is, for the first number, the sentence before when that is a topic.
        stop: where the words behind it end at the latest.
        planned: the number is a plan's.
        size: 注册资金1000万元以上: what is counted has this size.
    """

    text: str
    mention: Mention
    following: list[Mention]
    near: Near
    words: str
    words_at: int
    right: str
    reaches: bool
    after_noun: bool
    linked: bool
    earlier_from: int
    topic: str
    stop: int
    noun: str = ""
    verb: str = ""
    own: str = ""
    share: str = ""
    planned: bool = False
    size: str = ""

    @property
    def earlier(self) -> str:
        """What stands before these words."""
        return self.topic + self.text[self.earlier_from : self.words_at]

    @property
    def opening(self) -> bool:
        """Whether words of the same sentence stand before these."""
        return self.words_at - self.earlier_from >= _SHORTEST

    @property
    def clause(self) -> str:
        """The last clause before these words that has words of its own."""
        return self._last_clause()[0]

    @property
    def fresh_clause(self) -> str:
        """That clause, when a comma parts it from the number before it; else ``""``."""
        clause, fresh = self._last_clause()
        return clause if fresh else ""

    def _last_clause(self) -> tuple[str, bool]:
        earlier = self.earlier
        if len(earlier) < _SHORTEST:
            return "", False
        pieces = _CLAUSES.split(_BRACKETS.sub("", earlier))
        for n in range(len(pieces) - 1, -1, -1):
            if len(pieces[n]) > 1:
                return pieces[n], n > 0
        return "", False
