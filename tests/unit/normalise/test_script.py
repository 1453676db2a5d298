"""Simplified text is never converted; traditional passages are."""

from __future__ import annotations

import pytest

from tasks.normalise import NormaliseRules
from tasks.normalise.text import mend


@pytest.mark.parametrize(
    "text",
    [
        "显著提高,著名企业落户乾陵后面的里弄",
        "干部下基层,面粉加工,茶几几只",
        "朱鎔基同志题词,全镇上下备受鼓舞,经济社会发展取得显著成绩",
        "",
        "GDP 3.5%",
        "全镇经济发展。碑文曰:「國泰民安」。各项事业全面进步,人民生活显著改善,社会大局和谐稳定,党的建设不断加强",
    ],
)
def test_simplified_text_stays_as_it_is(text: str, rules: NormaliseRules) -> None:
    assert mend(text, rules).text == text


@pytest.mark.parametrize(
    ("text", "simplified", "found"),
    [
        ("經濟社會發展取得顯著成績", "经济社会发展取得显著成绩", "traditional"),
        ("隨著改革開放,為群眾辦實事,線上線下齊發力", "随着改革开放,为群众办实事,线上线下齐发力", "traditional"),
        (
            "經濟社會發展\n经济社会发展取得显著成绩\n農業農村優先發展",
            "经济社会发展\n经济社会发展取得显著成绩\n农业农村优先发展",
            "mixed",
        ),
    ],
)
def test_traditional_passages_become_simplified(text: str, simplified: str, found: str, rules: NormaliseRules) -> None:
    mended = mend(text, rules)
    assert (mended.text, mended.found) == (simplified, found)


def test_a_title_without_telling_characters_follows_its_document(rules: NormaliseRules) -> None:
    body = mend("本鎮經濟社會發展,著力改善民生", rules)
    assert mend("著力改善民生", rules, document=body).text == "着力改善民生"
    plain = mend("本镇经济社会发展,着力改善民生", rules)
    assert mend("著力改善民生", rules, document=plain).text == "著力改善民生"
