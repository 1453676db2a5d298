"""What a stage is, and how it is carried out on an artefact."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from schemas.base import Contract
from tasks.bench import Bench, Rules
from tasks.errors import Misconfigured, Unprocessable

In = TypeVar("In", bound=Contract)
Out = TypeVar("Out", bound=Contract)


@dataclass(frozen=True)
class Stage(Generic[In, Out]):
    """One verb of the journey: takes a contract, gives a contract.

    Attributes:
        name: the verb; also the name of its queue and its Celery task.
        takes, gives: the contracts.
        work: the deed. It touches nothing but its input and the bench, so doing it twice is safe.
        version: raised whenever the same input would give another output.
        rules: what ``work`` reads from the vocabulary.
    """

    name: str
    takes: type[In]
    gives: type[Out]
    work: Callable[[In, Bench], Out]
    version: int = 1
    rules: tuple[type[Rules], ...] = ()

    def carry_out(self, artefact: str, bench: Bench) -> tuple[str, Out]:
        """Do the stage on a stored input; keep its output and return digest and output.

        Raises:
            Transient, Unprocessable, Unchanged, Misconfigured: see :mod:`tasks.errors`.
        """
        given = self.read(bench.artefacts.get(artefact))
        made = self.work(given, bench)
        return bench.artefacts.put(made.to_bytes()), made

    def read(self, data: bytes) -> In:
        """The stage's input out of the bytes of an artefact.

        Raises:
            Unprocessable: the bytes are no such contract (an artefact of an older version).
        """
        try:
            return self.takes.from_bytes(data)
        except ValidationError as error:
            raise Unprocessable(
                "foreign_artefact",
                f"stage {self.name} takes {self.takes.CONTRACT}, and the artefact is not one; "
                f"run the document again from the stage before: {error.errors()[0]['msg']}",
            ) from error

    def warm(self, bench: Bench) -> None:
        """Load all that the stage needs, so that forked workers share it."""
        for kind in self.rules:
            bench.rules(kind)

    def signature(self, vocabulary: Path) -> str:
        """Version and config digest, as in ``produced_by``: ``3:1f0c…``."""
        files = tuple(sorted({name for kind in self.rules for name in kind.FILES}))
        return f"{self.version}:{config_digest(vocabulary, files)}"


@lru_cache(maxsize=64)
def config_digest(vocabulary: Path, files: tuple[str, ...]) -> str:
    """First 12 hex digits of the SHA-256 over the named vocabulary files."""
    digest = hashlib.sha256()
    for name in files:
        try:
            data = (vocabulary / name).read_bytes()
        except OSError as error:
            raise Misconfigured(
                "missing_vocabulary",
                f"{vocabulary / name} cannot be read ({error.strerror}); restore it from the repository",
            ) from error
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()[:12]
