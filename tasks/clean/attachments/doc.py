"""Reads binary Word documents (Word 97 to 2003, and what WPS writes as .doc and .wps)."""

from __future__ import annotations

import io
import re
import struct

from tasks.clean.attachments import limits
from tasks.clean.attachments.attachment import AttachmentText
from tasks.clean.attachments.composing import CellText, Composer, Style
from tasks.clean.attachments.word_binary import Properties, WordFile
from tasks.errors import Unprocessable

_PARAGRAPH_END = re.compile("[\r\x07\x0c]")
_FIELD_MARK = re.compile("[\x13\x14\x15]")
_SHOWN = {0x0B: "\n", 0x0E: "\n", 0x1E: "-", 0x09: " ", 0xA0: " "}
_HIDDEN = dict.fromkeys((0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x08, 0x13, 0x14, 0x15, 0x1F))
_SHAPES = {**_SHOWN, **_HIDDEN}


def read_doc(raw: bytes, name: str) -> AttachmentText:
    """Paragraphs, tables, footnotes and text boxes of a binary Word document.

    Raises:
        Unprocessable: ``encrypted_attachment``, ``broken_attachment``, ``too_large``, ``empty_attachment``.
    """
    import olefile

    try:
        container = olefile.OleFileIO(io.BytesIO(raw))
    except OSError as error:
        raise limits.broken(name, "it is no whole OLE file") from error
    with container:
        if not container.exists("WordDocument"):
            raise limits.broken(name, "it holds no Word document")
        word = container.openstream("WordDocument").read()
        kind, flags = _head(word, name)
        if flags & 0x0100:
            raise Unprocessable("encrypted_attachment", f"{name} needs a password; ask its publisher for an open copy")
        if kind < 0x00C1:
            raise limits.broken(name, "it was written by Word 95 or older; save it as docx")
        table_name = "1Table" if flags & 0x0200 else "0Table"
        table = container.openstream(table_name).read() if container.exists(table_name) else b""
        data = container.openstream("Data").read() if container.exists("Data") else b""
    try:
        file = WordFile.read(word, table, data)
    except (struct.error, IndexError, ValueError) as error:
        raise limits.broken(name, "its tables of text are damaged") from error
    reader = _Reader(file, Composer(name))
    reader.read()
    if not reader.composer.length:
        raise Unprocessable("empty_attachment", f"{name} holds no text")
    return reader.composer.build()


def _head(word: bytes, name: str) -> tuple[int, int]:
    """Version and flags of the file information block."""
    if len(word) < 900:
        raise limits.broken(name, "it is cut short")
    mark, kind = struct.unpack_from("<HH", word)
    if mark not in (0xA5EC, 0xA5DC):
        raise limits.broken(name, "it holds no Word document")
    return kind if mark == 0xA5EC else 0, struct.unpack_from("<H", word, 0x0A)[0]


def without_field_codes(text: str) -> str:
    """Blank out the instructions of fields, and keep their results in place."""
    out = list(text)
    open_fields: list[int] = []  # where the part begins that is not shown; -1 within a result
    for match in _FIELD_MARK.finditer(text):
        if match[0] == "\x13":
            open_fields.append(match.start())
        elif match[0] == "\x14" and open_fields and open_fields[-1] >= 0:
            start = open_fields[-1]
            out[start : match.start() + 1] = "\0" * (match.start() + 1 - start)
            open_fields[-1] = -1
        elif match[0] == "\x15" and open_fields:
            start = open_fields.pop()
            if start >= 0:
                out[start : match.start() + 1] = "\0" * (match.start() + 1 - start)
    return "".join(out)


class _Reader:
    def __init__(self, file: WordFile, composer: Composer) -> None:
        self.composer = composer
        self._file = file
        self._text = without_field_codes(file.text)
        self._numbering = file.numbering()
        self._rows: list[tuple[list[str], Properties]] = []
        self._row: list[str] = []
        self._cell: list[str] = []

    def read(self) -> None:
        """Main text, then footnotes and endnotes, then text boxes; never headers and annotations."""
        lengths = self._file.lengths
        at = 0
        for part, length in lengths.items():
            length = max(0, length)  # noqa: PLW2901
            if part in ("main", "footnotes", "endnotes", "boxes"):
                self._part(at, min(at + length, len(self._text)))
            at += length

    def _part(self, start: int, end: int) -> None:
        while start < end:
            match = _PARAGRAPH_END.search(self._text, start, end)
            at = match.start() if match else end - 1
            line = self._text[start : at if match else end]
            self._paragraph(line, self._text[at], self._file.properties(at))
            start = at + 1
        self._end_table()

    def _paragraph(self, line: str, mark: str, told: Properties) -> None:
        text = shown(line)
        if mark == "\x07" or told.in_table:
            self._in_table(text, mark, told)
            return
        self._end_table()
        text = self._label(told, text) + text
        style = _style(told)
        if style in ("centre", "heading"):
            self.composer.offer_title(text)
        self.composer.paragraph(text, style)

    def _label(self, told: Properties, text: str) -> str:
        if told.list_index <= 0 or not text.strip():
            return ""
        return self._numbering.label(str(told.list_index), told.list_level)

    def _in_table(self, text: str, mark: str, told: Properties) -> None:
        if told.row_end and told.depth <= 1:
            if self._row:
                self._rows.append((self._row, told))
            self._row, self._cell = [], []
        elif mark == "\x07":
            # without properties an empty cell right after another is taken for the end of the row
            if not told.in_table and not text and not self._cell and self._row:
                self._rows.append((self._row, told))
                self._row = []
            else:
                self._row.append("\n".join([*self._cell, self._label(told, text) + text]))
            self._cell = []
        else:
            self._cell.append(self._label(told, text) + text)

    def _end_table(self) -> None:
        if self._row:
            self._rows.append((self._row, Properties()))
        for line in self._cell:
            self.composer.paragraph(line)
        rows, self._rows, self._row, self._cell = self._rows, [], [], []
        if rows:
            self.composer.table(_cells(rows))


def _cells(rows: list[tuple[list[str], Properties]]) -> list[CellText]:
    """Cells with their spans, told by the borders of the cells of all rows."""
    borders = sorted({edge for _, told in rows for edge in told.edges})
    column_of: dict[int, int] = {}
    column = -1
    for n, edge in enumerate(borders):
        # borders drawn by hand differ by a few twips
        column += n == 0 or edge - borders[n - 1] > 30
        column_of[edge] = column
    cells: dict[tuple[int, int], CellText] = {}
    open_above: dict[int, tuple[int, int]] = {}
    for row, (texts, told) in enumerate(rows):
        for n, text in enumerate(texts):
            known = n + 1 < len(told.edges)
            left = column_of[told.edges[n]] if known else n
            wide = max(1, column_of[told.edges[n + 1]] - left) if known else 1
            if n < len(told.merged) and told.merged[n] and left in open_above:
                key = open_above[left]
                old = cells[key]
                cells[key] = CellText(old.row, old.column, old.text, row - old.row + 1, old.column_span)
            elif (row, left) not in cells:
                cells[row, left] = CellText(row, left, text, 1, wide)
                open_above[left] = (row, left)
    return list(cells.values())


def shown(line: str) -> str:
    """What is seen of a stretch of text: no objects and marks, halves of characters put together."""
    text = line.translate(_SHAPES)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _style(told: Properties) -> Style | None:
    if 1 <= told.style <= 9 or (told.outline is not None and told.outline < 9):
        return "heading"
    if told.align == 1:
        return "centre"
    return "right" if told.align == 2 else None
