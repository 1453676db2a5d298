"""The disclosure block: labels and values, in whatever layout the page gives them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from schemas.record import Metadata, Warn
from tasks.clean.dates import find_date, iso_date
from tasks.clean.lines import folded, is_chrome, narrow
from tasks.clean.outline import Block, Outline, plain
from tasks.clean.rules import CleanRules

_DATES = frozenset(("created_on", "published_on", "abolished_on"))
_NAMES = frozenset(("source", "author"))
#: a line of date and source that opens with the date, and its time of day
_DAY_FIRST = re.compile(
    r"((?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?)(?:\s+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?[\s|｜]*[\[【(（]?"
)
#: after all labels
_WITHOUT_LABEL = 99
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COLONS = frozenset(("：", ":"))
#: A line with labels is no longer than this, apart from the value of its last label.
_LONGEST_LINE = 600
#: A label in a cell of its own, without a colon, is no longer than this, spaces included.
_LONGEST_LABEL = 16
#: Sources, authors and classes are names; what is longer is prose that only looks like a label.
_LONGEST_NAME = 80
#: A weak label counts with a sure one so many blocks beside it.
_BESIDE = 8
#: What can stand before a label on one line.
_BOUNDARIES = frozenset("|;；,，】])）【[>")
#: A mark between two inline elements: white space to everything that reads labels, and in no source.
_SEAM = "\x1f"
#: Two elements have four pieces of text at least, empty ones included; longer lines are prose.
_FEWEST_PIECES, _SHORTEST_PARTED, _LONGEST_PARTED = 4, 12, 300
#: A colon that stands not between digits, as in a time of day.
_COLON = re.compile(r"[:：](?!\d)|(?<!\d)[:：]")
_APART = re.compile(r"[ \t\xa0\u2002\u2003\u3000]{2,}|\s*[|｜]\s*|[\[\]【】]")


@dataclass
class Disclosure:
    """What labels and values were found, in the order of the page.

    Attributes:
        values: field (``title`` included, ``""`` for labels without field) → preference and value.
        warnings: disagreements.
    """

    values: dict[str, tuple[int, str]] = field(default_factory=dict)
    warnings: list[Warn] = field(default_factory=list)
    labels: int = 0

    def offer(self, name: str, preference: int, value: str) -> None:
        """Keep the value unless one of a better label, or an earlier one of the same, is there."""
        known = self.values.get(name)
        if known is None or preference < known[0]:
            self.values[name] = (preference, value)

    def offer_found(self, name: str, preference: int, value: str, rules: CleanRules) -> None:
        """Tidy a value that came without a label and keep it as :meth:`offer` does."""
        tidied = tidy(value, rules)
        if tidied:
            self.offer(name, preference, _dated(tidied) if name in _DATES else tidied)

    def get(self, name: str) -> str | None:
        """The value of a field."""
        found = self.values.get(name)
        return None if found is None else found[1]

    def metadata(self) -> Metadata:
        """The fields that metadata has."""
        return Metadata(**{name: value for name, (_, value) in self.values.items() if name in Metadata.model_fields})


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and the raw value after it; the value is "" when the line ends with the label."""

    label: str
    value: str


def pairs_in(text: str, rules: CleanRules, *, within: bool = False) -> list[Pair]:
    """The label–value pairs of one line or cell; empty when it does not begin with a label.

    Args:
        text: the line.
        rules: labels.
        within: also when something else stands before the first label: a date, a name.
    """
    found = _labels(text, rules)
    if not found or (found[0][0] > 0 and not (within and len(text) <= _LONGEST_LINE)):
        return []
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    return [
        Pair(label, text[begin:end].strip(" \t\r\n\xa0\u3000\x1f|;；【["))
        for (_, begin, label), end in zip(found, ends, strict=True)
    ]


def _labels(text: str, rules: CleanRules) -> list[tuple[int, int, str]]:
    """Labels in a line: where each begins, where its value begins, and the label without its spaces.

    A label ends in a colon, so one looks back from each colon.
    """
    made: list[tuple[int, int, str]] = []
    line = narrow(text[: 4 * _LONGEST_LINE])
    at = line.find(":")
    while at >= 0:
        end = at
        while end and (line[end - 1].isspace() or line[end - 1] in "】]"):
            end -= 1
        if end and line[end - 1] in rules.endings:
            letters, best, k = "", None, end
            while k:
                k -= 1
                character = line[k]
                if character.isspace():
                    if end - k > 4 * rules.longest_label:
                        break
                    continue
                letters = character + letters
                if letters not in rules.endings:
                    break
                if letters in rules.fields and (not k or line[k - 1].isspace() or line[k - 1] in _BOUNDARIES):
                    best = (k - 1 if k and line[k - 1] in "【[" else k, letters)
            if best is not None and (not made or best[0] >= made[-1][1]):
                made.append((best[0], at + 1, best[1]))
        at = line.find(":", at + 1)
    return made


def has_colon(text: str) -> bool:
    """Whether there is a colon of any width: no label without a cell of its own is without one."""
    return "：" in text or ":" in text or "︰" in text


def is_label(text: str, rules: CleanRules) -> str | None:
    """The label when the text is nothing but a label, with or without a colon."""
    if len(text) > _LONGEST_LABEL * 2 or text[:1] not in rules.initials:
        return None
    bare = folded(text).strip("【】[]:")
    return bare if bare in rules.fields else None


def is_label_line(text: str, rules: CleanRules) -> bool:
    """Whether a line belongs to a disclosure block: it begins with a label, and one of its labels is sure."""
    return any(pair.label not in rules.weak for pair in pairs_in(text, rules))


def take(disclosure: Disclosure, pairs: Iterable[Pair], rules: CleanRules, *, sure: bool) -> None:
    """Offer the values of pairs found on one line.

    Args:
        disclosure: where the values go.
        pairs: with their values complete.
        rules: labels.
        sure: whether weak labels count here.
    """
    for pair in pairs:
        name, preference = rules.fields[pair.label]
        if pair.label in rules.weak and not sure and name not in _NAMES:
            continue
        disclosure.labels += pair.label not in rules.weak
        value = tidy(pair.value.partition(_SEAM)[0] if name in _NAMES else pair.value, rules)
        if not value or not name:
            continue
        if name in _DATES and value in rules.validity:
            name, preference = "validity", 99
        elif name in _DATES:
            value = _dated(value)
            if pair.label in rules.weak and not _ISO.match(value):
                continue  # 时间：下午三点
        elif name in _NAMES:
            value = _named(value)
            if not value or len(value) > _LONGEST_NAME:
                continue
        elif name == "group":
            value = _group(value, rules)
        disclosure.offer(name, preference, value)


def tidy(value: str, rules: CleanRules) -> str | None:
    """A value in one line, or None when it stands for nothing."""
    value = " ".join(value.replace(_SEAM, "").split())
    bare = folded(value)
    if not bare or bare in rules.empty or not any(c.isalnum() for c in bare):
        return None
    return value


def _dated(value: str) -> str:
    """A date as ISO; what is no date is kept as found."""
    made = iso_date(value)
    if made:
        return made
    found = find_date(value)
    # 2020-12-28 00:00 星期一: the rest tells nothing more
    return found[0] if found and found[1] == 0 and len(value) < 30 else value


def _named(value: str) -> str:
    """A name: what stands before a wide gap, a bar, a bracket, a date or a tool."""
    found = find_date(value)
    if found:
        value = value[: found[1]]
    return _APART.split(value)[0].strip(" -—,，;；")


def _group(value: str, rules: CleanRules) -> str:
    """Classes are separated by spaces; one that says nothing is left out beside others."""
    parts = [part for part in value.split() if part not in rules.placeholder]
    return " ".join(parts) if parts else value


def read_lines(lines: Sequence[str], rules: CleanRules) -> tuple[Disclosure, set[int]]:
    """The disclosure block of a plain text.

    A label at the end of a line has its value on the next line that is not empty, unless that begins
    with a label itself or is the page's own.

    Returns:
        The values, and the numbers of the lines they were read from.
    """
    made, used = Disclosure(), set()
    sure = any(is_label_line(line, rules) for line in lines)
    waiting: Pair | None = None
    for n, line in enumerate(lines):
        if not line.strip():
            continue
        pairs = pairs_in(line.strip(), rules)
        if not pairs and (dated := dateline(line.strip(), rules)) is not None:
            made.offer_found("published_on", _WITHOUT_LABEL, dated[0], rules)
            take(made, dated[1], rules, sure=True)
            used.add(n)
            waiting = None
            continue
        if waiting is not None:
            if not pairs and not is_chrome(line, rules, foot=False):
                take(made, [Pair(waiting.label, line.strip())], rules, sure=sure)
                used.add(n)
                waiting = None
                continue
            waiting = None
        if not pairs or (not sure and all(pair.label in rules.weak for pair in pairs)):
            continue
        used.add(n)
        take(made, pairs, rules, sure=sure)
        last = pairs[-1]
        if not last.value and rules.fields[last.label][0]:
            waiting = last
    return made, used


def dateline(line: str, rules: CleanRules) -> tuple[str, list[Pair]] | None:
    """Date and labels of a line that opens with a date, as 2031-08-16 11:36:56 [来源：…]; None for any other line."""
    match = _DAY_FIRST.match(line)
    if match is None:
        return None
    pairs = pairs_in(line[match.end() :], rules)
    return (match[1], pairs) if pairs else None


def read_blocks(page: Outline, blocks: Sequence[int], rules: CleanRules) -> Disclosure:
    """The disclosure block of a page, from the blocks that are not its body.

    Values stand behind the label, in the next cell (``td``, ``dd``, ``div``), or in the next line.
    """
    made = Disclosure()
    every = page.blocks
    chosen = set(blocks)
    found: dict[int, list[Pair]] = {}
    bare: dict[int, str] = {}
    initials, openings = rules.initials, rules.openings
    for n in blocks:
        block = every[n]
        text = block.text
        if "：" in text or ":" in text or "︰" in text:
            pairs = pairs_of(page, block, rules)
            if pairs:
                found[n] = pairs
                continue
        if text[0] not in initials or not (text[:2] in openings or text[0] in "【[" or text[1:2].isspace()):
            continue
        pair = pair_without_colon(page, block, rules)
        if pair is not None:
            found[n] = [pair]
        elif len(text) <= _LONGEST_LABEL:
            label = is_label(text, rules)
            if label:
                bare[n] = label
    if not found and not bare:
        return made
    sure_at = [n for n, pairs in found.items() if any(pair.label not in rules.weak for pair in pairs)]
    sure_at += [n for n, label in bare.items() if label not in rules.weak]
    sure_at.sort()
    for n in sorted(found.keys() | bare.keys()):
        at = bisect_left(sure_at, n - _BESIDE)
        sure = at < len(sure_at) and sure_at[at] <= n + _BESIDE
        pairs = found.get(n) or [Pair(bare[n], "")]
        if not pairs[-1].value:
            value = value_beside(page, n, chosen, found, bare)
            if value is None and n in bare:
                continue
            pairs = [*pairs[:-1], Pair(pairs[-1].label, value or "")]
        take(made, pairs, rules, sure=sure)
    return made


def pairs_of(page: Outline, block: Block, rules: CleanRules) -> list[Pair]:
    """The label–value pairs of a block, whatever stands before the first label."""
    text = block.text
    pairs = pairs_in(text, rules, within=True)
    if block.last - block.first < _FEWEST_PIECES or not _SHORTEST_PARTED <= len(text) <= _LONGEST_PARTED:
        return pairs
    if len(_COLON.findall(text)) <= len(pairs):  # every label that can be there was read
        return pairs
    return pairs_in(_parted(page, block), rules, within=True)


def pair_without_colon(page: Outline, block: Block, rules: CleanRules) -> Pair | None:
    """A label set apart from its value by brackets (【索引号】…) or elements (``<span>索引号</span><span>…``)."""
    text = block.text
    if len(text) > _LONGEST_PARTED:
        return None
    if text[0] in "【[":
        label, closed, value = text[1:].partition("】" if text[0] == "【" else "]")
    elif block.last - block.first >= _FEWEST_PIECES - 1:
        label, closed, value = _first_element(page, block)
    else:
        return None
    bare = folded(label)
    value = value.strip()
    if not closed or bare not in rules.fields or not value or len(value) > _LONGEST_LINE / 4 or "。" in value:
        return None
    return Pair(bare, value)


def _first_element(page: Outline, block: Block) -> tuple[str, str, str]:
    """The text of the first inline element of a block, the tag that ends it, and the text behind."""
    texts, names = page.markup.texts, page.markup.names
    for n in range(block.first, block.last - 1):
        if names[n][:1] == "/":
            return plain("".join(texts[block.first : n + 1])), names[n], plain("".join(texts[n + 1 : block.last]))
    return block.text, "", ""


def _parted(page: Outline, block: Block) -> str:
    """The text of a short line, with a mark where one inline element ends and the next begins.

    Style sheets set such elements apart, so their authors write no space between: a date and the label
    after it (``<span>2021-03-04</span><span>来源：本站</span>``) look glued without the style.
    """
    texts, names = page.markup.texts, page.markup.names
    parts: list[str] = []
    ended = False
    for n in range(block.first, block.last):
        text = texts[n]
        if text:
            parts.append(text)
            ended = False
        if n + 1 == block.last:
            break
        if names[n][:1] == "/":
            ended = True
        elif ended and parts:
            parts.append(_SEAM)
            ended = False
    return plain("".join(parts))


def value_beside(
    page: Outline, n: int, chosen: Container[int], found: Container[int] = (), bare: Container[int] = ()
) -> str | None:
    """The text that stands where the value of the label in block ``n`` belongs; None when there is none.

    Args:
        page: the outline.
        n: number of the block of the label.
        chosen: blocks that can be values.
        found, bare: blocks that are labels themselves.
    """
    blocks, nodes = page.blocks, page.nodes
    node = blocks[n].node
    after = n + 1
    if after >= len(blocks) or after not in chosen or after in found or after in bare:
        return None
    cell = nodes.names[node]
    if cell in ("td", "th", "dt") and blocks[after].text in _COLONS and nodes.names[blocks[after].node] == cell:
        # the colon has a cell of its own
        node, after = blocks[after].node, after + 1
        if after >= len(blocks) or after not in chosen or after in found or after in bare:
            return None
    follower = blocks[after].node
    if cell in ("td", "th", "dt"):
        # the value's cell is the very next one: an empty cell is an empty value
        next_cell = next((m for m in range(node + 1, len(nodes)) if nodes.parents[m] == nodes.parents[node]), None)
        if next_cell is None or next_cell not in page.ancestors(follower):
            return None
        return _inside(page, next_cell, after)
    if follower == node:
        return blocks[after].text if blocks[after].first - blocks[n].last <= 3 else None
    parent = nodes.parents[follower]
    if parent in (node, nodes.parents[node]) and follower > node:
        between = [
            m for m in range(node + 1, follower) if nodes.parents[m] == parent and nodes.first[m] >= blocks[n].last
        ]
        return None if between else _inside(page, follower, after)
    return None


def _inside(page: Outline, node: int, first: int) -> str:
    """All text of a cell, from block ``first`` on."""
    texts = []
    last = page.nodes.last[node]
    for block in page.blocks[first : first + 20]:
        if block.first >= last:
            break
        texts.append(block.text)
    return " ".join(texts)
