"""What jieba brings with it: its dictionary, and which classes of words its tagger expects behind which."""

from __future__ import annotations

import math
import runpy
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

#: Bounds of what the class of a word may gain or cost it behind another: nats.
_MOST, _LEAST = 2.0, -3.0

#: Classes whose words join what follows them, and so hardly stand in front of a stop (prepositions,
#: conjunctions, adverbs, attributes, structural particles, prefixes), and what that costs.
_JOINING = {"p": -3.0, "c": -3.0, "d": -2.5, "b": -1.5, "h": -3.0, "uv": -3.0, "ud": -3.0, "uj": -1.5}


@dataclass(frozen=True)
class Classes:
    """Classes of words: a letter code of the tagger with S for one character, B for more.

    Attributes:
        names: by number; number 0 stands for the start of a sentence or no class known.
        follows: by number: logarithm of how much likelier a class is behind another than anywhere.
        final: by number: what a class gains in front of a stop.
        characters: class of each character as a word of its own.
    """

    names: tuple[str, ...]
    follows: tuple[tuple[float, ...], ...]
    final: tuple[float, ...]
    characters: Mapping[str, int]

    def number(self, word: str, kind: str | None) -> int:
        """The class of a word by its letter code in the dictionary, which is not asked for single characters."""
        if len(word) == 1:
            return self.characters.get(word, 0)
        name = f"B{kind}"
        return self.names.index(name) if name in self.names else 0

    def longer(self, number: int) -> int:
        """The class of a longer word that ends with a word of this class."""
        name = f"B{self.names[number][1:]}"
        return self.names.index(name) if name in self.names else 0


def dictionary_words() -> list[tuple[str, int, str]]:
    """Word, count and letter code of its class of each entry of jieba's dictionary."""
    text = resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    found = []
    for line in text.splitlines():
        word, count, *kind = line.split(" ")
        found.append((word, int(count), kind[0] if kind else ""))
    return found


def word_classes() -> Classes:
    """The classes of jieba's tagger, a hidden Markov model over (place in the word, class)."""
    trans: Mapping[tuple[str, str], Mapping[tuple[str, str], float]] = _table("prob_trans")
    start: Mapping[tuple[str, str], float] = _table("prob_start")
    emit: Mapping[tuple[str, str], Mapping[str, float]] = _table("prob_emit")
    states = sorted({s for s in start if s[0] in "SB" and start[s] > -1e50})
    row: dict[tuple[str, str], Mapping[tuple[str, str], float]] = {}
    for place, kind in states:
        found = trans.get((place if place == "S" else "E", kind), {})
        if found:
            row[place, kind] = found
    states = [s for s in states if s in row]
    share = _stationary(states, row, start)
    states = [s for s in states if share[s] > 1e-6]

    def gains(these: Mapping[tuple[str, str], float]) -> tuple[float, ...]:
        values = (these.get(s, -99.0) - math.log(share[s]) for s in states)
        return (0.0, *(min(_MOST, max(_LEAST, value)) for value in values))

    best: dict[str, tuple[float, int]] = {}
    for n, state in enumerate(states, 1):
        if state[0] == "S":
            for character, value in emit.get(state, {}).items():
                weight = value + math.log(share[state])
                if weight > best.get(character, (-40.0, 0))[0]:
                    best[character] = weight, n
    return Classes(
        names=("", *(place + kind for place, kind in states)),
        follows=(gains(start), *(gains(row[s]) for s in states)),
        final=(0.0, *(_JOINING.get(kind, 0.0) for _, kind in states)),
        characters={character: n for character, (_, n) in best.items()},
    )


def _table(name: str) -> Any:
    # Run, not imported: an imported module would stay in memory with its hundred megabytes.
    with resources.as_file(resources.files("jieba").joinpath("posseg", f"{name}.py")) as path:
        return runpy.run_path(str(path))["P"]


def _stationary(
    states: list[tuple[str, str]],
    row: Mapping[tuple[str, str], Mapping[tuple[str, str], float]],
    start: Mapping[tuple[str, str], float],
) -> dict[tuple[str, str], float]:
    """The share of each state in a text of sentences of ten words."""
    fresh = {s: math.exp(start[s]) for s in states}
    share = fresh
    for _ in range(60):
        new = {s: 0.1 * fresh[s] for s in states}
        for s, part in share.items():
            for t, value in row[s].items():
                if t in new:
                    new[t] += 0.9 * part * math.exp(value)
        share = new
    total = sum(share.values())
    return {s: max(part / total, 1e-12) for s, part in share.items()}
