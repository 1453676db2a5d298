"""Values hypotheses about a damaged run: the language model, and what this document says elsewhere."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import NamedTuple

from tasks.normalise.language import LONGEST, UNSEEN, Language

_CHINESE = re.compile("[\u4e00-\u9fff]+")

#: Logarithms for what is no Chinese character, by how usual it is in a report.
_MARKS = {
    **dict.fromkeys("。、,", -5.0),
    **dict.fromkeys("“”;:；：，\n", -5.0),
    **dict.fromkeys("《》()（）·—％%.", -6.0),
    **dict.fromkeys("0123456789", -3.5),
}
_OTHER_MARK = -12.0
_LETTER = -6.0
_QUESTION = -9.0

#: A stop hardly follows another, nor an opening mark.
_STOPS = frozenset("。、,;:!?，；：！？")
_NO_STOP_AFTER = _STOPS | frozenset("“《(（")
_DOUBLED = -6.0


#: A chunk seen in the document may lie across words; the longer it is, the less that matters.
_IN_DOCUMENT = {2: -3.0, 3: -2.0, 4: -1.0}


class Reading(NamedTuple):
    """How well a text reads so far.

    Attributes:
        ends: logarithms of the best segmentation that ends 0, 1, 2 … characters before the present end.
        tail: the last characters, as far as a word can still reach back.
        value: logarithm of the best segmentation, counting a word begun but not ended.
    """

    ends: tuple[float, ...]
    tail: str
    value: float


START = Reading((0.0,), "", 0.0)


class Scorer:
    """The language model with the chunks of one document on top.

    A name that stands ten times unharmed in the document is no surprise in a damaged run.
    """

    def __init__(self, language: Language, clean_text: str) -> None:
        self._language = language
        self._characters = language.characters
        self._memo: dict[str, tuple[float | None, float | None]] = {}
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
        ends, tail, _ = so_far
        if not "\u4e00" <= simplified <= "\u9fff":
            total = ends[0] + self._mark(simplified)
            if simplified in _STOPS and tail and tail[-1] in _NO_STOP_AFTER:
                total += _DOUBLED
            return Reading((total,), simplified, total)
        best = ends[0] + self.character(simplified)
        value = best
        chunk = simplified
        reach = len(tail)
        for back in range(1, min(LONGEST, reach + 1, len(ends))):
            chunk = tail[reach - back] + chunk
            found = self._memo.get(chunk)
            if found is None:
                found = self._look_up(chunk)
            word, prefix = found
            base = ends[back]
            if word is not None and base + word > best:
                best = base + word
            if prefix is not None and base + prefix > value:
                value = base + prefix
        value = max(value, best)
        return Reading((best, *ends[: LONGEST - 1]), (tail + simplified)[1 - LONGEST :], value)

    def _look_up(self, chunk: str) -> tuple[float | None, float | None]:
        word, prefix = self._language.lookup(chunk)
        times = self._seen.get(chunk)
        if times:
            here = math.log(times - 0.5) - self._log_size + _IN_DOCUMENT[len(chunk)]
            word = here if word is None else max(word, here)
        self._memo[chunk] = word, prefix
        return word, prefix

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
