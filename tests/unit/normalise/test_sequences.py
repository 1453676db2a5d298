"""What stands behind what: counts of general texts and the words of the dictionary, smoothed."""

from __future__ import annotations

import lzma
import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import Misconfigured
from tasks.normalise import NormaliseRules
from tasks.normalise.sequences import END, Sequences, sequences, symbol, symbols
from tests.quality.count_sequences import count, written
from tests.unit.normalise.test_language import value


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sequences:
    """Counts of three invented lines, and one word."""
    monkeypatch.setenv("GONGBAO_TABLES", str(tmp_path))
    counts: Counter[str] = Counter()
    count(["青塝桥修好了，青塝河清了。"] * 6 + ["２０２３年修桥１２座。"] * 6, 1, counts)
    path = tmp_path / "sequences.xz"
    path.write_bytes(lzma.compress(written(counts)))
    return sequences(path, {"青塝渠": 50_000})


@pytest.mark.parametrize(
    ("before", "likelier", "unlikelier"),
    [
        ("青塝", "桥", "座"),  # counted
        ("青塝", "渠", "河"),  # a word of the vocabulary
        ("了", "，", "桥"),  # after one symbol
        ("#年", "修", "好"),  # a number is one symbol
        (f"。{END}", "青", "了"),  # behind the end of a line; the pair was never counted
    ],
)
def test_what_was_counted_is_likelier(before: str, likelier: str, unlikelier: str, small: Sequences) -> None:
    assert small.behind(before, symbol(likelier)) > small.behind(before, symbol(unlikelier))


def test_what_was_never_met_is_least_likely(small: Sequences) -> None:
    assert small.behind("桥修", "瘙") < small.behind("桥修", "座") < small.behind("桥修", "好")
    assert small.behind("瘙瘙", "桥") == small.behind("瘙", "桥") > small.behind("瘙", "瘙")


@pytest.mark.parametrize("before", [END, "发", "发展", "。“", "瘙", "#年", "和瘙"])
def test_probabilities_behind_a_history_add_up_to_one(before: str, rules: NormaliseRules) -> None:
    found = rules.sequences
    total = sum(math.exp(found.behind(before, letter)) for letter in found.letters)
    assert total == pytest.approx(1.0, abs=0.06)  # values are rounded to sixteenths


@given(st.text(alphabet="青塝桥好，。０1２.aB\n（", max_size=12))
def test_a_text_and_its_characters_are_counted_alike(text: str) -> None:
    assert set(symbols(text)) <= {symbol(c) for c in text}


def test_a_mark_behind_a_quotation_that_has_its_own_stop_is_unlikely(rules: NormaliseRules) -> None:
    assert value("“即来即办”。", rules) - value("“即来即办”", rules) > value("“即来即。”。", rules) - value(
        "“即来即。”", rules
    )


def test_missing_counts_are_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"sequences\.xz"):
        sequences(tmp_path / "sequences.xz", {})
