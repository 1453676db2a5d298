"""The kind is told by the noun a title ends in, else by the formulas of the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.record import Metadata
from tasks.identity import IdentityRules, identify
from tasks.identity.kind import tell_kind

VOCABULARY = Path(__file__).parents[3] / "config" / "vocabulary"


@pytest.fixture(scope="module")
def rules():
    return IdentityRules.load(VOCABULARY).kinds


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("清河镇2020年度政府工作报告", "government_work_report"),
        ("2023年清河镇政府工作报告—全文", "government_work_report"),
        ("政府工作报告（2021年1月8日）", "government_work_report"),
        ("在清河县第十七届人民代表大会第一次会议上的政府工作报告", "government_work_report"),
        ("清河街道办事处工作报告", "government_work_report"),
        ("清河镇2022年工作总结及2023年工作计划", "work_summary"),
        ("2023年上半年工作总结和下半年工作打算", "work_summary"),
        ("清河镇2021年度法治政府建设工作情况的报告", "work_summary"),
        ("关于2020年国民经济和社会发展计划执行情况与2021年计划草案的报告", "work_summary"),
        ("清河镇2024年工作要点", "plan"),
        ("清河县国民经济和社会发展第十四个五年规划纲要", "plan"),
        ("2021年清河县国民经济和社会发展统计公报", "statistical_bulletin"),
        ("清河县第七次全国人口普查公报（第一号）", "statistical_bulletin"),
        ("关于印发2020年政府工作报告重点任务分解方案的通知", "notice"),
        ("清河镇村庄规划批前公示", "notice"),
        ("关于政府工作报告的决议", "other"),
        ("一图读懂清河县2024年政府工作报告", "other"),
        ("【图解】2024年清河县政府工作报告", "other"),
        ("数说2024年政府工作报告", "other"),
        ("视频|2024年政府工作报告", "other"),
        ("视频监控系统建设项目中标公告", "notice"),
        ("海报设计大赛工作方案", "plan"),
        ("解读《清河县2024年政府工作报告》", "other"),
        ("张立平县长作政府工作报告", "news"),
        ("张立平所作的政府工作报告", "government_work_report"),
        ("2024年清河县政府工作报告任务分解表", "plan"),
        ("清河县2023年法治政府建设情况报告", "work_summary"),
        ("关于清河县2022年财政预算执行情况和2023年财政预算草案的报告", "work_summary"),
        ("清河县2023年上半年经济运行情况", "statistical_bulletin"),
        ("清河县2023年1—9月主要经济指标完成情况", "statistical_bulletin"),
        ("清河镇召开2022年工作总结大会", "news"),
        ("镇领导走访慰问困难群众", "news"),
    ],
)
def test_a_title_tells_the_kind(rules, title, kind):
    text = "我们的工作取得进展。" * 5
    assert tell_kind(text, title, Metadata(), rules) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("各位代表：\n现在，我代表清河镇人民政府，向大会报告工作，请予审议。", "government_work_report"),
        ("新一年政府工作的总体要求是……今年经济社会发展的主要预期目标是：增长5%。", "government_work_report"),
        ("清河镇人民政府\n各村：\n按照要求，现将有关事项通知如下：\n一、加强领导。\n特此通知。", "notice"),
        ("本报讯（记者 王某）3月5日，清河镇举办春耕现场会，200余人参加。", "news"),
        ("2022年，清河镇聚焦产业。3月，清河镇新签项目6个。" * 12, "news"),
        ("一年来，我们抓产业、强治理。存在的问题：我们的项目偏少。", "work_summary"),
        ("\n".join(f"关于第{n}批项目的消息 2023-01-{n:02d}" for n in range(1, 9)), "listing"),
        ("(2031年2月8日 周川)\n过去的五年,是我省阔步前进的五年。\n产值达到50亿元。", "government_work_report"),
        ("（2031年2月8日 周川）\n春耕现场会在清河镇举办。", "other"),
        ("", "other"),
    ],
)
def test_a_text_without_a_title_tells_the_kind(rules, text, kind):
    assert tell_kind(text, None, Metadata(), rules) == kind


def test_news_that_tell_of_a_report_in_its_own_words_are_news(rules):
    """县长…代表县人民政府向大会作政府工作报告 stands in both; nobody in the news says 我们."""
    text = "2月9日上午，县长张立平代表县人民政府向大会作政府工作报告。记者 王清"
    assert tell_kind(text, "县长张立平作政府工作报告", Metadata(), rules) == "news"
    speech = "各位代表：\n现在，我代表县人民政府向大会作政府工作报告，请予审议。"
    assert tell_kind(speech, "县长张立平作政府工作报告", Metadata(), rules) == "government_work_report"


def test_a_part_of_a_report_headed_like_a_bulletin_makes_none(rules):
    text = "一、2019年经济运行情况\n2019年，全市实现生产总值1200亿元，增长7.5%，我们的工作取得新成效。"
    assert tell_kind(text, None, Metadata(), rules) != "statistical_bulletin"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("清河镇2020年政府工作报告", "notice"),
        ("清河县2020年国民经济和社会发展统计公报", "notice"),
        ("关于政府工作报告的决议", "other"),
    ],
)
def test_a_page_that_only_points_to_its_file_is_a_notice(title, kind):
    """It has the title of what is attached to it, and would be counted as a second report."""
    told = identify(
        text=f"{title}全文见附件。",
        title=title,
        metadata=Metadata(),
        clues=(),
        url="file:///x",
        fetched_on="2026-11-25",
        rules=IdentityRules.load(VOCABULARY),
        is_cover=True,
    )
    assert (told.kind, told.review_period, told.plan_period) == (kind, None, None)
