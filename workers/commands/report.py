"""``gongbao report``: pages to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workers.commands.export import Area, Code, FromSource, Kind, Wanted, Year, checked_kind, records_wanted
from workers.commands.place import Out, assembly_for
from workers.commands.terminal import fault, progress, say

EXAMPLES = """
Examples:

  gongbao report --out out -o out/pages

  gongbao report --area 3204 --year 2020 -o pages
"""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report", epilog=EXAMPLES)(report)


def report(
    text: Wanted = None,
    *,
    folder: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for the pages.")],
    area: Area = None,
    kind: Kind = None,
    year: Year = None,
    code: Code = None,
    source: FromSource = None,
    out: Out = None,
) -> int:
    """Write pages to look at: documents with highlighted evidence, tables and charts."""
    from workers.report import write_pages
    from workers.selection import Selection

    wanted = Selection(text=text, area=area, kind=checked_kind(kind), year=year, codes=tuple(code or ()), source=source)
    assembly = assembly_for(out)
    try:
        with progress("pages") as bar:
            number = write_pages(records_wanted(wanted, assembly, bar), folder)
    finally:
        assembly.close()
    if not number:
        fault("report", "no document is meant by this filter; see: gongbao status")
        return 1
    say(f"{number} {'document' if number == 1 else 'documents'}: open {folder / 'index.html'}")
    return 0
