"""What bytes can be: the characters that fit a known lead or trail byte, likeliest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from tasks.normalise.dropped import is_dropped_within, key_of
from tasks.normalise.gbk import Gbk
from tasks.normalise.language import UNSEEN, Language
from tasks.normalise.scoring import MARK, Scorer

_CANDIDATES = 32  # characters tried for an unknown byte
_WORTHLESS = 20.0  # nats: characters rarer than this are no candidates

#: Characters by lead or trail byte, likeliest first.
Usual = Mapping[Literal["lead", "trail"], Mapping[int, tuple[str, ...]]]


def usual_characters(gbk: Gbk, language: Language) -> Usual:
    """The characters with each lead and each trail byte, by how likely a traditional text has them."""
    worth: dict[str, float] = {}
    for character in gbk.characters.values():
        simplified = gbk.simplified.get(character, character)
        prior = gbk.traditional_prior.get(character)
        likely = max(language.characters.get(simplified, UNSEEN), language.beginnings.get(simplified, UNSEEN))
        worth[character] = MARK if prior is None else likely + prior
    tables: dict[Literal["lead", "trail"], dict[int, tuple[str, ...]]] = {"lead": {}, "trail": {}}
    sides: tuple[tuple[Literal["lead", "trail"], Mapping[int, tuple[tuple[int, str], ...]]], ...] = (
        ("lead", gbk.by_lead),
        ("trail", gbk.by_trail),
    )
    for side, table in sides:
        for byte, pairs in table.items():
            usual = sorted((-worth[c], c) for _, c in pairs)
            tables[side][byte] = tuple(c for minus, c in usual if minus < _WORTHLESS)
    return tables


class Candidates:
    """The characters that fit bytes, in one document.

    A *pending* byte is a known lead; −n stands for any lead that makes no character behind byte n, and
    0 for any lead at all.

    Args:
        clean: the text of the document without annotations.
        scorer: values characters.
        traditional: the text is traditional, so a simplified form is no likely reading.
    """

    def __init__(
        self, clean: str, scorer: Scorer, *, gbk: Gbk, language: Language, usual: Usual, traditional: bool
    ) -> None:
        self._gbk, self._scorer, self._traditional = gbk, scorer, traditional
        self._usual, self._beginnings = usual, language.beginnings
        self._own = frozenset(clean)
        self._own_by_byte: dict[tuple[str, int], list[str]] = {}
        for character in self._own:
            if "\u4e00" <= character <= "\u9fff" and character in gbk.codes:
                code = gbk.codes[character]
                self._own_by_byte.setdefault(("lead", code >> 8), []).append(character)
                self._own_by_byte.setdefault(("trail", code & 0xFF), []).append(character)
        self._worth: dict[str, float] = {}
        self._ranks: dict[tuple[str, int], list[str]] = {}
        self._completed: dict[tuple[int, int], list[str]] = {}
        self._lost_trails: dict[int, list[str]] = {}

    def complete(self, pending: int, trail: int) -> list[str]:
        """What the pending byte can be with this trail, likeliest first."""
        key = pending, trail
        found = self._completed.get(key)
        if found is None:
            if pending > 0:
                made = self._gbk.characters.get(pending << 8 | trail)
                found = [] if made is None else [made]
            else:
                codes = self._gbk.codes
                every = self._ranked("trail", trail)
                if pending:
                    leads = self._gbk.dropped[-pending]
                    found = [c for c in every if codes[c] >> 8 in leads]
                else:
                    found = every[: 2 * _CANDIDATES]
            self._completed[key] = found
        return found

    def lost_trail(self, pending: int) -> list[str]:
        """What the pending byte can be with any trail that could be taken for a lead."""
        found = self._lost_trails.get(pending)
        if found is None:
            leads = self.leads(pending)
            found = [c for lead in leads for c in self._ranked("lead", lead)]
            found = [c for c in found if self._gbk.codes[c] & 0xFF >= 0x80]
            if len(leads) > 1:
                found = sorted(found, key=lambda c: -self.worth(c))[:_CANDIDATES]
            else:
                found = found[: 2 * _CANDIDATES]
            self._lost_trails[pending] = found
        return found

    def leads(self, pending: int) -> tuple[int, ...]:
        """The lead bytes that a pending byte can be."""
        if pending > 0:
            return (pending,)
        return tuple(self._gbk.dropped[-pending]) if pending else ()

    def _ranked(self, side: Literal["lead", "trail"], byte: int) -> list[str]:
        """The likeliest characters with this lead or trail byte; those of the document among them."""
        key = side, byte
        found = self._ranks.get(key)
        if found is None:
            usual = self._usual[side].get(byte, ())
            own = self._own_by_byte.get(key, ())
            found = sorted({*usual[: 2 * _CANDIDATES], *own}, key=lambda c: (-self.worth(c), c))
            self._ranks[key] = found
        return found

    def worth(self, character: str) -> float:
        """How likely a character is without context."""
        worth = self._worth.get(character)
        if worth is None:
            simplified = self._gbk.simplified.get(character, character)
            worth = max(self._scorer.character(simplified), self._beginnings.get(simplified, UNSEEN))
            worth += self.prior(character)
            self._worth[character] = worth
        return worth

    def prior(self, character: str) -> float:
        """How likely the page has this form of a character."""
        if character in self._own:
            return 0.0
        if not self._traditional:
            return -6.0 if character in self._gbk.simplified else 0.0
        return self._gbk.traditional_prior.get(character, 0.0)


def own_stretches(clean: str, gbk: Gbk) -> dict[int, list[str]]:
    """The pairs of neighbours in a document that would lose the pair between them, as in the word table."""
    found: dict[int, list[str]] = {}
    for stretch in {clean[at : at + 2] for at in range(len(clean) - 1)}:
        if (
            "\u4e00" <= stretch[0] <= "\u9fff"
            and "\u4e00" <= stretch[-1] <= "\u9fff"
            and stretch[0] in gbk.codes
            and stretch[1] in gbk.codes
            and is_dropped_within(stretch, gbk)
        ):
            found.setdefault(key_of(stretch, gbk), []).append(stretch)
    return {key: sorted(those) for key, those in found.items()}
