"""Segment: a normal document in, its nested sections beside it out."""

from __future__ import annotations

from tasks.segment.rules import SegmentRules
from tasks.segment.segment import SEGMENT, segment_document

__all__ = ["SEGMENT", "SegmentRules", "segment_document"]
