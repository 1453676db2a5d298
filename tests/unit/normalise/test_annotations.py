"""Pinyin that converters insert goes; brackets of the text stay."""

from __future__ import annotations

import pytest

from tasks.normalise import NormaliseRules
from tasks.normalise.text import mend

FILLER = "全鎮(zhèn)經(jīng)濟(jì)社會(huì)發(fā)展,實(shí)現(xiàn)新跨越。"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("產(chǎn)業(yè)園區(qū)", "产业园区"),
        ("(社區(qū))", "(社区)"),
        ("水蜜桃(三星)品控中心", "水蜜桃(三星)品控中心"),
        ("產值(GDP)和(C)區(qū)(an English word)", "产值(GDP)和(C)区(an English word)"),
        ("創(chuàng)新(he)平臺", "创新(he)平台"),
        ("鎮(zhen)政(zheng)(zheng)府", "镇政府"),
        ("鎮（zhèn）工業（yè）", "镇工业"),
        ("(一)農(nóng)業", "(一)农业"),
    ],
)
def test_only_readings_of_the_character_before_them_are_taken_out(text: str, plain: str, rules: NormaliseRules) -> None:
    assert mend(FILLER + text, rules).text == "全镇经济社会发展,实现新跨越。" + plain


@pytest.mark.parametrize(
    "text",
    [
        "蘘(ráng)荷种植面积1000亩,全镇农业结构不断优化,农民收入稳步提高" * 3,
        "长(zhǎng)江的长(cháng)度是两个读音",
        "中国(zhong)文",
    ],
)
def test_a_gloss_on_a_rare_character_is_no_converter(text: str, rules: NormaliseRules) -> None:
    assert mend(text, rules).text == text


def test_a_title_with_one_annotation_follows_its_document(rules: NormaliseRules) -> None:
    body = mend(FILLER * 3, rules)
    assert mend("青石鎮(zhèn)報告", rules, document=body).text == "青石镇报告"
    assert mend("青石鎮(zhèn)報告", rules).text != "青石镇报告"
