"""Floors for sections on real reports, against labels made by hand before the code was written."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.document import NormalDocument
from tasks.segment import SegmentRules, segment_document
from tests.made import normal as normal_of

sys.path.insert(0, str(Path(__file__).parent))

from sections import labels_of, measure, moved

pytestmark = pytest.mark.shared


def bare(text: str) -> NormalDocument:
    """A document of which nothing but its text is known."""
    return normal_of(text, review_period=None, plan_period=None)


def rewritten(text: str, pattern: str, by: str) -> tuple[str, Callable[[int], int]]:
    """The text with every match replaced, and the map of offsets into it."""
    made, to, at = [], [], 0
    length = 0
    for gap in re.finditer(pattern, text):
        made += [text[at : gap.start()], by]
        to += list(range(length, length + gap.start() - at))
        length += gap.start() - at
        to += [length] * (gap.end() - gap.start())
        length += len(by)
        at = gap.end()
    made.append(text[at:])
    to += list(range(length, length + len(text) - at + 1))
    return "".join(made), to.__getitem__


@pytest.mark.parametrize("key", ["001", "G026", "003", "G024"])
@pytest.mark.parametrize(
    ("pattern", "by"),
    [("(?!)", ""), (r"(?<=\n)[ \u3000]+", ""), (r"\s*\n\s*", " "), (r"\s*\n\s*", "\n\u3000\u3000")],
    ids=["as found", "without indents", "joined by spaces", "indented"],
)
def test_sections_are_those_of_the_labels(shared: Path, vocabulary: Path, key: str, pattern: str, by: str) -> None:
    paths = [shared / "gold" / f"{key}.ref.txt", shared / "reports" / f"{key}.txt"]
    text, to = rewritten(next(p for p in paths if p.exists()).read_text(encoding="utf-8"), pattern, by)
    sections = segment_document(bare(text), SegmentRules.load(vocabulary))
    figures = measure(sections, moved(labels_of(key), to), len(text))
    assert figures.part >= 0.98
    assert figures.period >= 0.98
    assert figures.nesting >= 0.95
