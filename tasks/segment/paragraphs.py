"""Cuts a text into paragraphs, also where line breaks were lost and only spaces or tags are left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tasks.text.glued import glued_starts, is_glued

_NUMERAL = "一二三四五六七八九十"

#: Within a line paragraphs are parted by tags that were left in the text, or (where paragraphs were
#: joined when they were collected) by spaces after a full stop or before a label.
_BREAK = re.compile(
    r"(?:<[^<>\n]{1,80}>|\r)+"
    r"|(?<=[。！？!：:])[ \u3000\xa0]+(?=[^\s”’」』）)])"
    rf"|(?<=[^\s、])[ \u3000\xa0]+(?=[{_NUMERAL}]{{1,3}}、[^ ]|[（(][{_NUMERAL}]{{1,3}}[）)])"
    r"|[ \u3000\xa0]+(?=各位代表|[一两三四五六七八九]年来|过去[一两三四五六七八九]年)"
    r"|[ \u3000\xa0]{2,}(?=[^\s])"
)
_JOINT = re.compile(r"[。！：:][ \u3000\xa0]+(?=[^\s])")
#: A heading that a space ties to the paragraph after it.
_TIED = re.compile(r"[^\s。！？；]{2,45}(?<![\d，,、])(?=[ \u3000\xa0]+[^\s])")
_BLANK = " \t\u3000\xa0\r\n"


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every paragraph, without the white space around it; empty ones are left out."""
    joined = _is_joined(text)
    glued = is_glued(text)
    at, length = 0, len(text)
    while at < length:
        end = text.find("\n", at)
        if end < 0:
            end = length
        if end > at:
            cuts = [at + cut for cut in glued_starts(text[at:end], first=not at)] if glued else []
            for first, last in pairwise([at, *cuts, end]):
                yield from _of_line(text, first, last, joined=joined)
        at = end + 1


def _of_line(text: str, start: int, end: int, *, joined: bool) -> Iterator[tuple[int, int]]:
    line = text[start:end]
    bare = line.strip(_BLANK)
    if not bare:
        return
    if not joined and not _inside(bare):  # nearly every line: nothing to part it by
        start += line.index(bare[0])
        yield start, start + len(bare)
        return
    at = start
    for gap in _BREAK.finditer(text, start, end):
        yield from _trimmed(text, at, gap.start(), joined=joined)
        at = gap.end()
    yield from _trimmed(text, at, end, joined=joined)


def _inside(bare: str) -> bool:
    return " " in bare or "\u3000" in bare or "<" in bare or "\xa0" in bare or "\r" in bare


def _is_joined(text: str) -> bool:
    """Whether spaces took the place of the line feeds: more paragraphs end before a space than on a line."""
    lines = text.count("\n")
    if lines > len(text) // 400:
        return False
    return sum(1 for _ in _JOINT.finditer(text)) > max(lines, 3)


def _trimmed(text: str, start: int, end: int, *, joined: bool) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    bare = piece.strip(_BLANK)
    if not bare:
        return
    start += len(piece) - len(piece.lstrip(_BLANK))
    end = start + len(bare)
    while joined and (tied := _TIED.match(text, start, end)):
        yield start, tied.end()
        start = tied.end()
        while text[start] in _BLANK:
            start += 1
    yield start, end
