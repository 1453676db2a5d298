"""``gongbao export``: records out of the database."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, cast

import typer

from tasks.errors import Misconfigured
from workers.commands.place import Out, assembly_for
from workers.commands.terminal import Bar, fault, progress

if TYPE_CHECKING:
    from schemas.page import FetchedPage
    from schemas.record import DocumentRecord
    from workers.assembly import Assembly
    from workers.selection import Selection

EXAMPLES = """
Examples:

  gongbao export --format csv --area 3204 --year 2020 -o panel.csv

  gongbao export --format parquet --code ECO.GDP -o gdp.parquet

  gongbao export --format warc -o pages.warc.gz

  gongbao export --format jsonl | jq .title
"""


class Format(StrEnum):
    """What can be written."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    xlsx = "xlsx"
    warc = "warc"


Wanted = Annotated[str | None, typer.Argument(metavar="[FILTER]", help="An id, a URL, or a part of a URL or title.")]
Area = Annotated[
    str | None, typer.Option("--area", metavar="AREA", help="Beginning of an area code, or part of a place name.")
]
Kind = Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Such as government_work_report.")]
Year = Annotated[int | None, typer.Option("--year", min=1900, max=2200, metavar="YEAR", help="Reported on or planned.")]
Code = Annotated[
    list[str] | None,
    typer.Option(
        "--code", metavar="CODE", help="Canonical indicator (ECO.GDP) or group (ECO); may be given several times."
    ),
]
FromSource = Annotated[
    str | None, typer.Option("--source", metavar="NAME", help="Only documents of this file in config/sources.")
]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export", epilog=EXAMPLES)(export)


def export(
    text: Wanted = None,
    *,
    form: Annotated[
        Format, typer.Option("--format", help="jsonl: documents; csv, parquet, xlsx: the panel; warc: raw responses.")
    ],
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="Where to; - or nothing means stdout.")
    ] = None,
    area: Area = None,
    kind: Kind = None,
    year: Year = None,
    code: Code = None,
    source: FromSource = None,
    out: Out = None,
) -> int:
    """Write records to a file: documents, the panel of indicators, or the raw responses."""
    from workers.selection import Selection

    binary = form in (Format.parquet, Format.xlsx, Format.warc)
    if output in (None, "-") and binary and sys.stdout.isatty():
        raise Misconfigured("usage", f"{form} is no text for a terminal; name a file with -o")
    wanted = Selection(text=text, area=area, kind=checked_kind(kind), year=year, codes=tuple(code or ()), source=source)
    assembly = assembly_for(out)
    try:
        with _opened(output) as file, progress("documents") as bar:
            number = _write(form, file, wanted, assembly, bar)
    finally:
        assembly.close()
    if output not in (None, "-"):
        sys.stderr.write(f"{number} {'document' if number == 1 else 'documents'} → {output}\n")
    elif not number:
        fault("export", "no document is meant by this filter; see: gongbao status")
    return 0


def checked_kind(kind: str | None) -> str | None:
    """The kind, if there is such a one.

    Raises:
        Misconfigured: there is none of this name.
    """
    from typing import get_args

    from schemas.record import Kind as Kinds

    if kind is not None and kind not in get_args(Kinds):
        raise Misconfigured("usage", f"there is no kind {kind}; the kinds are {', '.join(get_args(Kinds))}")
    return kind


def records_wanted(wanted: Selection, assembly: Assembly, bar: Bar) -> Iterator[DocumentRecord]:
    """The newest record of each document meant, one at a time."""
    ids = wanted.document_ids(assembly.engine)
    bar.known(len(ids))
    for document_id in ids:
        record = assembly.records.read(document_id)
        bar.advance()
        if record is not None and wanted.wants_document(record):
            yield record


def _of_panel(records: Iterable[DocumentRecord], wanted: Selection, assembly: Assembly) -> Iterator[DocumentRecord]:
    """The records, files without the figures that their page states as well, where that page is exported too."""
    from workers.export import said_once

    chosen = frozenset(wanted.document_ids(assembly.engine))
    for record in records:
        page = assembly.records.read(record.attached_to) if record.attached_to in chosen else None
        yield said_once(record, page) if page is not None and wanted.wants_document(page) else record


def _write(form: Format, file: BinaryIO, wanted: Selection, assembly: Assembly, bar: Bar) -> int:
    from workers import export as forms

    number = 0

    def counted() -> Iterator[DocumentRecord]:
        nonlocal number
        for record in records_wanted(wanted, assembly, bar):
            number += 1
            yield record

    rows = (
        row
        for record in _of_panel(counted(), wanted, assembly)
        for row in forms.panel_rows(record, wanted.wants_indicator)
    )
    if form is Format.jsonl:
        forms.write_jsonl(counted(), file)
    elif form is Format.csv:
        forms.write_csv(rows, file)
    elif form is Format.parquet:
        forms.write_parquet(rows, file)
    elif form is Format.xlsx:
        forms.write_xlsx(_of_panel(counted(), wanted, assembly), file, wanted.wants_indicator)
    else:
        forms.write_warc(_pages(counted(), assembly), assembly.artefacts, file)
    return number


def _pages(records: Iterator[DocumentRecord], assembly: Assembly) -> Iterator[FetchedPage]:
    from schemas.page import FetchedPage

    for record in records:
        digest = assembly.ledger.artefact_of(record.document_id, "clean")
        if digest is None:
            fault(record.url, "its raw response is not in the ledger; run the source again")
            continue
        yield FetchedPage.from_bytes(assembly.artefacts.get(digest))


@contextmanager
def _opened(output: str | None) -> Iterator[BinaryIO]:
    from workers.export import written_whole

    if output not in (None, "-"):
        with written_whole(Path(output)) as file:
            yield file
        return
    import shutil
    import tempfile

    # some writers go back in their file, which a pipe cannot; and a failed export is to give no half of one
    with tempfile.SpooledTemporaryFile(max_size=16 * 2**20) as held:
        yield cast("BinaryIO", held)
        held.seek(0)
        sys.stdout.flush()
        shutil.copyfileobj(held, sys.stdout.buffer)
        sys.stdout.buffer.flush()
