"""How likely a stretch of simplified Chinese is, by the words of jieba's dictionary.

The model is the best segmentation into words: the product of the words' relative frequencies and of
how readily the class of each word (verb, measure word …) follows that of the word before it, as
jieba's tagger has learned.  A text that is still being built is valued by the word it may be in the
middle of, so each entry also has the joint frequency of all words that begin with it.  The table is
one block of bytes in open addressing, mapped into memory: forked workers share it.
"""

from __future__ import annotations

import math
import mmap
import struct
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

from tasks.normalise.dictionary import Classes, dictionary_words, word_classes
from tasks.tables import compiled_table

#: Longest word kept; longer ones are made of shorter ones.
LONGEST = 4

#: Logarithm of the probability of what the dictionary lacks.
UNSEEN = -17.0

_STEP = 8  # values are kept as eighths of a nat in one byte
_ABSENT = 255
_MIX = 0x9E3779B97F4A7C15
_HEAD = struct.Struct("<8sIII")
_MAGIC = b"GBLANG04"


class Language:
    """Read-only word statistics.

    Attributes:
        characters: logarithm of the probability of each character of the dictionary as a word of its own.
        beginnings: the same as the first character of any word.
        classes: number of the word class of each character as a word of its own; 0 is no class.
        follows: ``follows[a][b]``: what a word of class b gains behind one of class a.
        final: what a word of each class gains in front of a stop.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, bits, count, classes = _HEAD.unpack_from(self._map)
        if magic != _MAGIC:
            raise ValueError(f"{path} is no language table")
        size, at = 1 << bits, _HEAD.size
        view = memoryview(self._map)
        self._mask, self._shift = size - 1, 64 - bits
        self._keys = view[at : at + 8 * size].cast("Q")
        at += 8 * size
        self._words, self._prefixes = view[at : at + size], view[at + size : at + 2 * size]
        self._classes = view[at + 2 * size : at + 3 * size]
        at += 3 * size
        codes = array("H", bytes(view[at : at + 2 * count]))
        at += 2 * count
        alone, first, kinds = (view[at + n * count : at + (n + 1) * count] for n in range(3))
        at += 3 * count
        self.characters: dict[str, float] = {chr(c): -v / _STEP for c, v in zip(codes, alone, strict=True)}
        self.beginnings: dict[str, float] = {chr(c): -v / _STEP for c, v in zip(codes, first, strict=True)}
        self.classes: dict[str, int] = {chr(c): k for c, k in zip(codes, kinds, strict=True)}
        signed = view[at : at + classes * classes].cast("b")
        self.follows = tuple(tuple(signed[a * classes + b] / _STEP for b in range(classes)) for a in range(classes))
        at += classes * classes
        self.final = tuple(v / _STEP for v in view[at : at + classes].cast("b"))

    def lookup(self, chunk: str) -> tuple[float | None, float | None, int]:
        """Logarithms for ``chunk`` (2 to 4 characters) as a word and as the beginning of longer ones; its class."""
        data = chunk.encode("utf-16-le")
        if len(data) > 8:
            return None, None, 0
        key = int.from_bytes(data, "little")
        slot = (key * _MIX & 0xFFFFFFFFFFFFFFFF) >> self._shift
        keys = self._keys
        while (found := keys[slot]) != key:
            if not found:
                return None, None, 0
            slot = slot + 1 & self._mask
        word, prefix = self._words[slot], self._prefixes[slot]
        return (
            None if word == _ABSENT else -word / _STEP,
            None if prefix == _ABSENT else -prefix / _STEP,
            self._classes[slot],
        )


def language(vocabulary_words: Mapping[str, int]) -> Language:
    """The model of jieba's dictionary and the words given, with their counts; compiled at first use."""
    words = "\n".join(f"{word} {count}" for word, count in sorted(vocabulary_words.items()))
    made_from = (_MAGIC, metadata.version("jieba").encode(), words.encode())
    return Language(compiled_table("language", made_from, lambda: _compiled(vocabulary_words)))


def _compiled(vocabulary_words: Mapping[str, int]) -> bytes:
    counts: Counter[str] = Counter()
    singles: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    beginnings: Counter[str] = Counter()
    total = 0
    classes = word_classes()
    entries = dictionary_words()
    kinds = _kinds(entries, vocabulary_words, classes)
    known = ((word, count) for word, count, _ in entries)
    for source in (known, vocabulary_words.items()):
        for word, count in source:
            if any(c > "\uffff" for c in word):
                continue
            total += count
            beginnings[word[0]] += count
            for character in word:
                spread[character] += count
            if len(word) == 1:
                singles[word] += count
            elif len(word) <= LONGEST:
                counts[word] += count
    starts: Counter[str] = Counter()
    for word, count in counts.items():
        for end in range(2, len(word)):
            starts[word[:end]] += count
    chunks = counts.keys() | starts.keys()
    bits = max(4, math.ceil(math.log2(max(1, len(chunks)) * 1.5)))
    size = 1 << bits
    keys, word_values, prefix_values = array("Q", bytes(8 * size)), bytearray(size), bytearray(size)
    class_values = bytearray(size)
    for chunk in sorted(chunks):
        key = int.from_bytes(chunk.encode("utf-16-le"), "little")
        slot = (key * _MIX & 0xFFFFFFFFFFFFFFFF) >> (64 - bits)
        while keys[slot]:
            slot = (slot + 1) & (size - 1)
        keys[slot] = key
        word_values[slot] = _value(counts.get(chunk, 0), total)
        prefix_values[slot] = _value(starts.get(chunk, 0), total)
        class_values[slot] = kinds.get(chunk, 0)
    letters = sorted(c for c in spread if c <= "\uffff")
    # A character that is rarely a word of its own still stands alone in names: one in forty of its occurrences.
    alone = bytes(_value(max(singles[c], spread[c] / 40), total) for c in letters)
    first = bytes(_value(max(beginnings[c], 1), total) for c in letters)
    own = bytes(classes.number(c, None) for c in letters)
    head = _HEAD.pack(_MAGIC, bits, len(letters), len(classes.names))
    codes = array("H", [ord(c) for c in letters])
    tables = (codes.tobytes(), alone, first, own, _signed(classes))
    return b"".join((head, keys.tobytes(), word_values, prefix_values, class_values, *tables))


def _kinds(
    entries: Iterable[tuple[str, int, str]], vocabulary_words: Iterable[str], classes: Classes
) -> dict[str, int]:
    """The class of each word; the vocabulary's words have that of the word they end with."""
    kinds = {word: classes.number(word, kind) for word, _, kind in entries}
    for word in vocabulary_words:
        if word in kinds:
            continue
        if len(word) > 3:
            kinds[word] = classes.number(word, "l")  # a set phrase
            continue
        # 村集体 is what 集体 is.
        last = next((word[at:] for at in range(1, len(word)) if word[at:] in kinds), "")
        kinds[word] = classes.longer(kinds[last] if len(last) > 1 else classes.number(last, None))
    return kinds


def _signed(classes: Classes) -> bytes:
    values = [value for row in classes.follows for value in row]
    return array("b", [round(value * _STEP) for value in (*values, *classes.final)]).tobytes()


def _value(count: float, total: int) -> int:
    if not count:
        return _ABSENT
    return min(_ABSENT - 1, round(-math.log(count / total) * _STEP))
