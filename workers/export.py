"""Records out of the database: as JSON lines, as a panel (csv, parquet, xlsx), as a web archive.

Everything streams: one document at a time is in memory, however many there are.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from schemas.page import FetchedPage
from schemas.record import DocumentRecord, Indicator
from tasks.bench import Artefacts
from tasks.errors import Transient
from tasks.whole_files import whole_file

#: one indicator, as a line of the panel
Row = dict[str, object]

#: columns of the panel and their kind, in order
COLUMNS: dict[str, str] = {
    "area_code": "text",
    "area_name": "text",
    "area_level": "text",
    "year": "year",
    "period_start": "date",
    "period_end": "date",
    "name": "text",
    "code": "text",
    "value": "decimal",
    "number": "number",
    "unit": "text",
    "value_text": "text",
    "bound": "text",
    "measure": "text",
    "compared_with": "text",
    "status": "text",
    "subject": "text",
    "part": "text",
    "section": "text",
    "sentence": "text",
    "confidence": "number",
    "rule": "text",
    "kind": "text",
    "title": "text",
    "publisher": "text",
    "published_on": "text",
    "url": "text",
    "record_id": "text",
    "document_id": "text",
    "document_version": "count",
    "start": "count",
    "end": "count",
    "raw_digest": "text",
}

DOCUMENT_COLUMNS: dict[str, str] = {
    "document_id": "text",
    "version": "count",
    "title": "text",
    "kind": "text",
    "attached_to": "text",
    "area_code": "text",
    "area_name": "text",
    "review_start": "date",
    "review_end": "date",
    "plan_start": "date",
    "plan_end": "date",
    "publisher": "text",
    "index_number": "text",
    "published_on": "text",
    "script": "text",
    "characters": "count",
    "sections": "count",
    "indicators": "count",
    "warnings": "text",
    "url": "text",
    "fetched_at": "text",
    "raw_digest": "text",
    "text_digest": "text",
}


def panel_rows(record: DocumentRecord, wanted: Callable[[Indicator], bool] = lambda _: True) -> Iterator[Row]:
    """The indicators of a document as lines of the panel.

    ``area_*`` is the place the number is about: the indicator's own where it has one, else the
    document's.  ``year`` is the period's year when the period lies within one.
    """
    sections = {section.section_id: section for section in record.sections}
    for found in record.indicators:
        if not wanted(found):
            continue
        area, period, section = found.area or record.area, found.period, sections.get(found.section_id)
        one_year = period is not None and period.start[:4] == period.end[:4]
        yield {
            "area_code": area.code if area else None,
            "area_name": area.name if area else None,
            "area_level": area.level if area else None,
            "year": int(period.start[:4]) if period and one_year else None,
            "period_start": period.start if period else None,
            "period_end": period.end if period else None,
            "name": found.name,
            "code": found.code,
            "value": found.value,
            "number": None if found.value is None else float(found.value),
            "unit": found.unit,
            "value_text": found.value_text,
            "bound": found.bound,
            "measure": found.measure,
            "compared_with": found.compared_with,
            "status": found.status,
            "subject": found.subject,
            "part": section.part if section else None,
            "section": section.title if section else None,
            "sentence": record.text[found.evidence.sentence_start : found.evidence.sentence_end].replace("\n", " "),
            "confidence": found.confidence,
            "rule": found.rule,
            "kind": record.kind,
            "title": record.title,
            "publisher": record.metadata.publisher,
            "published_on": record.metadata.published_on,
            "url": record.url,
            "record_id": found.record_id,
            "document_id": record.document_id,
            "document_version": record.version,
            "start": found.evidence.start,
            "end": found.evidence.end,
            "raw_digest": record.raw_digest,
        }


def said_once(attached: DocumentRecord, page: DocumentRecord) -> DocumentRecord:
    """An attached file without the figures that its page states as well.

    Many pages show a report and attach the same report as a file; a panel that counted both would have
    each of its figures twice.
    """
    told = {_figure(found) for found in page.indicators}
    return attached.evolve(indicators=tuple(found for found in attached.indicators if _figure(found) not in told))


def _figure(found: Indicator) -> tuple[object, ...]:
    """What makes two indicators of the same report one."""
    return (
        found.name,
        found.subject,
        found.value,
        found.value_text,
        found.measure,
        found.status,
        found.period and (found.period.start, found.period.end),
        found.area and found.area.code,
    )


def document_row(record: DocumentRecord) -> Row:
    """A document as one line."""
    review, plan = record.review_period, record.plan_period
    return {
        "document_id": record.document_id,
        "version": record.version,
        "title": record.title,
        "kind": record.kind,
        "attached_to": record.attached_to,
        "area_code": record.area.code if record.area else None,
        "area_name": record.area.name if record.area else None,
        "review_start": review.start if review else None,
        "review_end": review.end if review else None,
        "plan_start": plan.start if plan else None,
        "plan_end": plan.end if plan else None,
        "publisher": record.metadata.publisher,
        "index_number": record.metadata.index_number,
        "published_on": record.metadata.published_on,
        "script": record.script.found,
        "characters": len(record.text),
        "sections": len(record.sections),
        "indicators": len(record.indicators),
        "warnings": " ".join(warning.code for warning in record.warnings) or None,
        "url": record.url,
        "fetched_at": record.fetched_at.isoformat(),
        "raw_digest": record.raw_digest,
        "text_digest": record.text_digest,
    }


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name when all of it is written, and not at all otherwise.

    Raises:
        Transient: it cannot be written, or the disk is full.
    """
    try:
        with whole_file(path) as file:
            yield file
    except OSError as error:
        raise Transient(
            "file_not_writable",
            f"{path} cannot be written ({error.strerror}); free space, or name another file with -o",
        ) from error


def write_jsonl(records: Iterable[DocumentRecord], out: BinaryIO) -> None:
    """One document record a line, canonical JSON in UTF-8."""
    out.writelines(record.to_bytes() + b"\n" for record in records)


def write_csv(rows: Iterable[Row], out: BinaryIO) -> None:
    """The panel as comma-separated values (RFC 4180), in UTF-8 with the mark that Excel wants to see.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(row[name], kind) for name, kind in COLUMNS.items()])
    text.flush()
    text.detach()


#: what a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)
_FORMULA = re.compile(r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def _cell(value: object, kind: str) -> object:
    if value is None:
        return ""
    if kind == "text" and _FORMULA.match(str(value)):
        return f"'{value}"
    return value


def write_parquet(rows: Iterable[Row], out: BinaryIO, *, batch: int = 10_000) -> None:
    """The panel as Parquet: ``value`` exact as text, ``number`` as double, dates as dates.

    A decimal type would fix one scale for people, yuan and shares of a per cent alike; a text is
    exact for all of them, and every reader can cast it.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {
        "text": pa.string(),
        "decimal": pa.string(),
        "number": pa.float64(),
        "year": pa.int16(),
        "count": pa.int32(),
        "date": pa.date32(),
    }
    schema = pa.schema([pa.field(name, kinds[kind]) for name, kind in COLUMNS.items()])
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        held: list[Row] = []
        for row in rows:
            held.append(_with_dates(row))
            if len(held) == batch:
                writer.write_table(pa.Table.from_pylist(held, schema=schema))
                held = []
        writer.write_table(pa.Table.from_pylist(held, schema=schema))


def _with_dates(row: Row) -> Row:
    return {name: _date(row[name]) if kind == "date" else row[name] for name, kind in COLUMNS.items()}


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:  # a 31 June of the document's own
        return None


#: rows of a worksheet (ISO/IEC 29500 as Excel implements it), the heading among them
SHEET_ROWS = 1_048_576
CELL_CHARACTERS = 32_767


def write_xlsx(
    records: Iterable[DocumentRecord], out: BinaryIO, wanted: Callable[[Indicator], bool] = lambda _: True
) -> None:
    """A workbook with the sheets ``indicators`` and ``documents``; rows go to disk as they come.

    Numbers are numbers, everything else is written as text, never as a formula or a link.
    """
    import xlsxwriter

    # a fixed date: the same records give the same bytes
    with tempfile.TemporaryDirectory() as scratch:
        book = xlsxwriter.Workbook(out, {"constant_memory": True, "tmpdir": scratch})
        book.set_properties({"title": "Gongbao", "created": datetime(2000, 1, 1, tzinfo=UTC)})
        panel = _Sheets(book, "indicators", COLUMNS)
        documents = _Sheets(book, "documents", DOCUMENT_COLUMNS)
        for record in records:
            documents.add(document_row(record))
            for row in panel_rows(record, wanted):
                panel.add(row)
        book.close()


class _Sheets:
    """Worksheets of one kind of row; a full one is followed by another."""

    def __init__(self, book: object, name: str, columns: dict[str, str]) -> None:
        self._book, self._name, self._columns = book, name, columns
        self._number = 0
        self._heading = book.add_format({"bold": True, "bottom": 1})  # type: ignore[attr-defined]
        self._begin()

    def _begin(self) -> None:
        self._number += 1
        name = self._name if self._number == 1 else f"{self._name} {self._number}"
        self._sheet = self._book.add_worksheet(name)  # type: ignore[attr-defined]
        self._sheet.freeze_panes(1, 0)
        for at, (column, kind) in enumerate(self._columns.items()):
            self._sheet.set_column(
                at, at, 40 if column in ("sentence", "url", "title") else 18 if kind == "text" else 12
            )
        for at, column in enumerate(self._columns):
            self._sheet.write_string(0, at, column, self._heading)
        self._next = 1

    def add(self, row: Row) -> None:
        if self._next == SHEET_ROWS:
            self._begin()
        for at, (column, kind) in enumerate(self._columns.items()):
            value = row[column]
            if value is None:
                continue
            if kind in ("number", "count", "year") or (kind == "decimal" and _fits_a_double(str(value))):
                self._sheet.write_number(self._next, at, float(str(value)))
            else:
                self._sheet.write_string(self._next, at, str(value)[:CELL_CHARACTERS])
        self._next += 1


def _fits_a_double(value: str) -> bool:
    """Excel shows fifteen digits; a longer number stays text, so that none is lost."""
    return len(Decimal(value).normalize().as_tuple().digits) <= 15


def write_warc(pages: Iterable[FetchedPage], artefacts: Artefacts, out: BinaryIO) -> None:
    """The stored responses, one gzip member each: together a valid ``.warc.gz`` file (ISO 28500)."""
    written: set[str] = set()
    for page in pages:
        if page.raw not in written:
            written.add(page.raw)
            out.write(artefacts.get(page.raw))
