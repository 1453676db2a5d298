"""Numbers as Chinese texts write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.text.numerals import chinese_integer, chinese_number, half_width, plain

_DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("三千二百", 3200),
        ("一百零五", 105),
        ("十", 10),
        ("十六", 16),
        ("两万八", 28000),
        ("五百八", 580),
        ("二〇一二", 2012),
        ("三亿五千万", 350000000),
        ("万亿", 10**12),
        ("一千零三十", 1030),
    ],
)
def test_chinese_integers_are_read_by_place_and_by_power(written: str, value: int) -> None:
    assert chinese_integer(written) == value


@pytest.mark.parametrize(
    ("written", "value"), [("百分之三点五", "3.5"), ("四分之一", "0.25"), ("二点八", "2.8"), ("百分之百", "100")]
)
def test_fractions_and_points_are_read(written: str, value: str) -> None:
    assert chinese_number(written) == Decimal(value)


@pytest.mark.parametrize("written", ["", "三五十", "三斤", "零分之一", "三点", "点五"])
def test_guesses_and_other_words_are_no_number(written: str) -> None:
    assert chinese_number(written) is None


def in_chinese(n: int) -> str:
    """A whole number below ten thousand as it is read aloud."""
    out, zero = "", False
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // power % 10
        if digit:
            out += ("零" if zero and out else "") + _DIGITS[digit] + word
            zero = False
        else:
            zero = True
    return out


@given(st.integers(min_value=1, max_value=9999))
def test_every_number_read_aloud_is_read_back(n: int) -> None:
    assert chinese_integer(in_chinese(n)) == n


@given(st.integers(min_value=1, max_value=9999), st.integers(min_value=1, max_value=9999))
def test_ten_thousands_add_up(high: int, low: int) -> None:
    zero = "零" if low < 1000 else ""
    assert chinese_integer(f"{in_chinese(high)}万{zero}{in_chinese(low)}") == high * 10_000 + low


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15))
def test_plain_notation_keeps_the_value_and_has_no_exponent(value: Decimal) -> None:
    written = plain(value)
    assert Decimal(written) == value
    assert "E" not in written


@given(st.text(alphabet="０１２３４５６７８９．％＋－abc年", max_size=30))
def test_half_width_keeps_every_character_in_its_place(text: str) -> None:
    assert len(half_width(text)) == len(text)
