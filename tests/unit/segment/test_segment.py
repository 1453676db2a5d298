"""Sections of invented reports, and what holds of every text whatever it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.document import Cell, Mark, NormalDocument, SegmentedDocument, Table
from schemas.record import Period, Section
from tasks.bench import Bench
from tasks.segment import SEGMENT, SegmentRules, segment_document
from tasks.segment.headings import number_of
from tasks.segment.paragraphs import paragraphs
from tests.made import normal as normal_of

RULES = SegmentRules.load(Path(__file__).resolve().parents[3] / "config" / "vocabulary")


def normal(text: str, review: int | None = None, plan: int | None = None, **more: object) -> NormalDocument:
    document = normal_of(
        text, review_period=Period.years(review) if review else None, plan_period=Period.years(plan) if plan else None
    )
    return document.evolve(**more)


def outline(text: str, review: int | None = None, plan: int | None = None, **more: object) -> list[str]:
    """One line a section: level, label, title, part, years."""
    lines = []
    for one in segment_document(normal(text, review, plan, **more), RULES):
        years = "-" if one.period is None else f"{one.period.start[:4]}-{one.period.end[:4]}"
        lines.append(f"{one.level} {one.label or ''}{one.title or '~'} {one.part} {years}")
    return lines


FILLER = "全镇上下团结一心，各项事业在困难中稳步前行，发展的基础更加牢固，群众的日子一天比一天红火。" * 2
REPORT = f"""云溪镇2031年度政府工作报告
——2032年1月8日在云溪镇第五届人民代表大会第三次会议上
各位代表：
现在，我代表云溪镇人民政府向大会报告工作，请予审议。
一、2031年工作回顾
2031年是极不平凡的一年。{FILLER}
（一）实体经济稳步向好
工业经济稳中有进。{FILLER}完成工业产值31亿元。
现代农业提质增效。{FILLER}
（二）民生事业持续改善。{FILLER}
各位代表，过去一年的成绩来之不易。{FILLER}
在肯定成绩的同时，我们也清醒地看到存在的问题和不足，主要是产业层次不高。{FILLER}
二、2032年工作安排
今年工作的总体要求是：{FILLER}
（一）聚力转型升级。{FILLER}
一是抓项目。{FILLER}
二是抓创新。{FILLER}
（二）加强自身建设。{FILLER}
各位代表，让我们携起手来，为建设美丽云溪而努力奋斗！
主办单位：云溪镇人民政府"""


def test_a_report_in_the_usual_form() -> None:
    assert outline(REPORT, 2031, 2032) == [
        "1 ~ preamble -",
        "1 一、2031年工作回顾 review 2031-2031",
        "2 （一）实体经济稳步向好 review 2031-2031",
        "3 工业经济稳中有进 review 2031-2031",
        "3 现代农业提质增效 review 2031-2031",
        "2 （二）民生事业持续改善 review 2031-2031",
        "2 ~ problems 2031-2031",
        "1 二、2032年工作安排 plan 2032-2032",
        "2 （一）聚力转型升级 plan 2032-2032",
        "3 一是抓项目 plan 2032-2032",
        "3 二是抓创新 plan 2032-2032",
        "2 （二）加强自身建设 self_building 2032-2032",
        "1 ~ closing -",
        "1 ~ other -",
    ]


def test_the_same_when_nothing_is_known_of_the_document() -> None:
    assert outline(REPORT) == outline(REPORT, 2031, 2032)


@pytest.mark.parametrize("gap", [" ", "\u3000", "\n\n", "\n\u3000\u3000", "</p><p>", "\r\n"])
def test_the_same_when_paragraphs_are_joined_or_indented_otherwise(gap: str) -> None:
    assert outline(REPORT.replace("\n", gap), 2031, 2032) == outline(REPORT, 2031, 2032)


def test_a_five_year_review_turns_to_the_last_year_within_its_chapter() -> None:
    text = f"""“十三五”时期和2020年工作回顾
五年来，我们坚定不移抓产业，发展质效加快提升。{FILLER}
各位代表，2020年是“十三五”收官之年。{FILLER}
（一）项目建设提速。{FILLER}
“十四五”时期的奋斗目标
坚持创新驱动，产业升级取得新成效。{FILLER}
2021年主要工作安排
（一）抓招商。{FILLER}"""
    assert outline(text) == [
        "1 “十三五”时期和2020年工作回顾 review 2016-2020",
        "2 五年来，我们坚定不移抓产业，发展质效加快提升 review 2016-2020",
        "2 ~ review 2020-2020",
        "3 （一）项目建设提速 review 2020-2020",
        "1 “十四五”时期的奋斗目标 plan 2021-2025",
        "2 坚持创新驱动，产业升级取得新成效 plan 2021-2025",
        "1 2021年主要工作安排 plan 2021-2021",
        "2 （一）抓招商 plan 2021-2021",
    ]


def test_a_chapter_whose_words_say_nothing_goes_on_with_the_part_before_it() -> None:
    text = f"一、2031年工作回顾\n{FILLER}\n二、2032年工作安排\n{FILLER}\n三、致力于做强产业\n{FILLER}"
    assert outline(text)[-1] == "1 三、致力于做强产业 plan 2032-2032"


def test_a_review_that_no_heading_ends_turns_into_the_plan() -> None:
    text = f"2031年，我镇干了三件大事。{FILLER}\n今年经济社会发展的主要预期目标是：工业产值增长8%。{FILLER}"
    assert outline(text, 2031, 2032) == ["1 ~ review 2031-2031", "1 ~ plan 2032-2032"]


def test_labels_that_lost_their_punctuation_are_read_in_sequence() -> None:
    openings = ("一经济增长再创新高。", "二结构调整成效明显。", "四人行必有我师。", "三重点项目进展顺利。")
    text = "一、2031年工作回顾\n" + "\n".join(opening + FILLER for opening in openings)
    assert [line.split()[1] for line in outline(text)][:3] == [
        "一、2031年工作回顾",
        "一经济增长再创新高",
        "二结构调整成效明显",
    ]
    assert "2 三重点项目进展顺利 review 2031-2031" in outline(text)


@pytest.mark.parametrize(
    "opening",
    [
        "规上工业产值达到31亿元。",  # a figure
        "创新是第一动力。",  # says what something is
        "与此同时，各项工作取得新进展。",
        "一年来，我们主要做了以下工作。",
        "各位代表。",
    ],
)
def test_what_opens_a_paragraph_and_is_no_title(opening: str) -> None:
    text = f"一、2031年工作回顾\n{FILLER}\n{opening}{FILLER}"
    assert len(outline(text)) == 1


def test_a_line_set_as_heading_by_the_page_is_one() -> None:
    text = f"一、2031年工作回顾\n{FILLER}\n招商引资（含外资）：\n{FILLER}"
    at = text.index("招商引资")
    marks = (Mark(start=at, end=at + 10, style="bold"),)
    assert outline(text, marks=marks)[-1] == "2 招商引资（含外资） review 2031-2031"


def test_rows_of_a_table_open_no_section() -> None:
    text = f"一、2031年工作回顾\n{FILLER}\n一、工业\t31\n二、农业\t12\n二、2032年工作安排\n{FILLER}"
    at, end = text.index("一、工业"), text.index("\n二、2032")
    table = Table(start=at, end=end, rows=2, columns=2, cells=(Cell(row=0, column=0, start=at, end=at + 4),))
    assert [line.split()[1] for line in outline(text, tables=(table,))] == ["一、2031年工作回顾", "二、2032年工作安排"]


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("一、", 1),
        ("（十二）", 12),
        ("二十、", 20),
        ("3.", 3),
        ("（4）", 4),
        ("②", 2),
        ("⑶", 3),
        ("第三部分", 3),
        ("五是", 5),
        ("——", 0),
    ],
)
def test_the_number_of_a_label(label: str, number: int) -> None:
    assert number_of(label) == number


def test_the_stage_gives_a_segmented_document(bench: Bench) -> None:
    made = SEGMENT.work(normal(REPORT, 2031, 2032), bench)
    assert SegmentedDocument.from_bytes(made.to_bytes()) == made


WORDS = """一、2031年工作回顾|二、2032年工作安排|（一）抓工业|1.抓农业|——民生改善。|一是稳增长。
|五年来，我们干得好。|各位代表，|2031年，|在肯定成绩的同时，也有问题和不足。
|让我们努力奋斗！|打印本页|名词解释|。| |\u3000|\t|<p>|Ａ1|①|十"""
PIECES = st.sampled_from([*WORDS.split("|"), FILLER])


def sound(sections: tuple[Section, ...], text: str) -> None:
    """They nest, do not overlap, and those of level 1 cover the text."""
    by_id = {one.section_id: one for one in sections}
    assert len(by_id) == len(sections)
    at: dict[str | None, int] = {None: 0}
    for one in sections:
        parent = by_id.get(one.parent_id or "")
        assert (parent is None) == (one.parent_id is None)
        assert 0 <= one.start < one.end <= len(text)
        if parent is None:
            assert one.level == 1
            assert one.start == at[None]
        else:
            assert one.level == parent.level + 1
            assert parent.start <= one.start
            assert one.end <= parent.end
            assert one.start >= at.get(one.parent_id, parent.start)
        at[one.parent_id] = one.end
    assert at[None] == len(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from([None, 2031]))
def test_sections_nest_and_cover_any_text_of_report_pieces(text: str, review: int | None) -> None:
    sections = segment_document(normal(text, review), RULES)
    sound(sections, text)
    for one in sections:
        Section.model_validate(one.model_dump())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_sections_nest_and_cover_any_text_at_all(text: str) -> None:
    sound(segment_document(normal(text), RULES), text)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_paragraphs_are_in_order_and_leave_out_only_white_space_and_tags(text: str) -> None:
    at, kept = 0, []
    for start, end in paragraphs(text):
        assert at <= start < end
        kept.append(text[start:end])
        at = end
    assert "".join("".join(kept).split()) == "".join(text.replace("<p>", "").split())


def test_divisions_and_chapters_of_numbers_nest_by_the_rank_of_their_labels() -> None:
    text = f"""第一部分 2022年工作回顾
一、聚力稳增长，经济运行稳中向好。{FILLER}
1.抓项目。{FILLER}
（1）工业项目。{FILLER}
①机械。{FILLER}
（2）农业项目。{FILLER}
工作中还存在不少困难和问题：{FILLER}
第二部分 2023年工作安排
二、驰而不息转作风，建设高效政府
{FILLER}"""
    assert outline(text) == [
        "1 第一部分2022年工作回顾 review 2022-2022",
        "2 一、聚力稳增长，经济运行稳中向好 review 2022-2022",
        "3 1.抓项目 review 2022-2022",
        "4 （1）工业项目 review 2022-2022",
        "5 ①机械 review 2022-2022",
        "4 （2）农业项目 review 2022-2022",
        "2 ~ problems 2022-2022",
        "1 第二部分2023年工作安排 plan 2023-2023",
        "2 二、驰而不息转作风，建设高效政府 self_building 2023-2023",
    ]


def test_a_report_on_half_a_year_plans_the_rest_of_it() -> None:
    text = f"""2023年上半年工作总结
今年以来，全镇上下扎实工作。{FILLER}
一、主要工作开展情况
（一）经济运行平稳。{FILLER}
二、存在问题
{FILLER}
三、下半年工作打算
{FILLER}"""
    found = segment_document(normal(text), RULES)
    assert [(one.title, one.part) for one in found if one.level == 1] == [
        (None, "preamble"),
        ("主要工作开展情况", "review"),
        ("存在问题", "problems"),
        ("下半年工作打算", "plan"),
    ]
    assert found[-1].period == Period(start="2023-07-01", end="2023-12-31")


def test_lines_without_labels_are_chapters_and_what_stands_below_them() -> None:
    text = f"""某乡2021年工作总结暨2022年工作计划
2021年工作总结
党的建设全面加强
{FILLER}
产业发展提质增效
{FILLER}
2022年工作计划
聚焦产业，推动高质量发展
{FILLER}"""
    assert outline(text) == [
        "1 ~ preamble -",
        "1 2021年工作总结 review 2021-2021",
        "2 党的建设全面加强 review 2021-2021",
        "2 产业发展提质增效 review 2021-2021",
        "1 2022年工作计划 plan 2022-2022",
        "2 聚焦产业，推动高质量发展 plan 2022-2022",
    ]


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("一、过去五年工作的回顾。", "review"),
        ("一、2022年工作完成情况", "review"),
        ("一、本届政府工作回顾", "review"),
        ("一、过去的2021年，我们砥砺前行", "review"),
        ("一、今后五年的奋斗目标和主要任务", "plan"),
        ("一、2023年政府工作建议", "plan"),
        ("一、努力做好2022年工作", "plan"),
        ("一、下一步工作计划", "plan"),
        ("一、存在的主要问题和不足", "problems"),
        ("一、加强政府自身建设", "self_building"),
        ("一、建设人民满意的服务型政府", "self_building"),
    ],
)
def test_the_part_that_a_chapter_tells(title: str, part: str) -> None:
    assert segment_document(normal(f"{title}\n{FILLER}"), RULES)[0].part == part


def test_a_document_that_is_no_report_keeps_to_its_labels() -> None:
    text = f"近日，全镇开展普法活动。{FILLER}\n法治建设全面推进。{FILLER}\n一、活动内容\n{FILLER}\n记者张三"
    assert outline(text, kind="news") == ["1 ~ other -", "1 一、活动内容 other -"]


BODY = "全镇上下团结一心，各项事业稳步前行，发展的基础更加牢固，群众的日子一天比一天红火，村容村貌焕然一新。"


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        # what half a year brought is review, also where the title of the chapter has no word for it
        (
            f"一、上半年主要工作\n{FILLER}\n二、下半年工作打算\n{FILLER}",
            {"review_period": Period(start="2021-01-01", end="2021-06-30")},
            ["1 一、上半年主要工作 review 2021-2021", "1 二、下半年工作打算 plan 2021-2021"],
        ),
        # 今年上半年 in a report on half a year is no turn to the plan
        (
            f"一、主要工作回顾\n{FILLER}\n今年上半年，我镇紧扣年初目标任务，{FILLER}",
            {"review_period": Period(start="2016-01-01", end="2016-06-30")},
            ["1 一、主要工作回顾 review 2016-2016"],
        ),
        # a passage without title, date and chapters is dated by what it is compared with
        (
            f"——经济实力增强。与“十二五”末相比，{BODY}{BODY}\n——生态环境改善。{BODY}{BODY}",
            {},
            ["1 ~ review 2016-2020", "2 ——经济实力增强 review 2016-2020", "2 ——生态环境改善 review 2016-2020"],
        ),
        (f"粮食产量比“十一五”末提高一成。\n{BODY[:50]}", {}, ["1 ~ review 2011-2015"]),
        # the goals of a five-year plan
        (
            f"一、2025年工作回顾\n{FILLER}\n二、“十五五”主要目标\n{FILLER}\n三、2026年重点任务\n{FILLER}",
            {},
            [
                "1 一、2025年工作回顾 review 2025-2025",
                "1 二、“十五五”主要目标 plan 2026-2030",
                "1 三、2026年重点任务 plan 2026-2026",
            ],
        ),
        # in a summary 主要工作 was done, and what has no word for it as well
        (
            f"一、主要工作\n{FILLER}\n二、2017年工作打算\n{FILLER}",
            {"kind": "work_summary", "review_period": Period.years(2016)},
            ["1 一、主要工作 review 2016-2016", "1 二、2017年工作打算 plan 2017-2017"],
        ),
        (
            f"大坪乡工作汇报\n2016年计划减贫，力争完成，确保到2018年脱贫。\n一、产业\n{FILLER}",
            {"kind": "work_summary"},
            ["1 ~ preamble -", "1 一、产业 review 2016-2016"],
        ),
        # line feeds lost
        (
            f"石桥镇2016年工作总结一、2016年工作回顾今年以来,{BODY}二、2017年工作打算2017年,{BODY}",
            {"kind": "work_summary"},
            ["1 ~ preamble -", "1 一、2016年工作回顾 review 2016-2016", "1 二、2017年工作打算 plan 2017-2017"],
        ),
        # no report: the only year it tells, or the one it opens with
        (f"种植面积扩大。2006年，全乡养羊三万只。{BODY}", {"kind": "other"}, ["1 ~ other 2006-2006"]),
        (f"2018年是转型之年。{BODY}2016年{BODY}", {"kind": "other"}, ["1 ~ other 2018-2018"]),
        (f"{BODY}2016年，{BODY}2018年，{BODY}", {"kind": "other"}, ["1 ~ other -"]),
        (f"20XX年是我镇不平凡的一年。{BODY}", {"kind": "other"}, ["1 ~ other -"]),
        (f"到2030年全面建成。{BODY}", {"kind": "other"}, ["1 ~ other -"]),
        (f"汇率降至2011年3月以来最低。{BODY}", {"kind": "news"}, ["1 ~ other -"]),
        (f"大坪乡2016年扶贫工作进展\n{BODY}", {"kind": "other"}, ["1 ~ other 2016-2016"]),
        (f"截至2023年10月底，全镇建成示范村。{BODY}", {"kind": "news"}, ["1 ~ other 2023-2023"]),
    ],
)
def test_the_years_of_a_passage(text: str, known: dict[str, object], expected: list[str]) -> None:
    assert outline(text, **known) == expected  # type: ignore[arg-type]


def test_a_paragraph_that_compares_with_an_earlier_year_is_of_the_years_since() -> None:
    text = f"一、2020年工作回顾\n2020年，{FILLER}\n与“十二五”末相比，{FILLER}"
    assert outline(text) == ["1 一、2020年工作回顾 review 2020-2020", "2 ~ review 2016-2020"]


def test_ornaments_mark_chapters_that_tell_their_part_and_the_items_below_them() -> None:
    text = "报告摘要\n■ 2031年成绩单\n●生产总值增长6%左右\n★粮食产量5亿斤\n■ 2032年发展主要预期目标\n●新增就业7万人以上"
    assert outline(text, kind="other") == [
        "1 ~ preamble -",
        "1 ■2031年成绩单 review 2031-2031",
        "2 ●生产总值增长6%左右 review 2031-2031",
        "2 ★粮食产量5亿斤 review 2031-2031",
        "1 ■2032年发展主要预期目标 plan 2032-2032",
        "2 ●新增就业7万人以上 plan 2032-2032",
    ]


def test_ornaments_below_a_numbered_chapter_are_its_items() -> None:
    text = f"一、2031年工作回顾\n{FILLER}\n◆主要成效\n{FILLER}\n二、2032年工作安排\n◆重点工作\n{FILLER}"
    assert outline(text) == [
        "1 一、2031年工作回顾 review 2031-2031",
        "2 ◆主要成效 review 2031-2031",
        "1 二、2032年工作安排 plan 2032-2032",
        "2 ◆重点工作 plan 2032-2032",
    ]


def test_an_announced_list_is_the_plan_of_the_year_it_names() -> None:
    text = "本县讯：经过征集，2031年，县政府将为群众办好十件实事： 一、新建学校3所。 二、改造道路5条。"
    assert outline(text, kind="news") == [
        "1 ~ plan 2031-2031",
        "2 一、新建学校3所 plan 2031-2031",
        "2 二、改造道路5条 plan 2031-2031",
    ]


def test_news_of_a_report_tell_its_plan_from_the_sentence_that_opens_with_the_year() -> None:
    text = "1月9日，市长作政府工作报告。2031年，新增公园12个。\n教育方面，新增学位900个。"
    assert outline(text, kind="news") == ["1 ~ preamble -", "1 ~ plan 2031-2031"]


def test_a_short_sentence_about_a_time_begins_the_body() -> None:
    text = f"过去的五年，是全县阔步前进的五年。\n——经济迈上台阶。{FILLER}\n——民生持续改善。{FILLER}"
    assert outline(text, 2030) == [
        "1 ~ review 2026-2030",
        "2 ——经济迈上台阶 review 2026-2030",
        "2 ——民生持续改善 review 2026-2030",
    ]


def test_a_chapter_whose_title_runs_on_into_its_text_tells_its_years() -> None:
    text = f"各位代表：一、2026—2030年的主要目标提前实现，全县站在新的起点上{FILLER}"
    assert outline(text, 2030)[-1].endswith("review 2026-2030")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "【2031年工作亮点】\n产值增长6%。\n【2032年主要目标】\n产值增长5%。",
            ["1 2031年工作亮点 review 2031-2031", "1 2032年主要目标 plan 2032-2032"],
        ),
        (
            "▍2031年，我们这样走过\n■产值增长6%\n▍2032年，我们这样干\n■产值增长5%左右",
            [
                "1 ▍2031年，我们这样走过 review 2031-2031",
                "2 ■产值增长6% review 2031-2031",
                "1 ▍2032年，我们这样干 plan 2032-2032",
                "2 ■产值增长5%左右 plan 2032-2032",
            ],
        ),
        (
            "▍2031年获文明县称号\n▍2032年获卫生县称号\n▍2033年获平安县称号",
            ["1 ~ other -"],
        ),
    ],
)
def test_headings_without_numbers_turn_part_and_year_where_they_tell_them(text: str, expected: list[str]) -> None:
    assert [line for line in outline(text, kind="other") if "preamble" not in line] == expected
