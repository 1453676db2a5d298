"""Values hypotheses about a damaged run: the language model, and what this document says elsewhere."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import NamedTuple

from tasks.normalise.language import LONGEST, UNSEEN, Language

_CHINESE = re.compile("[\u4e00-\u9fff]+")

#: Logarithm of the probability of a common mark.
MARK = -5.0

#: Logarithms for what is no Chinese character, by how usual it is in a report.
_MARKS = {
    **dict.fromkeys("。、,“”;:；：，\n", MARK),
    **dict.fromkeys("《》()（）·—％%.", -6.0),
    **dict.fromkeys("0123456789", -3.5),
}
_OTHER_MARK = -12.0
_LETTER = -6.0
_QUESTION = -9.0

#: A stop hardly follows another, nor an opening mark.
_STOPS = frozenset("。、,;:!?，；：！？")
_NO_STOP_AFTER = _STOPS | frozenset("“《(（")
_QUOTED_STOPS = frozenset(("。”", "，”", ",”", "；”", ";”"))
_DOUBLED = -6.0
_STOP_IN_QUOTES = -2.5


#: Characters that a number follows more often than any other.
_BEFORE_NUMBERS = {**dict.fromkeys("等达", 3.0), **dict.fromkeys("近超约过第共", 2.0)}

#: What a character gains when it stands behind the same one, two or three characters elsewhere in the
#: document, once; more often is worth a little more. Apart from the words, so that no chance neighbours
#: pass for one.
_FAMILIAR = (0.0, 1.0, 3.0, 4.5)


class Reading(NamedTuple):
    """How well a text reads so far.

    Attributes:
        ends: logarithms of the best segmentation that ends 0, 1, 2 … characters before the present end.
        tail: the last characters, as far as a word can still reach back.
        value: logarithm of the best segmentation, counting a word begun but not ended.
        open: for 1, 2, 3 characters before the present end: whether a word may begin there and go on.
    """

    ends: tuple[float, ...]
    tail: str
    value: float
    open: tuple[bool, ...]


START = Reading((0.0,), "", 0.0, ())


class Scorer:
    """The language model with the chunks of one document on top.

    A name that stands ten times unharmed in the document is no surprise in a damaged run.
    """

    def __init__(self, language: Language, clean_text: str) -> None:
        self._language = language
        self._characters = language.characters
        self._beginnings = language.beginnings
        self._memo: dict[str, tuple[float | None, float | None, float]] = {}
        self._seen, self.known = _chunks(clean_text)
        self._log_size = math.log(max(2000, len(clean_text)))

    def character(self, simplified: str) -> float:
        """Logarithm of the probability of a single simplified character, as such or in this document."""
        if not "\u4e00" <= simplified <= "\u9fff":
            return self._mark(simplified)
        value = self._characters.get(simplified, UNSEEN)
        return max(value, -self._log_size - 0.7) if simplified in self.known else value

    def read(self, so_far: Reading, simplified: str) -> Reading:
        """The reading one character further on."""
        ends, tail, _, may_go_on = so_far
        if not "\u4e00" <= simplified <= "\u9fff":
            total = ends[0] + self._mark(simplified)
            before = tail[-2:]
            if simplified in _STOPS and before and (before[-1] in _NO_STOP_AFTER or before in _QUOTED_STOPS):
                total += _DOUBLED
            elif simplified == "”" and before and before[-1] in _STOPS:
                total += _STOP_IN_QUOTES
            elif "0" <= simplified <= "9":
                total += _BEFORE_NUMBERS.get(before[-1:], 0.0)
            return Reading((total,), before[-1:] + simplified, total, ())
        best = ends[0] + self.character(simplified)
        value = ends[0] + self._beginnings.get(simplified, UNSEEN)
        gain = 0.0
        still = [True, False, False]
        for back, going in enumerate(may_go_on, 1):
            if not going:
                continue
            chunk = tail[-back:] + simplified
            found = self._memo.get(chunk)
            if found is None:
                found = self._look_up(chunk)
            word, prefix, familiar = found
            base = ends[back]
            if word is not None and base + word > best:
                best = base + word
            if prefix is not None and base + prefix > value:
                value = base + prefix
            gain = max(gain, familiar)
            if back < 3 and (prefix is not None or familiar):
                still[back] = True
        if gain:
            best += gain
            value += gain
            ends = tuple(end + gain for end in ends)
        return Reading((best, *ends[: LONGEST - 1]), (tail + simplified)[1 - LONGEST :], max(value, best), tuple(still))

    def _look_up(self, chunk: str) -> tuple[float | None, float | None, float]:
        """Logarithms of a chunk as a word and as the beginning of one, and what knowing it here is worth."""
        word, prefix = self._language.lookup(chunk)
        times = self._seen.get(chunk)
        familiar = _FAMILIAR[len(chunk) - 1] + min(1.5, 0.5 * math.log(times)) if times else 0.0
        found = word, prefix, familiar
        self._memo[chunk] = found
        return found

    def _mark(self, mark: str) -> float:
        if mark == "?":
            return _QUESTION
        if mark in _MARKS:
            return _MARKS[mark]
        return _LETTER if mark.isascii() and mark.isalpha() else _OTHER_MARK


def _chunks(text: str) -> tuple[Counter[str], frozenset[str]]:
    """How often each chunk of two to four Chinese characters stands in a text, and its characters."""
    counts: Counter[str] = Counter()
    for found in _CHINESE.finditer(text):
        run = found[0]
        for size in range(2, LONGEST + 1):
            counts.update(run[at : at + size] for at in range(len(run) - size + 1))
    return counts, frozenset(text)
