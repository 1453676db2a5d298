"""Attached files take over what their cover page says; nothing makes clean slow or large."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from schemas.document import CleanDocument
from schemas.page import Cover
from tasks.clean import CleanRules, clean_page
from tasks.errors import Unprocessable
from tests.fixtures.attachments import make_docx
from tests.unit.clean.conftest import fetched

_P = "全镇完成工业总产值96.4亿元，同比增长7.2%，新增规模以上企业5家，总数达到43家。"
_COVER = Cover(
    document_id="1" * 32,
    url="http://www.yunze.gov.cn/a.html",
    link_text="附件1：青禾镇2021年统计公报.docx",
    title="关于发布统计公报的通知",
    metadata=(("index_number", "113309"), ("published_on", "2022-01-12")),
    clues=(("site_code", "3309990021"),),
)


def test_a_file_takes_block_clues_and_name_from_its_cover(rules: CleanRules) -> None:
    raw = make_docx("", [_P, _P])
    made = clean_page(fetched(raw, cover=_COVER), raw, rules)
    assert made.spans_into == "extracted"
    assert made.spans.length == len(made.text)
    assert _P in made.text
    assert made.metadata.index_number == "113309"
    assert [clue.found for clue in made.clues] == ["3309990021"]
    assert made.title in ("青禾镇2021年统计公报", _P)


def test_a_web_page_that_is_an_attachment_keeps_its_own_values(rules: CleanRules) -> None:
    """A .doc is often a web page: its own block wins, the rest is the cover's."""
    raw = f"<html><body><p>发布日期：2022-02-02</p><div><p>{_P}</p><p>{_P}</p></div></body></html>".encode()
    made = clean_page(fetched(raw, cover=_COVER), raw, rules)
    assert (made.metadata.published_on, made.metadata.index_number) == ("2022-02-02", "113309")
    assert made.title == "青禾镇2021年统计公报"


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 100_000 + _P,
        "<table><tr><td>" * 100_000 + _P,
        '<p><span style="font-weight:bold">' * 50_000 + _P,
        f"<p>{_P}</p><table>" + "<tr><td colspan=1000 rowspan=65534>1<td>2</tr>" * 5_000,
        "<section><td></div></section>" * 50_000 + _P,
        f"<p>{_P}" + " \n" * 1_000_000 + _P,
        "<p>" + "索引号:" * 300_000 + _P,
        f"<p>{_P}</p>" * 9 + "<p>索引号：1</p>" * 60_000,
        "<li><span>索引号</span><span>1</span></li>" * 40_000 + _P,
        "<section><section><p>短</p></section></section>" * 40_000
        + f"<section><section><p>{_P}</p></section></section>",
        "<p>" + "&nbsp;&#20013;" * 100_000,
        "<script>window._CONFIG={" + '"content":"\\u003cp' * 100_000,
        "<script>" + '{"value":' * 300_000,
        f"<p>{_P}</p>" + "<a href='x.pdf'>" * 100_000,
        (_P + "\n") * 20_000,
    ],
    ids=lambda source: source[:24],
)
def test_hostile_pages_take_seconds(source: str, clean: Callable[..., CleanDocument]) -> None:
    """Nesting, spans, spaces, labels, scripts: the time stays in proportion to the size."""
    begun = time.process_time()
    try:
        clean(source)
    except Unprocessable as refusal:
        reason = refusal.reason
    else:
        reason = ""
    assert time.process_time() - begun < 10
    assert reason in ("", "empty_body", "empty_shell")
