"""Which script a text is in, as a whole and passage by passage, and its conversion to simplified."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tasks.normalise.conversion import Converter, Region, all_values

Found = Literal["simplified", "traditional", "mixed"]

#: A share of traditional among telling characters above which a text is of one script.
_CLEAR = 0.95
#: Up to this share the traditional passages are quotations, which stay as they are.
_QUOTED = 0.25
#: Telling characters that a passage needs to differ from the rest of its document.
_ENOUGH = 3


@dataclass(frozen=True)
class Scripts:
    """Tells traditional from simplified by the characters that exist in one of them only."""

    simplified_of: Mapping[str, str]

    @cached_property
    def _table(self) -> list[int]:
        table = [32] * 0x10000
        for character in self.simplified_of:
            # 乾, 著, 於 … are in GB 2312, the set of simplified text, and tell nothing.
            if len(character) == 1 and character < "\U00010000" and not _in_gb2312(character):
                table[ord(character)] = 84
        plain = {c for c in self.simplified_of.values() if len(c) == 1}
        for character, forms in _forms().items():
            told = character in plain and character not in forms and not _in_daily_big5(character)
            if told and character < "\U00010000":
                table[ord(character)] = 83
        return table

    def count(self, text: str) -> tuple[int, int]:
        """How many characters are traditional only, and simplified only."""
        marks = text.translate(self._table)
        return marks.count("T"), marks.count("S")

    @cached_property
    def _traditional(self) -> re.Pattern[str]:
        return re.compile(f"[{''.join(chr(code) for code, mark in enumerate(self._table) if mark == 84)}]")

    def any_traditional(self, text: str) -> bool:
        """Whether a text has a single traditional character; costs a fraction of counting them."""
        return self._traditional.search(text) is not None

    def without_traditional(self, text: str) -> str:
        """The text with only those characters converted that are traditional and nothing else."""
        return "".join(
            self.simplified_of[c] if mark == "T" else c
            for c, mark in zip(text, text.translate(self._table), strict=True)
        )


def _in_daily_big5(character: str) -> bool:
    """Whether traditional text has the character too: 群 and 峰 are forms of 羣 and 峯 there."""
    try:
        return character.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _forms() -> dict[str, set[str]]:
    """All traditional forms of each simplified character."""
    return {key: set(values) for key, values in all_values("STCharacters").items()}


@dataclass(frozen=True)
class Conversion:
    """A text in simplified characters, as long as it was, and what it was found in."""

    text: str
    found: Found


_KANA = re.compile("[\u3041-\u30fa].*[\u3041-\u30fa]")
_LINE = re.compile(r"[^\n]+")


def to_simplified(
    text: str, scripts: Scripts, converters: Mapping[Region, Converter], *, document: Found | None = None
) -> Conversion:
    """Convert the passages that are traditional; leave those that are simplified alone.

    Args:
        text: any script.
        scripts: tells the scripts apart.
        converters: by region.
        document: the script of the document this text (a title, a value) belongs to: it decides for
            passages without telling characters.
    """
    if document in (None, "simplified") and not scripts.any_traditional(text):
        return Conversion(text, "simplified")
    traditional, simplified = scripts.count(text)
    found = _found(traditional, simplified)
    if not traditional and document in (None, "simplified"):
        return Conversion(text, found)
    if document is None and traditional <= _QUOTED * (traditional + simplified):
        return Conversion(text, found)  # a simplified document that quotes an old text, or a foreign one
    leaning: Found = document if document is not None and traditional + simplified < _ENOUGH else found
    region = _region(text)
    default = leaning == "traditional" or (leaning == "mixed" and traditional >= simplified)
    pieces: list[str] = []
    done = 0
    for line in _LINE.finditer(text):
        passage = line[0]
        if _KANA.search(passage):
            continue
        t, s = scripts.count(passage)
        if t >= s if default else t >= _ENOUGH and t > s:
            passage = converters[region].convert(passage)
        elif t and default:
            passage = scripts.without_traditional(passage)  # simplified, but for a character or two
        else:
            continue
        pieces += (text[done : line.start()], passage)
        done = line.end()
    pieces.append(text[done:])
    return Conversion("".join(pieces), found)


def _found(traditional: int, simplified: int) -> Found:
    telling = traditional + simplified
    if traditional < _ENOUGH and traditional <= 0.05 * telling:
        return "simplified"
    share = traditional / telling if telling else 0.0
    if share >= _CLEAR:
        return "traditional"
    return "simplified" if share <= 1 - _CLEAR else "mixed"


#: Forms that tell Taiwan and Hong Kong from OpenCC's standard (爲, 裏, 衆, 綫).
_TAIWAN = re.compile("[為裡眾線著群峰裡啟溫]")
_HONG_KONG = re.compile("[裏綫峯羣着衞説税閲悦]")
_STANDARD = re.compile("[爲衆羣裏啓牀]")


def _region(text: str) -> Region:
    """Whose forms a traditional text uses."""
    taiwan, hong_kong, standard = (len(p.findall(text)) for p in (_TAIWAN, _HONG_KONG, _STANDARD))
    if standard > max(taiwan, hong_kong) or taiwan == hong_kong:
        return "standard"
    return "taiwan" if taiwan > hong_kong else "hong_kong"
