"""Paragraphs as a reader sees them, data tables, marks, files."""

# ruff: noqa: E501 -- a piece of markup reads best in one line
from __future__ import annotations

from collections.abc import Callable

import pytest

from schemas.document import CleanDocument, Table
from tasks.errors import Unprocessable

Clean = Callable[..., CleanDocument]
_P = "全镇完成工业总产值96.4亿元，同比增长7.2%，新增规模以上企业5家，总数达到43家。"


def _page(body: str) -> str:
    return f"<html><head><title>青禾镇工作总结</title></head><body><div id='zoom'><p>{_P}</p>{body}<p>{_P}</p></div></body></html>"


def _between(made: CleanDocument) -> str:
    """The text between the two paragraphs."""
    return made.text.removeprefix(_P + "\n").removesuffix("\n" + _P)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>　　一、总体情况</p>", "一、总体情况"),
        ("<p>&nbsp;&nbsp;&nbsp;&nbsp;一、总体情况&nbsp;</p>", "一、总体情况"),
        ("<p>第一行<br>第二行<br/><br />第三行</p>", "第一行\n第二行\n第三行"),
        ("<p>固定资产\n      投资</p>", "固定资产投资"),
        ("<p>GDP\n  growth</p>", "GDP growth"),
        ("<p>镇长　沈一鸣</p>", "镇长　沈一鸣"),
        ("<p>镇长&nbsp;&nbsp;沈一鸣</p>", "镇长  沈一鸣"),
        ("<p>增长<span>7</span><span>.2</span>%</p>", "增长7.2%"),
        ("<p>面积86km<sup>2</sup></p>", "面积86km2"),
        ("<p>甲&lt;乙&amp;丙 &#24180; &hellip; &zzz;</p>", "甲<乙&丙 年 … &zzz;"),
        ("<p>&nbspkm&nbsp&ltx</p>", "km <x"),
        ("<p>青禾<span style='display:none'>彩票</span>镇</p>", "青禾镇"),
        ("<p>青禾<span style='font-size:0px'>彩<b>票</b>站</span>镇</p>", "青禾镇"),
        ("<p>青\u200b禾\ufeff镇</p>", "青禾镇"),
        ("<div>第一段<div>第二段</div>第三段</div>", "第一段\n第二段\n第三段"),
        ("<pre>第一行\n第二行</pre>", "第一行\n第二行"),
        ("<ul><li>第一条<li>第二条</ul>", "第一条\n第二条"),
        ("<p></p><p>&nbsp;</p><p>　</p>", ""),
        ("<h2>标题行</h2>", "标题行"),
    ],
)
def test_paragraphs_read_as_on_the_screen(body: str, text: str, clean: Clean) -> None:
    assert (
        _between(clean(_page(body))) == text.strip() or clean(_page(body)).text == f"{_P}\n{_P}" == f"{_P}{text}\n{_P}"
    )


_TABLE = (
    "<table><thead><tr><th rowspan='2'>指标</th><th colspan='2'>数值</th></tr><tr><th>2020年</th><th>2021年</th></tr></thead>"
    "<tr><td>工业总产值<br>（亿元）</td><td>89.9</td><td>96.4</td></tr><tr><td>企业数（家）</td><td></td><td>43</td></tr></table>"
)


def _only(made: CleanDocument) -> Table:
    (table,) = made.tables
    return table


def test_a_table_keeps_its_rows_columns_spans_and_headers(clean: Clean) -> None:
    """Rows are lines, cells stand between tabs, and each cell knows its place in the text."""
    made = clean(_page(_TABLE))
    table = _only(made)
    assert made.text[table.start : table.end] == (
        "指标\t数值\n2020年\t2021年\n工业总产值（亿元）\t89.9\t96.4\n企业数（家）\t\t43"
    )
    assert (table.rows, table.columns) == (4, 3)
    cells = {(c.row, c.column): (made.text[c.start : c.end], c.row_span, c.column_span, c.header) for c in table.cells}
    assert cells == {
        (0, 0): ("指标", 2, 1, True),
        (0, 1): ("数值", 1, 2, True),
        (1, 1): ("2020年", 1, 1, True),
        (1, 2): ("2021年", 1, 1, True),
        (2, 0): ("工业总产值（亿元）", 1, 1, False),
        (2, 1): ("89.9", 1, 1, False),
        (2, 2): ("96.4", 1, 1, False),
        (3, 0): ("企业数（家）", 1, 1, False),
        (3, 1): ("", 1, 1, False),
        (3, 2): ("43", 1, 1, False),
    }


def test_a_table_inside_a_layout_table_is_a_table_and_the_outer_is_not(clean: Clean) -> None:
    made = clean(f"<html><body><table><tr><td>{_page(_TABLE)}</td><td></td></tr></table></body></html>")
    assert _only(made).rows == 4


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr><td><p>{_P}</p><p>{_P}</p></td></tr></table>",
        f"<table><tr><td>{f'<p>{_P}</p>' * 6}</td><td>侧栏</td></tr><tr><td></td><td></td></tr></table>",
    ],
)
def test_a_table_that_lays_out_text_is_dissolved(body: str, clean: Clean) -> None:
    made = clean(_page(body))
    assert made.tables == ()
    assert made.text.count(_P) >= 4


def test_headings_bold_and_alignment_are_marked(clean: Clean) -> None:
    body = (
        "<h2>第一章</h2><p align=center>中间一行</p><p style='text-align:right'>青禾镇</p>"
        "<p><strong>工业经济稳中有为。</strong>全年增长7.2%。</p><p><span style='font-weight:bold'>二、<span>安排</span></span>后文</p>"
    )
    made = clean(_page(body))
    assert [(mark.style, made.text[mark.start : mark.end]) for mark in made.marks] == [
        ("heading", "第一章"),
        ("centre", "中间一行"),
        ("right", "青禾镇"),
        ("bold", "工业经济稳中有为。"),
        ("bold", "二、安排"),
    ]


def test_files_are_found_by_ending_text_and_cms_habit(clean: Clean) -> None:
    body = (
        "<p><a href='files/2021.pdf'>报告全文</a><a href='/down/download.jsp?id=3'>下载</a>"
        "<a href='../img/附件 1.DOCX?v=2' title='附件'></a><a href='show.do?id=9'>决算表.xlsx</a>"
        "<a href='/index.html'>首页</a><a href='javascript:void(0)'>x.pdf</a><a href='file:///etc/passwd.pdf'>y</a></p>"
    )
    made = clean(_page(body))
    assert [(a.url, a.media_type and a.media_type.rpartition("/")[2][-5:], a.name) for a in made.attachments] == [
        ("http://www.yunze.gov.cn/art/2022/1/12/files/2021.pdf", "pdf", "报告全文"),
        ("http://www.yunze.gov.cn/down/download.jsp?id=3", None, "下载"),
        ("http://www.yunze.gov.cn/art/2022/1/img/%E9%99%84%E4%BB%B6%201.DOCX?v=2", "ument", "附件"),
        ("http://www.yunze.gov.cn/art/2022/1/12/show.do?id=9", "sheet", "决算表.xlsx"),
    ]
    assert not made.is_cover


def test_a_page_that_only_points_to_its_file_is_a_cover(clean: Clean) -> None:
    made = clean(
        "<html><head><title>青禾镇2021年政府工作报告</title></head><body><p>索引号：113309</p>"
        "<div id='zoom'><p>青禾镇2021年政府工作报告详见附件。</p><p><a href='1.pdf'>附件：报告.pdf</a></p></div></body></html>"
    )
    assert made.is_cover
    assert made.metadata.index_number == "113309"


def test_a_file_that_the_page_shows_in_a_frame_is_attached(clean: Clean) -> None:
    made = clean(
        "<html><head><title>青禾镇2021年政府工作报告</title></head><body><h1>青禾镇2021年政府工作报告</h1><div id='zoom'>"
        "<iframe src='/pdfjs/web/viewer.html?file=%2Fupload%2F1.pdf&page=1'></iframe><embed src='2.pdf' title='全文'>"
        "<object data='3.OFD'></object><iframe src='/share.html'></iframe><iframe src='about:blank'></iframe></div></body></html>"
    )
    assert [(a.url.rpartition("/")[2], a.name) for a in made.attachments] == [
        ("1.pdf", "1.pdf"),
        ("2.pdf", "全文"),
        ("3.OFD", "3.OFD"),
    ]
    assert made.is_cover


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("b.pdf", "file:///srv/in/b.pdf"),
        ("sub/b.pdf", "file:///srv/in/sub/b.pdf"),
        ("../b.pdf", None),
        ("sub/../../b.pdf", None),
        ("%2e%2e/b.pdf", None),
        ("/etc/b.pdf", None),
        ("file:///srv/in2/b.pdf", None),
        ("http://www.yunze.gov.cn/b.pdf", "http://www.yunze.gov.cn/b.pdf"),
    ],
)
def test_a_local_page_leads_to_no_file_outside_its_folder(href: str, url: str | None, clean: Clean) -> None:
    made = clean(_page(f"<p><a href='{href}'>文件</a></p>"), "file:///srv/in/a.html")
    assert [a.url for a in made.attachments] == ([url] if url else [])


@pytest.mark.parametrize(
    ("source", "reason"),
    [("<tr><td>1<td>2" * 60_000, "table_too_large"), ("<tr><td>1" * 500_000, "page_too_large")],
)
def test_a_table_without_end_is_refused(source: str, reason: str, clean: Clean) -> None:
    """Many cells, or so many that nothing is even outlined."""
    with pytest.raises(Unprocessable) as refusal:
        clean(_page(f"<table>{source}</table>"))
    assert refusal.value.reason == reason


def test_words_of_tools_are_values_inside_a_table(clean: Clean) -> None:
    """打印 below a text is a button; in a cell it is a task."""
    rows = "<table><tr><td>内容</td><td>单位</td></tr><tr><td>打印</td><td>办公室</td></tr></table>"
    made = clean(f"<html><body><div><p>{_P}</p><p>{_P}</p><p>附件</p>{rows}</div><p>【打印】【关闭】</p></body></html>")
    assert made.text == f"{_P}\n{_P}\n附件\n内容\t单位\n打印\t办公室"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>青禾镇人民政府</title>", "青禾镇2021年工作总结"),
        ("<title>青禾镇2021年工作总结_云泽县人民政府</title>", "青禾镇2021年工作总结"),
        ("<title>青禾镇2021年工作总结-青禾镇</title>", "青禾镇2021年工作总结"),
        ("", "青禾镇2021年工作总结"),
    ],
)
def test_the_title_is_found_though_the_title_element_names_the_site(head: str, title: str, clean: Clean) -> None:
    body = f"<p>青禾镇2021年工作总结</p><p>发布时间：2022-01-12 来源：青禾镇</p><div><p>{_P}</p><p>{_P}</p></div>"
    assert clean(f"<html><head>{head}</head><body>{body}</body></html>").title == title


def test_a_plain_text_sent_as_a_web_page_is_read_as_text(clean: Clean) -> None:
    made = clean(
        f"信息名称:青禾镇简报\n索 引 号: 113309\n{_P}\n青禾镇\n【打印本页】 【关闭窗口】\n主办单位:青禾镇人民政府"
    )
    assert (made.title, made.metadata.index_number, made.text) == ("青禾镇简报", "113309", f"{_P}\n青禾镇")
