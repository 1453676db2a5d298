"""Reads workbooks (xlsx, xlsm, xls): each visible sheet is its title lines and a table."""

from __future__ import annotations

import datetime as dt
import io
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from tasks.clean.attachments import limits
from tasks.clean.attachments.archive import member, opened
from tasks.clean.attachments.attachment import AttachmentText
from tasks.clean.attachments.composing import CellText, Composer
from tasks.clean.attachments.number_formats import Formats, area_of_xlsx, of_xlsx, shown
from tasks.clean.attachments.workbook_binary import Book
from tasks.errors import Unprocessable

_DULL = ("sheet", "工作表", "表")  # names of sheets that say nothing
_Merges = Sequence[tuple[int, int, int, int]]


def read_xlsx(raw: bytes, name: str) -> AttachmentText:
    """Sheets of a zipped workbook.

    Raises:
        Unprocessable: ``encrypted_attachment``, ``broken_attachment``, ``too_large``, ``empty_attachment``.
    """
    with opened(raw, name) as archive:  # looks for bombs before calamine unpacks anything
        if "xl/workbook.bin" in archive.NameToInfo:
            raise limits.broken(name, "it is a binary workbook (xlsb); save it as xlsx")
        for path in archive.NameToInfo:
            # two cells in far corners make calamine ask for the memory of the whole rectangle
            if path.startswith("xl/worksheets/") and path.endswith(".xml"):
                _refuse_wide(area_of_xlsx(member(archive, path, name)), name)
        formats: dict[str, Formats] = {}
        with suppress(Unprocessable):
            formats = of_xlsx(archive, name)
    return _read(raw, name, formats)


def read_xls(raw: bytes, name: str) -> AttachmentText:
    """Sheets of a binary workbook.

    Raises:
        Unprocessable: as :func:`read_xlsx`.
    """
    import olefile

    try:
        container = olefile.OleFileIO(io.BytesIO(raw))
    except OSError as error:
        raise limits.broken(name, "it is no whole OLE file") from error
    with container:
        stream = next((s for s in ("Workbook", "Book") if container.exists(s)), None)
        if stream is None:
            raise limits.broken(name, "it holds no workbook")
        book = Book.read(container.openstream(stream).read())
    if book.locked:
        raise _locked(name)
    composer = Composer(name)
    visible = [sheet for sheet in book.sheets() if not sheet.hidden]
    for sheet in visible:
        if len(visible) > 1 and sheet.cells and not _is_dull(sheet.name):
            composer.paragraph(sheet.name, "heading")
        _sheet(sheet.cells, sheet.merges, composer)
    return _finished(composer, name)


def _finished(composer: Composer, name: str) -> AttachmentText:
    if not composer.length:
        raise Unprocessable("empty_attachment", f"{name} holds no text")
    return composer.build()


def _refuse_wide(area: int, name: str) -> None:
    if area > limits.CELLS * 4:
        limits.too_large(name, "cells", limits.CELLS * 4)


def _read(raw: bytes, name: str, formats: dict[str, Formats]) -> AttachmentText:
    import python_calamine as calamine

    try:
        with _panics_translated(name):
            book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except calamine.PasswordError as error:
        raise _locked(name) from error
    except calamine.CalamineError as error:
        raise limits.broken(name, "it is no whole workbook") from error
    composer = Composer(name)
    visible = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible
    ]
    cells = 0
    damaged = 0
    for sheet_name in visible:
        try:
            with _panics_translated(name):
                sheet = book.get_sheet_by_name(sheet_name)
                cells += sheet.total_height * sheet.total_width
                _refuse_wide(cells, name)
                rows = sheet.to_python(skip_empty_area=False)
                merges = [(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
        except calamine.CalamineError:
            damaged += 1
            continue
        known = formats.get(sheet_name, {})
        texts = {(r, c): _text(value, known.get((r, c))) for r, row in enumerate(rows) for c, value in enumerate(row)}
        texts = {place: text for place, text in texts.items() if text}
        if len(visible) > 1 and texts and not _is_dull(sheet_name):
            composer.paragraph(sheet_name, "heading")
        _sheet(texts, merges, composer)
    if damaged:
        composer.warn("missing_text", "sheets of the workbook are damaged and were left out", damaged)
    return _finished(composer, name)


@contextmanager
def _panics_translated(name: str) -> Iterator[None]:
    """A damaged file can make the Rust code of calamine panic, which is no :class:`Exception`."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise limits.broken(name, "it is no whole workbook") from error
        raise


def _locked(name: str) -> Unprocessable:
    return Unprocessable("encrypted_attachment", f"{name} needs a password; ask its publisher for an open copy")


def _is_dull(name: str) -> bool:
    return name.lower().rstrip("0123456789 ()（）") in _DULL


def _sheet(texts: Mapping[tuple[int, int], str], merges: _Merges, composer: Composer) -> None:
    """Title lines above the table, the table, notes below it."""
    by_row: dict[int, list[str]] = {}
    for (row, _), text in sorted(texts.items()):
        by_row.setdefault(row, []).append(text)
    rows = list(by_row)
    first, last = 0, len(rows)
    while first < last and len(by_row[rows[first]]) == 1:
        first += 1
    while last > first and len(by_row[rows[last - 1]]) == 1:
        last -= 1
    for row in rows[:first]:
        _add_line(by_row[row][0], composer)
    if first < last:
        composer.table(_cells(texts, merges, rows[first:last], composer.name))
    for row in rows[last:]:
        composer.paragraph(by_row[row][0])


def _add_line(text: str, composer: Composer) -> None:
    untitled = composer.title is None
    composer.offer_title(text)
    composer.paragraph(text, "centre" if untitled and composer.title is not None else None)


def _cells(texts: Mapping[tuple[int, int], str], merges: _Merges, rows: Sequence[int], name: str) -> Iterator[CellText]:
    """Cells of the rows and columns that hold something; what lies empty between them is closed up."""
    inside = set(rows)
    columns = sorted({column for row, column in texts if row in inside})
    _refuse_wide(len(rows) * len(columns), name)
    row_number, column_number = {row: n for n, row in enumerate(rows)}, {c: n for n, c in enumerate(columns)}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    budget = limits.CELLS
    for top, left, bottom, right in merges:
        if top not in row_number or left not in column_number:
            continue
        down, across = row_number[top], column_number[left]
        high = bisect_right(rows, bottom) - down
        wide = bisect_right(columns, right) - across
        budget -= high * wide
        if budget < 0:
            break  # overlapping merges without end: no one drew these
        spans[down, across] = (high, wide)
        covered.update((r, c) for r in range(down, down + high) for c in range(across, across + wide))
        covered.discard((down, across))
    for r, row in enumerate(rows):
        for c, column in enumerate(columns):
            if (r, c) not in covered:
                high, wide = spans.get((r, c), (1, 1))
                yield CellText(r, c, texts.get((row, column), ""), high, wide)


def _text(value: Any, code: str | None) -> str:
    """A cell as it is read; floats that are whole without a point."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return shown(float(value), code)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return "" if value is None else str(value)


__all__ = ["read_xls", "read_xlsx"]
