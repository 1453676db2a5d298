"""News of reports, speeches and short summaries: which of their figures are of what was done, and of which years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.record import Kind, Metadata, Period
from tasks.segment import segment_document
from tests.made import normal as normal_of
from tests.told import SEGMENT, findings
from tests.told import told as told_of

OPENING = "云溪区人民代表大会第四次会议开幕，区长周川作政府工作报告。"


def told(text: str, kind: Kind = "news", published_on: str | None = None) -> list[str]:
    """One line a number of news: value as written, year, status."""
    return told_of(text, kind, metadata=Metadata(published_on=published_on))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what the day, the name of the report or a word of aim says of the years holds for 去年 and 今年
        (
            f"2031年1月8日，{OPENING}去年，全区产值达到50亿元，增长8%。引进项目6个。今年，全区将实施项目9个。新建学校2所。",
            ["50亿元 2030 actual", "8% 2030 actual", "6个 2030 actual", "9个 2031 target", "2所 2031 target"],
        ),
        (
            f"云溪区2031年政府工作报告出炉\n昨日，{OPENING}过去一年，引进项目6个。今年，产值增长8%。",
            ["6个 2030 actual", "8% 2031 target"],
        ),
        (
            f"{OPENING}报告显示，引进项目6个，产值50亿元，同比增长8%。2031年全区发展的主要预期目标是：产值增长9%。新建学校2所。",
            ["6个 - actual", "50亿元 - actual", "8% - actual", "9% 2031 target", "2所 2031 target"],
        ),
        (
            f"{OPENING}周川在回顾过去一年工作时表示，引进项目6个。谈及2031年工作，周川指出，全区将突出项目，产值增长9%。",
            ["6个 2030 actual", "9% 2031 target"],
        ),
        # a day is none of the years a sentence is about
        (f"2031年1月8日，{OPENING}记者获悉，全区有学校86所。今年将新建2所。", ["86所 - actual", "2所 2031 target"]),
        # the labels of a box; headlines that open with the time
        (
            f"2031年1月8日，{OPENING}\n成绩：产值50亿元。\n目标：产值增长9%，新建学校2所。",
            ["50亿元 2030 actual", "9% 2031 target", "2所 2031 target"],
        ),
        (
            "回顾2030：新建学校6所\n总投资2亿元。\n展望2031：新建学校9所\n总投资3亿元。",
            ["6所 2030 actual", "2亿元 2030 actual", "9所 2031 target", "3亿元 2031 target"],
        ),
        # several years, looked back and ahead on
        (
            f"2031年1月8日，{OPENING}过去五年，新建学校36所。未来五年，新建学校40所。",
            ["36所 2026-2030 actual", "40所 2031-2035 target"],
        ),
        # given in December: 今年 is what was done
        (
            f"2030年12月28日，{OPENING}今年，全区新建学校6所。明年，新建学校9所。",
            ["6所 2030 actual", "9所 2031 target"],
        ),
        # half a year is done, the other half planned
        (
            "记者2030年7月15日获悉，今年上半年，全县新开工项目23个。下半年，该县将新增企业12家。",
            ["23个 2030 actual", "12家 2030 target"],
        ),
        # months and quarters are of the year they are told in
        (
            "2030年1-9月，全区完成投资12亿元。四季度，全区将开工项目86个。2031年，计划实施项目99个。",
            ["12亿元 2030 actual", "86个 2030 target", "99个 2031 target"],
        ),
        # without any year the status is known all the same
        ("去年，全镇粮食产量2.6万吨。今年的主要目标是：粮食产量2.7万吨。", ["2.6万吨 - actual", "2.7万吨 - target"]),
        (
            "去年，该县新建学校5所。今年，该县计划新建学校8所，新增学位900个。",
            ["5所 - actual", "8所 - target", "900个 - target"],
        ),
        ("今年以来，全镇拆除违建12处。下一步，该镇将建设管网8公里。", ["12处 - actual", "8公里 - target"]),
        # a growth over the year before tells that it was done
        ("今年，全县新建学校5所，同比增长8%。去年同期新建4所。", ["5所 - actual", "8% - actual", "4所 - actual"]),
        ("会议通报，2030年全区新建学校6所。会议要求，2031年新建学校9所。", ["6所 2030 actual", "9所 2031 target"]),
    ],
)
def test_a_sentence_is_placed_by_the_time_before_its_first_figure(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_the_day_of_publication_tells_the_years_that_the_text_leaves_out() -> None:
    text = f"{OPENING}去年，引进项目6个。今年将引进项目9个。"
    assert told(text) == ["6个 - actual", "9个 - target"]
    assert told(text, published_on="2031-01-09") == ["6个 2030 actual", "9个 2031 target"]
    assert told(text, published_on="2031-07-09") == ["6个 - actual", "9个 - target"]


def test_the_year_in_the_title_of_news_is_not_the_one_under_review() -> None:
    text = f"{OPENING}去年，引进项目6个。过去五年，新建学校36所。2031年，全区将引进项目9个。"
    found = findings(text, "news", review=Period.years(2031))
    assert [one.period and one.period.end[:4] for one in found] == ["2030", "2030", "2031"]
    assert [one.status for one in found] == ["actual", "actual", "target"]


def test_news_that_quote_the_opening_of_a_report_are_none() -> None:
    opening = "2031年1月8日，区长周川代表云溪区人民政府向大会报告工作。"
    text = f"{opening}过去的一年，引进项目6个。今年，将引进项目9个。"
    assert told(text, kind="government_work_report") == ["6个 2030 actual", "9个 2031 target"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去年以来，全镇围绕县委确定的目标任务，新建学校3所。按照年初工作目标，硬化道路26公里。", ["3所", "26公里"]),
        ("2030年，街道将党建工作融入基层治理，建立网格126个。一年来，解决诉求36件。", ["126个", "36件"]),
        ("下半年，全县新建学校6所。去年新建4所。全镇签订目标任务书36份。", ["6所", "4所", "36份"]),
        ("今年，全镇紧盯发展目标，新增企业6家，税收同比增长12%。去年新增4家。", ["6家", "12%", "4家"]),
    ],
)
def test_aims_that_were_worked_for_are_no_plan(text: str, expected: list[str]) -> None:
    assert [line.split()[0] for line in told(text) if line.endswith("actual")] == expected


@given(st.text(alphabet="去今明年，将目标2031：。\n建3个回顾展望报告作政府工作", max_size=60))
def test_sections_of_news_cover_the_text(text: str) -> None:
    sections = segment_document(normal_of(text, kind="news", review_period=None, plan_period=None), SEGMENT)
    outer = [one for one in sections if one.level == 1]
    assert [one.start for one in outer] == [0, *(one.end for one in outer[:-1])][: len(outer)]
    assert not text or outer[-1].end == len(text)


def test_news_that_only_look_back_are_of_the_years_they_name() -> None:
    text = (
        "1月12日，云溪镇人民代表大会第一次会议召开，镇长周川作政府工作报告，报告分为过去五年工作回顾、今后五年的目标、"
        "2032年主要工作安排三部分。\n报告认为，2027—2031年是云溪镇稳步发展的五年。2031年，全镇预计实现产值26亿元，年均增长14%。"
        "全镇拥有合作社78家。"
    )
    assert told(text) == ["26亿元 2031 estimate", "14% 2027-2031 estimate", "78家 2031 actual"]


def test_a_reporter_writes_news_though_the_title_says_report() -> None:
    text = (
        "云溪县人代会胜利召开\n2月16日，会议开幕。县长周川作报告。全文有四块：一是2030年政府工作回顾；"
        "二是2031年政府工作总体安排。\n报告指出：2030年，全县产值11亿元，同比增长14%。\n"
        "报告提出：今年要确保产值增长15%以上，新建公路44公里。"
    )
    assert told(text, "government_work_report") == [
        *("11亿元 2030 actual", "14% 2030 actual", "15% 2031 target", "44公里 2031 target")
    ]


def test_the_day_above_news_tells_this_year_in_any_month() -> None:
    text = "2031-04-17 09:01\n云溪镇人代会召开。一年来，发展良好。2030年，产值18亿元。今年，该镇将新建学校3所。"
    assert told(text) == ["18亿元 2030 actual", "3所 2031 target"]
