"""What a change is compared with: the year before, the period before, a plan, or a year that is named."""

from __future__ import annotations

import re

from schemas.record import Period
from tasks.extract.draft import Draft
from tasks.extract.words import Words, sought

_YEAR = re.compile(r"(?:比|较|与)((?:19|20)\d\d)年")
_CHANGES = ("change_rate", "change", "multiple")


class Comparing:
    """Reads the base of a comparison out of the words before a number."""

    def __init__(self, words: Words) -> None:
        c = words.compared
        self._words = (
            ("previous_year", re.compile(sought(c.previous_year))),
            ("previous_period", re.compile(sought(c.previous_period))),
            ("plan", re.compile(sought(c.plan))),
        )
        #: a quick look for any of them
        self._any = re.compile(sought((*c.previous_year, *c.previous_period, *c.plan, *"12")))

    def compared_with(self, draft: Draft, period: Period | None) -> str | None:
        """``previous_year``, ``previous_period``, ``plan``, a year, or None.

        Growth in a year that names no base is over the year before, as statistics are reported.
        """
        if draft.measure not in (*_CHANGES, "share"):
            return None
        if self._any.search(draft.words):
            named = _YEAR.search(draft.words)
            if named is not None:
                return named[1]
            for base, expression in self._words:
                if expression.search(draft.words):
                    return base
        one_year = period is not None and not period.spans_years
        if draft.measure == "change_rate" and one_year and "年均" not in draft.near.tail:
            return "previous_year"
        return None
