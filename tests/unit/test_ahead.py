"""Texts that tell what will be done, without being a report in the usual form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.text.ahead import told_ahead


@pytest.mark.parametrize(
    ("text", "begins", "year"),
    [
        ("经过票选,2031年,县政府将集中力量办好十件实事: 一、新建学校3所。", "经过", 2031),
        ("本网讯。2031年全区计划实施以下重点项目：1.改造道路5条。", "2031", 2031),
        ("今年，镇政府将为群众办好以下实事：（一）新建公厕3座。", "今年", None),
        ("1月9日，市长周川作政府工作报告。2031年，新增公园12个，改造小区30个。", "2031年，新增", 2031),
        ("周川作政府工作报告。2030年，完成投资9亿元，同比增长3%。2031年，全市将新增学位900个。", "2031年", 2031),
        ("2031年，县政府将继续办好十件民生实事。\n一、新建学校3所。", "2031", 2031),
        ("清河县2031年民生实事项目清单\n1.新建学校3所。", "清河县", 2031),
        ("政府工作报告提出，2031年要新增学位900个。\n改造小区5个。", "政府", 2031),
        ("在2031年全市政府工作报告提出的任务里。\n2031年，建设泵站3座。", "2031年，建设", 2031),
    ],
)
def test_what_will_be_done_begins_where_it_is_announced(text: str, begins: str, year: int | None) -> None:
    ahead = told_ahead(text)
    assert ahead is not None
    assert text[ahead.start :].startswith(begins)
    assert ahead.year == year


@pytest.mark.parametrize(
    "text",
    [
        "2031年，县政府办成了十件实事：一、新建学校3所。",
        "2月9日，市长周川作政府工作报告。2030年，全市生产总值达到146亿元，比“十八五”末增长了8%。2031年再上台阶。",
        "周川作政府工作报告。2030年，全市新增学位900个。",
        "7月9日，市长周川作政府工作报告。2031年，新增公园12个。",
        "清河县2031年民生实事项目完成情况\n1.新建学校3所。",
        "2031年，县里将继续努力。新建学校3所。",
    ],
)
def test_what_was_done_is_not_ahead(text: str) -> None:
    assert told_ahead(text) is None


@given(st.text(alphabet="年月日将办实事：一、作政府工作报告。2031，新增\n", max_size=80))
def test_it_begins_at_a_place_of_the_text(text: str) -> None:
    ahead = told_ahead(text)
    assert ahead is None or 0 <= ahead.start < len(text)
