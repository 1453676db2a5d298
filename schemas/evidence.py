"""Where something stands: spans, and maps from one text back to the text it was cut from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from typing import Self

from schemas.base import Part


class Span(Part):
    """Offsets in Unicode code points, start inclusive, end exclusive."""

    start: int
    end: int


class SpanMap(Part):
    """Maps each offset of a derived text to a span of the text it was made from.

    Attributes:
        runs: flat list of triples ``(out_length, in_start, in_length)`` in the order of the derived
            text; the out lengths add up to the length of the derived text.  A run with
            ``out_length == in_length`` is copied or replaced character by character; any other run
            was rewritten as a whole.  ``in_length == 0`` marks characters that were put in (a line
            feed between paragraphs); their ``in_start`` is where they were put.
        source_length: length of the text mapped to.

    The in-ranges need not be in order: a page may show its blocks in another order than its source.
    """

    runs: tuple[int, ...] = ()
    source_length: int = 0

    @classmethod
    def identity(cls, length: int) -> Self:
        """The map of a text onto itself."""
        return cls(runs=(length, 0, length) if length else (), source_length=length)

    @classmethod
    def from_runs(cls, runs: Iterable[tuple[int, int, int]], source_length: int) -> Self:
        """Build from triples, joining neighbours that continue one another character by character."""
        flat: list[int] = []
        for out, start, length in runs:
            if not out:  # what was dropped leads nowhere
                continue
            if flat and out == length and flat[-3] == flat[-1] and flat[-2] + flat[-1] == start:
                flat[-3] += out
                flat[-1] += length
            else:
                flat += (out, start, length)
        return cls(runs=tuple(flat), source_length=source_length)

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(self.runs[0::3]))

    @property
    def length(self) -> int:
        """Length of the derived text."""
        return self._ends[-1] if self._ends else 0

    def back(self, start: int, end: int) -> Span:
        """The smallest span of the source that holds everything ``[start, end)`` was made from.

        Raises:
            ValueError: the span is empty, reversed or outside the derived text.
        """
        if not 0 <= start < end <= self.length:
            raise ValueError(f"span {start}–{end} is not inside a text of {self.length} characters")
        low, high = None, 0
        n = bisect_right(self._ends, start)
        while n < len(self._ends):
            out, source, length = self.runs[3 * n : 3 * n + 3]
            begins = self._ends[n] - out
            if begins >= end:
                break
            if out == length:
                first = source + max(0, start - begins)
                last = source + min(out, end - begins)
            else:
                first, last = source, source + length
            if last > first:
                low = first if low is None else min(low, first)
                high = max(high, last)
            elif low is None and n + 1 == len(self._ends):
                low = high = first
            n += 1
        if low is None:  # everything in the span was put in: point at where
            n = min(bisect_right(self._ends, start), len(self._ends) - 1)
            low = high = self.runs[3 * n + 1]
        return Span(start=low, end=high)

    def after(self, earlier: SpanMap) -> SpanMap:
        """Compose: ``self`` maps C to B, ``earlier`` maps B to A; the result maps C to A."""
        runs: list[tuple[int, int, int]] = []
        for n in range(0, len(self.runs), 3):
            out, start, length = self.runs[n : n + 3]
            if out == length:
                runs.extend(earlier._slice(start, start + length))
            elif length == 0:
                at = earlier.back(start, start + 1).start if start < earlier.length else earlier.source_length
                runs.append((out, at, 0))
            else:
                span = earlier.back(start, start + length)
                runs.extend(_rewritten(out, span.start, span.end - span.start))
        return SpanMap.from_runs(runs, earlier.source_length)

    def _slice(self, start: int, end: int) -> Iterable[tuple[int, int, int]]:
        n = bisect_right(self._ends, start)
        while n < len(self._ends):
            out, source, length = self.runs[3 * n : 3 * n + 3]
            begins = self._ends[n] - out
            if begins >= end:
                break
            first, last = max(0, start - begins), min(out, end - begins)
            if out == length:
                yield (last - first, source + first, last - first)
            else:
                yield from _rewritten(last - first, source, length)
            n += 1


def _rewritten(out: int, start: int, length: int) -> Iterable[tuple[int, int, int]]:
    """A run rewritten as a whole; where its lengths agree, in two, so that it does not look copied."""
    if out == length > 1:
        yield (1, start, length)
        out -= 1
    yield (out, start, length)


class Evidence(Part):
    """Where a value stands in the document's ``text``, and the sentence and name around it."""

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    name_start: int | None = None
    name_end: int | None = None
