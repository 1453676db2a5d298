"""How far a finding can be trusted: a logistic table over the rule that made it and a few traits.

The weights were fitted by ``tests/quality/fit_confidence.py`` and stand in config/vocabulary/confidence.toml.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict

from tasks.extract.draft import Draft

#: a name of at most so many characters leans on what stands around it
_SHORT = 3
#: one of more characters has probably kept more than its name
_LONG = 14
_EVEN_LONGER = 20
#: particles and verbs that seldom stand within a name: it has probably kept more of its sentence
_ODD = re.compile("[了由从将被使把着在]|分别|其中|以及|进行|^[为以对向与按]|、.{0,3}$|^.?、")
#: without one of these no name is odd: a look at single characters costs a fifth of the whole expression
_MAY_BE_ODD = re.compile("[了由从将被使把着在分其以进为对向与按、]")


class ConfidenceTable(BaseModel):
    """The content of confidence.toml: log odds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base: float
    traits: dict[str, float]

    def confidence(self, present: Iterable[str]) -> float:
        """The probability that all fields of a finding with these traits are right, to three places."""
        odds = self.base + sum(self.traits.get(trait, 0.0) for trait in present)
        return round(1 / (1 + math.exp(-odds)), 3)


class Confidence:
    """The table, with what it said before kept at hand: few combinations of traits occur."""

    def __init__(self, table: ConfidenceTable) -> None:
        self.table = table
        self._said: dict[tuple[object, ...], float] = {}

    def of(self, draft: Draft, *, coded: bool, in_span: bool, dated: bool, spanned: bool) -> float:
        """The confidence of a draft.

        Args:
            draft: the draft.
            coded: its name is that of a canonical indicator.
            in_span: its period is of several years.
            dated: it has a period.
            spanned: its section is of several years.
        """
        naming, unit, measure, digits = draft.naming, draft.unit, draft.measure, draft.mention.digits
        name, rule = naming.name, naming.rule
        joined = "、" in name or "和" in name
        odd = _MAY_BE_ODD.search(name) is not None and _ODD.search(name) is not None
        key = (rule, len(name), unit, measure, joined, odd, digits, coded, in_span, dated, spanned)
        said = self._said.get(key)
        if said is None:
            of_name = traits(name, rule, unit, measure, digits=digits, coded=coded)
            of_time = traits_of_time(in_span=in_span, dated=dated, spanned=spanned)
            said = self._said[key] = self.table.confidence((*of_name, *of_time))
        return said


def traits(name: str, rule: str, unit: str, measure: str, *, digits: bool, coded: bool) -> Iterator[str]:
    """What the table knows a finding by, but for its time."""
    yield f"rule.{rule}"
    length = len(name)
    if length <= _SHORT:
        yield "name.short"
    elif length > _LONG:
        yield "name.longer" if length > _EVEN_LONGER else "name.long"
    if measure in ("change", "multiple", "rank"):
        yield f"measure.{measure}"
    if unit == "元":
        yield "unit.money"
    if "、" in name or "和" in name:
        yield "name.joined"
    if coded:
        yield "name.coded"
    if _ODD.search(name):
        yield "name.odd"
    if not digits:
        yield "number.chinese"


def traits_of_time(*, in_span: bool, dated: bool, spanned: bool) -> Iterator[str]:
    """What it knows of the time of a finding, and of its section."""
    if in_span:
        yield "period.span"
    if not dated:
        yield "period.none"
    if spanned:
        yield "section.span"
