"""Which records an export or a report is about, asked of the database before a record is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from schemas.record import DocumentRecord, Indicator, Period
from tasks.text.ids import document_id_of
from workers.database import documents, reading, records


@dataclass(frozen=True)
class Selection:
    """What is wanted; empty means all.

    Attributes:
        text: a document id or the beginning of one, a URL, or a part of a URL or title.
        area: beginning of an area code, or a part of an area name.
        kind: kind of document.
        year: a year the document reports on or plans; of its indicators, those whose period has it.
        codes: canonical codes of indicators, or of groups of them; documents without any are left out.
        source: file of config/sources.
    """

    text: str | None = None
    area: str | None = None
    kind: str | None = None
    year: int | None = None
    codes: tuple[str, ...] = field(default=())
    source: str | None = None

    def document_ids(self, engine: Engine) -> list[str]:
        """Ids of the documents meant, by what the database knows of them, in order."""
        query = sa.select(records.c.document_id).distinct().order_by(records.c.document_id)
        if self.kind:
            query = query.where(records.c.kind == self.kind)
        if self.area:
            column = records.c.area_code if self.area.isdecimal() else records.c.area_name
            like = column.startswith if self.area.isdecimal() else column.contains
            query = query.where(like(self.area, autoescape=True))
        if self.text:
            query = query.where(sa.or_(*self._meant_by(self.text)))
        if self.source:
            query = query.join(documents, documents.c.document_id == records.c.document_id)
            query = query.where(documents.c.source == self.source)
        with reading(engine) as connection:
            return [row.document_id for row in connection.execute(query)]

    def _meant_by(self, text: str) -> Iterator[sa.ColumnElement[bool]]:
        yield records.c.document_id.startswith(text.lower(), autoescape=True)
        yield records.c.url.contains(text, autoescape=True)
        yield records.c.title.contains(text, autoescape=True)
        with suppress(ValueError):  # no URL: it is a part of one
            yield records.c.document_id == document_id_of(text)

    def wants_document(self, record: DocumentRecord) -> bool:
        """Whether the newest record of a document is meant, now that all of it is known."""
        if self.kind and record.kind != self.kind:
            return False  # an older version was of that kind
        if self.year and not any(_has(period, self.year) for period in (record.review_period, record.plan_period)):
            return any(self.wants_indicator(found) for found in record.indicators)
        return not self.codes or any(self._has_code(found) for found in record.indicators)

    def wants_indicator(self, found: Indicator) -> bool:
        """Whether a row of the panel is meant."""
        if self.codes and not self._has_code(found):
            return False
        return not self.year or _has(found.period, self.year)

    def _has_code(self, found: Indicator) -> bool:
        """ECO.GDP is itself, and ECO all of its group."""
        return found.code is not None and any(f"{found.code}.".startswith(f"{code}.") for code in self.codes)


def _has(period: Period | None, year: int) -> bool:
    return period is not None and int(period.start[:4]) <= year <= int(period.end[:4])
