"""Ground for all tests: where ../shared is, which servers there are, and what a missing one means."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def missing(what: str) -> None:
    """Skip at home; fail in CI, where everything is installed."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and CI installs it")
    pytest.skip(f"{what} is missing here")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the project."""
    if not SHARED.is_dir():
        missing("../shared")
    return SHARED


@pytest.fixture(scope="session")
def vocabulary() -> Path:
    """config/vocabulary."""
    return ROOT / "config" / "vocabulary"
