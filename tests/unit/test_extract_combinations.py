"""What several rules of the grammar say together: sentences of reports over invented towns and figures."""

from __future__ import annotations

import pytest

from tests.unit.test_extract_sentences import findings, told

COMBINED = {
    "生产总值407亿元，比“十五”计划目标300亿元超过107亿元。": [
        "生产总值|40700000000元|level",
        "生产总值“十五”计划目标|30000000000元|level",
        "生产总值比“十五”计划目标超过|10700000000元|change",
    ],
    "财政收入2.8亿元，比年初预算3亿元少0.2亿元。": [
        "财政收入|280000000元|level",
        "财政收入年初预算|300000000元|level",
        "财政收入比年初预算少|-20000000元|change",
    ],
    "存款余额9.5亿元、贷款余额6.1亿元，比年初增加5.4亿元和3.6亿元。": [
        "存款余额|950000000元|level",
        "贷款余额|610000000元|level",
        "存款余额|540000000元|change",
        "贷款余额|360000000元|change",
    ],
    "新产品产值占工业总产值比重为31%，比上年提高0.5%。": [
        "新产品产值占工业总产值比重|31%|share",
        "新产品产值占工业总产值比重|0.5%|change",
    ],
    "规上工业企业劳动生产率10万元，增长16%，利润总额6.1亿元，增长43%。": [
        "规上工业企业劳动生产率|100000元|level",
        "规上工业企业劳动生产率|16%|change_rate",
        "规上工业企业利润总额|610000000元|level",
        "规上工业企业利润总额|43%|change_rate",
    ],
    "第二、三产业投资分别增长22.4%和20.3%。": ["第二产业投资|22.4%|change_rate", "第三产业投资|20.3%|change_rate"],
    "一二三产业增加值分别为1亿元、4亿元、3亿元，分别增长3%、9%和8%。": [
        "第一产业增加值|100000000元|level",
        "第二产业增加值|400000000元|level",
        "第三产业增加值|300000000元|level",
        "第一产业增加值|3%|change_rate",
        "第二产业增加值|9%|change_rate",
        "第三产业增加值|8%|change_rate",
    ],
    "一、二、三次产业贡献率分别为8%、52%、40%。": [
        "第一产业贡献率|8%|share",
        "第二产业贡献率|52%|share",
        "第三产业贡献率|40%|share",
    ],
    "生猪出栏32.6万头，存栏21.4万头，分别增长3.1%、下降2.4%。": [
        "生猪出栏|326000头|level",
        "生猪存栏|214000头|level",
        "生猪出栏|3.1%|change_rate",
        "生猪存栏|-2.4%|change_rate",
    ],
    "争取项目资金6.3亿元，比上年多1.2亿元。": ["项目资金|630000000元|level", "项目资金|120000000元|change"],
    "财政增速比全省平均水平低2.3个百分点。": ["财政增速|-2.3个百分点|change"],
    "调解矛盾纠纷328起，成功率96.3%。": ["调解矛盾纠纷|328起|level", "成功率|96.3%|share"],
    "贫困地区实现1万人脱贫。": ["贫困地区脱贫|10000人|level"],
    "投资10万元对村组公路进行修复完善。": ["村组公路修复完善投资|100000元|level"],
    "促进更充分就业。扶持创业3万人，带动就业5万人。": ["扶持创业|30000人|level", "带动就业|50000人|level"],
    "标准化畜群达到2800群，新增公交车300标台。": ["标准化畜群|2800群|level", "新增公交车|300标台|level"],
    "粮食总产由2025年的3.2万吨增加到4.1万吨。": ["粮食总产|32000吨|level", "粮食总产|41000吨|level"],
    "投资2.3亿元的污水处理厂建成投用，日处理能力达3万吨。": [
        "污水处理厂投资|230000000元|level",
        "日处理能力|30000吨|level",
    ],
    "引进项目36个，其中亿元以上项目12个、10亿元以上项目2个。": [
        "引进项目|36个|level",
        "亿元以上项目|12个|level",
        "10亿元以上项目|2个|level",
    ],
    "出生人口3215人，出生率8.9‰，人口自然增长率3‰。": [
        "出生人口|3215人|level",
        "出生率|8.9‰|share",
        "人口自然增长率|3‰|share",
    ],
    "农民人均纯收入突破万元，达到10236元，净增1120元。": [
        "农民人均纯收入|10000元|level",
        "农民人均纯收入|10236元|level",
        "农民人均纯收入|1120元|change",
    ],
    "固定资产投资9.8亿元，占年度任务的106%，总量居全市乡镇第1位。": [
        "固定资产投资|980000000元|level",
        "固定资产投资占年度任务|106%|share",
        "固定资产投资总量全市排名|1位|rank",
    ],
    "全社会用电量12.6亿千瓦时，下降1.3%，其中工业用电量8.1亿千瓦时。": [
        "全社会用电量|1260000000千瓦时|level",
        "全社会用电量|-1.3%|change_rate",
        "工业用电量|810000000千瓦时|level",
    ],
}


@pytest.mark.parametrize("text", COMBINED)
def test_rules_together(text: str) -> None:
    """Each number of the sentence has the name, value and measure that a reader gives it."""
    assert told(text) == COMBINED[text]


@pytest.mark.parametrize(("sign", "bound"), [("≤", "at_most"), ("≥", "at_least"), ("<", "at_most"), (">", "over")])
def test_signs_of_comparison_are_bounds(sign: str, bound: str) -> None:
    """城镇登记失业率≤4% bounds as 不高于 does."""
    assert [(f.value, f.bound) for f in findings(f"城镇登记失业率{sign}4%。")] == [("4", bound)]


def test_what_a_goal_was_passed_by_is_exact() -> None:
    """超过 behind a goal tells by how much."""
    found = findings("生产总值407亿元，比“十五”计划目标300亿元超过107亿元。")
    assert [f.bound for f in found] == ["exact"] * 3
    assert [f.status for f in found] == ["actual", "target", "actual"]
