"""Finds the container of the body: by name where the CMS is known, else by where the sentences stand."""

from __future__ import annotations

from dataclasses import dataclass

from tasks.clean.attributes import BODY, CHROME, RANK_SHIFT
from tasks.clean.lines import folded, is_chrome_line, is_written
from tasks.clean.outline import Block, Outline
from tasks.clean.rules import CleanRules

#: What one comma or stop is worth in characters: sentences show a body better than length does.
_SENTENCE = 12
#: A container around the body is body too when it adds so much of its text, and links for so much of that.
_ADDS, _NOISE = 0.05, 0.3
#: … and stands no more than so many containers higher.
_HIGHEST = 5
_LONGEST_BRACKET = 80
_LONGEST_LINE = 160
#: Whether a block that weighs less is chrome does not matter.
_SUSPECT = 15.0
#: A block shorter than this without punctuation may be a caption, a menu entry or a line of a poem.
_SHORT, _TINY = 20, 6
#: … and counts for so much of its length.
_DULL = 0.1


#: The votes of a container whose name says that it is body count for so much, and no other's count for more.
_HINTED = 1.2


@dataclass
class Sums:
    """Per container, everything inside counted: text in sentences, link text, all text."""

    body: list[float]
    linked: list[float]
    length: list[float]
    votes: list[float]


@dataclass(frozen=True)
class Region:
    """Where the body stands.

    Attributes:
        node: the container; when comments bracket the body, the one around all of its blocks.
        first, last: numbers of its blocks, ``last`` exclusive.
        known: its name or its brackets are of a known CMS.
        sums: what each container holds.
        lead: number of the first block of the document, where the title above it tells which that is.
    """

    node: int
    first: int
    last: int
    known: bool
    sums: Sums
    lead: int | None = None


def is_page_line(block: Block, rules: CleanRules) -> bool:
    """Whether a block is the page's own; worked out once."""
    if block.chrome is None:
        text = block.text
        block.chrome = not is_written(text) and is_chrome_line(bare(block), rules)
    return block.chrome


def bare(block: Block) -> str:
    """The block's text folded; worked out once."""
    if not block.bare:
        block.bare = folded(block.text)
    return block.bare


def choose(page: Outline, rules: CleanRules) -> Region | None:
    """The region of the body, or None when the page has no text.

    Brackets and containers of known CMSs come first; a known container that holds hardly any of the
    text in sentences is passed over.
    """
    if not page.blocks:
        return None
    sums = _sums(page, rules)
    best = _by_density(page, sums)
    enough = 0.3 * sums.body[best]
    bracketed = _bracketed(page, rules, sums)
    if bracketed is not None and sum(block.worth for block in page.blocks[bracketed.first : bracketed.last]) >= enough:
        return bracketed
    named = _named(page, rules, sums, enough)
    if named is not None:
        return region_of(page, named, sums, known=True)
    return region_of(page, best, sums, known=False)


def _sums(page: Outline, rules: CleanRules) -> Sums:
    """Weigh every block and add up what each container holds.

    A block's worth is how much it looks like a paragraph of a document, in characters.
    """
    count = len(page.nodes)
    parents = page.nodes.parents
    sums = Sums([0.0] * count, [0.0] * count, [0.0] * count, [0.0] * count)
    body, linked, length, votes = sums.body, sums.linked, sums.length, sums.votes
    for block in page.blocks:
        node, text, links = block.node, block.text, block.linked
        size = len(text)
        length[node] += size
        own = size - links
        if links:
            linked[node] += links
            if links > own:
                continue
        stops = 0
        if size >= _TINY:
            stops = text.count("，") + text.count("。") + text.count(",") + text.count("；")
        worth: float = own
        if stops:
            worth += _SENTENCE * min(stops, own // 8)
        elif size < _SHORT:
            worth *= _DULL
        block.worth = worth
        if worth >= _SUSPECT and stops < 2 and size < _LONGEST_LINE and is_page_line(block, rules):
            linked[node] += own
            continue
        body[node] += worth
        votes[node] += worth
        above = parents[node]
        if above >= 0:
            votes[above] += worth * 0.5
    for node in range(count - 1, 0, -1):
        if length[node]:
            above = parents[node]
            length[above] += length[node]
            linked[above] += linked[node]
            if body[node]:
                body[above] += body[node]
    return sums


def _by_density(page: Outline, sums: Sums) -> int:
    """The container most paragraphs vote for, widened while what is around it is body too."""
    flags, parents = page.nodes.looks, page.nodes.parents
    best, points = 0, -1.0
    for node, given in enumerate(sums.votes):
        if given <= 0 or given * _HINTED <= points:
            continue
        vote = given
        look = flags[node]
        if look & CHROME and not look & BODY:
            vote *= 0.4
        elif look & BODY:
            vote *= _HINTED
        length = sums.length[node]
        vote *= 1 - sums.linked[node] / length if length else 1
        if vote > points:
            best, points = node, vote
    above, climbed = parents[best], 0
    while above >= 0 and climbed < _HIGHEST:
        more = sums.body[above] - sums.body[best]
        noise = sums.linked[above] - sums.linked[best]
        if page.nodes.names[above] in ("", "body") and more < sums.body[best]:
            break
        climbed += 1
        if more > _ADDS * sums.body[best] and noise < _NOISE * more:
            best, climbed = above, 0
        above = parents[above]
    return best


def _named(page: Outline, rules: CleanRules, sums: Sums, enough: float) -> int | None:
    """The surest container with a name that a CMS gives its body; the widest among equals."""
    best, best_rank = None, 0
    ranked = [(node, look >> RANK_SHIFT) for node, look in enumerate(page.nodes.looks) if look >> RANK_SHIFT]
    names = page.nodes.names
    for element, rank in rules.elements.items():
        if element in names:
            ranked += [(node, rank) for node, name in enumerate(names) if name == element]
            ranked.sort()
    for node, rank in ranked:
        if rank > best_rank and sums.body[node] >= enough and sums.linked[node] * 2 <= sums.length[node]:
            best, best_rank = node, rank
    return best


def _bracketed(page: Outline, rules: CleanRules, sums: Sums) -> Region | None:
    """What stands between the comments, or the meta elements, that a CMS puts around its bodies."""
    rests = page.markup.rests
    opened = -1
    begin, end = rules.meta_bracket
    for tag in page.metas:
        if len(rests[tag]) < 80:
            name = rests[tag].lower()
            if begin in name:
                opened = tag
            elif opened >= 0 and end in name:
                return _between(page, opened, tag, sums)
    comments = [(tag, rests[tag][:-2]) for tag in page.comments if len(rests[tag]) <= _LONGEST_BRACKET]
    for opens, closes in rules.brackets:
        opened = -1
        for tag, comment in comments:
            if opened < 0:
                opened = tag if opens.search(comment) else -1
            elif closes.search(comment):
                return _between(page, opened, tag, sums)
    return None


def _between(page: Outline, opened: int, closed: int, sums: Sums) -> Region:
    blocks = page.blocks
    first = next((n for n, block in enumerate(blocks) if block.last > opened + 1), len(blocks))
    last = next((n for n, block in enumerate(blocks) if block.first > closed), len(blocks))
    node = blocks[first].node if first < last else 0
    for inside in {block.node for block in blocks[first:last]}:
        around = set(page.ancestors(inside))
        node = next(above for above in page.ancestors(node) if above in around)
    return Region(node, first, max(first, last), known=True, sums=sums)


def region_of(page: Outline, node: int, sums: Sums, *, known: bool) -> Region:
    """All of a container."""
    opened, closed = page.nodes.first[node], page.nodes.last[node]
    blocks = page.blocks
    if node == 0:
        return Region(0, 0, len(blocks), known, sums)
    first = next((n for n, block in enumerate(blocks) if block.first > opened), len(blocks))
    last = next((n for n, block in enumerate(blocks) if block.first >= closed), len(blocks))
    return Region(node, first, last, known, sums)
