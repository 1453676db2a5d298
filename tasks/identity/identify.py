"""What a document is: its kind, its place, and the years it reports on and plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.document import Clue
from schemas.page import Cover
from schemas.record import Area, Kind, Metadata, Period, Warn
from tasks.identity.rules import IdentityRules


@dataclass(frozen=True)
class Identity:
    """What a document is.

    Attributes:
        kind: one of :data:`schemas.record.Kind`.
        area: the place it is of, with the evidence; None when the evidence does not suffice.
        review_period, plan_period: the years reported on and planned, None when there is no such part.
        warnings: doubts about any of these.
    """

    kind: Kind
    area: Area | None
    review_period: Period | None
    plan_period: Period | None
    warnings: tuple[Warn, ...] = ()


def identify(
    *,
    text: str,
    title: str | None,
    metadata: Metadata,
    clues: Sequence[Clue],
    url: str,
    fetched_on: str,
    rules: IdentityRules,
    cover: Cover | None = None,
) -> Identity:
    """Tell kind, place and periods of a document.

    Args:
        text: the body, in simplified characters, repaired.
        title: as read, in simplified characters, or None.
        metadata: the disclosure block.
        clues: evidence for the place found in the page.
        url: where it was fetched.
        fetched_on: ISO date of the fetch: no report is of a later year.
        rules: words and the area table.
        cover: the page that linked to the document, when it is an attachment.
    """
    return Identity(kind="other", area=None, review_period=None, plan_period=None)


def place_candidates(*, metadata: Metadata, clues: Sequence[Clue], url: str, rules: IdentityRules) -> tuple[Area, ...]:
    """Places told by evidence that break-ins leave alone, best first: codes, not names."""
    return ()
