"""The outline of a page: which containers it has, and the blocks of text in each of them.

One walk over the tags.  Only what decides where a paragraph ends and which container it stands in is
kept; inline tags cost nothing here and are looked at again when the chosen blocks are laid out.
End tags that were forgotten or stand in the wrong place are handled as browsers do (HTML, 13.2.6).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from tasks.clean.attributes import HIDDEN, Looks
from tasks.clean.markup import Markup

(INLINE, LINK, LINK_END, BREAK, HEADING, OPEN, HIDE, CLOSE, ITEM, CELL, ROW, TABLE_END, COMMENT, META, TITLE) = range(
    15
)

#: Elements that hold paragraphs. ``select``, ``button`` … hold what a reader does not read as text.
_CONTAINERS = [
    "div",
    "section",
    "article",
    "main",
    "aside",
    "header",
    "footer",
    "nav",
    "form",
    "fieldset",
    "ul",
    "ol",
    "dl",
    "center",
    "blockquote",
    "figure",
    "figcaption",
    "details",
    "table",
    "caption",
    "body",
    "ucapcontent",
    "address",
    "pre",
    "listing",
]
_HIDING = ["select", "button", "svg", "math", "template", "object", "audio", "video", "map", "datalist", "head"]
_BREAKS = [
    "p",
    "/p",
    "br",
    "/br",
    "hr",
    "legend",
    "summary",
    "optgroup",
    "option",
    "/figcaption",
    "/caption",
    "frame",
    "frameset",
]
_HEADINGS = tuple(f"h{n}" for n in range(1, 7))

#: Blink nests no deeper than this either; what is deeper counts as text of the innermost container.
_DEEPEST = 512


class _Ops(dict[str, tuple[int, str]]):
    """What to do at a tag, and its bare name in lower case, by its name as written."""

    def __missing__(self, name: str) -> tuple[int, str]:
        lower = name.lower()
        known = self.get(lower) if lower != name else None
        if known is None:
            bare = lower.removeprefix("/")
            # custom elements have a hyphen in their name (HTML, 4.13.2) and are used as blocks
            op = (CLOSE if bare != lower else OPEN) if "-" in bare and bare[0].isalpha() else INLINE
            known = (op, bare)
        if len(self) < 4096:  # a hostile page may invent names without end
            self[name] = known
        return known


def _ops() -> _Ops:
    by_op = {
        OPEN: _CONTAINERS,
        HIDE: _HIDING,
        CLOSE: [f"/{name}" for name in (*_CONTAINERS, *_HIDING, "li", "dt", "dd", "td", "th") if name != "table"],
        BREAK: [*_BREAKS, *(f"/{name}" for name in _HEADINGS)],
        HEADING: _HEADINGS,
        ITEM: ("li", "dt", "dd"),
        CELL: ("td", "th"),
        ROW: ("tr", "/tr", "tbody", "thead", "tfoot", "/tbody", "/thead", "/tfoot"),
        TABLE_END: ("/table",),
        LINK: ("a",),
        LINK_END: ("/a",),
        COMMENT: ("!--",),
        META: ("meta",),
        TITLE: ("title",),
    }
    return _Ops({name: (op, name.removeprefix("/")) for op, names in by_op.items() for name in names})


_OPS = _ops()

_SCOPE = frozenset(("td", "th", "table", "caption"))
_CELLS = frozenset(("td", "th", "caption"))
_TABLE = frozenset(("table",))
#: What a tag that begins an item or a cell closes, and where the search for it ends; rows close what cells do.
_ITEMS = {
    "li": (frozenset(("li",)), _SCOPE | {"ul", "ol"}),
    "dt": (frozenset(("dt", "dd")), _SCOPE | {"dl"}),
    "dd": (frozenset(("dt", "dd")), _SCOPE | {"dl"}),
}
_IN_ROW = (_CELLS, _TABLE)
_ENDS = frozenset((CLOSE, TABLE_END))
_OPENS = frozenset((ITEM, CELL))
_NEVER = _DEEPEST + 1


class Nodes:
    """The containers of a page as columns, for speed; number 0 is the page itself, parents come first.

    Attributes:
        names: in lower case.
        parents: number of the container around each; -1 for the page.
        first, last: numbers of its tags, ``last`` exclusive.
        looks: flags of its attributes.
    """

    __slots__ = ("first", "last", "looks", "names", "parents")

    def __init__(self, tags: int) -> None:
        self.names = [""]
        self.parents = [-1]
        self.first = [0]
        self.last = [tags + 1]
        self.looks = [0]

    def __len__(self) -> int:
        return len(self.names)


@dataclass(slots=True)
class Block:
    """Text between two breaks. ``texts[first:last]`` of the markup; tag ``first - 1`` opened it.

    Attributes:
        text: entities decoded, ends stripped, long gaps closed.
        node: the container it stands in.
        linked: how many of its characters are link text.
        heading: 1…6 in a heading element, else 0.
        worth: how much it looks like a paragraph of a document, in characters; set when the body is chosen.
        chrome: whether it is the page's own; None as long as nobody asked.
        bare: the text folded (:mod:`tasks.clean.lines`); "" as long as nobody asked.
    """

    first: int
    last: int
    node: int
    text: str
    linked: int
    heading: int
    worth: float = 0.0
    chrome: bool | None = None
    bare: str = ""


@dataclass(slots=True)
class Outline:
    """Containers and blocks in the order of the page.

    Attributes:
        nodes: its containers.
        blocks: those a reader sees.
        comments: numbers of tags that are comments.
        metas: numbers of the meta tags.
        title: content of the title element.
        conceals: whether styles hide a container.
    """

    markup: Markup
    nodes: Nodes
    blocks: list[Block] = field(default_factory=list)
    comments: list[int] = field(default_factory=list)
    metas: list[int] = field(default_factory=list)
    title: str = ""
    conceals: bool = False

    def ancestors(self, node: int) -> Iterator[int]:
        """The node and all around it, innermost first."""
        while node >= 0:
            yield node
            node = self.nodes.parents[node]


def plain(text: str) -> str:
    """Decode entities, strip the ends, and make gaps that come from the setting of the source one space."""
    if "&" in text:
        text = unescape(text)
    text = text.strip()
    return " ".join(text.split()) if "\n" in text or "\t" in text or "   " in text else text


def outline(markup: Markup, looks: Looks, *, show_hidden: bool = False) -> Outline:  # noqa: C901, PLR0912, PLR0915 -- one loop, for speed
    """Walk over the tags once.

    Args:
        markup: the source, cut.
        looks: reads ids, classes and styles.
        show_hidden: take hidden containers for visible ones.
    """
    texts, rests = markup.texts, markup.rests
    total = len(rests)
    nodes = Nodes(total)
    names, parents, firsts, lasts, flags = nodes.names, nodes.parents, nodes.first, nodes.last, nodes.looks
    page = Outline(markup, nodes)
    blocks, comments = page.blocks, page.comments
    open_names = [""]
    here, hidden_from, too_deep = 0, _NEVER, 0
    hidden = hidden_block = False
    first, linked, link_from, heading = 0, 0, -1, 0

    for at, (op, name) in enumerate(map(_OPS.__getitem__, markup.names)):
        if not op:
            continue
        if op <= LINK_END:
            if op == LINK:
                link_from = at + 1
            elif link_from >= 0:
                if link_from == at:
                    linked += len(texts[at].strip())
                else:
                    linked += len(plain("".join(texts[max(link_from, first) : at + 1])))
                link_from = -1
            continue
        if op >= COMMENT:
            if op == COMMENT:
                comments.append(at)
            elif op == META:
                page.metas.append(at)
            elif not page.title:
                page.title = rests[at]
            continue

        # every other tag ends the block that was open
        if not hidden:
            text = texts[first] if first == at else "".join(texts[first : at + 1])
            if text and not text.isspace() and not hidden_block and (text := plain(text)):
                if link_from >= 0:
                    linked += len(plain("".join(texts[max(link_from, first) : at + 1])))
                blocks.append(Block(first, at + 1, here, text, linked, heading))
        first = at + 1
        linked = 0

        if op <= HEADING:
            if op == HEADING:
                heading = int(name[1])
            elif name == "p":
                rest = rests[at]
                hidden_block = bool(rest) and bool(looks[rest] & HIDDEN) and not show_hidden
            elif name in _HEADINGS:
                heading = 0
            continue
        hidden_block = False

        if op == CLOSE and names[here] == name and not too_deep:
            lasts[here] = at + 1
            here = parents[here]
            open_names.pop()
            if hidden and len(open_names) <= hidden_from:
                hidden, hidden_from = False, _NEVER
            continue
        if op > HIDE:
            # which open containers does it close?
            depth = len(open_names)
            if op == CLOSE:
                if too_deep:
                    too_deep -= 1
                    continue
                if name in open_names:
                    stops = _TABLE if name in _CELLS else _SCOPE
                    for n in range(depth - 1, 0, -1):
                        found = open_names[n]
                        if found == name:
                            depth = n
                            break
                        if found in stops:
                            break
            elif op == TABLE_END:
                if "table" in open_names:
                    depth = depth - 1 - open_names[::-1].index("table")
            else:
                wanted, stops = _ITEMS[name] if op == ITEM else _IN_ROW
                for n in range(depth - 1, 0, -1):
                    found = open_names[n]
                    if found in wanted:
                        depth = n
                        break
                    if found in stops:
                        break
            if depth < len(open_names):
                end = at + 1 if op in _ENDS else at
                for _ in range(len(open_names) - depth):
                    lasts[here] = end
                    here = parents[here]
                del open_names[depth:]
                if hidden and depth <= hidden_from:
                    hidden, hidden_from = False, _NEVER
            if op not in _OPENS:
                continue

        if len(open_names) >= _DEEPEST:
            too_deep += 1
            continue
        rest = rests[at]
        if rest:
            look = looks[rest]
            if look & HIDDEN and not show_hidden and not hidden:
                page.conceals = hidden = True
                hidden_from = len(open_names)
        else:
            look = 0
        if op == HIDE and not hidden:
            hidden, hidden_from = True, len(open_names)
        if name == "body" and "body" in open_names:
            continue
        parents.append(here)
        here = len(names)
        open_names.append(name)
        names.append(name)
        firsts.append(at)
        lasts.append(total + 1)
        flags.append(look)

    if not (hidden or hidden_block):
        text = plain("".join(texts[first:]))
        if text:
            blocks.append(Block(first, len(texts), here, text, linked, heading))
    return page
