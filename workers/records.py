"""The record store: public records in tables, and as JSON files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from schemas.record import DocumentRecord, Indicator, Period, Section
from tasks.errors import Transient
from tasks.whole_files import whole_file
from workers.database import indicators, reading, records, sections, upsert

#: made once: to put a query together takes longer than to run it
_LATEST = (
    sa.select(records.c.version, records.c.text_digest)
    .where(records.c.document_id == sa.bindparam("document_id"))
    .order_by(records.c.version.desc())
    .limit(1)
)


class RecordStore:
    """Document records of all versions, with their sections and indicators beside them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def latest(self, document_id: str) -> tuple[int, str] | None:
        """See :class:`tasks.bench.Records`."""
        with reading(self._engine) as connection:
            row = connection.execute(_LATEST, {"document_id": document_id}).one_or_none()
        return None if row is None else (row.version, row.text_digest)

    def write(self, record: DocumentRecord, connection: Connection) -> None:
        """Write the record and its parts with the caller's transaction.

        The parts of the same version are replaced as a whole, so writing a record twice leaves the
        rows of once, and writing it anew after better rules leaves no row of the older ones.
        """
        area, review, plan = record.area, record.review_period, record.plan_period
        upsert(
            records,
            {
                "document_id": record.document_id,
                "version": record.version,
                "url": record.url,
                "fetched_at": record.fetched_at,
                "text_digest": record.text_digest,
                "raw_digest": record.raw_digest,
                "kind": record.kind,
                "title": record.title,
                "area_code": area.code if area else None,
                "area_name": area.name if area else None,
                "review_start": review.start if review else None,
                "review_end": review.end if review else None,
                "plan_start": plan.start if plan else None,
                "plan_end": plan.end if plan else None,
                "record": record.to_bytes().decode("utf-8"),
            },
            connection,
        )
        for table, version in ((sections, sections.c.version), (indicators, indicators.c.document_version)):
            connection.execute(
                table.delete().where(table.c.document_id == record.document_id, version == record.version)
            )
        if record.sections:
            connection.execute(sections.insert(), [_section_row(record, section) for section in record.sections])
        if record.indicators:
            connection.execute(indicators.insert(), [_indicator_row(found) for found in record.indicators])

    def read(self, document_id: str, version: int | None = None) -> DocumentRecord | None:
        """One record; without ``version`` the newest."""
        query = sa.select(records.c.record).where(records.c.document_id == document_id)
        query = query.where(records.c.version == version) if version else query.order_by(records.c.version.desc())
        with reading(self._engine) as connection:
            found = connection.execute(query.limit(1)).scalar()
        return None if found is None else DocumentRecord.from_bytes(found.encode("utf-8"))

    def newest(self, document_ids: list[str] | None = None) -> Iterator[DocumentRecord]:
        """The newest record of each document, in the order of their ids, one at a time."""
        last = sa.select(records.c.document_id, sa.func.max(records.c.version).label("version"))
        last = last.group_by(records.c.document_id)
        newest = last.subquery()
        query = (
            sa.select(records.c.document_id, records.c.record)
            .join(newest, sa.and_(records.c.document_id == newest.c.document_id, records.c.version == newest.c.version))
            .order_by(records.c.document_id)
        )
        wanted = None if document_ids is None else set(document_ids)
        with reading(self._engine) as connection:
            result = connection.execution_options(stream_results=True, yield_per=50).execute(query)
            for document_id, text in result:
                if wanted is None or document_id in wanted:
                    yield DocumentRecord.from_bytes(text.encode("utf-8"))

    def owner_of(self, record_id: str) -> tuple[str, int] | None:
        """Document id and version of an indicator record."""
        query = sa.select(indicators.c.document_id, indicators.c.document_version).where(
            indicators.c.record_id == record_id
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else (row.document_id, row.document_version)


def _bounds(period: Period | None) -> dict[str, str | None]:
    return {"period_start": period.start if period else None, "period_end": period.end if period else None}


def _section_row(record: DocumentRecord, section: Section) -> dict[str, Any]:
    row = section.model_dump(exclude={"period"})
    return {"document_id": record.document_id, "version": record.version, **row, **_bounds(section.period)}


def _indicator_row(found: Indicator) -> dict[str, Any]:
    row = found.model_dump(exclude={"contract", "period", "area", "evidence"})
    return {
        **row,
        **_bounds(found.period),
        **found.evidence.model_dump(),
        "number": None if found.value is None else float(found.value),
        "area_code": found.area.code if found.area else None,
        "area_name": found.area.name if found.area else None,
    }


def write_json(record: DocumentRecord, folder: Path) -> Path:
    """Write ``folder``/<document_id>.json atomically; a file that says the same already is not touched.

    Raises:
        Transient: the folder cannot be written or the disk is full.
    """
    path = folder / f"{record.document_id}.json"
    data = record.to_pretty_json().encode("utf-8")
    try:
        if path.exists() and path.read_bytes() == data:
            return path
        with whole_file(path) as file:
            file.write(data)
    except OSError as error:
        raise Transient(
            "records_not_writable",
            f"its record cannot be written to {folder} ({error.strerror}); free space or name another folder",
        ) from error
    return path
