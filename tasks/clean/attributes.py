"""What a start tag's attributes tell: hidden, centred, bold, a known container, chrome by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

HIDDEN, CHROME, BODY, BOLD, CENTRE, RIGHT = (1 << n for n in range(6))
#: the rank of a known container stands above the flags; 0 is none, higher is surer
RANK_SHIFT = 8

# All patterns are for attributes in lower case.
_NAMED = re.compile(r"(?<![\w-])(?:id|class)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_STYLED = re.compile(r"(?<![\w-])style\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_SIZE_NOTHING = re.compile(r"font-size\s*:\s*0+(?:\.0+)?\s*(?:px|pt|em|rem|%)?\s*(?:;|!|$)")
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:left|top|text-indent)\s*:\s*-\d{4,}"
    r"|(?<![\w-])opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|(?<![\w-])height\s*:\s*0(?:px)?\s*;.*?overflow\s*:\s*hidden"
)
_UNSEEN_WORDS = ("none", "hidden", "collapse", "opacity", "-9")
_HIDDEN_ATTRIBUTE = re.compile(r"(?:^|\s)hidden(?:\s*=\s*[\"']?(?:hidden|true|)[\"']?)?(?=[\s/]|$)")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|(?:^|[;\s\"'])font\s*:[^;]*\bbold")
_CENTRE = re.compile(r"text-align\s*:\s*center|(?<![\w-])align\s*=\s*[\"']?\s*center")
_RIGHT = re.compile(r"text-align\s*:\s*right|(?<![\w-])align\s*=\s*[\"']?\s*right")

_MOST_KEPT = 20_000
_LONGEST_KEPT = 400
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
        if "class" in rest or "id" in rest:
            for found in _NAMED.finditer(rest):
                names = found[1] or found[2] or found[3] or ""
                for name in names.split():
                    rank = max(rank, self._ranks.get(name, 0))
                if self._chrome.search(names):
                    flags |= CHROME
                if self._body.search(names):
                    flags |= BODY
        if "style" in rest:
            style = _STYLED.search(rest)
            if style is not None:
                flags |= _styled(style[1] or style[2] or "")
        if "align" in rest:
            if _CENTRE.search(rest):
                flags |= CENTRE
            elif _RIGHT.search(rest):
                flags |= RIGHT
        if "hidden" in rest and _HIDDEN_ATTRIBUTE.search(_STYLED.sub("", _NAMED.sub("", rest))):
            flags |= HIDDEN
        return flags | rank << RANK_SHIFT


def _styled(css: str) -> int:
    """Flags of a style; the words are looked for first because most styles have none of them."""
    flags = 0
    if "font" in css:
        if "bold" in css or "00" in css:
            flags |= BOLD if _BOLD.search(css) else 0
        flags |= HIDDEN if _SIZE_NOTHING.search(css) else 0
    if any(word in css for word in _UNSEEN_WORDS) and _UNSEEN.search(css):
        flags |= HIDDEN
    return flags


def attribute(rest: str, name: str) -> str | None:
    """Value of one attribute, entities decoded; None when there is none."""
    found = re.search(rf"(?i)(?:^|[\s\"'/]){name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", rest)
    return None if found is None else unescape(found[1] or found[2] or found[3] or "").strip()
