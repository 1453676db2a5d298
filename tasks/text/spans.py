"""Changing a text by listing edits, and the maps that come of it.

Every change that a stage makes to a text is an :class:`Edit`; applying a list of them gives the new
text, the :class:`~schemas.evidence.SpanMap` back, and the way forward for offsets kept elsewhere
(tables, marks).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.evidence import SpanMap


class Edit(NamedTuple):
    """Put ``text`` where ``[start, end)`` of the source stood.

    Attributes:
        whole: the characters of ``text`` have no places of their own in the source: each maps back
            to the whole of ``[start, end)``, even when the lengths happen to agree.
    """

    start: int
    end: int
    text: str
    whole: bool = False


@dataclass(frozen=True)
class Edited:
    """A text after edits.

    Attributes:
        text: the new text.
        spans: maps ``text`` to the source.
    """

    text: str
    spans: SpanMap
    _ends: tuple[int, ...] = field(repr=False)
    _grown: tuple[int, ...] = field(repr=False)
    _edits: tuple[Edit, ...] = field(repr=False)

    def forward(self, offset: int) -> int:
        """Where a source offset went; inside an edit, to the nearest place it can mean.

        In a character-by-character edit that is the same character; in any other edit of a text
        that was kept, its start; a dropped character gives the place where it was dropped.
        """
        n = bisect_right(self._ends, offset)
        moved = offset + (self._grown[n - 1] if n else 0)
        if n == len(self._edits) or offset <= self._edits[n].start:
            return moved
        edit = self._edits[n]
        inside = offset - edit.start
        return moved - inside + (min(inside, len(edit.text)) if len(edit.text) == edit.end - edit.start else 0)


def edited(text: str, edits: Iterable[Edit]) -> Edited:
    """Apply edits that do not overlap; edits at the same place are applied in the given order.

    Raises:
        ValueError: two edits overlap, or one lies outside the text.
    """
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    if not ordered:
        return Edited(text, SpanMap.identity(len(text)), (), (), ())
    pieces: list[str] = []
    runs: list[tuple[int, int, int]] = []
    ends: list[int] = []
    grown: list[int] = []
    done = growth = 0
    for edit in ordered:
        start, end, new, whole = edit
        if start < done or end < start or end > len(text):
            raise ValueError(f"edit {start}–{end} overlaps another or lies outside a text of {len(text)} characters")
        pieces += (text[done:start], new)
        runs.append((start - done, done, start - done))
        if whole and len(new) == end - start > 1:
            # Two runs over the same source keep one that was rewritten from passing for one that was copied.
            runs += ((1, start, end - start), (len(new) - 1, start, end - start))
        else:
            runs.append((len(new), start, end - start))
        done = end
        growth += len(new) - (end - start)
        ends.append(end)
        grown.append(growth)
    pieces.append(text[done:])
    runs.append((len(text) - done, done, len(text) - done))
    spans = SpanMap.from_runs(runs, len(text))
    return Edited("".join(pieces), spans, tuple(ends), tuple(grown), tuple(ordered))
