"""Which rules are worth trying for a number, and the name that the first of them finds.

A rule that cannot find anything is not asked: what is known of a number before any rule is tried (that it is a rate,
the first of its sentence, followed by one like it …) tells for most of them.
"""

from __future__ import annotations

from functools import lru_cache

from tasks.extract.behind import NAMING, behind, behind_both
from tasks.extract.draft import Context, Naming, State
from tasks.extract.naming import (
    COMPARING,
    Rule,
    against_goal,
    anything,
    arrived,
    before,
    carried,
    earned,
    effect,
    of_enterprises,
    of_herd,
    other_level,
    ranked,
    scoped,
    share_of,
    sized,
    verb_only,
)
from tasks.extract.parallel import (
    all_alike,
    handed_out,
    in_parallel,
    may_be_row,
    points_of,
    respectively,
    shares_of,
    totals_of,
)
from tasks.extract.phrases import Phrases
from tasks.extract.wholes import of_owner, part_of_whole

_RATES = ("rate", "points", "times")

#: for a number with a noun of its own before it, and for one without; the first that gives a name wins
WITH_NOUN: tuple[Rule, ...] = (
    against_goal,
    behind,
    behind_both,
    handed_out,
    points_of,
    totals_of,
    in_parallel,
    sized,
    of_enterprises,
    other_level,
    part_of_whole,
    of_herd,
    earned,
    arrived,
    effect,
    scoped,
    before,
    anything,
)
WITHOUT_NOUN: tuple[Rule, ...] = (
    against_goal,
    behind,
    behind_both,
    handed_out,
    in_parallel,
    sized,
    points_of,
    respectively,
    all_alike,
    shares_of,
    share_of,
    carried,
    arrived,
    effect,
    verb_only,
    anything,
)

#: what is known of a number, a bit each
_NOUN, _RATE, _POINTS, _LATER, _LINKED, _COMPARED = 1, 2, 4, 8, 16, 32
_WORDS_BEHIND, _NEXT_BEHIND, _ROW, _WAITING, _SIZE, _EFFECT = 64, 128, 256, 512, 1024, 2048

#: rules that find nothing without: words behind the number, a row of numbers like it, a number before it …
_NEEDS: tuple[tuple[int, tuple[Rule, ...]], ...] = (
    (_WORDS_BEHIND, (behind,)),
    (_NEXT_BEHIND, (behind_both,)),
    (_ROW, (points_of, totals_of, in_parallel, respectively, shares_of)),
    (_WAITING, (handed_out,)),
    (_SIZE, (sized,)),
    (_COMPARED, (against_goal,)),
    (_EFFECT, (effect,)),
    (_POINTS, (points_of,)),
    (_LINKED, (of_herd,)),
    (
        _LATER,
        (
            *(against_goal, handed_out, sized, of_enterprises, other_level, part_of_whole, of_herd, earned, arrived),
            *(points_of, totals_of, respectively, all_alike, shares_of),
        ),
    ),
)
#: rules that name amounts and no rates
_OF_AMOUNTS = (sized, of_enterprises, arrived, effect, of_herd)


@lru_cache(maxsize=1 << 12)
def _worth_trying(known: int) -> tuple[Rule, ...]:
    """The rules worth trying, in order, by what is known of a number."""
    useless = {rule for bit, rules in _NEEDS if not known & bit for rule in rules}
    if known & _RATE:
        useless.update(_OF_AMOUNTS)
    return tuple(rule for rule in (WITH_NOUN if known & _NOUN else WITHOUT_NOUN) if rule not in useless)


def name_number(phrases: Phrases, context: Context, state: State) -> Naming:
    """The name by the first rule that finds one; its name is empty when no word is left at all."""
    if context.mention.kind == "rank":
        return ranked(phrases, context, state)
    for rule in _worth_trying(_known(phrases, context, state)):
        naming = rule(phrases, context, state)
        if naming is not None and naming.name:
            return of_owner(phrases, naming, context, state) if state.owner else naming
    return Naming("", "", "", "none")


def _known(phrases: Phrases, c: Context, state: State) -> int:
    """What is known of a number before a rule is tried."""
    kind, last, right = c.mention.kind, state.last, c.right
    known = (_NOUN if c.noun else 0) | (_LINKED if c.linked else 0)
    if kind in _RATES:
        known |= (_RATE | _POINTS) if kind == "points" else _RATE
    elif (c.verb or c.noun)[:1] in phrases.effect_firsts:
        known |= _EFFECT
    if last is not None:
        known |= _LATER
        if c.words[:1] in COMPARING or last.naming.rule == "goal":
            known |= _COMPARED
    if right and NAMING.match(right) is not None:
        known |= _WORDS_BEHIND
    if c.following:
        known |= (_NEXT_BEHIND if c.reaches else 0) | (_ROW if may_be_row(c) else 0)
    if state.queue:
        known |= _WAITING
    return known | _SIZE if c.size else known
