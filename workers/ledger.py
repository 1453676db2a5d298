"""Where every document stands. What this table says holds; the broker only carries.

A document is at any moment exactly one of: ``waiting`` for a stage, ``working`` (in a stage),
``done``, ``unchanged``, ``set_aside`` with a failure.  Every change of state is one transaction,
together with what the stage put out.

Tickets may arrive twice, late, or never.  Twice and late are harmless, since a ticket counts only
while run and stage in it are those of the row; never is mended by :meth:`Ledger.lost`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from schemas.failure import Failure
from schemas.page import Cover, PageRequest
from schemas.record import DocumentRecord
from schemas.ticket import Ticket
from tasks.bench import Artefacts, utc_now
from tasks.errors import GongbaoError
from tasks.text.ids import canonical_url, document_id_of
from workers.database import artefacts, documents, events, failures, reading, transaction, upsert
from workers.records import RecordStore

State = Literal["waiting", "working", "done", "unchanged", "set_aside"]
STATES: tuple[State, ...] = ("waiting", "working", "done", "unchanged", "set_aside")
#: states in which a document is on its way
UNDER_WAY: tuple[State, ...] = ("waiting", "working")


@dataclass(frozen=True)
class Standing:
    """One row of the ledger."""

    document_id: str
    url: str
    source: str | None
    parent_id: str | None
    run: int
    state: State
    stage: str
    artefact: str
    deliveries: int
    attempts: int
    first_at: datetime
    updated_at: datetime
    next_at: datetime | None
    reason: str | None
    message: str | None
    etag: str | None
    last_modified: str | None
    raw_digest: str | None
    signature: str | None

    @property
    def ticket(self) -> Ticket:
        """The ticket for the stage it waits for."""
        return Ticket(document_id=self.document_id, stage=self.stage, artefact=self.artefact, run=self.run)


@dataclass(frozen=True)
class Event:
    """One line of a document's history."""

    at: datetime
    run: int
    stage: str
    what: str
    detail: str | None


@dataclass(frozen=True)
class Filter:
    """Which documents are meant; empty means all.

    Attributes:
        text: a document id or its first digits (six and more), a URL, or a part of a URL.
    """

    text: str | None = None
    source: str | None = None
    state: str | None = None
    stage: str | None = None
    reason: str | None = None

    def where(self) -> list[sa.ColumnElement[bool]]:
        """As conditions on the ledger's table."""
        found: list[sa.ColumnElement[bool]] = []
        if self.text:
            known = [documents.c.document_id == self.text, documents.c.url.contains(self.text, autoescape=True)]
            if re.fullmatch(r"[0-9a-f]{6,31}", self.text):  # the first digits, as tables show them
                known.append(documents.c.document_id.startswith(self.text))
            with suppress(ValueError):  # no URL: it is a part of one
                known.append(documents.c.document_id == document_id_of(self.text))
            found.append(sa.or_(*known))
        for name in ("source", "state", "stage", "reason"):
            value = getattr(self, name)
            if value:
                found.append(documents.c[name] == value)
        return found


class Ledger:
    """The table of documents, and all that may happen to a row of it.

    Args:
        signature: what the software is now; a document done by other software is fetched anew even
            when its source has not changed.
    """

    def __init__(
        self,
        engine: Engine,
        store: Artefacts,
        records: RecordStore,
        *,
        signature: str,
        deliveries: int = 3,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.engine = engine
        self._store = store
        self._records = records
        self._signature = signature
        self._most = deliveries
        self._now = now

    # -- taking in ---------------------------------------------------------------------------------

    def take_in(self, url: str, *, source: str | None = None, only_new: bool = False) -> Ticket | None:
        """Put a URL on its way and return the ticket for its first stage.

        Safe to call twice: a document on its way is left alone, and None returned.

        Args:
            only_new: leave a document that was ever taken in alone (a listing names it every day).

        Raises:
            ValueError: it is no URL we fetch.
            Transient: store or database cannot be reached; nothing was taken in.
        """
        known = self.standing(document_id_of(url))
        if known is not None and (only_new or known.state in UNDER_WAY):
            return None
        fresh = known is None or known.signature != self._signature or known.state == "set_aside"
        request = PageRequest(
            document_id=document_id_of(url),
            url=canonical_url(url),
            source=source,
            etag=None if fresh or known is None else known.etag,
            last_modified=None if fresh or known is None else known.last_modified,
            known_digest=None if fresh or known is None else known.raw_digest,
            cover=self._cover_of(known),
        )
        return self._take_in(request)

    def _cover_of(self, known: Standing | None) -> Cover | None:
        """The cover an attachment was found with, so that it keeps it when it is asked for by itself."""
        if known is None or known.parent_id is None:
            return None
        digest = self.artefact_of(known.document_id, "fetch")
        return None if digest is None else PageRequest.from_bytes(self._store.get(digest)).cover

    def _take_in(self, request: PageRequest) -> Ticket | None:
        artefact = self._store.put(request.to_bytes())
        with transaction(self.engine) as connection:
            return self._insert(connection, request, artefact)

    def _insert(self, connection: Connection, request: PageRequest, artefact: str) -> Ticket | None:
        now = self._now()
        row = self._row(connection, request.document_id, lock=True)
        if row is not None and row.state in UNDER_WAY:
            return None
        run = 1 if row is None else row.run + 1
        upsert(
            documents,
            {
                "document_id": request.document_id,
                "url": request.url,
                "source": request.source or (row.source if row else None),
                "parent_id": request.cover.document_id if request.cover else (row.parent_id if row else None),
                "run": run,
                "state": "waiting",
                "stage": "fetch",
                "artefact": artefact,
                "deliveries": 0,
                "attempts": 0,
                "first_at": row.first_at if row else now,
                "updated_at": now,
                "next_at": None,
                "reason": None,
                "message": None,
                "etag": row.etag if row else None,
                "last_modified": row.last_modified if row else None,
                "raw_digest": row.raw_digest if row else None,
                "signature": row.signature if row else None,
            },
            connection,
        )
        upsert(
            artefacts,
            {"document_id": request.document_id, "stage": "fetch", "digest": artefact, "made_at": now},
            connection,
        )
        connection.execute(failures.delete().where(failures.c.document_id == request.document_id))
        self._tell(connection, request.document_id, run, "fetch", "taken_in", request.source)
        return Ticket(document_id=request.document_id, stage="fetch", artefact=artefact, run=run)

    # -- a stage's beginning and end ---------------------------------------------------------------

    def begin(self, ticket: Ticket) -> bool:
        """Count a delivery, then say whether the stage is to be done.

        False: the ticket is out of date, or this was one delivery too many and the document is now
        set aside.  The count is raised before the stage starts and cleared by every ending that the
        worker lives to tell, so it counts the starts that killed their worker.

        Raises:
            Transient: the database cannot be reached.
        """
        with transaction(self.engine) as connection:
            row = self._current(connection, ticket)
            if row is None:
                return False
            if row.deliveries >= self._most:
                error = GongbaoError(
                    "kills_worker",
                    f"{row.url} was given to stage {ticket.stage} {row.deliveries} times and its worker never "
                    "reported back; look at the page's artefact, then put it back with: gongbao dead retry",
                )
                self._set_aside(connection, row, error)
                return False
            self._change(connection, ticket, state="working", deliveries=row.deliveries + 1, next_at=None)
            self._tell(connection, ticket.document_id, ticket.run, ticket.stage, "started", None)
            return True

    def finish(
        self,
        ticket: Ticket,
        artefact: str,
        *,
        next_stage: str | None,
        record: DocumentRecord | None = None,
        attachments: Iterable[PageRequest] = (),
        validators: tuple[str | None, str | None, str] | None = None,
    ) -> tuple[Ticket | None, list[Ticket]]:
        """Write a stage's end: its output, the records, and what waits next, in one transaction.

        Args:
            artefact: digest of the stage's output.
            next_stage: what follows, or None after the last.
            record: the public record, from the last stage.
            attachments: further documents found on the way; taken in with the same transaction.
            validators: etag, last-modified and raw digest, from fetch.

        Returns:
            The ticket of the next stage (None when done or out of date), and those of attachments.
        """
        requests = [(request, self._store.put(request.to_bytes())) for request in attachments]
        with transaction(self.engine) as connection:
            row = self._current(connection, ticket)
            if row is None:
                return None, []
            now = self._now()
            changes: dict[str, Any] = {
                "state": "waiting" if next_stage else "done",
                "stage": next_stage or ticket.stage,
                "deliveries": 0,
                "attempts": 0,
                "next_at": None,
                "reason": None,
                "message": None,
            }
            if next_stage:
                changes["artefact"] = artefact
                key = {"document_id": ticket.document_id, "stage": next_stage}
                upsert(artefacts, {**key, "digest": artefact, "made_at": now}, connection)
            else:
                changes["signature"] = self._signature
            if validators is not None:
                changes["etag"], changes["last_modified"], changes["raw_digest"] = validators
            if record is not None:
                self._records.write(record, connection)
            self._change(connection, ticket, **changes)
            self._tell(connection, ticket.document_id, ticket.run, ticket.stage, "finished", artefact)
            started = [self._insert_new(connection, request, digest) for request, digest in requests]
            following = None
            if next_stage:
                following = Ticket(document_id=ticket.document_id, stage=next_stage, artefact=artefact, run=ticket.run)
            return following, [t for t in started if t is not None]

    def _insert_new(self, connection: Connection, request: PageRequest, artefact: str) -> Ticket | None:
        row = self._row(connection, request.document_id, lock=True)
        same_cover = row is not None and request.cover is not None and row.parent_id == request.cover.document_id
        if row is not None and same_cover and row.state == "done" and row.signature == self._signature:
            request_known = request.evolve(etag=row.etag, last_modified=row.last_modified, known_digest=row.raw_digest)
            artefact = self._store.put(request_known.to_bytes())
            request = request_known
        return self._insert(connection, request, artefact)

    def unchanged(self, ticket: Ticket) -> None:
        """The source is as it was: the records stay, and the document is ``unchanged``."""
        with transaction(self.engine) as connection:
            if self._current(connection, ticket) is not None:
                self._change(connection, ticket, state="unchanged", deliveries=0, attempts=0, reason=None, message=None)
                self._tell(connection, ticket.document_id, ticket.run, ticket.stage, "unchanged", None)

    def try_later(self, ticket: Ticket, error: GongbaoError, wait: float) -> None:
        """A transient error: the document waits ``wait`` seconds for its next try."""
        with transaction(self.engine) as connection:
            row = self._current(connection, ticket)
            if row is None:
                return
            self._change(
                connection,
                ticket,
                state="waiting",
                deliveries=0,
                attempts=row.attempts + 1,
                next_at=self._now() + timedelta(seconds=wait),
                reason=error.reason,
                message=error.message,
            )
            self._tell(connection, ticket.document_id, ticket.run, ticket.stage, "try_later", error.message)

    def set_aside(self, ticket: Ticket, error: GongbaoError) -> None:
        """Take the document off its way and keep the reason with the evidence."""
        with transaction(self.engine) as connection:
            row = self._current(connection, ticket)
            if row is not None:
                self._set_aside(connection, row, error)

    def attempts(self, ticket: Ticket) -> int:
        """Tries of this stage that ended in an error."""
        row = self.standing(ticket.document_id)
        return row.attempts if row else 0

    def _set_aside(self, connection: Connection, row: Standing, error: GongbaoError) -> None:
        now = self._now()
        tries = max(1, row.attempts + (row.state == "working"), row.deliveries)
        failure = Failure(
            document_id=row.document_id,
            url=row.url,
            stage=row.stage,
            reason=error.reason,
            message=error.message,
            attempts=tries,
            first_at=row.first_at,
            last_at=now,
            artefact=row.artefact,
        )
        upsert(
            failures,
            {
                "document_id": row.document_id,
                "stage": row.stage,
                "reason": error.reason,
                "failure": failure.to_bytes().decode("utf-8"),
            },
            connection,
        )
        self._change(
            connection,
            row.ticket,
            state="set_aside",
            attempts=tries,
            next_at=None,
            reason=error.reason,
            message=error.message,
        )
        self._tell(connection, row.document_id, row.run, row.stage, "set_aside", error.message)

    # -- putting back ------------------------------------------------------------------------------

    def lost(self, older_than: timedelta, limit: int = 1000) -> list[Ticket]:
        """Tickets of documents under way that gave no sign of life for so long; their clock starts anew.

        Safe while the ticket still lies on the broker: whichever of the two comes first wins.
        """
        now = self._now()
        with transaction(self.engine) as connection:
            query = (
                sa.select(documents)
                .where(documents.c.state.in_(UNDER_WAY), documents.c.updated_at < now - older_than)
                .where(sa.or_(documents.c.next_at.is_(None), documents.c.next_at < now - older_than))
                .order_by(documents.c.updated_at)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
            rows = [_standing(row) for row in connection.execute(query)]
            for row in rows:
                self._change(connection, row.ticket)
        return [row.ticket for row in rows]

    def sent_again(self, tickets: Iterable[Ticket]) -> None:
        """Note in their histories that these tickets were not on the broker any more."""
        with transaction(self.engine) as connection:
            for ticket in tickets:
                self._tell(connection, ticket.document_id, ticket.run, ticket.stage, "sent_again", None)

    def put_back(self, which: Filter) -> list[Ticket]:
        """Put documents that were set aside back before the stage they failed in."""
        with transaction(self.engine) as connection:
            query = sa.select(documents).where(documents.c.state == "set_aside", *which.where()).with_for_update()
            rows = [_standing(row) for row in connection.execute(query)]
            return [self._restart(connection, row, row.stage, row.artefact) for row in rows]

    def replay(self, stage: str, which: Filter) -> tuple[list[Ticket], list[Standing]]:
        """Put documents before ``stage`` again, with the artefact they took then.

        Returns:
            The tickets, and the documents that never came as far as this stage.
        """
        with transaction(self.engine) as connection:
            query = sa.select(documents).where(*which.where()).order_by(documents.c.first_at).with_for_update()
            rows = [_standing(row) for row in connection.execute(query)]
            found = connection.execute(
                sa.select(artefacts.c.document_id, artefacts.c.digest).where(artefacts.c.stage == stage)
            )
            inputs = {row.document_id: row.digest for row in found}
            tickets = [
                self._restart(connection, row, stage, inputs[row.document_id])
                for row in rows
                if row.document_id in inputs
            ]
            return tickets, [row for row in rows if row.document_id not in inputs]

    def _restart(self, connection: Connection, row: Standing, stage: str, artefact: str) -> Ticket:
        connection.execute(
            documents.update()
            .where(documents.c.document_id == row.document_id)
            .values(
                run=row.run + 1,
                state="waiting",
                stage=stage,
                artefact=artefact,
                deliveries=0,
                attempts=0,
                next_at=None,
                reason=None,
                message=None,
                updated_at=self._now(),
            )
        )
        connection.execute(failures.delete().where(failures.c.document_id == row.document_id))
        self._tell(connection, row.document_id, row.run + 1, stage, "put_back", None)
        return Ticket(document_id=row.document_id, stage=stage, artefact=artefact, run=row.run + 1)

    # -- looking -----------------------------------------------------------------------------------

    def standing(self, document_id: str) -> Standing | None:
        """The row of one document."""
        with reading(self.engine) as connection:
            return self._row(connection, document_id)

    def find(self, which: Filter, limit: int | None = None) -> list[Standing]:
        """All rows meant, oldest first."""
        query = sa.select(documents).where(*which.where()).order_by(documents.c.first_at, documents.c.document_id)
        with reading(self.engine) as connection:
            return [_standing(row) for row in connection.execute(query.limit(limit))]

    def counts(self, which: Filter | None = None) -> dict[tuple[str, str], int]:
        """How many documents stand at each (stage, state)."""
        query = (
            sa.select(documents.c.stage, documents.c.state, sa.func.count())
            .where(*(which or Filter()).where())
            .group_by(documents.c.stage, documents.c.state)
        )
        with reading(self.engine) as connection:
            return {(stage, state): number for stage, state, number in connection.execute(query)}

    def history(self, document_id: str) -> list[Event]:
        """What happened to one document, oldest first."""
        query = sa.select(events).where(events.c.document_id == document_id).order_by(events.c.event_id)
        with reading(self.engine) as connection:
            return [Event(r.at, r.run, r.stage, r.what, r.detail) for r in connection.execute(query)]

    def failures(self, which: Filter | None = None) -> list[Failure]:
        """The failures of the documents set aside, grouped by reason."""
        query = (
            sa.select(failures.c.failure)
            .join(documents, documents.c.document_id == failures.c.document_id)
            .where(*(which or Filter()).where())
            .order_by(failures.c.reason, documents.c.url)
        )
        with reading(self.engine) as connection:
            return [Failure.from_bytes(text.encode("utf-8")) for (text,) in connection.execute(query)]

    def artefact_of(self, document_id: str, stage: str) -> str | None:
        """Digest of what ``stage`` took for this document, last time."""
        query = sa.select(artefacts.c.digest).where(artefacts.c.document_id == document_id, artefacts.c.stage == stage)
        with reading(self.engine) as connection:
            found = connection.execute(query).scalar()
        return None if found is None else str(found)

    # -- inside ------------------------------------------------------------------------------------

    def _row(self, connection: Connection, document_id: str, *, lock: bool = False) -> Standing | None:
        query = sa.select(documents).where(documents.c.document_id == document_id)
        row = connection.execute(query.with_for_update() if lock else query).one_or_none()
        return None if row is None else _standing(row)

    def _current(self, connection: Connection, ticket: Ticket) -> Standing | None:
        """The ticket's row, locked, or None when the ticket is out of date."""
        row = self._row(connection, ticket.document_id, lock=True)
        if row is None or (row.run, row.stage) != (ticket.run, ticket.stage) or row.state not in UNDER_WAY:
            return None
        return row

    def _change(self, connection: Connection, ticket: Ticket, **changes: Any) -> None:
        connection.execute(
            documents.update()
            .where(documents.c.document_id == ticket.document_id)
            .values(updated_at=self._now(), **changes)
        )

    def _tell(
        self, connection: Connection, document_id: str, run: int, stage: str, what: str, detail: str | None
    ) -> None:
        connection.execute(
            events.insert().values(
                document_id=document_id, at=self._now(), run=run, stage=stage, what=what, detail=detail
            )
        )


def _standing(row: Row[Any]) -> Standing:
    return Standing(**row._mapping)  # noqa: SLF001 (the documented way to a row's mapping)
