"""How a converter site damages a page: the mechanism run forward, for tests of the way back.

The text becomes traditional and GBK; then bytes are replaced without regard to characters: full-width
marks by ASCII, annotated characters by themselves with their pinyin.  The decoder drops what is no
character and shows a lead byte before ASCII as a question mark, swallowing a bracket.
"""

from __future__ import annotations

import random
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from opencc import OpenCC

from tasks.normalise.annotations import Readings

MARKS = {"，": ",", "：": ":", "；": ";", "？": "?", "！": "!", "（": "(", "）": ")"}


@lru_cache(maxsize=1)
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


def traditional(text: str) -> str:
    """The text as such a site has it before the replacements."""
    return "".join(c for c in _to_traditional().convert(text) if c == "\n" or c.encode("gbk", "ignore"))


class Damage(NamedTuple):
    """A text as such a site shows it.

    Attributes:
        shown: the text.
        old: what it was in traditional characters.
        runs: start and end in ``old`` of each stretch of characters that no longer stand there: torn,
            read out of step, or dropped. A mark replaced by its ASCII form still stands there.
    """

    shown: str
    old: str
    runs: list[tuple[int, int]]


#: Which character of the text a byte belongs to and the how-manieth of it, or what else it is.
_Owner = tuple[int, int]
_INSERTED = (-1, 0)


def _replaced(data: bytes, owners: list[_Owner], code: bytes, by: bytes, note: bytes) -> tuple[bytes, list[_Owner]]:
    """``code`` replaced by ``by`` wherever the bytes stand, and ``note`` put behind it."""
    pieces: list[bytes] = []
    kept: list[_Owner] = []
    done = 0
    while (at := data.find(code, done)) >= 0:
        pieces += (data[done:at], by, note)
        whole = owners[at][0] == owners[at + 1][0] and owners[at][1] == 0
        own = owners[at : at + 2] if by == code else [owners[at] if whole else _INSERTED]
        kept += owners[done:at] + own + [_INSERTED] * len(note)
        done = at + len(code)
    return b"".join((*pieces, data[done:])), kept + owners[done:]


def _decoded_lossily(data: bytes, owners: list[_Owner]) -> tuple[str, set[int]]:
    """GBK as the site's own software reads it, and which characters are still read whole."""
    shown: list[str] = []
    whole: set[int] = set()
    at = 0
    while at < len(data):
        pair = data[at : at + 2]
        if pair[0] < 0x80:
            shown.append(chr(pair[0]))
            if owners[at][1] == 0:
                whole.add(owners[at][0])
            at += 1
        elif len(pair) == 1 or pair[1] < 0x40 or pair[1] == 0x7F:
            shown.append("?")
            at += 2 if pair[1:] == b"(" else 1
        else:
            shown.append(pair.decode("gbk", "ignore"))
            if owners[at][0] == owners[at + 1][0] and owners[at][1] == 0:
                whole.add(owners[at][0])
            at += 2
    return "".join(shown), whole


def first_readings(readings: Readings) -> dict[str, str]:
    """One reading of each character, always the same."""
    found: dict[str, str] = {}
    for reading, characters in readings.characters.items():
        for character in characters:
            found.setdefault(character, reading)
    return found


def damaged(text: str, readings: dict[str, str], *, seed: int, annotated: int) -> str:
    """The text as the site shows it; see :func:`damage`."""
    return damage(text, readings, seed=seed, annotated=annotated).shown


def damage(text: str, readings: dict[str, str], *, seed: int, annotated: int) -> Damage:
    """The text as the site shows it, and what is damaged in it.

    Args:
        text: simplified.
        readings: of :func:`first_readings`.
        seed: decides which characters are annotated, in which order, and which marks are replaced.
        annotated: how many characters are annotated.
    """
    rng = random.Random(seed)
    old = traditional(text)
    differing = Counter(c for c in old if c not in text and c in readings)
    wanted = [c for c, _ in differing.most_common(annotated * 3 // 2)]
    rng.shuffle(wanted)
    data = old.encode("gbk")
    owners = [(n, at) for n, c in enumerate(old) for at in range(len(c.encode("gbk")))]
    for mark, plain in MARKS.items():
        if rng.random() < 0.8:
            data, owners = _replaced(data, owners, mark.encode("gbk"), plain.encode(), b"")
    for character in wanted[:annotated]:
        code = character.encode("gbk")
        try:
            note = f"({readings[character]})".encode("gbk")
        except UnicodeEncodeError:
            continue
        data, owners = _replaced(data, owners, code, code, note)
    shown, whole = _decoded_lossily(data, owners)
    runs: list[tuple[int, int]] = []
    for n in range(len(old)):
        if n not in whole:
            runs = [*runs[:-1], (runs[-1][0], n + 1)] if runs and runs[-1][1] == n else [*runs, (n, n + 1)]
    return Damage(shown, old, runs)
