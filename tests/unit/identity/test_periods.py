"""The years under review and planned are told by headings, titles, opening years and the day of the assembly."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.record import Metadata, Period
from tasks.identity import IdentityRules
from tasks.identity.periods import tell_periods
from tasks.identity.years import years_in

VOCABULARY = Path(__file__).parents[3] / "config" / "vocabulary"
REPORT = "government_work_report"


@pytest.fixture(scope="module")
def rules():
    return IdentityRules.load(VOCABULARY).periods


def told(rules, text, title=None, kind=REPORT, **metadata):
    periods = tell_periods(text, title, kind, Metadata(**metadata), "2026-11-25", rules)

    def short(period):
        if period is None:
            return None
        first, last = period.start, period.end
        if first.endswith("01-01") and last.endswith("12-31"):
            return first[:4] if first[:4] == last[:4] else f"{first[:4]}-{last[:4]}"
        return f"{first}/{last}"

    return short(periods[0]), short(periods[1])


@pytest.mark.parametrize(
    ("text", "title", "metadata", "expected"),
    [
        ("全县产值45亿元。", "云泽县2009年统计公报", {}, "2009"),
        ("全县产值45亿元。", "云泽县二00九年统计公报", {}, "2009"),
        ("2009年，全县产值45亿元。", "云泽县统计公报", {"published_on": "2011-03-15"}, "2009"),
        # else by the day
        ("（2010年3月15日）\n全县产值45亿元。", "云泽县统计公报", {}, "2009"),
        ("来源：统计局 2010-03-15\n全县产值45亿元。", "云泽县统计公报", {}, "2009"),
        ("全县产值45亿元。", "云泽县统计公报", {"published_on": "2010-03-15"}, "2009"),
        ("全县产值45亿元。", "云泽县前三季度经济运行情况", {"published_on": "2010-10-25"}, "2010-01-01/2010-09-30"),
        ("全县产值45亿元。", "云泽县统计公报", {}, None),
    ],
)
def test_the_year_of_a_bulletin(rules, text, title, metadata, expected):
    assert told(rules, text, title, "statistical_bulletin", **metadata) == (expected, None)


PAST = "一年来，我们做了许多工作，完成投资3亿元，同比增长5%。"
PLAN = "今年经济社会发展的主要预期目标是：增长6%。重点抓好以下五个方面工作。"


HEADINGS = "“十三五”时期和2020年工作回顾\n{past}\n“十四五”时期的奋斗目标和主要任务\n2021年主要工作安排\n{plan}"
OPENING = "2024年是攻坚之年。全镇上下必须坚定信心，把握机遇，开拓进取，推动各项工作再上新台阶、再创新佳绩。\n{plan}"
FIVE = "一、过去五年工作回顾\n过去五年，我们砥砺前行。\n二、2022年工作安排\n{plan}\n——2022年1月8日在会上"
PLAN_NAME = (
    "一、“十一五”规划执行情况和政府工作回顾\n"
    "2010年是收官之年，一年来，全市上下抢抓机遇、克难攻坚，各项事业取得新的进步和成绩。{past}"
)


@pytest.mark.parametrize(
    ("text", "title", "metadata", "expected"),
    [
        ("一、2022年工作回顾\n{past}\n二、2023年工作计划\n{plan}", None, {}, ("2022", "2023")),
        (HEADINGS, None, {}, ("2020", "2021")),
        ("2018年：铆足干劲抓落实\n{past}\n2019年：砥砺前行开新局\n{plan}", None, {}, ("2018", "2019")),
        ("——2023年2月28日在清河镇人民代表大会会议上\n{past}\n{plan}", None, {}, ("2022", "2023")),
        ("——2020年12月27日在会议上\n{past}\n{plan}", "清河镇2020年度政府工作报告", {}, ("2020", "2021")),
        (
            "——2006年1月\n一、2005年工作回顾\n{past}\n二、2006年工作安排\n{plan}",
            "清河镇政府工作报告",
            {},
            ("2005", "2006"),
        ),
        ("（2006年12月）\n一、工作回顾\n{past}\n{plan}", "清河镇政府工作报告", {}, ("2006", "2007")),
        ("（二〇二一年一月八日）\n{past}\n{plan}", "政府工作报告", {}, ("2020", "2021")),
        ("{past}\n{plan}", "2010年清河市政府工作报告", {}, ("2009", "2010")),
        ("{past}\n{plan}", "清河市政府工作报告", {"published_on": "2016-02-03"}, ("2015", "2016")),
        ("{past}", "清河市政府工作报告", {"published_on": "2016-02-03"}, ("2015", None)),
        (OPENING, None, {}, (None, "2024")),
        (FIVE, "政府工作报告", {}, ("2017-2021", "2022")),
        ("一、2021年工作回顾\n{past}\n二、今后五年的目标\n三、2022年重点工作\n{plan}", None, {}, ("2021", "2022")),
        (PLAN_NAME, None, {}, ("2010", None)),
        ("一、２００３年工作回顾\n{past}\n二、２００４年主要工作任务\n{plan}", None, {}, ("2003", "2004")),
        ("一、2021年工作回顾\n{past}\n二、2035年远景目标\n三、2022年重点工作\n{plan}", None, {}, ("2021", "2022")),
        ("一、2021年工作回顾\n{past}\n二、新一年的主要任务\n{plan}", None, {}, ("2021", "2022")),
        ("一、2031年工作回顾\n{past}", None, {}, (None, None)),
        # put on the web years after it was given
        ("一、工作回顾\n{past}", "清河县2007年政府工作报告", {"published_on": "2012-04-14"}, ("2006", None)),
        ("一、工作回顾\n{past}", "清河县2011年政府工作报告", {"published_on": "2012-04-14"}, ("2011", None)),
        # since a year: up to the year before the report
        ("2003年以来，全县各项事业稳步推进。{past}", "清河县2007年政府工作报告", {}, ("2006", None)),
        ("——2006年10月18日在会议上\n2003年以来的工作回顾\n{past}", "政府工作报告", {}, ("2003-2005", None)),
        # what is expected of the year of the title is told at its end
        ("一、工作回顾\n预计2007年完成投资3亿元。{past}", "清河区2007年政府工作报告", {}, ("2007", None)),
        # a label is no heading
        ("时间：2003年\n一、2002年工作回顾\n{past}", "清河市2003年政府工作报告", {}, ("2002", None)),
    ],
)
def test_a_report_tells_its_years(rules, text, title, metadata, expected):
    assert told(rules, text.format(past=PAST, plan=PLAN), title, **metadata) == expected


@pytest.mark.parametrize(
    ("title", "kind", "expected"),
    [
        ("清河镇2022年工作总结及2023年工作计划", "work_summary", ("2022", "2023")),
        ("清河镇2022年工作总结", "work_summary", ("2022", None)),
        ("清河镇2022年度工作总结和下一年工作打算", "work_summary", ("2022", "2023")),
        ("二〇二二年工作总结和二〇二三年工作思路", "work_summary", ("2022", "2023")),
        ("2023年上半年工作总结和下半年工作计划", "work_summary", ("2023-01-01/2023-06-30", "2023-07-01/2023-12-31")),
        ("2023年一季度工作总结", "work_summary", ("2023-01-01/2023-03-31", None)),
        ("清河镇2024年工作要点", "plan", (None, "2024")),
        ("清河县“十四五”发展规划", "plan", (None, "2021-2025")),
        ("清河县国民经济和社会发展第十四个五年规划和2035年远景目标纲要", "plan", (None, "2021-2025")),
        ("清河县国民经济和社会发展第九个五年计划", "plan", (None, "1996-2000")),
        ("清河县2024年民生实事项目实施方案", "plan", (None, "2024")),
        ("清河县2022年财政预算执行情况和2023年财政预算草案的报告", "work_summary", ("2022", "2023")),
        ("清河县2023年政府信息公开工作年度报告", "work_summary", ("2023", None)),
        ("清河区2022年发展计划执行情况与2023年发展计划草案的报告", "work_summary", ("2022", "2023")),
        ("2021年清河县国民经济和社会发展统计公报", "statistical_bulletin", ("2021", None)),
        ("关于印发2024年工作要点的通知", "notice", (None, "2024")),
    ],
)
def test_a_title_tells_years(rules, title, kind, expected):
    assert told(rules, "我们抓产业、强治理。", title, kind) == expected


def test_half_a_year_is_planned_after_the_other():
    rules = IdentityRules.load(VOCABULARY).periods
    text = "一、主要工作\n我们抓产业。\n二、下半年工作打算\n我们强治理。"
    assert told(rules, text, "2023年上半年工作总结", "work_summary") == (
        "2023-01-01/2023-06-30",
        "2023-07-01/2023-12-31",
    )


GLUED = (
    "石桥镇“十一五”工作总结及“十二五”工作规划一、2010年工作总结今年以来,全镇上下紧扣目标,"
    "完成财政收入3100万元,同比增长14%,新修村道12公里,新建大棚700亩,植树造林400亩,群众的日子一天比一天红火,发展的基础更加牢固。{plan}"
)
WRAPPED = (
    "乡政府工作报告\n种植面积达900余亩。二是养羊业。一年来，我们重点抓好了\n三大基地建设，即：东坡、北坡和沿河羊业规划。"
    "2006年，全乡新\n栽果树600亩，成活率达到92%以上，总产值同比增长\n12%。至2006年底，全乡劳务收入2100万元。"
)
HALF_SENTENCE = "2015年上半年，全镇完成财政收入960万元，占全年任务的52%。\n一、农业\n我们种粮。"


@pytest.mark.parametrize(
    ("text", "kind", "metadata", "expected"),
    [
        # a sentence with 任务 in it is no heading of a plan
        (HALF_SENTENCE, "work_summary", {}, ("2015-01-01/2015-06-30", None)),
        (
            HALF_SENTENCE + "\n二、下半年工作计划\n" + PLAN,
            "work_summary",
            {},
            ("2015-01-01/2015-06-30", "2015-07-01/2015-12-31"),
        ),
        # without a year of its own, half a year is of the year it is published in
        (
            "南坪镇上半年工作总结\n" + PAST,
            "work_summary",
            {"published_on": "2021-07-20"},
            ("2021-01-01/2021-06-30", None),
        ),
        ("南坪镇工作总结\n" + PAST, "work_summary", {"published_on": "2021-03-20"}, ("2020", None)),
        (GLUED.format(plan=""), "work_summary", {}, ("2010", "2011-2015")),
        (GLUED.format(plan="二、2011年工作思路2011年,我们将再接再厉。"), "work_summary", {}, ("2010", "2011")),
        # 2016年以来 may open a tale of five years; alone it tells the year
        ("2016年以来，全县产值年均增长7%。\n二、2022年工作安排\n" + PLAN, REPORT, {}, (None, "2022")),
        (
            "2016年以来，全县产值增长7%，其它各项指标同比增长较快，群众的日子一天比一天好，村容焕然一新。",
            "work_summary",
            {},
            ("2016", None),
        ),
        # what is to be reached by a year is not told of it
        (
            "到2018年，全乡贫困人口全部脱贫，同比增长的收入让群众的日子一天比一天好，村容村貌焕然一新。",
            "work_summary",
            {},
            (None, None),
        ),
        # the sentence that announces the report
        ("现将2019年工作开展情况和2020年工作打算汇报如下，请审议。\n" + PAST, "work_summary", {}, ("2019", "2020")),
        ("现将2015年上半年重点工作推进情况汇报如下。\n" + PAST, "work_summary", {}, ("2015-01-01/2015-06-30", None)),
        (WRAPPED, REPORT, {}, (None, None)),
        ("南坪镇上半年工作总结\n" + PAST, "work_summary", {}, (None, None)),
    ],
)
def test_the_year_is_told_by_what_can_tell_it_alone(rules, text, kind, metadata, expected):
    assert told(rules, text, None, kind, **metadata) == expected


def test_news_look_back_on_the_year_they_open_with(rules):
    assert told(rules, "2024年，清河镇紧扣主题，新签项目16个。", None, "news") == ("2024", None)
    assert told(rules, "2024年3月5日，清河镇举办活动。", None, "news") == (None, None)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2020年度", ["2020-01-01"]),
        ("2023年2月28日", []),
        ("2016-2020年", []),
        ("二〇二三年工作", ["2023-01-01"]),
        ("2020政府工作报告", ["2020-01-01"]),
        ("1357工程", []),
        ("2023年下半年", ["2023-07-01"]),
    ],
)
def test_years_are_read_as_written(text, years):
    assert [year.period.start for year in years_in(text)] == years


@pytest.mark.parametrize("kind", ["news", "other"])
def test_what_is_announced_is_planned_and_reviews_nothing(rules, kind):
    text = "2031年，县政府将为群众办好十件实事：一、新建学校3所。"
    assert told(rules, text, kind=kind) == (None, "2031")


@pytest.mark.parametrize(
    ("text", "title", "metadata"),
    [
        ("临河市2029年统计公报\n年末有医院12所。", "临河市2029年统计公报", {}),
        ("2029临河市统计公报\n年末有医院12所。", "2029临河市统计公报", {}),
        ("临河市统计公报\n2030年3月25日\n年末有医院12所。", "临河市统计公报", {}),
        ("临河市统计公报\n年末有医院12所。", "临河市统计公报", {"published_on": "2030-04-02"}),
    ],
)
def test_a_bulletin_is_of_the_year_before_it_is_given_out(rules, text, title, metadata):
    assert tell_periods(text, title, "statistical_bulletin", Metadata(**metadata), "2031-01-01", rules)[0] == (
        Period.years(2029)
    )


def test_a_chapter_that_tells_what_came_about_is_a_review(rules):
    text = "临河市政府工作报告\n一、2001年各项事业继续保持良好势头，实现了“十五”计划的良好开局\n生产总值完成38亿元。\n"
    assert told(rules, text, "临河市政府工作报告")[0] == "2001"


def test_what_is_planned_behind_a_summary_of_no_year_is_planned(rules):
    text = "街道工作总结及2023年工作思路\n一、2022年亮点工作\n全街道完成产值2亿元，增长8%，各项工作圆满完成。"
    assert told(rules, text, kind="work_summary") == ("2022", "2023")


def test_a_report_that_closes_five_years_is_of_the_year_in_its_title(rules):
    text = "青石区2015年政府工作报告\n一、奋力拼搏，书写十二五新篇章\n五年来，全区产值增长较快，同比增长8%。"
    assert told(rules, text)[0] == "2011-2015"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("临河镇工作总结\n2018年是临河镇发展的关键一年，全镇完成产值3亿元，同比增长5%。", "2018临河镇工作总结"),
        ("临河镇工作总结\n2018年，全镇上下团结一心，完成产值3亿元，同比增长5%，取得可喜成绩。", "临河镇工作总结"),
    ],
)
def test_a_summary_put_on_the_web_years_later_is_of_its_own_year(rules, text, title):
    assert told(rules, text, title, "work_summary", published_on="2023-07-01")[0] == "2018"


def test_a_text_of_years_before_its_title_keeps_its_year(rules):
    text = "二〇一一年是“十二五”的开局之年，全局上下扎实工作，圆满完成了各项任务，为全县发展作出了贡献。"
    assert told(rules, text, "2015年农业局年终工作总结范文", "work_summary") == ("2011", None)


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("2023年，林泽镇将紧扣目标。主要预期目标是：产值增长7%以上。", None, (None, "2023")),
        ("2023年，林泽镇产值增长7%。", None, ("2023", None)),
        ("县政府重点抓好15件实事。", "清河县2020年将办好15件实事", (None, "2020")),
    ],
)
def test_news_look_back_or_ahead(rules, text, title, expected):
    assert told(rules, text, title, "news") == expected
