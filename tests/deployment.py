"""A whole Gongbao of a test's own: settings, stores, and the services of docker-compose.yml as processes."""

from __future__ import annotations

import os
import signal
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from schemas.record import DocumentRecord
from schemas.ticket import Ticket
from tasks.text.ids import document_id_of
from tests.servers import ROOT, Running, command_of, start, until
from workers.app import make_app, send
from workers.assembly import Assembly
from workers.ledger import Standing
from workers.settings import read_settings

CELERY = str(Path(sys.executable).parent / "celery")
STAGES = ("fetch", "clean", "normalise", "segment", "extract", "emit")
#: settings for tests: waits are short; limits are not, since a test may run on a machine that is busy
HASTY: dict[str, dict[str, Any]] = {
    "broker": {"visibility_timeout": 30, "unacked_restore_interval": 1},
    "fetch": {"pace": 0.0, "connect_timeout": 2.0, "read_timeout": 3.0, "total_timeout": 5.0},
    "workers": {"soft_shutdown_timeout": 2.0},
    "schedule": {"lock_timeout": 6, "max_interval": 1, "reconcile_every": 2, "lost_after": 3600},
    **{
        f"stages.{name}": {
            "soft_time_limit": 10,
            "hard_time_limit": 13,
            "attempts": 3,
            "backoff": 0.3,
            "longest_wait": 1.0,
        }
        for name in STAGES
    },
}

#: limits as short as the settings' own check allows, so that a test sees redeliveries soon
HASTIEST: dict[str, dict[str, Any]] = {
    "broker": {"visibility_timeout": 10},
    **{f"stages.{name}": {"soft_time_limit": 2, "hard_time_limit": 3} for name in STAGES},
}


class Deployment:
    """Services that share a broker, a database and a store.

    Args:
        folder: of the test.
        broker, database: addresses.
        changes: block of settings.toml → keys to be changed.
    """

    def __init__(
        self, folder: Path, broker: str, database: str | None = None, changes: Mapping[str, Mapping[str, Any]] = HASTY
    ) -> None:
        self.folder = folder
        self.config = folder / "config"
        (self.config / "sources").mkdir(parents=True)
        (self.config / "vocabulary").symlink_to(ROOT / "config" / "vocabulary")
        (self.config / "settings.toml").write_text(_settings(changes), encoding="utf-8")
        self.environment = {
            "GONGBAO_CONFIG": str(self.config),
            "GONGBAO_BROKER_URL": broker,
            "GONGBAO_DATABASE_URL": database or f"sqlite:///{folder}/gongbao.sqlite",
            "GONGBAO_ARTEFACTS_URL": str(folder / "artefacts"),
            "GONGBAO_RECORDS": str(folder / "documents"),
            "REMAP_SIGTERM": "SIGQUIT",
        }
        self.settings = read_settings(self.config, self.environment)
        self.assembly = Assembly(self.settings)
        self.app = make_app(self.settings)
        self.running: list[Running] = []

    def start(self, service: str, *, app: str = "workers.main", instead: Mapping[str, str] | None = None) -> Running:
        """Start a service by its command line in docker-compose.yml.

        Args:
            service: its name there.
            app: another module than ``workers.main``.
            instead: parts of the command line → what stands for them here.
        """
        words = command_of(service)
        words = [CELERY, *((instead or {}).get(word, word) for word in words[1:])]
        words = [f"--app={app}" if word.startswith("--app=") else word for word in words]
        log = self.folder / "logs" / f"{service}-{len(self.running)}.log"
        running = start(words, log, environment=self.environment, folder=ROOT)
        self.running.append(running)
        return running

    def workers(self, *, app: str = "workers.main") -> tuple[Running, Running]:
        """Both workers, ready."""
        both = self.start("worker-fetch", app=app), self.start("worker-text", app=app)
        for worker in both:
            worker.says("ready.")
        return both

    def enqueue(self, url: str) -> Ticket:
        """Take a URL in and send it."""
        ticket = self.assembly.ledger.take_in(url)
        assert ticket is not None
        send(ticket, self.app)
        return ticket

    def standing(self, url: str) -> Standing:
        """Where a document stands."""
        found = self.assembly.ledger.standing(document_id_of(url))
        assert found is not None
        return found

    def ends(self, url: str, seconds: float = 60.0) -> Standing:
        """Wait until the document's journey is over."""

        def ended() -> Standing | None:
            found = self.assembly.ledger.standing(document_id_of(url))
            return found if found and found.state in ("done", "unchanged", "set_aside") else None

        try:
            found: Standing = until(ended, f"{url} comes to its end", seconds)
        except AssertionError as error:
            said = "\n".join(f"--- {one.log.name}\n{one.said()[-3000:]}" for one in self.running)
            history = self.assembly.ledger.history(document_id_of(url))
            raise AssertionError(f"{error}\n{self.standing(url)}\n{history}\n{said}") from None
        return found

    def record(self, url: str) -> DocumentRecord:
        """The record of a document."""
        found = self.assembly.records.read(document_id_of(url))
        assert found is not None
        return found

    def close(self) -> None:
        """End what is running, at once: how a worker stops of itself is a test's business."""
        for one in self.running:
            with suppress(ProcessLookupError):
                os.killpg(one.process.pid, signal.SIGKILL)
        for one in self.running:
            one.process.wait(20)
        self.assembly.close()
        self.app.hands.redis.close()
        self.app.close()


@contextmanager
def deployment(
    folder: Path, broker: str, database: str | None = None, changes: Mapping[str, Mapping[str, Any]] = HASTY
) -> Iterator[Deployment]:
    """A deployment on an empty broker."""
    whole = Deployment(folder, broker, database, changes)
    whole.app.hands.redis.flushdb()
    try:
        yield whole
    finally:
        whole.close()


def _settings(changes: Mapping[str, Mapping[str, Any]]) -> str:
    """The committed settings with changes, as TOML."""
    blocks: dict[str, dict[str, Any]] = {}

    def collect(name: str, block: Mapping[str, Any]) -> None:
        for key, value in block.items():
            if isinstance(value, dict):
                collect(f"{name}.{key}" if name else key, value)
            else:
                blocks.setdefault(name, {})[key] = value

    collect("", tomllib.loads((ROOT / "config" / "settings.toml").read_text(encoding="utf-8")))
    for name, block in changes.items():
        blocks.setdefault(name, {}).update(block)
    return "\n".join(
        f"[{name}]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in block.items())
        for name, block in blocks.items()
    )


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)
