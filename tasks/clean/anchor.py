"""Where the document begins: below its title and the line that tells date and source.

The weight of sentences finds a body of any length but the shortest ones: two sentences of an answer
weigh less than the portrait of the town beside them.  Those stand below the title, which the title
element and the meta tags repeat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.clean.attributes import RANK_SHIFT
from tasks.clean.choose import Region, Sums, bare, is_page_line, region_of
from tasks.clean.dates import find_date
from tasks.clean.disclosure import has_colon, pairs_in
from tasks.clean.lines import folded, sentences
from tasks.clean.outline import Block, Outline
from tasks.clean.rules import CleanRules

_SHORTEST, _LONGEST = 6, 120
#: A heading may be shorter: 夜雨.
_SHORTEST_HEADING = 2
#: So many lines with date, source and tools may stand between a title and what it is the title of; and so many links.
_LINES_BETWEEN, _LINKS_BETWEEN = 12, 40
#: A line with a date and so few characters more tells when and by whom, even with a comma in it.
_LONGEST_DATELINE = 24
#: A body that weighs more is not looked for again.
_SURE = 600.0
#: … and what replaces it weighs so much of it at least, unless a CMS names its container.
_SHARE = 0.1
#: Where nothing weighs as much, a table can be the body.
_DOUBTFUL, _FEWEST_CELLS = 300.0, 4
#: Between a title and its text no more than this share of the characters are links.
_NOISE = 0.3


def title_block(page: Outline, titles: Sequence[str], first: int, last: int) -> int | None:
    """Number of the last block that is one of the titles, and no link; None when there is none.

    Args:
        page: the outline.
        titles: what meta tags and title element give, without the name of the site.
        first, last: numbers of the blocks to look at, ``last`` exclusive.
    """
    wanted = {line for title in titles if _SHORTEST_HEADING <= len(line := folded(title)) <= _LONGEST}
    if not wanted:
        return None
    initials = {line[0] for line in wanted}
    found: int | None = None
    for n, block in enumerate(page.blocks[first:last], first):
        text = block.text
        if text[0] not in initials or len(text) > 2 * _LONGEST or block.linked * 2 >= len(text):
            continue
        line = bare(block)
        if line not in wanted or not (block.heading or len(line) >= _SHORTEST):
            continue
        if found is None or block.heading or not page.blocks[found].heading:
            found = n
    return found


def first_below(page: Outline, title: int, rules: CleanRules) -> int | None:
    """Number of the first block below a title that can be the document's: no dateline, tool, link or label."""
    lines = links = 0
    for n in range(title + 1, len(page.blocks)):
        block = page.blocks[n]
        if not _stands_between(block, rules):
            return n
        if block.linked * 2 > len(block.text):
            links += 1
        else:
            lines += 1
        if lines > _LINES_BETWEEN or links > _LINKS_BETWEEN:
            break
    return None


def _stands_between(block: Block, rules: CleanRules) -> bool:
    text = block.text
    if block.linked * 2 > len(text) or is_page_line(block, rules) or rules.whole.match(bare(block)):
        return True
    if block.heading or not sentences(text):
        return True
    found = find_date(text)
    if found is not None and len(text) - (found[2] - found[1]) < _LONGEST_DATELINE:
        return True
    return has_colon(text) and any(pair.label in rules.dateline for pair in pairs_in(text, rules, within=True))


def anchored(page: Outline, region: Region, titles: Sequence[str], rules: CleanRules) -> Region:
    """The region, widened or replaced by what stands right below the title.

    A lead, a poem, an abstract stand in boxes of their own between title and paragraphs: the region is
    widened to them.  Where links lie between, or the region stands above the title, and it is not large,
    what stands below the title is the body.
    """
    sure = region.sums.body[region.node] >= _SURE
    if sure:  # all that can be found is a lead right above it
        title = title_block(
            page, titles, max(0, region.first - _LINKS_BETWEEN - _LINES_BETWEEN), region.first + _LINES_BETWEEN
        )
    else:
        title = title_block(page, titles, 0, len(page.blocks))
    start = None if title is None else first_below(page, title, rules)
    if title is not None and start is None and region.sums.body[region.node] < _DOUBTFUL:
        start = _table_below(page, title, region.sums)
    if title is None or start is None:
        return region
    if region.first <= start < region.last:
        return replace(region, lead=start)
    if start < region.first:
        between = page.blocks[start : region.first]
        linked = sum(block.linked for block in between)
        if linked <= _NOISE * sum(len(block.text) for block in between):
            node = _around(page, region.node, page.blocks[start].node)
            return replace(region, node=node, first=start, lead=start)
    if sure:
        return region
    below = _below(page, title, start, region.sums)
    worth = sum(block.worth for block in page.blocks[below.first : below.last])
    known = any(page.nodes.looks[node] >> RANK_SHIFT for node in page.ancestors(page.blocks[start].node))
    return below if known or worth >= _SHARE * region.sums.body[region.node] else region


def _table_below(page: Outline, title: int, sums: Sums) -> int | None:
    """Number of the first block of a table below the title that holds cells of text, not links."""
    nodes = page.nodes
    cells: dict[int, list[int]] = {}
    around = set(page.ancestors(page.blocks[title].node))
    for n in range(title + 1, len(page.blocks)):
        block = page.blocks[n]
        if nodes.names[block.node] not in ("td", "th"):
            continue
        table = nodes.parents[block.node]
        if table in around or sums.linked[table] * 2 > sums.length[table]:
            continue
        cells.setdefault(table, []).append(n)
        if len(cells[table]) >= _FEWEST_CELLS:
            return cells[table][0]
    return None


def _around(page: Outline, node: int, other: int) -> int:
    """The innermost container around both."""
    above = set(page.ancestors(other))
    return next(one for one in page.ancestors(node) if one in above)


def _below(page: Outline, title: int, start: int, sums: Sums) -> Region:
    """The widest container of block ``start`` that the title does not stand in, else the rest of that around both."""
    around = set(page.ancestors(page.blocks[title].node))
    best = page.blocks[start].node
    for node in page.ancestors(best):
        if node in around:
            break
        best = node
    last = region_of(page, best, sums, known=False).last
    return Region(best, start, last, known=False, sums=sums, lead=start)
