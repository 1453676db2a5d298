"""Which blocks of a region are the document: what stands at its edges and between is the page's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.clean.choose import Region, bare, is_page_line
from tasks.clean.dates import find_date
from tasks.clean.disclosure import has_colon, is_label, is_label_line, pair_without_colon, pairs_of, value_beside
from tasks.clean.grid import grids
from tasks.clean.lines import ends_document, folded, opens_comments, sentences
from tasks.clean.outline import Block, Outline
from tasks.clean.rules import CleanRules

_FILE = re.compile(r"(?i)\.(?:pdf|docx?|wps|xlsx?|et|ofd|zip|rar)\W*$")
#: A paragraph after which a list belongs to the document, links or not.
_ANNOUNCES = re.compile(r"[:：]\s*\Z|(?:如下|目录|清单|名单)[^。]{0,12}[。:：]?\s*\Z")
_LONGEST_DATELINE = 120
_LONGEST_TOOL = 60
#: A block that weighs as much is a paragraph: chrome is looked for above the first and below the last.
_PARAGRAPH = 60.0
#: Two labels of a disclosure block stand no further apart.
_LONGEST_BLOCK = 8
#: What weighs more is no heading of comments.
_HEADING = 6.0
#: The head of a document (title, date, speaker) is no longer than this many blocks.
_LONGEST_HEAD = 40
#: So many characters are a paragraph without a stop; so many with one.
_LONG, _SENTENCE = 50, 16
#: Containers with a smaller share of the paragraphs do not show where the paragraphs stand.
_SHARE = 0.15
#: Containers that are parts of what stands around them.
_PARTS = frozenset(
    ("li", "ul", "ol", "dl", "dt", "dd", "td", "th", "table", "blockquote", "center", "figure", "figcaption")
)
#: After a line that ends a document may come so much of its sentences, or it did not end it.
_AFTER_END = 0.25
#: What stands between a title and the name of the site.
_JOINS = frozenset("_-|—–－/·")
_SHORTEST_TITLE = 6


def document_blocks(page: Outline, region: Region, title: str | None, rules: CleanRules) -> list[int]:
    """Numbers of the blocks of the region that are the document's.

    Args:
        page: the outline.
        region: where the body stands.
        title: as far as it is known; a heading element that repeats it is no body text.
        rules: chrome and labels.
    """
    kept = _without_link_lists(page, region)
    if not kept:
        return []
    blocks = page.blocks
    kept = kept[_head(page, kept, region.lead, rules) :]
    kept = _with_their_like(page, region, kept)
    while kept and blocks[kept[0]].heading and _repeats(blocks[kept[0]], title):
        del kept[0]
    cells = _data_cells(page, kept)
    kept = kept[: _tail(page, kept, cells, rules)]
    return [n for n in kept if blocks[n].node in cells or not _page_line(blocks[n], rules)]


def _data_cells(page: Outline, kept: Sequence[int]) -> set[int]:
    """Cells of data tables and what is in them: there, 打印 or 评论 is a value."""
    names, parents = page.nodes.names, page.nodes.parents
    if "table" not in names:
        return set()
    made = {cell.node for grid in grids(page, kept).values() for cell in grid.cells}
    if made:
        for node in range(min(made), len(names)):
            if parents[node] in made:
                made.add(node)
    return made


def _without_link_lists(page: Outline, region: Region) -> list[int]:
    """The blocks of the region without those in containers that hold more links than text."""
    nodes, sums = page.nodes, region.sums
    lists: dict[int, bool] = {region.node: False, -1: False}

    def is_list(node: int) -> bool:
        path = []
        while node not in lists:
            path.append(node)
            node = nodes.parents[node]
        inside = lists[node]
        for inner in reversed(path):
            mostly_links = sums.linked[inner] * 2 > sums.length[inner] and nodes.names[inner] not in ("td", "th")
            inside = lists[inner] = inside or mostly_links
        return inside

    blocks = page.blocks
    return [n for n in range(region.first, region.last) if not is_list(blocks[n].node)]


def is_paragraph(block: Block) -> bool:
    """Whether a block is written text rather than a line of its own: a title, a name, a button."""
    own = len(block.text) - block.linked
    if own * 2 < len(block.text):
        return False
    return own >= _LONG or (own >= _SENTENCE and sentences(block.text) > 0)


class _Near:
    """The containers that stand where the paragraphs stand.

    Args:
        page: the outline.
        region: where the body stands.
        homes: the containers of most of the paragraphs.
    """

    def __init__(self, page: Outline, region: Region, homes: set[int]) -> None:
        self._page, self._region, self._homes = page, region, homes
        self._around = {page.nodes.parents[home] for home in homes}
        if region.node in homes:
            self._around.discard(region.node)
        else:
            self._around.add(region.node)
        self._ways: set[tuple[str, ...] | None] = set()
        self._known: dict[int, bool] = {}

    def holds(self, node: int) -> bool:
        """Whether a container is one of the paragraphs, beside theirs, or built as theirs are."""
        if node not in self._known:
            self._known[node] = self._is_beside(node) or self._is_alike(node)
        return self._known[node]

    def _is_beside(self, node: int) -> bool:
        names, parents, region = self._page.nodes.names, self._page.nodes.parents, self._region.node
        while names[node] in _PARTS and node != region:
            if node in self._homes:
                return True
            node = parents[node]
        return node in self._homes or node in self._around or parents[node] in self._around or node == region

    def _is_alike(self, node: int) -> bool:
        """Where each paragraph has boxes of its own, a short line has the same."""
        if not self._ways:
            self._ways = {self._way(home) for home in self._homes} | {None}
        way = self._way(node)
        return way is not None and way in self._ways

    def _way(self, node: int) -> tuple[str, ...] | None:
        """The containers between the region and a block, the innermost with its attributes; None for a bare one."""
        nodes = self._page.nodes
        rest = self._page.markup.rests[nodes.first[node]] if node else ""
        if not rest and nodes.names[node] != "section":
            return None
        made = [rest]
        while node > self._region.node:
            made.append(nodes.names[node])
            node = nodes.parents[node]
        return tuple(made)


def _with_their_like(page: Outline, region: Region, kept: list[int]) -> list[int]:
    """Leaves out lines above the first and below the last paragraph that stand in containers of their own.

    A title, a speaker's line, a signature stand where the paragraphs stand, or in containers beside
    theirs; players, counters and buttons stand in boxes inside boxes.
    """
    nodes, blocks = page.nodes, page.blocks
    written = [n for n in kept if is_paragraph(blocks[n])]
    worths: dict[int, float] = {}
    for n in written:
        block = blocks[n]
        worths[block.node] = worths.get(block.node, 0.0) + block.worth
    held = dict(worths)
    for home, worth in worths.items():
        around_home = nodes.parents[home]
        held[around_home] = held.get(around_home, 0.0) + worth
    enough = _SHARE * sum(worths.values())
    homes = {home for home in worths if max(held[home], held[nodes.parents[home]]) >= enough}
    written = [n for n in written if blocks[n].node in homes]
    if not written:
        return kept
    near = _Near(page, region, homes)
    first, last = written[0], written[-1]
    if region.lead is not None and region.lead <= first:
        first = region.lead - 1
    return [n for n in kept if first < n < last or near.holds(blocks[n].node)]


def _head(page: Outline, kept: Sequence[int], lead: int | None, rules: CleanRules) -> int:
    """How many of the first blocks stand above the document."""
    cut = 0
    for n, number in enumerate(kept[:_LONGEST_HEAD]):
        if lead is not None and number >= lead:
            break
        block = page.blocks[number]
        text = block.text
        label = is_label(text, rules)
        if label and (label not in rules.weak or has_colon(text) or (cut and cut == n)):
            # its value stands in the next cell, if there is one
            cut = n + (1 if value_beside(page, number, range(len(page.blocks))) is None else 2)
            if cut == n + 2 and cut <= len(kept) and page.blocks[kept[n + 1]].text in ("：", ":"):
                cut += 1
        elif (
            (has_colon(text) and is_label_line(text, rules))
            or _is_pair(page, block, rules)
            or _is_dateline(page, block, rules)
            or (is_page_line(block, rules) and rules.whole.match(bare(block)))
        ):
            cut = max(cut, n + 1)
        elif block.worth >= _PARAGRAPH and not block.heading:
            break
    return cut


def _is_pair(page: Outline, block: Block, rules: CleanRules) -> bool:
    """Whether a line is a sure label and its value without a colon between."""
    text = block.text
    opens = text[:2] in rules.openings or (text[0] in rules.initials and (text[0] in "【[" or text[1:2].isspace()))
    pair = pair_without_colon(page, block, rules) if opens else None
    return pair is not None and pair.label not in rules.weak


def _is_dateline(page: Outline, block: Block, rules: CleanRules) -> bool:
    """A line with the date of the page and its source: 2021-03-04 10:20 来源:本站."""
    text = block.text
    if len(text) > _LONGEST_DATELINE or not has_colon(text):
        return False
    pairs = pairs_of(page, block, rules)
    if pairs:
        told = any(pair.label in rules.dateline for pair in pairs)
        return told and (len(bare(block)) < _LONGEST_DATELINE / 2 or find_date(text) is not None)
    found = find_date(text)
    if found is None:
        return False
    rest = folded(text[: found[1]] + text[found[2] :])
    return ":" in rest and (len(rest) <= 8 or (found[1] == 0 and len(rest) < 40))


def _tail(page: Outline, kept: Sequence[int], cells: set[int], rules: CleanRules) -> int:
    """How many blocks are left when what stands below the document is cut off."""
    blocks = page.blocks
    weights = [blocks[n].worth for n in kept]
    last = len(kept)
    before, after = 0.0, sum(weights)
    for n, number in enumerate(kept):
        after -= weights[n]
        block = blocks[number]
        if n and after <= _AFTER_END * before:
            ended = ends_document(bare(block), rules)
        else:
            ended = weights[n] < _HEADING and before >= _PARAGRAPH and opens_comments(block.text, rules)
        if ended and block.node not in cells:
            last = n
            break
        before += weights[n]
    final = next(
        (n for n in range(last - 1, -1, -1) if weights[n] >= _PARAGRAPH and not is_page_line(blocks[kept[n]], rules)),
        -1,
    )
    announced: int | None = None
    for n in range(final + 1, last):
        block = blocks[kept[n]]
        if final >= 0 and _opens_block(page, kept[n : min(n + _LONGEST_BLOCK, last)], rules):
            return n
        if block.node in cells:
            continue
        if is_page_line(block, rules):
            return n
        if block.linked * 2 > len(block.text) and not _names_file(block.text):
            announced = _announcing(page, kept[:last]) if announced is None else announced
            if block.node != announced:
                return n
    return last


def _announcing(page: Outline, kept: Sequence[int]) -> int:
    """The container of the last sentence when it announces a list, whose links are the document's; else -1."""
    for number in reversed(kept):
        block = page.blocks[number]
        if block.linked * 2 <= len(block.text) and sentences(block.text):
            return block.node if _ANNOUNCES.search(block.text) else -1
    return -1


def _opens_block(page: Outline, rest: Sequence[int], rules: CleanRules) -> bool:
    """Whether the disclosure block begins here, below the document: two sure labels, the first at once."""
    if not _is_sure_label(page.blocks[rest[0]].text, rules):
        return False
    return any(_is_sure_label(page.blocks[number].text, rules) for number in rest[1:])


def _is_sure_label(text: str, rules: CleanRules) -> bool:
    label = is_label(text, rules)
    if label:
        return label not in rules.weak
    return has_colon(text) and is_label_line(text, rules)


def _names_file(text: str) -> bool:
    """Whether a link is one of the document's own: 附件1.docx."""
    return text.startswith(("附件", "附:", "附：", "附表")) or _FILE.search(text) is not None


def _page_line(block: Block, rules: CleanRules) -> bool:
    """Tools of the page that stand between paragraphs: 字号 大 中 小, 分享到, a player's notice."""
    return block.chrome is not False and len(block.text) <= _LONGEST_TOOL and rules.whole.match(bare(block)) is not None


def _repeats(block: Block, title: str | None) -> bool:
    """Whether a heading says the title once more; a title element has the name of the site beside it."""
    if title is None:
        return False
    line, whole = bare(block), folded(title)
    if line == whole:
        return True
    if len(line) < _SHORTEST_TITLE or line not in whole:
        return False
    before, _, after = whole.partition(line)
    return (not before or before[-1] in _JOINS) and (not after or after[0] in _JOINS)
