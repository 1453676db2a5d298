"""Dates as pages write them."""

from __future__ import annotations

import pytest

from tasks.clean.dates import date_of_address, find_date, iso_date


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2020-12-28", "2020-12-28"),
        ("2020年12月28日", "2020-12-28"),
        ("2020/1/8", "2020-01-08"),
        ("2020.12.28", "2020-12-28"),
        ("20201228", "2020-12-28"),
        ("2020-12-28 09:15:00", "2020-12-28"),
        ("2020-12-28T09:15:00+08:00", "2020-12-28"),
        ("二〇二〇年十二月二十八日", "2020-12-28"),
        ("二○二一年元月三日", "2021-01-03"),
        ("二零一九年十月三十一日", "2019-10-31"),
        ("1609113600", "2020-12-28"),
        ("1609113600000", "2020-12-28"),
        ("2021-02-30", None),
        ("有效", None),
        ("长府发〔2020〕12号", None),
        ("自2020-12-28起施行", None),
        ("", None),
    ],
)
def test_a_value_is_a_date_when_it_is_nothing_else(value: str, iso: str | None) -> None:
    assert iso_date(value) == iso


def test_a_date_is_found_inside_a_line_with_its_place() -> None:
    """The first date that exists counts."""
    assert find_date("来源：清水镇 2021-02-31 2021-03-04 10:20") == ("2021-03-04", 18, 28)


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("http://www.yunze.gov.cn/xw/202301/t20230104_123.html", "2023-01-04"),
        ("http://www.yunze.gov.cn/art/2023/1/4/art_1_2.html", "2023-01-04"),
        ("http://www.yunze.gov.cn/2023-01/04/content_55.htm", "2023-01-04"),
        ("http://www.yunze.gov.cn/n1/2023/0104/c1-2.html", "2023-01-04"),
        ("http://www.yunze.gov.cn/202301/04/x.shtml", "2023-01-04"),
        ("http://www.yunze.gov.cn/info/1023/4411.htm", None),
        ("http://www.yunze.gov.cn/2023/20230145/x.html", None),
        ("http://www.yunze.gov.cn/col/col20231231/index.html", None),
        ("http://www.yunze.gov.cn/gkmlpt/content/10/post_20230104.html", None),
        ("file:///srv/in/2.html", None),
    ],
)
def test_the_day_in_an_address_is_that_of_publication(url: str, iso: str | None) -> None:
    assert date_of_address(url) == iso
