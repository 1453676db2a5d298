"""Figures out of tables in the layouts that bulletins and plans print."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.document import Cell, SegmentedDocument, Table
from schemas.record import Finding, Period, Section, SectionPart
from tasks.extract.table_rules import TableRules
from tasks.extract.tables import extract_tables, read_unit
from tests.made import normal as normal_of

RULES = TableRules.load(Path(__file__).resolve().parents[2] / "config" / "vocabulary")


def document(
    rows: list[list[str]],
    before: str = "",
    part: SectionPart = "review",
    spans: dict[tuple[int, int], tuple[int, int]] | None = None,
) -> SegmentedDocument:
    """A document of one table; an empty string under a span is covered by it."""
    spans = spans or {}
    text = before + "\n" if before else ""
    covered = {
        (r + dr, c + dc)
        for (r, c), (down, across) in spans.items()
        for dr in range(down)
        for dc in range(across)
        if (dr, dc) != (0, 0)
    }
    start = len(text)
    cells = []
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            if c:
                text += "\t"
            if (r, c) in covered:
                continue
            down, across = spans.get((r, c), (1, 1))
            cells.append(
                Cell(row=r, column=c, row_span=down, column_span=across, start=len(text), end=len(text) + len(words))
            )
            text += words
        text += "\n"
    text = text[:-1]
    table = Table(start=start, end=len(text), rows=len(rows), columns=len(rows[0]), cells=tuple(cells))
    normal = normal_of(
        text,
        kind="statistical_bulletin",
        review_period=Period.years(2030),
        plan_period=Period.years(2031),
        tables=(table,),
    )
    section = Section(
        section_id="1",
        parent_id=None,
        level=1,
        label=None,
        title=None,
        part=part,
        period=Period.years(2031 if part == "plan" else 2030),
        start=0,
        end=len(text),
    )
    return SegmentedDocument(normal=normal, sections=(section,))


def line(one: Finding) -> str:
    years = "-" if one.period is None else one.period.start[:4]
    place = f"{one.subject} " if one.subject else ""
    return f"{place}{one.name} {one.value} {one.unit} {one.measure} {years} {one.status} {one.bound}"


def said(rows: list[list[str]], **more: object) -> list[str]:
    given = document(rows, **more)  # type: ignore[arg-type]
    found = extract_tables(given, RULES)
    text = given.normal.text
    for one in found:
        assert text[one.evidence.start : one.evidence.end] == one.value_text
        assert one.evidence.sentence_start <= one.evidence.start < one.evidence.end <= one.evidence.sentence_end
    return [line(one) for one in found]


def test_indicator_unit_amount_and_growth() -> None:
    rows = [
        ["指标", "单位", "绝对值", "比上年±%"],
        ["地区生产总值", "亿元", "1,234.5", "5.6"],
        ["  第一产业", "亿元", "45.2", "-1.3"],
        ["年末常住人口①", "万人", "83.21", "…"],
        ["森林覆盖率", "%", "41.2", "0.5"],
    ]
    assert said(rows) == [
        "地区生产总值 123450000000 元 level 2030 actual exact",
        "地区生产总值 5.6 % change_rate 2030 actual exact",
        "第一产业 4520000000 元 level 2030 actual exact",
        "第一产业 -1.3 % change_rate 2030 actual exact",
        "年末常住人口① 832100 人 level 2030 actual exact".replace("①", ""),
        "森林覆盖率 41.2 % share 2030 actual exact",
        "森林覆盖率 0.5 个百分点 change 2030 actual exact",
    ]


def test_the_unit_stands_in_the_label_or_before_the_table() -> None:
    rows = [["项目", "2029年", "2030年"], ["固定资产投资", "31.5", "36"], ["用电量（万千瓦时）", "5200", "5500"]]
    assert said(rows, before="表1　主要指标（单位：亿元）") == [
        "固定资产投资 3150000000 元 level 2029 actual exact",
        "固定资产投资 3600000000 元 level 2030 actual exact",
        "用电量 52000000 千瓦时 level 2029 actual exact",
        "用电量 55000000 千瓦时 level 2030 actual exact",
    ]


def test_a_header_of_two_rows() -> None:
    rows = [
        ["指标", "计量单位", "2030年", "", "2029年"],
        ["", "", "绝对数", "增长（%）", "绝对数"],
        ["粮食产量", "万吨", "12.5", "3.1", "12.1"],
    ]
    spans = {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2)}
    assert said(rows, spans=spans) == [
        "粮食产量 125000 吨 level 2030 actual exact",
        "粮食产量 3.1 % change_rate 2030 actual exact",
        "粮食产量 121000 吨 level 2029 actual exact",
    ]


def test_a_change_told_in_the_unit_of_the_level() -> None:
    rows = [["指标", "2030年（亿元）", "比上年增减（亿元）", "增幅（%）"], ["税收收入", "12.5", "-0.5", "-3.8"]]
    assert said(rows) == [
        "税收收入 1250000000 元 level 2030 actual exact",
        "税收收入 -50000000 元 change 2030 actual exact",
        "税收收入 -3.8 % change_rate 2030 actual exact",
    ]


def test_a_title_row_over_the_header() -> None:
    rows = [
        ["2030年主要经济指标（单位：万元）", "", ""],
        ["指标名称", "完成数", "同比增长%"],
        ["税收收入", "3200", "8.1"],
    ]
    assert said(rows, spans={(0, 0): (1, 3)}) == [
        "税收收入 32000000 元 level 2030 actual exact",
        "税收收入 8.1 % change_rate 2030 actual exact",
    ]


def test_rows_are_years_and_columns_indicators() -> None:
    rows = [
        ["年份", "生产总值（亿元）", "比上年增长（%）", "城镇化率（%）"],
        ["2029年", "100", "5", "61.2"],
        ["2030", "108", "8", "62"],
    ]
    assert said(rows) == [
        "生产总值 10000000000 元 level 2029 actual exact",
        "生产总值 5 % change_rate 2029 actual exact",
        "城镇化率 61.2 % share 2029 actual exact",
        "生产总值 10800000000 元 level 2030 actual exact",
        "生产总值 8 % change_rate 2030 actual exact",
        "城镇化率 62 % share 2030 actual exact",
    ]


def test_rows_are_places() -> None:
    rows = [["乡镇", "户籍人口（人）", "财政收入（万元）"], ["东湾镇", "12,300", "800"], ["合计", "12,300", "800"]]
    assert said(rows) == [
        "东湾镇 户籍人口 12300 人 level 2030 actual exact",
        "东湾镇 财政收入 8000000 元 level 2030 actual exact",
        "户籍人口 12300 人 level 2030 actual exact",
        "财政收入 8000000 元 level 2030 actual exact",
    ]


def test_targets_with_bounds_and_what_was_done_beside_them() -> None:
    rows = [
        ["指标", "单位", "2030年完成", "2031年目标"],
        ["工业总产值增长", "%", "7.2", "8左右"],
        ["新增规上企业", "家", "9", "10以上"],
    ]
    assert said(rows) == [
        "工业总产值 7.2 % change_rate 2030 actual exact",
        "工业总产值 8 % change_rate 2031 target about",
        "新增规上企业 9 家 level 2030 actual exact",
        "新增规上企业 10 家 level 2031 target at_least",
    ]


def test_a_part_of_the_row_above_carries_its_name() -> None:
    rows = [
        ["指标", "单位", "绝对值"],
        ["固定资产投资", "亿元", "36"],
        ["其中：工业", "亿元", "12"],
        ["其中：房地产开发投资", "亿元", "9"],
    ]
    assert [one.split()[0] for one in said(rows)] == ["固定资产投资", "固定资产投资工业", "房地产开发投资"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.5", "1234.5"),
        ("1 234.5", "1234.5"),
        ("＋3.2", "3.2"),
        ("－3.2", "-3.2"),
        ("12.0①", "12"),
        ("１２", "12"),
    ],
)
def test_numbers_as_tables_print_them(cell: str, value: str) -> None:
    assert said([["指标", "单位", "绝对值"], ["净出口", "元", cell]]) == [f"净出口 {value} 元 level 2030 actual exact"]


@pytest.mark.parametrize("cell", ["…", "—", "-", "", "/", "无", "见附注"])
def test_cells_that_hold_no_number(cell: str) -> None:
    assert said([["指标", "单位", "绝对值", "增速（%）"], ["净出口", "元", cell, "1"]]) == [
        "净出口 1 % change_rate 2030 actual exact"
    ]


def test_in_the_plan_figures_are_targets() -> None:
    rows = [["指标", "单位", "指标值"], ["新建停车位", "个", "300"]]
    assert said(rows, part="plan") == ["新建停车位 300 个 level 2031 target exact"]


@pytest.mark.parametrize(
    "rows",
    [
        [["序号", "单位名称", "联系电话"], ["1", "东湾镇", "62345678"]],
        [["项目名称", "责任单位", "完成时限"], ["修桥", "交通局", "2031"]],
        [["乡镇", "联系电话"], ["东湾镇", "62345678"], ["西湾镇", "62345679"]],
        [["姓名", "票数"], ["张三", "23"]],
        [["指标", "单位"], ["生产总值", "亿元"]],
    ],
)
def test_tables_that_state_no_indicator(rows: list[list[str]]) -> None:
    assert said(rows) == []


@pytest.mark.parametrize(
    ("words", "base", "factor"),
    [
        ("亿元", "元", 10**8),
        ("单位：万元", "元", 10**4),
        ("亿千瓦时", "千瓦时", 10**8),
        ("千瓦时", "千瓦时", 1),
        ("±%", "%", 1),
        ("万元/亩", "元/亩", 10**4),
        ("微克/立方米", "微克/立方米", 1),
        ("千公顷", "公顷", 1000),
    ],
)
def test_units_of_headers(words: str, base: str, factor: int) -> None:
    unit = read_unit(words, RULES)
    assert unit is not None
    assert (unit.base, unit.factor) == (base, factor)


@pytest.mark.parametrize("words", ["地区", "含电网", "", "2030年", "/", "万"])
def test_what_is_no_unit(words: str) -> None:
    assert read_unit(words, RULES) is None


CELLS = st.sampled_from(
    [
        "指标",
        "单位",
        "绝对值",
        "亿元",
        "比上年±%",
        "2030年",
        "1,234.5",
        "-3",
        "…",
        "",
        "年份",
        "乡镇",
        "8左右",
        "①",
        "其中：工业",
        "%",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=5)))
def test_any_table_gives_sound_findings_or_none(rows: list[list[str]]) -> None:
    for one in said(rows):
        assert one


def test_a_row_that_tells_its_unit_is_an_exception_to_its_column() -> None:
    """人均生产总值（元） stands under 绝对值（亿元）."""
    rows = [
        ["指标", "绝对值（亿元）", "比上年增长（%）"],
        ["生产总值", "356.2", "7.8"],
        ["人均生产总值（元）", "45632", "7.1"],
    ]
    assert said(rows)[::2] == [
        "生产总值 35620000000 元 level 2030 actual exact",
        "人均生产总值 45632 元 level 2030 actual exact",
    ]


def test_a_caption_of_several_units_gives_amounts_the_first() -> None:
    """单位：亿元、%: shares are in per cent all the same."""
    rows = [["项目", "实绩", "增长±"], ["零售总额", "86.5", "12.1%"], ["城镇化率", "45.2", "1.2%"]]
    assert said(rows, before="表1 主要指标 单位：亿元、%")[::2] == [
        "零售总额 8650000000 元 level 2030 actual exact",
        "城镇化率 45.2 % share 2030 actual exact",
    ]


def test_a_column_of_places_in_a_row_is_of_ranks() -> None:
    """排位 is said as 位次 is."""
    rows = [["指标", "计量单位", "实际完成", "完成计划%", "排位"], ["财政收入", "万元", "38500", "106.9", "3"]]
    assert said(rows)[-1] == "财政收入 3 位 rank 2030 actual exact"


def test_columns_that_are_indicators_of_each_row_name_it() -> None:
    """A list of projects, and of branches: rates go with the column before them."""
    assert said([["项目名称", "总投资（万元）", "本年完成投资（万元）"], ["沙河大桥", "12000", "4600"]]) == [
        "沙河大桥总投资 120000000 元 level 2030 actual exact",
        "沙河大桥完成投资 46000000 元 level 2030 actual exact",
    ]
    rows = [["行业", "企业数（个）", "产值（亿元）", "增长（%）"], ["制造业", "36", "126.3", "5.1"]]
    assert said(rows) == [
        "制造业企业数 36 个 level 2030 actual exact",
        "制造业产值 12630000000 元 level 2030 actual exact",
        "制造业产值 5.1 % change_rate 2030 actual exact",
    ]


def test_a_header_says_that_its_figure_came_about() -> None:
    """工业总产值完成 is 工业总产值."""
    rows = [["镇街", "工业总产值完成（万元）", "同比增长（%）"], ["沙河镇", "36000", "8.2"]]
    assert said(rows) == [
        "沙河镇 工业总产值 360000000 元 level 2030 actual exact",
        "沙河镇 工业总产值 8.2 % change_rate 2030 actual exact",
    ]


def test_a_target_of_growth_among_levels() -> None:
    """The words of the cell tell that it is one."""
    rows = [["指标", "单位", "2031年目标"], ["地区生产总值", "亿元", "增长8%"]]
    assert said(rows) == ["地区生产总值 8 % change_rate 2031 target exact"]


def test_years_over_the_columns_though_the_corner_says_year() -> None:
    """Rows are indicators then, and a row of growth goes with the row above."""
    rows = [["年份", "2029年", "2030年"], ["粮食产量（万吨）", "12.6", "13"], ["增长率（%）", "4.1", "3.2"]]
    assert said(rows) == [
        "粮食产量 126000 吨 level 2029 actual exact",
        "粮食产量 130000 吨 level 2030 actual exact",
        "粮食产量 4.1 % change_rate 2029 actual exact",
        "粮食产量 3.2 % change_rate 2030 actual exact",
    ]


def test_parts_share_the_unit_of_their_whole() -> None:
    """It stands in the label of the whole alone."""
    rows = [["项目", "绝对值"], ["一、地区生产总值（亿元）", "186.3"], ["第一产业", "23.1"], ["人口", "6.2"]]
    assert said(rows) == [
        "地区生产总值 18630000000 元 level 2030 actual exact",
        "第一产业 2310000000 元 level 2030 actual exact",
    ]
