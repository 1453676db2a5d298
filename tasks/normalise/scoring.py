"""Values hypotheses about a damaged run: the language model, and what this document says elsewhere."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import NamedTuple

from tasks.normalise.language import LONGEST, UNSEEN, Language
from tasks.normalise.places import Places

_CHINESE = re.compile("[\u4e00-\u9fff]+")

#: Logarithm of the probability of a common mark.
MARK = -4.0

#: Logarithms for what is no Chinese character, by how usual it is in a report.
_MARKS = {
    **dict.fromkeys("。、，,", -4.0),
    **dict.fromkeys("“”；;\n", -5.0),
    **dict.fromkeys("《》()（）：:％%.", -6.0),
    **dict.fromkeys("·—…‘’「」『』[]", -8.0),
    **dict.fromkeys("0123456789", -3.5),
}
_OTHER_MARK = -12.0
_LETTER = -6.0
_QUESTION = -9.0

_STOPS = frozenset("。、,;:!?，；：！？")
_ENDS = frozenset("。!?！？；;")
_OPENING = frozenset("“《(（‘「『[")
_CLOSING = frozenset("”》)）’」』]")
_TO_END_LINES = _ENDS | _CLOSING | frozenset(":：,，")

#: Marks that hardly stand beside each other, a paragraph that ends with a mark that opens something.
_ILL_MATCHED = -6.0
_STOP_IN_QUOTES = -1.5
#: A quotation that is closed and was not opened, or opened twice.
_UNBALANCED = -3.0
_QUOTES = {"“": 1, "”": 1, "《": 2, "》": 2, "「": 4, "」": 4}

#: A paragraph of some length that ends without a mark.
_NO_STOP = -6.0

#: Characters that a number follows more often than any other.
_BEFORE_NUMBERS = {**dict.fromkeys("等达", 3.0), **dict.fromkeys("近超约过第共", 2.0)}

#: What a character gains when it stands behind the same one, two or three characters elsewhere in the
#: document, once; more often is worth a little more. Apart from the words, so that no chance neighbours
#: pass for one.
_FAMILIAR = (0.0, 1.5, 3.5, 5.0)


#: A place near those that the document names.
_NEAR_PLACE = -9.0


#: Function words, numerals and measure words, which are words of one character more often than not; what
#: any other character pays for being one.
_OFTEN_ALONE = frozenset(
    "的了在和与及等于为以对从向是有不我新大一二三四五六七八九十两年月日个家项次名万亿元个条各村镇乡县市区省"
)
_ALONE = 1.0


class Reading(NamedTuple):
    """How well a text reads so far.

    Attributes:
        ends: logarithms of the best segmentation that ends 0, 1, 2 … characters before the present end,
            as far back as a word can still begin.
        classes: the class of the last word of each of them.
        tail: the last characters, as far as a word can still reach back.
        value: logarithm of the best segmentation, counting a word begun but not ended.
        quoted: 1 when a quotation is open, plus 2 when a title is; None when that is not known.
    """

    ends: tuple[float, ...]
    classes: tuple[int, ...]
    tail: str
    value: float
    quoted: int | None


START = Reading((0.0,), (0,), "", 0.0, None)

#: What a character makes of the tail before it: the tail then; for each word that ends with it, how far
#: back it begins, its logarithm and class; for each that may go on, how far back and its logarithm;
#: what is gained by its being known in this document.
_Links = tuple[str, tuple[tuple[int, float, int], ...], tuple[tuple[int, float], ...], float]


class Scorer:
    """The language model with the chunks of one document on top.

    A name that stands ten times unharmed in the document is no surprise in a damaged run.
    """

    def __init__(self, language: Language, clean_text: str, places: Places) -> None:
        self._language = language
        self._characters = language.characters
        self._beginnings = language.beginnings
        self._follows = language.follows
        self._number = language.classes.get("三", 0)
        self.long_line = False
        self._links: dict[str, _Links] = {}
        self._seen, self.known = _chunks(clean_text)
        self.near_places = places.near(self._seen, ())
        self._log_size = math.log(max(2000, len(clean_text)))

    def character(self, simplified: str) -> float:
        """Logarithm of the probability of a single simplified character, as such or in this document."""
        if not "\u4e00" <= simplified <= "\u9fff":
            return _mark(simplified)
        value = self._characters.get(simplified, UNSEEN)
        return max(value, -self._log_size - 0.7) if simplified in self.known else value

    def read(self, so_far: Reading, simplified: str) -> Reading:
        """The reading one character further on."""
        ends, classes, tail, _, quoted = so_far
        if not "\u4e00" <= simplified <= "\u9fff":
            return self._read_mark(so_far, simplified)
        links = self._links.get(tail + simplified)
        if links is None:
            links = self._linked(tail, simplified)
        new_tail, words, open_words, gain = links
        follows = self._follows
        best = -1e9
        kind = 0
        for back, word, its in words:
            total = ends[back] + word + follows[classes[back]][its]
            if total > best:
                best, kind = total, its
        value = best
        for back, prefix in open_words:
            total = ends[back] + prefix
            value = max(value, total)
        if gain:
            best += gain
            value += gain
            ends = tuple([end + gain for end in ends])
        size = len(new_tail)
        return Reading((best, *ends[:size]), (kind, *classes[:size]), new_tail, value, quoted)

    def _read_mark(self, so_far: Reading, mark: str) -> Reading:
        ends, classes, tail, _, quoted = so_far
        total = ends[0] + _mark(mark)
        before = tail[-1:]
        if "0" <= mark <= "9":
            total += _BEFORE_NUMBERS.get(before, 0.0)
            return Reading((total,), (self._number,), mark, total, quoted)
        if mark in _STOPS:
            if before in _STOPS or before in _OPENING:
                total += _ILL_MATCHED
            total += self._language.final[classes[0]]
        elif mark in _CLOSING:
            if before in _OPENING:
                total += _ILL_MATCHED
            elif before in _STOPS:
                total += _STOP_IN_QUOTES if before in _ENDS else _ILL_MATCHED
            bit = _QUOTES.get(mark, 0)
            if bit and quoted is not None:
                total += 0.0 if quoted & bit else _UNBALANCED
                quoted &= ~bit
        elif mark in _OPENING:
            bit = _QUOTES.get(mark, 0)
            if bit and quoted is not None:
                total += _UNBALANCED if quoted & bit else 0.0
                quoted |= bit
        elif mark == "\n":
            if before and not "\u4e00" <= before <= "\u9fff" and not before.isalnum():
                total += 0.0 if before in _TO_END_LINES else _ILL_MATCHED
            elif self.long_line:
                total += _NO_STOP
            total += _UNBALANCED if quoted else 0.0
            quoted = 0
        elif not mark.isalnum() and not before.isalnum() and mark not in "%％" and before:
            total += _ILL_MATCHED / 2
        return Reading((total,), (0,), mark, total, quoted)

    def _linked(self, tail: str, simplified: str) -> _Links:
        whole = tail + simplified
        alone = self.character(simplified) - (0.0 if simplified in _OFTEN_ALONE else _ALONE)
        words = [(0, alone, self._language.classes.get(simplified, 0))]
        open_words = [(0, self._beginnings.get(simplified, UNSEEN))]
        gain, reach = 0.0, 1
        for back in range(1, len(tail) + 1):
            chunk = whole[-back - 1 :]
            if not "\u4e00" <= chunk[0] <= "\u9fff":
                break
            word, prefix, kind = self._language.lookup(chunk)
            times = self._seen.get(chunk)
            if chunk in self.near_places:
                word = max(word or -99.0, _NEAR_PLACE)
            if word is not None:
                words.append((back, word, kind))
            if prefix is not None:
                open_words.append((back, prefix))
            if times:
                gain = max(gain, _FAMILIAR[back] + min(1.5, 0.5 * math.log(times)))
            if back < LONGEST - 1 and (prefix is not None or times):
                reach = back + 1
        links = whole[-reach:], tuple(words), tuple(open_words), gain
        self._links[whole] = links
        return links


def _mark(mark: str) -> float:
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
