"""Whether a stretch of a report tells what is to be done or what was done, by its words alone.

Where no heading says it, verbs do: 加快推进 at the beginning of clauses looks ahead, 了, 同比 and 荣获 look back.
Single words mislead (a review also opens clauses with 推进), so all of them are weighed.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict

from tasks.errors import Misconfigured
from tasks.vocabulary import read_toml

_FILE = "mood.toml"
_CLAUSE = "(?:^|(?<=[，,。；;：:、\n）)]))"
#: rates are taken over so many characters
_UNIT = 100
#: of a longer stretch so much is looked at
_LONGEST = 1500


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    signs: dict[str, tuple[str, ...]]
    weights: dict[str, float]


@dataclass(frozen=True)
class Mood:
    """The compiled signs with their weights, and the weight of a stretch that shows none."""

    FILES: ClassVar[tuple[str, ...]] = (_FILE,)
    #: a shorter stretch tells less than its rates, in characters
    SHORTEST: ClassVar[int] = 400
    #: the probability as likely as not, and that of what surely looks ahead
    EVEN: ClassVar[float] = 0.5
    SURELY: ClassVar[float] = 0.6

    base: float
    signs: tuple[tuple[str, re.Pattern[str], float], ...]

    @classmethod
    def load(cls, vocabulary: Path) -> Self:
        """Read mood.toml and compile it.

        Raises:
            tasks.errors.Misconfigured: the file is missing or malformed, or a sign has no weight.
        """
        words = read_toml(vocabulary / _FILE, _Words)
        named = {"base", *words.signs}
        if named != set(words.weights):
            odd = ", ".join(sorted(named ^ set(words.weights)))
            raise Misconfigured(
                "unknown_key", f"{vocabulary / _FILE} needs a weight for each sign and no other; see to {odd}"
            )
        signs = (
            (name, re.compile("|".join(one.replace("<", _CLAUSE, 1) if one[0] == "<" else one for one in expressions)))
            for name, expressions in words.signs.items()
        )
        return cls(words.weights["base"], tuple((name, sign, words.weights[name]) for name, sign in signs))

    def rates(self, text: str) -> dict[str, float]:
        """How often each sign stands in a hundred characters of a stretch of text, which should be of 400 or more."""
        text = text[:_LONGEST]
        length = max(len(text), self.SHORTEST) / _UNIT
        return {name: len(sign.findall(text)) / length for name, sign, _ in self.signs}

    def ahead(self, text: str) -> float:
        """The probability that a stretch of a report looks ahead; its first 1,500 characters tell it."""
        rates = self.rates(text)
        odds = self.base + sum(weight * rates[name] for name, _, weight in self.signs)
        return 1 / (1 + math.exp(-max(-_UNIT, min(_UNIT, odds))))
