"""Sentences of one class each, met in reports of other places: invented places and figures in the real style."""

from __future__ import annotations

import pytest

from schemas.record import Period
from tests.told import findings
from tests.told import told as dated
from tests.unit.test_extract_sentences import told

SAID = {
    # a mark passed in the clause before names what comes to an amount
    "引进企业8家；工业总产值迈上百亿元台阶，接近130亿元。": [
        "引进企业|8家|level",
        "工业总产值|10000000000元|level",
        "工业总产值|13000000000元|level",
    ],
    "经济总量跃上百亿元台阶。": ["经济总量|10000000000元|level"],
    # words of hope behind the name
    "财政收入确保年均增长15%、力争年均增长18%。": ["财政收入|15%|change_rate", "财政收入|18%|change_rate"],
    # a part of a rate
    "财政收入26亿元，增长11%，其中市本级增长14%。": [
        "财政收入|2600000000元|level",
        "财政收入|11%|change_rate",
        "市本级财政收入|14%|change_rate",
    ],
    "城、乡居民人均消费支出分别增长5%、7%。": [
        "城镇居民人均消费支出|5%|change_rate",
        "农村居民人均消费支出|7%|change_rate",
    ],
    "产业结构调整优化为11:45:44。": [
        *("产业结构第一产业比重|11%|share", "产业结构第二产业比重|45%|share", "产业结构第三产业比重|44%|share")
    ],
    "税收过亿元企业4家，过千万元37家。": ["税收过亿元企业|4家|level", "税收过千万元企业|37家|level"],
    "推进2500余公里360个排污口整治。": ["推进排污口整治|2500公里|level", "排污口整治|360个|level"],
    "15项约束性指标基本完成。": ["约束性指标|15项|level"],
    "人均GDP2609元，GDP19.9亿元。": ["人均GDP|2609元|level", "GDP|1990000000元|level"],
    "埋设管道45公里，铺设电缆8公里。": ["埋设管道|45公里|level", "铺设电缆|8公里|level"],
    "财政收入任务174万，完成198万。": ["财政收入|1740000元|level", "财政收入|1980000元|level"],
    "财政收入增长15℅，人均收入增长8﹪。": ["财政收入|15%|change_rate", "人均收入|8%|change_rate"],
}


@pytest.mark.parametrize("sentence", SAID)
def test_a_sentence_of_each_class(sentence: str) -> None:
    assert told(sentence) == SAID[sentence]


@pytest.mark.parametrize("sentence", ["清河镇政府工作报告（全文3329字）", "清河镇政府工作报告-10篇", "全文约1200字。"])
def test_how_long_a_text_is_and_how_many_there_are_is_no_indicator(sentence: str) -> None:
    assert told(sentence) == []


def test_the_label_of_an_item_that_runs_into_a_count_is_none_of_its_number() -> None:
    text = "清河镇2031年民生实事\n1.新建学校3所。\n2.50个小区新增充电设施。\n3.开设40个暑托班。\n4.460个村有广场。"
    assert [one.value_text for one in findings(text, "plan", plan=Period.years(2031))] == [
        "3所",
        "50个",
        "40个",
        "460个",
    ]


def test_a_base_that_holds_below_is_of_every_rate_behind_it() -> None:
    text = (
        "一、本届政府工作回顾\n2030年，全县产值340亿元，比2026年（下同）增长47%；投资353亿元，增长125%；"
        "税收26亿元，增长39%。"
    )
    rates = [line for line in dated(text, review=Period.years(2030)) if "%" in line]
    assert rates == [f"{x} 2027-2030 actual" for x in ("47%", "125%", "39%")]


def test_a_yearly_mean_beside_the_last_of_several_years_is_of_all_of_them() -> None:
    text = (
        "一、过去五年工作回顾\n2030年，全县实现产值340亿元，年均增长8%；"
        "城乡居民收入分别为4万元、2万元，年均分别增长6%、7%。"
    )
    told_now = dated(text, review=Period.years(2030))
    assert told_now[:2] == ["340亿元 2030 actual", "8% 2026-2030 actual"]
    assert told_now[-2:] == ["6% 2026-2030 actual", "7% 2026-2030 actual"]


def test_what_an_amount_rose_from_in_a_review_of_years_is_of_the_year_before_them() -> None:
    text = "一、“十四五”时期工作回顾\n五年来，投资累计完成90亿元，是“十三五”的2倍；财政收入由5亿元增加到9亿元。"
    assert dated(text, review=Period.years(2021, 2025))[-2:] == ["5亿元 2020 actual", "9亿元 2025 actual"]


MORE = {
    "“全年实现产值3亿元，增长5%，新建学校4所，各项工作有序推进，群众满意率达到98%。”": [
        *("产值|300000000元|level", "产值|5%|change_rate", "新建学校|4所|level", "群众满意率|98%|share")
    ],
    "新建绿地458公顷，其中主城区366公顷。": ["新建绿地|458公顷|level", "新建主城区绿地|366公顷|level"],
    "固定资产投资13亿元，四年累计38亿元。": ["固定资产投资|1300000000元|level", "固定资产投资|3800000000元|level"],
    "命名省级卫生村6个、州级31个、县级120个。": [
        "命名省级卫生村|6个|level",
        "州级卫生村|31个|level",
        "县级卫生村|120个|level",
    ],
    "仓储面积突破30万平方米大关、达到33万平方米。": [
        "仓储面积|300000平方米|level",
        "仓储面积|330000平方米|level",
    ],
    "自来水厂日处理能力由2万吨扩至5万吨。": [
        "自来水厂日处理能力|20000吨|level",
        "自来水厂日处理能力|50000吨|level",
    ],
    "对散居在库区的310户1204人实施集中安置。": ["实施集中安置|310户|level", "实施集中安置|1204人|level"],
    "产业结构由30:25:45调整为现在的22:33:45。": [
        *(
            "产业结构第一产业比重|30%|share",
            "产业结构第二产业比重|25%|share",
            "产业结构第三产业比重|45%|share",
        ),
        *(
            "产业结构第一产业比重|22%|share",
            "产业结构第二产业比重|33%|share",
            "产业结构第三产业比重|45%|share",
        ),
    ],
    "图书馆覆盖率要达到60%。": ["图书馆覆盖率|60%|share"],
    "完成剩余97户签约。": ["签约|97户|level"],
    "养老护理补贴提高到人均90元。": ["养老护理补贴|90元|level"],
    "税收收入过10亿元。": ["税收收入|1000000000元|level"],
}


@pytest.mark.parametrize("sentence", MORE)
def test_a_sentence_of_each_other_class(sentence: str) -> None:
    assert told(sentence) == MORE[sentence]


def test_what_a_goal_starts_from_is_no_goal() -> None:
    text = "二、2031年工作安排\n护林补贴由15元提高到28元。"
    assert dated(text, plan=Period.years(2031)) == ["15元 - actual", "28元 2031 target"]


def test_a_rate_that_fell_since_the_beginning_of_the_year_began_in_it() -> None:
    text = "一、2030年工作回顾\n空置率由年初的8.2%降至5.5%。"
    assert dated(text, review=Period.years(2030)) == ["8.2% 2030 actual", "5.5% 2030 actual"]


def test_a_line_goes_on_that_ends_in_what_nothing_ends_in() -> None:
    text = "一、2030年工作回顾\n地方财政收入62亿元，是2025年的\n2.5倍，年均增长20.3%。"
    assert dated(text, review=Period.years(2030)) == [
        "62亿元 2030 actual",
        "2.5倍 2030 actual",
        "20.3% 2026-2030 actual",
    ]


def test_the_text_below_a_heading_is_no_part_of_it() -> None:
    body = "整治渣土场7处，淘汰旧车43辆。"
    text = "\n".join(["一、2030年工作回顾", *(f"（{n}）守住底线，镇容村貌换了样子\n{body}" for n in "一二三")])
    assert {one.name for one in findings(text, review=Period.years(2030))} == {"整治渣土场", "淘汰旧车"}


def test_a_year_beside_its_plan_is_told_of_until_the_text_tells_of_all_years() -> None:
    text = (
        "一、2030年和“十五五”时期工作回顾\n全县新建学校3所，产值增长6%，各项工作有序推进，群众生活水平持续提高，社会大局和谐稳定。\n"
        "这是镇村模样大变的五年。\n改造小区45个，新建公园12个，建成一批惠民工程，城市功能不断完善，乡村面貌焕然一新。"
    )
    years = ["3所 2030 actual", "6% 2030 actual", "45个 2026-2030 actual", "12个 2026-2030 actual"]
    assert dated(text, review=Period.years(2030)) == years


def test_multiples_of_a_year_are_of_a_year_and_those_of_years_of_years() -> None:
    text = (
        "一、过去五年工作回顾\n工业用电、货运量分别完成计划的102%、103%，分别是2025年的5.2倍、4.7倍。"
        "累计完成投资90亿元，是“十四五”的2.5倍。粮食年产量稳定在70万吨。"
    )
    found = dated(text, review=Period.years(2026, 2030))
    assert found[2:4] == ["5.2倍 2030 actual", "4.7倍 2030 actual"]
    assert found[-2:] == ["2.5倍 2026-2030 actual", "70万吨 2026-2030 actual"]


def test_points_by_which_a_goal_was_passed_are_of_what_passed_it() -> None:
    found = told("电耗下降8.4%，超额完成市考核目标1.3个百分点。入住率达到71%，较年初最低时回升6个百分点。")
    assert found == [
        "电耗|-8.4%|change_rate",
        "电耗市考核目标|1.3个百分点|change",
        "入住率|71%|share",
        "入住率|6个百分点|change",
    ]


def test_praise_before_a_noun_is_no_name() -> None:
    assert told("扶持25个销路好、用工多的小店。") == ["扶持小店|25个|level"]


def test_heads_of_growth_in_a_list_tell_growth() -> None:
    said = told("失业率、物价涨幅和自然增长率分别控制在4.2%、3%、2.5‰以内。居民消费价格指数控制在3%以内。")
    assert said == [
        *("失业率|4.2%|share", "物价|3%|change_rate", "自然增长率|2.5‰|share", "居民消费价格指数|3%|change_rate")
    ]
    found = findings(
        "清河镇工作报告\n失业率、物价涨幅和自然增长率分别控制在4.2%、3%、2.5‰以内。", review=Period.years(2030)
    )
    assert [one.bound for one in found] == ["at_most"] * 3


def test_about_holds_for_the_last_of_two_and_for_all_of_a_list() -> None:
    text = "清河镇工作报告\n{}"
    for said, bounds in (
        ("财政收入和税收收入分别增长10.6%和12.3%左右。", ["exact", "about"]),
        ("养殖规模达到2万匹、5000峰左右。", ["about", "about"]),
    ):
        assert [one.bound for one in findings(text.format(said), review=Period.years(2030))] == bounds
