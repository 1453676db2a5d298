"""Goals that the sentences themselves do not call so: lists below an announcement, and follow-ups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.record import Period
from tasks.extract.goals import told_goals
from tests.told import told

YEAR = Period.years(2030)
FOLLOW_UP = (
    "政府督查室对《政府工作报告》确定的2030年重点工作上半年完成情况进行了督办。\n"
    "1.引进项目不少于30个；新开工项目20个。上半年，引进项目13个；新开工项目8个。\n"
    "2.新建学校5所，总数达到40所；已开工3所。\n3.培育平台2家。支持企业实施改造。\n二、其他\n新建公园4个。"
)


def test_a_list_below_an_announcement_is_of_goals_and_of_its_year() -> None:
    text = "县计划报告\n建议2031年我县发展的预期目标是：\n——产值增长13%；\n——投资增长30%。\n全县已累计新建学校3所。"
    assert told(text, "other")[:2] == ["13% 2031 target", "30% 2031 target"]
    assert told(text, "other")[2].endswith("actual")
    text = "二、目标\n2031年预期目标：\n1.产值增长13%，2029年为20%。"
    assert told(text, "plan", plan=Period.years(2031)) == ["13% 2031 target", "20% 2029 actual"]


def test_a_list_of_what_was_carried_out_is_none() -> None:
    text = "一、2030年工作回顾\n圆满完成以下目标任务：\n1.新建学校3所。\n2.新建公园4个。"
    assert told(text, review=YEAR) == ["3所 2030 actual", "4个 2030 actual"]


def test_a_follow_up_tells_goals_before_results() -> None:
    assert [line.replace(" 2030", "") for line in told(FOLLOW_UP, "work_summary", review=YEAR)] == [
        *("30个 target", "20个 target", "13个 actual", "8个 actual"),
        *("5所 target", "40所 target", "3所 actual", "2家 target", "4个 actual"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # no follow-up
        FOLLOW_UP.replace("《政府工作报告》确定的", ""),
        # one that tells its results at once
        "政府对年初确定的重点工作完成情况进行了督办。\n1.已引进项目30个。\n2.目前新建学校5所。\n3.新建公园4个。上半年完成绿化9亩。",
    ],
)
def test_what_is_no_follow_up_has_no_goals(text: str) -> None:
    assert {line.split()[-1] for line in told(text, "work_summary", review=YEAR)} == {"actual"}


@given(st.text(alphabet="目标任务：\n—1.、一新建完成上半年报告确定的工作情况", max_size=80))
def test_goals_stand_within_the_text_and_apart(text: str) -> None:
    stretches = told_goals(text, 2030, 2031)
    assert all(0 <= one.start <= one.end <= len(text) for one in stretches)
