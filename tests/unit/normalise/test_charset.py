"""Bytes become the text a browser shows, whatever their label says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.text.charset import byte_offsets, decode

BODY = "各位代表:现在,我代表青石镇人民政府向大会报告工作,请予审议。一年来,全镇经济社会发展取得了新的成绩。"
OLD = "各位代表:現在,我代表青石鎮人民政府向大會報告工作,請予審議。一年來,全鎮經濟社會發展取得了新的成績。"


def page(body: str, label: str | None) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">' if label else ""
    return f"<!DOCTYPE html><html><head>{meta}<title>{body[:10]}</title></head><body><p>{body}</p></body></html>"


@pytest.mark.parametrize(
    ("codec", "body", "used"),
    [
        ("utf-8", BODY, "utf-8"),
        ("utf-8-sig", BODY, "utf-8"),
        ("gb2312", BODY, "gb18030"),
        ("gbk", OLD, "gb18030"),
        ("gb18030", BODY + "㐀𠀀", "gb18030"),
        ("big5", OLD, "big5"),
        ("utf-16", BODY, "utf-16le"),
    ],
)
@pytest.mark.parametrize("label", [None, "utf-8", "gb2312", "big5", "iso-8859-1", "no-such-charset"])
@pytest.mark.parametrize("where", ["header", "page"])
def test_the_bytes_decide_whatever_the_label_says(codec: str, body: str, used: str, label: str, where: str) -> None:
    text = page(body, label if where == "page" else None)
    decoded = decode(text.encode(codec), http_label=label if where == "header" else None)
    assert decoded.text == text
    assert decoded.charset.used == used
    assert decoded.encoding_errors == 0
    assert not decoded.truncated


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        (b"\xa3\xa0\xa3\xa0\xd6\xd0\xb9\xfa\xc8\xcb\xc3\xf1", "gb2312", "　　中国人民"),
        (b"\xd6\xd0\xb9\xfa 5\x80", "gbk", "中国 5€"),
        (b"\xd6\xd0\xb9\xfa\xb4\xf3\xc1\xbf<p>\xd6\xff<p>", "gbk", "中国大量<p>\ufffd<p>"),
        (b"\xd6\xd0\xb9\xfa\xb4\xf3\xc1\xbf\xb7<p>", "gbk", "中国大量\ufffd<p>"),
    ],
)
def test_gb18030_is_read_as_the_encoding_standard_says(data: bytes, label: str, text: str) -> None:
    assert decode(data, http_label=label).text == text


def test_a_label_that_the_bytes_contradict_is_a_warning() -> None:
    decoded = decode(page(BODY, "utf-8").encode("gbk"), http_label="utf-8")
    assert {(w.code, w.found, w.likely) for w in decoded.warnings} == {("charset_mismatch", "utf-8", "gb18030")}
    assert decoded.charset.decided_by == "content"
    assert decode(page(BODY, "gbk").encode("gbk")).warnings == ()


def test_one_broken_character_does_not_turn_a_utf8_page_into_another_charset() -> None:
    before, after = BODY.encode().split("新".encode())
    decoded = decode(before + "新".encode()[:2] + after)
    assert decoded.charset.used == "utf-8"
    assert decoded.encoding_errors == 1


@given(st.integers(1, 300), st.sampled_from(["utf-8", "gb18030", "big5"]))
def test_a_cut_inside_a_character_loses_that_character_only(cut: int, codec: str) -> None:
    data = page(OLD, codec).encode(codec)[:cut]
    decoded = decode(data)
    assert page(OLD, codec).startswith(decoded.text)
    assert decoded.encoding_errors == 0
    assert decoded.truncated == (len(decoded.text.encode(codec)) < len(data))


@given(st.lists(st.sampled_from([b"a<", "中国".encode("gbk"), b"\xff", b"\x80", b"\xa3\xa0", b"\x81", b"\xa6\xd9"])))
def test_every_character_walks_back_to_its_bytes_past_faults(parts: list[bytes]) -> None:
    data = BODY.encode("gbk") + b"".join(parts)
    decoded = decode(data, http_label="gbk")
    offsets = byte_offsets(data, decoded.charset.used)
    assert offsets.length == len(decoded.text)
    at = 0
    for n, character in enumerate(decoded.text):
        start, end = offsets.span(n, n + 1)
        assert start == at
        at = end
        if character != "\ufffd":
            assert decode(BODY.encode("gbk") + data[start:end], http_label="gbk").text == BODY + character
    assert at == len(data) - decoded.truncated
    if decoded.text:
        assert offsets.span(0, len(decoded.text)) == (0, at)
