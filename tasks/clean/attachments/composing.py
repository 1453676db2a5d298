"""Puts a text together out of paragraphs and tables, and keeps where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from schemas.document import Cell, Mark, Table
from schemas.record import Warn
from tasks.clean.attachments import limits
from tasks.clean.attachments.attachment import AttachmentText

Style = Literal["heading", "bold", "centre", "right"]

#: controls, bullets of symbol fonts (U+F020 to U+F0FF), and characters that show nothing
_NOTHING = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\uf020-\uf0ff\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BLANKS = re.compile(r"[ \t\xa0\u2000-\u200a\u202f\u205f]+")
#: what stands out above a title: letterhead, number, label of an annex, date, speaker, salutation
_NO_TITLE = re.compile(
    r"文件$|[〔\[（(【]\d{4}[〕\]）)】]\s*\d+\s*号|^附(?:件|表)?\s*\d*\s*[:：]?$|^[（(—]|[:：]$|^\d{4}年\d{1,2}月\d{1,2}日$"
    r"|^(?:省|市|县|区|镇|乡)长[\s　]|^目\s*录$|^[一二三四五六七八九十]{1,3}、|^单位"
)
_BREAKS = re.compile(r"[\r\n\x0b\x0c]+")


@dataclass(frozen=True)
class CellText:
    """A cell on its way into a table."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    header: bool = False


class Composer:
    """Gathers paragraphs and tables in reading order.

    Args:
        name: of the file, for messages.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._pieces: list[str] = []
        self._length = 0
        self._cells = 0
        self._tables: list[Table] = []
        self._marks: list[Mark] = []
        self._in_head = True
        self.warnings: list[Warn] = []
        self.title: str | None = None

    def paragraph(self, text: str, style: Style | None = None) -> None:
        """Add a paragraph; line breaks inside make several, empty ones are left out.

        Raises:
            Unprocessable: ``too_large``.
        """
        for line in _BREAKS.split(text):
            clean = tidy(line)
            if clean:
                start = self._add(clean)
                self._in_head = self._in_head and len(clean) < 100 and not clean.endswith(("。", "；"))
                if style is not None:
                    self._marks.append(Mark(start=start, end=start + len(clean), style=style))

    def offer_title(self, text: str) -> None:
        """Take a line that stands out for the title, if there is none yet and no sentence came before it.

        Call it before the line is added as a paragraph.
        """
        line = tidy(text)
        if self.title is None and self._in_head and 0 < len(line) <= 80 and not _NO_TITLE.search(line):
            self.title = line

    def table(self, cells: Iterable[CellText]) -> None:
        """Add a table: a line per row, cells separated by one tab. Rows without any text are left out.

        A table of one column, or of one row whose cells are no figures but paragraphs, is layout: it is
        dissolved into paragraphs.

        Raises:
            Unprocessable: ``too_large``.
        """
        by_row: dict[int, list[CellText]] = {}
        for cell in cells:
            by_row.setdefault(cell.row, []).append(cell)
            self._cells += 1
            if self._cells > limits.CELLS:
                limits.too_large(self.name, "table cells", limits.CELLS)
        rows = [sorted(by_row[row], key=lambda c: c.column) for row in sorted(by_row)]
        if not any(c.text.strip() for row in rows for c in row):
            return
        if _is_layout(rows):
            for row in rows:
                for cell in row:
                    self.paragraph(cell.text)
            return
        self._data_table(rows)

    def _data_table(self, rows: Sequence[Sequence[CellText]]) -> None:
        kept = _without_empty_rows(rows)
        places: list[Cell] = []
        start = self._length + (1 if self._pieces else 0)
        for row in kept:
            at = self._add("\t".join(cell_line(cell.text) for cell in row))
            for cell in row:
                text = cell_line(cell.text)
                places.append(
                    Cell(
                        row=cell.row,
                        column=cell.column,
                        row_span=cell.row_span,
                        column_span=cell.column_span,
                        header=cell.header,
                        start=at,
                        end=at + len(text),
                    )
                )
                at += len(text) + 1
        self._tables.append(
            Table(
                start=start,
                end=self._length,
                rows=max(c.row + c.row_span for c in places),
                columns=max(c.column + c.column_span for c in places),
                cells=tuple(places),
            )
        )

    def _add(self, line: str) -> int:
        start = self._length + (1 if self._pieces else 0)
        self._pieces.append(line)
        self._length = start + len(line)
        if self._length > limits.CHARACTERS:
            limits.too_large(self.name, "characters", limits.CHARACTERS)
        return start

    @property
    def length(self) -> int:
        """Characters so far."""
        return self._length

    def warn(self, code: str, why: str, times: int = 1) -> None:
        """Note a doubt."""
        self.warnings.append(Warn(code=code, times=times, why=why))

    def build(self) -> AttachmentText:
        """All of it."""
        title = tidy(self.title) if self.title else None
        return AttachmentText(
            text="\n".join(self._pieces),
            tables=tuple(self._tables),
            marks=tuple(self._marks),
            title=title or None,
            warnings=tuple(self.warnings),
        )


def tidy(line: str) -> str:
    """A line without what shows nothing, blanks joined and taken from its ends (the indent too)."""
    return _BLANKS.sub(" ", _NOTHING.sub("", line)).strip()


def cell_line(text: str) -> str:
    """The text of a cell on one line: its own lines are joined, Chinese without a blank."""
    lines = [tidy(line) for line in _BREAKS.split(text)]
    return join_lines([line for line in lines if line])


def join_lines(lines: Sequence[str]) -> str:
    """Lines that were one before they were broken to fit: a blank only between Latin words."""
    whole = ""
    for line in lines:
        if whole and _needs_blank(whole[-1], line[:1]):
            whole += " "
        whole += line
    return whole


def _needs_blank(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and (before.isalpha() or before in ",;:") and after.isalnum()


def _is_layout(rows: Sequence[Sequence[CellText]]) -> bool:
    columns = max(cell.column + 1 for row in rows for cell in row)
    if columns == 1:
        return True
    longest = max((len(cell.text) for row in rows for cell in row), default=0)
    return len(rows) == 1 and longest > 200


def _without_empty_rows(rows: Sequence[Sequence[CellText]]) -> list[list[CellText]]:
    """Rows that hold something, renumbered; spans shortened by the rows left out."""
    used = [row[0].row for row in rows if any(cell.text.strip() for cell in row)]
    number = {old: new for new, old in enumerate(used)}
    kept: list[list[CellText]] = []
    for row in rows:
        if row[0].row not in number:
            continue
        moved = []
        for cell in row:
            span = max(1, sum(1 for old in range(cell.row, cell.row + min(cell.row_span, 10_000)) if old in number))
            moved.append(
                CellText(number[cell.row], cell.column, cell.text, span, max(1, cell.column_span), cell.header)
            )
        kept.append(moved)
    return kept
