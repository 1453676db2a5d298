"""Servers that go away and come back: nothing is lost, nothing is blamed on a document, and logs stay short."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx
import pytest

from tasks.errors import Transient
from tests.deployment import STAGES, Deployment
from tests.integration.test_chain import PAGE
from tests.servers import Site, cut_off, free_port, new_database, until
from workers.app import make_app, send
from workers.broker import documents_on_broker

pytestmark = [pytest.mark.broker, pytest.mark.postgres]


def _enqueue(whole: Deployment, site: Site, number: int) -> str:
    path = f"/{number}.html"
    site.pages[path] = PAGE.format(year=2000 + number, more="")
    whole.enqueue(site.url(path))
    return site.url(path)


def test_a_database_that_goes_away_holds_up_documents_and_loses_none(
    deploy_once: Callable[..., Deployment], site: Site, postgres: str
) -> None:
    with cut_off(new_database(postgres)) as (address, line):
        whole = deploy_once(database=address)
        workers = whole.workers()
        first = _enqueue(whole, site, 1)
        assert whole.ends(first).state == "done", whole.standing(first).message
        tickets = [whole.assembly.ledger.take_in(site.url(f"/{number}.html")) for number in range(2, 6)]
        for number in range(2, 6):
            site.pages[f"/{number}.html"] = PAGE.format(year=2000 + number, more="")
        whole.assembly.engine.dispose()
        line.cut()
        for ticket in tickets:
            assert ticket is not None
            send(ticket, whole.app)
        until(lambda: "retry" in workers[0].said(), "the worker has met the outage")
        time.sleep(2)
        line.mend()
        for number in range(2, 6):
            found = whole.ends(site.url(f"/{number}.html"))
            assert found.state == "done", found.message
        for worker in workers:
            assert "Traceback" not in worker.said()
            assert worker.said().count("ERROR") <= 2  # said once, not for each ticket and each try
        assert not whole.assembly.ledger.failures()


def test_a_broker_that_goes_away_loses_nothing(
    deploy_once: Callable[..., Deployment], site: Site, one_broker: str
) -> None:
    with cut_off(one_broker) as (address, line):
        whole = deploy_once(changes={"schedule": {"lost_after": 2}})
        whole.environment["GONGBAO_BROKER_URL"] = address
        whole.workers()
        whole.start("beat").says("beat: Starting")
        first = _enqueue(whole, site, 1)
        assert whole.ends(first).state == "done", whole.standing(first).message
        line.cut()
        second = _enqueue(whole, site, 2)  # those who enqueue reach the broker by another way
        time.sleep(2)
        assert whole.standing(second).state == "waiting"
        line.mend()
        assert whole.ends(second).state == "done", whole.standing(second).message
        third = _enqueue(whole, site, 3)
        assert whole.ends(third).state == "done", whole.standing(third).message


def test_a_worker_that_holds_a_ticket_for_later_outlives_a_broker_that_goes_away(
    deploy_once: Callable[..., Deployment], site: Site, one_broker: str
) -> None:
    with cut_off(one_broker) as (address, line):
        whole = deploy_once(
            changes={
                "broker": {"visibility_timeout": 90},
                "stages.fetch": {"backoff": 20.0, "longest_wait": 20.0, "hard_time_limit": 13},
            }
        )
        whole.environment["GONGBAO_BROKER_URL"] = address
        fetch, _ = whole.workers()
        line.cut()
        fetch.says("Cannot connect to")
        line.mend()
        until(lambda: fetch.said().count("Connected to") > 1, "the worker has its broker back")
        refused = f"http://127.0.0.1:{free_port()}/later.html"
        ticket = whole.enqueue(refused)
        until(lambda: whole.standing(refused).next_at, "the ticket waits for its next try")
        until(lambda: fetch.said().count(" received") > 1, "the worker has it in hand")
        line.cut()
        until(lambda: fetch.said().count("Connection to broker lost") > 1, "the broker is gone again")
        time.sleep(1)
        line.mend()
        other = _enqueue(whole, site, 1)
        assert whole.ends(other).state == "done", whole.standing(other).message
        assert fetch.process.poll() is None
        assert "Unrecoverable" not in fetch.said()
        queues = [whole.settings.stages.of(name).queue for name in STAGES]
        assert ticket.document_id in documents_on_broker(whole.app.hands.redis, queues)


def test_beat_outlives_a_broker_that_is_away_for_longer_than_its_lock_lasts(
    deploy_once: Callable[..., Deployment], one_broker: str
) -> None:
    with cut_off(one_broker) as (address, line):
        whole = deploy_once()
        whole.environment["GONGBAO_BROKER_URL"] = address
        beat = whole.start("beat")
        beat.says("Sending due task reconcile")
        line.cut()
        beat.says("the broker does not answer")
        time.sleep(whole.settings.schedule.lock_timeout + 1)
        sent = beat.said().count("Sending due task reconcile")
        line.mend()
        beat.says("Acquired lock again")
        until(lambda: beat.said().count("Sending due task reconcile") > sent, "beat goes on")
        assert "Traceback" not in beat.said()
        assert beat.stop() == 0


@pytest.mark.timeout(60)
def test_whoever_sends_without_a_broker_gets_one_sentence_soon_and_the_document_waits(
    deploy_once: Callable[..., Deployment], site: Site
) -> None:
    whole = deploy_once()
    ticket = whole.assembly.ledger.take_in(site.url("/a.html"))
    assert ticket is not None
    broker = whole.settings.broker.model_copy(update={"url": f"redis://:secret@127.0.0.1:{free_port()}/0"})
    app = make_app(whole.settings.model_copy(update={"broker": broker}))
    with pytest.raises(Transient) as error:
        send(ticket, app)
    assert error.value.reason == "broker_unreachable"
    assert "secret" not in error.value.message
    assert "start it, or set GONGBAO_BROKER_URL" in error.value.message
    assert whole.standing(site.url("/a.html")).state == "waiting"
    app.close()


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("GONGBAO_DATABASE_URL", "postgresql+psycopg://x:secret@127.0.0.1:1/x", "cannot be used"),
        ("GONGBAO_DATABASE_URL", "nonsense", "is no database address"),
        ("GONGBAO_ARTEFACTS_URL", "ftp://x/y", "is no artefact store"),
        ("GONGBAO_ARTEFACTS_URL", "/proc/no/such", "make it writable or name another folder"),
        ("GONGBAO_BROKER_URL", "http://127.0.0.1/", "is no broker address"),
        ("GONGBAO_CONFIG", "/no/such/folder", "settings.toml cannot be read"),
    ],
)
def test_a_worker_that_cannot_work_ends_with_one_sentence(
    deploy_once: Callable[..., Deployment], variable: str, value: str, sentence: str
) -> None:
    whole = deploy_once()
    whole.environment[variable] = value
    worker = whole.start("worker-text")
    assert worker.process.wait(30) == 1
    (said,) = [line for line in worker.said().splitlines() if line.startswith("gongbao: ")]
    assert sentence in said
    assert "secret" not in said
    assert "Traceback" not in worker.said()


def test_workers_on_several_machines_share_postgresql_and_s3(
    deploy_once: Callable[..., Deployment], site: Site, postgres: str, s3: str
) -> None:
    assert httpx.put(f"{s3}/gongbao").status_code == 200
    whole = deploy_once(database=new_database(postgres))
    whole.environment |= {
        "GONGBAO_ARTEFACTS_URL": "s3://gongbao/machines",
        "AWS_ENDPOINT_URL": s3,
        "AWS_ACCESS_KEY_ID": "tests",
        "AWS_SECRET_ACCESS_KEY": "tests",
        "AWS_REGION": "us-east-1",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in whole.environment.items():
            patch.setenv(name, value)
        storage = whole.settings.storage.model_copy(update={"artefacts": "s3://gongbao/machines"})
        settings = whole.settings.model_copy(update={"storage": storage})
        from workers.assembly import Assembly

        whole.assembly = Assembly(settings)
        whole.workers()
        urls = [_enqueue(whole, site, number) for number in range(1, 5)]
        for url in urls:
            assert whole.ends(url).state == "done", whole.standing(url).message
    assert not list((whole.folder / "artefacts").glob("*/*"))
