"""Reads OFD (GB/T 33190-2016), the fixed-layout format of Chinese offices: a zip of XML pages."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from tasks.clean.attachments import limits
from tasks.clean.attachments.aligned import aligned_grids
from tasks.clean.attachments.archive import member, opened, parse
from tasks.clean.attachments.attachment import AttachmentText
from tasks.clean.attachments.composing import Composer
from tasks.clean.attachments.docx import local
from tasks.clean.attachments.layout import Line, Page, compose
from tasks.clean.attachments.ofd_tables import ofd_grids
from tasks.errors import Unprocessable

_A4 = (210.0, 297.0)  # millimetres
_DEEPEST = 40


def read_ofd(raw: bytes, name: str) -> AttachmentText:
    """Paragraphs and tables of an OFD file. Templates (letterheads, page numbers) are left out.

    Raises:
        Unprocessable: ``encrypted_attachment``, ``broken_attachment``, ``too_large``,
            ``scanned_attachment``, ``empty_attachment``.
    """
    with opened(raw, name) as archive:
        if any(path.rpartition("/")[2] in ("Encryptions.xml", "Encryption.xml") for path in archive.NameToInfo):
            raise Unprocessable("encrypted_attachment", f"{name} is encrypted; ask its publisher for an open copy")
        composer = Composer(name)
        pages: list[Page] = []
        images = 0
        for path in _documents(archive, name):
            for page, pictures in _pages(archive, path, name):
                pages.append(page)
                images += pictures
        compose(pages, composer)
    if not composer.length:
        if images:
            raise Unprocessable(
                "scanned_attachment", f"{name} holds pictures and no text; it needs character recognition"
            )
        raise Unprocessable("empty_attachment", f"{name} holds no text")
    return composer.build()


def _documents(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    root = parse(member(archive, "OFD.xml", name), name)
    for element in root.iter():
        if local(element) == "DocRoot" and element.text:
            yield element.text.strip().lstrip("/")


def _pages(archive: zipfile.ZipFile, path: str, name: str) -> Iterator[tuple[Page, int]]:
    root = parse(member(archive, path, name), name)
    folder = posixpath.dirname(path)
    size = _box(root) or (0.0, 0.0, *_A4)
    listed = [element for element in root.iter() if local(element) == "Page" and element.get("BaseLoc")]
    if len(listed) > limits.PAGES:
        limits.too_large(name, "pages", limits.PAGES)
    for element in listed:
        location = str(element.get("BaseLoc"))
        whole = (
            location.lstrip("/") if location.startswith("/") else posixpath.normpath(posixpath.join(folder, location))
        )
        content = parse(member(archive, whole, name), name)
        _, _, width, height = _box(content) or size
        pieces = list(_pieces(content, (1, 0, 0, 1, 0, 0), 0))
        images = sum(1 for part in content.iter() if local(part) == "ImageObject")
        grids = ofd_grids(content, pieces)
        grids += aligned_grids(pieces, grids)
        yield Page(width or _A4[0], height or _A4[1], _lines(pieces), grids), images


def _box(root: etree._Element) -> tuple[float, float, float, float] | None:
    for element in root.iter():
        if local(element) == "PhysicalBox":
            numbers = _numbers(element.text)
            if len(numbers) == 4:
                return numbers[0], numbers[1], numbers[2], numbers[3]
    return None


def _numbers(text: str | None) -> list[float]:
    found = []
    for part in (text or "").split()[:10_000]:
        try:
            found.append(float(part))
        except ValueError:
            continue
    return [value for value in found if abs(value) < 1e6]


_Matrix = tuple[float, float, float, float, float, float]


def _pieces(parent: etree._Element, shift: _Matrix, depth: int) -> Iterator[Line]:
    """Text pieces with their places on the page."""
    if depth > _DEEPEST:
        return
    for element in parent:
        kind = local(element)
        if kind == "TextObject":
            yield from _text_object(element, shift)
        elif kind in ("Content", "Layer", "PageBlock", "Page", "CompositeObject"):
            yield from _pieces(element, shift, depth + 1)


def _text_object(element: etree._Element, shift: _Matrix) -> Iterator[Line]:
    if element.get("Visible") == "false":
        return
    boundary = _numbers(element.get("Boundary"))
    left, top = (boundary[0], boundary[1]) if len(boundary) == 4 else (0.0, 0.0)
    matrix = _numbers(element.get("CTM"))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    set_size = next(iter(_numbers(element.get("Size"))), 4.0)
    size = set_size * (abs(d) or abs(b) or 1.0)
    weight = element.get("Weight", "400")
    x = y = 0.0
    for code in (part for part in element if local(part) == "TextCode"):
        text = code.text or ""
        x = next(iter(_numbers(code.get("X"))), x)
        y = next(iter(_numbers(code.get("Y"))), y)
        steps = _deltas(code.get("DeltaX"))
        downs = _deltas(code.get("DeltaY"))
        for piece, dx, dy, run in _runs(text, steps, downs, set_size):
            start = left + a * (x + dx) + c * (y + dy) + e + shift[4]
            base = top + b * (x + dx) + d * (y + dy) + f + shift[5]
            yield Line(
                text=piece,
                left=start,
                right=start + abs(a or 1.0) * run,
                top=base - size,
                bottom=base,
                size=size,
                bold=weight.isdecimal() and int(weight) >= 600,
            )


def _runs(text: str, steps: list[float], downs: list[float], size: float) -> Iterator[tuple[str, float, float, float]]:
    """Cut a piece of text where it goes on in another line or after a wide gap.

    Gives text, distance right and down of its first character, and width.
    """
    x = y = 0.0
    piece, start_x, start_y = "", 0.0, 0.0
    last = 0.0
    for n, char in enumerate(text):
        if n:
            step = steps[n - 1] if n - 1 < len(steps) else (0.0 if downs else _width(text[n - 1], size))
            down = downs[n - 1] if n - 1 < len(downs) else 0.0
            x += step
            y += down
            if abs(down) > 0.5 * size or step < 0 or step > 3 * size:
                if piece.strip():
                    yield piece, start_x, start_y, last - start_x
                piece, start_x, start_y = "", x, y
        piece += char
        last = x + _width(char, size)
    if piece.strip():
        yield piece, start_x, start_y, last - start_x


def _width(char: str, size: float) -> float:
    return size * (0.5 if char.isascii() else 1.0)


def _deltas(text: str | None) -> list[float]:
    """The steps between characters; ``g 3 4.2`` stands for 4.2 three times (GB/T 33190, 11.3)."""
    steps: list[float] = []
    parts = re.split(r"\s+", (text or "").strip())[:20_000]
    n = 0
    while n < len(parts):
        if parts[n] == "g" and n + 2 < len(parts):
            repeated, step = _numbers(parts[n + 1]), _numbers(parts[n + 2])
            if repeated and step:
                steps += step * int(min(max(repeated[0], 0), 20_000))
            n += 3
        else:
            steps += _numbers(parts[n])
            n += 1
        if len(steps) > 100_000:
            break
    return steps


def _lines(pieces: list[Line]) -> list[Line]:
    """Pieces of one height beside one another are one line; lines from above to below.

    Writers give each word, often each character, an object of its own.
    """
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda p: (p.bottom, p.left)):
        row = rows[-1] if rows else None
        if row is not None and abs(row[0].bottom - piece.bottom) < 0.45 * max(row[0].size, piece.size):
            row.append(piece)
        else:
            rows.append([piece])
    lines = []
    for row in rows:
        row.sort(key=lambda p: p.left)
        text = row[0].text
        for before, after in pairwise(row):
            gap = after.left - before.right
            text += (" " if gap > 0.6 * after.size else "") + after.text
        lines.append(
            Line(
                text=text.strip() or " ",
                left=row[0].left,
                right=max(p.right for p in row),
                top=min(p.top for p in row),
                bottom=max(p.bottom for p in row),
                size=max(p.size for p in row),
                bold=all(p.bold for p in row),
            )
        )
    return [line for line in lines if line.text.strip()]
