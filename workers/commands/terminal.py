"""What commands say: tables and a progress bar on a terminal, plain lines in a pipe, faults on stderr."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

#: characters that would steer the terminal: a page's title is not to move the cursor
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

#: cells of a terminal; no column is made narrower
NARROWEST = 7


class Bar(Protocol):
    """A running display of how far long work is."""

    def known(self, total: int) -> None:
        """So many are known to be done in all."""

    def advance(self) -> None:
        """One more is done."""


def readable(text: object) -> str:
    """``text`` on one line, without characters that steer a terminal."""
    return _CONTROL.sub("�", str(text)).replace("\n", " ").replace("\t", " ")


def named(url: str) -> str:
    """A URL as a person would name it: a local file by its path, from here when it lies below here."""
    if not url.startswith("file:"):
        return url
    path = Path(unquote(urlsplit(url).path, errors="surrogateescape"))
    with suppress(ValueError):
        path = path.relative_to(Path.cwd())
    return str(path).encode("utf-8", "replace").decode("utf-8")


def say(line: str = "") -> None:
    """One line on stdout."""
    sys.stdout.write(_CONTROL.sub("�", line) + "\n")


def fault(source: str, sentence: str) -> None:
    """``SOURCE: sentence`` on stderr. A source that begins the sentence or is a URL in it is said once."""
    name = named(source)
    sentence = sentence.replace(source, name).removeprefix(f"{name} ").removeprefix(f"{name}: ")
    sys.stderr.write(f"{readable(name)}: {readable(sentence)}\n")
    sys.stderr.flush()


def on_terminal() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout.isatty()


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[str] = ()) -> None:
    """A table: ruled and fitted on a terminal; elsewhere columns padded with spaces, and nothing cut.

    Args:
        right: columns of numbers, set to the right.
    """
    cells = [[readable("" if cell is None else cell) for cell in row] for row in rows]
    to_the_right = frozenset(right)
    from rich.cells import cell_len

    lines = [list(columns), *cells]
    widths = [max(cell_len(line[n]) for line in lines) for n in range(len(columns))]
    if on_terminal():
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        console = Console(file=sys.stdout)
        ruled = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0))
        for column, width in zip(columns, fitted(widths, console.width - 2 * len(widths)), strict=True):
            last = column == columns[-1]  # the others are cut short in a narrow window, so that a row stays a row
            ruled.add_column(
                column,
                justify="right" if column in to_the_right else "left",
                overflow="fold" if last else "ellipsis",
                no_wrap=not last,
                width=width,
            )
        for row in cells:
            ruled.add_row(*(Text(cell) for cell in row))
        console.print(ruled)
        return
    for line in lines:
        padded = (
            " " * (width - cell_len(cell)) + cell if column in to_the_right else cell + " " * (width - cell_len(cell))
            for cell, width, column in zip(line, widths, columns, strict=True)
        )
        say("  ".join(padded).rstrip())


def fitted(widths: Sequence[int], room: int) -> list[int]:
    """The widths, the widest made narrower until all fit into ``room``, or none can be narrower."""
    found = list(widths)
    while sum(found) > room and max(found) > NARROWEST:
        found[found.index(max(found))] -= 1
    return found


@contextmanager
def progress(what: str) -> Iterator[Bar]:
    """A progress bar on stderr when that is a terminal; nothing otherwise."""
    if not sys.stderr.isatty():
        yield _NoBar()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        yield _RichBar(shown, shown.add_task(what, total=None))


class _NoBar:
    def known(self, total: int) -> None:
        """Say nothing."""

    def advance(self) -> None:
        """Say nothing."""


class _RichBar:
    def __init__(self, shown: object, task: object) -> None:
        from rich.progress import Progress, TaskID

        assert isinstance(shown, Progress)
        assert isinstance(task, int)
        self._shown, self._task = shown, TaskID(task)

    def known(self, total: int) -> None:
        """See :class:`Bar`."""
        self._shown.update(self._task, total=total)

    def advance(self) -> None:
        """See :class:`Bar`."""
        self._shown.advance(self._task)
