"""Pages of an invented street office as sites build them: odd nestings, sidebars, tools, tricks.

``ODD_PAGES`` gives each page with the text that a reader sees as its own.
"""

# ruff: noqa: E501 -- a piece of markup reads best in one line
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

TITLE = "关于苍溪岭街道2023年民生实事项目完成情况的公示"
LINES = (
    "各村（社区）、机关各科室：",
    "按照年初人代会票决结果，街道2023年共实施民生实事项目8个，总投资2160万元，截至12月底已全部完工并投入使用。",
    "一、养老服务提升工程",
    "新建居家养老服务中心2处，改造助餐点6个，惠及老年人1450人，全年助餐服务超过9万人次。",
    "二、道路畅通工程",
    "完成桃林路、沿河西路等5条道路改造，总长4.7公里，新增停车泊位312个，群众出行条件明显改善。",
    "三、校园安全工程",
    "为辖区7所中小学、幼儿园更换监控设备，安装防撞柱46根；组织消防演练14场，参与师生6200余人。",
    "公示期间如有异议，请于5个工作日内向街道办事处反映，联系电话：0570-8800000。",
    "苍溪岭街道办事处",
    "2023年12月28日",
)
SHORT = ("经街道党工委研究，同意苍溪岭村停车场项目立项。", "特此批复。")
_BLOCK = {
    "index_number": "11330888002575XX9K/2023-00087",
    "publisher": "苍溪岭街道办事处",
    "created_on": "2023-12-28",
    "published_on": "2023-12-29",
    "document_number": "苍街〔2023〕41号",
}
_DATELINE = {"published_on": "2023-12-29", "source": "苍溪岭街道"}

_NEWS = (
    "街道召开年度工作总结会议，部署下一阶段重点任务", "区领导来街道调研基层治理工作并看望慰问困难群众",
    "街道开展冬季消防安全大检查，筑牢安全防线", "全区文明城市创建工作推进会在街道召开", "苍溪岭村获评省级美丽乡村示范村",
    "街道组织开展志愿服务集中行动", "桃林社区举办迎新春文艺汇演活动", "关于元旦期间值班安排的通知",
    "街道2023年第四季度财政收支情况公示", "关于公布行政执法人员名单的通知", "街道开展反诈宣传进社区活动",
    "关于开展国家森林防火期巡查工作的通告",
)  # fmt: skip
_SIDE = "".join(
    f'<li><a href="/n/{n}.html">{text}</a><span>2023-12-{n:02d}</span></li>' for n, text in enumerate(_NEWS, 1)
)
_MENU = "".join(
    f'<li><a href="/c/">{text}</a></li>' for text in ("首页", "新闻中心", "政务公开", "政务服务", "互动交流")
)
_TOP = f'<div class="hd"><a href="/wza">无障碍</a><ul>{_MENU}</ul><div>您当前的位置：<a href="/">首页</a>&gt;<a href="/c">公示公告</a></div></div>'
_FOOT = (
    '<div class="b1"><a href="/map">网站地图</a> | <a href="/about">关于我们</a></div>'
    "<div>主办单位：衢浦区苍溪岭街道办事处<br>浙ICP备05000888号-2　浙公网安备 33088802000311号　网站标识码：3308880013</div>"
)
_INFO = '<div class="i">发布时间：2023-12-29 来源：苍溪岭街道 浏览次数：<span>46</span> 字号：[<a>大</a> <a>中</a> <a>小</a>] 视力保护色：<i></i></div>'


@dataclass(frozen=True)
class OddPage:
    """A page, its text, and what its block or dateline says."""

    name: str
    source: str
    text: str
    metadata: dict[str, str]


def _paragraphs(lines: Iterable[str] = LINES) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def _table_block() -> str:
    b = _BLOCK
    return (
        f"<table><tr><td>索引号：</td><td>{b['index_number']}</td><td>发布机构：</td><td>{b['publisher']}</td></tr>"
        "<tr><td>成文日期：</td><td>2023-12-28</td><td>发布日期：</td><td>2023年12月29日</td></tr>"
        f"<tr><td>文号：</td><td colspan=3>{b['document_number']}</td></tr></table>"
    )


_LABELS = (("索引号", "index_number"), ("发布机构", "publisher"), ("生成日期", "created_on"), ("发布日期", "published_on"), ("文号", "document_number"))  # fmt: skip


def _page(name: str, inner: str, lines: Iterable[str] = LINES, *, block: bool = False) -> OddPage:
    head = f'<meta charset="utf-8"><title>{TITLE}_衢浦区人民政府</title>'
    source = f"<!DOCTYPE html><html><head>{head}</head><body>{_TOP}{inner}{_FOOT}</body></html>"
    return OddPage(name, source, "\n".join(lines), _BLOCK if block else _DATELINE)


def _wrapped(
    name: str, inner: str, lines: Iterable[str] = LINES, *, after: str = f"<div><ul>{_SIDE}</ul></div>"
) -> OddPage:
    """Title and dateline in one box with the body, a list of news below it."""
    return _page(name, f'<div class="w"><h1>{TITLE}</h1>{_INFO}{inner}</div>{after}', lines)


def _containers() -> Iterable[OddPage]:
    """Where the body stands."""
    yield _page(
        "a form around layout tables, the sidebar first",
        f'<form action="/s"><table><tr><td><ul>{_SIDE}</ul></td><td>{_table_block()}<h3>{TITLE}</h3><table><tr><td>{_paragraphs()}</td></tr></table></td></tr></table></form>',
        block=True,
    )
    yield _page(
        "a row of a table for each paragraph",
        f"<table><tr><td align=center><b>{TITLE}</b></td></tr><tr><td align=center>2023-12-29 来源：苍溪岭街道</td></tr>"
        + "".join(f"<tr><td>{line}</td></tr>" for line in LINES)
        + f"<tr><td>[<a>打印</a>] [<a>关闭</a>]</td></tr></table><table><tr><td><ul>{_SIDE}</ul></td></tr></table>",
    )
    yield _page(
        "text in the body element itself",
        f"<center>{TITLE}</center><hr>2023-12-29　来源：苍溪岭街道<br>"
        + "<br>".join(f"&nbsp;&nbsp;&nbsp;{line}" for line in LINES)
        + "<hr>",
    )
    yield _wrapped("a box for each paragraph", "".join(f'<div class="s"><p>{line}</p></div>' for line in LINES))
    yield _wrapped(
        "boxes in boxes for each paragraph",
        "<div>"
        + "".join(f"<section><section><section><span>{line}</span></section></section></section>" for line in LINES)
        + "</div>",
    )
    yield _wrapped(
        "three boxes one after another",
        f"<div>{_paragraphs(LINES[:4])}</div><div>{_paragraphs(LINES[4:6])}</div><div>{_paragraphs(LINES[6:])}</div>",
    )
    yield _wrapped("preformatted text", "<pre>" + "\n".join(f"    {line}" for line in LINES) + "</pre>")
    yield _wrapped(
        "items of a list",
        _paragraphs(LINES[:2])
        + "<ol>"
        + "".join(f"<li>{line}</li>" for line in LINES[2:9])
        + "</ol>"
        + _paragraphs(LINES[9:]),
    )
    folded = "".join(f"<details><summary>{LINES[n]}</summary><div>{LINES[n + 1]}</div></details>" for n in (2, 4, 6))
    yield _wrapped("details that open", _paragraphs(LINES[:2]) + folded + _paragraphs(LINES[8:]))
    links = "".join(f"<p>{line}</p>" for line in LINES)
    for word in ("桃林路", "居家养老服务中心", "民生实事项目", "监控设备"):
        links = links.replace(word, f'<a href="/k">{word}</a>')
    yield _wrapped("links in the sentences", f"<div>{links}</div>")
    verses = ("街道新风", "桃林两岸水清清，", "老街新巷笑盈盈。", "八件实事都办好，", "家家户户暖人心。")
    yield _wrapped(
        "verses above prose",
        f"<div>{_paragraphs(verses)}</div><div>{_paragraphs(LINES[1:6:2])}</div>",
        (*verses, *LINES[1:6:2]),
    )
    lead = "摘要：街道8个民生实事项目全部完成。"
    yield _wrapped(
        "an abstract in a box", f"<div><b>{lead[:3]}</b>{lead[3:]}</div><div>{_paragraphs()}</div>", (lead, *LINES)
    )


def _shortest() -> Iterable[OddPage]:
    """Bodies that weigh less than what stands around them."""
    portrait = "<div><h3>街道简介</h3><p>苍溪岭街道位于衢浦区东部，面积86平方公里，辖12个村、4个社区，常住人口4.8万人。街道历史悠久，风景秀丽。</p></div>"
    rules = "<div>本网站由衢浦区人民政府办公室主办，未经授权，任何单位和个人不得转载、摘编本网站内容，违者将依法追究法律责任。</div>"
    leaving = "<div><p>您访问的链接即将离开“衢浦区人民政府”门户网站，是否继续？</p><a>继续访问</a><a>放弃</a></div>"
    yield _page(
        "two sentences below a block",
        f'<div>{_table_block()}<h1>{TITLE}</h1><div class="c">{_paragraphs(SHORT)}</div></div><ul>{_SIDE}</ul>',
        SHORT,
        block=True,
    )
    yield _page("two sentences without a box", f"<h1>{TITLE}</h1>{_INFO}{_paragraphs(SHORT)}<ul>{_SIDE}</ul>", SHORT)
    for name, before, after in (
        ("a portrait before", portrait, ""),
        ("rules of the site after", "", rules),
        ("a warning before", leaving, ""),
    ):
        yield _page(
            f"two sentences with {name}",
            f"{before}<div><h1>{TITLE}</h1>{_INFO}<div>{_paragraphs(SHORT)}</div></div><ul>{_SIDE}</ul>{after}",
            SHORT,
        )
    rows = (("指标", "单位", "2023年", "增长"), ("规上工业总产值", "亿元", "48.6", "7.3%"), ("固定资产投资", "亿元", "12.4", "-2.1%"), ("居民人均可支配收入", "元", "52310", "6.0%"))  # fmt: skip
    table = (
        "<table border=1>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        + "</table>"
    )
    text = ["\t".join(row) for row in rows]
    yield _wrapped("a table alone", f"<div>{table}</div><p>【打印】【关闭】</p>", text)
    yield _page(
        "a table with its caption and note",
        f"<div>{_table_block()}<div><p>附表：主要经济指标</p>{table}<p>注：产值按现价计算。</p></div></div><ul>{_SIDE}</ul>",
        ("附表：主要经济指标", *text, "注：产值按现价计算。"),
        block=True,
    )
    listed = (
        "街道现行有效行政规范性文件目录如下，请遵照执行。",
        "1.苍溪岭街道河道管理办法（苍街〔2019〕3号）",
        "2.苍溪岭街道农村宅基地审批实施细则（苍街〔2020〕12号）",
        "3.苍溪岭街道犬类管理规定（苍街〔2022〕5号）",
    )
    yield _wrapped(
        "a list of links that is announced",
        f"<div><p>{listed[0]}</p>" + "".join(f'<p><a href="/f.html">{line}</a></p>' for line in listed[1:]) + "</div>",
        listed,
    )


def _surrounded() -> Iterable[OddPage]:
    """Tools, lists and tricks around and between the paragraphs."""
    tail = (
        '<p>上一篇：<a href="1.html">街道召开年度工作总结会议</a></p><p>下一篇：<a href="2.html">没有了</a></p><div>分享到：<a>微信</a><a>微博</a></div>'
        "<div>扫一扫在手机打开当前页<img src=q.png></div><p>【打印本页】【关闭窗口】</p><p>Copyright © 2023 衢浦区苍溪岭街道 版权所有</p>"
    )
    honey = (
        '<div style="position:absolute;left:-9999px">注册送现金，安全可靠，天天返利，提款迅速。</div>'
        '<p style="font-size:0">注册送现金，天天返利，提款迅速。</p><div style="height:0;overflow:hidden">注册送现金，安全可靠。</div>'
    )
    comments = "".join(
        f"<div><span>网友{n}</span><p>这个项目做得很好，老百姓得到了实惠，希望继续坚持下去，把更多的好事办好。</p><a>回复</a></div>"
        for n in range(6)
    )
    yield _wrapped("tools in the body's own box", _paragraphs() + tail)
    yield _wrapped(
        "tools after line breaks",
        "<br>".join(f"　　{line}" for line in LINES)
        + '<br><br>上一篇：<a href="1.html">街道召开会议</a><br>【<a>打印</a>】【<a>关闭</a>】',
    )
    yield _wrapped("news longer than the body", f"<div>{_paragraphs()}</div><h4>相关信息</h4><ul>{_SIDE * 3}</ul>")
    yield _page(
        "news before the body",
        f"<div><h4>热点新闻</h4><ul>{_SIDE * 3}</ul></div><div><h1>{TITLE}</h1>{_INFO}<div>{_paragraphs()}</div></div>",
    )
    yield _wrapped("comments longer than the body", f"<div>{_paragraphs()}</div><div><h3>网友评论</h3>{comments}</div>")
    yield _wrapped(
        "a player",
        f"<div><div><video src=a.mp4>您的浏览器不支持video标签</video><div>00:00</div><div>/</div><div>03:20</div><div>1.5X</div></div>{_paragraphs()}</div>",
    )
    yield _wrapped("hidden advertisements", f"<div>{honey}{_paragraphs()}{honey}</div>")
    yield _wrapped(
        "numbers of pages",
        f'<div>{_paragraphs(LINES[:7])}<p><span>1</span> <a href="_2">2</a> <a>下一页</a> <a>尾页</a> 共2页</p></div>',
        LINES[:7],
    )
    yield _wrapped(
        "related links between paragraphs",
        f"<div>{_paragraphs(LINES[:6])}<div><b>相关阅读</b><ul>{_SIDE}</ul></div>{_paragraphs(LINES[6:])}</div>",
    )
    yield _wrapped("what is loaded later", f"<div>{_paragraphs()}</div><p>调查问题加载中，请稍候。</p><p>暂无附件</p>")
    pairs = tuple((label, _BLOCK[name]) for label, name in _LABELS)
    yield _page(
        "a block below the body",
        f"<div><h1>{TITLE}</h1><div>{_paragraphs()}</div>{_table_block()}</div><ul>{_SIDE}</ul>",
        block=True,
    )
    yield _page(
        "a block in a column",
        "<div><h3>基本信息</h3><ul>"
        + "".join(f"<li><em>{k}</em><p>{v}</p></li>" for k, v in pairs)
        + f"</ul></div><div><h1>{TITLE}</h1><div>{_paragraphs()}</div></div><ul>{_SIDE}</ul>",
        block=True,
    )
    yield _page(
        "a block of spans",
        "<div><div>"
        + "".join(f"<div><span>{k}：</span><span>{v}</span></div>" for k, v in pairs)
        + f"</div><h1>{TITLE}</h1><div>{_paragraphs()}</div></div><ul>{_SIDE}</ul>",
        block=True,
    )
    summary = (
        "<dt>内容概述</dt><dd>公示街道8个民生实事项目的完成情况，总投资2160万元，公示期5个工作日，欢迎群众监督。</dd>"
    )
    yield _page(
        "a block with a long summary",
        "<div><dl>"
        + "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in pairs)
        + f"{summary}</dl><h1>{TITLE}</h1><div>{_paragraphs()}</div></div><ul>{_SIDE}</ul>",
        block=True,
    )
    yield _page(
        "a dateline of spans that touch",
        f"<div><h1>{TITLE}</h1><div><span>2023-12-29 09:12:33</span><span>来源：苍溪岭街道</span><span>字体：【大 中 小】</span><span>打印</span></div><div>{_paragraphs()}</div></div><ul>{_SIDE}</ul>",
    )


ODD_PAGES = {page.name: page for made in (_containers, _shortest, _surrounded) for page in made()}
