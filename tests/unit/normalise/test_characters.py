"""Odd characters become plain ones, and text in a wrong charset becomes text."""

from __future__ import annotations

import pytest

from tasks.normalise import NormaliseRules
from tasks.normalise.text import mend


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("面积３５．２㎡，占比１２％", "面积35.2㎡，占比12%"),
        ("ＧＤＰ增长", "GDP增长"),
        ("各位代表：\u3000\u3000现在\xa0报告", "各位代表：  现在 报告"),
        ("零\u200b宽\ufeff字\u202e符\u00ad", "零宽字符"),
        ("㈠工业经济", "(一)工业经济"),
        ("⻓江⾏动", "长江行动"),
        ("\uf9d3地开发,农业农村", "陸地开发,农业农村"),
        ("镇&nbsp;村&amp;ldquo;两委&amp;rdquo;", "镇 村“两委”"),
        ("A&B公司;R&D投入", "A&B公司;R&D投入"),
        ("第①项——Ⅲ类水体⒊", "第①项——Ⅲ类水体⒊"),
        ("缩进\ue5e5正文", "缩进 正文"),
    ],
)
def test_odd_characters_become_plain_ones(text: str, plain: str, rules: NormaliseRules) -> None:
    assert mend(text, rules).text == plain


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("中国人民政府".encode("gbk").decode("latin-1"), "中国人民政府"),
        ("经济社会发展".encode().decode("latin-1"), "经济社会发展"),
        (
            "全镇经济社会发展取得成绩,财政收入稳步增长".encode().decode("gb18030", "replace"),
            "全镇经济社会发展取得成绩,财政收入稳步增长",
        ),
    ],
)
def test_text_read_in_the_wrong_charset_is_read_again(wrong: str, right: str, rules: NormaliseRules) -> None:
    mended = mend("a:" + wrong, rules)
    assert mended.text == "a:" + right
    span = mended.spans.back(2, len(mended.text))
    assert (span.start, span.end) == (2, 2 + len(wrong))


@pytest.mark.parametrize("text", ["————附件", "Café à la carte, naïve résumé", "“引号”——破折号…", "12×3=36°C"])
def test_marks_and_foreign_words_are_no_mojibake(text: str, rules: NormaliseRules) -> None:
    assert mend(text, rules).text == text


@pytest.mark.parametrize(
    ("text", "code"), [("投资\ufffd\ufffd亿元", "missing_text"), ("投资锟斤拷亿元", "unrepaired_damage")]
)
def test_what_is_lost_for_good_is_a_warning(text: str, code: str, rules: NormaliseRules) -> None:
    mended = mend(text, rules)
    assert mended.text == text
    assert [(w.code, w.times) for w in mended.warnings] == [(code, 1)]
