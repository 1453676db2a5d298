"""Finds ruled tables on OFD pages: their rules are paths of straight lines (GB/T 33190-2016, 9)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from lxml import etree

from tasks.clean.attachments.composing import cell_line
from tasks.clean.attachments.docx import local
from tasks.clean.attachments.layout import Grid, Line
from tasks.clean.attachments.pdf_frame import Box, Point
from tasks.clean.attachments.pdf_tables import edge, grids_from

#: millimetres of OFD to the points that the geometry of tables is made for
_POINTS = 72 / 25.4
_SEGMENTS = 12_000
_STEP = re.compile(r"([SMLQBACZ])|(-?\d+(?:\.\d+)?)")
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


def ofd_grids(content: etree._Element, pieces: Sequence[Line]) -> list[Grid]:
    """The ruled tables of a page; lengths in millimetres.

    Args:
        content: the page.
        pieces: its text, each piece with its place.
    """
    ordered = sorted(pieces, key=_middle)
    middles = [_middle(piece) for piece in ordered]

    def text_in(box: Box) -> str:
        left, top, right, bottom = (side / _POINTS for side in box)
        level = ordered[bisect_left(middles, top) : bisect_right(middles, bottom)]
        return _text_of([piece for piece in level if left <= (piece.left + piece.right) / 2 <= right])

    grids = grids_from(list(_edges(content)), text_in)
    return [
        replace(
            grid,
            left=grid.left / _POINTS,
            right=grid.right / _POINTS,
            top=grid.top / _POINTS,
            bottom=grid.bottom / _POINTS,
        )
        for grid in grids
    ]


def _edges(content: etree._Element) -> Iterator[dict[str, Any]]:
    segments = 0
    for element in content.iter():
        if local(element) != "PathObject":
            continue
        data = next((part.text for part in element if local(part) == "AbbreviatedData"), None)
        boundary = [float(number) for number in _NUMBERS.findall(element.get("Boundary") or "")[:4]]
        if not data or len(boundary) < 4:
            continue
        matrix = [float(number) for number in _NUMBERS.findall(element.get("CTM") or "")[:6]]
        for one, other in _lines(data):
            segments += 1
            if segments > _SEGMENTS:
                return
            yield from edge(_seen(one, boundary, matrix), _seen(other, boundary, matrix))


def _seen(point: Point, boundary: Sequence[float], matrix: Sequence[float]) -> Point:
    """A point of a path on the page, in points."""
    x, y = point
    if len(matrix) == 6:
        a, b, c, d, e, f = matrix
        x, y = a * x + c * y + e, b * x + d * y + f
    return (boundary[0] + x) * _POINTS, (boundary[1] + y) * _POINTS


def _lines(data: str) -> Iterator[tuple[Point, Point]]:
    """The straight pieces of a path: S and M begin one, L draws to a point, C closes it; curves are passed over."""
    start: Point | None = None
    last: Point | None = None
    command = ""
    numbers: list[float] = []
    for match in _STEP.finditer(data[:200_000]):
        if match[1]:
            command, numbers = match[1], []
            if command == "C" and last is not None and start is not None:
                yield last, start
                last = start
            continue
        numbers.append(float(match[2]))
        if command in "SML" and len(numbers) == 2:
            point = (numbers[0], numbers[1])
            if command == "L" and last is not None:
                yield last, point
            else:
                start = point
            last, numbers = point, []
        elif command in "QBA" and len(numbers) == {"Q": 4, "B": 6, "A": 7}[command]:
            last, numbers = (numbers[-2], numbers[-1]), []


def _middle(piece: Line) -> float:
    return (piece.top + piece.bottom) / 2


def _text_of(inside: Sequence[Line]) -> str:
    """The text of pieces, on one line."""
    rows: list[list[Line]] = []
    for piece in sorted(inside, key=lambda p: (p.bottom, p.left)):
        if rows and abs(rows[-1][0].bottom - piece.bottom) < 0.45 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return cell_line("\n".join("".join(p.text for p in sorted(row, key=lambda p: p.left)) for row in rows))
