"""The real documents come out in simplified characters, repaired and otherwise unharmed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.document import CleanDocument, Clue, NormalDocument
from schemas.evidence import SpanMap
from schemas.page import FetchedPage
from schemas.record import Charset, Metadata
from tasks.identity import IdentityRules
from tasks.normalise import NormaliseRules, normalise_document

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.shared

PAGE = FetchedPage(
    document_id="0" * 32,
    url="file:///report.txt",
    final_url="file:///report.txt",
    fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    raw="sha256:" + "0" * 64,
    raw_digest="sha256:" + "0" * 64,
    raw_size=0,
)


@pytest.fixture(scope="module")
def rules() -> tuple[NormaliseRules, IdentityRules]:
    vocabulary = ROOT / "config" / "vocabulary"
    return NormaliseRules.load(vocabulary), IdentityRules.load(vocabulary)


def normalised(
    text: str,
    rules: tuple[NormaliseRules, IdentityRules],
    metadata: Metadata | None = None,
    clues: tuple[Clue, ...] = (),
) -> NormalDocument:
    clean = CleanDocument(
        page=PAGE,
        charset=Charset(declared=None, used="utf-8", decided_by="content"),
        title=None,
        metadata=metadata or Metadata(),
        clues=clues,
        text=text,
        spans=SpanMap.identity(len(text)),
    )
    return normalise_document(clean, *rules)


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def edits(a: str, b: str) -> int:
    """Levenshtein distance within a narrow band: the texts are nearly the same."""
    band = 60
    row = {n: n for n in range(band + 1)}
    for i, x in enumerate(a, 1):
        new: dict[int, int] = {}
        for j in range(max(0, i - band), min(len(b), i + band) + 1):
            best = row.get(j, 10**6) + 1
            if j:
                best = min(best, new.get(j - 1, 10**6) + 1, row.get(j - 1, 10**6) + (x != b[j - 1]))
            new[j] = best
        row = new
    return row[len(b)]


@pytest.mark.parametrize(("key", "floor"), [("002", 0), ("003", 0)])
def test_damaged_documents_are_repaired(
    key: str, floor: int, rules: tuple[NormaliseRules, IdentityRules], shared: Path
) -> None:
    seed = next((shared / "seeds").glob(f"{key}_*.txt")).read_text(encoding="utf-8")
    reference = (shared / "gold" / "body" / f"{key}.ref.txt").read_text(encoding="utf-8")
    document = normalised(seed, rules)
    assert edits(letters(reference), letters(document.text)) <= floor
    assert not re.search("[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+[）)]", document.text)
    for repair in document.script.repairs:
        assert document.text[repair.start : repair.end] == repair.restored
        span = document.spans.back(repair.start, repair.end)
        assert seed[span.start : span.end] == repair.found


@pytest.mark.parametrize("key", ["000", "004"])
def test_undamaged_documents_stay_as_they_are(
    key: str, rules: tuple[NormaliseRules, IdentityRules], shared: Path
) -> None:
    seed = next((shared / "seeds").glob(f"{key}_*.txt")).read_text(encoding="utf-8")
    document = normalised(seed, rules)
    assert document.text == seed.replace("\xa0", " ").replace("\u3000", " ")
    assert document.script.repairs == ()
    assert document.warnings == ()


def test_hijacked_place_names_come_back(rules: tuple[NormaliseRules, IdentityRules], shared: Path) -> None:
    seed = next((shared / "seeds").glob("001_*.txt")).read_text(encoding="utf-8")
    body = seed[seed.index("郑陆镇2020年度政府工作报告\n\n") : seed.index("【打印本页】")]
    document = normalised(
        body,
        rules,
        Metadata(index_number="11320402014133832T/2021-00002"),
        (Clue(kind="site_code", found="3204020001"),),
    )
    assert "赌场" not in document.text
    assert document.text.count("天宁区") == body.count("天宁区") + 3
    assert {(w.found, w.times, w.likely) for w in document.warnings if w.code == "keyword_hijack"} == {
        ("澳门现金赌场", 3, "天宁区"),
        ("澳门亚冠娱乐", 2, "更多"),
    }
