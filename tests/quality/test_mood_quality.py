"""How well the mood of a stretch tells a plan from a review; the floors only rise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.segment.mood import Mood
from tests.quality.fit_mood import stretches, told_right

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.usefixtures("shared")
def test_stretches_are_told_right_by_weights_fitted_without_their_report() -> None:
    told = list(stretches(Mood.load(ROOT / "config" / "vocabulary")))
    assert len(told) > 150
    planning, reviewing = told_right(told)
    assert planning >= 0.95
    assert reviewing >= 0.90
