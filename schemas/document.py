"""A document on its way: what clean, normalise, segment and extract hand on."""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.base import Contract, Part
from schemas.evidence import SpanMap
from schemas.page import FetchedPage
from schemas.record import (
    Area,
    Attachment,
    Charset,
    Finding,
    Kind,
    Metadata,
    Period,
    Script,
    Section,
    Warn,
)


class Cell(Part):
    """A table cell. ``start``/``end`` are its text's place in the document's text.

    A cell that spans rows or columns stands once, at its first row and column.
    """

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    start: int
    end: int


class Table(Part):
    """A data table (layout tables are dissolved into paragraphs).

    In the text each row is a line and cells are separated by one tab.  ``start``/``end`` cover all
    rows; cells are in row-major order.
    """

    start: int
    end: int
    rows: int
    columns: int
    cells: tuple[Cell, ...]


class Mark(Part):
    """How the page set a stretch of text: hints for segment, not structure."""

    start: int
    end: int
    style: Literal["heading", "bold", "centre", "right"]


class Clue(Part):
    """A piece of evidence for the place a page is of, as found in the page.

    ``kind`` is one of the values of :class:`schemas.record.AreaEvidence`.
    """

    kind: str
    found: str


class CleanDocument(Contract):
    """Body text, tables and disclosure block, still in the script of the page.

    Attributes:
        text: paragraphs separated by one line feed; table rows are lines with tab-separated cells.
        spans: maps ``text`` to what ``spans_into`` names.
        spans_into: ``decoded`` — the raw bytes decoded by ``charset.used``; ``extracted`` — the text
            that a pdf, docx, … reader gives for the file, which has no byte positions of its own.
        title: as read from meta tags, block or heading.
        metadata: labels and values as read; dates already ISO.
        clues: evidence for the place.
        is_cover: the page says little more than that there is a file, which is the document.
        encoding_errors: how many byte sequences could not be decoded.
    """

    CONTRACT: ClassVar[str] = "clean/1"
    contract: Literal["clean/1"] = "clean/1"
    page: FetchedPage
    charset: Charset
    title: str | None
    metadata: Metadata
    clues: tuple[Clue, ...] = ()
    text: str
    spans: SpanMap
    spans_into: Literal["decoded", "extracted"] = "decoded"
    tables: tuple[Table, ...] = ()
    marks: tuple[Mark, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    is_cover: bool = False
    encoding_errors: int = 0
    warnings: tuple[Warn, ...] = ()


class NormalDocument(Contract):
    """The same document in simplified characters, saying what the government published.

    Attributes:
        spans: maps ``text`` to the text of the clean document (``clean`` is its digest).
        tables, marks: as in the clean document, moved to the new text.
        is_cover: as in the clean document; such a page is a notice of its attachments, whatever its title says.
    """

    CONTRACT: ClassVar[str] = "normal/1"
    contract: Literal["normal/1"] = "normal/1"
    page: FetchedPage
    charset: Charset
    title: str | None
    kind: Kind
    metadata: Metadata
    area: Area | None
    review_period: Period | None
    plan_period: Period | None
    script: Script
    text: str
    spans: SpanMap
    tables: tuple[Table, ...] = ()
    marks: tuple[Mark, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    is_cover: bool = False
    warnings: tuple[Warn, ...] = ()


class SegmentedDocument(Contract):
    """A normal document with its sections, which nest and together cover the text."""

    CONTRACT: ClassVar[str] = "segmented/1"
    contract: Literal["segmented/1"] = "segmented/1"
    normal: NormalDocument
    sections: tuple[Section, ...]
    warnings: tuple[Warn, ...] = ()


class Document(Contract):
    """All that extraction found; emit makes the public record of it."""

    CONTRACT: ClassVar[str] = "extracted/1"
    contract: Literal["extracted/1"] = "extracted/1"
    normal: NormalDocument
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    warnings: tuple[Warn, ...] = ()
