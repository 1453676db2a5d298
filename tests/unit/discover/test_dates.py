"""The date beside a link, in its address, or in a field of data."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.discover.dates import date_beside, date_in_address, date_of_value

DAY = date(2026, 1, 8)


@pytest.mark.parametrize(
    ("pieces", "day", "dated"),
    [
        (["2026-01-08"], DAY, True),
        (["[2026-1-8]"], DAY, True),
        (["（2026年1月8日）"], DAY, True),
        (["2026/01/08 09:30:15"], DAY, True),
        (["2026.01.08"], DAY, True),
        (["2026 年 01 月 08 日"], DAY, True),
        (["发布时间：2026-01-08"], DAY, True),
        (["·", "\xa0", "2026-01-08"], DAY, True),
        (["08", "2026-01"], DAY, True),
        (["2026年1月", "8日"], DAY, True),
        (["01-08", "2026"], DAY, True),
        (["01-08"], None, True),
        (["[1月8日]"], None, True),
        (["13-45"], None, False),
        (["1"], None, False),
        (["2026"], None, False),
        ([], None, False),
        (["2026-02-30"], None, False),
        (["2026年1月8日召开的会议审议通过了清河镇政府工作报告"], None, False),
        (["电话：0519-88765432"], None, False),
        (["12026-01-088"], None, False),
    ],
)
def test_a_date_beside_a_title_is_read_as_lists_write_it(pieces: list[str], day: date | None, dated: bool) -> None:
    assert date_beside(pieces) == (day, dated)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://www.qinghe.example/zfgz/202601/t20260108_12345.html", DAY),
        ("http://www.qinghe.example/art/2026/1/8/art_12_34567.html", DAY),
        ("http://www.qinghe.example/2026-01/08/content_12.htm", DAY),
        ("http://www.qinghe.example/doc/2026/01/08/2345.shtml", DAY),
        ("http://www.qinghe.example/c/20260108/12.html", DAY),
        ("http://www.qinghe.example/gkmlpt/content/4/4123/post_4123.html", None),
        ("http://www.qinghe.example/t20261308_1.html", None),
        ("http://www.qinghe.example/art_1_20260108123.html", None),
    ],
)
def test_publishing_systems_put_the_date_into_the_address(url: str, day: date | None) -> None:
    assert date_in_address(url) == day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-01-08 10:00:00", DAY),
        ("2026-01-08T10:00:00+08:00", DAY),
        ("20260108", DAY),
        ("20260108100000", DAY),
        (1767801600, DAY),  # midnight in China
        (1767801600000, DAY),
        ("1767801600", DAY),
        (1767887999, DAY),
        (12, None),
        (True, None),
        (None, None),
        ("", None),
        ("soon", None),
        ([], None),
    ],
)
def test_a_date_in_data_is_text_or_a_number_of_seconds_since_1970(value: Any, day: date | None) -> None:
    assert date_of_value(value) == day


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from("-/."))
def test_every_day_is_read_back(day: date, mark: str) -> None:
    assert date_beside([day.strftime(f"%Y{mark}%m{mark}%d")]) == (day, True)
    assert date_in_address(day.strftime("http://a.example/art/%Y/%m/%d/art_1.html")) == day
    assert date_of_value(day.strftime("%Y%m%d")) == day


@given(st.lists(st.text(max_size=20), max_size=6))
def test_any_texts_are_read_without_error(pieces: list[str]) -> None:
    day, dated = date_beside(pieces)
    assert dated or day is None
