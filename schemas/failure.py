"""What is left when a document is set aside."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from schemas.base import Contract


class Failure(Contract):
    """Why a document was set aside, and what was in hand when it failed.

    Attributes:
        reason: a code such as ``not_found``, ``timed_out``, ``too_large``, ``challenge_page``,
            ``kills_worker``.
        message: one clear sentence that names the source and what to do.
        artefact: digest of the input of the stage that failed, or null when there was none.
    """

    CONTRACT: ClassVar[str] = "failure/1"
    contract: Literal["failure/1"] = "failure/1"
    document_id: str
    url: str
    stage: str
    reason: str
    message: str
    attempts: int
    first_at: datetime
    last_at: datetime
    artefact: str | None
