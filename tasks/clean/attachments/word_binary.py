"""The insides of a binary Word document ([MS-DOC]): pieces of text, properties of paragraphs, lists.

Numbers in brackets are sections of [MS-DOC].  Everything is read with bounds checked by ``struct``; what
does not fit raises ``struct.error`` or ``IndexError``, which the door to all readers translates.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.clean.attachments.numbering import Level, Numbering

_FC_LCB = 154  # where FibRgFcLcb97 begins [2.5.6]
_PAPX, _CLX, _LISTS, _OVERRIDES = 13, 33, 73, 74
#: number formats of list levels [MS-OSHARED 2.2.1.3] in the words of docx
_STYLES = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 18: "decimalEnclosedCircle", 22: "decimalZero", 23: "bullet",
    30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting", 35: "taiwaneseCountingThousand",
    37: "chineseCounting", 38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}  # fmt: skip


@dataclass(frozen=True)
class Properties:
    """What is said of a paragraph.

    Attributes:
        style: index of its style; 1 to 9 are the built-in headings.
        edges: of a row's end: positions of the cell borders from left to right.
        merged: of a row's end: per cell, whether it goes on from the cell above.
    """

    style: int = 0
    align: int = 0
    outline: int | None = None
    in_table: bool = False
    row_end: bool = False
    depth: int = 0
    edges: tuple[int, ...] = ()
    merged: tuple[bool, ...] = ()
    list_index: int = 0
    list_level: int = 0


@dataclass(frozen=True)
class Piece:
    """A stretch of text and where its bytes lie."""

    start: int
    end: int
    offset: int
    narrow: bool


@dataclass
class WordFile:
    """The streams of a document, and what is found in them."""

    word: bytes
    table: bytes
    data: bytes
    pieces: list[Piece] = field(default_factory=list)
    text: str = ""
    lengths: dict[str, int] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)
    _runs: list[tuple[int, int, int]] = field(default_factory=list)
    _run_starts: list[int] = field(default_factory=list)
    _known: dict[int, Properties] = field(default_factory=dict)
    _lists: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, word: bytes, table: bytes, data: bytes) -> WordFile:
        """Read text and tables of properties; the text has one character per 16-bit unit."""
        file = cls(word, table, data)
        names = ("main", "footnotes", "headers", "macros", "annotations", "endnotes", "boxes")
        file.lengths = dict(zip(names, struct.unpack_from("<7i", word, 76), strict=True))
        file.pieces = list(file._read_pieces())
        file.text = "".join(file._characters(piece) for piece in file.pieces)
        file._starts = [piece.start for piece in file.pieces]
        file._runs = sorted(file._read_runs())
        file._run_starts = [run[0] for run in file._runs]
        return file

    def _place(self, number: int) -> tuple[int, int]:
        start, size = struct.unpack_from("<II", self.word, _FC_LCB + 8 * number)
        return start, size

    def _read_pieces(self) -> Iterator[Piece]:
        """The piece table [2.9.38]."""
        at, size = self._place(_CLX)
        end = at + size
        while at < end and self.table[at] == 1:
            at += 3 + struct.unpack_from("<H", self.table, at + 1)[0]
        if self.table[at] != 2:
            raise struct.error("no piece table")
        size = struct.unpack_from("<I", self.table, at + 1)[0]
        at += 5
        count = (size - 4) // 12
        bounds = struct.unpack_from(f"<{count + 1}I", self.table, at)
        if count > 0 and (bounds[-1] > len(self.word) or list(bounds) != sorted(bounds)):
            raise struct.error("pieces claim more text than the file holds")
        for n in range(count):
            offset = struct.unpack_from("<I", self.table, at + 4 * (count + 1) + 8 * n + 2)[0]
            narrow = bool(offset & 0x40000000)
            offset &= 0x3FFFFFFF
            if bounds[n + 1] > bounds[n]:
                yield Piece(bounds[n], bounds[n + 1], offset // 2 if narrow else offset, narrow)

    def _characters(self, piece: Piece) -> str:
        count = piece.end - piece.start
        if piece.narrow:
            raw = self.word[piece.offset : piece.offset + count]
            return raw.decode("cp1252", "replace").ljust(count, "\0")
        units = array("H")
        raw = self.word[piece.offset : piece.offset + 2 * count]
        units.frombytes(raw[: len(raw) // 2 * 2])
        return "".join(map(chr, units)).ljust(count, "\0")

    def _read_runs(self) -> Iterator[tuple[int, int, int]]:
        """First byte, end byte and place of the properties of each paragraph [2.8.25, 2.9.181]."""
        at, size = self._place(_PAPX)
        count = (size - 4) // 8 if size else 0
        for n in range(count):
            number = struct.unpack_from("<I", self.table, at + 4 * (count + 1) + 4 * n)[0] & 0x3FFFFF
            page = self.word[512 * number : 512 * number + 512]
            if len(page) < 512:
                continue
            runs = page[511]
            bounds = struct.unpack_from(f"<{runs + 1}I", page)
            for m in range(runs):
                inside = page[4 * (runs + 1) + 13 * m] * 2
                if inside:
                    yield bounds[m], bounds[m + 1], 512 * number + inside

    def properties(self, position: int) -> Properties:
        """What is said of the paragraph whose mark is the character at ``position``."""
        n = bisect_right(self._starts, position) - 1
        piece = self.pieces[n]
        byte = piece.offset + (position - piece.start) * (1 if piece.narrow else 2)
        m = bisect_right(self._run_starts, byte) - 1
        if m < 0 or byte >= self._runs[m][1]:
            return Properties()
        place = self._runs[m][2]
        if place not in self._known:
            self._known[place] = self._read_properties(place)
        return self._known[place]

    def _read_properties(self, place: int) -> Properties:
        size = 2 * self.word[place] - 1
        start = place + 1
        if size < 0:
            size, start = 2 * self.word[place + 1], place + 2
        style = struct.unpack_from("<H", self.word, start)[0]
        return _told(style, self.word[start + 2 : start + size], self.data)

    def numbering(self) -> Numbering:
        """The lists of the document; :meth:`list_id` gives the key of a paragraph's list."""
        numbering = Numbering()
        at, size = self._place(_LISTS)
        if not size:
            return numbering
        count = struct.unpack_from("<h", self.table, at)[0]
        level_at = at + size
        for n in range(count):
            entry = at + 2 + 28 * n
            key = str(struct.unpack_from("<i", self.table, entry)[0])
            simple = self.table[entry + 26] & 1
            levels: dict[int, Level] = {}
            for level in range(1 if simple else 9):
                levels[level], level_at = self._level(level_at)
            numbering.levels[key] = levels
        at, size = self._place(_OVERRIDES)
        if size:
            for n in range(min(struct.unpack_from("<I", self.table, at)[0], size // 16)):
                key = str(struct.unpack_from("<i", self.table, at + 4 + 16 * n)[0])
                numbering.lists[str(n + 1)] = key
        return numbering

    def _level(self, at: int) -> tuple[Level, int]:
        """A list level [2.9.150] and where the next begins."""
        start, style = struct.unpack_from("<iB", self.table, at)
        size = self.table[at + 24] + self.table[at + 25]
        at += 28 + size
        count = struct.unpack_from("<H", self.table, at)[0]
        raw = self.table[at + 2 : at + 2 + 2 * count].decode("utf-16-le", "replace")
        pattern = "".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in raw)
        return Level(start, _STYLES.get(style, "decimal"), pattern), at + 2 + 2 * count


def _sprms(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Property modifiers [2.2.5.1]: operation and operand."""
    at = 0
    while at + 2 < len(raw):
        code = struct.unpack_from("<H", raw, at)[0]
        at += 2
        if code == 0xD608:  # the definition of a row counts its length in two bytes
            if at + 2 > len(raw):
                return
            size = struct.unpack_from("<H", raw, at)[0] + 1
        else:
            size = (1, 1, 2, 4, 2, 2, raw[at] + 1, 3)[code >> 13]
        yield code, raw[at : at + size]
        at += size


def _told(style: int, raw: bytes, data: bytes) -> Properties:
    align, outline = 0, None
    in_table = row_end = False
    depth = list_index = list_level = 0
    edges: tuple[int, ...] = ()
    merged: tuple[bool, ...] = ()
    waiting = [raw]
    for _ in range(2):  # properties too long for their page lie in the stream Data
        if not waiting:
            break
        for code, operand in _sprms(waiting.pop()):
            if code in (0x2403, 0x2461):
                align = operand[0]
            elif code == 0x2640:
                outline = operand[0]
            elif code == 0x2416:
                in_table = bool(operand[0])
            elif code in (0x2417, 0x244C):
                row_end = bool(operand[0])
            elif code == 0x6649:
                depth = struct.unpack("<i", operand)[0]
            elif code == 0x260A:
                list_level = operand[0]
            elif code == 0x460B:
                list_index = struct.unpack("<h", operand)[0]
            elif code == 0xD608:
                edges, merged = _row(operand)
            elif code in (0x6646, 0x6645):
                place = struct.unpack("<I", operand)[0]
                size = struct.unpack_from("<H", data, place)[0] if place + 2 <= len(data) else 0
                waiting.append(data[place + 2 : place + 2 + size])
    return Properties(
        style, align, outline, in_table, row_end, depth or int(in_table), edges, merged, list_index, list_level
    )


def _row(operand: bytes) -> tuple[tuple[int, ...], tuple[bool, ...]]:
    """Borders of the cells of a row, and which of them go on from above [2.9.319]."""
    count = operand[2]
    edges = struct.unpack_from(f"<{count + 1}h", operand, 3)
    merged = []
    for n in range(count):
        at = 3 + 2 * (count + 1) + 20 * n
        flags = struct.unpack_from("<H", operand, at)[0] if at + 2 <= len(operand) else 0
        merged.append(flags >> 5 & 3 == 1)
    return edges, tuple(merged)
