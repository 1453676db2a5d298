"""From bytes to text: which charset a page is in, decoded as a browser would show it.

The order is that of the WHATWG Encoding Standard (byte order mark, then header, then the label in
the page), with one change that Chinese government sites make necessary: labels are often wrong, so
a label must agree with the bytes.  Valid UTF-8 beats any label, and between GB 18030 and Big5 the
characters decide.  ``gb2312`` and ``gbk`` mean GB 18030 (section 4.2 of the standard).
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from schemas.record import Charset, Warn
from tasks.text.frequent import FREQUENT

#: Labels met in the wild → the charset a browser uses for them (Encoding Standard, 4.2).
LABELS: dict[str, str] = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "utf_8", "x-unicode20utf8"), "utf-8"),
    **dict.fromkeys(
        ("gb2312", "gbk", "gb18030", "gb_2312", "gb_2312-80", "csgb2312", "csiso58gb231280", "chinese", "x-gbk"),
        "gb18030",
    ),
    **dict.fromkeys(
        ("iso-ir-58", "cp936", "ms936", "936", "gb-2312", "euc-cn"),
        "gb18030",
    ),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "csbig5", "x-x-big5", "big-5", "cp950"), "big5"),
    **dict.fromkeys(("utf-16", "utf-16le", "ucs-2", "unicode", "iso-10646-ucs-2"), "utf-16le"),
    **dict.fromkeys(("utf-16be", "unicodefffe"), "utf-16be"),
    **dict.fromkeys(
        ("iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252", "us-ascii", "ascii", "iso8859-1", "x-cp1252"),
        "windows-1252",
    ),
    **dict.fromkeys(
        ("iso_8859-1", "ansi_x3.4-1968", "x-user-defined"),
        "windows-1252",
    ),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms932"), "shift_jis"),
    **dict.fromkeys(("euc-jp", "x-euc-jp"), "euc-jp"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean", "windows-949"), "euc-kr"),
}

#: Where Python's codec of a charset has another name.
_CODECS = {"big5": "big5hkscs", "windows-1252": "cp1252", "shift_jis": "cp932", "euc-kr": "cp949"}

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))

#: GB 18030-2005 and -2022 gave code points to characters that Python's table still has in private use.
_GB18030_PRIVATE = {
    0xE5E5: 0x3000,  # A3A0: an ideographic space (Encoding Standard, 10.1.1)
    **dict(zip(range(0xE78D, 0xE797), (0xFE10, 0xFE12, 0xFE11, *range(0xFE13, 0xFE1A)), strict=True)),
    0xE7C7: 0x1E3F,
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE832: 0x9FB8,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE864: 0x9FBB,
}
_PRIVATE = re.compile("[\ue5e5\ue78d-\ue796\ue7c7\ue81e-\ue864]")

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_META = re.compile(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9_.:\-]+)", re.IGNORECASE)
_EAST_ASIAN = re.compile("[\u2e80-\uffef]")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")

_SNIFF = 4096  # the standard reads 1,024; scripts and long keyword lists push the label further down
_SAMPLE = 8_192  # bytes of text tell as much as all of it
_BLOCK = 1_024


@dataclass(frozen=True)
class Decoded:
    """A decoded page.

    Attributes:
        text: what a browser shows; each undecodable sequence is one U+FFFD.
        charset: declared label, charset used, and what decided it.
        encoding_errors: how many sequences could not be decoded.
        truncated: the bytes end inside a character (which is left out of ``text``).
        warnings: ``charset_mismatch`` when a label says something else than the bytes.
    """

    text: str
    charset: Charset
    encoding_errors: int
    truncated: bool
    warnings: tuple[Warn, ...] = ()


def decode(data: bytes, *, http_label: str | None = None) -> Decoded:
    """Decode a page or a text file. Never fails: what cannot be decoded is counted.

    Args:
        data: the payload, possibly cut anywhere.
        http_label: ``charset`` parameter of Content-Type, if any.
    """
    meta_label = _label_in(data)
    declared = http_label or meta_label
    http, meta = _charset_named(http_label), _charset_named(meta_label, in_page=True)
    agreed = all(named == "utf-8" for label, named in ((http_label, http), (meta_label, meta)) if label)
    text = _as_labelled(data, http, meta) if agreed else None
    if text is not None:
        # most pages: labelled UTF-8 and without a fault, so the bytes are read once
        charset = Charset(declared=declared, used="utf-8", decided_by="http" if http else "meta")
        return Decoded(text, charset, encoding_errors=0, truncated=False)
    used, decided_by = _charset_of(data, http, meta)
    errors = 0
    pieces: list[str] = []
    truncated = False
    for piece in _pieces(data, used):
        if piece.kind == "cut":
            truncated = True
            continue
        errors += piece.kind == "error"
        pieces.append(piece.text)
    warnings = tuple(
        Warn(
            code="charset_mismatch",
            found=label,
            likely=used,
            why=f"the {where} says {label}, but the bytes are {used}",
        )
        for where, label, named in (
            ("header", http_label, http),
            ("page", meta_label, meta),
        )
        if label and named != used and not data.isascii()
    )
    charset = Charset(declared=declared, used=used, decided_by=decided_by)
    return Decoded("".join(pieces), charset, errors, truncated, warnings)


def _as_labelled(data: bytes, http: str | None, meta: str | None) -> str | None:
    """The text of a page that is labelled as UTF-8, without a byte order mark, and holds no fault; else None."""
    if (http or meta) != "utf-8" or data.startswith(tuple(mark for mark, _ in _BOMS)) or _unmarked_utf16(data):
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


class ByteOffsets:
    """Where each character of a decoded text stands in the bytes, undecodable sequences included."""

    def __init__(self, data: bytes, used: str) -> None:
        self._codec = _CODECS.get(used, used)
        self._pieces: list[_Piece] = []
        self._starts: list[int] = []
        self._walked: dict[int, list[int]] = {}
        self._data = data
        at = 0
        for piece in _pieces(data, used):
            if not piece.text:
                continue
            self._pieces.append(piece)
            self._starts.append(at)
            at += len(piece.text)
        self.length = at

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Byte offsets, start inclusive, end exclusive, of the characters ``[start, end)``.

        Raises:
            ValueError: the span is empty, reversed or outside the text.
        """
        if not 0 <= start < end <= self.length:
            raise ValueError(f"span {start}–{end} is not inside a text of {self.length} characters")
        return self._byte(start, last=False), self._byte(end - 1, last=True)

    def _byte(self, offset: int, *, last: bool) -> int:
        n = bisect_right(self._starts, offset) - 1
        piece, inside = self._pieces[n], offset - self._starts[n]
        if piece.kind != "text":
            return piece.end if last else piece.start
        return piece.start + self._length(n, piece, inside + last)

    def _length(self, n: int, piece: _Piece, characters: int) -> int:
        """How many bytes the first ``characters`` characters of a piece take."""
        if n not in self._walked:
            if piece.text.encode(self._codec, "surrogatepass") == self._data[piece.start : piece.end]:
                return len(piece.text[:characters].encode(self._codec, "surrogatepass"))
            self._walked[n] = _walk(self._data[piece.start : piece.end], self._codec)
        return self._walked[n][characters]


def byte_offsets(data: bytes, used: str) -> ByteOffsets:
    """The way back from offsets of ``decode(data).text`` to bytes.

    Args:
        data: the bytes that were decoded.
        used: ``charset.used`` of the decoded page.
    """
    return ByteOffsets(data, used)


def _walk(data: bytes, codec: str) -> list[int]:
    """Byte offset at which each character begins, and the end, for codes that do not round-trip."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    offsets: list[int] = []
    begin = 0
    for at in range(len(data)):
        made = decoder.decode(data[at : at + 1])
        if made:
            offsets += [begin] * len(made)
            begin = at + 1
    offsets += [begin] * len(decoder.decode(b"", final=True))
    offsets.append(len(data))
    return offsets


def _label_in(data: bytes) -> str | None:
    """The label that an XML declaration or a meta element states, comments left aside."""
    head = data[:_SNIFF]
    found = _XML.search(head) or _META.search(_COMMENT.sub(b"", head))
    return found[1].decode("ascii") if found else None


def _charset_named(label: str | None, *, in_page: bool = False) -> str | None:
    if label is None:
        return None
    named = LABELS.get(label.strip().strip("\"'").lower())
    # A page whose label could be read as ASCII is not in UTF-16 (HTML, 13.2.3.2, step "prescan").
    return "utf-8" if in_page and named is not None and named.startswith("utf-16") else named


def _charset_of(
    data: bytes, http: str | None, meta: str | None
) -> tuple[str, Literal["bom", "http", "meta", "content"]]:
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return charset, "bom"
    wide = _unmarked_utf16(data)
    if wide:
        return wide, "http" if http == wide else "content"
    label = http or meta
    used = label or "utf-8" if data.isascii() else _by_content(data, http, meta)
    if used == http:
        return used, "http"
    return used, "meta" if used == meta else "content"


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows by the zero bytes of its markup, all at even or all at odd places."""
    head = data[:_SNIFF]
    if len(head) < 8 or head.count(0) * 8 < len(head):
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16be" if even > odd else "utf-16le"


def _by_content(data: bytes, http: str | None, meta: str | None) -> str:
    """The charset in which the bytes read best; a label counts as much as a few characters."""
    first = _BEYOND_ASCII.search(data)
    assert first is not None
    if _is_utf8(data):
        if "utf-8" in (http, meta):
            return "utf-8"
        text = codecs.decode(data[first.start() : first.start() + _SAMPLE], "utf-8", "ignore")
        # A handful of GB pairs can be valid UTF-8 by chance, but then they make no Chinese.
        if _EAST_ASIAN.search(text) or sum(1 for c in text if c > "\x7f") > 12:
            return "utf-8"
    sample = data[first.start() : first.start() + _SAMPLE]
    labelled = [c for c in (http, meta) if c is not None]
    best, best_points = "utf-8", float("-inf")
    for charset in dict.fromkeys((*labelled, "utf-8", "gb18030", "big5")):
        points = _points(sample, charset) + 0.4 * (charset in labelled)
        if points > best_points:
            best, best_points = charset, points
    return best


def _is_utf8(data: bytes) -> bool:
    try:
        codecs.utf_8_decode(data, "strict", False)  # noqa: FBT003 -- a C function: positional only
    except UnicodeDecodeError:
        return False
    return True


def _points(sample: bytes, charset: str) -> float:
    """Mean over the bytes beyond ASCII of how well the characters they make belong in a Chinese page."""
    text = codecs.decode(sample, _CODECS.get(charset, charset), "replace")
    if charset == "gb18030":
        text = text.translate(_GB18030_PRIVATE)
    counts = Counter(text)
    errors = counts.pop("\ufffd", 0)
    total, weight = -6.0 * errors, 2.0 * errors
    for character, times in counts.items():
        if character < "\x80":
            continue
        # What a wrong charset makes of n bytes differs in number of characters, so weigh by bytes.
        size = 3 if charset == "utf-8" else 1 if charset == "windows-1252" else 2
        total += times * size * _worth(character)
        weight += times * size
    return total / weight if weight else 0.0


def _worth(character: str) -> float:
    if character in FREQUENT:
        return 3.0
    if "\u4e00" <= character <= "\u9fff":
        # The 3,755 characters of GB 2312's first level are in daily use in either script.
        return 0.5 if _is_first_level(character) else -0.5
    if character in "，。、；：？！“”‘’（）《》【】·—…　％〇":
        return 2.0
    if "\uff01" <= character <= "\uff5e" or "\u2460" <= character <= "\u24ff" or character in "\xa0©®×℃■●★":
        return 0.5
    if "\ue000" <= character <= "\uf8ff" or character == "\ufffd" or "\x80" <= character <= "\x9f":
        return -4.0
    return -1.0


def _is_first_level(character: str) -> bool:
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        try:
            code = character.encode("big5")
        except UnicodeEncodeError:
            return False
        return 0xA4 <= code[0] <= 0xC6
    return 0xB0 <= code[0] <= 0xD7


@dataclass(frozen=True)
class _Piece:
    """A stretch of bytes and what it decodes to.

    ``text`` was decoded by the codec as a whole, ``mapped`` and ``error`` are one character each, and
    ``cut`` is what is left of the last character.
    """

    kind: Literal["text", "mapped", "error", "cut"]
    start: int
    end: int
    text: str


def _pieces(data: bytes, charset: str) -> Iterator[_Piece]:
    """Decode in stretches, as the Encoding Standard does where Python's codecs differ."""
    codec = _CODECS.get(charset, charset)
    at = next((len(mark) for mark, name in _BOMS if name == charset and data.startswith(mark)), 0)
    size = len(data)
    while at < len(data):
        block = data[at : at + size]
        # After the first fault go on in blocks, so that a page full of faults is not copied for each of them.
        size = _BLOCK
        try:
            text, good = codecs.decode(block, codec), len(block)
        except UnicodeDecodeError as error:
            good = error.start
            text = codecs.decode(block[:good], codec)
        yield from _mapped(at, at + good, text, charset)
        at += good
        left = len(block) - good
        if not left or (good and left < 4 and at + left < len(data)):
            continue  # perhaps only the block cut this character
        wrong = _fault_size(data, at, charset)
        if not wrong:
            yield _Piece("cut", at, len(data), "")
            return
        yield _fault(data, at, wrong, charset)
        at += wrong


def _mapped(start: int, end: int, text: str, charset: str) -> Iterator[_Piece]:
    """A decoded stretch, with the private-use characters of GB 18030 made what a browser shows."""
    if not text:
        return
    if charset != "gb18030" or not _PRIVATE.search(text):
        yield _Piece("text", start, end, text)
        return
    done = 0
    for found in _PRIVATE.finditer(text):
        before = text[done : found.start()]
        if before:
            size = len(before.encode("gb18030"))
            yield _Piece("text", start, start + size, before)
            start += size
        character = found[0]
        size = len(character.encode("gb18030"))
        yield _Piece("mapped", start, start + size, character.translate(_GB18030_PRIVATE))
        start += size
        done = found.end()
    if done < len(text):
        yield _Piece("text", start, end, text[done:])


def _fault(data: bytes, at: int, size: int, charset: str) -> _Piece:
    if charset == "gb18030" and data[at] == 0x80:
        return _Piece("mapped", at, at + 1, "€")  # Encoding Standard, 10.2.1, step 8
    if charset == "windows-1252":
        return _Piece("mapped", at, at + 1, chr(data[at]))  # the five bytes cp1252 has no character for
    return _Piece("error", at, at + size, "\ufffd")


def _fault_size(data: bytes, at: int, charset: str) -> int:
    """Bytes of the faulty sequence at ``at``; 0 when it is only cut off by the end of the data."""
    left = len(data) - at
    lead = data[at]
    if charset == "utf-8":
        return _utf8_fault_size(data, at)
    if charset in ("utf-16le", "utf-16be"):
        return 0 if left < 2 or (left < 4 and _high_surrogate(data, at, charset)) else 2
    if charset == "windows-1252" or lead in (0x80, 0xFF) or lead < 0x80:
        return 1
    if left == 1:
        return 0
    if charset == "gb18030" and 0x30 <= data[at + 1] <= 0x39:
        if left < 4 and all(0x81 <= b <= 0xFE if n % 2 == 0 else 0x30 <= b <= 0x39 for n, b in enumerate(data[at:])):
            return 0
        return 1  # the digit is given back (Encoding Standard, 10.2.1, steps 4 to 6)
    return 1 if data[at + 1] < 0x80 else 2


def _high_surrogate(data: bytes, at: int, charset: str) -> bool:
    return 0xD8 <= data[at + (charset == "utf-16le")] <= 0xDB


def _utf8_fault_size(data: bytes, at: int) -> int:
    try:
        codecs.decode(data[at : at + 4], "utf-8")
    except UnicodeDecodeError as error:
        cut = at + 4 > len(data) and error.reason == "unexpected end of data" and error.start == 0
        return 0 if cut else max(1, error.end - error.start if error.start == 0 else 1)
    return 1
