"""Traditional to simplified with OpenCC's tables, compiled.

The library walks its dictionaries in Python at half a million characters a second.  Nearly all
characters convert on their own, so here ``str.translate`` does those, and phrases are looked up only
around the few hundred characters that some phrase converts otherwise than the character table does.
Without additions the result equals the library's; a test says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Literal

Region = Literal["standard", "taiwan", "hong_kong"]

#: What may stand inside no phrase: the library cuts its input at these first.
SEPARATORS = frozenset(
    "-,.?!*　，。、；：？！…“”‘’『』「」﹁﹂—－（）《》〈〉～．／＼︒︑︔︓︿"
    "﹀︹︺︙︐［﹇］﹈︕︖︰︳︴︽︾︵︶｛︷｝︸﹃﹄【︻】︼ "
    "\t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0"
    "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f"
)
_SEPARATOR = re.compile(f"[{re.escape(''.join(sorted(SEPARATORS)))}]")


@dataclass(frozen=True)
class Step:
    """One dictionary group of OpenCC: phrases first, then characters.

    Attributes:
        phrases: two characters and more, as many as they become.
        characters: one character to one.
    """

    phrases: Mapping[str, str]
    characters: Mapping[str, str]

    def convert(self, text: str) -> str:
        """The text with every phrase and character converted. Lengths stay."""
        plain = text.translate(self._table)
        if self._markers is None:
            return plain
        pieces: list[str] = []
        done = segment_end = 0
        for found in self._markers.finditer(text):
            if found.start() < segment_end:
                continue
            start = found.start()
            while start > segment_end and text[start - 1] not in SEPARATORS:
                start -= 1
            cut = _SEPARATOR.search(text, found.start())
            segment_end = cut.start() if cut else len(text)
            for at, phrase in self._chosen(text, start, segment_end):
                pieces += (plain[done:at], self.phrases[phrase])
                done = at + len(phrase)
        if not done:
            return plain
        pieces.append(plain[done:])
        return "".join(pieces)

    @cached_property
    def _table(self) -> list[int]:
        # A list, since a dictionary raises an error inside str.translate for each key that it lacks.
        table = list(range(0x10000))
        beyond = {ord(k): ord(v) for k, v in self.characters.items()}
        for code, value in beyond.items():
            if code < 0x10000:
                table[code] = value
        if any(code >= 0x10000 for code in beyond):
            table += range(0x10000, 0x30000)
            for code, value in beyond.items():
                table[code] = value
        return table

    @cached_property
    def _markers(self) -> re.Pattern[str] | None:
        """The characters that some phrase converts otherwise than they convert alone."""
        special = {
            a
            for phrase, becomes in self.phrases.items()
            for a, b in zip(phrase, becomes, strict=True)
            if self.characters.get(a, a) != b
        }
        return re.compile(f"[{re.escape(''.join(sorted(special)))}]") if special else None

    @cached_property
    def _by_first(self) -> dict[str, tuple[int, ...]]:
        """Lengths of the phrases that begin with a character, longest first."""
        lengths: dict[str, set[int]] = {}
        for phrase in self.phrases:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def _chosen(self, text: str, start: int, end: int) -> list[tuple[int, str]]:
        """The phrases the library takes: longest first, then leftmost, none over another."""
        found = [
            (-length, at)
            for at in range(start, end)
            for length in self._by_first.get(text[at], ())
            if at + length <= end and text[at : at + length] in self.phrases
        ]
        taken: list[tuple[int, str]] = []
        for minus, at in sorted(found):
            if all(at - minus <= other or at >= other + len(phrase) for other, phrase in taken):
                taken.append((at, text[at : at - minus]))
        return sorted(taken)


@dataclass(frozen=True)
class Converter:
    """Traditional to simplified for one region's forms."""

    steps: tuple[Step, ...]

    def convert(self, text: str) -> str:
        """The text in simplified characters, character by character as long as before."""
        for step in self.steps:
            text = step.convert(text)
        return text


def converter(region: Region, additions: Mapping[str, Mapping[str, str]]) -> Converter:
    """Compile the library's tables for a region, and our additions to them.

    Args:
        region: whose forms the text is in.
        additions: entries by table: ``traditional``, ``taiwan``, ``hong_kong``.
    """
    standard = _step(("TSPhrases",), ("TSCharacters",), additions.get("traditional", {}))
    if region == "standard":
        return Converter((standard,))
    name = "TWVariantsRev" if region == "taiwan" else "HKVariantsRev"
    return Converter((_step((f"{name}Phrases",), (name,), additions.get(region, {})), standard))


def dictionary(name: str) -> dict[str, str]:
    """A dictionary file of the library: every key with its first value."""
    return {key: values[0] for key, values in all_values(name).items()}


def all_values(name: str) -> dict[str, list[str]]:
    """A dictionary file of the library: every key with all its values, likeliest first."""
    text = resources.files("opencc").joinpath("dictionary", f"{name}.txt").read_text(encoding="utf-8")
    pairs = (line.strip().split("\t") for line in text.splitlines() if line.strip())
    return {key: values.split(" ") for key, values in pairs}


def _step(phrases: Iterable[str], characters: Iterable[str], additions: Mapping[str, str]) -> Step:
    many: dict[str, str] = {}
    single: dict[str, str] = {}
    for name in (*phrases, *characters):
        for key, value in dictionary(name).items():
            (many if len(key) > 1 else single).setdefault(key, value)
    for key, value in additions.items():
        (many if len(key) > 1 else single)[key] = value
    # A phrase across a separator never matches in the library, which cuts the text there first.
    many = {k: v for k, v in many.items() if SEPARATORS.isdisjoint(k)}
    return Step(many, single)
