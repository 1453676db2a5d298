"""How a converter site damages a page: the mechanism run forward, for tests of the way back.

The text becomes traditional and GBK; then bytes are replaced without regard to characters: full-width
marks by ASCII, annotated characters by themselves with their pinyin.  The decoder drops what is no
character and shows a lead byte before ASCII as a question mark, swallowing a bracket.
"""

from __future__ import annotations

import random
from collections import Counter
from functools import lru_cache

from opencc import OpenCC

from tasks.normalise.annotations import Readings

MARKS = {"，": ",", "：": ":", "；": ";", "？": "?", "！": "!", "（": "(", "）": ")"}


@lru_cache(maxsize=1)
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


def traditional(text: str) -> str:
    """The text as such a site has it before the replacements."""
    return "".join(c for c in _to_traditional().convert(text) if c == "\n" or c.encode("gbk", "ignore"))


def decoded_lossily(data: bytes) -> str:
    """GBK as the site's own software reads it."""
    shown: list[str] = []
    at = 0
    while at < len(data):
        pair = data[at : at + 2]
        if pair[0] < 0x80:
            shown.append(chr(pair[0]))
            at += 1
        elif len(pair) == 1 or pair[1] < 0x40 or pair[1] == 0x7F:
            shown.append("?")
            at += 2 if pair[1:] == b"(" else 1
        else:
            shown.append(pair.decode("gbk", "ignore"))
            at += 2
    return "".join(shown)


def first_readings(readings: Readings) -> dict[str, str]:
    """One reading of each character, always the same."""
    found: dict[str, str] = {}
    for reading, characters in readings.characters.items():
        for character in characters:
            found.setdefault(character, reading)
    return found


def damaged(text: str, readings: dict[str, str], *, seed: int, annotated: int) -> str:
    """The text as the site shows it.

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
    for mark, plain in MARKS.items():
        if rng.random() < 0.8:
            data = data.replace(mark.encode("gbk"), plain.encode())
    for character in wanted[:annotated]:
        code = character.encode("gbk")
        try:
            data = data.replace(code, code + f"({readings[character]})".encode("gbk"))
        except UnicodeEncodeError:
            continue
    return decoded_lossily(data)
