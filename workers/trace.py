"""Walks one number back: value → text → clean text → decoded page → bytes of the raw artefact.

Each step uses the map that was recorded while cutting (:class:`schemas.evidence.SpanMap`); nothing is
searched for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from schemas.document import CleanDocument, NormalDocument
from schemas.evidence import Span
from schemas.page import FetchedPage
from schemas.record import DocumentRecord, Indicator
from tasks.bench import Artefacts
from tasks.errors import Unprocessable
from tasks.text.charset import byte_offsets, decode
from tasks.warc import payload


@dataclass(frozen=True)
class Excerpt:
    """A span of a text, with what stands before and after it."""

    what: str
    artefact: str
    start: int
    end: int
    before: str
    found: str
    after: str


@dataclass(frozen=True)
class RawBytes:
    """Where the number stands in the bytes that were fetched.

    Attributes:
        artefact: digest of the stored response (a WARC record).
        start, end: byte offsets in its payload; None for a file whose reader gives no positions.
        found: those bytes.
        before, after: the bytes around them, decoded as the page was.
    """

    artefact: str
    digest: str
    size: int
    start: int | None = None
    end: int | None = None
    found: bytes = b""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Trace:
    """The way of one number, from the record to the bytes."""

    record: DocumentRecord
    indicator: Indicator
    sentence: str
    steps: tuple[Excerpt, ...]
    raw: RawBytes


def trace_indicator(
    record: DocumentRecord,
    record_id: str,
    artefacts: Artefacts,
    artefact_of: Callable[[str], str | None],
    *,
    around: int = 24,
) -> Trace:
    """Walk the indicator ``record_id`` of ``record`` back to the bytes.

    Args:
        record: the document record of the version that holds it.
        artefact_of: digest of what a stage took for this document.
        around: characters shown on either side.

    Raises:
        Unprocessable: there is no such indicator, an artefact is missing, or the stored artefacts are
            those of another version of the document.
    """
    indicator = next((found for found in record.indicators if found.record_id == record_id), None)
    if indicator is None:
        raise Unprocessable("no_such_record", f"document {record.document_id} has no indicator {record_id}")

    def taken_by(stage: str) -> tuple[str, bytes]:
        digest = artefact_of(stage)
        if digest is None:
            raise Unprocessable(
                "missing_artefact", f"{record.url}: what stage {stage} took is not in the ledger; run the source again"
            )
        return digest, artefacts.get(digest)

    normal_digest, data = taken_by("segment")
    normal = NormalDocument.from_bytes(data)
    if normal.text != record.text:
        raise Unprocessable(
            "other_version",
            f"{record.url}: the stored artefacts are of another version than record {record_id} "
            f"(version {record.version}); the record's raw bytes have the digest {record.raw_digest}",
        )
    clean_digest, data = taken_by("normalise")
    clean = CleanDocument.from_bytes(data)
    page_digest, data = taken_by("clean")
    page = FetchedPage.from_bytes(data)
    raw = payload(artefacts.get(page.raw))

    where = Span(start=indicator.evidence.start, end=indicator.evidence.end)
    in_clean = normal.spans.back(where.start, where.end)
    steps = [
        _excerpt("text of the record", normal_digest, normal.text, where, around),
        _excerpt("text of the page, as cleaned", clean_digest, clean.text, in_clean, around),
    ]
    sentence = record.text[indicator.evidence.sentence_start : indicator.evidence.sentence_end]
    if clean.spans_into != "decoded" or in_clean.start == in_clean.end:
        return Trace(record, indicator, sentence, tuple(steps), RawBytes(page.raw, page.raw_digest, len(raw)))
    in_page = clean.spans.back(in_clean.start, in_clean.end)
    decoded = decode(raw, http_label=page.charset_label)
    steps.append(_excerpt(f"page, decoded as {clean.charset.used}", page_digest, decoded.text, in_page, around))
    return Trace(
        record,
        indicator,
        sentence,
        tuple(steps),
        _raw_bytes(page, raw, decoded.text, clean.charset.used, in_page, around),
    )


def _excerpt(what: str, artefact: str, text: str, span: Span, around: int) -> Excerpt:
    return Excerpt(
        what=what,
        artefact=artefact,
        start=span.start,
        end=span.end,
        before=text[max(0, span.start - around) : span.start],
        found=text[span.start : span.end],
        after=text[span.end : span.end + around],
    )


def _raw_bytes(page: FetchedPage, raw: bytes, text: str, charset: str, span: Span, around: int) -> RawBytes:
    if span.start == span.end:  # the characters were put in: there is a place, but no byte
        return RawBytes(page.raw, page.raw_digest, len(raw))
    offsets = byte_offsets(raw, charset)
    start, end = offsets.span(span.start, span.end)
    return RawBytes(
        artefact=page.raw,
        digest=page.raw_digest,
        size=len(raw),
        start=start,
        end=end,
        found=raw[start:end],
        before=text[max(0, span.start - around) : span.start],
        after=text[span.end : span.end + around],
    )
