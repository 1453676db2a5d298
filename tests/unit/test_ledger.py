"""The ledger: every document is at any moment exactly one thing, and nothing vanishes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from schemas.failure import Failure
from schemas.page import Cover, PageRequest
from schemas.ticket import Ticket
from tasks.errors import GongbaoError, Transient, Unprocessable
from tasks.text.ids import document_id_of
from workers.database import open_database
from workers.ledger import STATES, Filter, Ledger
from workers.records import RecordStore
from workers.stores import FolderArtefacts

URL = "http://qingshi.example/report.html"
DIGEST = "sha256:" + "a" * 64


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    engine = open_database(f"sqlite:///{tmp_path}/ledger.sqlite")
    store = FolderArtefacts(tmp_path / "artefacts", fsync=False)
    yield Ledger(engine, store, RecordStore(engine), signature="now", deliveries=3, now=clock)
    engine.dispose()


def take_in(ledger: Ledger, url: str = URL) -> Ticket:
    ticket = ledger.take_in(url)
    assert ticket is not None
    return ticket


def state(ledger: Ledger, url: str = URL) -> tuple[str, str]:
    row = ledger.standing(document_id_of(url))
    assert row is not None
    return row.stage, row.state


def carry_to_end(ledger: Ledger, ticket: Ticket) -> None:
    for stage in ("clean", "normalise", "segment", "extract", "emit", None):
        assert ledger.begin(ticket)
        following, _ = ledger.finish(
            ticket, DIGEST, next_stage=stage, validators=('"v1"', None, DIGEST) if ticket.stage == "fetch" else None
        )
        if following is not None:
            ticket = following


def test_a_url_taken_in_waits_for_fetch(ledger: Ledger) -> None:
    ticket = take_in(ledger)
    assert ticket.stage == "fetch"
    assert state(ledger) == ("fetch", "waiting")


def test_a_url_on_its_way_is_not_taken_in_again(ledger: Ledger) -> None:
    ticket = take_in(ledger)
    assert ledger.take_in("HTTP://Qingshi.example:80/report.html#top") is None
    ledger.begin(ticket)
    assert ledger.take_in(URL) is None
    assert len(ledger.find(Filter())) == 1


def test_a_listing_that_names_a_known_page_does_not_take_it_in_again(ledger: Ledger) -> None:
    carry_to_end(ledger, take_in(ledger))
    assert ledger.take_in(URL, only_new=True) is None
    assert ledger.take_in(URL) is not None


def test_the_journey_ends_done_and_its_validators_are_asked_with_next_time(ledger: Ledger) -> None:
    carry_to_end(ledger, take_in(ledger))
    assert state(ledger) == ("emit", "done")
    again = take_in(ledger)
    request = PageRequest.from_bytes(ledger._store.get(again.artefact))
    assert (request.etag, request.known_digest) == ('"v1"', DIGEST)
    assert again.run == 2


def test_after_new_software_a_page_is_fetched_without_asking_whether_it_changed(ledger: Ledger) -> None:
    carry_to_end(ledger, take_in(ledger))
    ledger._signature = "newer"
    request = PageRequest.from_bytes(ledger._store.get(take_in(ledger).artefact))
    assert (request.etag, request.known_digest) == (None, None)


def test_a_ticket_that_arrives_twice_ends_a_stage_once(ledger: Ledger) -> None:
    ticket = take_in(ledger)
    assert ledger.begin(ticket)
    assert ledger.begin(ticket), "a redelivery may start while the first still runs"
    following, _ = ledger.finish(ticket, DIGEST, next_stage="clean")
    assert following is not None
    assert ledger.finish(ticket, DIGEST, next_stage="clean") == (None, [])
    assert not ledger.begin(ticket)
    assert state(ledger) == ("clean", "waiting")


def test_a_ticket_of_an_older_run_is_out_of_date(ledger: Ledger) -> None:
    old = take_in(ledger)
    carry_to_end(ledger, old)
    take_in(ledger)
    assert not ledger.begin(old)
    ledger.set_aside(old, Unprocessable("late", "an old worker reports"))
    assert state(ledger) == ("fetch", "waiting")


def test_a_ticket_of_an_unknown_document_is_passed_over(ledger: Ledger) -> None:
    assert not ledger.begin(Ticket(document_id="f" * 32, stage="clean", artefact=DIGEST))


def test_after_three_deliveries_without_an_end_a_document_is_set_aside(ledger: Ledger) -> None:
    ticket = take_in(ledger)
    assert [ledger.begin(ticket) for _ in range(4)] == [True, True, True, False]
    assert state(ledger) == ("fetch", "set_aside")
    (failure,) = ledger.failures()
    assert failure.reason == "kills_worker"
    assert failure.attempts == 3
    assert failure.artefact == ticket.artefact
    assert URL in failure.message


def test_an_error_that_the_worker_lives_to_tell_clears_the_count_of_deliveries(ledger: Ledger) -> None:
    ticket = take_in(ledger)
    for _ in range(5):
        assert ledger.begin(ticket)
        ledger.try_later(ticket, Transient("timed_out", f"{URL} did not answer"), 30)
    row = ledger.standing(ticket.document_id)
    assert row is not None
    assert (row.state, row.attempts, row.deliveries, row.reason) == ("waiting", 5, 0, "timed_out")


def test_a_failure_keeps_reason_sentence_and_evidence(ledger: Ledger, clock: Clock) -> None:
    ticket = take_in(ledger)
    ledger.begin(ticket)
    clock.pass_by(minutes=1)
    ledger.set_aside(ticket, Unprocessable("not_found", f"{URL} answers 404; check the address"))
    (failure,) = ledger.failures(Filter(reason="not_found"))
    assert failure == Failure(
        document_id=ticket.document_id,
        url=URL,
        stage="fetch",
        reason="not_found",
        message=f"{URL} answers 404; check the address",
        attempts=1,
        first_at=datetime(2026, 1, 5, 8, 0, tzinfo=UTC),
        last_at=datetime(2026, 1, 5, 8, 1, tzinfo=UTC),
        artefact=ticket.artefact,
    )


def test_what_was_set_aside_can_be_put_back_before_the_stage_it_failed_in(ledger: Ledger) -> None:
    ticket = take_in(ledger)
    ledger.begin(ticket)
    following, _ = ledger.finish(ticket, DIGEST, next_stage="clean")
    assert following is not None
    ledger.begin(following)
    ledger.set_aside(following, Unprocessable("challenge_page", "a challenge"))
    (back,) = ledger.put_back(Filter(reason="challenge_page"))
    assert (back.stage, back.artefact, back.run) == ("clean", DIGEST, 2)
    assert ledger.failures() == []
    assert ledger.begin(back)


def test_replay_starts_from_what_a_stage_took_and_names_those_that_never_came_so_far(ledger: Ledger) -> None:
    carry_to_end(ledger, take_in(ledger))
    other = take_in(ledger, "http://qingshi.example/other.html")
    tickets, without = ledger.replay("segment", Filter())
    assert [t.stage for t in tickets] == ["segment"]
    assert [row.document_id for row in without] == [other.document_id]


def test_a_lost_ticket_is_found_once_per_interval(ledger: Ledger, clock: Clock) -> None:
    ticket = take_in(ledger)
    hour = timedelta(hours=1)
    assert ledger.lost(hour) == []
    clock.pass_by(hours=2)
    assert ledger.lost(hour) == [ticket]
    assert ledger.lost(hour) == []


def test_a_document_that_waits_for_its_next_try_is_not_lost(ledger: Ledger, clock: Clock) -> None:
    ticket = take_in(ledger)
    ledger.begin(ticket)
    ledger.try_later(ticket, Transient("rate_limited", "later"), 3 * 3600)
    clock.pass_by(hours=2)
    assert ledger.lost(timedelta(hours=1)) == []
    clock.pass_by(hours=2.5)
    assert ledger.lost(timedelta(hours=1)) == [ticket]


def test_attachments_are_taken_in_with_the_same_transaction_as_their_page(ledger: Ledger) -> None:
    ticket = take_in(ledger)
    ledger.begin(ticket)
    url = "http://qingshi.example/report.docx"
    cover = Cover(document_id=ticket.document_id, url=URL, title="报告")
    request = PageRequest(document_id=document_id_of(url), url=url, cover=cover)
    _, (further,) = ledger.finish(ticket, DIGEST, next_stage="clean", attachments=[request])
    row = ledger.standing(further.document_id)
    assert row is not None
    assert row.parent_id == ticket.document_id
    carry_to_end(ledger, further)
    again = ledger.take_in(url)
    assert again is not None
    assert PageRequest.from_bytes(ledger._store.get(again.artefact)).cover == cover


def test_a_transaction_that_breaks_leaves_nothing_behind(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = take_in(ledger)
    ledger.begin(ticket)
    before = ledger.standing(ticket.document_id)

    def fail(*_: object) -> None:
        raise GongbaoError("broken", "the plug was pulled")

    monkeypatch.setattr(ledger, "_tell", fail)
    with pytest.raises(GongbaoError):
        ledger.finish(ticket, DIGEST, next_stage="clean")
    assert ledger.standing(ticket.document_id) == before
    assert ledger.artefact_of(ticket.document_id, "clean") is None


def test_the_history_tells_what_happened_in_order(ledger: Ledger) -> None:
    ticket = take_in(ledger)
    ledger.begin(ticket)
    ledger.try_later(ticket, Transient("timed_out", "late"), 1)
    ledger.begin(ticket)
    ledger.unchanged(ticket)
    whats = [event.what for event in ledger.history(ticket.document_id)]
    assert whats == ["taken_in", "started", "try_later", "started", "unchanged"]
    assert state(ledger) == ("fetch", "unchanged")


@pytest.mark.parametrize(
    ("text", "found"), [(URL, 1), ("report", 1), ("qingshi.example", 2), ("%", 0), ("nowhere", 0), (None, 2)]
)
def test_a_filter_takes_an_id_a_url_or_a_part_of_one(ledger: Ledger, text: str | None, found: int) -> None:
    take_in(ledger)
    take_in(ledger, "http://qingshi.example/list")
    assert len(ledger.find(Filter(text=text))) == found


class AnyOrder(RuleBasedStateMachine):
    """Whatever tickets arrive, in whatever order and number, every document stays exactly one thing."""

    tickets = Bundle("tickets")

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.engine = open_database(f"sqlite:///{self.folder.name}/ledger.sqlite")
        store = FolderArtefacts(Path(self.folder.name) / "artefacts", fsync=False)
        self.ledger = Ledger(self.engine, store, RecordStore(self.engine), signature="now", now=self.clock)
        self.taken: set[str] = set()

    @rule(target=tickets, n=st.integers(0, 2))
    def take_in(self, n: int) -> Ticket:
        url = f"http://qingshi.example/{n}"
        self.taken.add(document_id_of(url))
        ticket = self.ledger.take_in(url)
        row = self.ledger.standing(document_id_of(url))
        assert row is not None
        return ticket or row.ticket

    @rule(ticket=tickets)
    def begin(self, ticket: Ticket) -> None:
        self.ledger.begin(ticket)

    @rule(target=tickets, ticket=tickets, last=st.booleans())
    def finish(self, ticket: Ticket, last: bool) -> Ticket:
        following, _ = self.ledger.finish(ticket, DIGEST, next_stage=None if last else "clean")
        return following or ticket

    @rule(ticket=tickets)
    def fail(self, ticket: Ticket) -> None:
        self.ledger.set_aside(ticket, Unprocessable("not_found", "gone"))

    @rule(ticket=tickets)
    def unchanged(self, ticket: Ticket) -> None:
        self.ledger.unchanged(ticket)

    @rule()
    def reconcile(self) -> None:
        self.clock.pass_by(hours=2)
        self.ledger.lost(timedelta(hours=1))

    @rule()
    def put_back(self) -> None:
        self.ledger.put_back(Filter())

    @invariant()
    def nothing_vanishes(self) -> None:
        rows = self.ledger.find(Filter())
        assert {row.document_id for row in rows} == self.taken
        assert all(row.state in STATES for row in rows)
        aside = {row.document_id for row in rows if row.state == "set_aside"}
        assert {failure.document_id for failure in self.ledger.failures()} == aside

    def teardown(self) -> None:
        self.engine.dispose()
        self.folder.cleanup()


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
