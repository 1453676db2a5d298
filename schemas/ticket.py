"""All that travels through the broker."""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.base import Contract


class Ticket(Contract):
    """Says which document waits for which stage, and where that stage's input lies.

    A page or a text never travels: ``artefact`` is the digest of the stage's input contract in the
    artefact store.  The JSON is under 1 KB.

    Attributes:
        document_id: 32 hex digits.
        stage: the stage to be done next.
        artefact: ``sha256:…`` of that stage's input.
        run: which taking-in of the document this is; a ticket of an older run is out of date.
    """

    CONTRACT: ClassVar[str] = "ticket/1"
    contract: Literal["ticket/1"] = "ticket/1"
    document_id: str
    stage: str
    artefact: str
    run: int = 1
