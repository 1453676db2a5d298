"""Reads config/ and the environment, once, into frozen models.

Environment variables are for addresses and secrets alone; everything else is in config/settings.toml.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from tasks.errors import Misconfigured
from tasks.vocabulary import read_toml


class Block(BaseModel):
    """A block of settings: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Storage(Block):
    """Where things are kept."""

    database: str = Field(
        "sqlite:///var/gongbao.sqlite",
        description="SQLAlchemy URL of ledger and records: sqlite:///PATH or postgresql+psycopg://…; "
        "GONGBAO_DATABASE_URL goes before it",
    )
    artefacts: str = Field(
        "var/artefacts",
        description="folder, or s3://bucket/prefix, of pages and stage outputs; GONGBAO_ARTEFACTS_URL goes before it",
    )
    records: str | None = Field(
        "var/documents", description="folder where each document record is also written as JSON; leave out for none"
    )
    fsync: bool = Field(default=True, description="force artefacts to disk before the ledger says they are there")


class Broker(Block):
    """The Redis server that carries tickets."""

    url: str = Field(
        "redis://127.0.0.1:6379/0",
        description="address of the broker; GONGBAO_BROKER_URL goes before it",
    )
    visibility_timeout: int = Field(
        1800, ge=10, description="seconds after which an unacknowledged ticket is given to another worker"
    )
    unacked_restore_interval: int = Field(5, ge=1, description="seconds between looks for such tickets")
    unacked_restore_throttle: int = Field(1, ge=1, description="every how many looks one is really made")
    socket_timeout: float = Field(30.0, gt=0, description="seconds until a silent broker counts as gone")
    socket_connect_timeout: float = Field(5.0, gt=0, description="seconds to connect to the broker")
    connect_retries: int = Field(
        100, ge=0, description="how often a worker tries to reach the broker at start before it gives up"
    )


class StageSettings(Block):
    """How one stage is run by the workers."""

    queue: str = Field(description="name of its queue")
    soft_time_limit: int = Field(gt=0, description="seconds after which the document is set aside")
    hard_time_limit: int = Field(gt=0, description="seconds after which the process is killed")
    attempts: int = Field(3, ge=1, description="tries of a transient error before the document is set aside")
    backoff: float = Field(30.0, gt=0, description="seconds before the second try, doubled for each further one")
    longest_wait: float = Field(600.0, gt=0, description="no wait between two tries is longer, in seconds")


class Stages(Block):
    """One block a stage."""

    fetch: StageSettings
    clean: StageSettings
    normalise: StageSettings
    segment: StageSettings
    extract: StageSettings
    emit: StageSettings

    def of(self, name: str) -> StageSettings:
        """The settings of the stage ``name``."""
        block = getattr(self, name)
        assert isinstance(block, StageSettings)
        return block


class Workers(Block):
    """How Celery's worker processes live."""

    deliveries: int = Field(
        3, ge=1, description="starts of a stage without an end after which a document is set aside as kills_worker"
    )
    max_tasks_per_child: int = Field(500, ge=1, description="tasks after which a worker process is replaced")
    max_memory_per_child: int = Field(
        600_000, ge=50_000, description="resident kilobytes after which a worker process is replaced"
    )
    soft_shutdown_timeout: float = Field(60.0, ge=0, description="seconds a stopping worker gives running tasks")


class Fetch(Block):
    """Manners and limits of fetching."""

    user_agent: str = Field("Gongbao/0.1", description="what we call ourselves")
    connect_timeout: float = Field(10.0, gt=0, description="seconds to connect")
    read_timeout: float = Field(30.0, gt=0, description="seconds of silence that end a fetch")
    total_timeout: float = Field(120.0, gt=0, description="seconds for one page, redirects included")
    max_bytes: int = Field(52_428_800, gt=0, description="largest body, after decompression")
    max_redirects: int = Field(10, ge=0, description="redirects followed")
    pace: float = Field(1.0, ge=0, description="least seconds between two requests to one host")
    concurrency: int = Field(8, ge=1, description="pages fetched at once by gongbao run")
    verify_tls: bool = Field(default=True, description="refuse servers whose certificate does not verify")


class Run(Block):
    """What ``gongbao run`` does differently from the workers: it has a person waiting."""

    attempts: int = Field(2, ge=1, description="tries of a transient error before the source counts as failed")
    backoff: float = Field(1.0, ge=0, description="seconds before the second try")


class Schedule(Block):
    """What beat does, and when."""

    timezone: str = Field("Asia/Shanghai", description="time zone of all schedules")
    lock_timeout: int = Field(60, ge=5, description="seconds after which a second beat takes over from one that died")
    max_interval: int = Field(5, ge=1, description="seconds between two looks at the schedule")
    reconcile_every: int = Field(60, ge=1, description="seconds between two searches for lost tickets")
    lost_after: int = Field(
        3600, ge=1, description="seconds without a sign of life after which a ticket counts as lost"
    )


class Settings(Block):
    """All of config/settings.toml, with addresses from the environment."""

    storage: Storage = Storage.model_validate({})
    broker: Broker = Broker.model_validate({})
    stages: Stages
    workers: Workers = Workers.model_validate({})
    fetch: Fetch = Fetch.model_validate({})
    run: Run = Run.model_validate({})
    schedule: Schedule = Schedule.model_validate({})
    folder: Path = Field(Path("config"), exclude=True, description="the folder it was read from")

    @property
    def vocabulary(self) -> Path:
        """The folder of word lists."""
        return self.folder / "vocabulary"

    @property
    def sources(self) -> Path:
        """The folder of scheduled crawls."""
        return self.folder / "sources"


#: environment variable → block and key it goes before
ADDRESSES = {
    "GONGBAO_BROKER_URL": ("broker", "url"),
    "GONGBAO_DATABASE_URL": ("storage", "database"),
    "GONGBAO_ARTEFACTS_URL": ("storage", "artefacts"),
    "GONGBAO_RECORDS": ("storage", "records"),
}


def config_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """``$GONGBAO_CONFIG``, else ``config`` in the working directory, else the one beside the code."""
    named = environment.get("GONGBAO_CONFIG")
    if named:
        return Path(named)
    here = Path("config")
    if (here / "settings.toml").is_file():
        return here.resolve()
    return Path(__file__).resolve().parents[1] / "config"


def read_settings(folder: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read ``folder``/settings.toml and the addresses in the environment.

    Relative paths of the storage block are meant from the folder that holds ``config``.

    Raises:
        Misconfigured: a file is missing or malformed, a key unknown, or limits contradict each other.
    """
    folder = (folder or config_folder(environment)).resolve()
    path = folder / "settings.toml"
    settings = read_toml(path, Settings).model_copy(update={"folder": folder})
    for variable, (block, key) in ADDRESSES.items():
        value = environment.get(variable)
        if value:
            changed = getattr(settings, block).model_copy(update={key: value})
            settings = settings.model_copy(update={block: changed})
    _check_limits(settings, path)
    return settings.model_copy(update={"storage": _rooted(settings.storage, folder.parent)})


def _rooted(storage: Storage, root: Path) -> Storage:
    """The storage block with relative paths made absolute, so that every process means the same place."""
    changes: dict[str, str] = {}
    prefix = "sqlite:///"
    if storage.database.startswith(prefix) and storage.database != "sqlite:///:memory:":
        changes["database"] = prefix + str(root / storage.database.removeprefix(prefix))
    if "://" not in storage.artefacts:
        changes["artefacts"] = str(root / storage.artefacts)
    if storage.records is not None:
        changes["records"] = str(root / storage.records)
    return storage.model_copy(update=changes)


def _check_limits(settings: Settings, path: Path) -> None:
    """The numbers that hang together: a redelivery must not overtake a task that still runs or waits."""
    for name in Stages.model_fields:
        stage = settings.stages.of(name)
        if stage.soft_time_limit >= stage.hard_time_limit:
            raise Misconfigured(
                "bad_settings",
                f"{path}: stages.{name}.soft_time_limit ({stage.soft_time_limit} s) must be below "
                f"hard_time_limit ({stage.hard_time_limit} s)",
            )
        least = 2 * (stage.hard_time_limit + stage.longest_wait)
        if settings.broker.visibility_timeout <= least:
            raise Misconfigured(
                "bad_settings",
                f"{path}: broker.visibility_timeout ({settings.broker.visibility_timeout} s) must be above twice "
                f"hard_time_limit + longest_wait of stage {name} ({least:.0f} s), or a ticket that still waits "
                "would be given to a second worker",
            )
