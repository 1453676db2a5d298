"""Codes: which names have one, which have none, and what the vocabulary file may not say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import Misconfigured
from tasks.extract.codes import CodeRules, code_for

RULES = CodeRules.load(Path(__file__).resolve().parents[2] / "config" / "vocabulary")


@pytest.mark.parametrize(
    ("name", "unit", "measure", "code"),
    [
        ("地区生产总值", "元", "level", "ECO.GDP"),
        ("全市生产总值", "%", "change_rate", "ECO.GDP"),
        ("其中规模以上工业增加值", "元", "level", "IND.VA_DS"),
        ("规上工业总产值", "元", "level", "IND.OUT_DS"),
        ("规模工业产值", "%", "change_rate", "IND.OUT_DS"),
        ("全社会固定资产投资", "元", "level", "INV.FAI"),
        ("固定资产投资增速", "%", "change_rate", "INV.FAI"),
        ("限额以上社会消费品零售总额", "元", "level", "CON.RETAIL_DS"),
        ("社零总额", "元", "level", "CON.RETAIL"),
        ("地方财政收入", "元", "level", "FIN.GPBR"),
        ("财政收入", "元", "level", "FIN.TOTAL"),
        ("税收收入", "元", "level", "FIN.TAX"),
        ("税收占一般公共预算收入的比重", "%", "share", "FIN.TAX_SHARE"),
        ("外贸进出口总额", "美元", "level", "FTR.TOTAL"),
        ("实际使用外资", "美元", "level", "FTR.FDI"),
        ("居民人均可支配收入", "元", "level", "POP.INC"),
        ("城镇常住居民人均可支配收入", "元", "level", "POP.INC_U"),
        ("农民人均纯收入", "%", "change_rate", "POP.INC_R"),
        ("全社会用电量", "千瓦时", "level", "ECO.ELEC"),
        ("PM2.5年均浓度", "微克/立方米", "level", "ENV.PM25"),
        ("PM2.5全市排名", "位", "rank", "ENV.PM25"),
        ("森林覆盖率", "个百分点", "change", "ENV.FOREST"),
        ("高新技术企业", "家", "level", "TEC.HTE"),
        ("新增国家高新技术企业", "家", "level", "TEC.HTE_NEW"),
        ("高企净增", "家", "level", "TEC.HTE_NEW"),
        ("新增“小升规”企业", "家", "level", "IND.N_DS_NEW"),
        ("疏浚河道", "条", "level", "ENV.RIVER"),
        ("疏浚河道", "km", "level", "ENV.RIVER_LEN"),
        ("每千人口执业（助理）医师数", "人", "level", "HEA.DOC"),
    ],
)
def test_a_name_that_has_a_code(name: str, unit: str, measure: str, code: str) -> None:
    assert code_for(name, unit, measure, RULES) == code


@pytest.mark.parametrize(
    ("name", "unit", "measure"),
    [
        ("园区规上工业增加值", "元", "level"),  # the park's, not the place's
        ("港务集团货物吞吐量", "吨", "level"),  # a company's
        ("县域生产总值占比", "%", "share"),
        ("规上工业增加值等指标", "项", "level"),  # counts indicators
        ("规上工业增加值", "家", "level"),  # a unit it cannot have
        ("固定资产投资", "%", "share"),  # a completion, not the investment
        ("居民人均可支配收入", "人", "level"),
        ("申报国家级人才", "个", "level"),  # applied for is not got
        ("新增固定资产投资", "元", "level"),  # an amount that grew is a change
        ("", "元", "level"),
        ("新增", "家", "level"),
    ],
)
def test_a_name_that_has_none(name: str, unit: str, measure: str) -> None:
    assert code_for(name, unit, measure, RULES) is None


def test_every_indicator_is_found_by_its_own_name() -> None:
    for code, one in RULES.indicators.items():
        measure = "share" if one.kind == "share" else "level"
        found = code_for(one.name, one.units[0], measure, RULES)
        assert found in {code, one.new}, one.name


VOCABULARY = """
same = {}
[affixes]
scope = []
action = []
new = []
standing = []
level = []
tail = []
rank = []
change = []
[[indicators]]
code = "A.ONE"
name = "一"
category = "甲"
kind = "amount"
units = ["元"]
"""


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (
            '[[indicators]]\ncode = "A.ONE"\nname = "二"\ncategory = "甲"\nkind = "amount"\nunits = ["元"]',
            "stands twice",
        ),
        ('[[indicators]]\ncode = "A.TWO"\nname = "一"\ncategory = "甲"\nkind = "count"\nunits = ["元"]', "names both"),
        (
            '[[indicators]]\ncode = "A.TWO"\nname = "二"\ncategory = "甲"\nkind = "stock"\nunits = ["家"]\nnew = "A.X"',
            "no code",
        ),
        (
            '[[indicators]]\ncode = "A.TWO"\nname = "二"\ncategory = "甲"\nkind = "amount"\nunits = ["家"]\nalias = []',
            "aliases",
        ),
    ],
)
def test_a_vocabulary_that_contradicts_itself_is_refused(tmp_path: Path, more: str, says: str) -> None:
    (tmp_path / "indicators.toml").write_text(VOCABULARY + more, encoding="utf-8")
    with pytest.raises(Misconfigured, match=says):
        CodeRules.load(tmp_path)


def test_the_same_name_may_be_two_indicators_of_different_units(tmp_path: Path) -> None:
    more = '[[indicators]]\ncode = "A.TWO"\nname = "一"\ncategory = "甲"\nkind = "count"\nunits = ["家"]'
    (tmp_path / "indicators.toml").write_text(VOCABULARY + more, encoding="utf-8")
    rules = CodeRules.load(tmp_path)
    assert code_for("一", "元", "level", rules) == "A.ONE"
    assert code_for("一", "家", "level", rules) == "A.TWO"


@given(
    st.text(st.sampled_from(list("全市新增省级规上工业企业数总额的（）其中")), max_size=14),
    st.sampled_from(["元", "家", "%"]),
)
def test_any_name_has_a_code_of_the_vocabulary_or_none(name: str, unit: str) -> None:
    assert code_for(name, unit, "level", RULES) in {None, *RULES.indicators}
