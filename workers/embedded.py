"""The chain in this process: no broker, no server.

Fetches run side by side in threads, since they wait for others; all else runs in this thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from schemas.record import DocumentRecord
from schemas.ticket import Ticket
from tasks.bench import utc_now
from tasks.chain import CHAIN
from tasks.errors import GongbaoError, Transient
from tasks.text.ids import document_id_of
from workers.assembly import Assembly
from workers.intake import Intake
from workers.journey import Step
from workers.ledger import UNDER_WAY, Standing
from workers.records import write_json

FIRST_STAGE = CHAIN[0].name
#: seconds: a person waits for this run, so a server that asks for more patience has failed
LONGEST_PAUSE = 30.0
#: seconds between two looks at documents that another run has in hand
LOOK_AGAIN = 0.5
#: documents taken in ahead of the work, for each fetching thread
AHEAD = 8


@dataclass
class Outcome:
    """What became of one document.

    Attributes:
        state: ``done``, ``unchanged``, ``set_aside`` or ``waiting`` (a store was not to be reached).
        message: the sentence of the failure.
    """

    url: str
    state: str
    record: DocumentRecord | None = None
    reason: str | None = None
    message: str | None = None


def run_sources(
    intake: Intake, assembly: Assembly, *, started: Callable[[int], None] = lambda _: None
) -> Iterator[Outcome]:
    """Carry every source through the chain and yield what became of it, as each ends.

    Attachments found on the way are carried through too.  A document that an earlier run left half
    way (the plug was pulled) goes on from the stage it had come to.

    Args:
        started: called with the number of documents known to be under way whenever more are found.

    Raises:
        Misconfigured: nothing can go on (a vocabulary file is broken, the database is gone).
    """
    run = EmbeddedRun(assembly, started)
    with _fetchers(assembly, run) as pool:
        for wave in intake.waves():
            yield from run.carry_out(wave, pool)


def run_tickets(
    tickets: list[Ticket], assembly: Assembly, *, started: Callable[[int], None] = lambda _: None
) -> Iterator[Outcome]:
    """Carry tickets that the ledger has put back to their ends; otherwise as :func:`run_sources`."""
    run = EmbeddedRun(assembly, started)
    with _fetchers(assembly, run) as pool:
        yield from run.carry_on(tickets, pool)


@contextmanager
def _fetchers(assembly: Assembly, run: EmbeddedRun) -> Iterator[ThreadPoolExecutor]:
    """Threads for the fetches. Whoever is interrupted does not wait for silent servers."""
    pool = ThreadPoolExecutor(assembly.settings.fetch.concurrency, thread_name_prefix="fetch")
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        run.let_go()
        raise
    pool.shutdown()


class EmbeddedRun:
    """The documents of one run: which are being fetched, and how many are known."""

    def __init__(self, assembly: Assembly, started: Callable[[int], None]) -> None:
        self._settings = assembly.settings.run
        self._stages = assembly.settings.stages
        self._concurrency = assembly.settings.fetch.concurrency
        self._folder = assembly.settings.storage.records
        self._journey = assembly.journey()
        self._ledger = assembly.ledger
        self._records = assembly.records
        self._started = started
        self._known = 0
        self._fetching: dict[Future[Step], Ticket] = {}
        self._in_hand: list[Ticket] = []
        self._elsewhere: list[str] = []
        self._ended: set[str] = set()

    def carry_out(self, urls: list[str], pool: ThreadPoolExecutor) -> Iterator[Outcome]:
        """Carry these URLs, and what they lead to, to their ends."""
        for url in urls:
            if document_id_of(url) in self._ended:  # an attachment that came in with its page
                continue
            self._count(1)
            outcome = self._send_off(url, pool)
            if outcome is not None:
                yield outcome
            yield from self._finish_until(AHEAD * self._concurrency, pool)
        yield from self._finish_all(pool)

    def carry_on(self, tickets: list[Ticket], pool: ThreadPoolExecutor) -> Iterator[Outcome]:
        """Carry these tickets, and what they lead to, to their ends."""
        self._count(len(tickets))
        for ticket in tickets:
            self._fetch(ticket, pool)
            yield from self._finish_until(AHEAD * self._concurrency, pool)
        yield from self._finish_all(pool)

    def let_go(self) -> None:
        """The run was interrupted: what it had in hand waits, and the start without an end does not count.

        Otherwise a page would pass for one that kills its worker after three interruptions.
        """
        error = Transient("interrupted", "the run was interrupted; the same command goes on with it")
        for ticket in {*self._fetching.values(), *self._in_hand}:
            with suppress(GongbaoError):
                self._ledger.try_later(ticket, error, 0)

    def _finish_until(self, few: int, pool: ThreadPoolExecutor) -> Iterator[Outcome]:
        """Finish documents as they are fetched, until only so many are out: memory stays bounded."""
        while len(self._fetching) > few:
            finished, _ = wait(self._fetching, return_when=FIRST_COMPLETED)
            for future in finished:
                outcome = self._finish(self._fetching.pop(future), future, pool)
                if outcome is not None:
                    yield outcome

    def _finish_all(self, pool: ThreadPoolExecutor) -> Iterator[Outcome]:
        """Finish everything that is out, and tell the ends of what another run or a worker was quicker with."""
        yield from self._finish_until(0, pool)
        while self._elsewhere:
            time.sleep(LOOK_AGAIN)
            there, self._elsewhere = self._elsewhere, []
            for document_id in there:
                row = self._ledger.standing(document_id)
                if row is None or row.state not in UNDER_WAY:
                    self._ended.add(document_id)
                    yield self._outcome(document_id)
                elif self._left_lying(row):
                    self._fetch(row.ticket, pool)
                else:
                    self._elsewhere.append(document_id)
            yield from self._finish_until(0, pool)

    def _left_lying(self, row: Standing) -> bool:
        """Whether nobody seems to be at a document. Taking it over is harmless: one of the two ends counts."""
        now = utc_now()
        if row.state == "waiting":
            return max(row.next_at or row.updated_at, row.updated_at + timedelta(seconds=LOOK_AGAIN)) <= now
        return row.updated_at + timedelta(seconds=self._stages.of(row.stage).hard_time_limit) <= now

    def _count(self, number: int) -> None:
        self._known += number
        self._started(self._known)

    def _send_off(self, url: str, pool: ThreadPoolExecutor) -> Outcome | None:
        try:
            ticket = self._ledger.take_in(url)
            if ticket is None:  # an earlier run left it half way, or this one has it already
                row = self._ledger.standing(document_id_of(url))
                if row is None or row.state not in UNDER_WAY:
                    return self._outcome(document_id_of(url))
                ticket = row.ticket
        except Transient as error:
            return Outcome(url, "waiting", reason=error.reason, message=error.message)
        self._fetch(ticket, pool)
        return None

    def _fetch(self, ticket: Ticket, pool: ThreadPoolExecutor) -> None:
        if not any(other.document_id == ticket.document_id for other in self._fetching.values()):
            self._fetching[pool.submit(self._first_step, ticket)] = ticket

    def _first_step(self, ticket: Ticket) -> Step:
        """The fetch, tried again after transient errors; the last one sets the document aside."""
        if ticket.stage != FIRST_STAGE:
            return Step(following=ticket)
        for tried in range(1, self._settings.attempts + 1):
            try:
                return self._journey.step(ticket)
            except Transient as error:
                if tried == self._settings.attempts:
                    self._ledger.set_aside(ticket, error)
                    break
                pause = min(error.retry_after or self._settings.backoff * 2 ** (tried - 1), LONGEST_PAUSE)
                self._ledger.try_later(ticket, error, pause)
                time.sleep(pause)
        return Step()

    def _finish(self, ticket: Ticket, future: Future[Step], pool: ThreadPoolExecutor) -> Outcome | None:
        """Carry a fetched document to its end, and send its attachments off; None when another run is at it."""
        try:
            step = future.result()
            while step.following is not None:
                self._in_hand = [step.following]
                step = self._journey.step(step.following)
                for found in step.further:
                    self._count(1)
                    self._fetch(found, pool)
            self._in_hand = []
            row = self._ledger.standing(ticket.document_id)
            if row is not None and row.state in UNDER_WAY:  # the ticket was out of date
                self._elsewhere.append(ticket.document_id)
                return None
            self._ended.add(ticket.document_id)
            return self._outcome(ticket.document_id, step.record)
        except Transient as error:  # a store is full or gone: this document waits in the ledger, others may pass
            try:
                row = self._ledger.standing(ticket.document_id)
            except Transient:
                row = None
            return Outcome(row.url if row else ticket.document_id, "waiting", None, error.reason, error.message)

    def _outcome(self, document_id: str, record: DocumentRecord | None = None) -> Outcome:
        row = self._ledger.standing(document_id)
        if row is None:
            raise GongbaoError("lost", f"document {document_id} is not in the ledger; please report this")
        if record is None and row.state in ("done", "unchanged"):
            record = self._records.read(document_id)
            if record is not None and self._folder is not None:  # its file may have been taken away
                write_json(record, Path(self._folder))
        return Outcome(row.url, row.state, record, row.reason, row.message)
