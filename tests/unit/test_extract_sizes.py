"""Sizes of what is counted, sums and plans that are compared with, and what enterprises earn: invented reports."""

from __future__ import annotations

import pytest

from tests.unit.test_extract_sentences import told

SIZES = {
    "养鸭8万只以上的村3个，2万只以上养殖小区6个。": ["养鸭8万只以上的村|3个|level", "2万只以上养殖小区|6个|level"],
    "年纳税超300万元的企业41户，其中超800万元的17户。": [
        "年纳税超300万元的企业|41户|level",
        "年纳税超800万元的企业|17户|level",
    ],
    "年纳税超300万元的企业预计达到41户，其中超800万元的预计达到17户。": [
        "年纳税超300万元的企业|41户|level",
        "年纳税超800万元的企业|17户|level",
    ],
    "引进项目9个，总投资7.2亿元，其中投资超亿元的4个。": [
        "引进项目|9个|level",
        "项目总投资|720000000元|level",
        "引进投资超亿元项目|4个|level",
    ],
    "发展存栏200头以上的养牛大户26户，800头以上的5户。": [
        "发展存栏200头以上的养牛大户|26户|level",
        "发展存栏800头以上的养牛大户|5户|level",
    ],
    "全镇800亩以上种植基地7个，300亩以上的13个。": ["800亩以上种植基地|7个|level", "300亩以上种植基地|13个|level"],
}
COMPARED = {
    "地区生产总值完成93亿元，是“十五”末期的4.1倍，年均增长33%。": [
        "地区生产总值|9300000000元|level",
        "地区生产总值|4.1倍|multiple",
        "地区生产总值|33%|change_rate",
    ],
    "完成固定资产投资210亿元，是“十一五”期间总和的1.7倍。": [
        "固定资产投资|21000000000元|level",
        "固定资产投资|1.7倍|multiple",
    ],
    "规上工业产值达到71亿元，相当于上届政府期末的1.4倍。": [
        "规上工业产值|7100000000元|level",
        "规上工业产值|1.4倍|multiple",
    ],
    "规上工业增加值增速比上年回落1.9个百分点。": ["规上工业增加值|-1.9个百分点|change"],
    "固定资产投资下降6%，降幅比上半年收窄2.7个百分点。": [
        "固定资产投资|-6%|change_rate",
        "固定资产投资|-2.7个百分点|change",
    ],
    "城镇登记失业率2.9%；居民消费价格指数同比持平（100），涨幅较上年同期收窄1.6个百分点。": [
        "城镇登记失业率|2.9%|share",
        "居民消费价格指数|100-|level",
        "居民消费价格指数|-1.6个百分点|change",
    ],
}
EARNED = {
    "东升电炉厂实现营业收入5210万元，纳税166万元。": [
        "东升电炉厂营业收入|52100000元|level",
        "东升电炉厂纳税|1660000元|level",
    ],
    "华光公司完成产值3亿元，上缴税金900万元。": ["华光公司产值|300000000元|level", "华光公司上缴税金|9000000元|level"],
}


@pytest.mark.parametrize(("sentence", "expected"), [*SIZES.items(), *COMPARED.items(), *EARNED.items()])
def test_a_size_a_base_and_an_earner_are_told_apart(sentence: str, expected: list[str]) -> None:
    assert told(sentence) == expected
