"""Status and period of the numbers of invented passages, cut and read as the chain does."""

from __future__ import annotations

import pytest

from schemas.record import Period
from tests.told import told

YEAR = Period.years(2030)
FIVE_YEARS = Period.years(2026, 2030)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # a change measured from the year the sentence opens with is of the years since
        ("与2025年相比，2030年产值达到50亿元，净增12亿元。", ["50亿元 2030 actual", "12亿元 2026-2030 actual"]),
        ("与2025年相比，2030年产值达到50亿元，同比增长7%。", ["50亿元 2030 actual", "7% 2030 actual"]),
        # so is a yearly mean, also beside the year that the span ends with
        ("2030年产值达到50亿元，年均增长6%。", ["50亿元 2030 actual", "6% 2026-2030 actual"]),
        ("2030年产值达到50亿元，增长6%。", ["50亿元 2030 actual", "6% 2030 actual"]),
        ("利用外资五年累计达到9亿元，存款余额达到30亿元。", ["9亿元 2026-2030 actual", "30亿元 2030 actual"]),
        # what is come to, a standard, a milestone stand at the end
        ("审批时间压缩至5天。", ["5天 2030 actual"]),
        ("产值迈上30亿元台阶。", ["30亿元 2030 actual"]),
        # a share that was kept runs through the years
        ("民生支出占比保持在70%以上。", ["70% 2026-2030 actual"]),
        ("民生支出占比达到70%。", ["70% 2030 actual"]),
        # a multiple is of the time of what stands beside it
        ("公路总里程达到61公里，是2025年的1.4倍。", ["61公里 2030 actual", "1.4倍 2030 actual"]),
        # what goes on with a sentence of the last year is of that year, unless it adds up or is a mean
        ("2030年产值达到50亿元。税收6亿元，增长9%。", ["50亿元 2030 actual", "6亿元 2030 actual", "9% 2030 actual"]),
        ("2030年产值达到50亿元。累计税收60亿元。", ["50亿元 2030 actual", "60亿元 2026-2030 actual"]),
        ("2030年产值达到50亿元。税收年均增长9%。", ["50亿元 2030 actual", "9% 2026-2030 actual"]),
        ("2030年产值达到50亿元。引进项目6个。", ["50亿元 2030 actual", "6个 2026-2030 actual"]),
        # what is come to from a sum over years is one over years; what adds up is no stock beside a stock
        ("招商引资由“十四五”时期的6亿元增加到11亿元。", ["6亿元 2021-2025 actual", "11亿元 2026-2030 actual"]),
        (
            "产值突破50亿元，是2025年的1.4倍；累计完成投资90亿元。",
            ["50亿元 2030 actual", "1.4倍 2030 actual", "90亿元 2026-2030 actual"],
        ),
        ("园区建成区达到8平方公里，集聚企业46家。", ["8平方公里 2030 actual", "46家 2030 actual"]),
        ("茶园面积发展到2800亩，年产茶12吨。", ["2800亩 2030 actual", "12吨 2030 actual"]),
        # a goal that was passed was set for the end
        (
            "产值由2025年的20亿元增加到50亿元，比“十五五”规划目标40亿元超过10亿元。",
            ["20亿元 2025 actual", "50亿元 2030 actual", "40亿元 2030 target", "10亿元 2030 actual"],
        ),
        # two numbers of one name stand at the same time
        ("城乡住房面积分别达到28平方米和32平方米。", ["28平方米 2030 actual", "32平方米 2030 actual"]),
        # a ratio that was started from is of the base
        (
            "三次产业比例由2025年的20:40:40调整到2030年的10:50:40。",
            [*(f"{n} 2025 actual" for n in (20, 40, 40)), *(f"{n} 2030 actual" for n in (10, 50, 40))],
        ),
    ],
)
def test_in_a_review_of_five_years(sentence: str, expected: list[str]) -> None:
    assert told(f"一、过去五年工作回顾\n{sentence}", review=FIVE_YEARS) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "到2035年，产值达到90亿元，年均增长9%；新增就业5000人，单位产值能耗下降18%，城镇化率达到60%。",
            ["90亿元 2035", "9% 2031-2035", "5000人 2031-2035", "18% 2031-2035", "60% 2035"],
        ),
        ("到2033年，新增就业5000人。", ["5000人 2033"]),
        ("2035年，新增就业5000人，产值增长9%。", ["5000人 2035", "9% 2035"]),
    ],
)
def test_among_the_goals_of_five_years(sentence: str, expected: list[str]) -> None:
    text = f"一、过去五年工作回顾\n新建学校3所。\n二、今后五年奋斗目标\n{sentence}"
    plan = Period.years(2031, 2035)
    found = told(text, review=FIVE_YEARS, plan=plan)[1:]
    assert found == [f"{one} target" for one in expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("计划改造危房120户，目前完成86户。", ["120户 2030 target", "86户 2030 actual"]),
        ("年度计划投资9亿元，实际完成投资8亿元。", ["9亿元 2030 target", "8亿元 2030 actual"]),
        ("实施三年行动计划，新建公园4个。", ["4个 2030 actual"]),
        ("入选人才计划创业项目4个。", ["4个 2030 actual"]),
        ("下一步，我镇将新建公园4个。", ["4个 2030 target"]),
        ("我镇将新建公园4个纳入清单。", ["4个 2030 actual"]),
        ("到2035年，城镇化率达到60%。", ["60% 2035 target"]),
    ],
)
def test_intentions_told_in_a_review(sentence: str, expected: list[str]) -> None:
    assert told(f"一、2030年工作回顾\n{sentence}", review=YEAR) == expected


def test_what_will_stand_by_a_year_is_a_target() -> None:
    assert told("根据安排，到2031年底，全市将新建学校3所。", "news") == ["3所 2031 target"]


def test_what_a_news_report_says_was_proposed_is_a_target_to_the_end_of_the_paragraph() -> None:
    text = "2030年，全市产值50亿元。\n报告提出，新建公园40个。2031年，产值增长6%。\n会后，代表提交建议30件。"
    assert told(text, "news")[1:3] == ["40个 2031 target", "6% 2031 target"]
    assert told(text, "news")[0].endswith("actual")
    assert told(text, "news")[-1].endswith("actual")


@pytest.mark.parametrize("note", ["预计数，下同", "预计完成数，下同", "预计，下同"])
def test_a_note_makes_estimates_of_the_paragraph(note: str) -> None:
    text = f"一、2030年工作回顾\n产值50亿元（{note}）。税收9亿元。\n投资8亿元。"
    assert told(text, review=YEAR) == ["50亿元 2030 estimate", "9亿元 2030 estimate", "8亿元 2030 actual"]


def test_what_stands_before_the_first_chapter_is_of_the_time_under_review() -> None:
    text = "清河镇辖8个村，户籍人口3万人。\n一、主要工作\n新建公园4个。"
    assert told(text, "work_summary", review=YEAR) == ["8个 2030 actual", "3万人 2030 actual", "4个 2030 actual"]


def test_a_share_of_an_earlier_year_is_of_the_year_it_stands_in() -> None:
    text = "一、2030年工作回顾\n旅游收入32亿元，恢复到2025年的112%。"
    assert told(text, review=YEAR) == ["32亿元 2030 actual", "112% 2030 actual"]


def test_what_is_to_add_up_over_the_years_of_a_plan_is_of_its_years() -> None:
    text = "一、过去五年工作回顾\n五年来新建学校9所。\n二、2031-2035年奋斗目标\n五年累计完成投资90亿元，新增就业2万人。"
    assert told(text, review=FIVE_YEARS) == [
        "9所 2026-2030 actual",
        "90亿元 2031-2035 target",
        "2万人 2031-2035 target",
    ]


def test_what_was_reached_so_far_is_no_hope() -> None:
    text = "一、2030年工作回顾\n力争税收突破5000万元，目前已入库4600万元。"
    assert told(text, review=YEAR) == ["5000万元 2030 target", "4600万元 2030 actual"]


def test_next_year_is_planned_though_no_year_is_known() -> None:
    text = "县卫生局工作总结\n今年以来，全县卫生工作取得新进展，得到上级充分肯定和干部群众的好评，成绩来之不易。\n"
    text += "新建村卫生室26个。\n明年，新建门诊楼2万平方米。培训村医260人。"
    assert told(text, "work_summary") == ["26个 - actual", "2万平方米 - target", "260人 - target"]


@pytest.mark.parametrize("word", ["（预测）", "预计", "预估"])
def test_what_is_foreseen_is_an_estimate(word: str) -> None:
    text = f"一、2030年工作回顾\n2030年{word}，产值50亿元，增长9%。税收6亿元。"
    assert told(text, review=YEAR) == ["50亿元 2030 estimate", "9% 2030 estimate", "6亿元 2030 actual"]


def test_the_year_planned_is_called_next_year_at_the_end_of_a_year() -> None:
    text = "云溪乡2030年工作总结\n一、主要工作情况\n新建公园4个。\n二、明年工作思路\n新建公园6个，今年续建2个。"
    assert told(text, "work_summary", review=YEAR) == ["4个 2030 actual", "6个 2031 target", "2个 2030 actual"]


def test_a_paragraph_on_what_is_to_come_needs_no_heading() -> None:
    text = (
        "云溪县水利局2030年度工作总结\n2030年，县水利局围绕目标任务，各项工作取得了较好成绩，得到干部群众好评。\n"
        "全年新建水库2座。\n下年度工作打算：新建水库3座。建设泵站6座。"
    )
    assert told(text, "work_summary", review=YEAR) == ["2座 2030 actual", "3座 2031 target", "6座 2031 target"]


@pytest.mark.parametrize("will", ["我们将加快推进", "全县将继续推进", "将进一步推进"])
def test_who_speaks_of_what_will_be_done_intends_it(will: str) -> None:
    assert told(f"一、2030年工作回顾\n四季度，{will}在建项目26个。", review=YEAR) == ["26个 2030 target"]


def test_the_year_of_a_text_is_not_the_first_of_several_it_compares() -> None:
    text = "近年来，我县教育有长足发展。2026年，全县有小学71所。到2030年，调整为52所。五年来新建校舍4万平方米。"
    assert told(text, "other") == ["71所 2026 actual", "52所 2030 actual", "4万平方米 - actual"]


def test_no_year_is_guessed() -> None:
    text = "20XX年，全镇产值50亿元，增长9%。\n一、工业\n一年来，新增企业6家。"
    assert told(text, "work_summary") == ["50亿元 - actual", "9% - actual", "6家 - actual"]
