"""Small documents made by hand, for tests of one stage."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from schemas.document import Document, NormalDocument
from schemas.evidence import Evidence, SpanMap
from schemas.page import FetchedPage
from schemas.record import Charset, Finding, Metadata, Period, Script, Section
from tasks.text.ids import digest_of, document_id_of

URL = "http://qingshi.example/report.html"


def page(url: str = URL, **changes: Any) -> FetchedPage:
    """A fetched page whose bytes nobody looks at."""
    made = FetchedPage(
        document_id=document_id_of(url),
        url=url,
        final_url=url,
        fetched_at=datetime(2026, 1, 5, tzinfo=UTC),
        raw=digest_of(b"member"),
        raw_digest=digest_of(b"bytes"),
        raw_size=5,
    )
    return made.evolve(**changes)


def normal(text: str, **changes: Any) -> NormalDocument:
    """A normal document of this text."""
    made = NormalDocument(
        page=page(),
        charset=Charset(declared=None, used="utf-8", decided_by="content"),
        title=None,
        kind="government_work_report",
        metadata=Metadata(),
        area=None,
        review_period=Period.years(2025),
        plan_period=Period.years(2026),
        script=Script(found="simplified"),
        text=text,
        spans=SpanMap.identity(len(text)),
    )
    return made.evolve(**changes)


def section(text: str, **changes: Any) -> Section:
    """One section over the whole text."""
    made = Section(
        section_id="s1",
        parent_id=None,
        level=1,
        label=None,
        title=None,
        part="review",
        period=Period.years(2025),
        start=0,
        end=len(text),
    )
    return made.evolve(**changes)


def finding(text: str, value_text: str, **changes: Any) -> Finding:
    """An indicator whose value stands at the first occurrence of ``value_text``."""
    start = text.index(value_text)
    made = Finding(
        name="工业总产值",
        code=None,
        value="17800000000",
        unit="元",
        value_text=value_text,
        bound="exact",
        measure="level",
        compared_with=None,
        status="actual",
        period=Period.years(2025),
        area=None,
        subject=None,
        section_id="s1",
        evidence=Evidence(start=start, end=start + len(value_text), sentence_start=0, sentence_end=len(text)),
        rule="name_before",
        confidence=0.9,
    )
    return made.evolve(**changes)


def extracted(text: str, *findings: Finding) -> Document:
    """What extract gives for this text."""
    return Document(normal=normal(text), sections=(section(text),), findings=findings)
