"""Puts the parts together once per process: settings → stores, ledger, bench, journey."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from sqlalchemy.engine import Engine

from schemas.record import ProducedBy
from tasks.bench import Artefacts, Bench, Web
from tasks.chain import CHAIN
from tasks.errors import GongbaoError
from tasks.fetch.web import WholeWeb
from workers.database import open_database
from workers.journey import Journey
from workers.ledger import Ledger
from workers.records import RecordStore
from workers.settings import Settings
from workers.stores import open_artefacts
from workers.web import open_web


def produced_by(vocabulary: Path) -> ProducedBy:
    """Version of the software, and version and config digest of each stage."""
    return ProducedBy(version=version("gongbao"), stages={stage.name: stage.signature(vocabulary) for stage in CHAIN})


def signature_of(produced: ProducedBy) -> str:
    """One short word for all of it: 16 hex digits."""
    return hashlib.sha256(produced.model_dump_json().encode("utf-8")).hexdigest()[:16]


@dataclass(frozen=True)
class Assembly:
    """What a process works with. Parts are opened when they are first asked for."""

    settings: Settings
    web: Web | None = None
    #: compiled rules; a forked process is given those of its parent
    rules: dict[type, object] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def engine(self) -> Engine:
        """The database."""
        return open_database(self.settings.storage.database)

    @cached_property
    def artefacts(self) -> Artefacts:
        """The artefact store."""
        return open_artefacts(self.settings.storage.artefacts, fsync=self.settings.storage.fsync)

    @cached_property
    def records(self) -> RecordStore:
        """The record store."""
        return RecordStore(self.engine)

    @cached_property
    def produced_by(self) -> ProducedBy:
        """What this software is."""
        return produced_by(self.settings.vocabulary)

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger."""
        return Ledger(
            self.engine,
            self.artefacts,
            self.records,
            signature=signature_of(self.produced_by),
            deliveries=self.settings.workers.deliveries,
        )

    @cached_property
    def bench(self) -> Bench:
        """The bench of all stages."""
        return Bench(
            vocabulary=self.settings.vocabulary,
            artefacts=self.artefacts,
            records=self.records,
            web=self.web or self._own_web,
            produced_by=lambda: self.produced_by,
            _rules=self.rules,
        )

    @cached_property
    def _own_web(self) -> WholeWeb:
        return open_web(self.settings.fetch)

    def journey(self, translate: Callable[[Exception], GongbaoError | None] = lambda _: None) -> Journey:
        """What carries tickets from stage to stage."""
        folder = self.settings.storage.records
        return Journey(self.bench, self.ledger, records=Path(folder) if folder else None, translate=translate)

    def warm(self) -> None:
        """Load all dictionaries and tables, so that processes forked later share them."""
        for stage in CHAIN:
            stage.warm(self.bench)

    def close(self) -> None:
        """Give back the connections. What is asked for later is opened anew by SQLAlchemy."""
        if "engine" in self.__dict__:
            self.engine.dispose()
        if "_own_web" in self.__dict__:
            self._own_web.close()
