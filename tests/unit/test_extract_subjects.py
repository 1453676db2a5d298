"""Whose figure it is, when a company, a school or a village is named in front."""

from __future__ import annotations

import pytest

from tests.unit.test_extract_sentences import findings

SUBJECTS = {
    "石门村集体收入120万元，增长12%。": ["石门村", "石门村"],
    "李家庄村人均收入突破8000元。": ["李家庄村"],
    "华恒公司完成产值5亿元，增长3%，利税2000万元。": ["华恒公司"] * 3,
    "临江煤矿共销售原煤30万吨。": ["临江煤矿"],
    "市第一中学本科上线860人。": ["市第一中学"],
    "县人民医院新增床位200张。": ["县人民医院"],
    "东风钢厂全年生产钢材36万吨。": ["东风钢厂"],
}
NOBODYS = (
    "示范村建设投资120万元。",
    "行政村集体收入120万元。",
    "在沙河小学附近新建道路3条。",
    "新增农民专业合作社12家。",
    "上市公司总数达12家。",
    "普惠性幼儿园覆盖率92%。",
    "全镇工业总产值12亿元。",
)


@pytest.mark.parametrize("text", SUBJECTS)
def test_what_is_named_in_front_is_the_subject(text: str) -> None:
    """A proper name of a company, school, hospital or village is repeated as subject."""
    assert [f.subject for f in findings(text)] == SUBJECTS[text]


@pytest.mark.parametrize("text", NOBODYS)
def test_kinds_and_places_of_work_are_no_subject(text: str) -> None:
    """What is counted, a kind of thing, or where something was done is no subject."""
    assert [f.subject for f in findings(text)] == [None] * len(findings(text))
    assert findings(text)
