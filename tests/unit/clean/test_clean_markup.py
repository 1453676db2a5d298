"""Markup and outline: every text with its place, the containers a browser would see, in linear time."""

# ruff: noqa: E501 -- a piece of markup reads best in one line
from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from tasks.clean.markup import Markup
from tasks.clean.outline import outline
from tasks.clean.rules import CleanRules

_PIECES = st.lists(
    st.sampled_from(
        [
            "<div>", "</div>", "<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<!--", "-->", "<br/>", "<li>",
            "<script>", "</script>", "<a href='x>y'>", "</a>", '<b title="1>0">', "</b>", "<", ">", "</", "<!", "<?x?>", "=",
            '"', "'", "&lt;", "&", "正文", "数字 3.5%", "\n", "<style>", "</style>", "<ul>", "</ul>", "<title>", "</title>",
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(_PIECES)
def test_the_pieces_and_their_places_give_the_source_back(source: str) -> None:
    """Texts stand where the offsets say, and nothing is lost between them."""
    markup = Markup(source)
    for text, at in zip(markup.texts, markup.offsets(0, len(markup.texts)), strict=True):
        assert source[at : at + len(text)] == text
    assert len(markup.texts) == len(markup.names) + 1 == len(markup.rests) + 1


@given(_PIECES)
def test_places_from_the_middle_are_the_places_from_the_start(source: str) -> None:
    markup = Markup(source)
    count = len(markup.texts)
    assert markup.offsets(count // 2, count) == markup.offsets(0, count)[count // 2 :]


@pytest.mark.parametrize(
    "source",
    [
        "<p>一<script>if (a < b) document.write('<p>不是</p>')</script>二",
        "<p title='a>b'>一</p><p title=a>二</p>",
        "<!-- <p>不是</p> --><p>一</p><!-->二<!-- - -- ---><p>三",
        "<style>p > a { content: '</p>' }</style><p>一",
        "<p>1 < 2，3 > 2</p><p>a<b</p>",
        "<textarea><p>不是</textarea><p>一</p><title>不是</title>",
        "<P>一<BR>二</P><SCRIPT>不是</SCRIPT><p>三",
        "<p>一</p",
        '<p class="x" id="y"/>一<br/>二',
        "<?xml version='1.0'?><!DOCTYPE html><p>一</p></>二</ 不是>三",
    ],
)
def test_text_is_cut_as_a_browser_cuts_it(source: str, rules: CleanRules) -> None:
    """What the standard tokenizer shows is what is found, and only that."""
    tree = LexborHTMLParser(source)
    for node in tree.css("script, style, title, textarea"):
        node.decompose()
    shown = "".join((tree.root.text() if tree.root else "").split())
    found = "".join("".join(block.text.split()) for block in outline(Markup(source), rules.looks).blocks)
    assert found == shown


@pytest.mark.parametrize(
    ("source", "containers"),
    [
        ("<div><p>一</div><p>二", ["div", ""]),
        ("<div><section><p>一</div>二", ["section", ""]),
        ("<ul><li>一<li>二<ul><li>三</ul><li>四</ul>五", ["li", "li", "li", "li", ""]),
        ("<table><tr><td>一<td>二<tr><td>三</table>四", ["td", "td", "td", ""]),
        ("<table><tr><td><div>一</td><td>二</div>三</td></tr></table>", ["div", "td", "td"]),
        ("<dl><dt>一<dd>二<dt>三</dl>", ["dt", "dd", "dt"]),
        ("<div>一</section></p></div>二", ["div", ""]),
    ],
)
def test_forgotten_and_misplaced_end_tags_are_handled_as_browsers_do(
    source: str, containers: list[str], rules: CleanRules
) -> None:
    page = outline(Markup(source), rules.looks)
    assert [page.nodes.names[block.node] for block in page.blocks] == containers


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">暗语</div>',
        '<div style="DISPLAY : NONE;">暗语</div>',
        "<p style='font-size:0'>暗语</p>",
        "<p style='font-size:0px;color:red'>暗语</p>",
        '<div style="position:absolute;left:-9999px">暗语</div>',
        "<div hidden>暗语</div>",
        '<div style="visibility:hidden"><p>暗语</p></div>',
        '<div style="height:0;overflow:hidden">暗语</div>',
        "<select><option>暗语</option></select>",
        "<noscript>暗语</noscript>",
    ],
)
def test_what_a_reader_does_not_see_is_no_block(hidden: str, rules: CleanRules) -> None:
    page = outline(Markup(f"<p>明文一</p>{hidden}<p>明文二</p>"), rules.looks)
    assert [block.text for block in page.blocks] == ["明文一", "明文二"]


@pytest.mark.parametrize(
    "shown", ['<p style="font-size:10px">', '<p class="hidden-xs">', '<p style="text-indent:-9pt">']
)
def test_small_or_oddly_named_text_is_seen(shown: str, rules: CleanRules) -> None:
    page = outline(Markup(f"{shown}明文</p>"), rules.looks)
    assert [block.text for block in page.blocks] == ["明文"]


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<!--",
        "<script>",
        '<a b="',
        "<a b='\"",
        "<",
        "</",
        "<a ==",
        "<div>",
        "</div>",
        "<td>",
        "<li><ul>",
        "<p x=y>",
    ],
)
def test_two_million_characters_of_anything_take_seconds(piece: str, rules: CleanRules) -> None:
    """No source is quadratic."""
    source = piece * (2_000_000 // len(piece))
    start = time.process_time()
    outline(Markup(source), rules.looks)
    assert time.process_time() - start < 12
