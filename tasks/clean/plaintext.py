"""Plain-text pages: the page's lines above and below, the disclosure block between, the body."""

from __future__ import annotations

from dataclasses import dataclass

from tasks.clean.disclosure import Disclosure, dateline, pairs_in, read_lines
from tasks.clean.lines import ends_document, folded, is_chrome, sentences
from tasks.clean.rules import CleanRules

#: A line so long is a paragraph, or so long when it has a full stop.
_PARAGRAPH, _SENTENCE = 60, 24
_LONGEST_HEAD = 80
_LONGEST_FOOT = 60
_ABOVE = 4
_OF_PATHS = (">", "＞", "»", "首页", "位置")


@dataclass(frozen=True)
class PlainText:
    """A plain-text page.

    Attributes:
        lines: start and end of each line of the body in the source, ends stripped.
        disclosure: the block.
        outside: text that is not body, for clues.
        above: the last lines above the body, where a title may stand over its dateline.
        over_dateline: the line right over the first one of the block, when that one tells date and source.
    """

    lines: tuple[tuple[int, int], ...]
    disclosure: Disclosure
    outside: str
    above: tuple[str, ...] = ()
    over_dateline: str | None = None


def read_plain(source: str, rules: CleanRules) -> PlainText:
    """Divide a plain text into block, body and chrome."""
    places = line_places(source)
    lines = [source[start:end] for start, end in places]
    first_paragraph = next((n for n, line in enumerate(lines[:_LONGEST_HEAD]) if _is_paragraph(line)), len(lines))
    head = lines[: min(first_paragraph, _LONGEST_HEAD)]
    disclosure, used = read_lines(head, rules)
    # a long value (内容概述) can look like the first paragraph
    more, also = read_lines(lines[: min(len(lines), len(head) + 3)], rules)
    if more.labels > disclosure.labels:
        disclosure, used = more, also
        head = lines[: max(used) + 1]
    begin = 0
    for n, line in enumerate(head):
        if n in used or (line and is_chrome(line, rules, foot=False)):
            begin = n + 1
    finish = _finish(lines, begin, rules)
    body = tuple(place for place, line in zip(places[begin:finish], lines[begin:finish], strict=True) if line)
    outside = "\n".join(lines[:begin] + lines[finish:])
    above = tuple(line for n, line in enumerate(lines[:begin]) if line and n not in used)[-_ABOVE:]
    return PlainText(body, disclosure, outside, above, _over_dateline(lines, used, rules))


def _over_dateline(lines: list[str], used: set[int], rules: CleanRules) -> str | None:
    """The line over the dateline: a title, unless it is the page's own or a path of columns."""
    first = min(used, default=0)
    over = next((line for line in reversed(lines[:first]) if line), "")
    if not over or is_chrome(over, rules, foot=False) or any(mark in over for mark in _OF_PATHS):
        return None
    told = {pair.label for pair in pairs_in(lines[first], rules)} & rules.dateline
    return over if told or dateline(lines[first], rules) is not None else None


def line_places(source: str) -> list[tuple[int, int]]:
    """Start and end of each line in the source, its ends stripped."""
    places = []
    at = 0
    for line in source.splitlines(keepends=True):
        bare = line.strip("\ufeff \t\r\n\f\v\x1c\x1d\x1e\x85\xa0\u2028\u2029\u3000\x00")
        start = at + line.find(bare) if bare else at
        places.append((start, start + len(bare)))
        at += len(line)
    return places


def _is_paragraph(line: str) -> bool:
    return (len(line) >= _PARAGRAPH and sentences(line) > 0) or (len(line) >= _SENTENCE and "。" in line)


def _finish(lines: list[str], begin: int, rules: CleanRules) -> int:
    """Number of the line after the last of the body."""
    last = len(lines)
    lowest = max(begin, last - _LONGEST_FOOT)
    final = next(
        (n for n in range(last - 1, lowest - 1, -1) if _is_paragraph(lines[n]) and not is_chrome(lines[n], rules)),
        lowest - 1,
    )
    for n in range(final + 1, last):
        if lines[n] and (is_chrome(lines[n], rules) or ends_document(folded(lines[n]), rules)):
            return n
    return last
