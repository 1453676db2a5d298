"""The labelled documents of ../shared/gold, read by segment and extract, and judged by the rules of the score."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from schemas.document import Document, NormalDocument, SegmentedDocument
from tasks.extract import ExtractRules, extract_document
from tasks.segment import SegmentRules, segment_document
from tests.made import normal as normal_of

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
VOCABULARY = ROOT / "config" / "vocabulary"


def bare(text: str) -> NormalDocument:
    """A report of which nothing but its text is known."""
    return normal_of(text, review_period=None, plan_period=None)


@cache
def rules() -> tuple[SegmentRules, ExtractRules]:
    """The vocabulary, loaded once."""
    return SegmentRules.load(VOCABULARY), ExtractRules.load(VOCABULARY)


def segmented(text: str) -> SegmentedDocument:
    """A text as segment hands it on."""
    normal = bare(text)
    return SegmentedDocument(normal=normal, sections=segment_document(normal, rules()[0]))


def extracted(text: str) -> Document:
    """A text as extract hands it on."""
    return extract_document(segmented(text), rules()[1])


@cache
def scoring() -> ModuleType:
    """The scoring tool as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents() -> list[str]:
    """The keys of the labelled documents."""
    return sorted(p.name.split(".")[0] for p in (SHARED / "gold").glob("*.gold.tsv"))


@cache
def prediction(key: str) -> dict[str, Any]:
    """A labelled document in the form of a record."""
    text = (SHARED / "gold" / f"{key}.ref.txt").read_text(encoding="utf-8")
    document = extracted(text)
    return {
        "text": text,
        "sections": [section.model_dump(mode="json") for section in document.sections],
        "indicators": [finding.model_dump(mode="json") for finding in document.findings],
    }


def figures(keys: list[str]) -> dict[str, float]:
    """Detection and strict F1 over documents, as the scoring tool has them."""
    score = scoring()
    total: Any = score.Counter()
    for key in keys:
        total.update(score.score(key, SHARED / "gold", prediction(key), []))
    found: dict[str, float] = score.figures(total)
    return found


def judged(key: str) -> Iterator[tuple[dict[str, Any], dict[str, Any], bool]]:
    """Each finding of a labelled document, the document, and whether it is right in every field.

    Optional mentions are left out.
    """
    score, said = scoring(), prediction(key)
    with (SHARED / "gold" / f"{key}.gold.tsv").open(encoding="utf-8", newline="") as file:
        rows = {int(row["start"]): row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    for record in said["indicators"]:
        if record["value"] is None:
            continue  # what is said in words has no label
        start, end = record["evidence"]["start"], record["evidence"]["end"]
        row = next((rows[at] for at in range(start, end) if at in rows), None)
        if row is None:
            if record["measure"] == "rank" and not any(c.isdigit() for c in record["value_text"]):
                continue
            yield record, said, False
        elif row["kind"] == "I":
            yield record, said, all(score.judge(row, record).values())
