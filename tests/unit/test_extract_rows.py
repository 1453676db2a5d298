"""Numbers in a row and what they are compared with: sentences of invented bulletins."""

from __future__ import annotations

import pytest

from tests.unit.test_extract_sentences import told

ROWS = {
    "三次产业增加值占生产总值的比重为11.4%、48.3%和40.3%。": [
        "第一产业增加值占生产总值的比重|11.4%|share",
        "第二产业增加值占生产总值的比重|48.3%|share",
        "第三产业增加值占生产总值的比重|40.3%|share",
    ],
    "三次产业对经济增长的拉动分别为0.35、-1.64、2.1个百分点。": [
        "第一产业对经济增长的拉动|0.35个百分点|change",
        "第二产业对经济增长的拉动|-1.64个百分点|change",
        "第三产业对经济增长的拉动|2.1个百分点|change",
    ],
    "教育、科学技术、社会保障和就业等支出同比增速分别为-3.4%、21%、16.2%。": [
        "教育支出|-3.4%|change_rate",
        "科学技术支出|21%|change_rate",
        "社会保障和就业支出|16.2%|change_rate",
    ],
    "客运量210万人，客运周转量1.4亿人公里，同比增长8.7%、5.1%。": [
        "客运量|2100000人|level",
        "客运周转量|140000000人公里|level",
        "客运量|8.7%|change_rate",
        "客运周转量|5.1%|change_rate",
    ],
    "交通事故起数、亡人数、损失数分别下降14%、9%、6%。": [
        "交通事故起数|-14%|change_rate",
        "交通事故亡人数|-9%|change_rate",
        "交通事故损失数|-6%|change_rate",
    ],
    "盗窃类、诈骗类、打架斗殴类警情分别下降11%、7%、16%。": [
        "盗窃类警情|-11%|change_rate",
        "诈骗类警情|-7%|change_rate",
        "打架斗殴类警情|-16%|change_rate",
    ],
    "劳动监察、劳动信访案件结案率分别达到97%和99%。": ["劳动监察案件结案率|97%|share", "劳动信访案件结案率|99%|share"],
    "民间投资、产业投资占比分别达到71%、64%。": ["民间投资占比|71%|share", "产业投资占比|64%|share"],
    "城乡居民人均可支配收入分别增长5%、7%，居民消费价格涨幅控制在2%以内。": [
        "城镇居民人均可支配收入|5%|change_rate",
        "农村居民人均可支配收入|7%|change_rate",
        "居民消费价格|2%|change_rate",
    ],
    "专利申请量占全市21%，占全省6%。": ["专利申请量占全市|21%|share", "专利申请量占全省|6%|share"],
}
COMPARED = {
    "接处警310起，下降率18.4%。": ["接处警|310起|level", "接处警|-18.4%|change_rate"],
    "工业用电量减3.2%。": ["工业用电量|-3.2%|change_rate"],
    "旅游人均花费710元，较全省人均花费低64元。": ["旅游人均花费|710元|level", "旅游人均花费|-64元|change"],
    "人均收入1.9万元，比全市平均水平高600元。": ["人均收入|19000元|level", "人均收入|600元|change"],
}


@pytest.mark.parametrize(("sentence", "expected"), [*ROWS.items(), *COMPARED.items()])
def test_each_number_of_a_row_has_its_name(sentence: str, expected: list[str]) -> None:
    assert told(sentence) == expected
