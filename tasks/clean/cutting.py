"""Builds the text of a document and, as it goes, the map from each character to the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from schemas.evidence import SpanMap

#: What is not copied as it stands: references, white space, characters that show nothing.
_SPECIAL = re.compile(
    r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*+);?"
    r"|[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+"
    r"|[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+"
    r"|[\x00-\x08\x0e-\x1b\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]+"
)
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]+")
#: The first character of anything special: one set is searched for much faster than the alternatives above.
_BEGINS = re.compile(
    r"[& \t-\r\x1c-\x1f\x85\u2028\u2029\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
    r"\x00-\x08\x0e-\x1b\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]"
)


#: As above without the spaces that may stand between two words as they are.
_CARE = re.compile(_BEGINS.pattern.replace(" ", "", 1).replace(r"\u3000", "", 1))
_MIXED_GAP = re.compile(" \u3000|\u3000 ")
_GAP = re.compile(" |(?<!\u3000)\u3000")
#: What lines are indented with.
_INDENT = re.compile(r"(?:\s|&nbsp;|&ensp;|&emsp;|&#12288;|&#160;)*+")


def is_wide(character: str) -> bool:
    """Whether it is written without a space to its neighbours: Chinese characters and punctuation."""
    return "\u2e80" <= character <= "\ua4cf" or "\uf900" <= character <= "\ufaff" or "\ufe30" <= character <= "\uffef"


class Cutter:
    """Text in the making.

    White space at the ends of a line is dropped, runs of it inside become one space, and a line break
    in the source between two Chinese characters becomes nothing, as browsers show it.  Full-width
    spaces inside a line stay, no-break spaces become spaces.

    Attributes:
        at_start: nothing was added since the last :meth:`put_in`.
        length: how much there is so far.
    """

    __slots__ = ("_last", "_parts", "_pending", "_runs", "at_start", "length")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._runs: list[int] = []
        self._pending: list[tuple[str, int, int]] = []
        self.at_start = True
        self._last = ""
        self.length = 0

    def put_in(self, text: str, at: int) -> None:
        """Add characters that the source does not have (line feed, tab), made at source offset ``at``."""
        self._pending.clear()
        self._parts.append(text)
        self._runs += (len(text), at, 0)
        self.length += len(text)
        self.at_start = True

    def space(self, at: int) -> None:
        """Let what comes next stand apart from what stands before, as after a line break in the source."""
        self._hold("\n", at, 0)

    def part(self, at: int) -> None:
        """Let what comes next stand apart by one space."""
        self._hold(" ", at, 0)

    def drop_pending(self) -> None:
        """The cell or line is over: white space at its end is not written."""
        self._pending.clear()

    def take_back(self) -> None:
        """Undo the last :meth:`put_in`, after which nothing was added."""
        self.length -= len(self._parts.pop())
        del self._runs[-3:]

    def add(self, raw: str, offset: int) -> None:
        """Add a piece of the source that begins at ``offset``."""
        begins = _BEGINS.search(raw)
        if begins is None:
            if raw:
                self._copy(raw, offset, len(raw))
            return
        done = 0
        while begins is not None:
            start = begins.start()
            found = _SPECIAL.match(raw, start)
            if found is None:  # an ampersand that begins no reference
                begins = _BEGINS.search(raw, start + 1)
                continue
            if start > done:
                self._copy(raw[done:start], offset + done, start - done)
            done = found.end()
            self._special(found[0], offset + start, done - start)
            begins = _BEGINS.search(raw, done)
        if done < len(raw):
            self._copy(raw[done:], offset + done, len(raw) - done)

    def add_plain(self, texts: Sequence[str], offsets: Sequence[int], *, split: bool = False) -> bool:
        """Add the pieces of a whole line at once when nothing in them but their ends needs care.

        Most lines are such, and one look at the whole is much faster than one at each piece.

        Args:
            texts: its pieces as the source has them, in order.
            offsets: where each of them begins in the source.
            split: let a run of the map begin at each space, as :meth:`add` does.

        Returns:
            False when the line has to be added piece by piece; then nothing was added.
        """
        whole = "".join(texts)
        if "&" in whole:
            indent = _INDENT.match(whole)
            begin = indent.end() if indent else 0
            line = whole[begin:].rstrip()
            while line.endswith("&nbsp;"):
                line = line[:-6].rstrip()
            if "&" in line:
                return False
        else:
            line = whole.strip()
            begin = whole.find(line)
        # no character that needs care is printable, and asking for that is faster than the search
        if not line.isprintable():
            if _CARE.search(line) is not None:
                return False
            split = split or "\u3000" in line
        if "  " in line or (split and _MIXED_GAP.search(line) is not None):
            return False
        if not line:
            return True
        length = len(line)
        if len(texts) == 1 and not split:
            self._runs += (length, offsets[0] + begin, length)
        else:
            self._add_runs(texts, offsets, begin, length, split=split)
        self._parts.append(line)
        self.length += length
        self._last = line[-1]
        self.at_start = False
        return True

    def _add_runs(self, texts: Sequence[str], offsets: Sequence[int], begin: int, length: int, *, split: bool) -> None:
        """Add the runs of a line that begins ``begin`` characters into its pieces."""
        left = length
        for text, offset in zip(texts, offsets, strict=True):
            size = len(text) - begin
            if size <= 0:
                begin = -size
                continue
            end = begin + min(left, size)
            left -= end - begin
            if split:
                for found in _GAP.finditer(text, begin + 1, end):
                    at = found.start()
                    self._runs += (at - begin, offset + begin, at - begin)
                    begin = at
            self._runs += (end - begin, offset + begin, end - begin)
            if not left:
                break
            begin = 0

    def copy(self, text: str, offset: int) -> None:
        """Add a piece of a plain text as it stands."""
        if text:
            self._copy(text.replace("\xa0", " "), offset, len(text))

    def _special(self, raw: str, start: int, size: int) -> None:
        if raw[0] != "&":
            if not self.at_start and raw.isspace():
                self._pending.append((raw, start, size))
            return
        text = _UNSEEN.sub("", unescape(raw)) if raw != "&nbsp;" else "\xa0"
        rest = text[1:]
        if rest and text != raw and raw[-1] != ";" and raw.endswith(rest):
            # a reference without its semicolon, and the letters after it: &nbspkm
            self._special(raw[: -len(rest)], start, size - len(rest))
            self._copy(rest, start + size - len(rest), len(rest))
            return
        if text == raw:
            self._copy(raw, start, size)
        elif text.isspace():
            self._hold(text, start, size)
        elif text:
            self._copy(text, start, size)

    def _hold(self, text: str, start: int, size: int) -> None:
        if not self.at_start:
            self._pending.append((text, start, size))

    def _copy(self, text: str, start: int, size: int) -> None:
        if self._pending:
            self._release(text[0])
        self._parts.append(text)
        runs = self._runs
        length = len(text)
        if length == size and runs and runs[-3] == runs[-1] and runs[-2] + runs[-1] == start:
            runs[-3] += length
            runs[-1] += length
        else:
            runs += (length, start, size)
        self.length += length
        self._last = text[-1]
        self.at_start = False

    def _release(self, follows: str) -> None:
        """Write the white space that turned out to stand inside a line."""
        pending, self._pending = self._pending, []
        kept = [one for one in pending if one[0][0] not in " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\u2028\u2029"]
        if not kept:
            broken = any("\n" in text or "\r" in text for text, _, _ in pending)
            if broken and is_wide(self._last) and is_wide(follows):
                return
            kept = [(" ", *next((one[1:] for one in pending if one[2]), pending[0][1:]))]
        for text, start, size in kept:
            made = text if text == "\u3000" else "".join("\u3000" if c == "\u3000" else " " for c in text)
            self._parts.append(made)
            self._runs += (len(made), start, size)
            self.length += len(made)

    def text(self) -> str:
        """All that was added."""
        self._pending.clear()
        return "".join(self._parts)

    def spans(self, source_length: int) -> SpanMap:
        """The map of :meth:`text` to the source."""
        return SpanMap(runs=tuple(self._runs), source_length=source_length)
