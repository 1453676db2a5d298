"""Pages that only send the reader on are told from pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.fetch.refresh import refresh_target

TO_A = "<meta http-equiv='refresh' content='0;url=/a.html'>"
REPORT = "各位代表：现在，我代表清河镇人民政府向大会报告工作，请予审议，并请各位列席人员提出意见。" * 3


@pytest.mark.parametrize(
    ("page", "target"),
    [
        (TO_A, "/a.html"),
        ('<META HTTP-EQUIV="Refresh" CONTENT="3; URL=http://b.example/?a=1&amp;b=2">', "http://b.example/?a=1&b=2"),
        ("<meta content=\"0; url='a.html'\" http-equiv=refresh>", "a.html"),
        ("<meta http-equiv=refresh content=0;url=a.html>", "a.html"),
        ("<meta http-equiv=refresh content='0 a.html'>", "a.html"),
        (f"<title>正在跳转</title>{TO_A}<a href=a.html>点这里</a>", "/a.html"),
        ("<meta http-equiv=refresh content='600;url=/a.html'>", None),
        ("<meta http-equiv=refresh content='5'>", None),
        (f"<noscript>{TO_A}</noscript>", None),
        (f"<!-- {TO_A} -->", None),
        (f'<script>document.write("{TO_A}")</script>', None),
        (f"{TO_A}<p>{REPORT}</p>", None),
        (TO_A + " " * 20_000, None),
        ("<p>refresh</p>", None),
        ("", None),
    ],
)
def test_an_immediate_refresh_of_a_page_without_words_is_a_redirect(page: str, target: str | None) -> None:
    assert refresh_target(page.encode(), "text/html") == target


def test_only_html_sends_on() -> None:
    assert refresh_target(TO_A.encode(), "text/plain") is None
    assert refresh_target(TO_A.encode(), None) == "/a.html"


@given(st.binary(max_size=300))
def test_no_bytes_are_too_odd_to_look_at(body: bytes) -> None:
    assert refresh_target(b"refresh" + body, None) is None
