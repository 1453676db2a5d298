"""Tables, codes and doubts are added to what the sentences state."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from test_extract_checks import finding
from test_extract_tables import document

from tasks.extract.completing import CompletingRules, complete

RULES = CompletingRules.load(Path(__file__).resolve().parents[2] / "config" / "vocabulary")


def test_figures_of_sentences_and_tables_stand_in_order_and_have_codes() -> None:
    given = document([["指标", "单位", "绝对值"], ["社会消费品零售总额", "亿元", "31"]], before="全镇常住人口5.2万人。")
    said = finding("常住人口", None, "52000", "人")
    findings, doubts = complete(given, [said], RULES)
    assert [(one.name, one.code) for one in findings] == [("常住人口", "POP.RES"), ("社会消费品零售总额", "CON.RETAIL")]
    assert doubts == ()


def test_what_table_and_sentence_tell_differently_is_doubted() -> None:
    given = document([["指标", "单位", "绝对值"], ["社会消费品零售总额", "亿元", "31"]], before="前言。")
    _, doubts = complete(given, [finding("社会消费品零售总额", None, "3500000000", value_text="35亿元")], RULES)
    assert [one.code for one in doubts] == ["said_twice"]


def test_a_code_that_is_there_is_kept() -> None:
    given = document([["甲", "乙"], ["丙", "丁"]])
    findings, _ = complete(given, [finding("常住人口", "OTHER.CODE", "52000", "人")], RULES)
    assert [one.code for one in findings] == ["OTHER.CODE"]
