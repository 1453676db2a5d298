"""Ground for all tests: where ../shared is, which servers there are, and what a missing one means."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tasks.bench import Bench
from tasks.text.ids import digest_of

# In CI the same examples every time: what a random one finds at home must not stop somebody's landing.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")

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


class MemoryArtefacts:
    """An artefact store in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, digest: str) -> bytes:
        """The bytes, or a KeyError: no test asks for what it did not put."""
        return self.kept[digest]

    def put(self, data: bytes) -> str:
        """Keep them."""
        digest = digest_of(data)
        self.kept[digest] = data
        return digest


@pytest.fixture
def bench(vocabulary: Path) -> Bench:
    """A bench with an artefact store in memory and nothing else."""
    return Bench(vocabulary=vocabulary, artefacts=MemoryArtefacts())
