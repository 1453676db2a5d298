"""The links of a listing that lead to documents, in the families of publishing systems."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.discover import Link, SourceFile, find_links
from tasks.errors import Unprocessable

BASE = "http://www.qinghe.example/zwgk/list/index.html"


def source(**more: Any) -> SourceFile:
    return SourceFile.model_validate({"name": "qinghe", "title": "清河镇", "listings": [{"url": BASE}], **more})


def found(page: str, **more: Any) -> list[tuple[str, str | None, str | None]]:
    """Path, title and date of each link."""
    links = find_links(page, BASE, source(**more))
    return [
        (
            link.url.removeprefix("http://www.qinghe.example"),
            link.title,
            link.published_on.isoformat() if link.published_on else None,
        )
        for link in links
    ]


NAVIGATION = """
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>
<li><a href="/hdjl/index.html">互动交流</a></li><li><a href="javascript:void(0)">无障碍</a></li></ul></div>
<div class="dqwz">您当前所在位置：<a href="/">首页</a> &gt; <a href="../">政务公开</a></div>
"""
FOOT = """
<div class="page">共3页 <a href="index_1.html">下一页</a> <a href="index_2.html">尾页</a> <a href="#">上一页</a></div>
<div class="foot"><a href="http://www.baishi.example/">白石区人民政府</a> <a href="/wzdt.html">网站地图</a>
<a href="mailto:zf@qinghe.example">邮箱</a></div>
"""

FAMILIES = {
    "TRS": (
        """<ul class="list"><li><a href="./202601/t20260108_101.html" target="_blank"
        title="清河镇2025年政府工作报告（2026年1月8日在镇第九届人民代表大会上）">清河镇2025年政府工作报告（2026...</a><span>2026-01-08</span></li>
        <li><a href="./202512/t20251230_99.html">关于春节值班的通知</a><span>2025-12-30</span></li></ul>""",
        [
            (
                "/zwgk/list/202601/t20260108_101.html",
                "清河镇2025年政府工作报告（2026年1月8日在镇第九届人民代表大会上）",
                "2026-01-08",
            ),
            ("/zwgk/list/202512/t20251230_99.html", "关于春节值班的通知", "2025-12-30"),
        ],
    ),
    "jcms dataproxy": (
        """<?xml version='1.0' encoding='UTF-8'?><datastore><nextgroup><![CDATA[
        <a href="/module/next.jsp"></a>]]></nextgroup><recordset><record><![CDATA[<li>
        <a href="/art/2026/1/8/art_12_345.html">
        工作报告</a><b>2026-01-08</b></li>]]></record>
        <record><![CDATA[<tr><td>
        <a href='/art/2026/1/7/art_12_344.html'>工作总结</a></td><td>[2026-01-07]</td></tr>]]></record>
        </recordset></datastore>""",
        [
            ("/art/2026/1/8/art_12_345.html", "工作报告", "2026-01-08"),
            ("/art/2026/1/7/art_12_344.html", "工作总结", "2026-01-07"),
        ],
    ),
    "jcms page with its records in a script": (
        """<div id="12"><script type="text/xml"><datastore><recordset>
        <record><![CDATA[<li><a href="/art/2026/1/8/art_12_345.html">工作报告</a></li>]]></record>
        </recordset></datastore></script></div>""",
        [("/art/2026/1/8/art_12_345.html", "工作报告", "2026-01-08")],
    ),
    "gkmlpt": (
        json.dumps(
            {
                "total": 2,
                "articles": [
                    {
                        "id": 4123,
                        "title": "清河镇2025年工作总结",
                        "url": "http://www.qinghe.example/gkmlpt/content/4/4123/post_4123.html",
                        "thumb_url": "http://www.qinghe.example/a.jpg",
                        "date": 1767801600,
                    },
                    {"id": 4122, "title": "<em>工作</em>计划", "post_url": "/gkmlpt/content/4/4122/post_4122.html"},
                ],
            }
        ),
        [
            ("/gkmlpt/content/4/4123/post_4123.html", "清河镇2025年工作总结", "2026-01-08"),
            ("/gkmlpt/content/4/4122/post_4122.html", "工作计划", None),
        ],
    ),
    "jpaas": (
        json.dumps(
            {
                "success": True,
                "data": {"html": '<ul><li><a href="/art/2026/1/8/art_1_2.html">报告</a> <i>2026-01-08</i></li></ul>'},
            }
        ),
        [("/art/2026/1/8/art_1_2.html", "报告", "2026-01-08")],
    ),
    "JSONP": (
        'jQuery1_2({"data":[{"DOCTITLE":"报告","DOCPUBURL":"./t20260108_5.html","DOCRELTIME":"2026-01-08 09:00"}]});',
        [("/zwgk/list/t20260108_5.html", "报告", "2026-01-08")],
    ),
    "table": (
        """<table><tr><th>序号</th><th>名称</th><th>日期</th></tr>
        <tr><td>1</td><td><a href="detail.jsp?key=11">工作报告</a></td><td>2026年1月8日</td></tr>
        <tr><td>2</td><td><a href="detail.jsp?key=10">工作总结</a></td><td>2026年1月7日</td></tr></table>""",
        [
            ("/zwgk/list/detail.jsp?key=11", "工作报告", "2026-01-08"),
            ("/zwgk/list/detail.jsp?key=10", "工作总结", "2026-01-07"),
        ],
    ),
    "rows with a column name before the title": (
        """<ul><li><a href="/gzdt/">[工作动态]</a><a href="a/11">工作报告</a><span>2026-01-08</span></li>
        <li><a href="/gzdt/">[工作动态]</a><a href="a/10">工作总结</a><span>2026-01-07</span></li></ul>""",
        [("/zwgk/list/a/11", "工作报告", "2026-01-08"), ("/zwgk/list/a/10", "工作总结", "2026-01-07")],
    ),
    "cards": (
        """<div><a href="a/11"><div class="day"><b>08</b><i>2026-01</i></div><h4>工作报告</h4>
        <p>各位代表：现在向大会报告</p></a>
        <a href="a/10"><div class="day"><b>07</b><i>2026-01</i></div><h4>工作总结</h4>
        <p>一年来，全镇上下</p></a></div>""",
        [("/zwgk/list/a/11", "工作报告", "2026-01-08"), ("/zwgk/list/a/10", "工作总结", "2026-01-07")],
    ),
    "terms before dates": (
        (
            "<dl><dt><a href='a/11'>工作报告</a></dt><dd>2026-01-08</dd>"
            "<dt><a href='a/10'>工作总结</a></dt><dd>2026-01-07</dd></dl>"
        ),
        [("/zwgk/list/a/11", "工作报告", "2026-01-08"), ("/zwgk/list/a/10", "工作总结", "2026-01-07")],
    ),
    "dates before terms": (
        (
            "<dl><dt>2026-01-08</dt><dd><a href='a/11'>工作报告</a></dd>"
            "<dt>2026-01-07</dt><dd><a href='a/10'>工作总结</a></dd></dl>"
        ),
        [("/zwgk/list/a/11", "工作报告", "2026-01-08"), ("/zwgk/list/a/10", "工作总结", "2026-01-07")],
    ),
    "lines without rows": (
        "<td>·<a href='a/11'>工作报告</a> (2026-01-08)<br>·<a href='a/10'>工作总结</a> (2026-01-07)<br></td>",
        [("/zwgk/list/a/11", "工作报告", "2026-01-08"), ("/zwgk/list/a/10", "工作总结", "2026-01-07")],
    ),
    "dates without a year": (
        "<ul><li><a href='a/11'>工作报告</a>[01-08]</li><li><a href='a/10'>工作总结</a>[01-07]</li></ul>",
        [("/zwgk/list/a/11", "工作报告", None), ("/zwgk/list/a/10", "工作总结", None)],
    ),
    "documents known by their address alone": (
        """<p><a href="content_123.htm">工作报告</a></p><p><a href="/info/1011/2345.htm">工作总结</a></p>
        <p><a href="/files/2025.docx">附件</a></p>""",
        [
            ("/zwgk/list/content_123.htm", "工作报告", None),
            ("/info/1011/2345.htm", "工作总结", None),
            ("/files/2025.docx", "附件", None),
        ],
    ),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_of_listings_is_read(family: str) -> None:
    page, expected = FAMILIES[family]
    assert found(page) == expected


@pytest.mark.parametrize(
    "family", [name for name, (page, _) in FAMILIES.items() if page.startswith("<") and "xml" not in page]
)
def test_navigation_around_a_list_is_passed_over(family: str) -> None:
    page, expected = FAMILIES[family]
    assert found(f"<html><body>{NAVIGATION}<div class='main'>{page}</div>{FOOT}</body></html>") == expected


def row(href: str, title: str = "报告", rest: str = "<span>2026-01-08</span>") -> str:
    return f"<li><a href='{href}'>{title}</a>{rest}</li>"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("..\\2026\\a.html", "/zwgk/2026/a.html"),
        ("  a.html\n", "/zwgk/list/a.html"),
        ("//www.qinghe.example/a.html", "/a.html"),
        ("HTTP://WWW.QINGHE.EXAMPLE:80/a.html#top", "/a.html"),
        ("?id=1&amp;x=2", "/zwgk/list/index.html?id=1&x=2"),
        ("/报告.html", "/%E6%8A%A5%E5%91%8A.html"),
        ("a.jsp?back=c:\\x", "/zwgk/list/a.jsp?back=c:%5Cx"),
    ],
)
def test_addresses_are_resolved_as_a_browser_does(href: str, url: str) -> None:
    assert found(row(href)) == [(url, "报告", "2026-01-08")]


def test_a_base_element_is_heeded() -> None:
    page = f"<head><base href='http://www.qinghe.example/other/'></head><ul>{row('a.html')}</ul>"
    assert found(page)[0][0] == "/other/a.html"


@pytest.mark.parametrize(
    "href",
    ["", "#", "#a", "javascript:go(1)", "mailto:a@qinghe.example", "tel:051988765432", "http://", "data:text/html,x",
     "/", "file:///etc/passwd", "index.html", "/a/b.jpg", "http://www.baishi.example/a.html", "http://sub.qinghe.example/a.html"],
)  # fmt: skip
def test_what_is_no_document_of_this_site_does_not_count_even_with_a_date(href: str) -> None:
    assert [url for url, _, _ in found(row(href) + row("good.html"))] == ["/zwgk/list/good.html"]


def test_www_makes_no_other_site_and_named_hosts_belong_to_it() -> None:
    page = row("http://qinghe.example/a.html") + row("http://xxgk.qinghe.example/b.html")
    assert len(find_links(page, BASE, source())) == 1
    assert len(find_links(page, BASE, source(other_hosts=["xxgk.qinghe.example"]))) == 2


def test_a_local_listing_leads_to_local_files() -> None:
    links = find_links(
        row("2025.html"), "file:///srv/list/index.html", source(listings=[{"url": "file:///srv/list/index.html"}])
    )
    assert [link.url for link in links] == ["file:///srv/list/2025.html"]


def test_patterns_decide_before_dates_do() -> None:
    page = row("/art/1.html", "工作报告") + row("/pic/2.html", "工作报告") + "<p><a href='/art/3.html'>通知</a></p>"
    assert [url for url, _, _ in found(page, include=["/art/"])] == ["/art/1.html", "/art/3.html"]
    assert [url for url, _, _ in found(page, exclude=["/pic/"])] == ["/art/1.html"]
    assert [url for url, _, _ in found(page, include=["html$"], titles=["报告"])] == ["/art/1.html", "/pic/2.html"]


def test_a_document_linked_twice_counts_once_with_its_whole_title() -> None:
    """A picture without words, a short title, the whole title."""
    page = (
        "<div><a href='a.html'><img src='a.jpg'></a></div>"
        + row("a.html", "清河镇政府工…", "")
        + row("a.html#x", "清河镇政府工作报告")
        + row("a.html", "清河镇…")
    )
    assert found(page) == [("/zwgk/list/a.html", "清河镇政府工作报告", "2026-01-08")]


@pytest.mark.parametrize(
    ("anchor", "title"),
    [
        ("<a href='a.html' title='全称'>全…</a>", "全称"),
        ("<a href='a.html' title='短'>比属性更长的标题</a>", "比属性更长的标题"),
        ("<a href='a.html' title='标题：工作报告 发布时间：2026-01-08'>工作…</a>", "工作报告"),
        ("<a href='a.html' title='http://www.qinghe.example/a.html'>报告</a>", "报告"),
        ("<a href='a.html'>· 工作 \n 报告</a>", "工作 报告"),
        ("<a href='a.html'><font>工作</font><font>报告</font></a>", "工作报告"),
        ("<a href='a.html'><span>2026-01-08</span><span>工作报告</span></a>", "工作报告"),
        ("<a href='content_1.htm'></a>", None),
    ],
)
def test_a_title_is_the_whole_one_and_never_the_date(anchor: str, title: str | None) -> None:
    assert found(f"<li>{anchor}<i>2026-01-08</i></li>")[0][1] == title


@pytest.mark.parametrize(
    ("page", "hint"),
    [
        ("", "no links at all"),
        ("<div id='app'></div><script>load('/api/list')</script>", "script"),
        ("各位代表", "no links at all"),
        ("{}", "no links at all"),
        ('{"articles": []}', "no links at all"),
        (NAVIGATION + FOOT, "include, exclude"),
    ],
)
def test_a_list_that_names_nothing_is_news(page: str, hint: str) -> None:
    with pytest.raises(Unprocessable) as caught:
        find_links(page, BASE, source())
    assert caught.value.reason == "no_links"
    assert BASE in caught.value.message
    assert hint in caught.value.message


_markup = st.lists(
    st.sampled_from(
        ["<ul>", "</ul>", "<li>", "</li>", "<a href='a.html'>", "<a href='//['>", "</a>", "2026-01-08", "[01-08]",
         "<td>", "<br>", "<![CDATA[", "<record>", "]]>", "</record>", "{", "}", '{"url":"/a.html","title":"t"}', "报告",
         "<base href='http://['>"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(_markup)
def test_any_markup_ends_in_links_or_in_news(page: str) -> None:
    try:
        links = find_links(page, BASE, source())
    except Unprocessable as error:
        links, reason = (), error.reason
    else:
        reason = "links" if links else "nothing at all"
    assert reason in ("links", "no_links")
    assert len({link.url for link in links}) == len(links)


def test_deeply_nested_data_is_no_way_to_fall_over() -> None:
    with pytest.raises(Unprocessable):
        find_links("[" * 100_000 + "]" * 100_000, BASE, source())


def test_a_picture_beside_a_date_is_no_document() -> None:
    """Buttons for sharing stand beside the date of a page, and have no words."""
    page = row("share.html", "<img src='a.png'>") + row("a.html")
    assert [url for url, _, _ in found(page)] == ["/zwgk/list/a.html"]


def test_a_date_in_the_head_of_a_page_makes_no_document_of_the_link_beside_it() -> None:
    head = "<div class='top'>今天是2026年1月8日 <a href='login.jsp'>登录</a></div>"
    rows = "".join(row(f"{number}.html", rest=" 2026-01-08") for number in range(3))
    assert [url for url, _, _ in found(f"{head}<ul>{rows}</ul>")] == [
        f"/zwgk/list/{number}.html" for number in range(3)
    ]


def test_a_list_of_one_row_is_a_list() -> None:
    assert len(found(f"<ul>{row('a.html')}</ul>")) == 1


def test_the_date_of_a_link_is_a_date() -> None:
    link = find_links(row("a.html"), BASE, source())[0]
    assert link == Link("http://www.qinghe.example/zwgk/list/a.html", "报告", date(2026, 1, 8))
