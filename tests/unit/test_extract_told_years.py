"""Years and aims of whole texts: told once, in their first words, by what they plan, or by the line above."""

from __future__ import annotations

import pytest

from schemas.record import Kind, Period
from tests.told import findings, told

YEAR = Period.years(2030)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        # the first words hold for the text
        (
            "青石2029年农民人均收入达到4189元。\n在种植业方面，建成示范基地4个。",
            "news",
            ["4189元 2029 actual", "4个 2029 actual"],
        ),
        (
            "青石县“十五五”期间重视民生，累计投资6亿元。\n建成学校13所。参合率达到96%。2031年上线502人。",
            "news",
            ["6亿元 2026-2030 actual", "13所 2026-2030 actual", "96% 2030 actual", "502人 2031 actual"],
        ),
        # a text that tells nothing but what is to be done plans the year it names
        (
            "做好2031年工作，要全面推进城镇化建设。\n力争改造老旧小区205个，新建公园47个。确保营造林10万亩以上。",
            "news",
            ["205个 2031 target", "47个 2031 target", "10万亩 2031 target"],
        ),
        (
            "到2030年，力争产值达3亿元，比“十四五”末增1亿元；人口增长率控制在3‰以内。\n要保持水稻种植5000亩。",
            "news",
            ["3亿元 2030 target", "1亿元 2026-2030 target", "3‰ 2030 target", "5000亩 2026-2030 target"],
        ),
        (
            "今后五年我区的发展有了具体目标。要实现产值超过900亿元。\n力争2027年占比达50%，建成公园20个以上。",
            "news",
            ["900亿元 - target", "50% 2027 target", "20个 2027 target"],
        ),
        # 今年 is the year that is said to be one of a beginning
        (
            "政府工作报告指出，2031年是全面推进的开局之年。今年的主要预期目标是：产值增长10%，税收增长6%。\n新建公路30公里。",
            "news",
            ["10% 2031 target", "6% 2031 target", "30公里 2031 target"],
        ),
        # the dateline tells what 今年 is
        (
            "《政府工作报告》解读：十件实事\n发布时间：2031-03-17\n今年，我市将办好群众关心的“十件实事”\n1.改造道路118条。\n2.新增公交车50台。",
            "other",
            ["118条 2031 target", "50台 2031 target"],
        ),
        # goals of a year reach to the end of the paragraph
        (
            "2031年农业工作的主要任务目标是：产值达到31亿元。其中养殖业产值达到12亿元。农户收入达到4160元。",
            "other",
            ["31亿元 2031 target", "12亿元 2031 target", "4160元 2031 target"],
        ),
        # tasks that were met are none
        (
            "2031年我局承担的重点工作事项9项，均已按期完成。\n新建公路111公里，公交152台已投入使用。",
            "news",
            ["9项 2031 actual", "111公里 2031 actual", "152台 2031 actual"],
        ),
    ],
)
def test_what_is_told_once_holds_for_the_text(text: str, kind: Kind, expected: list[str]) -> None:
    assert told(text, kind) == expected


def test_what_stands_is_no_goal_of_a_plan() -> None:
    text = (
        "青石乡农机站2031年工作打算\n一、本乡农机发展概况\n全乡面积69平方公里，现有拖拉机40台。\n"
        "二、2031年工作任务\n新增拖拉机5台。"
    )
    expected = ["69平方公里 2030 actual", "40台 2030 actual", "5台 2031 target"]
    assert told(text, "plan", plan=Period.years(2031)) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("预计完成产值418亿元；\n财政收入59亿元；\n能耗降低4%。新建学校3所。", 3 * ["estimate"] + ["actual"]),
        ("1.预计完成产值418亿元；\n2.财政收入59亿元。", ["estimate", "actual"]),
        ("预计完成产值418亿元。\n财政收入59亿元。", ["estimate", "actual"]),
        ("各业平稳发展.预计完成产值92亿元。", ["estimate"]),
    ],
)
def test_a_line_that_ends_in_a_semicolon_ends_no_sentence(lines: str, expected: list[str]) -> None:
    text = f"一、2030年工作回顾\n{lines}"
    assert [line.split()[2] for line in told(text, review=YEAR)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("连续两年夺得金奖，省级企业13家。", ["13家 2030"]),
        ("石青路5月底前开工，建成公路17公里。9月份开学，解决学位500个。", ["17公里 2030", "500个 2030"]),
        ("固定资产投资扭转连续三年下降趋势增长1.4%。", ["1.4% 2030"]),
        ("出口是“十四五” 时期的4.08倍。", ["4.08倍 2030"]),
    ],
)
def test_a_span_of_years_is_of_its_clause(sentence: str, expected: list[str]) -> None:
    found = told(f"一、2030年工作回顾\n{sentence}", review=YEAR)
    assert [line.rsplit(" ", 1)[0] for line in found] == expected


def test_what_came_to_pass_in_a_month_says_nothing_of_the_clause_behind_it() -> None:
    def begins(sentence: str) -> list[str | None]:
        found = findings(f"一、2030年工作回顾\n{sentence}", review=YEAR)
        return [one.period.start if one.period else None for one in found]

    assert begins("石青路5月底前开工，建成公路17公里。") == ["2030-01-01"]
    assert begins("石青路4月建成公路21公里。") == ["2030-04-01"]


def test_what_is_spent_over_the_years_is_of_them_all_and_a_plan_by_name_is_no_time() -> None:
    five_years = Period.years(2026, 2030)
    text = "一、五年工作回顾\n“十五五”期间，工业投资累计达到37亿元，公路里程累计达到64公里。"
    assert told(text, review=five_years) == ["37亿元 2026-2030 actual", "64公里 2030 actual"]
    text = "一、2027年工作回顾\n已完成“十五五”国土空间规划，公交152台投入使用。"
    assert told(text, review=Period.years(2027)) == ["152台 2027 actual"]


def test_months_may_be_set_apart_by_spaces() -> None:
    text = "一、2030年工作回顾\n截止 10 月底，实现产值23亿元。截止10月底，实现税收2亿元。"
    assert len({line.split()[1] for line in told(text, review=YEAR)}) == 1


def test_a_chapter_before_the_review_explains_no_words() -> None:
    text = "石桥乡\n一、基本乡情\n全乡辖村12个。2028年外销9000吨。\n二、2030年工作开展情况\n新建学校3所。"
    assert told(text, "news") == ["12个 - actual", "9000吨 2028 actual", "3所 2030 actual"]
