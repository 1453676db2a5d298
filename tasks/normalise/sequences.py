"""How likely a character or mark is behind the two before it, in Chinese in general.

The words of a dictionary say nothing of what stands beside them, or before which mark.  That is counted
in news and laws (``tests/quality/count_sequences.py``) and in the words of the dictionary and the
vocabulary themselves.  Witten-Bell smoothing: what a history has not been followed by has the share of
its different followers, spread by the next shorter history.  The table is compiled once and mapped into
memory, as :mod:`tasks.normalise.language` is.
"""

from __future__ import annotations

import lzma
import math
import mmap
import re
import struct
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Literal, NamedTuple

from tasks.errors import Misconfigured
from tasks.normalise.dictionary import dictionary_words
from tasks.tables import compiled_table

#: Stands for the end of a line, and so for what is before its beginning.
END = "¶"

_NUMBER, _LETTERS = "#", "A"
_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LATIN = re.compile("[A-Za-z]+")
_FULL_WIDTH = {"，": ",", "：": ":", "；": ";", "？": "?", "！": "!", "（": "(", "）": ")", "％": "%", "\n": END}
_COUNTED = re.compile(r"(\D)(\d+)")

#: How much an entry of the dictionary counts beside the counted texts; rarer words are left out.
_DICTIONARY = 0.06
_RARE_WORD = 25

_STEP = 16  # values are kept as sixteenths of a nat in one byte
_HEAD = struct.Struct("<8sIII")
_MAGIC = b"GBSEQU01"
_UNSEEN = -15.0


def symbol(character: str) -> str:
    """What a character counts as: digits, letters and the forms of a mark are one each."""
    if "\u4e00" <= character <= "\u9fff":
        return character
    if character.isdigit():
        return _NUMBER
    if character.isascii() and character.isalpha():
        return _LETTERS
    return _FULL_WIDTH.get(character, character)


def symbols(text: str) -> str:
    """A text as it is counted: numbers and Latin words are one symbol each."""
    forms = (unicodedata.normalize("NFKC", c) for c in text)
    plain = "".join(form if len(form) == 1 else c for c, form in zip(text, forms, strict=True))
    return _LATIN.sub(_LETTERS, _NUMBERS.sub(_NUMBER, plain)).replace("\n", END)


class Sequences:
    """Read-only statistics of what follows what.

    Attributes:
        letters: the symbols counted.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, singles, pairs, triples = _HEAD.unpack_from(self._map)
        if magic != _MAGIC:
            raise ValueError(f"{path} is no table of sequences")
        view = memoryview(self._map)
        at = _HEAD.size

        def part(kind: Literal["I", "H", "B"], size: int, count: int) -> memoryview[int]:
            nonlocal at
            at += size * count
            return view[at - size * count : at].cast(kind)

        self._first = part("I", 4, singles + 1)  # where the pairs of each symbol begin
        self._third = part("I", 4, pairs + 1)  # where the triples of each pair begin
        letters = part("H", 2, singles)
        self._seconds, self._thirds = part("H", 2, pairs), part("H", 2, triples)
        alone = part("B", 1, singles)
        self._rest_of_one = part("B", 1, singles)
        self._pairs, self._rest_of_two = part("B", 1, pairs), part("B", 1, pairs)
        self._triples = part("B", 1, triples)
        self._numbers: dict[str, int] = {chr(code): n for n, code in enumerate(letters)}
        self.letters = frozenset(self._numbers)
        self._alone: dict[str, float] = {chr(c): -v / _STEP for c, v in zip(letters, alone, strict=True)}

    def behind(self, before: str, following: str) -> float:
        """Logarithm of the probability of a symbol behind one or two others."""
        code = ord(following)
        last = self._numbers.get(before[-1])
        if last is None:
            return self._alone.get(following, _UNSEEN)
        total = 0.0
        if len(before) > 1:
            pair = self._pair(before[-2], ord(before[-1]))
            if pair is not None:
                begin, end = self._third[pair], self._third[pair + 1]
                at = bisect_left(self._thirds, code, begin, end)
                if at < end and self._thirds[at] == code:
                    return -self._triples[at] / _STEP
                total -= self._rest_of_two[pair] / _STEP
        pair = self._pair(before[-1], code)
        if pair is not None:
            return total - self._pairs[pair] / _STEP
        return total - self._rest_of_one[last] / _STEP + self._alone.get(following, _UNSEEN)

    def _pair(self, first: str, second: int) -> int | None:
        number = self._numbers.get(first)
        if number is None:
            return None
        begin, end = self._first[number], self._first[number + 1]
        at = bisect_left(self._seconds, second, begin, end)
        return at if at < end and self._seconds[at] == second else None


def sequences(counted: Path, vocabulary_words: Mapping[str, int]) -> Sequences:
    """The statistics of a file of counts, of jieba's dictionary and of the words given; compiled at first use.

    Raises:
        Misconfigured: the file cannot be read.
    """
    try:
        data = counted.read_bytes()
    except OSError as error:
        raise Misconfigured(
            "missing_vocabulary", f"{counted} cannot be read ({error.strerror}); restore it from the repository"
        ) from error
    words = "\n".join(f"{word} {count}" for word, count in sorted(vocabulary_words.items()))
    made_from = (_MAGIC, metadata.version("jieba").encode(), data, words.encode())
    return Sequences(compiled_table("sequences", made_from, lambda: _compiled(data, vocabulary_words)))


def _compiled(data: bytes, vocabulary_words: Mapping[str, int]) -> bytes:
    counts: dict[str, float] = dict(_counted(lzma.decompress(data).decode("utf-8").split("\n")))
    entries = ((word, count) for word, count, _ in dictionary_words())
    for sequence, met in _within((*entries, *vocabulary_words.items())).items():
        counts[sequence] = counts.get(sequence, 0.0) + met * _DICTIONARY
    followers: dict[str, dict[str, float]] = {}
    for sequence, times in counts.items():
        followers.setdefault(sequence[:-1], {})[sequence[-1]] = times
    alone = followers.pop("")
    letters = sorted(alone)
    size = sum(alone.values()) + len(alone)
    probability = {letter: (times + 0.5) / size for letter, times in alone.items()}
    first, third = array("I", [0]), array("I", [0])
    seconds, thirds = array("H"), array("H")
    rest_of_one, pairs, rest_of_two, triples = bytearray(), bytearray(), bytearray(), bytearray()
    after = {letter: _smoothed(followers.get(letter, {}), probability) for letter in letters}
    for letter in letters:
        after_one = after[letter]
        rest_of_one.append(_value(after_one.rest))
        for second in sorted(after_one.known):
            seconds.append(ord(second))
            pairs.append(_value(after_one.known[second]))
            nearer = after[second]
            after_two = _smoothed(followers.get(letter + second, {}), nearer.known, nearer.rest, probability)
            rest_of_two.append(_value(after_two.rest))
            for last in sorted(after_two.known):
                thirds.append(ord(last))
                triples.append(_value(after_two.known[last]))
            third.append(len(thirds))
        first.append(len(seconds))
    head = _HEAD.pack(_MAGIC, len(letters), len(seconds), len(thirds))
    codes = array("H", [ord(letter) for letter in letters])
    values = bytes(_value(probability[letter]) for letter in letters)
    arrays = (first, third, codes, seconds, thirds)
    return b"".join((head, *(a.tobytes() for a in arrays), values, rest_of_one, pairs, rest_of_two, triples))


class _Smoothed(NamedTuple):
    """Probabilities behind a history: of its known followers, and what others have of their own without it."""

    known: Mapping[str, float]
    rest: float


def _smoothed(
    times: Mapping[str, float], nearer: Mapping[str, float], rest: float = 1.0, alone: Mapping[str, float] | None = None
) -> _Smoothed:
    """The followers of a history, mixed with what the next shorter one expects."""
    if not times:
        return _Smoothed({}, 1.0)
    total = sum(times.values())
    unknown = min(len(times), total)
    share = unknown / (total + unknown)
    known = {}
    for letter, count in times.items():
        expected = nearer.get(letter)
        if expected is None:
            expected = rest * (alone or nearer).get(letter, 1e-6)
        known[letter] = count / (total + unknown) + share * expected
    return _Smoothed(known, share)


def _counted(lines: Iterable[str]) -> Iterable[tuple[str, float]]:
    for line in lines:
        history, _, row = line.partition(" ")
        for letter, times in _COUNTED.findall(row):
            yield history + letter, float(times)


def _within(words: Iterable[tuple[str, int]]) -> Counter[str]:
    """What stands in words: characters, pairs and triples by how often their words are met."""
    found: Counter[str] = Counter()
    for word, count in words:
        if any(c > "\uffff" for c in word):
            continue
        for size in (1, 2, 3):
            for at in range(len(word) - size + 1):
                found[word[at : at + size]] += count
    return Counter({sequence: times for sequence, times in found.items() if times >= _RARE_WORD})


def _value(probability: float) -> int:
    return min(255, round(-math.log(probability) * _STEP))
