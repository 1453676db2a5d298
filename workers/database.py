"""The database of ledger and records: its tables, and how it is opened."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    NoSuchModuleError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.types import TypeDecorator

from tasks.errors import GongbaoError, Misconfigured, Transient

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

#: the newest migration: a database that says so needs none
HEAD = "0001"


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no zone, so it is put back on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the library's signature)
        """To UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the library's signature)
        """From the database's own way."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


documents = sa.Table(
    "documents",
    metadata,
    sa.Column("document_id", sa.String(32), primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("source", sa.Text, comment="file of config/sources that asked for it"),
    sa.Column("parent_id", sa.String(32), comment="the page an attachment was found on"),
    sa.Column("run", sa.Integer, nullable=False, comment="times it was taken in"),
    sa.Column("state", sa.String(16), nullable=False, comment="waiting working done unchanged set_aside"),
    sa.Column("stage", sa.String(16), nullable=False, comment="the stage it waits for, is in, or ended in"),
    sa.Column("artefact", sa.String(71), nullable=False, comment="input of that stage"),
    sa.Column("deliveries", sa.Integer, nullable=False, comment="starts of the stage without an end"),
    sa.Column("attempts", sa.Integer, nullable=False, comment="tries of the stage that ended in an error"),
    sa.Column("first_at", UtcTime, nullable=False),
    sa.Column("updated_at", UtcTime, nullable=False),
    sa.Column("next_at", UtcTime, comment="not to be tried before"),
    sa.Column("reason", sa.String(64), comment="code of the last error"),
    sa.Column("message", sa.Text, comment="its sentence"),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("raw_digest", sa.String(71)),
    sa.Column("signature", sa.String(64), comment="what the software was when it was last done"),
    sa.Index("ix_documents_state_stage", "state", "stage"),
    sa.Index("ix_documents_updated_at", "updated_at"),
    sa.Index("ix_documents_source", "source"),
)

artefacts = sa.Table(
    "artefacts",
    metadata,
    sa.Column("document_id", sa.String(32), primary_key=True),
    sa.Column("stage", sa.String(16), primary_key=True, comment="the stage that takes it"),
    sa.Column("digest", sa.String(71), nullable=False),
    sa.Column("made_at", UtcTime, nullable=False),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("document_id", sa.String(32), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("run", sa.Integer, nullable=False),
    sa.Column("stage", sa.String(16), nullable=False),
    sa.Column("what", sa.String(24), nullable=False),
    sa.Column("detail", sa.Text),
    sa.Index("ix_events_document_id", "document_id"),
)

failures = sa.Table(
    "failures",
    metadata,
    sa.Column("document_id", sa.String(32), primary_key=True),
    sa.Column("stage", sa.String(16), nullable=False),
    sa.Column("reason", sa.String(64), nullable=False),
    sa.Column("failure", sa.Text, nullable=False, comment="failure/1 as JSON"),
    sa.Index("ix_failures_reason", "reason"),
)

records = sa.Table(
    "records",
    metadata,
    sa.Column("document_id", sa.String(32), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("fetched_at", UtcTime, nullable=False),
    sa.Column("text_digest", sa.String(71), nullable=False),
    sa.Column("raw_digest", sa.String(71), nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("area_code", sa.String(12)),
    sa.Column("area_name", sa.Text),
    sa.Column("review_start", sa.String(10)),
    sa.Column("review_end", sa.String(10)),
    sa.Column("plan_start", sa.String(10)),
    sa.Column("plan_end", sa.String(10)),
    sa.Column("record", sa.Text, nullable=False, comment="document/1 as JSON"),
    sa.Index("ix_records_area_code", "area_code"),
    sa.Index("ix_records_kind", "kind"),
)

sections = sa.Table(
    "sections",
    metadata,
    sa.Column("document_id", sa.String(32), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("section_id", sa.String(32), primary_key=True),
    sa.Column("parent_id", sa.String(32)),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("label", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("part", sa.String(16), nullable=False),
    sa.Column("period_start", sa.String(10)),
    sa.Column("period_end", sa.String(10)),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
)

indicators = sa.Table(
    "indicators",
    metadata,
    sa.Column("record_id", sa.String(32), primary_key=True),
    sa.Column("document_id", sa.String(32), nullable=False),
    sa.Column("document_version", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("code", sa.String(40)),
    sa.Column("value", sa.Text, comment="exact decimal"),
    sa.Column("number", sa.Float(53), comment="the value for arithmetic"),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("value_text", sa.Text, nullable=False),
    sa.Column("bound", sa.String(12), nullable=False),
    sa.Column("measure", sa.String(12), nullable=False),
    sa.Column("compared_with", sa.Text),
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("period_start", sa.String(10)),
    sa.Column("period_end", sa.String(10)),
    sa.Column("area_code", sa.String(12), comment="only when it is not the document's own"),
    sa.Column("area_name", sa.Text),
    sa.Column("subject", sa.Text),
    sa.Column("section_id", sa.String(32), nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("sentence_start", sa.Integer, nullable=False),
    sa.Column("sentence_end", sa.Integer, nullable=False),
    sa.Column("name_start", sa.Integer),
    sa.Column("name_end", sa.Integer),
    sa.Column("rule", sa.String(40), nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Index("ix_indicators_document_id_document_version", "document_id", "document_version"),
    sa.Index("ix_indicators_code", "code"),
)


def open_database(url: str, *, wait: float = 30.0) -> Engine:
    """Connect, bring the schema up to date, and return the engine.

    Args:
        url: ``sqlite:///PATH`` (its folder is made) or ``postgresql+psycopg://…``.
        wait: seconds a statement waits for another writer of a SQLite file.

    Raises:
        Misconfigured: the address is wrong, the file cannot be written, or the server is down.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            engine = _open_sqlite(url, wait)
        else:
            if parsed.drivername == "postgresql":
                parsed = parsed.set(drivername="postgresql+psycopg")
            engine = sa.create_engine(
                parsed, pool_pre_ping=True, connect_args={"connect_timeout": 5, "application_name": "gongbao"}
            )
    except (ArgumentError, NoSuchModuleError) as error:
        raise Misconfigured(
            "bad_address",
            f"{_shown(url)} is no database address ({error}); "
            "write sqlite:///PATH or postgresql+psycopg://user:password@host/name in GONGBAO_DATABASE_URL",
        ) from error
    try:
        _migrate(engine)
    except SQLAlchemyError as error:
        raise _unreachable(url, error) from error
    except OSError as error:
        raise Misconfigured(
            "database_not_writable", f"{_shown(url)} cannot be made ({error.strerror}); name another place"
        ) from error
    return engine


def _open_sqlite(url: str, wait: float) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Misconfigured(
                "database_not_writable",
                f"{path} cannot be made ({error.strerror}); make its folder writable or name another place",
            ) from error
    engine = sa.create_engine(url, connect_args={"timeout": wait})

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves: see below
        cursor = connection.cursor()
        _write_ahead(cursor, wait)  # readers (status, export) do not stop the writer
        cursor.execute("PRAGMA synchronous=FULL")  # what the ledger says is on disk
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # a writer takes the lock at once: a read that turns into a write would fail instead of waiting
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _write_ahead(cursor: sqlite3.Cursor, wait: float) -> None:
    """Say how a file keeps its journal; a new file that several processes open at once is changed by one of them.

    SQLite does not wait for the others here, as it does everywhere else: a connection that changes the
    journal holds a lock already, and two that waited for each other would do so for ever.
    """
    end = time.monotonic() + wait
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


def _migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        if sa.inspect(connection).has_table("alembic_version"):
            version = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
            if version == HEAD:
                return
            if version is not None and version > HEAD:
                raise Misconfigured(
                    "database_too_new",
                    f"{_shown(str(engine.url))} was made by a newer Gongbao (schema {version}, this one knows {HEAD}); "
                    "install that version",
                )
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resources.files("workers") / "migrations"))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":  # several workers start at once: one migrates, the rest wait
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(71240)"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _shown(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return repr(url)


def _unreachable(url: str, error: SQLAlchemyError) -> GongbaoError:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    said = (str(cause).strip().splitlines() or [type(cause).__name__])[0]
    return Misconfigured(
        "database_unreachable", f"the database {_shown(url)} cannot be used ({said}); {_advice(url, said)}"
    )


def _advice(url: str, said: str) -> str:
    """What to do about it: a server is started, a file is something else."""
    if not url.startswith("sqlite"):
        return "start it, or set GONGBAO_DATABASE_URL"
    if "full" in said:
        return "free space on its disk"
    if "locked" in said:
        return "another program holds it; end that one, or try again when it is done"
    if "readonly" in said or "unable to open" in said:
        return "make the file and its folder writable, or name another place"
    return "it was not made by Gongbao, or is damaged; move it away, or name another place"


def _said_by_server(error: DatabaseError) -> str:
    """Its words when it is gone, full or damaged; what our own statements did wrong is raised as it is."""
    if not isinstance(error, OperationalError) and type(error) is not DatabaseError:
        raise error
    return str(error.orig or error).strip().splitlines()[0]


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes.

    Raises:
        Transient: the database is gone, full, locked or damaged; nothing was written then.

    A SQLite file that another process has locked is tried again by SQLite itself for the time the
    engine was opened with.
    """
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection
    except DatabaseError as error:
        said = _said_by_server(error)
        full = "full" in said or "No space" in said
        raise Transient(
            "database_full" if full else "database_unreachable",
            f"the database {_shown(str(engine.url))} did not take the change ({said}); "
            + ("free space on its disk" if full else _advice(str(engine.url), said)),
        ) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection to read from.

    Raises:
        Transient: the database is gone or damaged.
    """
    try:
        with engine.connect() as connection:
            yield connection
    except DatabaseError as error:
        said = _said_by_server(error)
        raise Transient(
            "database_unreachable",
            f"the database {_shown(str(engine.url))} cannot be read ({said}); {_advice(str(engine.url), said)}",
        ) from error


def upsert(table: sa.Table, rows: dict[str, Any], connection: Connection) -> None:
    """Insert one row, or change the row with the same primary key."""
    module = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = module.insert(table).values(rows)
    keys = [column.name for column in table.primary_key]
    changes = {name: statement.excluded[name] for name in rows if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes))
