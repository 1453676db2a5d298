"""The insides of a binary workbook ([MS-XLS], BIFF8 and BIFF5): sheets, shared texts, cells, merges.

calamine reads these files too, but asks for memory as a damaged file demands and then ends the process.
Here every record is a slice of the stream, so nothing can grow beyond the file.
"""

from __future__ import annotations

import datetime as dt
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.clean.attachments.number_formats import BUILT_IN, LITERAL, shown

_LAST_ROW, _LAST_COLUMN = 65_535, 255
_DATES = {14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "yyyy-mm", 22: "yyyy-mm-dd h:mm"} | dict.fromkeys(
    (*range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd"
)


@dataclass
class Sheet:
    """A sheet: its cells that hold something, by row and column, and its merges (top, left, bottom, right)."""

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass
class Book:
    """What a workbook says before its sheets."""

    stream: bytes
    wide: bool = True
    charset: str = "gb18030"
    since_1904: bool = False
    locked: bool = False
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN) | _DATES)
    styles: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    places: list[tuple[int, bool, str]] = field(default_factory=list)

    @classmethod
    def read(cls, stream: bytes) -> Book:
        """Read the part before the sheets."""
        book = cls(stream)
        segments: list[bytes] = []
        in_texts = False
        for kind, body in records(stream, 0):
            if kind == 0x003C and in_texts:
                segments.append(body)
                continue
            in_texts = False
            if kind == 0x000A:
                break
            if kind == 0x0809 and len(body) >= 2:
                book.wide = struct.unpack_from("<H", body)[0] == 0x0600
            elif kind == 0x002F:
                book.locked = True
                break
            elif kind == 0x00FC:
                segments, in_texts = [body], True
            else:
                book._global(kind, body)
        book.texts = list(shared_texts(segments)) if segments else []
        return book

    def _global(self, kind: int, body: bytes) -> None:
        if kind == 0x0042 and len(body) >= 2:
            page = struct.unpack_from("<H", body)[0]
            self.charset = {1252: "cp1252", 950: "cp950"}.get(page, "gb18030")
        elif kind == 0x0022 and len(body) >= 2:
            self.since_1904 = body[0] == 1
        elif kind == 0x041E and len(body) > 4:
            self.codes[struct.unpack_from("<H", body)[0]] = self._string(body, 2, 2 if self.wide else 1)
        elif kind == 0x00E0 and len(body) >= 4:
            self.styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == 0x0085 and len(body) > 7:
            start, state, sort = struct.unpack_from("<IBB", body)
            if sort & 0x0F == 0:
                self.places.append((start, bool(state & 3), self._string(body, 6, 1)))

    def _string(self, body: bytes, at: int, size: int) -> str:
        """A string with its length before it, in one or two bytes."""
        count = body[at] if size == 1 else struct.unpack_from("<H", body, at)[0]
        at += size
        if not self.wide:
            return body[at : at + count].decode(self.charset, "replace")
        flags = body[at] if at < len(body) else 0
        if flags & 1:
            return body[at + 1 : at + 1 + 2 * count].decode("utf-16-le", "replace")
        return body[at + 1 : at + 1 + count].decode("latin-1")

    def sheets(self) -> Iterator[Sheet]:
        """The sheets in their order."""
        for start, hidden, name in self.places:
            sheet = Sheet(name, hidden)
            self._fill(sheet, start)
            yield sheet

    def _fill(self, sheet: Sheet, start: int) -> None:
        depth = 0
        waiting: tuple[int, int] | None = None  # a formula whose text comes in the next record
        for kind, body in records(self.stream, start):
            if kind == 0x0809:
                depth += 1
            elif kind == 0x000A:
                depth -= 1
                if depth <= 0:
                    return
            elif depth > 1:
                continue  # a chart in the sheet
            elif kind == 0x0207 and waiting is not None and len(body) > 2:
                self._put(sheet, *waiting, self._string(body, 0, 2))
                waiting = None
            elif kind == 0x00E5 and len(body) >= 2:
                for n in range(min(struct.unpack_from("<H", body)[0], (len(body) - 2) // 8)):
                    top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * n)
                    sheet.merges.append((top, left, bottom, right))
            else:
                waiting = self._cell(sheet, kind, body) or waiting

    def _cell(self, sheet: Sheet, kind: int, body: bytes) -> tuple[int, int] | None:
        if kind not in _CELLS or len(body) < 6:
            return None
        row, column, style = struct.unpack_from("<HHH", body)
        if kind == 0x00FD and len(body) >= 10:
            number = struct.unpack_from("<I", body, 6)[0]
            if number < len(self.texts):
                self._put(sheet, row, column, self.texts[number])
        elif kind in (0x0204, 0x00D6) and len(body) > 8:
            self._put(sheet, row, column, self._string(body, 6, 2))
        elif kind == 0x0203 and len(body) >= 14:
            self._put(sheet, row, column, self._number(struct.unpack_from("<d", body, 6)[0], style))
        elif kind == 0x027E and len(body) >= 10:
            self._put(sheet, row, column, self._number(packed(struct.unpack_from("<I", body, 6)[0]), style))
        elif kind == 0x00BD:
            for n in range((len(body) - 6) // 6):
                style, value = struct.unpack_from("<HI", body, 4 + 6 * n)
                self._put(sheet, row, column + n, self._number(packed(value), style))
        elif kind == 0x0205 and len(body) >= 8 and not body[7]:
            self._put(sheet, row, column, "是" if body[6] else "否")
        elif kind == 0x0006 and len(body) >= 14:
            if body[12:14] != b"\xff\xff":
                self._put(sheet, row, column, self._number(struct.unpack_from("<d", body, 6)[0], style))
            elif body[6] == 0:
                return row, column
        return None

    @staticmethod
    def _put(sheet: Sheet, row: int, column: int, text: str) -> None:
        if row <= _LAST_ROW and column <= _LAST_COLUMN and text.strip():
            sheet.cells[row, column] = text.strip()

    def _number(self, value: float, style: int) -> str:
        code = self.codes.get(self.styles[style]) if style < len(self.styles) else None
        if code is not None and is_date(code):
            return date_text(value, since_1904=self.since_1904)
        return shown(value, code)


_CELLS = frozenset((0x00FD, 0x0204, 0x00D6, 0x0203, 0x027E, 0x00BD, 0x0205, 0x0006))


def records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Records from ``at`` on: kind and body."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def packed(value: int) -> float:
    """An RK number [MS-XLS 2.5.217]: an integer or the upper half of a double, perhaps in hundredths."""
    if value & 2:
        number = float((value - (1 << 32) if value & 0x80000000 else value) >> 2)
    else:
        number = struct.unpack("<d", struct.pack("<Q", (value & 0xFFFFFFFC) << 32))[0]
    return number / 100 if value & 1 else number


def shared_texts(segments: list[bytes]) -> Iterator[str]:
    """The shared texts [MS-XLS 2.4.265]; one that runs over a record's end begins anew with its width there."""
    n, at = 0, 8
    while n < len(segments):
        if at + 3 > len(segments[n]):
            n, at = n + 1, 0
            if n < len(segments) and len(segments[n]) < 3:
                return
            continue
        count, flags = struct.unpack_from("<HB", segments[n], at)
        at += 3
        runs = after = 0
        if flags & 8 and at + 2 <= len(segments[n]):
            runs = struct.unpack_from("<H", segments[n], at)[0]
            at += 2
        if flags & 4 and at + 4 <= len(segments[n]):
            after = struct.unpack_from("<I", segments[n], at)[0]
            at += 4
        pieces: list[bytes] = []  # in UTF-16: a record may end between two halves of a character
        while count and n < len(segments):
            width = 2 if flags & 1 else 1
            taken = min(count, (len(segments[n]) - at) // width)
            raw = segments[n][at : at + taken * width]
            pieces.append(raw if width == 2 else raw.decode("latin-1").encode("utf-16-le"))
            count -= taken
            at += taken * width
            if count:
                n, at = n + 1, 1
                flags = segments[n][0] if n < len(segments) and segments[n] else flags
        yield b"".join(pieces).decode("utf-16-le", "replace")
        at += 4 * runs + after
        while n < len(segments) and at > len(segments[n]):
            at -= len(segments[n])
            n += 1


def is_date(code: str) -> bool:
    """Whether a number format shows a date."""
    bare = LITERAL.sub("", code.split(";", maxsplit=1)[0]).lower()
    return bool(re.search(r"[yd年]|m{3}|mm?-|月", bare)) and not re.search(r"[0#]", bare)


def date_text(value: float, *, since_1904: bool) -> str:
    """A serial date as ISO; of a value that is none, the number."""
    if not 0 < value < 2_958_466:
        return shown(value, None)
    start = dt.datetime(1904, 1, 1) if since_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001 — no zone
    moment = start + dt.timedelta(seconds=round(value * 86_400))
    return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat(" ")
