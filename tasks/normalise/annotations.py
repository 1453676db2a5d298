"""Pinyin that converter sites put behind characters: 業(yè), 政(zheng)(zheng), 鎮（zhen）."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

_LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêɑɡ"

#: A reading alone, as the inside of an annotation.
READING = re.compile(f"[{_LETTERS}]{{1,6}}")

#: One annotation with its brackets.
BRACKETED = re.compile(rf"[(（]\s?([{_LETTERS}]{{1,6}})\s?[)）]")

_OPENING = re.compile("[(（]")
_IN_A_ROW = re.compile(rf"(?:[(（]\s?[{_LETTERS}]{{1,6}}\s?[)）])+")

#: A document counts as annotated from this many annotations on, and this many in proportion to its text:
#: a gloss on one rare name is no annotation, and converters annotate some 5 to 15 in 100 characters.
_FEWEST = 3
_DENSITY = 0.003


def plain(reading: str) -> str:
    """The reading without tone marks, ü as v: ``lǜ`` → ``lv``."""
    letters = unicodedata.normalize("NFD", reading.replace("ɑ", "a").replace("ɡ", "g"))
    letters = letters.replace("u\u0308", "v")
    return "".join(c for c in letters if not unicodedata.combining(c))


@dataclass(frozen=True)
class Readings:
    """Which characters have which reading.

    Attributes:
        characters: characters by reading, with tone marks.
    """

    characters: Mapping[str, str]

    @cached_property
    def _memo(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _toned(self) -> dict[str, frozenset[str]]:
        return {reading: frozenset(found) for reading, found in self.characters.items()}

    @cached_property
    def _toneless(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for reading, characters in self.characters.items():
            found.setdefault(plain(reading), set()).update(characters)
        return {reading: frozenset(characters) for reading, characters in found.items()}

    def of(self, reading: str) -> frozenset[str]:
        """The characters that can be read so; tones count when the reading shows one."""
        found = self._memo.get(reading)
        if found is None:
            written = reading.replace("ɑ", "a").replace("ɡ", "g")
            bare = plain(written)
            found = self._toneless.get(bare) if written == bare else self._toned.get(written)
            found = self._memo[reading] = found or frozenset()
        return found


@dataclass(frozen=True)
class Annotation:
    """An annotation that stands rightly behind its character: ``[start, end)`` are its brackets."""

    start: int
    end: int
    character: str
    reading: str
    brackets: int


@dataclass(frozen=True)
class Annotations:
    """What is annotated in a document.

    Attributes:
        found: in the order of the text.
        readings: reading of each annotated character.
    """

    found: tuple[Annotation, ...]
    readings: Mapping[str, str]


NONE = Annotations((), {})


def find_annotations(text: str, readings: Readings, *, known: Mapping[str, str] | None = None) -> Annotations:
    """The annotations of a text, or none when the text is not an annotated one.

    Args:
        text: in the characters of the page.
        readings: which characters have which reading.
        known: readings found in another text of the same page, when that was an annotated one; then
            this text (a title) is taken as annotated too.
    """
    if "(" not in text and "（" not in text:
        return NONE
    candidates = tuple(_candidates(text))
    own = Counter((a.character, a.reading) for a in candidates)
    # A converter that reads a character in a way no dictionary knows does so every time.
    accepted = tuple(
        a
        for a in candidates
        if a.character in readings.of(a.reading)
        or (known is not None and known.get(a.character) == a.reading)
        or (own[a.character, a.reading] >= _FEWEST and bool(readings.of(a.reading)))
    )
    if known is None and not _is_annotated(text, accepted):
        return NONE
    return Annotations(accepted, {a.character: a.reading for a in accepted})


def _is_annotated(text: str, accepted: tuple[Annotation, ...]) -> bool:
    if len(accepted) < _FEWEST or len({a.character for a in accepted}) < 2:
        return False
    chinese = sum(1 for c in text if "\u4e00" <= c <= "\u9fff")
    return len(accepted) >= _DENSITY * chinese


def _candidates(text: str) -> Iterator[Annotation]:
    done = 0
    for opening in _OPENING.finditer(text):
        start = opening.start()
        if start < done or not start or not "\u3400" <= text[start - 1] <= "\u9fff":
            continue
        found = _IN_A_ROW.match(text, start)
        if found is None:
            continue
        done = found.end()
        inside = [m[1] for m in BRACKETED.finditer(found[0])]
        # 政(zheng)(zheng) is one character annotated twice; 鋼(gang)(ban) would be something else.
        same = next((n for n, reading in enumerate(inside) if reading != inside[0]), len(inside))
        end = start
        for match in list(BRACKETED.finditer(text, start))[:same] if same < len(inside) else ():
            end = match.end()
        yield Annotation(start, end if same < len(inside) else done, text[start - 1], inside[0], same)


def without(text: str, found: Iterable[Annotation]) -> str:
    """The text with these annotations left out."""
    pieces: list[str] = []
    done = 0
    for annotation in found:
        pieces.append(text[done : annotation.start])
        done = annotation.end
    pieces.append(text[done:])
    return "".join(pieces)
