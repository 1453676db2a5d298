"""How far a finding can be trusted: a logistic table over the rule that made it and a few traits.

The weights were fitted by ``tests/quality/fit_confidence.py`` and stand in config/vocabulary/confidence.toml.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from tasks.extract.draft import Draft

#: a name of at most so many characters leans on what stands around it
_SHORT = 3
#: one of more characters has probably kept more than its name
_LONG = 14
_EVEN_LONGER = 20


class ConfidenceTable(BaseModel):
    """The content of confidence.toml: log odds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base: float
    traits: dict[str, float]

    def confidence(self, traits: Iterator[str]) -> float:
        """The probability that all fields of a finding with these traits are right, to three places."""
        odds = self.base + sum(self.traits.get(trait, 0.0) for trait in traits)
        return round(1 / (1 + math.exp(-odds)), 3)


def traits_of(draft: Draft, *, in_span: bool) -> Iterator[str]:
    """The traits of a draft; ``in_span`` tells that its period is of several years."""
    naming = draft.naming
    return traits(naming.name, naming.rule, draft.unit, draft.measure, digits=draft.mention.digits, in_span=in_span)


def traits(name: str, rule: str, unit: str, measure: str, *, digits: bool, in_span: bool) -> Iterator[str]:
    """The same, of what a stored finding tells."""
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
    if not digits:
        yield "number.chinese"
    if in_span:
        yield "period.span"
