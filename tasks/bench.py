"""The bench: all that a stage may touch besides its input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, Protocol, Self, TypeVar

from schemas.page import FetchedPage, PageRequest
from schemas.record import ProducedBy
from tasks.answer import Answer
from tasks.warc import payload


class Rules(Protocol):
    """The words and tables a stage works by, compiled from files of the vocabulary folder.

    A stage's rules are loaded once per process, before workers fork, and never change after.
    """

    #: files of the vocabulary folder it reads; their content makes the stage's config digest
    FILES: ClassVar[tuple[str, ...]]

    @classmethod
    def load(cls, vocabulary: Path) -> Self:
        """Read and compile.

        Raises:
            tasks.errors.Misconfigured: a file is missing, malformed or has an unknown key.
        """
        ...


R = TypeVar("R", bound=Rules)


class Artefacts(Protocol):
    """Content-addressed bytes. Putting the same bytes twice is harmless."""

    def get(self, digest: str) -> bytes:
        """The bytes under ``sha256:…``.

        Raises:
            tasks.errors.Transient: the store cannot be reached.
            tasks.errors.Unprocessable: there is no such artefact, or its bytes do not match.
        """
        ...

    def put(self, data: bytes) -> str:
        """Keep the bytes and return their digest, ``sha256:…``."""
        ...


class Web(Protocol):
    """Fetches one address. A test fakes a site with a function of this signature."""

    def __call__(self, request: PageRequest, /) -> Answer:
        """What was met there, whatever its status; :func:`tasks.answer.accept` judges it.

        Raises:
            tasks.errors.Transient, tasks.errors.Unprocessable: there was no answer to be had.
        """
        ...


class Records(Protocol):
    """The record store as far as emit needs it."""

    def latest(self, document_id: str) -> tuple[int, str] | None:
        """Version and text digest of the newest record of this document, or None."""
        ...


def utc_now() -> datetime:
    """The time now, in UTC, to the second: the precision HTTP and WARC have."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Bench:
    """What lies at hand for every stage.

    Attributes:
        vocabulary: folder of config/vocabulary.
        artefacts: reads and keeps bytes.
        records: the record store; None where nothing is emitted.
        web: fetches one address; None where nothing is fetched.
        produced_by: tells the versions of software and stages; needed where something is emitted.
        now: the clock.
    """

    vocabulary: Path
    artefacts: Artefacts
    records: Records | None = None
    web: Web | None = None
    produced_by: Callable[[], ProducedBy] | None = None
    now: Callable[[], datetime] = utc_now
    _rules: dict[type, object] = field(default_factory=dict, repr=False, compare=False)

    def rules(self, kind: type[R]) -> R:
        """The compiled rules of this kind, loaded at the first call."""
        found = self._rules.get(kind)
        if found is None:
            found = self._rules[kind] = kind.load(self.vocabulary)
        assert isinstance(found, kind)
        return found

    def raw_bytes(self, page: FetchedPage) -> bytes:
        """The payload bytes of a fetched page, out of its WARC record."""
        return payload(self.artefacts.get(page.raw))
