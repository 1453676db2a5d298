"""One step of a document's journey: the same for the embedded run and for Celery's workers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from schemas.document import CleanDocument
from schemas.page import FetchedPage
from schemas.record import DocumentRecord
from schemas.ticket import Ticket
from tasks.bench import Bench
from tasks.chain import STAGES, attachment_requests, stage_after
from tasks.errors import GongbaoError, Misconfigured, Transient, Unchanged, Unprocessable
from workers.ledger import Ledger
from workers.records import write_json

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """What a step led to.

    Attributes:
        following: the ticket of the next stage; None when the journey of this document is over.
        further: tickets of documents found on the way (attachments).
        record: the public record, after the last stage.
    """

    following: Ticket | None = None
    further: list[Ticket] = field(default_factory=list)
    record: DocumentRecord | None = None


class Journey:
    """Carries tickets from stage to stage, and writes every step into the ledger.

    Args:
        records: folder for the JSON files of records, or None.
        translate: makes a GongbaoError of an exception that only the caller's world knows (Celery's
            time limit); None when it does not know it either.
    """

    def __init__(
        self,
        bench: Bench,
        ledger: Ledger,
        *,
        records: Path | None,
        translate: Callable[[Exception], GongbaoError | None] = lambda _: None,
    ) -> None:
        self.bench = bench
        self.ledger = ledger
        self._folder = records
        self._translate = translate

    def step(self, ticket: Ticket) -> Step:
        """Do the ticket's stage and write its end.

        A document that cannot pass is set aside here; an unknown ticket or one out of date is passed
        over.  Doing a step twice is safe: stages are pure, stores content-addressed, and the ledger
        takes the first end that comes.

        Raises:
            Transient: try again; the caller knows how long to wait and tells the ledger.
            Misconfigured: a person must mend something; the document waits where it was.
        """
        stage = STAGES[ticket.stage]
        if not self.ledger.begin(ticket):
            return Step()
        try:
            artefact, made = stage.carry_out(ticket.artefact, self.bench)
            if isinstance(made, DocumentRecord) and self._folder is not None:
                write_json(made, self._folder)
        except Unchanged:
            self.ledger.unchanged(ticket)
            return Step()
        except Unprocessable as error:
            self.ledger.set_aside(ticket, error)
            return Step()
        except Transient:
            raise
        except Misconfigured as error:
            self.ledger.try_later(ticket, error, 0)
            raise
        except Exception as error:  # whatever it was, this document must not vanish nor stop the others
            fault = self._translate(error)
            if fault is None:
                log.exception("stage %s failed on document %s", ticket.stage, ticket.document_id)
                fault = Unprocessable(
                    "internal_error",
                    f"stage {ticket.stage} failed with {type(error).__name__}: {error}; "
                    f"please report it together with artefact {ticket.artefact}",
                )
            if isinstance(fault, Transient):
                raise fault from error
            self.ledger.set_aside(ticket, fault)
            return Step()
        after = stage_after(ticket.stage)
        record = made if isinstance(made, DocumentRecord) else None
        following, further = self.ledger.finish(
            ticket,
            artefact,
            next_stage=after.name if after else None,
            record=record,
            attachments=attachment_requests(made) if isinstance(made, CleanDocument) else (),
            validators=_validators(made) if isinstance(made, FetchedPage) else None,
        )
        return Step(following, further, record)


def _validators(page: FetchedPage) -> tuple[str | None, str | None, str]:
    http = page.http
    return (http.etag if http else None, http.last_modified if http else None, page.raw_digest)
