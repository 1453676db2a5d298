"""Automatic numbers of Word paragraphs: the 一、 that nobody typed (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

_HAN = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEVELS = 9


@dataclass(frozen=True)
class Level:
    """One level of a list: where it starts counting, how numbers are spelled, and the label around them."""

    start: int = 1
    style: str = "decimal"
    pattern: str = "%1."


@dataclass
class Numbering:
    """Counts the numbered paragraphs of one document, in their order."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)
    _seen: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, root: etree._Element | None) -> Numbering:
        """Read the part numbering.xml; None is a document without numbers."""
        numbering = cls()
        if root is None:
            return numbering
        for element in root:
            tag = _local(element)
            if tag == "abstractNum":
                key = _attribute(element, "abstractNumId")
                numbering.levels[key] = dict(filter(None, map(_level, element)))
            elif tag == "num":
                key = _attribute(element, "numId")
                for part in element:
                    if _local(part) == "abstractNumId":
                        numbering.lists[key] = _attribute(part, "val")
                    elif _local(part) == "lvlOverride":
                        level = _attribute(part, "ilvl")
                        for start in part:
                            if _local(start) == "startOverride" and level.isdecimal():
                                numbering.overrides[key, int(level)] = _whole(_attribute(start, "val"), 1)
        return numbering

    def label(self, number_id: str, level: int) -> str:
        """The label of the next paragraph of this list and level, ``""`` for bullets and unknown lists."""
        levels = self.levels.get(self.lists.get(number_id, ""), {})
        own = levels.get(level)
        if own is None or not 0 <= level < _LEVELS:
            return ""
        counts = self._counts.setdefault(self.lists[number_id], [-1] * _LEVELS)
        if (number_id, level) in self.overrides and (number_id, level) not in self._seen:
            counts[level] = self.overrides[number_id, level] - 1
        self._seen.add((number_id, level))
        for upper in range(level + 1):
            if counts[upper] < 0:
                known = levels.get(upper, Level())
                counts[upper] = known.start - (1 if upper == level else 0)
        counts[level] += 1
        counts[level + 1 :] = [-1] * (_LEVELS - level - 1)
        if own.style in ("bullet", "none"):
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            return spelled(counts[at], levels.get(at, Level()).style) if 0 <= at <= level else ""

        return re.sub(r"%(\d)", number, own.pattern)


def spelled(number: int, style: str) -> str:
    """A number in a numbering style of Word; in digits where the style is unknown."""
    if number < 0:
        return ""
    if style.startswith(_HAN_STYLES):
        return in_han(number)
    writer = _STYLES.get(style)
    return writer(number) if writer is not None and number > 0 else str(number)


def in_han(number: int) -> str:
    """二十一; from 10,000 on in digits."""
    if number >= 10_000:
        return str(number)
    if number == 0:
        return "〇"
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += _HAN[digit] + name
        elif text and not text.endswith("零") and number % unit:
            text += "零"
    return text.removeprefix("一") if 10 <= number < 20 else text


def in_roman(number: int) -> str:
    """XIV; from 4,000 on in digits."""
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        text += letters * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    return chr(65 + (number - 1) % 26) * ((number - 1) // 26 % 20 + 1)


def _circled(number: int) -> str:
    return _CIRCLED[number - 1] if number <= len(_CIRCLED) else str(number)


_HAN_STYLES = ("chineseCounting", "taiwaneseCounting", "japaneseCounting", "chineseLegal", "ideographDigital")
_STYLES: dict[str, Callable[[int], str]] = {
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "ideographZodiac": lambda number: _BRANCHES[(number - 1) % 12],
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": in_roman,
    "lowerRoman": lambda number: in_roman(number).lower(),
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({48 + n: 0xFF10 + n for n in range(10)}),
}


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), "")


def _whole(text: str, otherwise: int) -> int:
    return min(int(text), 100_000) if text.isdecimal() else otherwise


def _level(element: etree._Element) -> tuple[int, Level] | None:
    if _local(element) != "lvl" or not _attribute(element, "ilvl").isdecimal():
        return None
    start, style, pattern = 1, "decimal", ""
    for part in element.iter():
        tag = _local(part)
        if tag == "start":
            start = _whole(_attribute(part, "val"), 1)
        elif tag == "numFmt":
            style = _attribute(part, "val") or style
        elif tag == "lvlText":
            pattern = _attribute(part, "val")
    return int(_attribute(element, "ilvl")), Level(start, style, pattern)
