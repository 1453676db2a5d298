"""Answers that are no document are recognised and named."""

# ruff: noqa: E501 -- a piece of markup reads best in one line
from __future__ import annotations

from collections.abc import Callable

import pytest

from schemas.document import CleanDocument
from tasks.errors import Unprocessable

Clean = Callable[..., CleanDocument]

_CHROME = "".join(f'<li><a href="/{n}/">栏目名称之{n}</a></li>' for n in range(30))
_FOOT = "<p>主办单位：云泽县人民政府　浙ICP备05009999号-1　网站标识码3309990021</p>"


def _site(body: str, title: str = "云泽县人民政府") -> str:
    return f"<html><head><title>{title}</title></head><body><ul>{_CHROME}</ul><div>{body}</div>{_FOOT}</body></html>"


_LIST = "".join(
    f'<li><a href="/art/2022/{n}/1/art_1_{n}.html">云泽县青禾镇关于开展第{n}轮环境整治的通知</a><span>2022-0{n % 9 + 1}-11</span></li>'
    for n in range(1, 25)
)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "empty_body"),
        (" \r\n\t ", "empty_body"),
        ("<html><body></body></html>", "empty_body"),
        ('<html><body><div id="app"></div><script src="/static/app.js"></script></body></html>', "empty_shell"),
        (
            "<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=4321;</script></head><body></body></html>",
            "challenge_page",
        ),
        (
            "<script>document.cookie=('_')+('_')+('jsl_clearance')+'=1';location.href=location.pathname</script>",
            "challenge_page",
        ),
        ("<script>var x='__jsl_clearance_s=16';document.cookie=x;location.reload()</script>", "challenge_page"),
        (_site("<h1>访问被拦截！</h1><p>您的请求疑似攻击行为，已被创宇盾拦截。</p>"), "challenge_page"),
        ("<html><body><h1>403 Forbidden</h1><hr>nginx</body></html>", "challenge_page"),
        (_site("<p>您访问的页面不存在或已被删除！</p><p>3秒后返回首页</p>"), "soft_404"),
        (_site("<div><h2>404</h2><p>抱歉，没有找到您要访问的页面</p></div>"), "soft_404"),
        ("<html><head><title>404 Not Found</title></head><body>Not Found, sorry for that</body></html>", "soft_404"),
        ("<html><body><p>网站正在升级维护中，给您带来不便敬请谅解。</p></body></html>", "maintenance"),
        ("<html><body><p>系统繁忙，请稍后再试！</p></body></html>", "maintenance"),
        (
            "<html><head><title>用户登录</title></head><body><form>用户名：<input> 密码：<input type=password> <button>登录</button></form></body></html>",
            "login_page",
        ),
        (
            _site(
                f"<h1>青禾镇规划计划</h1><p>本栏目公开本镇的规划，供查阅。</p><ul>{_LIST}</ul>",
                "青禾镇规划计划_云泽县人民政府",
            ),
            "listing_page",
        ),
        (_site(f"<ul>{_LIST}</ul><p>共12页 下一页 尾页</p>"), "listing_page"),
        ('<html><frameset cols="20%,80%"><frame src="a.htm"><frame src="b.htm"></frameset></html>', "frameset"),
        (
            '<html><head><meta http-equiv="refresh" content="0;url=/index.html"></head><body></body></html>',
            "redirect_page",
        ),
        ("<script>window.location.href='/art/1.html'</script>", "redirect_page"),
        ("\x00\x01\x02\x03\x7fELF" * 200, "binary_body"),
    ],
)
def test_an_answer_that_is_no_document_is_named(source: str, reason: str, clean: Clean) -> None:
    with pytest.raises(Unprocessable) as refusal:
        clean(source)
    assert refusal.value.reason == reason
    assert "yunze.gov.cn" in refusal.value.message


@pytest.mark.parametrize(
    "body",
    [
        (
            "<p>青禾镇政府门户网站将于2022年3月1日升级改版，改版期间部分栏目暂停更新。新版网站增设政策问答、数据公开等栏目，"
            "并完成适老化改造，通过无障碍服务测评。全年共公开政府信息1280条，办结网民留言236件，办结率100%。</p>"
            "<p>全镇23个村（社区）的公开专栏同步上线，村务、财务按季公开，接受群众监督。</p>"
        ),
        "<p>全年安全检查中发现异常访问行为12起，均已处置。全镇信息系统安全等级测评全部通过。</p>"
        "<p>建立值班制度，落实专人负责，做到早发现、早报告、早处置，全年没有发生网络安全事件。</p>" * 4,
    ],
)
def test_a_document_about_sites_is_a_document(body: str, clean: Clean) -> None:
    """Words of notices inside real text refuse nothing."""
    assert "全" in clean(_site(body, "青禾镇政务公开工作总结")).text


def test_a_document_between_many_links_is_no_list(clean: Clean) -> None:
    body = (
        "<h1>青禾镇简介</h1><p>青禾镇位于云泽县东部，面积86平方公里，辖23个村。2021年工业总产值96.4亿元，增长7.2%。</p>"
    )
    assert clean(_site(f"{body}<ul>{_LIST}</ul>", "青禾镇简介")).text.endswith("增长7.2%。")
