"""How the numbers of a workbook are shown: 0.062 in a cell of the format ``0.0%`` is read as 6.2%.

python-calamine gives values without their formats, so these are read from the parts of an xlsx
(ECMA-376 part 1, 18.8) and the records of an xls ([MS-XLS] 2.4.126, 2.4.353) here.
"""

from __future__ import annotations

import io
import math
import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import islice

from lxml import etree

from tasks.clean.attachments import limits
from tasks.clean.attachments.archive import member, parse

#: row and column → format code
Formats = dict[tuple[int, int], str]

_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_PLACES = re.compile(r"[0#?]\.([0#?]+)")
_MAIN = "{*}"


def shown(value: float, code: str | None) -> str:
    """A number as the cell shows it, without separators of thousands.

    Only what decides about digits is followed: places after the point, and per cent.
    """
    if not math.isfinite(value):
        return ""
    exact = Decimal(format(value, ".15g"))
    first = _LITERAL.sub("", (code or "").split(";")[0])
    percent = "%" in first
    if percent:
        exact *= 100
    if code and re.search(r"[0#?]", first) and "E" not in first.upper() and "/" not in first and exact.adjusted() < 15:
        places = _PLACES.search(first)
        optional = places is not None and "#" in places[1]
        digits = len(places[1]) if places else 0
        with suppress(InvalidOperation):
            exact = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        text = format(exact, "f")
        if optional and "." in text:
            text = text.rstrip("0").rstrip(".")
    else:
        text = format(exact, "f")
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    return text + "%" if percent else text


def of_xlsx(archive: zipfile.ZipFile, name: str) -> dict[str, Formats]:
    """Sheet name → formats of its cells that have one. A part that cannot be read gives none."""
    styles = _xlsx_styles(archive, name)
    if not styles:
        return {}
    targets: dict[str, str] = {}
    for relation in _tree(archive, "xl/_rels/workbook.xml.rels", name):
        target = str(relation.get("Target", ""))
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target)
        targets[str(relation.get("Id", ""))] = path
    found: dict[str, Formats] = {}
    workbook = _tree(archive, "xl/workbook.xml", name)
    for sheet in workbook.iter(_MAIN + "sheet"):
        key = next((str(v) for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")
        path = targets.get(key, "")
        if path in archive.NameToInfo and archive.NameToInfo[path].file_size <= limits.XML_BYTES:
            found[str(sheet.get("name", ""))] = dict(_xlsx_cells(member(archive, path, name), styles))
    return found


def _tree(archive: zipfile.ZipFile, path: str, name: str) -> etree._Element:
    if path not in archive.NameToInfo:
        return etree.Element("none")
    return parse(member(archive, path, name), name)


def _xlsx_styles(archive: zipfile.ZipFile, name: str) -> dict[int, str]:
    """Number of a cell style → format code, for those that show numbers in a way of their own."""
    root = _tree(archive, "xl/styles.xml", name)
    codes = dict(_BUILT_IN)
    for own in root.iter(_MAIN + "numFmt"):
        if str(own.get("numFmtId", "")).isdecimal():
            codes[int(own.get("numFmtId", "0"))] = str(own.get("formatCode", ""))
    styles: dict[int, str] = {}
    for listed in root.iter(_MAIN + "cellXfs"):
        for number, style in enumerate(listed):
            code = codes.get(int(style.get("numFmtId") or 0)) if (style.get("numFmtId") or "0").isdecimal() else None
            if code:
                styles[number] = code
    return styles


def _xlsx_cells(data: bytes, styles: dict[int, str]) -> Iterator[tuple[tuple[int, int], str]]:
    events = etree.iterparse(
        io.BytesIO(data), events=("end",), tag=_MAIN + "row", resolve_entities=False, no_network=True, recover=True
    )
    for _, row in events:
        for cell in row:
            style, place = cell.get("s"), cell.get("r")
            if style and style.isdecimal() and place and int(style) in styles:
                match = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", place)
                if match:
                    yield (int(match[2]) - 1, _column(match[1])), styles[int(style)]
        row.clear()
        while row.getprevious() is not None:
            del row.getparent()[0]


def area_of_xlsx(data: bytes) -> int:
    """How many cells the rectangle from A1 to the last cell of a sheet's XML has."""
    rows = columns = 0
    for match in re.finditer(rb'\br="([A-Z]{1,3})(\d{1,7})"', data):
        rows = max(rows, int(match[2]))
        columns = max(columns, _column(match[1].decode()) + 1)
    return rows * columns


def is_locked_xls(stream: bytes) -> bool:
    """Whether a binary workbook has a FILEPASS record: everything behind it is encrypted."""
    return any(kind == 0x002F for kind, _, _ in islice(_records(stream, 0), 20))


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


#: BIFF records of cells that hold something; each begins with row and column
_FILLED = frozenset((0x0203, 0x027E, 0x0006, 0x00FD, 0x0204, 0x00D6, 0x0205))


def areas_of_xls(stream: bytes) -> tuple[int, int]:
    """The same for a binary workbook, all sheets in one rectangle; and the largest that a sheet claims."""
    rows = columns = claimed = 0
    for kind, at, size in _records(stream, 0):
        if kind in _FILLED and size >= 4:
            row, column = struct.unpack_from("<HH", stream, at)
        elif kind == 0x00BD and size >= 6:
            row, first = struct.unpack_from("<HH", stream, at)
            column = first + (size - 6) // 6
        elif kind == 0x0200 and size >= 14:
            _, last_row, _, last_column = struct.unpack_from("<IIHH", stream, at)
            claimed = max(claimed, last_row * last_column)
            continue
        else:
            continue
        rows, columns = max(rows, row + 1), max(columns, column + 1)
    return rows * columns, claimed


def of_xls(stream: bytes) -> dict[str, Formats]:
    """The same for the stream ``Workbook`` of a BIFF8 file."""
    codes: dict[int, str] = dict(_BUILT_IN)
    styles: list[int] = []
    sheets: list[tuple[int, str]] = []
    for kind, at, size in _records(stream, 0):
        body = stream[at : at + size]
        if kind == 0x041E and size > 5:
            codes[struct.unpack_from("<H", body)[0]] = _string(body, 2)
        elif kind == 0x00E0 and size >= 4:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == 0x0085 and size > 8:
            sheets.append((struct.unpack_from("<I", body)[0], _short_string(body, 6)))
        elif kind == 0x000A:
            break
    known = {number: codes[code] for number, code in enumerate(styles) if code in codes}
    return {name: dict(_xls_cells(stream, start, known)) for start, name in sheets}


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, size
        at += 4 + size


def _xls_cells(stream: bytes, start: int, styles: dict[int, str]) -> Iterator[tuple[tuple[int, int], str]]:
    depth = 0
    for kind, at, size in _records(stream, start):
        if kind == 0x0809:
            depth += 1
        elif kind == 0x000A:
            depth -= 1
            if depth <= 0:
                return
        elif kind in (0x0203, 0x027E, 0x0006) and size >= 6:  # NUMBER, RK, FORMULA
            row, column, style = struct.unpack_from("<HHH", stream, at)
            if style in styles:
                yield (row, column), styles[style]
        elif kind == 0x00BD and size >= 6:  # MULRK
            row, first = struct.unpack_from("<HH", stream, at)
            for n in range((size - 6) // 6):
                style = struct.unpack_from("<H", stream, at + 4 + 6 * n)[0]
                if style in styles:
                    yield (row, first + n), styles[style]


def _string(body: bytes, at: int) -> str:
    """An XLUnicodeString: 16 bits of length, a byte that says whether it is compressed."""
    count, wide = struct.unpack_from("<HB", body, at)
    return _characters(body, at + 3, count, wide)


def _short_string(body: bytes, at: int) -> str:
    return _characters(body, at + 2, body[at], body[at + 1])


def _characters(body: bytes, at: int, count: int, wide: int) -> str:
    if wide & 1:
        return body[at : at + 2 * count].decode("utf-16-le", "replace")
    return body[at : at + count].decode("latin-1")
