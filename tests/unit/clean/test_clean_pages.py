"""Whole pages: every template in every charset and body style, and where each character came from."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.document import CleanDocument
from tasks.clean import CleanRules, clean_page
from tasks.errors import Unprocessable
from tests.unit.clean.clean_templates import CHARSETS, PARAGRAPHS, Page, encoded, pages
from tests.unit.clean.conftest import fetched

Clean = Callable[..., CleanDocument]
_PAGES = {page.name: page for page in pages()}


@pytest.mark.parametrize("label", CHARSETS)
@pytest.mark.parametrize("page", _PAGES.values(), ids=_PAGES)
def test_a_page_of_any_template_gives_its_body_and_block(page: Page, label: str, clean: Clean) -> None:
    """Text, title, each value of the block and the site code are exactly those of the page."""
    made = clean(encoded(page, label))
    assert made.text == page.body
    assert made.title == page.title
    assert {name: getattr(made.metadata, name) for name in page.metadata} == page.metadata
    assert made.charset.used == CHARSETS[label]
    found = [clue.found for clue in made.clues]
    assert {"3309990021", "33099902000121", "浙ICP备05009999号-1", "www.yunze.gov.cn"} <= set(found)


def assert_traceable(made: CleanDocument, source: str) -> None:
    """Each character was made from the characters its span shows."""
    assert made.spans.length == len(made.text)
    at = 0
    runs = made.spans.runs
    for n in range(0, len(runs), 3):
        out, start, length = runs[n : n + 3]
        said, stood = made.text[at : at + out], source[start : start + length]
        if not length:
            assert said.isspace()
        elif out == length:
            assert [a for a, b in zip(said, stood, strict=True) if a != b and not (a.isspace() and b.isspace())] == []
        else:
            read = unescape(stood)
            assert read == said or (read.isspace() and said.isspace()) or _json(stood) == said
        at += out


def _json(escape: str) -> str:
    try:
        return escape.encode().decode("unicode_escape").replace("\\/", "/")
    except (UnicodeDecodeError, DeprecationWarning):
        return escape


@pytest.mark.parametrize("page", _PAGES.values(), ids=_PAGES)
def test_each_character_of_a_page_walks_back_to_the_source(page: Page, clean: Clean) -> None:
    assert_traceable(clean(encoded(page, "utf-8")), page.source.format(charset="utf-8"))


_WORDS = st.text(
    st.sampled_from("全镇完成工业总产值亿元，。；：“”3.5% ab<>&　\u00a0\n\t\r\u200b—"), min_size=0, max_size=30
)
_MARKUP = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<br>",
        "<b>",
        "</b>",
        "<div>",
        "</div>",
        "&nbsp;",
        "&ensp;",
        "&amp;",
        "&#12288;",
        "&#x4e2d;",
        "&hellip",
        "&x",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(_WORDS, _MARKUP), max_size=30))
def test_each_character_of_any_page_walks_back_to_the_source(rules: CleanRules, pieces: list[str]) -> None:
    """Entities, white space, inline tags: nothing shifts a position."""
    source = f"<html><body><div>{''.join(pieces)}<p>{PARAGRAPHS[4]}</p></div></body></html>"
    raw = source.encode()
    try:
        made = clean_page(fetched(raw), raw, rules)
    except Unprocessable:
        return
    assert_traceable(made, source)
    assert not any(line != line.strip() or not line for line in made.text.split("\n"))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_bytes_of_any_kind_give_a_document_or_a_reason(rules: CleanRules, raw: bytes) -> None:
    try:
        made = clean_page(fetched(raw), raw, rules)
    except Unprocessable as refusal:
        named = (refusal.reason.isidentifier(), bool(refusal.message))
    else:
        named = (bool(made.text.strip() or made.attachments), made.spans.length == len(made.text))
    assert named == (True, True)
