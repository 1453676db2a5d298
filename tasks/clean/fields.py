"""Bodies that a page keeps in a form field or a frame as HTML, for its scripts or the browser to show."""

from __future__ import annotations

import re
from html import unescape

from schemas.evidence import SpanMap
from tasks.clean.markup import Markup
from tasks.clean.scripts import ScriptBody

_HOLDERS = frozenset(("textarea", "input", "iframe"))
_ATTRIBUTE = re.compile(r"(?i)(?<![\w-])(?:srcdoc|value)\s*=\s*(?:\"([^\"]*)\"?|'([^']*)'?)")
_TEXTAREA = re.compile(r"(?is)[^>]*+>(.*?)(?:</textarea[^>]*)?\Z")
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*+);?")
_TAG = re.compile(r"(?i)<(?:p|br|div|span|table|section|strong|h[1-6])[\s/>]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: Fewer Chinese characters than this are no body.
_SHORTEST = 80


def held_body(markup: Markup, more_than: float) -> ScriptBody | None:
    """The HTML with most Chinese in a ``textarea``, the value of an ``input``, or the ``srcdoc`` of an ``iframe``.

    What is held there without any tag is a summary or what a reader typed, not a body.

    Args:
        markup: the page, cut.
        more_than: so many characters are found elsewhere; a field that holds fewer is none.

    Returns:
        The body, or None when no field holds one.
    """
    best: tuple[int, int, int] | None = None
    offsets: list[int] = []
    for n, name in enumerate(markup.names):
        rest = markup.rests[n]
        if len(rest) < _SHORTEST or name.lower() not in _HOLDERS:
            continue
        found = (_TEXTAREA.match if name.lower() == "textarea" else _ATTRIBUTE.search)(rest)
        if found is None:
            continue
        start, end = found.span(1 if found[1] is not None else 2)
        weight = len(_CHINESE.findall(unescape(rest[start:end])))
        if weight >= _SHORTEST and weight > (best[0] if best else more_than):
            offsets = offsets or markup.offsets(0, len(markup.texts))
            at = offsets[n + 1] - 1 - len(rest)
            if not markup.source.startswith(rest, at):  # a tag cut off by the end of the file has no ">"
                at += 1
            best = (weight, at + start, at + end)
    if best is None:
        return None
    _, start, end = best
    html, spans = dereferenced(markup.source, start, end)
    return ScriptBody(html, spans, start) if _TAG.search(html) else None


def dereferenced(source: str, start: int, end: int) -> tuple[str, SpanMap]:
    """A stretch of the source with its character references undone once, and the map from it to the source."""
    parts: list[str] = []
    runs: list[tuple[int, int, int]] = []
    done = start
    for found in _REFERENCE.finditer(source, start, end):
        text = unescape(found[0])
        if text == found[0]:
            continue
        if found.start() > done:
            parts.append(source[done : found.start()])
            runs.append((found.start() - done, done, found.start() - done))
        parts.append(text)
        runs.append((len(text), found.start(), found.end() - found.start()))
        done = found.end()
    if done < end:
        parts.append(source[done:end])
        runs.append((end - done, done, end - done))
    return "".join(parts), SpanMap.from_runs(runs, len(source))
