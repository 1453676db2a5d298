"""What a reader gives for an attached file."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.document import Mark, Table
from schemas.record import Warn


@dataclass(frozen=True)
class AttachmentText:
    """The text of an attached file.

    Attributes:
        text: paragraphs separated by one line feed; table rows are lines with tab-separated cells.
        tables, marks: with offsets in ``text``.
        title: the file's own title (first heading or document property), or None.
        warnings: what was left out, and why.
    """

    text: str
    tables: tuple[Table, ...] = ()
    marks: tuple[Mark, ...] = ()
    title: str | None = None
    warnings: tuple[Warn, ...] = ()
