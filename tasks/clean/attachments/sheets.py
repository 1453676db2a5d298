"""Reads workbooks (xlsx, xlsm, xlsb, xls): each visible sheet is its title lines and a table."""

from __future__ import annotations

import datetime as dt
import io
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from tasks.clean.attachments import limits
from tasks.clean.attachments.archive import member, opened
from tasks.clean.attachments.attachment import AttachmentText
from tasks.clean.attachments.composing import CellText, Composer
from tasks.clean.attachments.number_formats import (
    Formats,
    area_of_xlsx,
    areas_of_xls,
    is_locked_xls,
    of_xls,
    of_xlsx,
    shown,
)
from tasks.errors import Unprocessable

_DULL = ("sheet", "工作表", "表")  # names of sheets that say nothing
_Merges = Sequence[tuple[tuple[int, int], tuple[int, int]]]


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
        stream = b""
        if container.exists("Workbook"):
            stream = container.openstream("Workbook").read()
        elif container.exists("Book"):
            stream = container.openstream("Book").read()
    if is_locked_xls(stream):
        raise _locked(name)
    area, claimed = areas_of_xls(stream)
    _refuse_wide(area, name)
    if claimed > 65_536 * 256:
        raise limits.broken(name, "a sheet claims more cells than the format allows")
    formats: dict[str, Formats] = {}
    with suppress(struct.error, IndexError):
        formats = of_xls(stream)
    return _read(raw, name, formats)


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
                merges = tuple(sheet.merged_cell_ranges or ())
        except calamine.CalamineError:
            damaged += 1
            continue
        if len(visible) > 1 and not _is_dull(sheet_name):
            composer.paragraph(sheet_name, "heading")
        _sheet(rows, merges, formats.get(sheet_name, {}), composer)
    if damaged:
        composer.warn("missing_text", "sheets of the workbook are damaged and were left out", damaged)
    if not composer.length:
        raise Unprocessable("empty_attachment", f"{name} holds no text")
    return composer.build()


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


def _sheet(rows: list[list[Any]], merges: _Merges, formats: Formats, composer: Composer) -> None:
    """Title lines above the table, the table, notes below it."""
    texts = [[_text(value, formats.get((r, c))) for c, value in enumerate(row)] for r, row in enumerate(rows)]
    filled = [r for r, row in enumerate(texts) if any(row)]
    if not filled:
        return
    first, last = filled[0], filled[-1]
    while first <= last and _lone(texts[first]) is not None:
        _add_line(_lone(texts[first]) or "", composer)
        first = next((r for r in filled if r > first), last + 1)
    notes: list[str] = []
    while last >= first and (note := _lone(texts[last])) is not None:
        notes.append(note)
        last = next((r for r in reversed(filled) if r < last), first - 1)
    if first <= last:
        composer.table(_cells(texts, merges, first, last))
    for note in reversed(notes):
        composer.paragraph(note)


def _add_line(text: str, composer: Composer) -> None:
    if composer.title is None and len(text) <= 80:
        composer.title = text
        composer.paragraph(text, "centre")
    else:
        composer.paragraph(text)


def _lone(row: list[str]) -> str | None:
    """The one text of a row that has just one."""
    held = [text for text in row if text]
    return held[0] if len(held) == 1 else None


def _cells(texts: list[list[str]], merges: _Merges, first: int, last: int) -> list[CellText]:
    used = [c for c in range(max(map(len, texts))) if any(c < len(row) and row[c] for row in texts[first : last + 1])]
    if not used:
        return []
    left, right = used[0], used[-1]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    budget = limits.CELLS
    for (top, start), (bottom, end) in merges:
        bottom, end = min(bottom, last), min(end, right)  # noqa: PLW2901
        budget -= max(0, bottom - top + 1) * max(0, end - start + 1)
        if budget < 0:
            break  # overlapping merges without end: no one drew these
        spans[top, start] = (bottom - top + 1, end - start + 1)
        covered.update((r, c) for r in range(top, bottom + 1) for c in range(start, end + 1) if (r, c) != (top, start))
    cells = []
    for r in range(first, last + 1):
        row = texts[r]
        for c in range(left, right + 1):
            if (r, c) in covered:
                continue
            high, wide = spans.get((r, c), (1, 1))
            text = row[c] if c < len(row) else ""
            cells.append(CellText(r - first, c - left, text, max(1, high), max(1, wide)))
    return cells


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
