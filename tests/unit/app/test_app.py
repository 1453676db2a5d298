"""The Celery app: what stands in its settings, and what becomes of errors. No server is needed."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from celery.beat import SchedulingError
from celery.exceptions import SoftTimeLimitExceeded, TimeLimitExceeded
from celery.schedules import crontab
from hypothesis import given
from hypothesis import strategies as st
from kombu.transport.redis import Channel, QoS
from kombu.utils.json import dumps, loads
from redbeat import RedBeatScheduler
from redis.exceptions import LockNotOwnedError, RedisError

from schemas.ticket import Ticket
from tasks.chain import CHAIN, STAGES
from tasks.errors import Misconfigured, Transient, Unprocessable
from tests.journeys import settings_for
from workers.app import make_app, send, wait_before
from workers.celery_settings import CRAWL, celery_settings, task_name, transport_options
from workers.schedule import SourceScheduler, schedule_of
from workers.settings import Settings, Stages, read_settings
from workers.transport import PatientQoS

URL = "http://127.0.0.1:9/report.html"


@pytest.fixture
def settings(root: Path, tmp_path: Path) -> Settings:
    found = settings_for(tmp_path, root)
    return found.model_copy(update={"broker": found.broker.model_copy(update={"url": "memory://"})})


@pytest.fixture
def app(settings: Settings) -> Iterator[Any]:
    made = make_app(settings)
    yield made
    made.hands.assembly.close()
    made.close()


class Sent:
    """What the app would have put on the broker, instead of doing so."""

    def __init__(self, app: Any, patch: pytest.MonkeyPatch) -> None:
        self.messages: list[dict[str, Any]] = []
        patch.setattr(app.amqp, "send_task_message", self._keep)

    def _keep(self, producer: Any, name: str, message: Any, **options: Any) -> None:
        self.messages.append({"name": name, "message": message, **options})


@pytest.fixture
def sent(app: Any, monkeypatch: pytest.MonkeyPatch) -> Sent:
    return Sent(app, monkeypatch)


def carry(app: Any, ticket: Ticket, *, stage: str | None = None, **options: Any) -> Any:
    """Do a stage's task as a worker would; its return value, or what it raised."""
    task = app.tasks[task_name(stage or ticket.stage)]
    task.push_request(
        id="t1",
        args=[ticket.model_dump(mode="json")],
        kwargs=options,
        retries=0,
        called_directly=False,
        chain=[{"task": "next"}],
        delivery_info={"exchange": "", "routing_key": "clean"},
    )
    try:
        return task.run(ticket.model_dump(mode="json"), **options), task.request.chain
    finally:
        task.pop_request()


def fake_stage(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException) -> None:
    """A stage that raises this."""

    def work(*_: Any) -> Any:
        raise error

    monkeypatch.setitem(STAGES, name, replace(STAGES[name], work=work))


def test_there_is_one_task_for_each_stage_with_its_limits_and_its_queue(app: Any, settings: Settings) -> None:
    for stage in CHAIN:
        block = settings.stages.of(stage.name)
        task = app.tasks[f"gongbao.{stage.name}"]
        assert (task.soft_time_limit, task.time_limit) == (block.soft_time_limit, block.hard_time_limit)
        assert app.amqp.router.route({}, task.name)["queue"].name == block.queue
        assert task.max_retries is not None
        assert (task.acks_late, task.reject_on_worker_lost, task.retry_on_worker_lost) == (True, True, True)
    assert {queue.name for queue in app.conf.task_queues} == {block.queue for block in map(settings.stages.of, STAGES)}


def test_the_visibility_timeout_is_the_same_in_all_three_places(app: Any, settings: Settings) -> None:
    places = (
        app.conf.broker_transport_options["visibility_timeout"],
        app.conf.result_backend_transport_options["visibility_timeout"],
        app.conf.visibility_timeout,
    )
    assert places == (settings.broker.visibility_timeout,) * 3
    for name in Stages.model_fields:
        block = settings.stages.of(name)
        assert places[0] > 2 * (block.hard_time_limit + block.longest_wait)


def test_every_option_is_one_that_this_kombu_and_this_celery_know(settings: Settings) -> None:
    """A misspelt option does nothing, and nobody would notice."""
    from celery.app.defaults import NAMESPACES, flatten
    from kombu.transport.redis import Channel

    assert set(transport_options(settings)) <= set(Channel.from_transport_options)
    known = {name for name, _ in flatten(NAMESPACES)}
    ours = {name for name in celery_settings(settings) if not name.startswith("redbeat_")}
    assert ours - known == {"visibility_timeout"}


def test_nothing_but_json_is_taken(app: Any) -> None:
    assert list(app.conf.accept_content) == ["json"]
    assert app.conf.task_serializer == "json"
    assert app.conf.task_ignore_result is True


def test_a_ticket_from_the_middle_goes_on_to_the_end(app: Any, sent: Sent) -> None:
    ticket = Ticket(document_id="0" * 32, stage="segment", artefact="sha256:" + "0" * 64, run=7)
    send(ticket, app)
    (message,) = sent.messages
    assert message["name"] == "gongbao.segment"
    args, _, embedded = message["message"].body
    assert list(args) == [ticket.model_dump(mode="json")]
    assert loads(dumps(args[0])) == ticket.model_dump(mode="json")
    assert [one["task"] for one in reversed(embedded["chain"])] == ["gongbao.extract", "gongbao.emit"]


@given(
    document=st.text("0123456789abcdef", min_size=32, max_size=32),
    stage=st.sampled_from(sorted(STAGES)),
    run=st.integers(1, 10**9),
)
def test_every_ticket_is_under_one_kilobyte(document: str, stage: str, run: int) -> None:
    assert len(Ticket(document_id=document, stage=stage, artefact="sha256:" + "f" * 64, run=run).to_bytes()) < 1024


@given(tried=st.integers(1, 10_000), asked=st.none() | st.floats(0, 1e9))
def test_waits_double_keep_to_what_the_server_asks_and_never_pass_the_longest(tried: int, asked: float | None) -> None:
    block = read_settings(Path(__file__).parents[3] / "config", {}).stages.fetch
    wait = wait_before(block, tried, asked)
    assert wait <= block.longest_wait
    assert wait >= min(block.backoff * 2 ** min(tried - 1, 20), block.longest_wait)
    assert wait >= min(asked or 0, block.longest_wait)
    assert wait_before(block, tried + 1, asked) >= wait


def test_a_transient_error_waits_and_the_last_one_sets_aside(
    app: Any, sent: Sent, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from celery.exceptions import Retry

    fake_stage(monkeypatch, "fetch", Transient("server_error", "the site is down", retry_after=45))
    ledger = app.hands.assembly.ledger
    ticket = ledger.take_in(URL)
    for tried in range(1, settings.stages.fetch.attempts):
        with pytest.raises(Retry) as caught:
            carry(app, ticket)
        assert caught.value.when == wait_before(settings.stages.fetch, tried, 45)
        assert (ledger.standing(ticket.document_id).state, ledger.attempts(ticket)) == ("waiting", tried)
        again = sent.messages[-1]["message"]
        assert again.headers["retries"] == 0  # Celery's own count is kept for losses of processes
        assert again.body[2]["chain"] == [{"task": "next"}]
    assert carry(app, ticket) == (None, None)
    assert ledger.failures()[0].reason == "server_error"
    assert ledger.failures()[0].attempts == settings.stages.fetch.attempts


@pytest.mark.parametrize("reason", ["store_unreachable", "store_full", "records_not_writable"])
def test_faults_of_our_own_servers_set_no_document_aside(
    app: Any, sent: Sent, settings: Settings, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    from celery.exceptions import Retry

    fake_stage(monkeypatch, "fetch", Transient(reason, "the store is down"))
    ticket = app.hands.assembly.ledger.take_in(URL)
    for _ in range(settings.stages.fetch.attempts + 3):
        with pytest.raises(Retry):
            carry(app, ticket)
    assert app.hands.assembly.ledger.standing(ticket.document_id).state == "waiting"
    assert app.hands.assembly.ledger.standing(ticket.document_id).deliveries == 0


def test_a_misconfiguration_is_told_once_and_the_document_waits(
    app: Any, sent: Sent, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from celery.exceptions import Retry

    fake_stage(monkeypatch, "fetch", Misconfigured("missing_vocabulary", "units.toml cannot be read"))
    ticket = app.hands.assembly.ledger.take_in(URL)
    for _ in range(3):
        with pytest.raises(Retry) as caught:
            carry(app, ticket)
        assert caught.value.when == settings.stages.fetch.longest_wait
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == ["units.toml cannot be read"]
    assert app.hands.assembly.ledger.standing(ticket.document_id).state == "waiting"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Unprocessable("not_found", "there is no such page"), "not_found"),
        (SoftTimeLimitExceeded(), "timed_out_working"),
        (ZeroDivisionError("division by zero"), "internal_error"),
        (MemoryError(), "internal_error"),
    ],
)
def test_what_ends_a_journey_drops_the_rest_of_the_chain(
    app: Any, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    fake_stage(monkeypatch, "fetch", error)
    ticket = app.hands.assembly.ledger.take_in(URL)
    assert carry(app, ticket) == (None, None)
    (failure,) = app.hands.assembly.ledger.failures()
    assert failure.reason == reason
    assert failure.artefact == ticket.artefact


def test_a_ticket_out_of_date_ends_quietly(app: Any) -> None:
    ticket = app.hands.assembly.ledger.take_in(URL)
    assert carry(app, ticket.evolve(run=9)) == (None, None)
    assert app.hands.assembly.ledger.standing(ticket.document_id).state == "waiting"


def test_the_hard_limit_is_written_down_by_the_main_process(app: Any) -> None:
    ticket = app.hands.assembly.ledger.take_in(URL)
    app.hands.assembly.ledger.begin(ticket)
    task = app.tasks["gongbao.fetch"]
    task.on_failure(ZeroDivisionError(), "t1", [ticket.model_dump(mode="json")], {}, None)
    assert not app.hands.assembly.ledger.failures()
    task.on_failure(TimeLimitExceeded(210), "t1", [ticket.model_dump(mode="json")], {}, None)
    (failure,) = app.hands.assembly.ledger.failures()
    assert (failure.reason, failure.stage) == ("timed_out_working", "fetch")
    assert "more than 210 s" in failure.message


def test_a_broker_that_refuses_the_next_try_gets_the_message_back(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from celery.exceptions import Reject

    def gone(*_: Any, **__: Any) -> None:
        raise ConnectionError

    fake_stage(monkeypatch, "fetch", Transient("timed_out", "no answer"))
    monkeypatch.setattr(app.amqp, "send_task_message", gone)
    ticket = app.hands.assembly.ledger.take_in(URL)
    with pytest.raises(Reject) as caught:
        carry(app, ticket)
    assert caught.value.requeue is True


def test_the_schedule_visits_enabled_sources_and_names_malformed_ones(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "config"
    (folder / "sources").mkdir(parents=True)
    listing = '\n[[listings]]\nurl = "http://127.0.0.1:9/zfgzbg/"\n'
    for name, text in {
        "daily": 'title = "一"\nschedule = "30 6 * * 1-5"' + listing,
        "hourly": 'title = "二"\nschedule = 3600' + listing,
        "off": 'title = "三"\nenabled = false' + listing,
        "odd": 'title = "四"\nschedul = 3600' + listing,
    }.items():
        (folder / "sources" / f"{name}.toml").write_text(text, encoding="utf-8")
    found = schedule_of(settings.model_copy(update={"folder": folder}))
    crawls = {name: entry["schedule"] for name, entry in found.items() if entry["task"] == CRAWL}
    assert crawls == {
        "crawl daily": crontab(minute="30", hour="6", day_of_week="1-5"),
        "crawl hourly": timedelta(hours=1),
    }
    (told,) = [record.message for record in caplog.records]
    assert "odd.toml: unknown key schedul; did you mean schedule?" in told
    assert found["reconcile"]["schedule"] == timedelta(seconds=settings.schedule.reconcile_every)


def test_importing_what_celery_finds_reads_and_opens_nothing() -> None:
    import subprocess
    import sys

    code = (
        "import os; os.environ['GONGBAO_CONFIG'] = '/no/such/folder'\n"
        "import workers.main as main\n"
        "try:\n    main.app\nexcept SystemExit as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("gongbao: /no/such/folder/settings.toml cannot be read (")


def test_a_beat_whose_lock_another_has_taken_stands_by_and_says_so_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = iter([False, False, True])

    class Lock:
        def acquire(self, *, blocking: bool) -> bool:
            assert not blocking
            return next(taken)

    def run_out(*_: object) -> float:
        raise LockNotOwnedError("the lock is another's")

    beat = SourceScheduler.__new__(SourceScheduler)
    beat.lock, beat.max_interval = Lock(), 5
    monkeypatch.setattr(RedBeatScheduler, "tick", run_out)
    assert [beat.tick() for _ in range(3)] == [5.0, 5.0, 0.0]
    assert caplog.text.count("stands by") == 1


@pytest.mark.parametrize("fault", [SchedulingError("Couldn't apply\nError 111 connecting"), RedisError("Error 111")])
def test_a_broker_that_goes_away_while_a_task_is_sent_is_told_in_one_line(
    fault: Exception, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise fault

    entry = SimpleNamespace(name="reconcile", task="gongbao.reconcile", is_due=lambda: (True, 7.5))
    beat = SourceScheduler.__new__(SourceScheduler)
    monkeypatch.setattr(SourceScheduler, "apply_async", away)
    assert beat.maybe_due(entry, producer=None) == 7.5
    (said,) = (one for one in caplog.records if one.levelname == "ERROR")
    assert said.getMessage().startswith("the broker does not answer (Error 111")
    assert said.getMessage().endswith("; reconcile is sent at its next turn")
    assert said.exc_info is None


def test_beat_ends_after_a_look_and_not_within_it(monkeypatch: pytest.MonkeyPatch) -> None:
    done = []

    def look(*_: object) -> float:
        signal.raise_signal(signal.SIGTERM)
        done.append("the exchange that was going on")
        return 1.0

    beat = SourceScheduler.__new__(SourceScheduler)
    monkeypatch.setattr(RedBeatScheduler, "tick", look)
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGTERM, signal.SIGINT)}
    try:
        beat._end_between_looks()
        with pytest.raises(SystemExit):
            beat.tick()
        assert done == ["the exchange that was going on"]
        with pytest.raises(SystemExit):  # asleep between two looks
            signal.raise_signal(signal.SIGINT)
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


@pytest.mark.parametrize("transport", [None, SimpleNamespace(client=None)])
def test_a_channel_that_has_lost_its_address_is_closed_without_an_error(app: Any, transport: object) -> None:
    """Every channel that an app opens is of this kind; kombu's own raises AttributeError here."""

    def holding(kind: type[QoS]) -> QoS:
        channel = Channel.__new__(Channel)
        channel.connection, channel._pool = transport, None
        held = kind(channel)
        held._delivered["a tag"] = object()
        return held

    assert Channel.QoS is PatientQoS
    held = holding(PatientQoS)
    held.restore_unacked_once()
    held.restore_unacked_once()
    assert not held._delivered
    with pytest.raises(AttributeError):
        holding(QoS).restore_unacked_once()
