"""Data tables: rows, columns, spans; and which tables only lay a page out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.clean.outline import Outline

_ROW = re.compile(r"(?i)tr\Z")
_SPAN = re.compile(r"(?i)(col|row)span\s*=\s*[\"']?\s*(\d{1,6})")
#: HTML, 4.9.12, lets a cell span so many columns and rows at most.
_WIDEST, _TALLEST = 1000, 65534
#: A cell with so many paragraphs and characters, and half of its table's text, lays out a page.
_FEWEST_CELLS = 2
_LAYOUT_BLOCKS, _LAYOUT_LENGTH = 5, 200


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at its first row and column; ``node`` is its container."""

    node: int
    row: int
    column: int
    row_span: int
    column_span: int
    header: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A data table; cells in row-major order."""

    node: int
    rows: int
    columns: int
    cells: tuple[GridCell, ...]


def grids(page: Outline, kept: Sequence[int]) -> dict[int, Grid]:
    """Table container → grid, for each data table that holds one of the ``kept`` blocks."""
    nodes = page.nodes
    texts: dict[int, list[int]] = {}  # cell → blocks, characters
    nested: set[int] = set()
    tables: dict[int, list[int]] = {}
    held: dict[int, list[int]] = {}  # container → lengths of its blocks: most blocks stand in few containers
    blocks = page.blocks
    for n in kept:
        block = blocks[n]
        held.setdefault(block.node, []).append(len(block.text))
    for node, lengths in held.items():
        cell, table = _cell_of(page, node, nested)
        if table < 0:
            continue
        tables.setdefault(table, [])
        if cell >= 0:
            counts = texts.setdefault(cell, [0, 0])
            counts[0] += len(lengths)
            counts[1] += sum(lengths)
    # a table with text in one cell only lays the page out
    filled = Counter(nodes.parents[cell] for cell in texts)
    for table in [table for table in tables if table in nested or filled[table] < _FEWEST_CELLS]:
        del tables[table]
    if not tables:
        return {}
    for node, name in enumerate(nodes.names):
        if name in ("td", "th") and nodes.parents[node] in tables:
            tables[nodes.parents[node]].append(node)
    made = ((table, _grid(page, table, cells)) for table, cells in tables.items())
    return {
        table: grid
        for table, grid in made
        if grid is not None and grid.columns > 1 and grid.rows > 1 and not _lays_out(grid, texts)
    }


def _cell_of(page: Outline, node: int, nested: set[int]) -> tuple[int, int]:
    """The innermost cell and table around a container (-1 for none); notes tables around tables."""
    cell = table = -1
    for above in page.ancestors(node):
        name = page.nodes.names[above]
        if name in ("td", "th") and cell < 0 and table < 0:
            cell = above
        elif name == "table":
            if table < 0:
                table = above
            else:
                nested.add(above)
    return cell, table


def _grid(page: Outline, table: int, cells: Sequence[int]) -> Grid | None:
    """Rows and columns of a table; None when its spans make it wider than any table is."""
    nodes, names = page.nodes, page.markup.names
    starts = [tag for tag in range(nodes.first[table], min(nodes.last[table], len(names))) if _ROW.match(names[tag])]
    placed: list[GridCell] = []
    taken: dict[int, int] = {}  # column → first row that is free again
    row, next_start, column, widest = -1, 0, 0, 0
    for node in cells:
        began = False
        while next_start < len(starts) and starts[next_start] < nodes.first[node]:
            next_start += 1
            began = True
        if began or row < 0:
            row += 1
            column = 0
        spans = {kind.lower(): int(size) for kind, size in _SPAN.findall(page.markup.rests[nodes.first[node]][:500])}
        across = min(max(1, spans.get("col", 1)), _WIDEST)
        down = min(max(1, spans.get("row", 1)), _TALLEST)
        while taken.get(column, 0) > row:
            column += 1
        if column + across > _WIDEST:
            return None
        if down > 1:
            for covered in range(column, column + across):
                taken[covered] = row + down
        placed.append(GridCell(node, row, column, down, across, nodes.names[node] == "th"))
        column += across
        widest = max(widest, column)
    rows = row + 1
    clipped = tuple(
        GridCell(c.node, c.row, c.column, min(c.row_span, rows - c.row), c.column_span, c.header)
        if c.row + c.row_span > rows
        else c
        for c in placed
    )
    return Grid(table, rows, widest, clipped)


def _lays_out(grid: Grid, texts: dict[int, list[int]]) -> bool:
    total = sum(texts[cell.node][1] for cell in grid.cells if cell.node in texts)
    return any(
        texts[cell.node][0] >= _LAYOUT_BLOCKS
        and texts[cell.node][1] >= _LAYOUT_LENGTH
        and texts[cell.node][1] * 2 > total
        for cell in grid.cells
        if cell.node in texts
    )
