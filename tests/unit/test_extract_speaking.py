"""今年, 去年 and 明年 are what they were when a report was given: at the beginning of a year or at its end."""

from __future__ import annotations

import pytest

from schemas.record import Metadata, Period
from tests.told import told

REVIEW, PLAN = Period.years(2030), Period.years(2031)
EARLY = "一、2030年工作回顾\n去年，全镇产值达到5亿元，比去年增长12%。新投入资金110万元。\n二、2031年工作安排\n{plan}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 去年 is the year under review, and a base of comparison as ever
        (
            EARLY.format(plan="今年，引进项目8个。"),
            ["5亿元 2030 actual", "12% 2030 actual", "110万元 2030 actual", "8个 2031 target"],
        ),
        (
            EARLY.format(plan="今年开工建设水厂1座，明年建成学校2所。"),
            ["5亿元 2030 actual", "12% 2030 actual", "110万元 2030 actual", "1座 2031 target", "2所 2032 target"],
        ),
        # a review that calls its own year 今年 was written in it
        (
            "一、2030年工作回顾\n今年，全镇引进项目8个，去年引进6个。今年以来新建学校3所。\n二、2031年工作打算\n明年，新建公路9公里。",
            ["8个 2030 actual", "6个 2029 actual", "3所 2030 actual", "9公里 2031 target"],
        ),
        # what is expected of this year looks ahead from any time
        (
            "一、2030年工作回顾\n去年，新建学校3所。水厂计划投资2亿元，预计今年竣工投产。\n二、2031年工作安排\n新建公路9公里。",
            ["3所 2030 actual", "2亿元 2030 target", "9公里 2031 target"],
        ),
    ],
)
def test_by_the_words_of_the_review_and_the_plan(text: str, expected: list[str]) -> None:
    assert told(text, review=REVIEW, plan=PLAN) == expected


def test_next_year_is_the_one_after_the_review_under_a_heading_of_the_plan_too() -> None:
    plan = "明年，新建公路10公里；改造危桥5座。\n（一）抓产业\n明年，新建厂房6座。"
    text = f"一、2030年工作\n完成造林3万亩。\n二、2031年工作计划\n{plan}"
    expected = ["3万亩 2030 actual", "10公里 2031 target", "5座 2031 target", "6座 2031 target"]
    assert told(text, "work_summary", review=REVIEW, plan=PLAN) == expected


def test_a_report_on_a_part_of_a_year_speaks_in_that_year() -> None:
    half = Period(start="2030-01-01", end="2030-06-30")
    text = "一、上半年工作\n去年引进项目6个，今年计划改造小区8个，目前完工3个。\n二、下半年工作打算\n新建公路9公里。"
    expected = ["6个 2029 actual", "8个 2030 target", "3个 2030 actual", "9公里 2030 target"]
    assert told(text, "work_summary", review=half, plan=Period(start="2030-07-01", end="2030-12-31")) == expected


def test_last_year_in_what_was_written_within_the_year_is_the_one_before() -> None:
    text = "一、2030年工作回顾\n去年，引进项目6个。\n二、存在问题\n发展不够快。"
    assert told(text, "work_summary", review=REVIEW) == ["6个 2030 actual"]
    written = Metadata(published_on="2030-12-20")
    assert told(text, "work_summary", review=REVIEW, metadata=written) == ["6个 2029 actual"]
