"""Reads PDF files by PDFium: lines with their places, made to paragraphs and tables."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing
from statistics import median
from typing import Any

from tasks.clean.attachments import limits
from tasks.clean.attachments.aligned import GAP, aligned_grids
from tasks.clean.attachments.attachment import AttachmentText
from tasks.clean.attachments.composing import Composer
from tasks.clean.attachments.layout import Line, Page, compose
from tasks.clean.attachments.pdf_frame import Box, Frame
from tasks.clean.attachments.pdf_tables import PATHS, grids_of
from tasks.errors import Unprocessable

_FEW = 15  # characters on a page below which it is a picture with at most a number
_BOLD = 600
_WIDE = 0.6  # of a letter: a gap that was meant
_BLANKS = frozenset((32, 0xA0, 0x3000))
_SPREAD = 0.06  # of a letter: the gap between all letters of a line that was spread


def read_pdf(raw: bytes, name: str) -> AttachmentText:
    """Paragraphs and tables of a PDF, without page furniture.

    Raises:
        Unprocessable: ``encrypted_attachment``, ``scanned_attachment``, ``empty_attachment``,
            ``broken_attachment``, ``too_large``.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == 4 or "assword" in str(error):
            raise Unprocessable(
                "encrypted_attachment", f"{name} needs a password; ask its publisher for an open copy"
            ) from error
        raise limits.broken(name, "it is no whole PDF file") from error
    with closing(document):
        return _read(document, name)


def _read(document: Any, name: str) -> AttachmentText:
    import pypdfium2 as pdfium

    count = len(document)
    if count > limits.PAGES:
        limits.too_large(name, "pages", limits.PAGES)
    composer = Composer(name)
    pages: list[Page] = []
    pictures = unreadable = letters = 0
    for number in range(count):
        try:
            with closing(document[number]) as page, closing(page.get_textpage()) as textpage:
                found, strange = _page(page, textpage)
                rules, images = _objects(page)
                if rules in PATHS and found.lines:
                    found.grids = grids_of(page, textpage)
                found.grids += aligned_grids(found.pieces, found.grids)
        except pdfium.PdfiumError:
            composer.warn("missing_text", f"page {number + 1} is damaged and was left out")
            pages.append(Page(1, 1, []))
            continue
        on_page = sum(len(line.text) for line in found.lines)
        letters += on_page
        unreadable += strange
        if on_page < _FEW and images:
            pictures += 1
        pages.append(found)
        if letters > limits.CHARACTERS:
            limits.too_large(name, "characters", limits.CHARACTERS)
    _refuse_textless(name, count, letters, pictures, unreadable)
    if pictures:
        composer.warn("missing_text", f"{pictures} of {count} pages are pictures without text", pictures)
    compose(pages, composer)
    return composer.build()


def _refuse_textless(name: str, count: int, letters: int, pictures: int, unreadable: int) -> None:
    if letters < _FEW * max(1, min(count, 4)) and pictures:
        raise Unprocessable(
            "scanned_attachment",
            f"{name} is a scan: {count} pages of pictures and no text; it needs character recognition",
        )
    if not letters:
        raise Unprocessable("empty_attachment", f"{name} holds no text")
    if unreadable * 3 > letters:
        raise limits.broken(name, "its fonts do not say which characters they draw")


def _page(page: Any, textpage: Any) -> tuple[Page, int]:
    """Lines of a page as PDFium orders them, and how many characters have no meaning."""
    frame = Frame.of(page)
    lines: list[Line] = []
    pieces: list[Line] = []
    strange = 0
    for start, end, text, blank in _runs(textpage, frame):
        strange += sum(1 for char in text if char == "\ufffd" or "\ue000" <= char <= "\uf8ff")
        line = _line(textpage, frame, start, end, text)
        lines.append(line)
        pieces += _pieces(textpage, frame, line, start, end) if blank else [line]
    return Page(*frame.size, _joined(lines), pieces=pieces), strange


def _line(textpage: Any, frame: Frame, start: int, end: int, text: str) -> Line:
    """A line of the characters ``start`` to ``end``."""
    import pypdfium2.raw as c

    first, last = _box(textpage, start, frame), _box(textpage, end - 1, frame)
    size = float(c.FPDFText_GetFontSize(textpage, start))
    top, bottom = min(first[1], last[1]), max(first[3], last[3])
    tall = bottom - top
    # the size as set may be 1 with a scaling matrix: the box tells what is seen
    size = size if 0.5 * tall <= size <= 2 * tall else tall
    return Line(
        text=text,
        left=min(first[0], last[0]),
        right=max(first[2], last[2]),
        top=top,
        bottom=bottom,
        size=size or 10.0,
        bold=c.FPDFText_GetFontWeight(textpage, start) >= _BOLD,
    )


def _pieces(textpage: Any, frame: Frame, line: Line, start: int, end: int) -> list[Line]:
    """A line cut at its wide gaps, where cells of a table without rules may end."""
    import pypdfium2.raw as c

    codes = [c.FPDFText_GetUnicode(textpage, n) for n in range(start, end)]
    cuts: list[tuple[int, int]] = []
    low = 0
    for n, code in enumerate(codes):
        if code not in _BLANKS or n == low:
            low = n + 1 if code in _BLANKS else low
            continue
        after = next((m for m in range(n, len(codes)) if codes[m] not in _BLANKS), None)
        if after is None:
            break
        before, behind = _box(textpage, start + n - 1, frame), _box(textpage, start + after, frame)
        # PDFium takes what stands a little lower, as a head over two rows does, for the same line
        apart = behind[0] - before[2] > GAP * line.size or behind[2] < before[0]
        if apart or abs(behind[1] - before[1]) > 0.4 * line.size:
            cuts.append((low, n))
            low = after
    if not cuts:
        return [line]
    made = []
    for begin, stop in (*cuts, (low, len(codes))):
        text = _together("".join(_char(code) for code in codes[begin:stop])).strip()
        if text:
            made.append(_line(textpage, frame, start + begin, start + stop, text))
    return made


def _runs(textpage: Any, frame: Frame) -> Iterator[tuple[int, int, str, bool]]:
    """Start, end and text of each line, without blanks that PDFium made; and whether it had any blank."""
    import pypdfium2.raw as c

    count = c.FPDFText_CountChars(textpage)
    if count <= 0:
        return
    codes = [c.FPDFText_GetUnicode(textpage, n) for n in range(count)]
    start = 0
    for at in range(count + 1):
        if at < count and codes[at] not in (10, 13):
            continue
        low, high = start, at
        start = at + 1
        while low < high and codes[low] in _BLANKS:
            low += 1
        while high > low and codes[high - 1] in _BLANKS:
            high -= 1
        if low == high:
            continue
        made = _needless_blanks(textpage, frame, codes, low, high)
        text = _together("".join(_char(codes[n]) for n in range(low, high) if n not in made)).strip()
        if text:
            yield low, high, text, any(code in _BLANKS for code in codes[low:high])


def _needless_blanks(textpage: Any, frame: Frame, codes: list[int], low: int, high: int) -> set[int]:
    """Blanks that PDFium made of gaps and that nobody typed.

    Between a Chinese and a Latin character word processors leave a quarter of a letter; that is no blank.
    Between two Chinese characters a gap is meant, unless the whole line is spread to fill its width.
    """
    import pypdfium2.raw as c

    made: set[int] = set()
    between: list[int] = []
    for n in range(low + 1, high - 1):
        if codes[n] != 32 or c.FPDFText_IsGenerated(textpage, n) != 1:
            continue
        around = _is_han(codes[n - 1]) + _is_han(codes[n + 1])
        if around == 2:
            between.append(n)
        elif around == 1 and _gap(textpage, frame, n) < _WIDE:
            made.add(n)
    if between:
        # in a line that is spread to fill its width every gap is wide; only one far wider was meant
        usual = _usual_gap(textpage, frame, codes, low, high)
        if usual is None:  # a blank between all letters: a name set wide (王 小 明), or a line spread very far
            usual = median(_gap(textpage, frame, n) for n in between) if len(between) > 4 else 0.0
        made.update(n for n in between if usual > _SPREAD and _gap(textpage, frame, n) < usual + _WIDE)
    return made


def _usual_gap(textpage: Any, frame: Frame, codes: list[int], low: int, high: int) -> float | None:
    """The middle of the distances between neighbouring Chinese characters of a line, in their size."""
    gaps = [
        _distance(_box(textpage, n, frame), _box(textpage, n + 1, frame))
        for n in range(low, high - 1)
        if _is_han(codes[n]) and _is_han(codes[n + 1])
    ][:40]
    return median(gaps) if gaps else None


def _is_han(code: int) -> bool:
    return 0x2E80 <= code <= 0x9FFF or 0xFF00 <= code <= 0xFFEF


def _gap(textpage: Any, frame: Frame, at: int) -> float:
    """The distance between the characters around a blank, in their size: 镇长  王某 is set apart on purpose."""
    return _distance(_box(textpage, at - 1, frame), _box(textpage, at + 1, frame))


def _distance(before: Box, after: Box) -> float:
    return (after[0] - before[2]) / max(1.0, before[3] - before[1])


def _char(code: int) -> str:
    """A character; bullets of symbol fonts (U+F020 to U+F0FF) say nothing."""
    return chr(code) if 0 < code < 0x110000 and not 0xF020 <= code <= 0xF0FF else ""


def _together(text: str) -> str:
    """Characters beyond the first plane come in two halves."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _box(textpage: Any, index: int, frame: Frame) -> Box:
    """Left, top, right, bottom of a character as seen."""
    import pypdfium2.raw as c

    rect = c.FS_RECTF()
    if c.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(rect)):
        return frame.seen_box(rect.left, rect.bottom, rect.right, rect.top)
    return 0.0, 0.0, 0.0, 0.0


def _joined(lines: list[Line]) -> list[Line]:
    """Pieces that stand side by side on one line, as one: PDFium splits a line at wide gaps."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if (
            before is not None
            and abs(line.top - before.top) < 0.4 * line.size
            and abs(line.size - before.size) < 0.2 * line.size
            and line.left >= before.right
        ):
            joined[-1] = before.joined(line, " ")
        else:
            joined.append(line)
    return joined


def _objects(page: Any) -> tuple[int, int]:
    """How many paths (possible rules) and images a page has; counting stops where it is a drawing anyway."""
    import pypdfium2.raw as c

    rules = images = 0
    for item in page.get_objects(max_depth=3):
        if item.type == c.FPDF_PAGEOBJ_PATH:
            rules += 1
        elif item.type == c.FPDF_PAGEOBJ_IMAGE:
            images += 1
        if rules >= PATHS.stop:
            break
    return rules, images
