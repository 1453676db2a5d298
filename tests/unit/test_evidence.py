"""Span maps lead back to exactly what a text was made from, also through several steps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.evidence import Span, SpanMap

SOURCE = 40


@st.composite
def span_maps(draw: st.DrawFn, source_length: int = SOURCE) -> SpanMap:
    """Any map into a source of this length: copies, rewritings, insertions, in any order."""
    runs = []
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, source_length))
        length = draw(st.integers(0, source_length - start))
        out = length if draw(st.booleans()) else draw(st.integers(0, 5))
        runs.append((out, start, length))
    return SpanMap.from_runs(runs, source_length)


def sources(spans: SpanMap) -> list[tuple[int, int]]:
    """Per character of the derived text: the span of the source it was made from."""
    triples = zip(spans.runs[0::3], spans.runs[1::3], spans.runs[2::3], strict=True)
    return [
        (start + i, start + i + 1) if out == length else (start, start + length)
        for out, start, length in triples
        for i in range(out)
    ]


def hull(spans: list[tuple[int, int]]) -> Span | None:
    solid = [(low, high) for low, high in spans if high > low]
    if not solid:
        return None
    return Span(start=min(low for low, _ in solid), end=max(high for _, high in solid))


@given(spans=span_maps(), data=st.data())
def test_back_gives_the_hull_of_what_each_character_was_made_from(spans: SpanMap, data: st.DataObject) -> None:
    each = sources(spans)
    assert spans.length == len(each)
    if not each:
        return
    start = data.draw(st.integers(0, len(each) - 1))
    end = data.draw(st.integers(start + 1, len(each)))
    expected = hull(each[start:end])
    said = spans.back(start, end)
    if expected is None:
        assert said.start == said.end
    else:
        assert said == expected


@given(earlier=span_maps(), data=st.data())
def test_two_steps_lead_back_as_far_as_one_after_the_other(earlier: SpanMap, data: st.DataObject) -> None:
    later = data.draw(span_maps(earlier.length))
    both = later.after(earlier)
    assert both.length == later.length
    assert both.source_length == earlier.source_length
    for at in range(later.length):
        middle = later.back(at, at + 1)
        whole = both.back(at, at + 1)
        if middle.end > middle.start:
            direct = earlier.back(middle.start, middle.end)
            assert whole.start <= direct.start
            assert direct.end <= whole.end
        else:
            assert whole.start == whole.end


@given(spans=span_maps())
def test_the_identity_changes_nothing_before_or_after(spans: SpanMap) -> None:
    before = spans.after(SpanMap.identity(SOURCE))
    after = SpanMap.identity(spans.length).after(spans)
    for at in range(spans.length):
        assert before.back(at, at + 1) == spans.back(at, at + 1) == after.back(at, at + 1)


def test_runs_that_continue_one_another_are_joined() -> None:
    assert SpanMap.from_runs([(2, 0, 2), (3, 2, 3), (1, 9, 1)], 10).runs == (5, 0, 5, 1, 9, 1)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 1), (0, 6)])
def test_a_span_that_is_not_in_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is not inside a text of 5 characters"):
        SpanMap.identity(5).back(start, end)


def test_what_was_dropped_between_two_kept_characters_lies_in_their_hull() -> None:
    spans = SpanMap.from_runs([(1, 0, 1), (0, 1, 4), (1, 5, 1)], 6)
    assert spans.back(0, 2) == Span(start=0, end=6)
    assert spans.back(1, 2) == Span(start=5, end=6)
