"""Tells the page's own lines from the document's."""

from __future__ import annotations

from tasks.clean.rules import CleanRules

_LONGEST_CHROME = 160
_NARROW = (("：", ":"), ("（", "("), ("）", ")"), ("｜", "|"), ("，", ","), ("！", "!"), ("＞", ">"), ("︰", ":"))


def narrow(text: str) -> str:
    """The text with the punctuation that labels and chrome use made half width; same length."""
    for wide, slim in _NARROW:
        if wide in text:
            text = text.replace(wide, slim)
    return text


def folded(text: str) -> str:
    """The text without white space, punctuation half width: what the patterns of chrome are written for."""
    return narrow("".join(text.split()))


def is_chrome(text: str, rules: CleanRules) -> bool:
    """Whether a line is the page's own: navigation, tools, counters, the foot of the site."""
    if len(text) > 2 * _LONGEST_CHROME:
        return False
    line = folded(text)
    if len(line) > _LONGEST_CHROME or line.count("。") > 1:
        return False
    return rules.whole.match(line) is not None or rules.part.search(line) is not None


def ends_document(text: str, rules: CleanRules) -> bool:
    """Whether nothing that belongs to the document comes after this line."""
    return len(text) <= _LONGEST_CHROME and rules.ends.match(folded(text)) is not None


def sentences(text: str) -> int:
    """How much a text is written in sentences: the number of its commas and stops."""
    return text.count("，") + text.count("。") + text.count(",") + text.count("；")
