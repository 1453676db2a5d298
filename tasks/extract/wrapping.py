"""Lines that a converter broke within a sentence: 畜牧业总⏎产值实现1530万元.

A page set at a width of so many characters, or copied from one, has a line feed where a line was
full.  What tells it from the end of a paragraph: the line ends in a comma; or in no mark at all, although a
sentence ended within it; or in no mark, and many lines of the text do so at one width.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

#: a line that may go on: it ends in a word, a digit or a comma, and no label begins the next
_MAY_GO_ON = re.compile(
    r"\n(?<=[一-龥，、,\d]\n)(?=[一-龥\d“（(])"
    r"(?![一二三四五六七八九十]{1,3}[、.．是要]|第[一二三四五六七八九十]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)](?!\d))"
)
#: between a word, a digit or a comma and a word
_MAY_BE_PAGED = re.compile(r"\n\s*[-—－–]{1,2}\s*\d{1,3}\s*[-—－–]")
_PAGE_NUMBER = re.compile(
    r"(?<=[一-龥，、,\d])[ \u3000]*\n\s*[-—－–]{1,2}\s*\d{1,3}\s*[-—－–]{1,2}\s*\n[ \u3000]*(?=[一-龥])"
    r"(?![一二三四五六七八九十]{1,3}[、.．是要]|第[一二三四五六七八九十])"
)
#: nothing ends in these: 是2025年的⏎2.5倍
_OPEN = frozenset("，、,的由从比和与及把将对为至达")
#: lines that are full differ by so much: a number or a mark is not parted
_RAGGED = 4
#: digits and letters are half as wide as characters
_NARROW = re.compile(r"[0-9A-Za-z.% ]")
#: fewer full lines are chance, and a shorter line is a heading or an item
_FEWEST, _NARROWEST = 3, 16


def without_page_numbers(text: str) -> str:
    """The text with spaces for the lines of page numbers (- 12 -) that stand within a sentence."""
    if _MAY_BE_PAGED.search(text) is None:
        return text
    return _PAGE_NUMBER.sub(lambda match: " " * len(match[0]), text)


def _width(text: str, start: int, end: int) -> int:
    """How wide a line is, in half characters."""
    return 2 * (end - start) - len(_NARROW.findall(text, start, end))


def unwrapped(text: str, sections: Iterable[int], cells: Iterable[int], below: Iterable[int] = ()) -> str:
    """The text with a space for each line feed that a converter put into a sentence; offsets stay the same.

    Args:
        text: the text.
        sections: where sections begin: there the width of lines tells nothing.
        cells: where cells of tables begin.
        below: where the text below a heading begins.
    """
    breaks = [match.start() for match in _MAY_GO_ON.finditer(text)]
    if not breaks:
        return text
    tabled, headed, joined, lengths, ended = set(cells), set(below), [], {}, []
    for at in breaks:
        start = text.rfind("\n", 0, at) + 1
        if at + 1 in tabled or start in tabled:
            continue
        if text[at - 1] in _OPEN or (at + 1 not in headed and text.find("。", start, at) >= 0):
            joined.append(at)
            ended.append(_width(text, start, at))
        elif at - start >= _NARROWEST and at + 1 not in headed:
            lengths[at] = _width(text, start, at)
    begun = set(sections)
    widths = Counter(length for at, length in lengths.items() if at + 1 not in begun)
    widths.update(length for length in ended if length in widths)  # lines in which a sentence ends are as wide
    full = max(
        (width for width in widths if sum(widths[width - n] for n in range(_RAGGED + 1)) >= _FEWEST),
        key=lambda width: sum(widths[width - n] for n in range(_RAGGED + 1)),
        default=0,
    )
    if full:
        joined += [at for at, length in lengths.items() if abs(length - full) <= _RAGGED and at + 1 not in begun]
    if not joined:
        return text
    characters = list(text)
    for at in joined:
        characters[at] = " "
    return "".join(characters)
