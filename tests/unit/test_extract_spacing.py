"""Spaces that word processors set around digits do not keep the grammar from reading, nor move what is found."""

from __future__ import annotations

from schemas.record import Period
from tests.told import findings

TEXT = (
    "清河镇政府工作报告\n全镇完成工业产值 34.5 亿元，较 2026 年分别增长 8 %、3. 6%；新增企业 12 家；"
    "居全县第 4 位；人均收入达到 2. 13 万元 、增长 5 个百分点。"
)
REVIEW = Period.years(2030)


def test_what_is_found_stands_where_it_was_written() -> None:
    found = findings(TEXT, review=REVIEW)
    assert [one.value_text for one in found] == [
        *("34.5 亿元", "8 %", "3. 6%", "12 家", "4 位", "2. 13 万元", "5 个百分点")
    ]
    for one in found:
        assert TEXT[one.evidence.start : one.evidence.end] == one.value_text
        if one.evidence.name_start is not None:
            assert TEXT[one.evidence.name_start : one.evidence.name_end].replace(" ", "") == one.name
        assert one.evidence.sentence_start <= one.evidence.start < one.evidence.end <= one.evidence.sentence_end


def test_it_is_read_as_if_there_were_none() -> None:
    spaced, closed = findings(TEXT, review=REVIEW), findings(TEXT.replace(" ", ""), review=REVIEW)
    same = ("name", "value", "unit", "measure", "period", "status", "rule", "section_id")
    assert [[getattr(one, name) for name in same] for one in spaced] == [
        [getattr(one, name) for name in same] for one in closed
    ]


def test_a_few_spaces_may_part_two_things() -> None:
    (first,) = findings("清河镇政府工作报告\n新建学校 3 所。", review=REVIEW)
    assert (first.name, first.value_text) == ("新建学校", "3 所")
