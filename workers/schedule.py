"""Which source is visited when, and what beat does besides: put back what the broker lost."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from types import FrameType
from typing import Any

from celery import signals
from celery.beat import SchedulingError
from celery.schedules import crontab
from redbeat import RedBeatScheduler
from redis.exceptions import LockNotOwnedError, RedisError

from schemas.ticket import Ticket
from tasks.discover import discover, read_source, read_sources
from workers.assembly import Assembly
from workers.broker import answering, documents_on_broker
from workers.celery_settings import CRAWL, RECONCILE
from workers.settings import Settings, Stages

log = logging.getLogger(__name__)


def crawl(assembly: Assembly, name: str) -> Iterator[Ticket]:
    """Visit a source's listings and take in what is new; a ticket for each such document, at once.

    Twice is harmless: what is known already is not taken in again.

    Args:
        name: of a file in config/sources.

    Raises:
        Misconfigured: the file is gone or malformed.
        Transient: database or store cannot be reached; what was taken in so far is.
    """
    source = read_source(assembly.settings.sources / f"{name}.toml")
    web = assembly.bench.web
    assert web is not None  # an assembly always has one
    found = discover(source, web)
    for fault in found.faults:
        log.error("source %s: %s", name, fault.message)
    for warning in found.warnings:
        log.warning("source %s: %s", name, warning.why)
    new = 0
    for link in found.links:
        ticket = assembly.ledger.take_in(link.url, source=name, only_new=True)
        if ticket is not None:
            new += 1
            yield ticket
    log.info("source %s: %d documents named, %d of them new", name, len(found.links), new)


def reconcile(assembly: Assembly, client: Any) -> list[Ticket]:
    """Tickets of documents that gave no sign of life for long and are not on the broker either.

    Those whose tickets merely wait in a long queue are left alone: sent again each time, they would
    make it longer still.

    Args:
        client: of the broker's Redis server.

    Raises:
        Transient: broker or database cannot be reached; the next run does it all.
    """
    settings = assembly.settings
    lost = assembly.ledger.lost(timedelta(seconds=settings.schedule.lost_after))
    if not lost:
        return []
    with answering(settings):
        there = documents_on_broker(client, {settings.stages.of(name).queue for name in Stages.model_fields})
    found = [ticket for ticket in lost if ticket.document_id not in there]
    if found:
        log.warning("%d documents had no ticket on the broker; they are sent again", len(found))
        assembly.ledger.sent_again(found)
    return found


def schedule_of(settings: Settings) -> dict[str, dict[str, Any]]:
    """What beat does: the reconciler, and one crawl for each enabled source.

    A source file that is malformed is named in the log and left out; the others are visited.
    """
    every = settings.schedule.reconcile_every
    entries: dict[str, dict[str, Any]] = {
        # when no worker takes it, one waiting search is enough
        "reconcile": {"task": RECONCILE, "schedule": timedelta(seconds=every), "options": {"expires": every}},
    }
    folder = read_sources(settings.sources)
    for fault in folder.faults:
        log.error("%s", fault.message)
    for source in folder.sources:
        if source.enabled:
            entries[f"crawl {source.name}"] = {
                "task": CRAWL,
                "schedule": _times(source.schedule),
                "args": (source.name,),
            }
    return entries


def _times(schedule: int | str) -> timedelta | crontab:
    """Seconds between visits, or a crontab in the time zone of the settings."""
    return timedelta(seconds=schedule) if isinstance(schedule, int) else crontab.from_string(schedule)


class SourceScheduler(RedBeatScheduler):  # type: ignore[misc] # the library ships no types
    """RedBeat, with the schedule read from config/sources when beat starts: no other process needs it.

    RedBeat's own retries pass over pipelines and its lock, so by itself it ends with the first look at
    a server that is away, or that was away for longer than the lock lasts.

    Whoever ends beat waits for the look at the schedule that is going on. Celery raises ``SystemExit``
    wherever the signal finds it: in the middle of an exchange with Redis that takes the connection for
    broken, and beat goes on without its lock.
    """

    _stands_by = False
    _looks = False
    _ends = False

    def setup_schedule(self) -> None:
        """Read the sources and put them into Redis; sources that are gone are taken out."""
        self.app.conf.beat_schedule = schedule_of(self.app.hands.settings)
        super().setup_schedule()
        signals.beat_init.connect(self._end_between_looks)

    def _end_between_looks(self, **_: Any) -> None:
        """Take the place of Celery's own answer to the signals, which it has set before it sends this one."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._asked_to_end)

    def _asked_to_end(self, sign: int, frame: FrameType | None) -> None:  # noqa: ARG002 (what signal calls)
        if not self._looks or self._ends:  # asked twice, it ends at once
            raise SystemExit
        self._ends = True

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """One look at the schedule; seconds until the next. A server that is away is looked for again then."""
        self._looks = True
        try:
            return self._look(*args, **kwargs)
        finally:
            self._looks = False
            if self._ends:
                raise SystemExit

    def _look(self, *args: Any, **kwargs: Any) -> float:
        try:
            try:
                wait: float = super().tick(*args, **kwargs)
            except LockNotOwnedError:
                return self._lock_again()
        except RedisError as error:
            log.error(  # noqa: TRY400 (the sentence says all)
                "the broker does not answer (%s); beat looks again in %d s", error, self.max_interval
            )
            return float(self.max_interval)
        self._stands_by = False
        return wait

    def maybe_due(self, entry: Any, **kwargs: Any) -> float:
        """Send a task that is due. A server that goes away just then is told in one line, not in RedBeat's forty.

        Returns:
            Seconds until the task is due next.
        """
        is_due, wait = entry.is_due()
        if is_due:
            log.info("Scheduler: Sending due task %s (%s)", entry.name, entry.task)
            try:
                self.apply_async(entry, **kwargs)
            except (SchedulingError, RedisError) as error:
                log.error(  # noqa: TRY400 (the sentence says all)
                    "the broker does not answer (%s); %s is sent at its next turn",
                    (str(error).strip().splitlines() or [type(error).__name__])[-1],
                    entry.name,
                )
        return float(wait)

    def _lock_again(self) -> float:
        """The lock ran out while the server was away: take it, or stand by while another beat has it."""
        if self.lock.acquire(blocking=False):
            log.info("beat: Acquired lock again")
            return 0.0
        if not self._stands_by:
            log.warning("another beat has taken over; this one stands by")
            self._stands_by = True
        return float(self.max_interval)

    def close(self) -> None:
        """Give the lock back. With a server that is away it runs out by itself."""
        with suppress(RedisError):
            super().close()
