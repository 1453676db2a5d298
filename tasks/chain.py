"""The whole journey of one document.

    request ─fetch→ page ─clean→ clean ─normalise→ normal ─segment→ segmented ─extract→ extracted ─emit→ record

``CHAIN`` is all there is: :mod:`workers.embedded` loops over it, :mod:`workers.app` makes one Celery
task of each stage and a ``celery.chain`` of the whole.
"""

from __future__ import annotations

from typing import Any

from schemas.document import CleanDocument
from schemas.page import Cover, PageRequest
from tasks.clean import CLEAN
from tasks.emit import EMIT
from tasks.extract import EXTRACT
from tasks.fetch import FETCH
from tasks.normalise import NORMALISE
from tasks.segment import SEGMENT
from tasks.stage import Stage

CHAIN: tuple[Stage[Any, Any], ...] = (FETCH, CLEAN, NORMALISE, SEGMENT, EXTRACT, EMIT)

STAGES: dict[str, Stage[Any, Any]] = {stage.name: stage for stage in CHAIN}


def stage_after(name: str) -> Stage[Any, Any] | None:
    """The stage that follows, or None after the last.

    Raises:
        KeyError: there is no stage of that name.
    """
    names = list(STAGES)
    at = names.index(name) if name in STAGES else -1
    if at < 0:
        raise KeyError(name)
    return CHAIN[at + 1] if at + 1 < len(CHAIN) else None


def attachment_requests(clean: CleanDocument) -> tuple[PageRequest, ...]:
    """The requests for a page's attachments, each with its cover.

    An attachment of an attachment is not followed.
    """
    if clean.page.cover is not None:
        return ()
    metadata = tuple((k, v) for k, v in clean.metadata.model_dump().items() if v is not None)
    clues = tuple((clue.kind, clue.found) for clue in clean.clues)
    return tuple(
        PageRequest(
            document_id=attachment.document_id,
            url=attachment.url,
            source=clean.page.source,
            cover=Cover(
                document_id=clean.page.document_id,
                url=clean.page.url,
                link_text=attachment.name,
                title=clean.title,
                metadata=metadata,
                clues=clues,
            ),
        )
        for attachment in clean.attachments
        if attachment.document_id is not None
    )
