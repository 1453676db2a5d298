"""Reads RTF, which older word processors save under the name ``.doc``."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from tasks.clean.attachments import limits
from tasks.clean.attachments.attachment import AttachmentText
from tasks.clean.attachments.composing import CellText, Composer, Style
from tasks.errors import Unprocessable

_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
#: groups whose content is not the document's text
_DESTINATIONS = frozenset(
    (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"header", b"headerl", b"headerr", b"headerf", b"footer",
     b"footerl", b"footerr", b"footerf", b"listtable", b"listoverridetable", b"rsidtbl", b"generator", b"themedata",
     b"colorschememapping", b"latentstyles", b"datastore", b"fldinst", b"object", b"objdata", b"bkmkstart", b"bkmkend",
     b"xmlnstbl", b"mmathPr", b"annotation", b"atnid", b"atnauthor", b"revtbl", b"ftnsep", b"ftnsepc", b"nonshppict",
     b"shpinst", b"pgdsctbl", b"deleted", b"pntext", b"sp")
)  # fmt: skip
_KEPT_STARRED = frozenset((b"shppict", b"shptxt"))
_SIGNS = {
    b"tab": " ", b"line": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "", b"~": " ", b"_": "-", b"-": "",
}  # fmt: skip
_DEEPEST = 500


@dataclass
class _Group:
    """What holds inside a pair of braces."""

    hidden: bool = False
    skip_after_unicode: int = 1
    align: Style | None = None


@dataclass
class _State:
    composer: Composer
    charset: str = "gb18030"
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    raw: bytearray = field(default_factory=bytearray)
    line: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    in_table: bool = False
    to_skip: int = 0
    starred: bool = False

    def settle(self) -> None:
        """Decode the bytes gathered so far."""
        if self.raw:
            self.line.append(self.raw.decode(self.charset, "replace"))
            self.raw.clear()

    def say(self, text: str) -> None:
        """Add characters."""
        if not self.groups[-1].hidden:
            self.settle()
            self.line.append(text)

    def take(self) -> str:
        """The line so far; a new one begins."""
        self.settle()
        text = "".join(self.line)
        self.line.clear()
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def end_paragraph(self) -> None:
        """End a paragraph; in a table it only breaks the line of its cell."""
        if self.in_table:
            self.line.append("\n")
            return
        self.end_table()
        text, align = self.take(), self.groups[-1].align
        if align == "centre":
            self.composer.offer_title(text)
        self.composer.paragraph(text, align)

    def end_table(self) -> None:
        """Add the rows gathered so far as a table."""
        if self.row:
            self.rows.append(self.row)
            self.row = []
        if self.rows:
            cells = [CellText(r, c, text) for r, row in enumerate(self.rows) for c, text in enumerate(row)]
            self.rows = []
            self.composer.table(cells)


def read_rtf(raw: bytes, name: str) -> AttachmentText:
    """Paragraphs and tables of an RTF file.

    Raises:
        Unprocessable: ``broken_attachment``, ``too_large``, ``empty_attachment``.
    """
    state = _State(Composer(name))
    for match in _TOKEN.finditer(raw):
        code, word, number, sign, brace, text = match.groups()
        if brace == b"{":
            _open(state, name)
        elif brace == b"}":
            state.settle()
            if len(state.groups) > 1:
                state.groups.pop()
        elif word is not None:
            _control(state, word, int(number) if number else None)
        elif sign is not None:
            if sign == b"*":
                state.starred = True
            elif sign in (b"\\", b"{", b"}"):
                state.say(sign.decode())
            elif sign in _SIGNS:
                state.say(_SIGNS[sign])
        elif code is not None:
            _bytes(state, bytes((int(code, 16),)))
        elif text is not None:
            _bytes(state, text)
    if state.line or state.raw:
        state.in_table = False
        state.end_paragraph()
    state.end_table()
    if not state.composer.length:
        raise Unprocessable("empty_attachment", f"{name} holds no text")
    return state.composer.build()


def _open(state: _State, name: str) -> None:
    state.settle()
    if len(state.groups) > _DEEPEST:
        raise limits.broken(name, "its groups are nested beyond measure")
    now = state.groups[-1]
    state.groups.append(_Group(now.hidden, now.skip_after_unicode, now.align))
    state.starred = False


def _bytes(state: _State, data: bytes) -> None:
    if state.groups[-1].hidden:
        return
    if state.to_skip:
        skipped = min(state.to_skip, len(data))
        state.to_skip -= skipped
        data = data[skipped:]
    state.raw += data


def _control(state: _State, word: bytes, number: int | None) -> None:
    group = state.groups[-1]
    if word in _DESTINATIONS or (state.starred and word not in _KEPT_STARRED):
        group.hidden = True
    state.starred = False
    if word == b"u" and number is not None:
        state.say(chr(number % 0x10000))
        state.to_skip = group.skip_after_unicode
    elif word == b"uc":
        group.skip_after_unicode = max(0, min(number if number is not None else 1, 4))
    elif word == b"ansicpg" and number:
        state.charset = _charset(number)
    elif word in _SIGNS:
        state.say(_SIGNS[word])
    elif group.hidden:
        return
    elif word in (b"par", b"sect", b"page"):
        state.end_paragraph()
    elif word in (b"pard", b"intbl", b"ql", b"qj", b"qc", b"qr", b"v"):
        _paragraph_property(state, group, word, number)
    elif word == b"nestcell":
        state.say(" ")
    elif word == b"cell":
        state.row.append(state.take().strip("\n"))
    elif word == b"row":
        state.rows.append(state.row)
        state.row = []
        if len(state.rows) > limits.CELLS:
            limits.too_large("the table", "rows", limits.CELLS)


def _paragraph_property(state: _State, group: _Group, word: bytes, number: int | None) -> None:
    if word == b"pard":
        state.in_table = False
        group.align = None
    elif word == b"intbl":
        state.in_table = True
    elif word == b"v":
        group.hidden = number != 0
    else:
        group.align = {b"qc": "centre", b"qr": "right"}.get(word)  # type: ignore[assignment]


def _charset(page: int) -> str:
    if page in (936, 54936):
        return "gb18030"
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return "gb18030"
