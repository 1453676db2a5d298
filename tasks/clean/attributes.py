"""What a start tag's attributes tell: hidden, centred, bold, a known container, chrome by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

HIDDEN, CHROME, BODY, BOLD, CENTRE, RIGHT = (1 << n for n in range(6))
#: the rank of a known container stands above the flags; 0 is none, higher is surer
RANK_SHIFT = 8

# All patterns but that of a value are for attributes in lower case.  Each begins with a literal, so that they are
# fast on long styles.
_VALUE = re.compile(r"\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SIZE_NOTHING = re.compile(r"font-size\s*:\s*0+(?:\.0+)?\s*(?:px|pt|em|rem|%)?\s*(?:;|!|$)")
_UNSEEN = (
    ("none", re.compile(r"display\s*:\s*none")),
    ("visib", re.compile(r"visibility\s*:\s*(?:hidden|collapse)")),
    ("opacity", re.compile(r"opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)")),
    ("-9", re.compile(r"(?:left|top|text-indent)\s*:\s*-9\d{3,}")),
    ("overflow", re.compile(r"^(?=.*(?<![\w-])height\s*:\s*0(?:px)?\s*(?:;|$)).*overflow\s*:\s*hidden")),
)
_HIDDEN_ATTRIBUTE = re.compile(r"hidden(?:\s*=\s*[\"']?(?:hidden|true|)[\"']?)?(?=[\s/]|$)")
_BOLD = re.compile(r"font(?:-weight\s*:\s*(?:bold|[6-9]00)|\s*:[^;]*\bbold)")
_CENTRE = re.compile(r"align(?<!vertical-align)\s*[:=]\s*[\"']?\s*center")
_RIGHT = re.compile(r"align(?<!vertical-align)\s*[:=]\s*[\"']?\s*right")
_BEFORE_NAME = frozenset(" \t\n\r\f\"'/")

_MOST_KEPT = 10_000
_LONGEST_KEPT = 1_000
#: attributes longer than this hold data, not looks
_LONGEST_READ = 2_000


class Looks(dict[str, int]):
    """Flags and rank by the attributes as written; worked out once for each spelling.

    Args:
        ranks: rank of a known container by its id or class, in lower case.
        chrome: ids and classes of what is not body.
        body: ids and classes of what may be body.
    """

    def __init__(self, ranks: Mapping[str, int], chrome: re.Pattern[str], body: re.Pattern[str]) -> None:
        super().__init__()
        self._ranks = ranks
        self._chrome = chrome
        self._body = body

    def __missing__(self, rest: str) -> int:
        flags = self._read(rest[:_LONGEST_READ])
        if len(rest) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[rest] = flags
        return flags

    def _read(self, rest: str) -> int:
        flags = rank = 0
        rest = rest.lower()
        for attribute_name in ("class", "id"):
            names = _value(rest, attribute_name)
            if names is None:
                continue
            for name in names.split():
                rank = max(rank, self._ranks.get(name, 0))
            if self._chrome.search(names):
                flags |= CHROME
            if self._body.search(names):
                flags |= BODY
        css = _value(rest, "style")
        if css:
            flags |= _styled(css)
        if "align" in rest:
            if _CENTRE.search(rest):
                flags |= CENTRE
            elif _RIGHT.search(rest):
                flags |= RIGHT
        if "hidden" in rest and _has_hidden(rest):
            flags |= HIDDEN
        return flags | rank << RANK_SHIFT


def _value(rest: str, name: str) -> str | None:
    """Value of an attribute of a start tag in lower case, as written."""
    return _found(rest, rest, name)


def _found(rest: str, lower: str, name: str) -> str | None:
    """Value of an attribute as written in ``rest``; its name is looked for in ``lower``, which is as long."""
    at = lower.find(name)
    while at >= 0:
        if not at or rest[at - 1] in _BEFORE_NAME:
            found = _VALUE.match(rest, at + len(name))
            if found is not None:
                return found[1] or found[2] or found[3] or ""
        at = lower.find(name, at + 1)
    return None


def _has_hidden(rest: str) -> bool:
    """Whether there is an attribute ``hidden`` (not a class or a style of that name)."""
    at = rest.find("hidden")
    while at >= 0:
        if at and rest[at - 1].isspace() and _HIDDEN_ATTRIBUTE.match(rest, at):
            before = rest[:at]
            if before.count('"') % 2 == 0 and before.count("'") % 2 == 0:
                return True
        at = rest.find("hidden", at + 1)
    return False


def _styled(css: str) -> int:
    """Flags of a style; the words are looked for first because most styles have none of them."""
    flags = 0
    if "font" in css:
        if _BOLD.search(css):
            flags |= BOLD
        if _SIZE_NOTHING.search(css):
            flags |= HIDDEN
    for word, pattern in _UNSEEN:
        if word in css and pattern.search(css):
            flags |= HIDDEN
    return flags


def attribute(rest: str, name: str) -> str | None:
    """Value of one attribute, entities decoded; None when there is none."""
    lower = rest.lower()
    # a few letters get longer in lower case; no name of an attribute has one
    value = _found(rest, lower if len(lower) == len(rest) else rest, name)
    return None if value is None else unescape(value).strip()
