"""How the numbers of a workbook are shown: 0.062 in a cell of the format ``0.0%`` is read as 6.2%.

python-calamine gives values without their formats, so these are read from the parts of an xlsx here
(ECMA-376 part 1, 18.8); :mod:`tasks.clean.attachments.workbook_binary` finds those of an xls itself.
"""

from __future__ import annotations

import io
import math
import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from lxml import etree

from tasks.clean.attachments import limits
from tasks.clean.attachments.archive import member, parse

#: row and column → format code
Formats = dict[tuple[int, int], str]

BUILT_IN = {
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
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_PLACES = re.compile(r"[0#?]\.([0#?]+)")
_MAIN = "{*}"


def shown(value: float, code: str | None) -> str:
    """A number as the cell shows it, without separators of thousands.

    Only what decides about digits is followed: places after the point, and per cent.
    """
    if not math.isfinite(value):
        return ""
    exact = Decimal(format(value, ".15g"))
    first = LITERAL.sub("", (code or "").split(";")[0])
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
    codes = dict(BUILT_IN)
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


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1
