"""What a document is: its kind, its place, and the years it reports on and plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.document import Clue
from schemas.page import Cover
from schemas.record import Area, Kind, Metadata, Period, Warn
from tasks.identity.kind import tell_kind
from tasks.identity.periods import tell_periods
from tasks.identity.place import find_place
from tasks.identity.rules import IdentityRules

#: What can be attached to a page that bears its title.
_DOCUMENTS = frozenset(("government_work_report", "work_summary", "plan", "statistical_bulletin"))


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
    is_cover: bool = False,
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
        is_cover: the document only says that another is attached to it.  It bears the title of that
            other, but is a notice of it and reports on no year itself.
    """
    kind = tell_kind(text, title, metadata, rules.kinds)
    area, warnings = find_place(
        text=text, title=title, metadata=metadata, clues=clues, url=url, rules=rules, cover=cover
    )
    if is_cover:
        return Identity(
            kind="notice" if kind in _DOCUMENTS else kind,
            area=area,
            review_period=None,
            plan_period=None,
            warnings=warnings,
        )
    review, plan = tell_periods(text, title, kind, metadata, fetched_on, rules.periods)
    return Identity(kind=kind, area=area, review_period=review, plan_period=plan, warnings=warnings)
