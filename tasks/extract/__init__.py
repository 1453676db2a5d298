"""extract takes a segmented document and gives every figure it states as a finding."""

from __future__ import annotations

from schemas.document import Document, SegmentedDocument
from tasks.bench import Bench
from tasks.extract.document import extract_document
from tasks.extract.rules import ExtractRules
from tasks.stage import Stage

__all__ = ["EXTRACT", "ExtractRules", "extract_document"]


def _work(document: SegmentedDocument, bench: Bench) -> Document:
    return extract_document(document, bench.rules(ExtractRules))


EXTRACT = Stage("extract", takes=SegmentedDocument, gives=Document, work=_work, rules=(ExtractRules,))
