"""A whole line added at one look reads, and walks back to the source, as when it is added piece by piece."""

from __future__ import annotations

import sys
from itertools import accumulate

from hypothesis import example, given
from hypothesis import strategies as st

from schemas.evidence import SpanMap
from tasks.clean.cutting import _CARE, Cutter

_PIECES = st.lists(st.text(st.sampled_from("镇A7。 \u3000\xa0\n&;\u200b"), max_size=6), min_size=1, max_size=5)
_TAG = len("<b>")


def _offsets(texts: list[str]) -> list[int]:
    """Where the texts begin in a source that has a tag between each two."""
    return list(accumulate((len(text) + _TAG for text in texts[:-1]), initial=5))


def _triples(spans: SpanMap) -> list[tuple[int, ...]]:
    return [spans.runs[n : n + 3] for n in range(0, len(spans.runs), 3)]


@given(_PIECES, st.booleans())
@example(["　　第一条　为了", " 公平  ", "镇　　"], False)
@example(["&nbsp;&nbsp;镇 A　", "　7&nbsp;"], True)
def test_one_look_gives_what_many_give(texts: list[str], split: bool) -> None:
    """The text is the same, and so is the map, whose runs may only be joined where no ``split`` is asked for."""
    offsets = _offsets(texts)
    whole, pieces = Cutter(), Cutter()
    if not whole.add_plain(texts, offsets, split=split):
        assert (whole.text(), whole.length, whole.at_start) == ("", 0, True)
        return
    for text, offset in zip(texts, offsets, strict=True):
        pieces.add(text, offset)
    assert whole.text() == pieces.text()
    assert whole.length == pieces.length
    ours, theirs = whole.spans(1000), pieces.spans(1000)
    if split:
        assert ours == theirs
    joined = [
        SpanMap.from_runs([(out, start, size) for out, start, size in _triples(one)], 1000) for one in (ours, theirs)
    ]
    assert joined[0] == joined[1]


def test_what_needs_care_is_not_printable() -> None:
    """Only that makes it safe to ask whether a line is printable before it is searched; ``&`` is looked for apart."""
    special = [c for c in map(chr, range(sys.maxunicode + 1)) if _CARE.match(c)]
    assert [c for c in special if c.isprintable()] == ["&"]
    assert not "\u3000".isprintable()
