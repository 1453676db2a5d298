"""Undoes the damage of byte replacements that hit across character boundaries.

A converter site wrote the page as GBK and replaced *bytes*: a traditional character by itself and its
pinyin, full-width punctuation by ASCII.  Where the second byte of one character and the first of the
next make such a code, the replacement tears the pair apart; what follows is read out of step until an
ASCII byte brings it back, and pairs that are no character vanish.  控斷面水質 became 控?cái)嗝嫠|(zhì).

This module finds the runs; :mod:`tasks.normalise.search` reads them.  Nothing is trained on reports: the
words are those of a dictionary, of the vocabulary, and of the undamaged rest of the document.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from tasks.normalise.search import RunSearch
from tasks.normalise.signs import SIGN, suspicious

#: a converter leaves a sign of damage in at most so many characters, and so many more in a short text
_ONE_IN, _MOST_SIGNS = 125, 60


class Repaired(NamedTuple):
    """A damaged run and what it said: ``restored`` is in the characters the page had before.

    ``restored`` is None when no reading is possible.
    """

    start: int
    end: int
    restored: str | None
    confidence: float


def damage_possible(text: str) -> bool:
    """Whether a text has a sign of damage at all; costs next to nothing."""
    return SIGN.search(text) is not None


def repairs(text: str, search: RunSearch) -> Iterator[Repaired]:
    """The damaged runs in the order of the text.

    Where there are more than a converter makes, something else broke the text: none is read.
    """
    signs = [sign.start() for sign in SIGN.finditer(text) if suspicious(text, sign.start())]
    if len(signs) > _MOST_SIGNS + len(text) // _ONE_IN:
        yield from (Repaired(start, start + 1, None, 0.0) for start in signs)
        return
    at = 0
    while (sign := SIGN.search(text, at)) is not None:
        at = sign.start() + 1
        if not suspicious(text, sign.start()):
            continue
        found = search.run(sign.start())
        if found is None:
            yield Repaired(sign.start(), at, None, 0.0)
            continue
        at = max(at, found.end)
        if found.made:
            # How likely the words are in themselves tells as much as how far behind the other readings are.
            fluent = 1 / (1 + math.exp((found.badness - 11.0) * 1.2))
            yield Repaired(sign.start(), found.end, found.made, round(found.margin * fluent, 3))
