"""Edits to a text keep the way back and the way forward."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.evidence import Span
from tasks.text.spans import Edit, edited


def test_an_edit_maps_back_to_what_it_replaced() -> None:
    result = edited("業(yè)發", [Edit(1, 5, ""), Edit(5, 6, "发")])
    assert result.text == "業发"
    assert result.spans.back(0, 1) == Span(start=0, end=1)
    assert result.spans.back(1, 2) == Span(start=5, end=6)
    assert result.forward(5) == 1


def test_a_run_rewritten_as_a_whole_maps_back_as_a_whole_even_at_equal_length() -> None:
    result = edited("x?;肥y", [Edit(1, 4, "危化品", whole=True)])
    assert [result.spans.back(n, n + 1) for n in range(5)] == [
        Span(start=0, end=1),
        Span(start=1, end=4),
        Span(start=1, end=4),
        Span(start=1, end=4),
        Span(start=4, end=5),
    ]


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        edited("abcdef", [Edit(0, 3, "x"), Edit(2, 4, "y")])


@given(
    st.text("ab中文(", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4), st.text("xyz", max_size=4))),
)
def test_untouched_characters_map_to_themselves_and_forward_undoes_back(
    text: str, wanted: list[tuple[int, int, str]]
) -> None:
    edits: list[Edit] = []
    done = 0
    for start, length, new in sorted(wanted):
        if start >= done and start + length <= len(text):
            edits.append(Edit(start, start + length, new))
            done = start + max(length, 1)
    result = edited(text, edits)
    assert result.spans.length == len(result.text)
    touched = {n for e in edits for n in range(e.start, e.end)}
    for at, character in enumerate(text):
        if at not in touched:
            there = result.forward(at)
            assert result.text[there] == character or any(e.start == at and e.end == at for e in edits)
    for at in range(len(result.text)):
        span = result.spans.back(at, at + 1)
        if span.end - span.start == 1 and span.start not in touched and result.text[at] not in "xyz":
            assert text[span.start] == result.text[at]


def any_edits(text: str, wanted: list[tuple[int, int, str, bool]]) -> list[Edit]:
    edits: list[Edit] = []
    done = 0
    for start, length, new, whole in sorted(wanted):
        if start >= done and start + length <= len(text) and (length or new):
            edits.append(Edit(start, start + length, new, whole))
            done = start + max(length, 1)
    return edits


WANTED = st.lists(
    st.tuples(st.integers(0, 25), st.integers(0, 4), st.text("xyz", max_size=4), st.booleans()), max_size=6
)


@given(st.text("ab中文(", min_size=1, max_size=25), WANTED, WANTED)
def test_two_rounds_of_edits_compose_to_one_map(
    text: str, first: list[tuple[int, int, str, bool]], second: list[tuple[int, int, str, bool]]
) -> None:
    one = edited(text, any_edits(text, first))
    two = edited(one.text, any_edits(one.text, second))
    both = two.spans.after(one.spans)
    assert both.length == len(two.text)
    assert both.source_length == len(text)
    for at in range(len(two.text)):
        there = two.spans.back(at, at + 1)
        if there.start < there.end:
            assert both.back(at, at + 1) == one.spans.back(there.start, there.end)
        else:
            assert both.back(at, at + 1).start == both.back(at, at + 1).end


@given(st.text("ab中文(", min_size=1, max_size=25), WANTED, st.data())
def test_a_span_maps_back_to_all_that_its_characters_do(
    text: str, wanted: list[tuple[int, int, str, bool]], data: st.DataObject
) -> None:
    result = edited(text, any_edits(text, wanted))
    if not result.text:
        return
    start = data.draw(st.integers(0, len(result.text) - 1))
    end = data.draw(st.integers(start + 1, len(result.text)))
    spans = [result.spans.back(at, at + 1) for at in range(start, end)]
    real = [span for span in spans if span.start < span.end]
    if real:
        whole = result.spans.back(start, end)
        assert whole == Span(start=min(s.start for s in real), end=max(s.end for s in real))
