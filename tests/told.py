"""What segment and extract tell of an invented text, a line a number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from schemas.document import SegmentedDocument
from schemas.record import Finding, Kind, Period
from tasks.extract import ExtractRules, extract_document
from tasks.segment import SegmentRules, segment_document
from tests.made import normal as normal_of

VOCABULARY = Path(__file__).resolve().parents[1] / "config" / "vocabulary"
EXTRACT = ExtractRules.load(VOCABULARY)
SEGMENT = SegmentRules.load(VOCABULARY)


def findings(
    text: str,
    kind: Kind = "government_work_report",
    review: Period | None = None,
    plan: Period | None = None,
    **changes: Any,
) -> tuple[Finding, ...]:
    """What is found in the text."""
    normal = normal_of(text, kind=kind, review_period=review, plan_period=plan, **changes)
    segmented = SegmentedDocument(normal=normal, sections=segment_document(normal, SEGMENT))
    return extract_document(segmented, EXTRACT).findings


def told(
    text: str,
    kind: Kind = "government_work_report",
    review: Period | None = None,
    plan: Period | None = None,
    **changes: Any,
) -> list[str]:
    """One line a number: value as written, years, status."""
    lines = []
    for one in findings(text, kind, review, plan, **changes):
        first, last = (one.period.start[:4], one.period.end[:4]) if one.period else ("-", "-")
        years = first if first == last else f"{first}-{last}"
        lines.append(f"{one.value_text} {years} {one.status}")
    return lines
