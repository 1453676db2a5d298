"""GBK as bytes: which pair of bytes is which character, and which pairs a lossy decoder drops."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tasks.normalise.conversion import all_values, dictionary

LEADS = range(0x81, 0xFF)


@dataclass(frozen=True)
class Gbk:
    """The characters of GBK, valued as characters of a traditional text made from a simplified one.

    Attributes:
        simplified: single-character conversion, for every character that it changes.
    """

    simplified: Mapping[str, str]

    @cached_property
    def characters(self) -> dict[int, str]:
        """Character by code (lead * 256 + trail)."""
        found: dict[int, str] = {}
        for lead in LEADS:
            for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
                try:
                    found[lead << 8 | trail] = codecs.decode(bytes((lead, trail)), "gbk")
                except UnicodeDecodeError:
                    continue
        return found

    @cached_property
    def codes(self) -> dict[str, int]:
        """Code by character; also of characters that decoders with wider tables show."""
        found = {character: code for code, character in self.characters.items()}
        for lead in LEADS:
            for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
                if (lead << 8 | trail) in self.characters:
                    continue
                try:
                    found.setdefault(codecs.decode(bytes((lead, trail)), "gb18030"), lead << 8 | trail)
                except UnicodeDecodeError:
                    continue
        return found

    @cached_property
    def simplified_table(self) -> dict[int, str]:
        """:attr:`simplified` for ``str.translate``."""
        return {ord(k): v for k, v in self.simplified.items()}

    @cached_property
    def dropped(self) -> dict[int, frozenset[int]]:
        """By lead byte, the trail bytes (that could be leads themselves) of pairs that are no character."""
        return {
            lead: frozenset(t for t in LEADS if (lead << 8 | t) not in self.characters)
            for lead in (0x80, *LEADS)  # 80 is a trail byte in step and taken for a lead out of step
            if any((lead << 8 | t) not in self.characters for t in LEADS)
        }

    @cached_property
    def by_lead(self) -> dict[int, tuple[tuple[int, str], ...]]:
        """(trail, character) of each lead byte: Chinese characters and common marks."""
        found: dict[int, list[tuple[int, str]]] = {}
        for code, character in self.characters.items():
            if _may_be_meant(character):
                found.setdefault(code >> 8, []).append((code & 0xFF, character))
        return {lead: tuple(pairs) for lead, pairs in found.items()}

    @cached_property
    def by_trail(self) -> dict[int, tuple[tuple[int, str], ...]]:
        """(lead, character) of each trail byte: Chinese characters and common marks."""
        found: dict[int, list[tuple[int, str]]] = {}
        for code, character in self.characters.items():
            if _may_be_meant(character):
                found.setdefault(code & 0xFF, []).append((code >> 8, character))
        return {trail: tuple(pairs) for trail, pairs in found.items()}

    @cached_property
    def traditional_prior(self) -> dict[str, float]:
        """Logarithm of how readily a converter to traditional writes each Chinese character."""
        images = all_values("STCharacters")
        prior: dict[str, float] = {}
        for character in self.characters.values():
            if not "\u4e00" <= character <= "\u9fff":
                continue
            plain = self.simplified.get(character, character)
            forms = images.get(plain, [plain])
            if character == forms[0]:
                prior[character] = 0.0
            elif character in forms:
                prior[character] = -1.5
            elif plain != character:
                prior[character] = -2.5
            else:
                prior[character] = -9.0  # a simplified form: a converter would have changed it
        return prior


def _may_be_meant(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or character in "。、“”《》·—‘’「」『』…"


def simplified_characters() -> dict[str, str]:
    """Every character that converts on its own, with Taiwan's and Hong Kong's forms."""
    found = dictionary("TSCharacters")
    for name in ("TWVariantsRev", "HKVariantsRev"):
        for form, standard in dictionary(name).items():
            if form not in found and standard in found:
                found.setdefault(form, found[standard])
    return {k: v for k, v in found.items() if k != v}
