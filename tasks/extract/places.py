"""Where a sentence stands in a document, and which years that makes it speak of."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from schemas.record import Period, Section

#: how far, in characters, a year told for one sentence reaches over those after it
_CARRIED = 160


class Years(NamedTuple):
    """The last year reported on and the first year planned.

    Attributes:
        this_year: what 今年 is in a review and in news, where that is another year than the one told of.
        this_year_ahead: the same in a plan.
    """

    review: int | None
    plan: int | None
    this_year: int | None = None
    this_year_ahead: int | None = None

    def spoken_in(self, part: str | None) -> int | None:
        """What 今年 is in a part of the document."""
        return self.this_year_ahead if part in ("plan", "self_building") else self.this_year


class Told:
    """The years that the sentences of a section told for their figures, by where they end."""

    def __init__(self) -> None:
        self._last: dict[int, Period] = {}

    def tell(self, at: int, period: Period) -> None:
        """A sentence that ends at ``at`` tells figures of this period."""
        self._last[at] = period

    def before(self, at: int) -> Period | None:
        """What was told last shortly before ``at``, or None."""
        near = max((end for end in self._last if at - _CARRIED < end <= at), default=None)
        return None if near is None else self._last[near]


class Place(NamedTuple):
    """Where a sentence stands: its deepest section, what that says of status and time, what was told in it.

    Attributes:
        wider: of a year that is the last of several under review around it, those years.
    """

    section: Section | None
    planned: bool
    period: Period | None
    told: Told | None = None
    wider: Period | None = None

    @property
    def spans_years(self) -> bool:
        """Whether what is told there is of several years."""
        return self.period is not None and self.period.spans_years


_NOWHERE = Place(None, planned=False, period=None)


class Places:
    """Looks up the deepest section of an offset."""

    def __init__(self, sections: tuple[Section, ...], years: Years, reviewed: Period | None = None) -> None:
        """``reviewed`` is the time under review: what stands before the first chapter is of that time."""
        self._reviewed = reviewed
        self._starts: list[int] = []
        self._places: list[Place] = []
        #: some section is of several years
        self._several = any(one.period is not None and one.period.spans_years for one in sections)
        stack: list[Section] = []
        for section in sorted(sections, key=lambda s: (s.start, s.level)):
            self._close(stack, section.start, years)
            stack.append(section)
            self._open(section.start, stack, years)
        self._close(stack, max((s.end for s in sections), default=0) + 1, years)

    def _close(self, stack: list[Section], at: int, years: Years) -> None:
        while stack and stack[-1].end <= at:
            closed = stack.pop()
            if stack and stack[-1].end > closed.end:
                self._open(closed.end, stack, years)

    def _open(self, at: int, stack: list[Section], years: Years) -> None:
        """The innermost section of the stack begins, or goes on, at an offset."""
        section = stack[-1]
        self._starts.append(at)
        period = section.period or (self._reviewed if section.part == "preamble" else None)
        self._places.append(Place(section, _is_planned(section, years), period, Told(), self._wider(period, stack)))

    def _wider(self, period: Period | None, stack: list[Section]) -> Period | None:
        """The years under review around a section of which its own is the last."""
        if not self._several or period is None or period.spans_years:
            return None
        around = [one.period for one in reversed(stack)]
        if self._places:
            around += [self._places[-1].period, self._places[-1].wider]
        last = period.end[:4]
        return next((one for one in around if one is not None and one.start[:4] < last == one.end[:4]), None)

    def at(self, offset: int) -> Place:
        """The place of an offset."""
        n = bisect_right(self._starts, offset) - 1
        return self._places[n] if n >= 0 else _NOWHERE


def _is_planned(section: Section, years: Years) -> bool:
    if section.part == "plan":
        return True
    if section.part in ("review", "problems", "preamble") or section.period is None or years.plan is None:
        return False
    first = int(section.period.start[:4])
    return first >= years.plan and (years.review is None or first > years.review)
