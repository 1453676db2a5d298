"""Finds ruled tables on printed pages: rules of PDF pages by PDFium, cells out of rules by pdfplumber.

pdfplumber would parse the file a second time with pdfminer, at a tenth of a second a page and without a
bound on damaged files; only its geometry is used here.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from typing import Any

from tasks.clean.attachments.composing import CellText, cell_line
from tasks.clean.attachments.layout import Grid
from tasks.clean.attachments.pdf_frame import Box, Frame, Point

#: paths on a page: fewer draw no table, more are a drawing
PATHS = range(3, 6_000)
_SEGMENTS = 12_000
_CORNERS = 3_000  # the time that pdfplumber takes grows with their square
_STRAIGHT = 1.0  # points by which a rule may be slanted or thick
_SHORT = 3.0
_HAN = "\u2e80-\u9fff\uff00-\uffef"
_AROUND_HAN = re.compile(rf"(?<=[{_HAN}]) +| +(?=[{_HAN}])")


def grids_of(page: Any, textpage: Any) -> list[Grid]:
    """The ruled tables of a page with at least two rows and two columns.

    Args:
        page, textpage: of pypdfium2.
    """
    frame = Frame.of(page)
    return grids_from(list(_edges(page, frame)), lambda box: _text_in(textpage, box, frame))


def grids_from(edges: list[dict[str, Any]], text_in: Callable[[Box], str]) -> list[Grid]:
    """The tables that rules make, with at least two rows and two columns.

    Args:
        edges: straight rules in points from the upper left corner, as :func:`edge` gives them.
        text_in: the text in a box, on one line.
    """
    from pdfplumber import table, utils

    if len(edges) < 4:
        return []
    merged = table.merge_edges(edges, 3, 3, 3, 3)
    merged = utils.filter_edges(merged, min_length=_SHORT)
    corners = table.edges_to_intersections(merged, 3, 3)
    if len(corners) > _CORNERS:
        return []
    found = table.cells_to_tables(table.intersections_to_cells(corners))
    grids = (_grid(boxes, text_in) for boxes in found if len(boxes) > 2)
    return [grid for grid in grids if grid is not None]


def _grid(boxes: list[Box], text_in: Callable[[Box], str]) -> Grid | None:
    columns = _positions(box[n] for box in boxes for n in (0, 2))
    rows = _positions(box[n] for box in boxes for n in (1, 3))
    if len(columns) < 3 or len(rows) < 3:
        return None
    cells = []
    for box in boxes:
        left, right = _nearest(columns, box[0]), _nearest(columns, box[2])
        top, bottom = _nearest(rows, box[1]), _nearest(rows, box[3])
        cells.append(CellText(top, left, text_in(box), max(1, bottom - top), max(1, right - left)))
    return Grid(columns[0], columns[-1], rows[0], rows[-1], tuple(cells))


def _edges(page: Any, frame: Frame) -> Iterator[dict[str, Any]]:
    """Straight rules, each as pdfplumber describes an edge: places from the upper left corner."""
    import pypdfium2.raw as c

    segments = 0
    for item in page.get_objects(filter=[c.FPDF_PAGEOBJ_PATH], max_depth=1):
        matrix = item.get_matrix()
        last: Point | None = None
        start: Point | None = None
        for n in range(c.FPDFPath_CountSegments(item)):
            segments += 1
            if segments > _SEGMENTS:
                return
            segment = c.FPDFPath_GetPathSegment(item, n)
            x, y = ctypes.c_float(), ctypes.c_float()
            if not c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
                continue
            point = frame.seen(*matrix.on_point(x.value, y.value))
            kind = c.FPDFPathSegment_GetType(segment)
            if kind == c.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == c.FPDF_SEGMENT_LINETO and last is not None:
                yield from edge(last, point)
            last = point
            if c.FPDFPathSegment_GetClose(segment) and start is not None:
                yield from edge(point, start)
                last = start


def edge(one: Point, other: Point) -> Iterator[dict[str, Any]]:
    """A rule from one point to another, if it is straight: its places from the upper left corner, in points."""
    x0, x1 = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    wide, tall = x1 - x0, bottom - top
    if wide < _STRAIGHT < tall:
        orientation, x1 = "v", x0
    elif tall < _STRAIGHT < wide:
        orientation, bottom = "h", top
    else:
        return
    yield {
        "object_type": "line",
        "orientation": orientation,
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }


def _text_in(textpage: Any, box: Box, frame: Frame) -> str:
    """The text in a box given from the upper left corner, on one line."""
    left, bottom, right, top = frame.written_box(*box)
    text = textpage.get_text_bounded(left=left, bottom=bottom, right=right, top=top)
    return _AROUND_HAN.sub("", cell_line(text))


def _positions(values: Iterator[float]) -> list[float]:
    """Distinct positions; those closer than two points are one."""
    positions: list[float] = []
    for value in sorted(values):
        if not positions or value - positions[-1] > 2:
            positions.append(value)
    return positions


def _nearest(positions: list[float], value: float) -> int:
    return min(range(len(positions)), key=lambda n: abs(positions[n] - value))
