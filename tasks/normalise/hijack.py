"""Terms of gambling sites that a break-in put where a place name or a common word stood.

澳门现金赌场郑陆镇人民政府 was 天宁区郑陆镇人民政府.  A term is foreign when it is made of the morphemes of
such sites, one of them a strong one, and it is a replacement when it stands where no sentence would
have it: right before an organ or a place, or several times word for word in a page that is not about
gambling.  What it replaced is restored where it stands before a place or an organ and independent
evidence names that place; elsewhere it is left and reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from schemas.record import Warn
from tasks.text.spans import Edit


class HijackWords(BaseModel):
    """The content of hijack.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    organs: tuple[str, ...]
    topics: tuple[str, ...]
    replaced: dict[str, str]


@dataclass(frozen=True)
class Restorable:
    """A place that independent evidence names, and what lies right below it in the texts.

    Attributes:
        name: without what is above it: 天宁区.
        evidence: what it was read from.
    """

    name: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class HijackRules:
    """The morphemes, compiled."""

    words: HijackWords

    @cached_property
    def term(self) -> re.Pattern[str]:
        """A run of two morphemes and more."""
        every = sorted((*self.words.strong, *self.words.weak), key=len, reverse=True)
        return re.compile(f"(?:{'|'.join(map(re.escape, every))}){{2,}}")

    @cached_property
    def before_place(self) -> re.Pattern[str]:
        """What shows that a place name belongs right before it: an organ, or a name with its class."""
        organs = "|".join(map(re.escape, sorted(self.words.organs, key=len, reverse=True)))
        committee = "委(?=[、和及与，,])"  # what is left of 天宁区委、区政府
        return re.compile(f"(?:{organs})|{committee}|[\u4e00-\u9fff]{{1,4}}?(?:镇|乡|街道|村|社区|开发区|园区)")

    @cached_property
    def topic(self) -> re.Pattern[str]:
        """Words of a page that is about gambling."""
        return re.compile("|".join(map(re.escape, self.words.topics)))

    @cached_property
    def quick(self) -> re.Pattern[str]:
        """Any strong morpheme."""
        return re.compile("|".join(map(re.escape, self.words.strong)))


@dataclass(frozen=True)
class Found:
    """A foreign term where it stands."""

    start: int
    end: int
    term: str
    before_place: bool


def find_terms(text: str, rules: HijackRules) -> tuple[Found, ...]:
    """The replacements in a text in simplified characters."""
    if rules.quick.search(text) is None:
        return ()
    strong = set(rules.words.strong)
    found: list[Found] = []
    for match in rules.term.finditer(text):
        term = match[0]
        if not any(word in term for word in strong):
            continue
        follows = rules.before_place.match(text, match.end()) is not None
        found.append(Found(match.start(), match.end(), term, follows))
    times = Counter(f.term for f in found)
    placed = {f.term for f in found if f.before_place and not _is_topic(text, f, rules)}
    if not placed:
        return ()
    # Once a page has been broken into, every term of the kind is suspect; before that none is.
    return tuple(f for f in found if f.term in placed or times[f.term] > 1 or f.term in rules.words.replaced)


def _is_topic(text: str, found: Found, rules: HijackRules) -> bool:
    around = text[max(0, found.start - 12) : found.start] + text[found.end : found.end + 12]
    return rules.topic.search(around) is not None


def restore(
    text: str, found: Sequence[Found], places: Sequence[Restorable], rules: HijackRules
) -> tuple[list[Edit], list[Warn]]:
    """The edits that put a place name back, and a warning for each term.

    A term that stands before a place at least once stood for a place everywhere.
    """
    edits: list[Edit] = []
    warnings: list[Warn] = []
    by_term: dict[str, list[Found]] = {}
    for one in found:
        by_term.setdefault(one.term, []).append(one)
    place = places[0] if places else None
    for term, those in by_term.items():
        for_place = any(one.before_place for one in those) and term not in rules.words.replaced
        agrees = place is not None and (len(place.evidence) > 1 or place.name in text)
        if for_place and place is not None and agrees:
            edits += [Edit(one.start, one.end, place.name, whole=True) for one in those]
            why = f"a term of gambling sites stands where {' and '.join(place.evidence)} name a place; restored"
            likely: str | None = place.name
        else:
            likely = rules.words.replaced.get(term) or (place.name if for_place and place else None)
            why = "a term of gambling sites stands where no sentence would put it; left as found"
        warnings.append(Warn(code="keyword_hijack", found=term, times=len(those), likely=likely, why=why))
    return edits, warnings
