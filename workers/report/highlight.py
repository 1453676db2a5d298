"""Cuts a document's text into blocks and pieces, each piece knowing which records it is evidence of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from schemas.record import DocumentRecord, Section


@dataclass(frozen=True)
class Piece:
    """Characters that are evidence of the same things.

    Attributes:
        values, names: numbers (places in ``record.indicators``) of the records whose value or name it
            belongs to, the closest fitting first.
        repair: number of the repair it came from, or None.
        topic: it belongs to the title of a section.
    """

    text: str
    values: tuple[int, ...] = ()
    names: tuple[int, ...] = ()
    repair: int | None = None
    topic: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, or a table.

    Attributes:
        level: of a heading, 1 to 6.
        part: what part of the report it stands in.
        section: number of the section that begins here, or None.
        pieces: of a paragraph or heading.
        rows: of a table, cells of pieces.
    """

    kind: str
    part: str
    level: int = 0
    section: int | None = None
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()


@dataclass
class _Spans:
    """Spans of one kind, as far as a sweep over the text needs them."""

    spans: list[tuple[int, int]]
    starting: dict[int, list[int]] = field(default_factory=dict)
    ending: dict[int, list[int]] = field(default_factory=dict)
    active: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for number, (start, end) in enumerate(self.spans):
            if start < end:
                self.starting.setdefault(start, []).append(number)
                self.ending.setdefault(end, []).append(number)

    def move_to(self, offset: int) -> None:
        self.active.difference_update(self.ending.get(offset, ()))
        self.active.update(self.starting.get(offset, ()))

    def at_hand(self) -> tuple[int, ...]:
        """The active ones, shortest first: a value inside a name is nearer to the eye."""
        return tuple(sorted(self.active, key=lambda n: (self.spans[n][1] - self.spans[n][0], n)))


def blocks_of(record: DocumentRecord) -> list[Block]:
    """The text as blocks. All its characters but line feeds and tabs are in some piece, once, in order."""
    text = record.text
    lines = list(_lines(text))
    pieces = _cut(record, text)
    starts = [start for start, _ in pieces]
    begins = {section.start: number for number, section in reversed(list(enumerate(record.sections)))}
    whole = _titles_that_fill(record)
    parts = _parts(record.sections)
    blocks: list[Block] = []
    table: list[tuple[tuple[Piece, ...], ...]] = []
    for start, end in lines:
        cells = _cells(text, start, end)
        if len(cells) > 1:
            table.append(tuple(_between(pieces, starts, *cell) for cell in cells))
            continue
        if table:
            blocks.append(Block("table", parts(start - 1), rows=tuple(table)))
            table = []
        if not text[start:end].strip():
            continue
        number = begins.get(start)
        level = whole.get(start, 0)
        found = _between(pieces, starts, start, end)
        blocks.append(Block("heading" if level else "paragraph", parts(start), level, number, found))
    if table:
        blocks.append(Block("table", parts(len(text) - 1), rows=tuple(table)))
    return blocks


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found, at = [], start
    for cell in text[start:end].split("\t"):
        found.append((at, at + len(cell)))
        at += len(cell) + 1
    return found


def _cut(record: DocumentRecord, text: str) -> list[tuple[int, Piece]]:
    """All pieces of the text with their offsets, line feeds and tabs left out."""
    evidence = [found.evidence for found in record.indicators]
    values = _Spans([(e.start, e.end) for e in evidence])
    names = _Spans([(e.name_start or 0, e.name_end or 0) for e in evidence])
    repairs = _Spans([(r.start, r.end) for r in record.script.repairs])
    topics = _Spans([span for section in record.sections if (span := _title_span(section, text))])
    edges = {0, len(text)}
    for spans in (values, names, repairs, topics):
        edges |= {edge for edge in (*spans.starting, *spans.ending) if 0 <= edge <= len(text)}
    for offset, character in enumerate(text):
        if character in "\n\t":
            edges |= {offset, offset + 1}
    made: list[tuple[int, Piece]] = []
    for start, end in pairwise(sorted(edges)):
        for spans in (values, names, repairs, topics):
            spans.move_to(start)
        if text[start] in "\n\t":
            continue
        repaired = repairs.at_hand()
        made.append(
            (
                start,
                Piece(
                    text[start:end],
                    values.at_hand(),
                    names.at_hand(),
                    repaired[0] if repaired else None,
                    bool(topics.active),
                ),
            )
        )
    return made


def _between(pieces: list[tuple[int, Piece]], starts: list[int], start: int, end: int) -> tuple[Piece, ...]:
    first = bisect_right(starts, start - 1)
    return tuple(piece for _, piece in pieces[first : bisect_right(starts, end - 1)]) if end > start else ()


def _title_span(section: Section, text: str) -> tuple[int, int] | None:
    """Where label and title stand: at the section's beginning, if anywhere."""
    if not section.title:
        return None
    within = min(section.end, section.start + len(section.label or "") + len(section.title) + 8)
    at = text.find(section.title, section.start, within)
    return None if at < 0 else (section.start, at + len(section.title))


def _titles_that_fill(record: DocumentRecord) -> dict[int, int]:
    """Offset of a line that is nothing but a section's title → level of the heading."""
    found: dict[int, int] = {}
    for section in record.sections:
        span = _title_span(section, record.text)
        if span is None:
            continue
        end = record.text.find("\n", section.start)
        line = record.text[section.start : len(record.text) if end < 0 else end]
        if len(line.rstrip()) <= span[1] - section.start + 1:
            found.setdefault(section.start, min(6, max(1, section.level)))
    return found


class _Parts:
    """The part of the report at an offset: that of the innermost section."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        edges = sorted({edge for section in sections for edge in (section.start, section.end)})
        self._edges = edges
        self._part = []
        inner = sorted(sections, key=lambda s: s.end - s.start)
        for edge in edges:
            holds = next((s for s in inner if s.start <= edge < s.end), None)
            self._part.append(holds.part if holds else "other")

    def __call__(self, offset: int) -> str:
        n = bisect_right(self._edges, offset) - 1
        return self._part[n] if n >= 0 else "other"


def _parts(sections: tuple[Section, ...]) -> _Parts:
    return _Parts(sections)
