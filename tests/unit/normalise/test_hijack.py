"""Gambling terms are found where a place name stood, and nowhere else."""

from __future__ import annotations

import pytest

from tasks.normalise import NormaliseRules
from tasks.normalise.hijack import Restorable, find_terms, restore
from tasks.text.spans import edited

PLACE = Restorable("青石区", ("site_code 3299020001", "index_number 113299020141"))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("我代表澳门现金赌场云溪镇人民政府报告工作", ["澳门现金赌场"]),
        ("新葡京娱乐城人民政府网站,欢迎访问", ["新葡京娱乐城"]),
        ("在澳门现金赌场云溪镇召开,把资源澳门亚冠娱乐用到民生上", ["澳门现金赌场", "澳门亚冠娱乐"]),
        ("组织人员赴澳门赌场赌博的,依法追究刑事责任", []),
        ("严厉打击网上博彩、棋牌游戏平台等违法犯罪活动", []),
        ("澳门特别行政区政府代表团到访", []),
        ("建成文化娱乐城一座,新增体育彩票网点3个", []),
        ("查处利用网上百家乐平台村民聚众赌博案件2起", []),
        ("我代表澳门星湾赌场云溪镇人民政府报告工作", ["澳门星湾赌场"]),
        ("澳门汇丰园线上娱乐人民政府办公室", ["澳门汇丰园线上娱乐"]),
        ("在星湾娱乐城云溪镇党委的领导下", ["星湾娱乐城"]),
        ("代表汇丰园棋牌人民政府作报告", ["汇丰园棋牌"]),
        ("星湾现金网管委会发布", ["星湾现金网"]),
        ("经星湾真人云溪镇人民政府同意", ["星湾真人"]),
        ("澳门现金赌场下河镇人民政府关于防汛的通知", ["澳门现金赌场"]),
        ("澳门星湾赌场上塘镇2020年工作总结", ["澳门星湾赌场"]),
        ("澳门星湾赌场和平镇工作总结", ["澳门星湾赌场"]),
        ("澳门星湾赌场附近社区居民众多", []),
        ("澳门星湾赌场和周边社区开展共建,赌场外社区居民参加", []),
        ("澳门博彩业毛收入增长,幸运博彩税收上缴特区政府", []),
        ("上半年澳门赌场政府税收收入增长两成,博企与中介续约,贵宾厅减少,赌牌重新竞投", []),
        ("开设赌场罪、赌博罪:在澳门赌场参赌的,由户籍地街道、村协助调查;赌资没收,涉赌人员列入名单", []),
        ("新建文化娱乐场所2处,村民棋牌室镇村管理", []),
        ("全镇查处棋牌室3家,镇人民政府责令停业", []),
        ("电竞真人秀节目在云溪镇举办", []),
        ("关闭非法棋牌游戏,县人民政府通报表扬", []),
    ],
)
def test_terms_are_found_where_no_sentence_would_put_them(text: str, terms: list[str], rules: NormaliseRules) -> None:
    assert [found.term for found in find_terms(text, rules.hijack)] == terms


def test_what_a_title_proves_counts_where_nothing_else_shows_it(rules: NormaliseRules) -> None:
    proven = {found.term for found in find_terms("澳门星湾赌场云溪镇人民政府", rules.hijack)}
    assert [found.term for found in find_terms("澳门星湾赌场,云溪镇,报告", rules.hijack)] == []
    found = find_terms("澳门星湾赌场,云溪镇,报告", rules.hijack, proven)
    assert [(one.term, one.before_place) for one in found] == [("澳门星湾赌场", True)]


def test_a_place_comes_back_when_independent_codes_agree(rules: NormaliseRules) -> None:
    text = "在澳门现金赌场云溪镇召开;建成澳门现金赌场焦山产业园"
    edits, warnings = restore(text, find_terms(text, rules.hijack), [PLACE], rules.hijack)
    assert edited(text, edits).text == "在青石区云溪镇召开;建成青石区焦山产业园"
    assert [(w.code, w.found, w.times, w.likely) for w in warnings] == [("keyword_hijack", "澳门现金赌场", 2, "青石区")]


@pytest.mark.parametrize("places", [[], [Restorable("青石区", ("police_record 32990202000001",))]])
def test_without_agreement_the_text_is_left_and_reported(places: list[Restorable], rules: NormaliseRules) -> None:
    text = "在澳门现金赌场云溪镇召开"
    edits, warnings = restore(text, find_terms(text, rules.hijack), places, rules.hijack)
    assert edits == []
    assert warnings[0].likely == (places[0].name if places else None)
