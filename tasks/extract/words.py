"""The word lists of the sentence grammar, as they stand in config/vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from pydantic import BaseModel, ConfigDict


class _Exact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class UnitWords(_Exact):
    """The content of units.toml."""

    kinds: dict[str, tuple[str, ...]]
    count: tuple[str, ...]
    per: tuple[str, ...]
    spellings: dict[str, str]
    not_before: dict[str, str]

    @cached_property
    def kind_of(self) -> dict[str, str]:
        """Every unit as written → its kind."""
        kinds = dict.fromkeys(self.count, "count")
        for kind, words in self.kinds.items():
            kinds.update(dict.fromkeys(words, kind))
        return kinds


class _Lead(_Exact):
    manner: tuple[str, ...]
    order: tuple[str, ...]
    place: tuple[str, ...]
    time: tuple[str, ...]
    hope: tuple[str, ...]
    result: tuple[str, ...]
    guards: dict[str, str]


class _Action(_Exact):
    whole: tuple[str, ...]
    guards: dict[str, str]
    verbs: tuple[str, ...]


class _Change(_Exact):
    up: tuple[str, ...]
    down: tuple[str, ...]
    growth_heads: tuple[str, ...]
    fall_heads: tuple[str, ...]
    more: tuple[str, ...]
    less: tuple[str, ...]


class _Tail(_Exact):
    copula: tuple[str, ...]
    comparison: tuple[str, ...]
    bases: tuple[str, ...]
    guards: dict[str, str]


class NameWords(_Exact):
    """Words about names."""

    of_list: tuple[str, ...]
    bare: tuple[str, ...]
    pairs: tuple[str, ...]
    totals: tuple[str, ...]
    arrived: tuple[str, ...]
    earned: tuple[str, ...]
    quantities: tuple[str, ...]
    scopes: tuple[str, ...]
    kinds: tuple[str, ...]
    properties: tuple[str, ...]
    whole_terms: tuple[str, ...]
    after_list: tuple[str, ...]
    topic_ends: tuple[str, ...]
    topic_predicates: tuple[str, ...]
    effects: tuple[str, ...]
    doings: tuple[str, ...]
    heads: tuple[str, ...]
    people: tuple[str, ...]
    predicates: tuple[str, ...]
    mid_results: tuple[str, ...]
    mid_adverbs: tuple[str, ...]
    mid_guard: tuple[str, ...]
    mid_adverb_after: str
    full_heads: tuple[str, ...]
    of_rates: tuple[str, ...]
    modifiers: tuple[str, ...]
    noun_like: tuple[str, ...]
    doing_nouns: tuple[str, ...]
    predicate_guards: dict[str, str]
    rank_scope: tuple[str, ...]
    rank_verbs: tuple[str, ...]
    judged: tuple[str, ...]
    levels: tuple[str, ...]
    goals: tuple[str, ...]
    of_enterprises: tuple[str, ...]
    enterprises: tuple[str, ...]
    purposes: tuple[str, ...]


class _Subjects(_Exact):
    ends: tuple[str, ...]
    village_common: tuple[str, ...]
    village_own: tuple[str, ...]
    common: tuple[str, ...]


class _Period(_Exact):
    stands: tuple[str, ...]
    stocks: tuple[str, ...]
    holdings: tuple[str, ...]
    running_rates: tuple[str, ...]
    flows: tuple[str, ...]


class _Compared(_Exact):
    previous_year: tuple[str, ...]
    previous_period: tuple[str, ...]
    plan: tuple[str, ...]


class _Status(_Exact):
    hope: tuple[str, ...]
    intended: tuple[str, ...]
    estimate: tuple[str, ...]


class Words(_Exact):
    """The content of words.toml."""

    lead: _Lead
    action: _Action
    change: _Change
    tail: _Tail
    names: NameWords
    subjects: _Subjects
    period: _Period
    compared: _Compared
    status: _Status


class _Bare(_Exact):
    heads: tuple[str, ...]
    money: tuple[str, ...]


class _Around(_Exact):
    before_ends: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class _Threshold(_Exact):
    kinds: tuple[str, ...]
    counted: tuple[str, ...]
    things: tuple[str, ...]
    capacity_things: tuple[str, ...]
    capacity_before: tuple[str, ...]


class _Time(_Exact):
    heads: tuple[str, ...]


class TrapWords(_Exact):
    """The content of traps.toml."""

    bare: _Bare
    number: _Around
    unit: _Around
    threshold: _Threshold
    time: _Time


def alternation(words: Iterable[str], guards: Mapping[str, str] | None = None) -> str:
    """The words as one alternation that prefers longer ones.

    The expression looks at the first character in a set before it tries any word: hundreds of words
    then cost a place of the text that begins none of them no more than one look.

    Args:
        words: the words.
        guards: word → characters; the word does not match in front of one of them.
    """
    return _alternation((w, _guard(w, guards)) for w in set(words))


def sought(words: Iterable[str]) -> str:
    """The same for an expression that begins with the words and is searched for.

    A search skips by itself what begins no word; a look at the first character would keep it from doing so.
    """
    return _any_of((w, "") for w in set(words))[1]


def reversed_alternation(words: Iterable[str], guards: Mapping[str, str] | None = None) -> str:
    """The words spelled backwards as one alternation: matches the end of a text turned round."""
    return _alternation((w[::-1], _guard(w, guards)) for w in set(words))


def _alternation(words: Iterable[tuple[str, str]]) -> str:
    firsts, any_of = _any_of(words)
    return f"(?=[{firsts}]){any_of}"


def _any_of(words: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """The first characters of words, escaped for a set, and the words as one group; longer ones first."""
    by_first: dict[str, list[tuple[str, str]]] = {}
    for word, guard in sorted(words, key=lambda x: (-len(x[0]), x[0])):
        by_first.setdefault(word[0], []).append((word[1:], guard))
    groups = []
    for first, rests in sorted(by_first.items()):
        tails = "|".join(re.escape(rest) + guard for rest, guard in rests)
        groups.append(f"{re.escape(first)}(?:{tails})" if len(rests) > 1 else re.escape(first) + tails)
    firsts = "".join(re.escape(first) for first in sorted(by_first))
    return firsts, f"(?:{'|'.join(groups)})"


def _guard(word: str, guards: Mapping[str, str] | None) -> str:
    characters = guards.get(word) if guards else None
    return f"(?![{characters}])" if characters else ""
