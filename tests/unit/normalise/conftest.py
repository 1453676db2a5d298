"""The compiled rules, once for all tests of the stage."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.normalise import NormaliseRules


@pytest.fixture(scope="session")
def rules() -> NormaliseRules:
    """The rules of config/vocabulary."""
    return NormaliseRules.load(Path(__file__).parents[3] / "config" / "vocabulary")
