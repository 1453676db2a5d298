"""Which answers are no document, and what is told of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.page import FetchedPage, Http
from tasks.answer import Answer, accept, excerpt, is_challenge, retry_after
from tasks.errors import GongbaoError, Transient, Unprocessable

URL = "http://www.qinghe.example/art_1.html"
WORDS = "各位代表：现在，我代表清河镇人民政府向大会报告工作，请予审议。" * 2


def answer(status: int | None, payload: bytes = b"page", **headers: str) -> Answer:
    page = FetchedPage(
        document_id="d" * 32,
        url=URL,
        final_url=URL,
        fetched_at=datetime(2026, 11, 25, 8, 0, tzinfo=UTC),
        http=None if status is None else Http(status=status),
        raw="",
        raw_digest="",
        raw_size=len(payload),
    )
    return Answer(page, payload, "", tuple(headers.items()))


@pytest.mark.parametrize("status", [None, 200, 201, 202, 203, 226])
def test_a_success_with_a_body_is_accepted(status: int | None) -> None:
    accept(answer(status))


@given(st.integers(100, 999).filter(lambda status: not 200 <= status <= 299))
def test_no_other_status_passes(status: int) -> None:
    """Each ends in one sentence that names the address and the status."""
    with pytest.raises(GongbaoError) as caught:
        accept(answer(status))
    assert URL in str(caught.value)
    assert status == 304 or str(status) in str(caught.value)


@given(st.integers(500, 599))
def test_a_servers_own_fault_passes_with_time(status: int) -> None:
    with pytest.raises(Transient):
        accept(answer(status))


@pytest.mark.parametrize(
    ("status", "body", "challenge"),
    [
        (412, b"", True),
        (202, b"<html><script>$_ts={}</script></html>", True),
        (202, b"<SCRIPT src=/a.js></SCRIPT>", True),
        (521, b"<script>document.cookie=1</script>", True),
        (202, f"<script>count()</script><p>{WORDS}</p>".encode(), False),
        (202, b"<p>accepted</p>", False),
        (521, b"Web server is down", False),
        (200, b"<script>document.cookie=1</script>", False),
        (404, b"<script>document.cookie=1</script>", False),
    ],
)
def test_a_challenge_is_a_script_and_no_words_under_certain_numbers(status: int, body: bytes, challenge: bool) -> None:
    """A page under 200 is for clean to judge, which sees the whole page."""
    assert is_challenge(status, body) is challenge


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", ""),
        (b"<h1>404</h1>\r\n<p>not\tfound</p>", "404 not found"),
        ("<title>错误</title>系统繁忙".encode("gb18030"), "错误 系统繁忙"),
        (b"<script>if (a < b) x()</script><style>p{}</style><!-- <p>no</p> -->yes", "yes"),
        (b"<script>never closed", ""),
        (b"\x00\x01ok\x7f", "ok"),
    ],
)
def test_the_evidence_is_what_a_reader_would_see(body: bytes, told: str) -> None:
    assert excerpt(body) == told


@given(st.binary(max_size=500))
def test_any_bytes_have_a_short_excerpt_on_one_line(body: bytes) -> None:
    told = excerpt(body)
    assert len(told) <= 200
    assert told.isprintable()


def test_an_excerpt_cut_in_the_middle_of_a_character_stays_readable() -> None:
    for shift in range(4):
        assert excerpt(b"a" * shift + "报".encode() * 40_000, 5).lstrip("a").startswith("报")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30.0),
        (" 0 ", 0.0),
        ("Wed, 25 Nov 2026 08:05:00 GMT", 300.0),
        ("Wed, 25 Nov 2026 07:00:00 GMT", 0.0),
        ("Wed, 25 Nov 2026 08:05:00 -0000", None),
        ("²", None),
        ("later", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert retry_after(answer(503, b"", **{"Retry-After": value})) == seconds


def test_an_empty_page_may_fill_and_an_empty_file_will_not() -> None:
    with pytest.raises(Transient):
        accept(answer(200, b" "))
    with pytest.raises(Unprocessable):
        accept(answer(None, b""))
