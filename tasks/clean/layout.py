"""Lays the chosen blocks out as text: paragraphs, tables, and how they were set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from schemas.document import Cell, Mark, Table
from schemas.evidence import SpanMap
from tasks.clean.attributes import BOLD, CENTRE, HIDDEN, RIGHT, Looks
from tasks.clean.cutting import Cutter
from tasks.clean.grid import Grid, grids
from tasks.clean.outline import Block, Outline
from tasks.errors import Unprocessable

#: No table of a disclosure page has more cells; one that has them is an attack or an accident.
_MOST_CELLS = 100_000
#: Inline elements, in either case, and whether they are bold.
_INLINE = {
    spelling: name in ("b", "strong")
    for name in (
        "b",
        "strong",
        "span",
        "font",
        "em",
        "i",
        "u",
        "a",
        "small",
        "big",
        "sup",
        "sub",
        "label",
        "ins",
        "s",
        "o:p",
    )
    for spelling in (name, name.upper())
}
_DEEPEST = 512
_ALIGNED = CENTRE | RIGHT
_STYLED = BOLD | HIDDEN


@dataclass(frozen=True)
class Laid:
    """A body: its text, the way back to the source, tables and marks."""

    text: str
    spans: SpanMap
    tables: tuple[Table, ...]
    marks: tuple[Mark, ...]


class _Layout:
    def __init__(self, page: Outline, looks: Looks, first: int, last: int, *, show_hidden: bool) -> None:
        self.page = page
        self.nodes = page.nodes
        self.texts, self.names, self.rests = page.markup.texts, page.markup.names, page.markup.rests
        self.looks = looks
        self.show_hidden = show_hidden
        self.first = first
        self.offsets = page.markup.offsets(first, last)
        self.cutter = Cutter()
        self.marks: list[Mark] = []
        self.align: Literal["centre", "right"] | None = None
        self.preformatted = _preformatted(page)

    def offset(self, text: int) -> int:
        """Where a text begins in the source."""
        return self.offsets[min(max(0, text - self.first), len(self.offsets) - 1)]

    def block(self, block: Block) -> None:
        """Add a block's text to the line: what is hidden is left out, what is bold is marked."""
        first, last = block.first, block.last
        cutter = self.cutter
        bold: Sequence[tuple[int, int]] = ()
        if last - first == 1 or self._is_plain(first, last):
            texts, offsets = self.texts[first:last], self.offsets[first - self.first : last - self.first]
        else:
            texts, offsets, bold = self._visible(first, last)
        preformatted = block.node in self.preformatted
        if cutter.at_start and not preformatted and (not bold or bold == [(0, len(texts))]):
            begin = cutter.length
            if cutter.add_plain(texts, offsets, split=bool(bold)):
                if bold:
                    self._mark(begin, "bold")
                return
        add = self._add_lines if preformatted else cutter.add
        bounds = {n: start for n, (start, _) in enumerate(bold)}
        ends = [end for _, end in bold]
        begun: list[int] = []
        for n, (text, offset) in enumerate(zip(texts, offsets, strict=True)):
            while len(begun) < len(bounds) and bounds[len(begun)] == n:
                begun.append(cutter.length)
            add(text, offset)
            for k, end in enumerate(ends):
                if end == n + 1 and k < len(begun):
                    self._mark(begun[k], "bold")

    def _is_plain(self, first: int, last: int) -> bool:
        """Whether no inline element of a block is bold or hidden, as in most blocks."""
        names, rests, looks = self.names, self.rests, self.looks
        for n in range(first, last - 1):
            bold = _INLINE.get(names[n])
            if bold or (bold is not None and rests[n] and looks[rests[n]] & _STYLED):
                return False
        return True

    def _visible(self, first: int, last: int) -> tuple[list[str], list[int], list[tuple[int, int]]]:
        """The texts of a block that are seen, with their places, and which of them are bold.

        Returns:
            Texts; where each begins; and pairs: number of the first bold text, number after the last.
        """
        texts, names, rests = self.texts, self.names, self.rests
        offsets, shift, looks = self.offsets, self.first, self.looks
        # inline elements from the first one that is bold or hidden inwards: name, and whether they stand in such
        opened: list[tuple[str, bool, bool]] = []
        bold = hidden = False
        bold_from = -1
        seen: list[str] = []
        places: list[int] = []
        bolds: list[tuple[int, int]] = []
        for n in range(first, last):
            text = texts[n]
            if text and not hidden:
                seen.append(text)
                places.append(offsets[n - shift])
            if n + 1 == last:
                break
            name = names[n]
            if name[0] == "/":
                if opened:
                    bare = name[1:].lower()
                    for k in range(len(opened) - 1, -1, -1):
                        if opened[k][0] == bare:
                            _, bold, hidden = opened[k]
                            del opened[k:]
                            break
                    if not bold and bold_from >= 0:
                        if bold_from < len(seen):
                            bolds.append((bold_from, len(seen)))
                        bold_from = -1
                continue
            kind = _INLINE.get(name)
            if kind is None:
                continue
            rest = rests[n]
            look = looks[rest] if rest else 0
            if (kind or look & _STYLED or opened) and len(opened) < _DEEPEST:
                opened.append((name.lower(), bold, hidden))
                bold = bold or kind or bool(look & BOLD)
                hidden = hidden or (bool(look & HIDDEN) and not self.show_hidden)
                if bold and bold_from < 0:
                    bold_from = len(seen)
        if 0 <= bold_from < len(seen):
            bolds.append((bold_from, len(seen)))
        return seen, places, bolds

    def _add_lines(self, raw: str, offset: int) -> None:
        """Add preformatted text, whose line feeds end lines."""
        for n, line in enumerate(raw.split("\n")):
            if n and not self.cutter.at_start:
                self.cutter.put_in("\n", offset - 1)
            self.cutter.add(line, offset)
            offset += len(line) + 1

    def _mark(self, start: int, style: Literal["heading", "bold", "centre", "right"]) -> None:
        if self.cutter.length > start:
            self.marks.append(Mark(start=start, end=self.cutter.length, style=style))

    def paragraph(self, block: Block) -> None:
        """Add a block as a line of its own."""
        cutter, first = self.cutter, block.first
        before = cutter.length
        offset = self.offsets[first - self.first]
        if before:
            cutter.put_in("\n", offset)
        start = cutter.length
        self.block(block)
        if cutter.at_start:
            if cutter.length > start or before:
                cutter.take_back()
            if cutter.length <= start:
                return
        if block.heading:
            self._mark(start, "heading")
        name = self.names[first - 1] if first else ""
        if name not in ("br", "BR", "/br"):
            rest = self.rests[first - 1] if first and name[0] != "/" else ""
            look = (self.looks[rest] if rest else 0) or self.nodes.looks[block.node]
            if look & _ALIGNED or self.nodes.names[block.node] == "center":
                self.align = "right" if look & RIGHT else "centre"
            else:
                self.align = None
        if self.align:
            self._mark(start, self.align)

    def table(self, grid: Grid, of_cell: dict[int, list[Block]]) -> Table:
        """Add a data table, a line a row, a tab between cells."""
        cutter = self.cutter
        here = self.offset(self.page.nodes.first[grid.node] + 1)
        if cutter.length:
            cutter.put_in("\n", here)
        start = cutter.length
        cells: list[Cell] = []
        row = 0
        for cell in grid.cells:
            here = self.offset(self.page.nodes.first[cell.node] + 1)
            if cells:
                cutter.put_in("\n" * (cell.row - row) if cell.row > row else "\t", here)
            row = cell.row
            begin = cutter.length
            for n, block in enumerate(of_cell.get(cell.node, ())):
                if n:
                    tag = self.page.markup.names[block.first - 1].lower()
                    cutter.space(self.offset(block.first)) if tag == "br" else cutter.part(self.offset(block.first))
                self.block(block)
            cutter.drop_pending()
            cells.append(
                Cell(
                    row=cell.row,
                    column=cell.column,
                    row_span=cell.row_span,
                    column_span=cell.column_span,
                    header=cell.header,
                    start=begin,
                    end=cutter.length,
                )
            )
        self.align = None
        return Table(start=start, end=cutter.length, rows=grid.rows, columns=grid.columns, cells=tuple(cells))


def _preformatted(page: Outline) -> frozenset[int]:
    """The containers whose line breaks are those of the source."""
    nodes = page.nodes
    if "pre" not in nodes.names and "listing" not in nodes.names:
        return frozenset()
    made: set[int] = set()
    for node, name in enumerate(nodes.names):
        if name in ("pre", "listing") or nodes.parents[node] in made:
            made.add(node)
    return frozenset(made)


def lay_out(page: Outline, kept: Sequence[int], looks: Looks, *, show_hidden: bool = False) -> Laid:
    """The text of the kept blocks.

    Args:
        page: the outline they are of.
        kept: numbers of blocks, ascending.
        looks: reads attributes.
        show_hidden: as the outline was made.

    Raises:
        Unprocessable: ``table_too_large``.
    """
    if not kept:
        return Laid("", SpanMap(source_length=len(page.markup.source)), (), ())
    first, last = page.blocks[kept[0]].first, page.blocks[kept[-1]].last
    layout = _Layout(page, looks, first, last, show_hidden=show_hidden)
    data = grids(page, kept) if "table" in page.nodes.names else {}
    tables: list[Table] = []
    if not data:
        for n in kept:
            layout.paragraph(page.blocks[n])
    else:
        if sum(len(grid.cells) for grid in data.values()) > _MOST_CELLS:
            raise Unprocessable(
                "table_too_large", f"the page has tables of more than {_MOST_CELLS:,} cells; open it by hand"
            )
        _with_tables(page, kept, layout, data, tables)
    text = layout.cutter.text()
    return Laid(text, layout.cutter.spans(len(page.markup.source)), tuple(tables), tuple(layout.marks))


def _with_tables(
    page: Outline, kept: Sequence[int], layout: _Layout, data: dict[int, Grid], tables: list[Table]
) -> None:
    cell_of = {cell.node: (grid, cell.node) for grid in data.values() for cell in grid.cells}
    places: dict[int, tuple[Grid, int] | None] = {}
    of_cell: dict[int, list[Block]] = {}
    order: list[Block | Grid] = []
    begun: set[int] = set()
    for n in kept:
        block = page.blocks[n]
        if block.node not in places:
            places[block.node] = next((cell_of[up] for up in page.ancestors(block.node) if up in cell_of), None)
        place = places[block.node]
        if place is None:
            order.append(block)
            continue
        grid, cell = place
        of_cell.setdefault(cell, []).append(block)
        if grid.node not in begun:
            begun.add(grid.node)
            order.append(grid)
    for one in order:
        if isinstance(one, Block):
            layout.paragraph(one)
        else:
            tables.append(layout.table(one, of_cell))
