"""What titles tell of texts with few headings: the year of all, plans without a review, what is to be done next."""

from __future__ import annotations

import pytest

from schemas.record import Kind, Metadata, Period
from tests.told import told

REVIEW, PLAN = Period.years(2030), Period.years(2031)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        # a title that names the one year of a text
        ("石桥镇2029年概况\n全镇产值2亿元，增长8%。", "other", ["2亿元 2029 actual", "8% 2029 actual"]),
        ("余水县2029年基本县情\n\n全县产值2亿元。", "news", ["2亿元 2029 actual"]),
        ("余水县2029年概述\n产业比例由上年的48:27:25调整为46:29:25。", "other", 3 * ["2028"] + 3 * ["2029"]),
        ("青河镇\n【概况】2029年，全镇辖村12个。【农业】粮食总产2万吨，比2028年增长3%。", "other", 3 * ["2029"]),
        # where it is not the only one, sentences tell
        ("石桥镇2029年概况\n全镇产值2亿元。2030年建成学校3所。", "other", ["2亿元 - actual", "3所 2030 actual"]),
        # a sentence is no title
        ("2029年，石桥镇产值2亿元，其中税收2000万元。", "other", ["2亿元 2029 actual", "2000万元 2029 actual"]),
    ],
)
def test_the_year_of_a_title(text: str, kind: Kind, expected: list[str]) -> None:
    found = told(text, kind)
    assert [line if " " in one else line.split()[1] for line, one in zip(found, expected, strict=True)] == expected


def test_a_plan_plans_from_its_first_sentence_on_but_what_is_told_of_a_past_year() -> None:
    text = (
        "云溪市2031年国民经济和社会发展计划\n主要预期目标是：产值增长6%，税收增长8%；粮食产量稳定在90万吨以上。\n"
        "重点工作任务：\n（一）抓项目。完成投资800亿元；新增规上工业企业50户。2030年新增30户。"
    )
    expected = ["6%", "8%", "90万吨", "800亿元", "50户"]
    assert told(text, "plan", plan=PLAN) == [*(f"{one} 2031 target" for one in expected), "30户 2030 actual"]


def test_a_plan_that_looks_back_in_a_chapter_does_not_plan_there() -> None:
    text = "云溪市2031年计划\n一、2030年工作回顾\n新建学校3所。\n二、2031年目标\n新建学校4所。"
    assert told(text, "plan", review=REVIEW, plan=PLAN) == ["3所 2030 actual", "4所 2031 target"]


def test_the_ground_a_plan_stands_on_is_a_review_of_the_five_years_before() -> None:
    text = (
        "一、发展基础与环境\n（一）发展基础\n到“十三五”末期，产值预计完成147亿元，是“十二五”末期的2.2倍。"
        "产业比重由2015年的6:54:40调整到3:55:42。税收年均增长8%。"
    )
    years = ["2020 estimate", "2020 estimate", *3 * ["2015 actual"], *3 * ["2020 actual"], "2016-2020 actual"]
    assert [line.split(" ", 1)[1] for line in told(text, "other")] == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("“十四五”期间，我县将加快发展，粮食产量稳定在30万吨以上，农产品产值突破80亿元。新建冷库30座。", "2021-2025"),
        ("到2035年，全县产值达到200亿元，年均增长7%；城镇化率达到60%。新建冷库30座。", "-"),
        ("（三）着力改善民生。新建学校3所。失业率控制在4%以内。\n（四）加快兴农。粮食产量稳定在30万吨以上。", "-"),
        ("今年工作的主要预期目标是：产值增长6%。\n重点做好以下工作：\n一是抓项目。新建学校3所。", "-"),
    ],
)
def test_a_text_without_headings_that_only_looks_ahead_is_a_plan(text: str, years: str) -> None:
    found = told(text, "other")
    assert {line.split()[-1] for line in found} == {"target"}
    assert found[-1].split()[1] in (years, "2025", "-")


@pytest.mark.parametrize(
    "text",
    [
        "（三）民生持续改善。新建学校3所。失业率3.2%。",
        "全县新建学校3所，累计投资2亿元，将继续加快发展，力争早日投用。目前已开工9个项目。",
        "2030年重点工作任务落实情况\n1.新建学校3所。\n2.改造小区8个。",
        "2030年为民办实事项目进展公示\n1.新建学校3所。已建成2所。",
    ],
)
def test_a_text_that_tells_of_what_was_done_is_none(text: str) -> None:
    assert {line.split()[-1] for line in told(text, "other")} == {"actual"}


def test_a_notice_of_a_plan_plans() -> None:
    text = "关于下达2031年计划的通知\n各乡镇：\n现将2031年计划下达给你们。\n产值增长6%，城镇新增就业5000人。"
    assert told(text, "notice", plan=PLAN) == ["6% 2031 target", "5000人 2031 target"]


def test_a_report_that_only_its_name_dates_reviews_the_year_before() -> None:
    text = "2031年政府工作报告\n产值完成90亿元，增长6%；新建学校3所。"
    assert told(text) == ["90亿元 2030 actual", "6% 2030 actual", "3所 2030 actual"]


SPOKEN = (
    "2031年政府工作报告\n各位代表：\n现在，我代表县人民政府向大会报告工作，请予审议。\n{back}\n{ahead}\n"
    "一是抓项目。新建学校3所。"
)
BACK = (
    "{}，面对复杂形势，我们全力以赴稳增长，全县产值完成82亿元，增长6%；新增就业3200人，财政收入迈上新的台阶。"
    "去年新建公园4个。"
)


@pytest.mark.parametrize("back", ["去年", "过去一年", "过去的一年"])
@pytest.mark.parametrize(
    "ahead",
    [
        "今年，我们将坚持稳中求进，把产值增长7%作为目标，着力抓好各项工作，推动全县经济社会高质量发展再上新台阶。",
        "做好今年工作，我们要坚持稳中求进。产值增长7%，着力抓好各项工作，推动全县经济社会高质量发展再上新台阶。",
        "今年是关键之年。今年的主要预期目标是：产值增长7%，着力抓好各项工作，推动全县经济社会再上新台阶。",
    ],
)
def test_a_report_without_headings_turns_to_the_year_it_is_given_in(back: str, ahead: str) -> None:
    found = told(SPOKEN.format(back=BACK.format(back), ahead=ahead), review=REVIEW, plan=PLAN)
    assert found == [
        *("82亿元 2030 actual", "6% 2030 actual", "3200人 2030 actual", "4个 2030 actual"),
        *("7% 2031 target", "3所 2031 target"),
    ]


@pytest.mark.parametrize(
    ("title", "heading", "years"),
    [
        # what was summed up is a whole year, or not
        ("石桥镇2030年工作总结", "下一步工作打算", "2031"),
        ("石桥镇2030年度工作总结", "下步工作计划", "2031"),
        ("石桥镇2030年工作总结", "下半年工作打算", "2030"),
        ("石桥镇2030年工作情况汇报", "下一步工作打算", "2030"),
        ("石桥镇2030年前三季度工作总结", "下一步工作打算", "2030"),
    ],
)
def test_the_next_step(title: str, heading: str, years: str) -> None:
    text = f"{title}\n一、2030年工作\n完成造林3万亩。\n二、{heading}\n新建公路10公里。"
    assert told(text, "work_summary", review=REVIEW) == ["3万亩 2030 actual", f"10公里 {years} target"]


@pytest.mark.parametrize(
    ("text", "published_on", "expected"),
    [
        ("上半年，全县财政收入6亿元，增长12%。", "2031-07-15", ["6亿元 2031 actual", "12% 2031 actual"]),
        ("记者获悉，去年全县财政收入6亿元。", "2031-01-20", ["6亿元 2030 actual"]),
        # nothing tells which, or the text does
        ("全县财政收入6亿元。", "2031-07-15", ["6亿元 - actual"]),
        ("记者获悉，去年全县财政收入6亿元。", "2031-07-20", ["6亿元 - actual"]),
        ("2029年，全县财政收入6亿元。上半年增长9%。", "2031-07-15", ["6亿元 2029 actual", "9% 2029 actual"]),
    ],
)
def test_the_day_of_publication_dates_what_names_no_year(text: str, published_on: str, expected: list[str]) -> None:
    assert told(text, "news", metadata=Metadata(published_on=published_on)) == expected
