"""A text that lost its line feeds is parted at its title, its labels in order and their titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.text.glued import glued_starts, is_glued, parted

REST = "全镇上下团结一心,完成财政收入3100万元,同比增长14%,新修村道12公里,植树造林400亩,群众的日子一天比一天红火"


@pytest.mark.parametrize(
    "pieces",
    [
        ["石桥镇2016年上半年工作总结", f"今年上半年,{REST},{REST}。"],
        ["石桥镇2016年工作总结", "一、2016年工作回顾", f"今年以来,{REST}。", "二、2017年工作打算", f"2017年,{REST}。"],
        [
            "石桥镇工作总结和下一年工作计划",
            f"一年来,{REST}。",
            f"一、农业稳中有进。{REST}。",
            f"二、工业提质增效。{REST}。",
        ],
        [
            f"现将情况汇报如下:{REST}:",
            f"一、农业。{REST}。",
            f"（一）粮食。{REST}。",
            f"（二）果蔬。{REST}。",
            f"二、工业。{REST}。",
        ],
        [f"我镇推动一、二、三产业融合,落实政府工作任务,{REST}。"],
        [f"三、民生。{REST}。五、其它。{REST}。"],
    ],
)
def test_paragraphs_are_found_again(pieces: list[str]) -> None:
    assert parted(["".join(pieces)]) == pieces


def test_a_text_with_line_feeds_keeps_its_lines() -> None:
    lines = [f"一、农业。{REST}。二、工业。{REST}。"] * 3
    assert not is_glued("\n".join(lines))
    assert parted(lines) == lines


@given(st.text(alphabet="一二三、（）。2016年工作总结今,上半镇", min_size=101, max_size=300), st.booleans())
def test_starts_rise_within_any_line(line: str, first: bool) -> None:
    starts = glued_starts(line, first=first)
    assert starts == sorted(set(starts))
    assert all(0 < start <= len(line) for start in starts)


def test_a_heading_without_a_label_may_run_on_into_its_text() -> None:
    line = f"各位代表：请予审议。2019年工作回顾2019年，{REST}。2020年重点工作今年是收官之年，{REST}。"
    assert parted([line]) == [
        "各位代表：请予审议。",
        "2019年工作回顾",
        f"2019年，{REST}。",
        "2020年重点工作",
        f"今年是收官之年，{REST}。",
    ]


def test_a_heading_in_the_midst_of_one_line_of_many_is_found() -> None:
    line = f"请予审议。一、2021年工作总结2021年是不平凡的一年，{REST},{REST}。"
    text = "\n".join([line, *(f"{REST}。" for _ in range(6))])
    assert is_glued(text)
    assert parted(text.split("\n"))[:3] == [
        "请予审议。",
        "一、2021年工作总结",
        f"2021年是不平凡的一年，{REST},{REST}。",
    ]
