"""Tells the page's own lines from the document's."""

from __future__ import annotations

from tasks.clean.rules import CleanRules

_LONGEST_CHROME = 160
_SHORT_NOTICE = 48
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


def is_chrome(text: str, rules: CleanRules, *, foot: bool = True) -> bool:
    """Whether a line is the page's own: navigation, tools, counters, and the foot of the site.

    Args:
        text: the line.
        rules: patterns.
        foot: also what only the foot of a site says; above a document the same words are the document's.
    """
    return not is_written(text) and is_chrome_line(folded(text), rules, foot=foot)


def is_chrome_line(line: str, rules: CleanRules, *, foot: bool = True) -> bool:
    """The same for a line that is :func:`folded` already."""
    if len(line) > _LONGEST_CHROME or line.count("。") > 1:
        return False
    return rules.whole.match(line) is not None or (foot and rules.foot.search(line) is not None)


def is_written(text: str) -> bool:
    """A quick look: sentences with a full stop are no chrome, unless they are very short."""
    return len(text) > 2 * _LONGEST_CHROME or (len(text) > _SHORT_NOTICE and "。" in text)


def ends_document(line: str, rules: CleanRules) -> bool:
    """Whether nothing that belongs to the document comes after this line, which is :func:`folded`."""
    return len(line) <= _LONGEST_CHROME and rules.ends.match(line) is not None


def opens_comments(line: str, rules: CleanRules) -> bool:
    """Whether what readers wrote begins here, however long it is."""
    return len(line) <= _SHORT_NOTICE and rules.comments.match(line) is not None


def sentences(text: str) -> int:
    """How much a text is written in sentences: the number of its commas and stops."""
    return text.count("，") + text.count("。") + text.count(",") + text.count("；")
