"""Finds tables without rules on printed pages: rows of figures that stand in columns.

Prose has no such rows, and two columns of prose have no figures, so only rows whose cells beside the first
are mostly figures count; three of them at least, with the lines of heads right above them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.clean.attachments.composing import CellText
from tasks.clean.attachments.layout import Grid, Line

#: 96.4, 1,234, -2.1%, 7.2, 12.5亿元, —: what a cell of a statistical table holds
_FIGURE = re.compile(
    r"[（(]?[-+－＋±]?\s*(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?\s*(?:[%％‰]|个百分点|[万亿]?(?:元|吨|人|户|亩|公顷|平方米|公里|家|个|台|件|千瓦时)?)?[）)]?"
    r"|[-—–－/]{1,3}|持平|…{1,2}"
)
_STOP = re.compile(r"[。；！？]|\.{4,}|…{2,}|·{4,}")
_LONGEST = 40
#: a gap of so many letters parts two cells
GAP = 1.2
_ROWS, _HEADS = 3, 3
#: rows of a table are no further apart than so many letters
_STEP = 4.0
#: so much of the cells beside the first are figures, and so much of the table is filled
_FIGURES, _FILLED = 0.7, 0.6
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]")


@dataclass(frozen=True)
class _Row:
    """Pieces at one height, from left to right."""

    pieces: tuple[Line, ...]

    @property
    def top(self) -> float:
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return max(piece.bottom for piece in self.pieces)

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def aligned_grids(pieces: Sequence[Line], ruled: Sequence[Grid]) -> list[Grid]:
    """The tables without rules of a page.

    Args:
        pieces: lines of text, cut where a gap is wide.
        ruled: the tables with rules; what lies in them is not looked at.
    """
    free = [piece for piece in pieces if not any(grid.holds(piece) for grid in ruled)]
    rows = _rows(free)
    made: list[Grid] = []
    at = 0
    while at < len(rows):
        if not _has_figures(rows[at]):
            at += 1
            continue
        end = _last_of(rows, at)
        grid = _grid(rows, at, end)
        if grid is not None:
            made.append(grid)
        at = end + 1
    return made


def _rows(pieces: Sequence[Line]) -> list[_Row]:
    """Pieces of one height together; those that nearly touch are one."""
    held: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda p: ((p.top + p.bottom) / 2, p.left)):
        middle = (piece.top + piece.bottom) / 2
        last = held[-1][0] if held else None
        if last is not None and abs((last.top + last.bottom) / 2 - middle) < 0.5 * max(last.size, piece.size):
            held[-1].append(piece)
        else:
            held.append([piece])
    return [_Row(tuple(_parted(row))) for row in held]


def _parted(row: list[Line]) -> list[Line]:
    row.sort(key=lambda p: p.left)
    made = [row[0]]
    for piece in row[1:]:
        before = made[-1]
        if piece.left - before.right < GAP * piece.size:
            made[-1] = before.joined(piece)
        else:
            made.append(piece)
    return made


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text.strip()) is not None


def _may_be_row(row: _Row) -> bool:
    return not any(len(piece.text) > _LONGEST or _STOP.search(piece.text) for piece in row.pieces)


def _has_figures(row: _Row) -> bool:
    """Whether a row is a label with cells behind it that are mostly figures, one of them a number."""
    if len(row.pieces) < 2 or not _may_be_row(row) or not _WORDS.search(row.pieces[0].text):
        return False
    cells = row.pieces[1:]
    figures = sum(_is_figure(piece.text) for piece in cells)
    numbers = any(any(c.isdigit() for c in piece.text) for piece in cells)
    # a unit may stand between the label and the figures
    unit = len(cells) > 1 and not _is_figure(cells[0].text)
    return numbers and figures >= _FIGURES * (len(cells) - unit)


def _last_of(rows: Sequence[_Row], first: int) -> int:
    """Number of the last row of figures that follow one another, single labels between them."""
    last = first
    for n in range(first + 1, len(rows)):
        step = rows[n].top - rows[n - 1].bottom
        if step > _STEP * rows[n].size or not _may_be_row(rows[n]):
            break
        if _has_figures(rows[n]):
            last = n
        elif len(rows[n].pieces) > 2 or n - last > 1:
            break
    return last


def _grid(rows: Sequence[_Row], first: int, last: int) -> Grid | None:
    full = [row for row in rows[first : last + 1] if _has_figures(row)]
    if len(full) < _ROWS:
        return None
    columns = _columns(full)
    if len(columns) < 2 or (len(columns) == 2 and not _are_values(full)):
        return None
    if sum(len(row.pieces) for row in full) < _FILLED * len(full) * len(columns):
        return None
    heads = _heads(rows, first, columns)
    whole = [*heads, *rows[first : last + 1]]
    cells: list[CellText] = []
    for number, row in enumerate(whole):
        placed = _placed(row, columns, head=number < len(heads))
        if placed is None:
            return None
        cells += [CellText(number, *where) for where in placed]
    return Grid(
        left=min(piece.left for row in whole for piece in row.pieces),
        right=max(piece.right for row in whole for piece in row.pieces),
        top=min(row.top for row in whole),
        bottom=max(row.bottom for row in whole),
        cells=tuple(cells),
    )


def _columns(rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """Stretches of the page's width that cells of the rows fill, with nothing between them."""
    spans = sorted((piece.left, piece.right) for row in rows for piece in row.pieces)
    columns = [spans[0]]
    for left, right in spans[1:]:
        if left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _are_values(rows: Sequence[_Row]) -> bool:
    """Whether labels with one figure each are no table of contents: more of them, and not all whole numbers."""
    figures = [row.pieces[1].text.strip() for row in rows if len(row.pieces) == 2]
    return len(figures) > _ROWS and not all(figure.isdecimal() for figure in figures)


def _heads(rows: Sequence[_Row], first: int, columns: Sequence[tuple[float, float]]) -> list[_Row]:
    """The rows right above row ``first`` that hold the heads of its columns, from above to below.

    A head that covers two rows (地区 beside 地区生产总值 over 绝对值 and 增长) stands between them: it is put into the
    upper one.
    """
    made: list[_Row] = []
    at = first - 1
    below = rows[first]
    while at >= 0 and len(made) < _HEADS:
        row = rows[at]
        if len(row.pieces) == 1 and at > 0 and row.top < rows[at - 1].bottom and len(rows[at - 1].pieces) > 1:
            at -= 1
            row = _Row(tuple(sorted((*row.pieces, *rows[at].pieces), key=lambda p: p.left)))
        if len(row.pieces) < 2 or not _may_be_row(row) or below.top - row.bottom > 1.5 * row.size:
            break
        if not any(_WORDS.search(piece.text) for piece in row.pieces) or _placed(row, columns, head=True) is None:
            break
        made.insert(0, row)
        below = row
        at -= 1
    return made


def _placed(row: _Row, columns: Sequence[tuple[float, float]], *, head: bool) -> list[tuple[int, str, int, int]] | None:
    """Column, text, row span and column span of each cell, empty ones too; None when two share a column."""
    found: list[tuple[int, int, str]] = []
    if len(row.pieces) == len(columns):  # a head may be wider than its column
        return [(n, piece.text, 1, 1) for n, piece in enumerate(row.pieces)]
    shared = _spread(row, columns) if head else None
    if shared is not None:
        found = shared
    for piece in () if found else row.pieces:
        over = [n for n, (left, right) in enumerate(columns) if piece.left < right and left < piece.right]
        if not over:
            middle = (piece.left + piece.right) / 2
            over = [min(range(len(columns)), key=lambda n: abs((columns[n][0] + columns[n][1]) / 2 - middle))]
        found.append((over[0], over[-1], piece.text))
    if any(after[0] <= before[1] for before, after in pairwise(found)):
        return None
    made: list[tuple[int, str, int, int]] = []
    at = 0
    for begin, end, text in found:
        made += [(n, "", 1, 1) for n in range(at, begin)]
        made.append((begin, text, 1, end - begin + 1))
        at = end + 1
    made += [(n, "", 1, 1) for n in range(at, len(columns))]
    return made


def _spread(row: _Row, columns: Sequence[tuple[float, float]]) -> list[tuple[int, int, str]] | None:
    """Heads over several columns each: a column is the nearest head's, and a head is in the middle of its own."""
    if len(row.pieces) >= len(columns):
        return None
    middles = [(piece.left + piece.right) / 2 for piece in row.pieces]
    centres = [(left + right) / 2 for left, right in columns]
    first = 0 if row.pieces[0].left < columns[0][1] else 1
    owners = [min(range(len(middles)), key=lambda n: abs(middles[n] - centre)) for centre in centres[first:]]
    found: list[tuple[int, int, str]] = []
    for n, piece in enumerate(row.pieces):
        own = [column for column, owner in enumerate(owners, first) if owner == n]
        if not own or own[-1] - own[0] + 1 != len(own):
            return None
        if abs((centres[own[0]] + centres[own[-1]]) / 2 - middles[n]) > 2 * row.size and len(own) > 1:
            return None
        found.append((own[0], own[-1], piece.text))
    return found if any(end > begin for begin, end, _ in found) else None
