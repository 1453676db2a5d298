"""Bodies and blocks that a page keeps in its scripts as JSON, for its own scripts to show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.evidence import SpanMap
from tasks.clean.disclosure import Disclosure, Pair, take
from tasks.clean.markup import Markup
from tasks.clean.rules import CleanRules

_ESCAPE = re.compile(
    r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(.)", re.DOTALL
)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_STRING = r'"((?:[^"\\]++|\\.)*+)"'
_MEMBER = re.compile(
    rf'["\']?([A-Za-z_][\w\-]{{0,40}})["\']?\s*[:=]\s*'
    rf"(?:{_STRING}|'((?:[^'\\\n]++|\\.)*+)'|(\d{{10}}(?:\d{{3}})?)\b)",
    re.DOTALL,
)
_OBJECT = re.compile(r"\{[^{}]{0,2000}\}")
#: Fewer Chinese characters than this are no body.
_SHORTEST = 80
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LONGEST_VALUE = 500
_MOST_MEMBERS = 20_000


@dataclass(frozen=True)
class ScriptBody:
    """A body found in a script.

    Attributes:
        html: the value, escapes undone.
        spans: from ``html`` to the source.
        at: where the value begins in the source.
    """

    html: str
    spans: SpanMap
    at: int


def script_places(markup: Markup) -> list[tuple[int, int]]:
    """Start and end of the content of each script in the source."""
    names, rests = markup.names, markup.rests
    offsets = markup.offsets(0, len(markup.texts))
    return [
        (offsets[n + 1] - 1 - len(rests[n]), offsets[n + 1])
        for n, name in enumerate(names)
        if name in ("script", "SCRIPT", "Script") and len(rests[n]) > _SHORTEST
    ]


def script_body(source: str, places: Sequence[tuple[int, int]], rules: CleanRules) -> ScriptBody | None:
    """The longest Chinese value of a key that holds bodies, or None.

    Args:
        source: decoded page.
        places: of its scripts.
        rules: keys.
    """
    best: tuple[int, int, int] | None = None
    found = (one for place in places for one in rules.script_content.finditer(source, *place))
    for member in found:
        start, end = member.span(1 if member[1] is not None else 2)
        if end - start < _SHORTEST:
            continue
        raw = source[start:end]
        weight = len(_CHINESE.findall(raw)) + raw.count("\\u")
        if best is None or weight > best[0]:
            best = (weight, start, end)
    if best is None or best[0] < _SHORTEST:
        return None
    _, start, end = best
    html, spans = unescaped(source, start, end)
    return ScriptBody(html, spans, start) if len(_CHINESE.findall(html)) >= _SHORTEST else None


def script_block(
    source: str, places: Sequence[tuple[int, int]], near: int, made: Disclosure, rules: CleanRules
) -> None:
    """Offer the values that scripts give: of known keys, and of objects with a label or key and a value.

    Args:
        source: decoded page.
        places: of its scripts.
        near: where the body stands; of a key that comes more than once the nearest one counts.
        made: gets the values; what it has already stays.
        rules: keys and labels.
    """
    nearest: dict[str, tuple[int, str]] = {}
    for key, start, end in _members(source, places):
        name = key.lower()
        if name not in rules.script or end - start > 6 * _LONGEST_VALUE:
            continue
        value = unescaped(source, start, end)[0].strip()
        if not value or len(value) > _LONGEST_VALUE:
            continue
        far = abs(start - near)
        if name not in nearest or far < nearest[name][0]:
            nearest[name] = (far, value)
    for name, (_, value) in nearest.items():
        field, preference = rules.script[name]
        made.offer_found(field, 500 + preference, value, rules)
    for place in places:
        for found in _OBJECT.finditer(source, *place):
            if '"value"' in found[0]:
                _offer_object(found[0], made, rules)


def _offer_object(text: str, made: Disclosure, rules: CleanRules) -> None:
    try:
        one = json.loads(text)
    except ValueError:
        return
    value = one.get("value")
    if not isinstance(value, str) or not value.strip():
        return
    for key in ("key", "code", "field"):
        name = str(one.get(key, "")).lower()
        if name in rules.script:
            field, preference = rules.script[name]
            made.offer_found(field, 400 + preference, value, rules)
            return
    for key in ("name", "label", "title"):
        label = "".join(str(one.get(key, "")).split()).rstrip(":：")
        if label in rules.fields:
            take(made, [Pair(label, value)], rules, sure=True)
            return


def _members(source: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
    """Key, start and end of each string or time stamp that is the value of a key."""
    left = _MOST_MEMBERS
    for place in places:
        for found in _MEMBER.finditer(source, *place):
            left -= 1
            if left < 0:
                return
            group = 2 if found[2] is not None else 3 if found[3] is not None else 4
            yield found[1], found.start(group), found.end(group)


def unescaped(source: str, start: int, end: int) -> tuple[str, SpanMap]:
    """A JSON string without its escapes, and the map from it to the source."""
    parts: list[str] = []
    runs: list[tuple[int, int, int]] = []
    done = start
    for found in _ESCAPE.finditer(source, start, end):
        if found.start() > done:
            parts.append(source[done : found.start()])
            runs.append((found.start() - done, done, found.start() - done))
        if found[1]:
            text = chr(0x10000 + ((int(found[1], 16) - 0xD800) << 10) + int(found[2], 16) - 0xDC00)
        elif found[3]:
            code = int(found[3], 16)
            text = "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
        else:
            text = _SIMPLE.get(found[4], found[4])
        parts.append(text)
        runs.append((1, found.start(), found.end() - found.start()))
        done = found.end()
    if done < end:
        parts.append(source[done:end])
        runs.append((end - done, done, end - done))
    return "".join(parts), SpanMap.from_runs(runs, len(source))
