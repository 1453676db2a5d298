"""Makes the public record of a document. Writing it is the worker's: see :mod:`workers.records`."""

from __future__ import annotations

from schemas.base import proven
from schemas.document import Document
from schemas.record import DocumentRecord, Finding, Indicator, ProducedBy
from tasks.bench import Bench
from tasks.errors import Misconfigured
from tasks.stage import Stage
from tasks.text.ids import digest_of, record_id_of

_INDICATOR_FIELDS = set(Indicator.model_fields) - {"contract"}


def make_record(document: Document, *, latest: tuple[int, str] | None, produced_by: ProducedBy) -> DocumentRecord:
    """The public record.

    Args:
        document: all that was found.
        latest: version and text digest of the newest record of this document, if there is one.  The
            version rises only when the text changed, so emitting twice gives the same record.
        produced_by: versions and config digests of the stages.
    """
    normal = document.normal
    page = normal.page
    text_digest = digest_of(normal.text.encode("utf-8"))
    version = 1 if latest is None else latest[0] + (latest[1] != text_digest)
    return DocumentRecord(
        document_id=page.document_id,
        url=page.url,
        final_url=page.final_url,
        fetched_at=page.fetched_at,
        http=page.http,
        charset=normal.charset,
        raw_digest=page.raw_digest,
        text_digest=text_digest,
        version=version,
        title=normal.title,
        kind=normal.kind,
        metadata=normal.metadata,
        area=normal.area,
        review_period=normal.review_period,
        plan_period=normal.plan_period,
        script=normal.script,
        warnings=normal.warnings + document.warnings,
        text=normal.text,
        sections=document.sections,
        indicators=_indicators(document.findings, page.document_id, version),
        attachments=normal.attachments,
        is_cover=normal.is_cover,
        attached_to=page.cover.document_id if page.cover else None,
        produced_by=produced_by,
    )


def _indicators(findings: tuple[Finding, ...], document_id: str, version: int) -> tuple[Indicator, ...]:
    """Findings with their ids. Two findings with the same evidence and name (a span, two rules) are one."""
    made: dict[str, Indicator] = {}
    for found in findings:
        where = found.evidence
        key = f"{found.name}\0{found.subject or ''}"
        record_id = record_id_of(document_id, version, where.start, where.end, found.measure, key)
        if record_id not in made:
            fields = {
                "contract": Indicator.CONTRACT,
                "record_id": record_id,
                "document_id": document_id,
                "document_version": version,
                **found.__dict__,  # validated as fields of a finding
            }
            made[record_id] = proven(Indicator, _INDICATOR_FIELDS, fields)
    return tuple(made.values())


def _work(document: Document, bench: Bench) -> DocumentRecord:
    if bench.records is None or bench.produced_by is None:
        raise Misconfigured("no_record_store", "emit needs a record store on its bench; give the worker one")
    latest = bench.records.latest(document.normal.page.document_id)
    return make_record(document, latest=latest, produced_by=bench.produced_by())


EMIT = Stage("emit", takes=Document, gives=DocumentRecord, work=_work)
