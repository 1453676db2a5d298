"""Makes paragraphs of the lines of printed pages (pdf, ofd), without their headers, footers and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from tasks.clean.attachments.composing import CellText, Composer, Style, join_lines

_PAGE_NUMBER = re.compile(
    r"^[\s\-—–－―·•~|/]*(?:第|共|[Pp]age|[Pp]\.)?\s*(?:\d{1,4}|[ivxlc]{1,6}|[一二三四五六七八九十]{1,4}(?=\s*页))\s*(?:页|of|/|／)?"
    r"\s*[,，/／]?\s*(?:共|of)?\s*(?:\d{1,4})?\s*页?[\s\-—–－―·•~|/]*$"
)
_ZONE = 0.12  # of the page's height, above and below: where headers and footers stand
_LABEL = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]{1,4}[章节条部编]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d)|[①-⑳]|——)"
)
_WORD = re.compile(r"[“‘（《〈【(\[]?(?:[A-Za-z0-9.,%+\-/:]+|.)[，。、；：！？”’）》〉】)\]%％]*")
_END = re.compile(r"[。！？：；!?:;”』」）)]$")


@dataclass(frozen=True)
class Line:
    """A printed line. Lengths are in points (pdf) or millimetres (ofd), ``top`` counted from the page's top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool = False

    def joined(self, piece: Line, between: str = "") -> Line:
        """This line with a piece of the same height behind it."""
        return Line(
            text=f"{self.text}{between}{piece.text}",
            left=self.left,
            right=max(self.right, piece.right),
            top=min(self.top, piece.top),
            bottom=max(self.bottom, piece.bottom),
            size=self.size,
            bold=self.bold and piece.bold,
        )


@dataclass(frozen=True)
class Grid:
    """A table on a page."""

    left: float
    right: float
    top: float
    bottom: float
    cells: tuple[CellText, ...]

    def holds(self, line: Line) -> bool:
        """Whether the middle of the line lies in the table."""
        x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
        return self.left - 1 <= x <= self.right + 1 and self.top - 1 <= y <= self.bottom + 1


@dataclass
class Page:
    """What stands on one page, lines in reading order; ``pieces`` are the lines cut at wide gaps."""

    width: float
    height: float
    lines: list[Line]
    grids: list[Grid] = field(default_factory=list)
    pieces: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class _Measure:
    """What is usual in a document: size of letters, the edges of full lines, the step from line to line."""

    size: float
    left: float
    right: float
    step: float


def compose(pages: Sequence[Page], composer: Composer) -> None:
    """Add all pages to the composer."""
    kept = [_without_furniture(page, repeated) for page, repeated in _with_repeated(pages)]
    measures = _measures(kept)
    if not measures:
        for page in kept:
            for grid in page.grids:
                composer.table(grid.cells)
        return
    flow = _Flow(composer, measures)
    for page in kept:
        flow.add_page(page)
    flow.close()


def _with_repeated(pages: Sequence[Page]) -> list[tuple[Page, frozenset[str]]]:
    """Each page with the lines of its upper and lower zone that other pages repeat."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_shape(line.text) for line in page.lines if _in_zone(line, page)})
    least = 2 if len(pages) < 6 else max(3, len(pages) // 4)
    repeated = frozenset(shape for shape, times in counts.items() if times >= least and shape)
    return [(page, repeated) for page in pages]


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", text))


def _in_zone(line: Line, page: Page) -> bool:
    return line.bottom < page.height * _ZONE or line.top > page.height * (1 - _ZONE)


def _without_furniture(page: Page, repeated: frozenset[str]) -> Page:
    """The page without page numbers and running titles.

    A line is a running title only where other pages repeat it and the lines between it and the page's
    edge are furniture too: the first line of a list that begins each page alike stays.
    """
    lines = list(page.lines)
    by_place = sorted(lines, key=lambda line: line.top)
    gone: set[int] = set()
    for ordered in (by_place, by_place[::-1]):
        for line in ordered:
            number = _PAGE_NUMBER.match(line.text) is not None
            if not _in_zone(line, page) or not (number or _shape(line.text) in repeated):
                break
            gone.add(id(line))
    kept = [line for line in lines if id(line) not in gone]
    return Page(page.width, page.height, kept, page.grids)


def _measures(pages: Sequence[Page]) -> list[_Measure]:
    """The measure of the text, or of each of its two columns."""
    lines = [line for page in pages for line in page.lines if not any(g.holds(line) for g in page.grids)]
    if not lines:
        return []
    middle = max(page.width for page in pages) / 2
    halves = [
        [line for line in lines if line.right < middle + 0.5 * line.size],
        [line for line in lines if line.left > middle - 0.5 * line.size],
    ]
    in_columns = min(map(len, halves)) > 0.25 * len(lines) and sum(map(len, halves)) > 0.8 * len(lines)
    return [_measure(half, pages) for half in (halves if in_columns else [lines])]


def _measure(lines: Sequence[Line], pages: Sequence[Page]) -> _Measure:
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size, 1)] += len(line.text)
    size = weights.most_common(1)[0][0] or 10.0
    body = [line for line in lines if abs(line.size - size) < 0.15 * size] or lines
    lefts = Counter(round(line.left / size * 2) for line in body)
    # of the two edges of paragraphs that are indented, the outer is the edge of the text
    usual = [edge for edge, times in lefts.items() if times >= max(2, 0.15 * len(body))] or list(lefts)
    edge = min(usual)
    left = min(line.left for line in body if round(line.left / size * 2) == edge)
    # a stop may hang over the edge
    rights = sorted(line.right - (size if line.text[-1] in "，。、；：！？”）" else 0) for line in body)
    right = rights[min(len(rights) - 1, int(len(rights) * 0.9))]
    steps = [
        later.top - earlier.top
        for page in pages
        for earlier, later in pairwise(page.lines)
        if 0.8 * size < later.top - earlier.top < 4 * size
    ]
    return _Measure(size, left, right, median(steps) if steps else 1.5 * size)


def _first_word(line: Line) -> float:
    """How wide the beginning of the line is that may not be broken: a number, a Latin word, a character."""
    match = _WORD.match(line.text)
    return line.size * sum(0.55 if char.isascii() else 1.0 for char in match[0]) if match else line.size


def _is_whole(line: Line, measure: _Measure) -> bool:
    """Whether a line that ends before the edge may end a paragraph.

    A sentence that has not ended goes on, however short its line: what follows may hold together (22.7%、23.6%)
    and not have fitted.  Headings have no stop, but are much shorter than a line.
    """
    return _END.search(line.text) is not None or line.right - measure.left < 0.62 * (measure.right - measure.left)


def _goes_on(above: Grid, below: Grid) -> bool:
    """Whether a table is the same as the one that ended the page before: as wide, with as many columns."""

    def columns(grid: Grid) -> int:
        return max((cell.column + cell.column_span for cell in grid.cells), default=0)

    edges = abs(above.left - below.left) < 3 and abs(above.right - below.right) < 3
    return edges and columns(above) == columns(below)


def _put_below(above: Grid, below: Grid) -> Grid:
    """One table of two; a head that is repeated on the new page is left out."""

    def row(grid: Grid, number: int) -> list[tuple[int, str]]:
        return sorted((cell.column, cell.text) for cell in grid.cells if cell.row == number)

    again = row(above, 0) == row(below, 0)
    start = max(cell.row + cell.row_span for cell in above.cells) - (1 if again else 0)
    moved = (replace(cell, row=cell.row + start) for cell in below.cells if not (again and cell.row == 0))
    return Grid(above.left, above.right, above.top, below.bottom, (*above.cells, *moved))


class _Flow:
    """Joins lines to paragraphs, over page breaks too."""

    def __init__(self, composer: Composer, measures: Sequence[_Measure]) -> None:
        self._composer = composer
        self._measures = measures
        self._open: list[Line] = []
        self._broken_over = False
        self._page: Page | None = None
        self._grid: tuple[Grid, Page | None] | None = None  # a table that may go on on the next page

    def add_page(self, page: Page) -> None:
        """Add the lines and tables of a page in their order."""
        self._page = page
        self._broken_over = True
        waiting = sorted(page.grids, key=lambda grid: grid.top)
        for line in page.lines:
            inside = next((grid for grid in page.grids if grid.holds(line)), None)
            if inside is not None:
                if inside in waiting:
                    self._table(inside)
                    waiting.remove(inside)
                continue
            while waiting and waiting[0].bottom <= line.top + 1:
                self._table(waiting.pop(0))
            self._line(line)
        for grid in waiting:
            self._table(grid)

    def _table(self, grid: Grid) -> None:
        self._end_paragraph()
        waiting = self._grid
        if waiting is not None and waiting[1] is not self._page and _goes_on(waiting[0], grid):
            self._grid = (_put_below(waiting[0], grid), self._page)
            return
        self._end_table()
        self._grid = (grid, self._page)

    def _end_table(self) -> None:
        if self._grid is not None:
            self._composer.table(self._grid[0].cells)
            self._grid = None

    def _line(self, line: Line) -> None:
        self._end_table()
        if self._open and self._begins(line, self._open[-1]):
            self._end_paragraph()
        self._open.append(line)
        self._broken_over = False

    def _of(self, line: Line) -> _Measure:
        """The measure of the column the line stands in."""
        return min(self._measures, key=lambda m: abs((m.left + m.right) - (line.left + line.right)))

    def _begins(self, line: Line, before: Line) -> bool:
        """Whether ``line`` begins a paragraph."""
        measure, measure_before = self._of(line), self._of(before)
        if abs(line.size - before.size) > 0.12 * max(line.size, before.size):
            return True
        if self._is_centred(line) or self._is_centred(before):
            # a title too long for its line goes on in the next
            return not (
                before.right - before.left > 0.8 * (measure.right - measure.left) and before.size > measure.size
            )
        indented = line.left > measure.left + 1.2 * measure.size
        if before.right + _first_word(line) < measure_before.right - 0.8 * measure.size and (
            indented or _is_whole(before, measure_before)
        ):
            return True  # what follows would have fitted on the line before
        if indented:
            # text that hangs at the indent goes on where the line before stood too
            hanging = abs(line.left - before.left) < 0.5 * measure.size and len(self._open) > 1
            if not hanging:
                return True
        if not self._broken_over and measure is measure_before:
            step = line.top - before.top
            if step > 1.25 * measure.step or step < -measure.size:
                return True
        return _LABEL.match(line.text) is not None and _END.search(before.text) is not None

    def _is_centred(self, line: Line) -> bool:
        """Whether the line stands in the middle, clear of both edges."""
        measure = self._of(line)
        before, after = line.left - measure.left, measure.right - line.right
        return min(before, after) > 2.2 * measure.size and abs(before - after) < 2.5 * measure.size

    def close(self) -> None:
        """End what is open."""
        self._end_table()
        self._end_paragraph()

    def _end_paragraph(self) -> None:
        if not self._open:
            return
        lines, self._open = self._open, []
        text = join_lines([line.text for line in lines])
        if lines[0].size > 1.15 * self._of(lines[0]).size or self._is_centred(lines[0]):
            self._composer.offer_title(text)
        self._composer.paragraph(text, self._style(lines))

    def _style(self, lines: list[Line]) -> Style | None:
        head, measure = lines[0], self._of(lines[0])
        if len(lines) <= 2 and head.size > 1.15 * measure.size:
            return "heading"
        if all(line.bold for line in lines):
            return "bold"
        if len(lines) == 1 and self._is_centred(head):
            return "centre"
        if len(lines) == 1 and head.left > (measure.left + measure.right) / 2:
            return "right"
        return None
