"""Ledger and records on SQLite and on PostgreSQL: one schema, the same sentences hold."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from schemas.record import DocumentRecord, ProducedBy
from tasks.emit import make_record
from tasks.errors import Misconfigured, Transient
from tests import made
from tests.servers import ROOT, free_port
from tests.unit import test_ledger as sentences
from workers.database import HEAD, indicators, metadata, open_database, reading, records, sections, transaction
from workers.ledger import Ledger
from workers.records import RecordStore
from workers.stores import FolderArtefacts

pytestmark = pytest.mark.postgres

TEXT = "全年实现工业总产值178亿元，财政收入3.2亿元。"

# what the unit tests say of the ledger is said here of both databases
clock = sentences.clock
globals().update({name: test for name, test in vars(sentences).items() if name.startswith("test_")})


@pytest.fixture
def engine(database: str) -> Iterator[sa.Engine]:
    opened = open_database(database)
    yield opened
    opened.dispose()


@pytest.fixture
def ledger(engine: sa.Engine, tmp_path: Path, clock: sentences.Clock) -> Ledger:
    store = FolderArtefacts(tmp_path / "artefacts", fsync=False)
    return Ledger(engine, store, RecordStore(engine), signature="now", deliveries=3, now=clock)


def _record(text: str = TEXT, *, latest: tuple[int, str] | None = None) -> DocumentRecord:
    document = made.extracted(text, made.finding(text, "178亿元"))
    return make_record(document, latest=latest, produced_by=ProducedBy(version="0", stages={}))


def test_the_migrations_make_exactly_the_tables_of_the_code(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == HEAD


_OPENS = """
import sys
from workers.database import open_database
print("ready", flush=True)
sys.stdin.readline()
open_database(sys.argv[1]).dispose()
"""


def test_many_processes_may_open_an_empty_database_at_once(database: str) -> None:
    """Workers of one machine start together; only one of them makes the tables."""
    with ExitStack() as ends:
        started = [
            ends.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", _OPENS, database],
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(6)
        ]
        for one in started:
            assert one.stdout is not None
            assert one.stdout.readline() == "ready\n"
        for one in started:
            assert one.stdin is not None
            one.stdin.write("\n")
            one.stdin.flush()
        said = [one.communicate(timeout=60)[1] for one in started]
    assert [one.returncode for one in started] == [0] * 6, said
    opened = open_database(database)
    assert sa.inspect(opened).has_table("documents")
    opened.dispose()


def test_of_two_workers_that_end_the_same_stage_one_goes_on(ledger: Ledger) -> None:
    ticket = sentences.take_in(ledger)
    ledger.begin(ticket)
    digest = "sha256:" + "b" * 64

    def finish(_: int) -> bool:
        following, _further = ledger.finish(ticket, digest, next_stage="clean")
        return following is not None

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(finish, range(6))) == [False] * 5 + [True]


def test_a_count_of_deliveries_is_exact_however_many_workers_start_at_once(ledger: Ledger) -> None:
    ticket = sentences.take_in(ledger)
    with ThreadPoolExecutor(6) as pool:
        began = list(pool.map(lambda _: ledger.begin(ticket), range(6)))
    assert sum(began) == 3
    assert ledger.failures()[0].reason == "kills_worker"


def test_a_record_written_twice_leaves_the_rows_of_once(engine: sa.Engine) -> None:
    store = RecordStore(engine)
    record = _record()
    for _ in range(2):
        with transaction(engine) as connection:
            store.write(record, connection)
    assert store.read(record.document_id) == record
    assert store.latest(record.document_id) == (1, record.text_digest)
    assert store.owner_of(record.indicators[0].record_id) == (record.document_id, 1)
    with engine.connect() as connection:
        counted = [
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar()
            for table in (records, sections, indicators)
        ]
        row = connection.execute(sa.select(indicators)).one()
    assert counted == [1, 1, 1]
    assert (row.name, row.value, row.number, row.unit) == ("工业总产值", "17800000000", 17_800_000_000.0, "元")


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(engine: sa.Engine) -> None:
    store = RecordStore(engine)
    first = _record()
    second = _record(TEXT + "新增就业1200人。", latest=(1, first.text_digest))
    with transaction(engine) as connection:
        store.write(first, connection)
        store.write(second, connection)
    assert second.version == 2
    assert store.read(first.document_id) == second
    assert store.read(first.document_id, 1) == first
    assert list(store.newest()) == [second]
    assert list(store.newest(["0" * 32])) == []


def test_a_transaction_that_breaks_writes_no_record(engine: sa.Engine) -> None:
    store = RecordStore(engine)
    record = _record()

    def broken() -> None:
        with transaction(engine) as connection:
            store.write(record, connection)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert store.read(record.document_id) is None


def test_the_record_comes_back_from_the_database_byte_for_byte(engine: sa.Engine) -> None:
    store = RecordStore(engine)
    record = _record()
    with transaction(engine) as connection:
        store.write(record, connection)
    with reading(engine) as connection:
        kept = connection.execute(sa.select(records.c.record)).scalar()
    assert kept is not None
    assert kept.encode() == record.to_bytes()


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    url = f"postgresql+psycopg://gongbao:secret@127.0.0.1:{free_port()}/gongbao"
    with pytest.raises(Misconfigured) as error:
        open_database(url)
    assert error.value.reason == "database_unreachable"
    assert "secret" not in error.value.message
    assert "start it, or set GONGBAO_DATABASE_URL" in error.value.message
    assert "\n" not in error.value.message


def test_a_wrong_password_is_one_clear_sentence(postgres: str) -> None:
    with pytest.raises(Misconfigured, match="password authentication failed") as error:
        open_database(postgres.replace("a-password", "another") + "/postgres")
    assert "\n" not in error.value.message


def test_a_database_that_goes_away_is_transient_and_comes_back(postgres: str, tmp_path: Path) -> None:
    from tests.servers import cut_off, new_database

    with cut_off(new_database(postgres)) as (address, line):
        engine = open_database(address)
        ledger = Ledger(engine, FolderArtefacts(tmp_path), RecordStore(engine), signature="now")
        ticket = sentences.take_in(ledger)
        line.cut()
        with pytest.raises(Transient, match=r"cannot be read|did not take the change"):
            ledger.begin(ticket)
        line.mend()
        assert ledger.begin(ticket)
        engine.dispose()
