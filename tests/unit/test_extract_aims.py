"""How far aims, expectations and times reach in the sentences of a review."""

from __future__ import annotations

import pytest

from schemas.record import Period
from tests.told import told

YEAR, FIVE_YEARS = Period.years(2030), Period.years(2026, 2030)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # a list of intentions goes on behind semicolons and in its parts
        (
            "计划新建公路26公里，其中：县道9公里、乡道17公里；改造危桥4座。新建学校3所。",
            ["26公里 target", "9公里 target", "17公里 target", "4座 target", "3所 actual"],
        ),
        ("拟新建学校3所；改扩建校舍2栋。", ["3所 target", "2栋 target"]),
        ("目标任务是：招商引资7亿元；新增企业9家。", ["7亿元 target", "9家 target"]),
        (
            "主要任务是：计划完成水利工程190件，其中：水毁修复64件；河道治理2件。",
            ["190件 target", "64件 target", "2件 target"],
        ),
        ("在县级特色镇的发展目标方面，产值年均增长20%；新增镇区人口7万人。", ["20% target", "7万人 target"]),
        # until something done is told
        ("计划新建公路20公里；完成投资3亿元。", ["20公里 target", "3亿元 actual"]),
        ("计划新建公路26公里，目前建成9公里；改造危桥4座。", ["26公里 target", "9公里 actual", "4座 actual"]),
        ("计划投资3亿元；新建厂房5座。", ["3亿元 target", "5座 actual"]),
        # a goal that was passed
        ("物价上涨2.9%，高出预期目标0.5个百分点；新建学校5所。", ["2.9% actual", "0.5个百分点 actual", "5所 actual"]),
        ("超额完成目标任务：引进项目8个。", ["8个 actual"]),
        # what comes once a thing is built is to come, as is what will be by the end of the year
        (
            "水厂建成后可实现年产值9亿元，带动就业300人；光伏项目投产后，年发电2亿千瓦时。",
            ["9亿元 target", "300人 target", "2亿千瓦时 target"],
        ),
        ("大桥建成后，新增公园4个。", ["4个 actual"]),
        ("已完成投资3亿元，年底前将完成投资5亿元。", ["3亿元 actual", "5亿元 target"]),
        # what stands before 将 behind a deadline
        ("9月底前，6个村、1万名居民都将通上燃气。", ["6个 target", "1万名 target"]),
    ],
)
def test_aims(sentence: str, expected: list[str]) -> None:
    found = told(f"一、2030年工作回顾\n{sentence}", review=YEAR)
    assert [f"{value} {status}" for value, _, status in map(str.split, found)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # a mean over two years is of those years, and of nothing behind it
        ("产值120亿元，增长8%，两年平均增长5%；税收9亿元。", ["120亿元 2030", "8% 2030", "5% 2029-2030", "9亿元 2030"]),
        ("2029年产值90亿元，三年平均增长4%。", ["90亿元 2029", "4% 2027-2029"]),
        # nor are times in brackets, of what is taken off, of comparisons
        (
            "收案3200件（不含上年旧存200件），下降2%；结案率为93%。",
            ["3200件 2030", "200件 2029", "2% 2030", "93% 2030"],
        ),
        ("河道工程投资5000万元（2028年3月-2031年6月），完成1000万元。", ["5000万元 2030", "1000万元 2030"]),
        ("收入（2029年）达到5亿元。", ["5亿元 2029"]),
        ("2030年，除去2020年到期面积4亩后，全县补助面积为9亩。", ["4亩 2020", "9亩 2030"]),
        # nor is when a thing was begun that is done now
        ("2029年开工的12个项目全部建成，新建学校3所。", ["12个 2030", "3所 2030"]),
        # an amount that is told of the base itself
        ("接警254起，较去年同期的355起下降101起。", ["254起 2030", "355起 2029", "101起 2030"]),
        ("造林3万亩，去年同期造林2万亩，增长50%。", ["3万亩 2030", "2万亩 2029", "50% 2030"]),
        ("造林3万亩，比去年同期增加1万亩。", ["3万亩 2030", "1万亩 2030"]),
        ("茶叶产量3万吨，与去年持平；蔬菜产量6万吨。", ["3万吨 2030", "6万吨 2030"]),
        ("固定资产投资126亿元，五年内翻了两番，增长35%。", ["126亿元 2030", "两番 2026-2030", "35% 2030"]),
        ("自2025年起实施补贴，截至目前共发放补贴11万元。", ["11万元 2025-2030"]),
    ],
)
def test_times(sentence: str, expected: list[str]) -> None:
    found = told(f"一、2030年工作回顾\n{sentence}", review=YEAR)
    assert [" ".join(line.split()[:2]) for line in found] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("到2030年末，纳税大户可达190户，比2025年增加110户。", ["190户 estimate", "110户 estimate"]),
        ("全年可完成税收3亿元。新建公园4个。", ["3亿元 estimate", "4个 actual"]),
        ("补助最高可达5万元，全年发放300万元。", ["5万元 actual", "300万元 actual"]),
        ("公交可达村庄40个。", ["40个 actual"]),
    ],
)
def test_what_can_be_reached_by_the_end_is_expected(sentence: str, expected: list[str]) -> None:
    found = told(f"一、2030年工作回顾\n{sentence}", review=YEAR)
    assert [f"{value} {status}" for value, _, status in map(str.split, found)] == expected


def test_a_past_year_behind_an_estimate_has_its_figures() -> None:
    sentence = "预计2030年收入完成12亿元，年均递增9%；税收由2025年的3亿元，上升到2029年的5亿元，预计2030年完成6亿元。"
    expected = [
        "12亿元 2030 estimate",
        "9% 2026-2030 estimate",
        "3亿元 2025 actual",
        "5亿元 2029 actual",
        "6亿元 2030 estimate",
    ]
    assert told(f"一、“十五五”工作回顾\n{sentence}", review=FIVE_YEARS) == expected
