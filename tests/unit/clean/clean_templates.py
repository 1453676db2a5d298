"""Pages of an invented town in the templates that CMSs of government sites use.

``pages()`` gives every template in every body style; each can be encoded in several charsets.
"""

# ruff: noqa: E501 -- a piece of markup reads best in one line
from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

TITLE = "青禾镇2021年政府工作报告"
PARAGRAPHS = (
    TITLE,
    "——2022年1月6日在青禾镇第十六届人民代表大会第一次会议上",
    "镇长　沈一鸣",
    "各位代表：",
    "现在，我代表青禾镇人民政府向大会报告工作，请予审议，并请列席人员提出意见。",
    "一、2021年工作回顾",
    "（一）工业经济稳中有进。全年完成工业总产值96.4亿元，同比增长7.2%；新增规模以上工业企业5家，总数达到43家。",
    "（二）农业基础更加稳固。建成高标准农田2300亩，粮食总产量1.86万吨，“稻渔共作”基地扩大到1200亩。",
    "（三）民生实事件件落地。改造老旧小区3个，新建公厕6座，发放各类救助资金412.5万元，惠及群众1870人次。",
    "二、2022年工作安排",
    "今年的主要预期目标是：一般公共预算收入增长6%左右，固定资产投资增长10%，居民人均可支配收入增长8%以上。",
    "各位代表，蓝图已经绘就，奋斗正当其时。让我们同心协力、真抓实干，为建设富裕文明的新青禾而努力奋斗！",
    "青禾镇人民政府",
    "2022年1月10日",
)
METADATA = {
    "index_number": "11330999MB0X1234X7/2022-00015",
    "publisher": "云泽县青禾镇",
    "document_number": "青政发〔2022〕3号",
    "created_on": "2022-01-10",
    "published_on": "2022-01-12",
    "subject": "综合政务",
    "validity": "有效",
}
_NAV = "".join(
    f'<li><a href="/{n}/">{name}</a></li>'
    for n, name in enumerate(("首页", "政务公开", "办事服务", "互动交流", "走进青禾", "专题专栏", "数据发布"))
)
_SIDE = "".join(
    f'<li><a href="/art/2021/{n}/1/art_9_{n}.html">青禾镇召开第{n}次安全生产工作例会部署近期重点</a><span>2021-1{n % 3}-0{n}</span></li>'
    for n in range(1, 9)
)
_FOOT = (
    "<div><p>主办单位：云泽县青禾镇人民政府　地址：云泽县青禾镇人民路8号　邮编：330999</p>"
    "<p>网站标识码：3309990021　浙公网安备33099902000121号　浙ICP备05009999号-1</p></div>"
)


@dataclass(frozen=True)
class Page:
    """A page and what should be read from it."""

    name: str
    source: str
    body: str
    metadata: dict[str, str] = field(default_factory=dict)
    title: str = TITLE
    site_code: str | None = None


def paragraphs_style() -> str:
    """A ``p`` for each paragraph, the first ones centred, the signature on the right."""
    made = []
    for n, text in enumerate(PARAGRAPHS):
        align = "center" if n < 3 else "right" if n >= len(PARAGRAPHS) - 2 else "justify"
        indent = "" if n < 3 else "　　"
        made.append(f'<p style="text-align: {align}; line-height: 2em;">{indent}{html.escape(text, quote=False)}</p>')
    return "\n".join(made)


def soup_style() -> str:
    """One ``div``, lines ended by ``br`` and begun with full-width or no-break spaces."""
    lines = [
        f"{'&nbsp;&nbsp;&nbsp; ' if n % 2 else '　　'}{html.escape(text, quote=False)}"
        for n, text in enumerate(PARAGRAPHS)
    ]
    return f"<div>{'<br />'.join(lines)}<br></div>"


def word_style() -> str:
    """What Word leaves: ``MsoNormal``, a ``span`` for each few words, ``o:p``, an ``xml`` island."""
    made = ["<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"]
    for text in PARAGRAPHS:
        words = [text[n : n + 7] for n in range(0, len(text), 7)]
        spans = "".join(
            f'<span lang="EN-US" style="font-size:16.0pt;mso-bidi-font-size:12.0pt;font-family:仿宋_GB2312">{html.escape(word)}</span>'
            for word in words
        )
        made.append(
            '<p class="MsoNormal" style="text-indent:32.0pt;mso-char-indent-count:2.0;line-height:28.0pt">'
            f"<b style='mso-bidi-font-weight:normal'>{spans}</b><span lang=EN-US><o:p></o:p></span></p>"
        )
    return "\n".join(made)


STYLES: dict[str, Callable[[], str]] = {"p": paragraphs_style, "br": soup_style, "word": word_style}
CHARSETS = {"utf-8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030"}


def _page(head: str, block: str, body: str, *, above: str = "", below: str = "", title: str = TITLE) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="{{charset}}"><title>{title}_云泽县人民政府</title>{head}
<script>var a = "<div>不是正文，也不是标题，只是脚本里的一句话。</div>"; if (1 < 2) {{{{ a = 1; }}}}</script>
<style>.x > .y {{{{ color: red }}}}</style></head><body>
<div class="top"><span>今天是2022年3月4日</span><a href="/login">用户登录</a><a href="/wza">无障碍</a></div>
<ul class="menu">{_NAV}</ul>
<div class="place">您当前所在位置：<a href="/">首页</a> &gt; <a href="/xxgk/">信息公开</a></div>
{above}{block}
{body}
{below}
<div class="side"><h3>相关新闻</h3><ul>{_SIDE}</ul></div>
{_FOOT}
<div style="display:none">青禾彩票，注册即送八十八元，天天返水，信誉第一。</div>
</body></html>"""


def _meta_tags(site: str = "3309990021") -> str:
    return (
        f'<meta name="SiteName" content="云泽县人民政府"><meta content="{site}" name="SiteIDCode">'
        f'<META NAME="ArticleTitle" CONTENT="{TITLE}"><meta name="PubDate" content="2022-01-12 09:30">'
        '<meta name="ContentSource" content="青禾镇"><meta name="Author" content="null"><meta name="Keywords" content="">'
    )


def _ucap(body: str) -> Page:
    m = METADATA
    rows = (
        f"<tr><td><b>索 引 号：</b></td><td>{m['index_number']}</td><td><b>主题分类：</b></td><td>{m['subject']}</td></tr>"
        f"<tr><td><b>发文机关：</b></td><td>{m['publisher']}</td><td><b>成文日期：</b></td><td>2022年01月10日</td></tr>"
        f'<tr><td><b>标　　题：</b></td><td colspan="3">{TITLE}</td></tr>'
        f"<tr><td><b>发文字号：</b></td><td>{m['document_number']}</td><td><b>发布日期：</b></td><td>2022年01月12日</td></tr>"
    )
    block = f'<table class="bd1"><tbody>{rows}</tbody></table><table class="bd1"><tr><td><b>主 题 词：</b></td><td></td></tr></table>'
    held = f'<table width="650"><tr><td class="b12c" id="UCAP-CONTENT">{body}</td></tr></table>'
    wanted = {
        k: m[k] for k in ("index_number", "subject", "publisher", "created_on", "document_number", "published_on")
    }
    return Page("ucap", _page("", block, held), "", wanted)


def _trs(body: str) -> Page:
    m = METADATA
    block = (
        f'<div class="xxgk"><ul><li>索 引 号：{m["index_number"]}</li><li>发布机构：<span>{m["publisher"]}</span></li>'
        f"<li>生成日期：2022/01/10</li><li>文　　号：{m['document_number']}</li><li>有&nbsp;效&nbsp;性：有效</li></ul></div>"
        f"<h1>{TITLE}</h1><div class='info'>发布时间：2022-01-12 09:30　来源：青禾镇　浏览次数：<span>128</span>次　字号：【大 中 小】</div>"
    )
    held = f'<div class="view TRS_UEDITOR trs_paper_default"><div class="TRS_Editor">{body}</div></div>'
    wanted = {
        k: m[k] for k in ("index_number", "publisher", "created_on", "document_number", "published_on", "validity")
    }
    return Page("trs", _page(_meta_tags(), block, held), "", wanted | {"source": "青禾镇"}, site_code="3309990021")


def _jcms(body: str) -> Page:
    m = METADATA
    block = (
        f'<table class="xxgk_table"><tr><th>索引号</th><td>{m["index_number"]}</td><th>文号</th><td>{m["document_number"]}</td></tr>'
        f"<tr><th>发布机构</th><td>{m['publisher']}</td><th>生成日期</th><td>2022-01-10</td></tr>"
        f"<tr><th>主题分类</th><td>{m['subject']}</td><th>公开日期</th><td>2022-01-12</td></tr></table>"
    )
    held = (
        f'<form><div id="zoom"><!--ZJEG_RSS.content.begin--><meta name="ContentStart">{body}<meta name="ContentEnd">'
        "<!--ZJEG_RSS.content.end--></div><p>【打印本页】【关闭窗口】</p></form>"
    )
    head = '<meta name="Generator" content="大汉版通"><meta name="Maketime" content="2022-01-12 10:00:00">'
    wanted = {
        k: m[k] for k in ("index_number", "document_number", "publisher", "created_on", "subject", "published_on")
    }
    return Page("jcms", _page(head, block, held), "", wanted)


def _wuxi(body: str) -> Page:
    m = METADATA
    block = (
        f'<table><tr><td class="t">信息索引号</td><td><!--<$[SYH]>-->{m["index_number"]}<!--<$[SYH]>--></td>'
        "<td class='t'>生成日期</td><td><!--<$[SCRQ]>-->2022-01-10<!--<$[SCRQ]>--></td></tr>"
        "<!--<tr><td class='t'>公开方式</td><td>主动公开</td></tr>-->"
        f"<tr><td class='t'>文件编号</td><td>{m['document_number']}</td><td class='t'>公开日期</td><td>2022-01-12</td></tr>"
        f"<tr><td class='t'>发布机构</td><td>{m['publisher']}</td><td class='t'>效力状态</td><td>有效</td></tr>"
        "<tr><td class='t'>关键词</td><td>—  —</td><td class='t'>内容概述</td><td></td></tr></table>"
    )
    held = f"<div class='detail'><!--<$[信息内容]>begin-->{body}<!--<$[信息内容]>end--></div><div>附件：</div>"
    wanted = {
        k: m[k] for k in ("index_number", "created_on", "document_number", "published_on", "publisher", "validity")
    }
    return Page("wuxi", _page("", block, held), "", wanted)


def _suzhou(body: str) -> Page:
    m = METADATA
    pairs = (
        ("索 引 号：", m["index_number"]), ("主题分类：", m["subject"]), ("发布机构：", m["publisher"]),
        ("产生日期：", "二〇二二年一月十日"), ("发布日期：", "2022年1月12日"), ("文&emsp;&emsp;号：", m["document_number"]),
    )  # fmt: skip
    rows = "".join(
        f'<div class="row"><label><font>{label}</font></label><div class="display-block">{value}</div></div>'
        for label, value in pairs
    )
    held = f'<div class="article-content" id="zoomcon">{body}</div><div>打印此页关闭窗口</div>'
    wanted = {
        k: m[k] for k in ("index_number", "subject", "publisher", "created_on", "published_on", "document_number")
    }
    return Page("suzhou", _page("", f"<div class='block'>{rows}</div>", held), "", wanted)


def _gkmlpt(body: str) -> Page:
    m = METADATA
    config = {
        "SITE_ID": 755,
        "DETAIL": {
            "id": 4411, "title": TITLE, "identifier": m["index_number"], "publisher": m["publisher"],
            "document_number": m["document_number"], "created_date": "2022-01-10", "pubtime": "2022-01-12 09:30:00",
            "content": body, "views": 12,
        },
    }  # fmt: skip
    script = json.dumps(config, ensure_ascii=True).replace("<", "\\u003C").replace(">", "\\u003E").replace("/", "\\/")
    script = script.replace("{", "{{").replace("}", "}}")
    held = f'<div id="app"></div><script>window._CONFIG = {script};</script>'
    wanted = {k: m[k] for k in ("index_number", "publisher", "document_number", "created_on", "published_on")}
    return Page("gkmlpt", _page("", "", held), "", wanted)


def _heilongjiang(body: str) -> Page:
    m = METADATA
    listed = {
        "domainMetaList": [
            {"key": "indexnumber", "value": m["index_number"], "name": "索引号"},
            {"key": "refno", "value": m["document_number"], "name": "发文字号"},
            {"key": "writedate", "value": "2022-01-10", "name": "成文日期"},
            {"key": "x1", "value": m["publisher"], "name": "发布机构"},
        ]
    }
    script = json.dumps(listed, ensure_ascii=False).replace("{", "{{").replace("}", "}}")
    held = f"<script>var meta = {script};</script><div class='article_content'><UCAPCONTENT>{body}</UCAPCONTENT></div>"
    wanted = {k: m[k] for k in ("index_number", "document_number", "created_on", "publisher")}
    return Page("heilongjiang", _page("", f"<h2>{TITLE}</h2>", held), "", wanted)


def _shanghai(body: str) -> Page:
    block = f'<h1 id="ivs_title">{TITLE}</h1><small>2022-01-12</small>'
    held = f'<div class="Article_content"><div id="ivs_content">{body}</div></div>'
    return Page(
        "shanghai",
        _page(_meta_tags(), block, held),
        "",
        {"published_on": "2022-01-12", "source": "青禾镇"},
        site_code="3309990021",
    )


def _lonsun(body: str) -> Page:
    m = METADATA
    block = (
        f'<ul class="clearfix"><li class="rq"><b>索引号：</b>{m["index_number"]}</li><li class="rq"><b>组配分类：</b>工作报告</li>'
        f'<li class="rq"><b>发布机构：</b>{m["publisher"]}</li><li class="rq"><b>主题分类：</b>{m["subject"]}</li>'
        f'<li class="rq"><b>名称：</b>{TITLE}</li><li class="rq"><b>文号：</b>{m["document_number"]}</li>'
        '<li class="rq"><b>生成日期：</b>2022-01-10</li><li class="rq"><b>发布日期：</b>2022-01-12</li></ul>'
    )
    wanted = {
        k: m[k] for k in ("index_number", "publisher", "subject", "document_number", "created_on", "published_on")
    }
    return Page(
        "lonsun", _page("", block, f'<div class="newscontnet">{body}</div>'), "", wanted | {"group": "工作报告"}
    )


def _jsp(body: str) -> Page:
    m = METADATA
    block = (
        f"<TABLE><TR><TD><B>索 引 号:</B> {m['index_number']}　<B>发文日期:</B> 2022年01月10日</TD></TR>"
        f"<TR><TD><B>发布机构:</B> {m['publisher']} <B>文 号:</B> {m['document_number']}</TD></TR>"
        f'<TR><TD><B>名 称:</B> <span id="lTitle">{TITLE}</span></TD></TR>'
        f'<TR><TD><B>主题分类:</B> <span id="lSubcat">{m["subject"]}</span></TD></TR></TABLE>'
    )
    wanted = {k: m[k] for k in ("index_number", "created_on", "publisher", "document_number", "subject")}
    return Page("jsp", _page("", block, f"<TABLE><TR><TD>{body}</TD></TR></TABLE>"), "", wanted)


def _vsb(body: str) -> Page:
    m = METADATA
    block = (
        f"<dl><dt>索引号</dt><dd>{m['index_number']}</dd><dt>发布机构</dt><dd>{m['publisher']}</dd>"
        f"<dt>发文字号</dt><dd>{m['document_number']}</dd><dt>成文日期</dt><dd>2022.1.10</dd>"
        "<dt>废止日期</dt><dd>有效</dd><dt>公开日期</dt><dd>20220112</dd></dl>"
    )
    held = f'<div id="vsb_content_2"><div class="v_news_content">{body}</div></div><p>上一篇：<a href="1.htm">青禾镇召开会议</a></p>'
    wanted = {
        k: m[k] for k in ("index_number", "publisher", "document_number", "created_on", "published_on", "validity")
    }
    return Page("vsb", _page("", block, held), "", wanted)


def _unknown(body: str) -> Page:
    m = METADATA
    block = f"<p>索引号：{m['index_number']} 发布机构：{m['publisher']} 文号：{m['document_number']}</p><p>成文日期：2022-01-10 发布日期：2022-01-12</p>"
    wanted = {k: m[k] for k in ("index_number", "publisher", "document_number", "created_on", "published_on")}
    return Page("unknown", _page("", block, f"<div class='k7'><div class='q1'>{body}</div></div>"), "", wanted)


_TEMPLATES: tuple[Callable[[str], Page], ...] = (
    _ucap, _trs, _jcms, _wuxi, _suzhou, _gkmlpt, _heilongjiang, _shanghai, _lonsun, _jsp, _vsb, _unknown
)  # fmt: skip


def pages() -> Iterator[Page]:
    """Every template in every body style."""
    text = "\n".join(PARAGRAPHS)
    for template in _TEMPLATES:
        for style, made in STYLES.items():
            page = template(made())
            yield Page(f"{page.name}-{style}", page.source, text, page.metadata, page.title, page.site_code)


def encoded(page: Page, label: str) -> bytes:
    """The page in a charset, labelled so."""
    return page.source.format(charset=label).encode(CHARSETS[label])
