"""The chain on Celery: one task per stage of CHAIN, its retries, and how a ticket is sent on its way.

    ticket ─→ queue fetch ─→ gongbao.fetch ─→ queue clean ─→ gongbao.clean ─→ … ─→ gongbao.emit

Each task carries out :meth:`workers.journey.Journey.step`, as the embedded run does, and returns the
ticket for the task after it in the ``celery.chain``.  The ledger decides, Celery only carries: every
ticket may come twice, late or never.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache, cached_property, wraps
from typing import Any
from urllib.parse import urlsplit

from celery import Celery, chain
from celery.exceptions import Reject, Retry, SoftTimeLimitExceeded, TimeLimitExceeded
from pydantic import ValidationError

from schemas.page import PageRequest
from schemas.ticket import Ticket
from tasks.chain import CHAIN, STAGES
from tasks.discover import read_sources
from tasks.errors import GongbaoError, Misconfigured, Transient, Unprocessable
from workers.assembly import Assembly
from workers.broker import answering, open_redis
from workers.celery_settings import CRAWL, MOST_LOSSES, PROBE, RECONCILE, celery_settings, task_name
from workers.journey import Journey
from workers.pace import SharedPace
from workers.schedule import crawl, reconcile
from workers.settings import Settings, StageSettings, read_settings
from workers.transport import outlive_broken_lines
from workers.web import open_web

log = logging.getLogger(__name__)

#: faults of our own servers: no document is set aside for them, however long they last
OURS = frozenset({"database_unreachable", "database_full", "store_unreachable", "store_full", "records_not_writable"})
#: seconds a probe's answer is kept
_PROBE_KEPT = 300


def make_app(settings: Settings) -> Celery:
    """The Celery app with a task for each stage, and those for crawling and reconciling."""
    outlive_broken_lines()
    app = Celery("gongbao")
    app.config_from_object(celery_settings(settings))
    app.hands = Hands(settings)
    for stage in CHAIN:
        block = settings.stages.of(stage.name)
        app.task(
            _stage_task(stage.name, app),
            name=task_name(stage.name),
            bind=True,
            shared=False,  # other apps of this process (a probe's, a test's) have nothing to do with it
            soft_time_limit=block.soft_time_limit,
            time_limit=block.hard_time_limit,
            max_retries=MOST_LOSSES,
            default_retry_delay=1,  # seconds before a ticket whose process died is tried again
            on_failure=_stage_failed(app),
        )
    _add_other_tasks(app)
    return app


def _add_other_tasks(app: Celery) -> None:
    """The tasks that carry no ticket."""
    hands: Hands = app.hands

    def crawl_source(source: str) -> None:
        for ticket in crawl(hands.assembly, source):
            _send_or_leave(ticket, app)

    def reconcile_tickets() -> None:
        for ticket in reconcile(hands.assembly, hands.redis):
            _send_or_leave(ticket, app)

    def answer_probe(token: str) -> None:
        hands.redis.set(f"gongbao:probe:{token}", "1", ex=_PROBE_KEPT)

    fetch = hands.settings.stages.fetch
    app.task(
        _told_in_one_line(crawl_source),
        name=CRAWL,
        shared=False,
        soft_time_limit=6 * fetch.soft_time_limit,  # a listing has many pages
        time_limit=6 * fetch.hard_time_limit,
    )
    app.task(_told_in_one_line(reconcile_tickets), name=RECONCILE, shared=False)
    app.task(answer_probe, name=PROBE, shared=False)


def _told_in_one_line(work: Callable[..., None]) -> Callable[..., None]:
    """The same function; a fault of ours ends it with one line in the log, since beat starts it again anyway."""

    @wraps(work)
    def guarded(*args: Any, **kwargs: Any) -> None:
        try:
            work(*args, **kwargs)
        except GongbaoError as error:
            log.error("%s", error.message)  # noqa: TRY400 (the sentence says where and what to do)

    return guarded


@cache
def process_app() -> Celery:
    """The app of this process, from config/ and the environment; made at the first call."""
    return make_app(read_settings())


def send(ticket: Ticket, app: Celery | None = None) -> None:
    """Put a ticket on the broker, for its stage and all that follow.

    Twice is harmless: the ledger lets one of the two through.

    Raises:
        Transient: the broker cannot be reached. The document waits in the ledger; the reconciler
            sends it when the broker is back.
    """
    app = app or process_app()
    names = list(STAGES)
    first, *following = names[names.index(ticket.stage) :]
    journey = chain(
        app.signature(task_name(first), args=(ticket.model_dump(mode="json"),)),
        *(app.signature(task_name(name)) for name in following),
        app=app,
    )
    with answering(app.hands.settings):
        journey.apply_async()


class Hands:
    """What this process works with. All is opened at the first ticket; a forked process opens its own."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._assembly: Assembly | None = None
        self._inherited: Assembly | None = None
        self._told: set[str] = set()
        # kombu's broker in memory is for tests of one process
        self.redis: Any = None if settings.broker.url.startswith("memory:") else open_redis(settings)

    @cached_property
    def pace(self) -> SharedPace | None:
        """The turns of every host; None without a Redis server, where each process keeps its own pace."""
        if self.redis is None:
            return None
        return SharedPace(
            self.redis,
            self.settings.fetch.pace,
            gaps=read_sources(self.settings.sources).gaps(),
            # a ticket that waits for its turn must be long gone before the broker gives it to another worker
            horizon=min(300.0, self.settings.broker.visibility_timeout / 4),
        )

    @property
    def assembly(self) -> Assembly:
        """Stores, ledger, bench.

        Raises:
            Misconfigured: a store or the database cannot be opened.
        """
        if self._assembly is None:
            rules = self._inherited.rules if self._inherited else {}
            self._assembly = Assembly(self.settings, web=open_web(self.settings.fetch, self.pace), rules=rules)
        return self._assembly

    def journey(self, translate: Callable[[Exception], GongbaoError | None]) -> Journey:
        """What carries tickets; see :class:`workers.journey.Journey`."""
        return self.assembly.journey(translate)

    def after_fork(self) -> None:
        """Take the parent's rules and leave its connections alone: two processes on one line garble it."""
        if self._assembly is not None:
            if "engine" in self._assembly.__dict__:
                self._assembly.engine.dispose(close=False)
            self._inherited = self._assembly  # kept, so that nothing of it is closed by the garbage collector
            self._assembly = None

    def wait_for_turn(self, ticket: Ticket) -> tuple[float, bool]:
        """Whether a fetch may go ahead; see :meth:`workers.pace.SharedPace.turn`."""
        if self.pace is None:
            return 0.0, True
        try:
            request = PageRequest.from_bytes(self.assembly.artefacts.get(ticket.artefact))
        except (Unprocessable, ValidationError):
            return 0.0, True  # there is nothing to fetch, and the step will say so in the ledger
        return self.pace.turn(urlsplit(request.url).hostname or "")

    def tell_once(self, message: str) -> None:
        """Log a fault that every ticket meets at its first time only."""
        if message not in self._told:
            self._told.add(message)
            log.error("%s", message)


def wait_before(block: StageSettings, tried: int, retry_after: float | None = None) -> float:
    """Seconds before the next try: doubled each time, as long as the server asks, never above the longest.

    Args:
        tried: tries so far, 1 or more.
        retry_after: what the server asked for, in seconds.
    """
    grown: float = block.backoff * 2.0 ** min(tried - 1, 32)
    return min(max(grown, retry_after or 0.0), block.longest_wait)


def _stage_task(name: str, app: Celery) -> Callable[..., dict[str, Any] | None]:
    """The function of one stage's task. It takes and returns a ticket as JSON."""
    hands: Hands = app.hands
    block = hands.settings.stages.of(name)
    first = CHAIN[0].name

    def carry_ticket(task: Any, ticket: dict[str, Any], *, turn: bool = False) -> dict[str, Any] | None:
        found = Ticket.model_validate(ticket)
        try:
            if name == first and not turn:
                wait, reserved = hands.wait_for_turn(found)
                if wait:
                    raise _again(task, wait, "the host is busy", turn=reserved)
            step = hands.journey(lambda error: _translated(error, found, block)).step(found)
        except Transient as error:
            return _try_later(task, hands, found, error, block)
        except Misconfigured as error:
            hands.tell_once(error.message)
            wait = block.backoff if error.reason in OURS else block.longest_wait
            raise _again(task, wait, error.message) from None
        except SoftTimeLimitExceeded as error:  # it struck between the work and the ledger
            fault = _translated(error, found, block)
            assert fault is not None
            hands.assembly.ledger.set_aside(found, fault)
            _end(task)
            return None
        for attachment in step.further:
            _send_or_leave(attachment, app)
        if step.following is None:
            _end(task)
            return None
        return step.following.model_dump(mode="json")

    carry_ticket.__doc__ = f"Stage {name}: takes the ticket of a document and gives the one for the stage after."
    return carry_ticket


def _try_later(
    task: Any, hands: Hands, ticket: Ticket, error: Transient, block: StageSettings
) -> dict[str, Any] | None:
    """After a transient error: wait, or set aside after the last attempt."""
    wait = wait_before(block, task.request.retries + 1, error.retry_after)
    try:
        if not error.reason.startswith("database_"):
            ledger = hands.assembly.ledger
            tried = ledger.attempts(ticket) + 1
            if tried >= block.attempts and error.reason not in OURS:
                ledger.set_aside(ticket, error)
                _end(task)
                return None
            wait = wait_before(block, tried, error.retry_after)
            ledger.try_later(ticket, error, wait)
    except Transient as worse:  # the database went, too; the ticket itself remembers the document
        error = worse
    if error.reason in OURS:
        hands.tell_once(error.message)
    raise _again(task, wait, error.message) from None


def _again(task: Any, wait: float, why: str, **options: Any) -> Retry | Reject:
    """Sends the same ticket with a countdown, and gives what is to be raised.

    Unlike ``Task.retry`` it leaves Celery's own count of retries alone, which bounds nothing but
    losses of worker processes: attempts are counted in the ledger, and turns of a host not at all.
    """
    signature = task.signature_from_request(task.request, kwargs=options, countdown=wait, retries=task.request.retries)
    try:
        signature.apply_async()
    except Exception as error:  # noqa: BLE001 (whatever the broker says, the message must go back to it)
        return Reject(error, requeue=True)
    return Retry(why, when=wait, sig=signature)


def _end(task: Any) -> None:
    """The journey of this document is over: what would follow in the chain is dropped.

    Raising ``Ignore`` would do the same, but Celery tells no event then and Flower shows the task as
    running for ever.
    """
    task.request.chain = None
    task.request.callbacks = None


def _send_or_leave(ticket: Ticket, app: Celery) -> None:
    """Send a document found on the way; without a broker it waits in the ledger for the reconciler."""
    try:
        send(ticket, app)
    except Transient as error:
        log.warning("%s; document %s waits in the ledger", error.message, ticket.document_id)


def _translated(error: BaseException, ticket: Ticket, block: StageSettings) -> GongbaoError | None:
    """Celery's time limits as ours; None for all else."""
    if isinstance(error, SoftTimeLimitExceeded):
        limit = block.soft_time_limit
    elif isinstance(error, TimeLimitExceeded):
        limit = block.hard_time_limit
    else:
        return None
    return Unprocessable(
        "timed_out_working",
        f"stage {ticket.stage} worked on document {ticket.document_id} for more than {limit} s; look at artefact "
        f"{ticket.artefact}, or raise the stage's limits in config/settings.toml and put it back with: "
        "gongbao dead retry",
    )


def _stage_failed(app: Celery) -> Callable[..., None]:
    """What the worker's main process does when a task ended without its function's say."""

    def on_failure(_task: Any, error: BaseException, _: str, args: Any, *__: Any) -> None:
        # the hard limit killed the process, so it is told here
        if not isinstance(error, TimeLimitExceeded):
            return
        ticket = Ticket.model_validate(args[0])
        fault = _translated(error, ticket, app.hands.settings.stages.of(ticket.stage))
        assert fault is not None
        try:
            app.hands.assembly.ledger.set_aside(ticket, fault)
        except GongbaoError as worse:  # the delivery stays counted, and the reconciler puts the ticket back
            log.error("%s", worse.message)  # noqa: TRY400 (the sentence says where and what to do)

    return on_failure
