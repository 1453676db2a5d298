"""Bodies held in form fields and frames are read as the page would show them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.document import CleanDocument
from tasks.clean.fields import dereferenced, held_body
from tasks.clean.markup import Markup
from tasks.clean.titles import title_of_text
from tasks.errors import Unprocessable

Clean = Callable[..., CleanDocument]
_LINES = (
    "各位代表：现在，我代表云泽县石桥镇人民政府向大会报告工作，请予审议。",
    "2021年，全镇实现地区生产总值32.6亿元，同比增长8.1%；一般公共预算收入1.47亿元，增长6.3%。",
    "农村居民人均可支配收入28460元，增长9.7%，新建“四好农村路”36.5公里。",
)
_BODY = "".join(f"<p>{line}</p>" for line in _LINES)
_HEAD = "<html><head><title>石桥镇2022年政府工作报告</title></head><body><h1>石桥镇2022年政府工作报告</h1>"
_ESCAPED = escape(_BODY, quote=True)
_HOLDERS = {
    "a hidden textarea with references": f'<textarea id="c" style="display:none">{_ESCAPED}</textarea>',
    "a hidden textarea with tags": f"<TEXTAREA hidden>{_BODY}</TEXTAREA>",
    "a textarea cut off by the end of the file": f"<textarea hidden>{_BODY}",
    "the value of a hidden input": f'<input type="hidden" id="content" value="{_ESCAPED}">',
    "the value of an input in single quotes": f"<input type='hidden' value='{_BODY}'/>",
    "a frame": f'<iframe width="100%" srcdoc="{_ESCAPED}"></iframe>',
    "a frame whose tags are not escaped": f"<iframe srcdoc='{_BODY}'></iframe>",
}


@pytest.mark.parametrize("holder", _HOLDERS.values(), ids=_HOLDERS)
def test_a_body_in_a_field_or_frame_is_the_body(holder: str, clean: Clean) -> None:
    """Its paragraphs are lines, and each character of them walks back to the source."""
    source = f"{_HEAD}<div id='show'></div>{holder}"
    made = clean(source)
    assert made.text == "\n".join(_LINES)
    assert made.title == "石桥镇2022年政府工作报告"
    for n, character in enumerate(made.text):
        if character != "\n":
            span = made.spans.back(n, n + 1)
            assert unescape(source[span.start : span.end]) == character


def test_what_is_held_does_not_replace_a_body_that_is_shown(clean: Clean) -> None:
    shown = "".join(f"<p>{line}</p>" for line in _LINES * 2)
    other = escape("".join(f"<p>另有{line}</p>" for line in _LINES))
    made = clean(f"{_HEAD}<div>{shown}</div><textarea hidden>{other}</textarea></body></html>")
    assert made.text == "\n".join(_LINES * 2)


@pytest.mark.parametrize(
    "holder",
    [
        f"<textarea name='opinion'>{''.join(_LINES)}</textarea>",
        f'<input type="hidden" value="{"".join(_LINES)}">',
        "<textarea>&lt;p&gt;请输入您的意见&lt;/p&gt;</textarea>",
        f"<input data-value='{_BODY}'>",
    ],
)
def test_what_a_reader_typed_and_summaries_are_no_bodies(holder: str, clean: Clean) -> None:
    with pytest.raises(Unprocessable, match=r"text|characters"):
        clean(f"<html><body>{holder}</body></html>")


@given(st.text(st.sampled_from("全镇3<>&amp;#x4e2d;lt quot\"'"), max_size=60))
def test_undone_references_walk_back_to_the_source(held: str) -> None:
    """Every reference becomes what the standard says, and its span is the whole reference."""
    html, spans = dereferenced(f"前{held}后", 1, 1 + len(held))
    assert spans.length == len(html)
    assert html == unescape(held)


def test_the_fullest_field_wins() -> None:
    markup = Markup(f"<textarea>{_BODY}</textarea><textarea>{_BODY * 2}</textarea><input value='x'>")
    found = held_body(markup, 0)
    assert found is not None
    assert found.html == _BODY * 2
    assert held_body(markup, 10_000) is None


def test_a_numbered_heading_is_never_the_title() -> None:
    lines = ["石桥乡", "一、基本乡情", "全乡辖村12个。", "二、工作开展情况", "新建学校3所。"]
    assert title_of_text(lines, None) is None
    assert title_of_text(["石桥乡2031年工作开展情况", *lines[1:]], None) == "石桥乡2031年工作开展情况"
