"""Parts of a whole and properties of a thing told before: sentences of invented bulletins."""

from __future__ import annotations

import pytest

from tests.unit.test_extract_sentences import findings, told

PARTS = {
    "粮食作物播种面积92千公顷，增加0.4千公顷。其中，稻谷31千公顷，减少0.7千公顷；玉米44千公顷。": [
        "粮食作物播种面积|92000公顷|level",
        "粮食作物播种面积|400公顷|change",
        "稻谷播种面积|31000公顷|level",
        "稻谷播种面积|-700公顷|change",
        "玉米播种面积|44000公顷|level",
    ],
    "货物周转量640亿吨公里，增长3%。其中，铁路410亿吨公里，增长2%；公路190亿吨公里。": [
        "货物周转量|64000000000吨公里|level",
        "货物周转量|3%|change_rate",
        "铁路货物周转量|41000000000吨公里|level",
        "铁路货物周转量|2%|change_rate",
        "公路货物周转量|19000000000吨公里|level",
    ],
    "专利授权量9340个，其中发明专利1120个，实用新型6010个。": [
        "专利授权量|9340个|level",
        "发明专利授权量|1120个|level",
        "实用新型授权量|6010个|level",
    ],
    "公路网总里程达到2310公里，其中高速公路87公里。": ["公路网总里程|2310公里|level", "高速公路里程|87公里|level"],
    "常住人口26万人，其中城镇15万人。": ["常住人口|260000人|level", "城镇常住人口|150000人|level"],
    "规上工业增加值增长7%，其中轻工业增长6%，重工业增长8%。": [
        "规上工业增加值|7%|change_rate",
        "轻工业增加值|6%|change_rate",
        "重工业增加值|8%|change_rate",
    ],
    "新登记企业61家，其中工业14家、服务业22家。": [
        "新登记企业|61家|level",
        "新登记工业企业|14家|level",
        "新登记服务业企业|22家|level",
    ],
    "新增果园8100亩，其中茶园5200亩。": ["新增果园|8100亩|level", "新增茶园|5200亩|level"],
    # what has a quantity of its own needs none
    "财政收入9亿元，其中增值税2亿元。": ["财政收入|900000000元|level", "增值税|200000000元|level"],
    "粮食产量9万吨，其中稻谷4万吨；油料产量1万吨。": [
        "粮食产量|90000吨|level",
        "稻谷产量|40000吨|level",
        "油料产量|10000吨|level",
    ],
}
PROPERTIES = {
    "普通高中21所，在校生6.3万人，专任教师4千人；小学97所，在校生18万人。": [
        "普通高中|21所|level",
        "普通高中在校生|63000人|level",
        "普通高中专任教师|4000人|level",
        "小学|97所|level",
        "小学在校生|180000人|level",
    ],
    "小学97所，减少6所；在校学生18万人，增长2%。": [
        "小学|97所|level",
        "小学|-6所|change",
        "小学在校学生|180000人|level",
        "小学在校学生|2%|change_rate",
    ],
    "普通高校招生1.2万人；毕业生1.1万人。": ["普通高校招生|12000人|level", "普通高校毕业生|11000人|level"],
    "全年生产安全事故210起，63人死亡，下降5%，直接损失420万元。": [
        "生产安全事故|210起|level",
        "生产安全事故死亡|63人|level",
        "生产安全事故死亡|-5%|change_rate",
        "生产安全事故直接损失|4200000元|level",
    ],
    "发生道路交通事故310起，造成41人死亡。": ["发生道路交通事故|310起|level", "道路交通事故死亡|41人|level"],
}


@pytest.mark.parametrize(("sentence", "expected"), [*PARTS.items(), *PROPERTIES.items()])
def test_parts_and_properties_are_named_with_what_they_belong_to(sentence: str, expected: list[str]) -> None:
    assert told(sentence) == expected


def test_an_estimate_ends_with_its_full_stop_though_the_parts_are_told_behind_it() -> None:
    found = findings("预计粮食总产量6万吨。其中，稻谷3万吨。")
    assert [(f.name, f.status) for f in found] == [("粮食总产量", "estimate"), ("稻谷产量", "actual")]
