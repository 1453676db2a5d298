"""The signs of damage: where bytes were lost, and what of a text is sound."""

from __future__ import annotations

import re

from tasks.normalise.annotations import READING, Annotations

#: Second byte of the full-width form (A3xx) of marks that converters write as ASCII.
FULL_WIDTH = {",": 0xAC, ":": 0xBA, ";": 0xBB, "?": 0xBF, "!": 0xA1, "(": 0xA8, ")": 0xA9}

#: What stands for a byte that could not be decoded.
LOST = "?\ufffd"

SIGN = re.compile(f"[{LOST}]")

#: An annotation whose opening bracket was swallowed.
SWALLOWED = re.compile(rf"({READING.pattern})[)）]")

_ASCII = re.compile("[\n-~]")
_RARELY_LONGER = 40  # characters of a run


def suspicious(text: str, at: int) -> bool:
    """A sign of damage, not a question: what follows it cannot belong to one."""
    after = text[at + 1 : at + 2]
    if not after or after == "\n":
        return False
    return bool(SWALLOWED.match(text, at + 1)) or after in FULL_WIDTH or after > "\x80"


def undamaged(text: str, annotated: Annotations) -> str:
    """The text without annotations, and without what is read out of step behind a sign of damage.

    That is not what the document says. Mostly it ends at the next ASCII character.
    """
    spans = [(note.start, note.end) for note in annotated.found]
    done = 0
    for sign in SIGN.finditer(text):
        if sign.start() < done or not suspicious(text, sign.start()):
            continue
        in_step = _ASCII.search(text, sign.start() + 2)
        done = min(in_step.start() if in_step else len(text), sign.start() + _RARELY_LONGER)
        spans.append((sign.start(), done))
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        pieces.append(text[at:start])
        at = max(at, end)
    pieces.append(text[at:])
    return "".join(pieces)
