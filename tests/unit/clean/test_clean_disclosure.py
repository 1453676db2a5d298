"""Labels and values in the layouts that pages give them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from schemas.document import CleanDocument
from tasks.clean import CleanRules
from tasks.clean.disclosure import pairs_in, read_lines

Clean = Callable[..., CleanDocument]
_BODY = "<div>" + "<p>全镇完成工业总产值96.4亿元，同比增长7.2%，新增规模以上企业5家，总数达到43家。</p>" * 5 + "</div>"


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ("索 引 号:113309/2022-1", [("索引号", "113309/2022-1")]),
        ("索　引　号：113309", [("索引号", "113309")]),
        ("【索引号】：113309", [("索引号", "113309")]),
        ("文件编号: 发布机构:青禾镇", [("文件编号", ""), ("发布机构", "青禾镇")]),
        (
            "主题分类:其他 体裁分类:报告 组配分类:其他 青禾镇:规划、计划",
            [("主题分类", "其他"), ("体裁分类", "报告"), ("组配分类", "其他 青禾镇:规划、计划")],
        ),
        (
            "来源：青禾镇|发布时间：2022-01-12 10:20|浏览次数：12",
            [("来源", "青禾镇"), ("发布时间", "2022-01-12 10:20"), ("浏览次数", "12")],
        ),
        ("信息名称:关于名称:变更的批复", [("信息名称", "关于名称:变更的批复")]),
        ("全镇完成工业总产值96.4亿元。", []),
        ("我镇的工作名称：不是标签", []),
        ("", []),
    ],
)
def test_a_line_is_read_as_labels_and_values(line: str, pairs: list[tuple[str, str]], rules: CleanRules) -> None:
    assert [(pair.label, pair.value) for pair in pairs_in(line, rules)] == pairs


@pytest.mark.parametrize(
    ("block", "field", "value"),
    [
        ("<table><tr><td>索引号</td><td>113309</td></tr></table>", "index_number", "113309"),
        (
            "<table><tr><td>索引号:</td><td></td><td>文号:</td><td>青政〔2022〕1号</td></tr></table>",
            "index_number",
            None,
        ),
        (
            "<table><tr><td>索引号:</td><td></td><td>文号:</td><td>青政〔2022〕1号</td></tr></table>",
            "document_number",
            "青政〔2022〕1号",
        ),
        ("<ul><li>索引号：<span>113309</span></li><li>文号：</li></ul>", "index_number", "113309"),
        ("<ul><li>索引号：</li><li>发布机构：青禾镇</li></ul>", "index_number", None),
        ("<dl><dt>发布机构：</dt><dd><a href='#'>青禾镇</a></dd></dl>", "publisher", "青禾镇"),
        ("<div><label>发布机构：</label><div>青禾镇</div></div>", "publisher", "青禾镇"),
        ("<div><div>发布机构：</div><div>青禾镇</div></div>", "publisher", "青禾镇"),
        ("<p>索&nbsp;引&nbsp;号：113309</p>", "index_number", "113309"),
        ("<p>索引号：113309</p><p>废止日期：有效</p>", "validity", "有效"),
        ("<p>索引号：113309</p><p>成文日期：见正文</p>", "created_on", "见正文"),
        ("<p>索引号：113309</p><p>发布日期：2022-01-12 星期三</p>", "published_on", "2022-01-12"),
        ("<p>索引号：— —</p>", "index_number", None),
        ("<h1>青禾镇简讯</h1><p>2022年1月12日 10:20</p>", "published_on", "2022-01-12"),
        ("<h1>青禾镇简讯</h1><p>青政发〔2022〕 3号</p>", "document_number", "青政发〔2022〕3号"),
        ("<p>见<a href='3.html'>青政发〔2022〕3号</a></p>", "document_number", None),
        ("<p>今天是2022年3月4日 星期五</p>", "published_on", None),
        ("<!--<p>索引号：113309</p>-->", "index_number", None),
        ("<p>2022-01-12 10:20 来源：云泽日报 作者：沈一鸣</p>", "source", "云泽日报"),
        ("<p>2022-01-12 10:20 来源：云泽日报 作者：沈一鸣</p>", "author", "沈一鸣"),
    ],
)
def test_a_value_is_found_where_its_layout_puts_it(block: str, field: str, value: str | None, clean: Clean) -> None:
    made = clean(f"<html><body>{block}{_BODY}</body></html>", "http://www.yunze.gov.cn/info/1023/4411.htm")
    assert getattr(made.metadata, field) == value
    assert made.text.startswith("全镇完成")


def test_a_value_on_the_next_line_of_a_plain_text_is_found(rules: CleanRules) -> None:
    """A label at the end of a line waits for the next line that says something."""
    made, used = read_lines(["索引号: 113309", "内容概述:", "", "青禾镇2021年工作总结", "浏览量:"], rules)
    assert made.get("summary") == "青禾镇2021年工作总结"
    assert used == {0, 1, 3, 4}


@pytest.mark.parametrize(
    ("line", "day", "source"),
    [
        ("2019-08-16 11:36:56 [来源:云泽日报] [作者:沈一鸣]", "2019-08-16", "云泽日报"),
        ("2019年8月16日　来源：云泽日报", "2019-08-16", "云泽日报"),
        ("索引号: 113309 时间:2019-08-16 来源:云泽日报", "2019-08-16", "云泽日报"),
        ("索引号: 113309 时间:下午三点 来源:云泽日报", None, "云泽日报"),
        # the day of an assembly is none of publication
        ("2019年8月16日", None, None),
    ],
)
def test_the_dateline_of_a_plain_text_tells_its_day(
    line: str, day: str | None, source: str | None, rules: CleanRules
) -> None:
    made, _ = read_lines(["青禾镇上半年经济稳中向好", line], rules)
    assert (made.get("published_on"), made.get("source")) == (day, source)


def test_the_line_over_the_dateline_of_a_plain_text_is_its_title(clean: Clean) -> None:
    body = "上半年，全镇完成财政收入6亿元，同比增长8%，各项工作有序推进，群众生活持续改善，社会大局和谐稳定。\n" * 3
    dateline = "2019-08-16 11:36:56 [来源:云泽日报]"
    assert clean(f"青禾镇：上半年经济稳中向好\n{dateline}\n{body}").title == "青禾镇：上半年经济稳中向好"
    assert clean(f"首页 > 政务公开 > 工作动态\n{dateline}\n{body}").title is None


def test_block_and_meta_tag_that_disagree_are_a_warning(clean: Clean) -> None:
    head = '<meta name="PubDate" content="2022-02-01"><meta name="ArticleTitle" content="青禾镇简报">'
    block = "<p>发布日期：2022-01-12</p><p>信息名称：青禾镇2021年工作总结</p>"
    made = clean(f"<html><head>{head}</head><body>{block}{_BODY}</body></html>")
    assert [(w.code, w.found, w.likely) for w in made.warnings] == [
        ("date_conflict", "2022-02-01", "2022-01-12"),
        ("title_conflict", "青禾镇简报", "青禾镇2021年工作总结"),
    ]
    assert made.title == "青禾镇2021年工作总结"


def test_contact_lines_at_the_head_of_a_notice_are_its_text(clean: Clean) -> None:
    """联系人 and 联系电话 are labels elsewhere; without a sure label beside them they open a text."""
    made = clean(
        f"<html><body><div><p>青禾镇招聘公告</p><p>联系人：沈一鸣 联系电话：0599-1234567</p>{_BODY}</div></body></html>"
    )
    assert made.text.split("\n")[:2] == ["青禾镇招聘公告", "联系人：沈一鸣 联系电话：0599-1234567"]
