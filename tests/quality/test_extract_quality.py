"""Floors for extraction over the labelled documents; they only rise."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fit_confidence import calibration_error, left_out, outcomes_now, outcomes_then, record_traits
from gold import documents, figures, judged

pytestmark = pytest.mark.shared

DETECTION_F1, STRICT_F1, STRICT_F1_OF_EACH = 0.995, 0.98, 0.89
CALIBRATION_ERROR, SURE, RIGHT_WHEN_SURE = 0.03, 0.9, 0.95


@pytest.fixture(scope="module", autouse=True)
def _labelled(shared: Path) -> None:
    assert (shared / "gold").is_dir()


def test_numbers_are_found_and_told_in_every_field() -> None:
    over_all = figures(documents())
    assert over_all["detection_f1"] >= DETECTION_F1
    assert over_all["strict_f1"] >= STRICT_F1


def test_no_document_falls_behind() -> None:
    assert {key for key in documents() if figures([key])["strict_f1"] < STRICT_F1_OF_EACH} == set()


def test_confidence_means_what_it_says_on_a_document_that_was_left_out() -> None:
    chances, rights = left_out([*outcomes_now(), *outcomes_then()])
    sure = [right for c, right in zip(chances, rights, strict=True) if c >= SURE]
    assert calibration_error(chances, rights) <= CALIBRATION_ERROR
    assert sum(sure) / len(sure) >= RIGHT_WHEN_SURE


def test_the_confidence_of_a_record_is_the_one_the_table_gives_its_traits() -> None:
    from gold import rules

    table = rules()[1].confidence.table
    for record, said, _ in judged(documents()[0]):
        assert record["confidence"] == table.confidence(record_traits(record, said))
