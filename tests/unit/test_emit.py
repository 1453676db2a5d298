"""emit makes the public record: same input, same ids, same bytes; a new version only for a new text."""

from __future__ import annotations

import pytest

from schemas.record import DocumentRecord, ProducedBy
from tasks.bench import Bench
from tasks.emit import EMIT, make_record
from tasks.errors import Misconfigured
from tests.made import extracted, finding

TEXT = "全年完成工业总产值178亿元,增长4.7%。"
PRODUCED = ProducedBy(version="0.1.0", stages={"emit": "1:0"})
DOCUMENT = extracted(
    TEXT,
    finding(TEXT, "178亿元"),
    finding(TEXT, "4.7%", value="4.7", unit="%", measure="change_rate", compared_with="previous_year"),
)


def record(latest: tuple[int, str] | None = None) -> DocumentRecord:
    return make_record(DOCUMENT, latest=latest, produced_by=PRODUCED)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert record().to_bytes() == record().to_bytes()
    assert DocumentRecord.from_bytes(record().to_bytes()) == record()


def test_the_version_rises_only_when_the_text_changed() -> None:
    first = record()
    assert first.version == 1
    assert record((1, first.text_digest)).version == 1
    assert record((1, "sha256:" + "0" * 64)).version == 2
    assert record((7, first.text_digest)).version == 7


def test_record_ids_are_stable_within_a_version_and_differ_between_findings() -> None:
    ids = [found.record_id for found in record().indicators]
    assert ids == [found.record_id for found in record().indicators]
    assert len(set(ids)) == 2
    other = [found.record_id for found in record((1, "sha256:" + "0" * 64)).indicators]
    assert set(ids).isdisjoint(other)


def test_an_indicator_says_which_document_and_version_it_is_of() -> None:
    made = record()
    assert {(i.document_id, i.document_version) for i in made.indicators} == {(made.document_id, 1)}


def test_a_finding_said_twice_of_one_span_is_one_record() -> None:
    twice = DOCUMENT.evolve(findings=DOCUMENT.findings + DOCUMENT.findings[:1])
    assert len(make_record(twice, latest=None, produced_by=PRODUCED).indicators) == 2


def test_without_a_record_store_emit_says_what_is_missing(bench: Bench) -> None:
    with pytest.raises(Misconfigured, match="emit needs a record store"):
        EMIT.work(DOCUMENT, bench)
