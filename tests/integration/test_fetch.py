"""Fetch against a real server on this machine: good answers, and every bad one in one clear sentence."""

from __future__ import annotations

import gzip
import os
import socket
import ssl
import threading
import tracemalloc
import warnings
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from schemas.page import FetchedPage, PageRequest
from tasks.bench import Bench
from tasks.errors import GongbaoError, Misconfigured, Transient, Unchanged, Unprocessable
from tasks.fetch import FETCH
from tasks.fetch.limits import FetchLimits
from tasks.fetch.web import WholeWeb
from tasks.text.ids import digest_of, document_id_of

LIMITS = FetchLimits(connect_timeout=5, read_timeout=5, total_timeout=20)
PAGE = "<html><head><title>清河镇2025年政府工作报告</title></head><body><p>各位代表：</p></body></html>".encode(
    "gb18030"
)
CHALLENGE = (
    b'<!DOCTYPE html><html><head><meta charset="utf-8"><meta content="x9f" r="m">'
    b'<script r="m">$_ts=window.$_ts;</script><script src="/7Fa/c.js" r="m"></script></head><body></body></html>'
)


class Site:
    """A web site of one's own: what each address does is a function that is given the connection."""

    def __init__(self) -> None:
        self.pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        #: set when the test is over, so that whoever drips or waits stops
        self.over = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                self.close_connection = True
                page = site.pages.get(self.path.partition("?")[0])
                try:
                    if page is None:
                        answer(404, b"<h1>404</h1>")(self)
                    else:
                        page(self)
                except OSError:
                    pass  # the visitor has had enough

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                pass  # a visitor who breaks off a handshake is what some tests are about

        self.server = Server(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.scheme = "http"

    @property
    def port(self) -> int:
        port: int = self.server.server_address[1]
        return port

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def answer(status: int, body: bytes = b"", *headers: tuple[str, str]) -> Callable[[BaseHTTPRequestHandler], None]:
    """A page that answers so."""

    def page(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        names = {name.lower() for name, _ in headers}
        if "content-type" not in names:
            handler.send_header("Content-Type", "text/html")
        if "content-length" not in names:
            handler.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return page


def raw(data: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """A page that writes these bytes and hangs up."""

    def page(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(data)
        handler.wfile.flush()

    return page


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as found:
        yield found


def fetch(bench: Bench, url: str, limits: FetchLimits = LIMITS, **known: str) -> tuple[FetchedPage, bytes]:
    """Carry out the stage as a worker does; the page and its payload out of the store."""
    request = PageRequest(document_id="d" * 32, url=url, **known)
    with WholeWeb(limits) as web:
        at_hand = replace(bench, web=web)
        _, page = FETCH.carry_out(bench.artefacts.put(request.to_bytes()), at_hand)
        return page, at_hand.raw_bytes(page)


def failure(bench: Bench, url: str, limits: FetchLimits = LIMITS, **known: str) -> GongbaoError:
    """The error that fetching ends in. Whatever it is, it is one sentence that names the source."""
    with pytest.raises(GongbaoError) as caught:
        fetch(bench, url, limits, **known)
    error = caught.value
    assert "\n" not in error.message
    assert "Traceback" not in error.message
    assert not error.message.endswith(".")
    return error


# ---------------------------------------------------------------------------------------------- good answers


def test_a_page_is_kept_byte_for_byte_with_what_the_server_said_of_it(site: Site, bench: Bench) -> None:
    site.pages["/art_1.html"] = answer(
        200,
        PAGE,
        ("Content-Type", "text/html; charset=gb2312"),
        ("ETag", 'W/"65f-1"'),
        ("Last-Modified", "Thu, 08 Jan 2026 01:00:00 GMT"),
    )
    page, payload = fetch(bench, site.url("/art_1.html#top"))
    assert payload == PAGE
    assert page.raw_digest == digest_of(PAGE)
    assert page.raw_size == len(PAGE)
    assert page.final_url == site.url("/art_1.html")
    assert page.http is not None
    assert page.http.model_dump() == {
        "status": 200,
        "media_type": "text/html",
        "etag": 'W/"65f-1"',
        "last_modified": "Thu, 08 Jan 2026 01:00:00 GMT",
    }
    assert page.charset_label == "gb2312"
    assert page.file_name == "art_1.html"


def test_we_ask_like_a_reader_of_chinese_and_offer_only_what_we_can_unpack(site: Site, bench: Bench) -> None:
    site.pages["/"] = answer(200, PAGE)
    fetch(bench, site.url("/"), replace(LIMITS, user_agent="Gongbao/0.1"))
    headers = site.asked[0][1]
    assert headers["accept-language"].startswith("zh-CN")
    assert headers["accept-encoding"] == "gzip, deflate"
    assert headers["user-agent"] == "Gongbao/0.1"
    assert "if-none-match" not in headers


def _raw_deflate(data: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return engine.compress(data) + engine.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("GZIP", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:])),
        ("gzip", gzip.compress(PAGE) + b"\0\0\0\0"),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", _raw_deflate(PAGE)),
        ("deflate, gzip", gzip.compress(zlib.compress(PAGE))),
        ("identity", PAGE),
    ],
)
def test_content_encodings_are_undone(site: Site, bench: Bench, encoding: str, body: bytes) -> None:
    site.pages["/"] = answer(200, body, ("Content-Encoding", encoding))
    assert fetch(bench, site.url("/"))[1] == PAGE


def test_a_chunked_body_is_put_together(site: Site, bench: Bench) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(PAGE[i : i + 7]), PAGE[i : i + 7]) for i in range(0, len(PAGE), 7))
    site.pages["/"] = raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")
    page, payload = fetch(bench, site.url("/"))
    assert payload == PAGE
    assert page.http is not None
    assert page.http.media_type is None


def test_a_server_of_before_1997_is_understood(site: Site, bench: Bench) -> None:
    """HTTP/1.0, no length: the body ends with the connection."""
    site.pages["/"] = raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE)
    assert fetch(bench, site.url("/"))[1] == PAGE


def test_bytes_that_are_no_text_under_text_html_are_passed_on(site: Site, bench: Bench) -> None:
    """What they are is for clean to say: a PDF under text/html is a document all the same."""
    body = b"%PDF-1.4\n" + bytes(range(256)) * 4
    site.pages["/2025.html"] = answer(200, body)
    assert fetch(bench, site.url("/2025.html"))[1] == body


def test_redirects_are_followed_across_spellings_of_location(site: Site, bench: Bench) -> None:
    site.pages["/old"] = answer(301, b"", ("Location", "new/./报告.html".encode().decode("latin-1")))
    site.pages["/new/%E6%8A%A5%E5%91%8A.html"] = answer(302, b"", ("Location", site.url("/end?a=1#x")))
    site.pages["/end"] = answer(200, PAGE)
    page, payload = fetch(bench, site.url("/old"))
    assert payload == PAGE
    assert page.url == site.url("/old")
    assert page.final_url == site.url("/end?a=1")


def test_a_shield_that_sets_a_cookie_and_sends_one_back_is_passed(site: Site, bench: Bench) -> None:
    def page(handler: BaseHTTPRequestHandler) -> None:
        known = "wzws=1" in (handler.headers.get("Cookie") or "")
        answer(200, PAGE)(handler) if known else answer(302, b"", ("Location", "/"), ("Set-Cookie", "wzws=1"))(handler)

    site.pages["/"] = page
    assert fetch(bench, site.url("/"))[1] == PAGE
    site.asked.clear()
    fetch(bench, site.url("/"))
    assert "cookie" not in site.asked[0][1], "a cookie outlived its fetch"


def test_a_page_that_only_sends_on_is_followed(site: Site, bench: Bench) -> None:
    site.pages["/"] = answer(200, b"<meta http-equiv=refresh content='0; url=zwgk/a.html'>")
    site.pages["/zwgk/a.html"] = answer(200, PAGE)
    page, payload = fetch(bench, site.url("/"))
    assert (payload, page.final_url) == (PAGE, site.url("/zwgk/a.html"))


def test_a_page_that_reloads_itself_is_taken_as_it_is(site: Site, bench: Bench) -> None:
    body = b"<meta http-equiv=refresh content='5; url=/'>waiting"
    site.pages["/"] = answer(200, body)
    assert fetch(bench, site.url("/"))[1] == body
    assert len(site.asked) == 1


def test_a_page_may_send_on_to_no_file(site: Site, bench: Bench) -> None:
    site.pages["/"] = answer(200, b"<meta http-equiv=refresh content='0; url=file:///etc/passwd'>")
    assert failure(bench, site.url("/")).reason == "redirect_refused"


def test_a_proxy_is_asked_in_place_of_the_host(site: Site, bench: Bench) -> None:
    site.pages["http://www.qinghe.example/a"] = answer(200, PAGE)
    page, payload = fetch(bench, "http://www.qinghe.example/a", replace(LIMITS, proxy=site.url("")))
    assert (payload, page.final_url) == (PAGE, "http://www.qinghe.example/a")


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment; filename=report.doc", "report.doc"),
        ('attachment; filename="2025年报告.docx"', "2025年报告.docx"),
        ("attachment; filename=%E6%8A%A5%E5%91%8A.pdf", "报告.pdf"),
        ("attachment; filename=\"x.pdf\"; filename*=UTF-8''%E6%8A%A5%E5%91%8A.pdf", "报告.pdf"),
        ('attachment; filename="../../etc/报告.pdf"', "报告.pdf"),
        ('attachment; filename="C:\\\\temp\\\\a.pdf"', "a.pdf"),
        ("attachment", "download.jsp"),
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_file_keeps_the_name_the_server_gives_it(
    site: Site, bench: Bench, disposition: str, name: str, charset: str
) -> None:
    """In raw UTF-8, raw GB 18030 or escaped, without folders."""
    sent = disposition.encode(charset).decode("latin-1")
    site.pages["/download.jsp"] = answer(200, b"%PDF-1.4", ("Content-Disposition", sent))
    assert fetch(bench, site.url("/download.jsp?id=5"))[0].file_name == name


# ------------------------------------------------------------------------------------------- only if changed


def test_validators_are_sent_and_304_means_unchanged(site: Site, bench: Bench) -> None:
    site.pages["/"] = answer(304, b"", ("ETag", '"a"'))
    error = failure(bench, site.url("/"), etag='"a"', last_modified="Thu, 08 Jan 2026 01:00:00 GMT")
    assert isinstance(error, Unchanged)
    assert site.asked[0][1]["if-none-match"] == '"a"'
    assert site.asked[0][1]["if-modified-since"] == "Thu, 08 Jan 2026 01:00:00 GMT"


def test_the_same_bytes_are_unchanged_and_stored_no_second_time(site: Site, bench: Bench) -> None:
    site.pages["/"] = answer(200, PAGE)
    page, _ = fetch(bench, site.url("/"))
    before = dict(bench.artefacts.kept)  # type: ignore[attr-defined]
    error = failure(bench, site.url("/"), known_digest=page.raw_digest)
    assert isinstance(error, Unchanged)
    new = set(bench.artefacts.kept) - set(before)  # type: ignore[attr-defined]
    assert len(new) == 1, "only the request itself is new"


# ----------------------------------------------------------------------------------------------- bad answers

BAD = [
    ("/404", answer(404, b"<h1>404</h1>"), Unprocessable, "not_found"),
    ("/410", answer(410, b"gone"), Unprocessable, "gone"),
    ("/401", answer(401, b"login"), Unprocessable, "forbidden"),
    ("/403", answer(403, b"<h1>forbidden</h1>"), Unprocessable, "forbidden"),
    ("/451", answer(451, b"law"), Unprocessable, "forbidden"),
    ("/400", answer(400, b"bad"), Unprocessable, "unusable_answer"),
    ("/418", answer(418, b""), Unprocessable, "unusable_answer"),
    ("/302", answer(302, b"no location"), Unprocessable, "unusable_answer"),
    ("/500", answer(500, b"<h1>error</h1>"), Transient, "server_error"),
    ("/502", answer(502, b""), Transient, "server_error"),
    ("/521", answer(521, b"web server is down"), Transient, "server_error"),
    ("/408", answer(408, b""), Transient, "timed_out"),
    ("/429", answer(429, b"slow down"), Transient, "rate_limited"),
    ("/206", answer(206, PAGE[:10]), Transient, "incomplete_body"),
    ("/412", answer(412, CHALLENGE), Unprocessable, "challenge_page"),
    ("/412-empty", answer(412, b""), Unprocessable, "challenge_page"),
    ("/202", answer(202, CHALLENGE), Unprocessable, "challenge_page"),
    ("/521-script", answer(521, b"<script>document.cookie=('_')+('_j')</script>"), Unprocessable, "challenge_page"),
    ("/empty", answer(200, b""), Transient, "empty_body"),
    ("/blank", answer(200, b" \r\n\t"), Transient, "empty_body"),
    ("/204", raw(b"HTTP/1.1 204 No Content\r\n\r\n"), Transient, "empty_body"),
    ("/too-short", answer(200, PAGE, ("Content-Length", str(len(PAGE) + 10))), Transient, "incomplete_body"),
    (
        "/cut-chunk",
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf"),
        Transient,
        "incomplete_body",
    ),
    ("/hangs-up", raw(b""), Transient, "connection_broken"),
    ("/no-http", raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), Transient, "broken_answer"),
    ("/bad-length", answer(200, PAGE, ("Content-Length", "many")), Transient, "broken_answer"),
    ("/no-gzip", answer(200, PAGE, ("Content-Encoding", "gzip")), Unprocessable, "bad_encoding"),
    ("/brotli", answer(200, PAGE, ("Content-Encoding", "br")), Unprocessable, "bad_encoding"),
    (
        "/cut-gzip",
        answer(200, gzip.compress(PAGE)[:-12], ("Content-Encoding", "gzip")),
        Transient,
        "bad_encoding",
    ),
    ("/five", answer(200, PAGE, ("Content-Encoding", ", ".join(["gzip"] * 5))), Unprocessable, "bad_encoding"),
    ("/loop", answer(302, b"", ("Location", "/loop")), Unprocessable, "too_many_redirects"),
    ("/to-file", answer(302, b"", ("Location", "file:///etc/passwd")), Unprocessable, "redirect_refused"),
    ("/to-ftp", answer(302, b"", ("Location", "ftp://www.qinghe.example/a")), Unprocessable, "redirect_refused"),
    ("/to-script", answer(302, b"", ("Location", "javascript:history.back()")), Unprocessable, "redirect_refused"),
    ("/to-nowhere", answer(302, b"", ("Location", "http://a b/")), Unprocessable, "redirect_refused"),
]


@pytest.mark.parametrize(("path", "page", "kind", "reason"), BAD, ids=[case[0] for case in BAD])
def test_an_answer_that_is_no_document_is_named_by_its_fate(
    site: Site,
    bench: Bench,
    path: str,
    page: Callable[[BaseHTTPRequestHandler], None],
    kind: type[GongbaoError],
    reason: str,
) -> None:
    site.pages[path] = page
    error = failure(bench, site.url(path))
    assert (type(error), error.reason) == (kind, reason)
    assert site.url(path) in error.message


def test_an_endless_chain_of_redirects_ends_at_the_limit(site: Site, bench: Bench) -> None:
    def page(handler: BaseHTTPRequestHandler) -> None:
        number = int(handler.path.partition("?")[2] or 0)
        answer(302, b"", ("Location", f"/on?{number + 1}"))(handler)

    site.pages["/on"] = page
    error = failure(bench, site.url("/on"), replace(LIMITS, max_redirects=3))
    assert error.reason == "too_many_redirects"
    assert [path for path, _ in site.asked] == ["/on", "/on?1", "/on?2", "/on?3"]


def test_of_a_refusal_with_a_body_the_evidence_is_kept(site: Site, bench: Bench) -> None:
    body = "<html><script>x()</script><h1>您访问的页面不存在</h1></html>".encode("gb18030")
    site.pages["/gone"] = answer(404, body)
    error = failure(bench, site.url("/gone"))
    assert error.evidence is not None
    excerpt, _, stored = error.evidence.partition(" [whole answer: ")
    assert excerpt == "您访问的页面不存在"
    assert b"404" in gzip.decompress(bench.artefacts.get(stored.rstrip("]")))
    assert body in gzip.decompress(bench.artefacts.get(stored.rstrip("]")))


@pytest.mark.parametrize(
    ("value", "seconds"), [("120", 120.0), ("Wed, 01 Jan 2020 00:00:00 GMT", 0.0), ("soon", None), ("-5", None)]
)
def test_retry_after_is_honoured(site: Site, bench: Bench, value: str, seconds: float | None) -> None:
    site.pages["/"] = answer(503, b"busy", ("Retry-After", value))
    error = failure(bench, site.url("/"))
    assert isinstance(error, Transient)
    assert error.retry_after == seconds


# ------------------------------------------------------------------------------------------- size and time


@pytest.mark.parametrize("told", [True, False], ids=["length told", "length not told"])
def test_a_body_of_60_megabytes_is_refused(site: Site, bench: Bench, told: bool) -> None:
    sent = []

    def page(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"Content-Length: 62914560\r\n" if told else b"") + b"\r\n")
        for _ in range(60):
            handler.wfile.write(b"x" * 1_048_576)
            sent.append(1)

    site.pages["/big"] = page
    error = failure(bench, site.url("/big"))
    assert (type(error), error.reason) == (Unprocessable, "too_large")
    assert "50 MB" in error.message
    assert len(sent) < 60


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip, gzip", lambda zeros: gzip.compress(gzip.compress(zeros, 1))),
        ("gzip", lambda zeros: gzip.compress(zeros, 1)),
        ("deflate", lambda zeros: zlib.compress(zeros, 1)),
    ],
)
def test_a_gzip_bomb_is_never_unpacked(site: Site, bench: Bench, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    site.pages["/bomb"] = answer(200, pack(b"\0" * 60_000_000), ("Content-Encoding", encoding))
    limits = replace(LIMITS, max_bytes=1_000_000)
    tracemalloc.start()
    try:
        error = failure(bench, site.url("/bomb"), limits)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (type(error), error.reason) == (Unprocessable, "too_large")
    assert peak < 6_000_000


def test_a_body_of_just_the_limit_is_taken(site: Site, bench: Bench) -> None:
    site.pages["/"] = answer(200, gzip.compress(b"x" * 1000), ("Content-Encoding", "gzip"))
    assert len(fetch(bench, site.url("/"), replace(LIMITS, max_bytes=1000))[1]) == 1000
    assert failure(bench, site.url("/"), replace(LIMITS, max_bytes=999)).reason == "too_large"


def test_a_server_that_falls_silent_times_out(site: Site, bench: Bench) -> None:
    site.pages["/"] = lambda _: site.over.wait(60)  # type: ignore[assignment]
    error = failure(bench, site.url("/"), replace(LIMITS, read_timeout=0.2))
    assert (type(error), error.reason) == (Transient, "timed_out")
    assert "0.2 s" in error.message


@pytest.mark.parametrize("where", ["headers", "body", "chunks"])
def test_a_server_that_drips_is_cut_off_at_the_deadline(site: Site, bench: Bench, where: str) -> None:
    """It never falls silent for as long as a read may take, neither in its headers nor in its body."""

    def page(handler: BaseHTTPRequestHandler) -> None:
        start = {
            "headers": b"HTTP/1.1 200 OK\r\nX-Long: ",
            "body": b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
            "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        }[where]
        handler.wfile.write(start)
        while not site.over.wait(0.02):
            handler.wfile.write(b"1\r\nx\r\n" if where == "chunks" else b"x")

    site.pages["/drip"] = page
    error = failure(bench, site.url("/drip"), replace(LIMITS, read_timeout=30, total_timeout=0.5))
    assert (type(error), error.reason) == (Transient, "timed_out")
    assert "0.5 s in all" in error.message


def test_redirects_share_one_deadline(site: Site, bench: Bench) -> None:
    def page(handler: BaseHTTPRequestHandler) -> None:
        site.over.wait(0.15)
        answer(302, b"", ("Location", "/slow"))(handler)

    site.pages["/slow"] = page
    error = failure(bench, site.url("/slow"), replace(LIMITS, total_timeout=0.5, max_redirects=1000))
    assert error.reason == "timed_out"
    assert len(site.asked) < 20


def test_waiting_for_ones_turn_is_no_waiting_for_the_server(site: Site, bench: Bench) -> None:
    """The pace may hold a request back for longer than the server has for its answer."""
    site.pages["/"] = answer(302, b"", ("Location", "/end"))
    site.pages["/end"] = answer(200, PAGE)
    hosts: list[str] = []

    def pace(host: str) -> None:
        hosts.append(host)
        site.over.wait(0.7)

    with WholeWeb(replace(LIMITS, total_timeout=1.0), pace=pace) as web:
        found = web(PageRequest(document_id="d" * 32, url=site.url("/")))
    assert found.payload == PAGE
    assert hosts == ["127.0.0.1", "127.0.0.1"]


# ------------------------------------------------------------------------------------------------- no server


def test_a_host_that_does_not_exist_is_set_aside(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    error = failure(bench, "http://www.qinghe.example/a")
    assert (type(error), error.reason) == (Unprocessable, "unknown_host")
    assert "www.qinghe.example" in error.message


def test_a_name_server_that_does_not_answer_is_tried_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    error = failure(bench, "http://www.qinghe.example/a")
    assert (type(error), error.reason) == (Transient, "unknown_host")


def test_a_real_lookup_of_a_reserved_name_finds_no_host(bench: Bench) -> None:
    """RFC 6761: nobody will ever be called .invalid; a machine without name server says so differently."""
    assert failure(bench, "http://www.qinghe.invalid/a").reason == "unknown_host"


def test_a_refused_connection_is_tried_again(bench: Bench) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound, but nobody listens
        error = failure(bench, f"http://127.0.0.1:{closed.getsockname()[1]}/a")
    assert (type(error), error.reason) == (Transient, "connection_refused")


def test_a_host_that_takes_no_connection_times_out(bench: Bench) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = []
        try:
            for _ in range(4):  # fill the queue of those whom nobody will serve
                one = socket.socket()
                one.setblocking(False)
                one.connect_ex(full.getsockname())
                waiting.append(one)
            url = f"http://127.0.0.1:{full.getsockname()[1]}/a"
            error = failure(bench, url, replace(LIMITS, connect_timeout=0.2))
        finally:
            for one in waiting:
                one.close()
    assert (type(error), error.reason) == (Transient, "timed_out")
    assert "accepts no connection" in error.message


@pytest.fixture
def tls_site() -> Iterator[Site]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    found = Site()
    found.scheme = "https"
    found.server.socket = context.wrap_socket(found.server.socket, server_side=True, do_handshake_on_connect=False)
    with found:
        yield found


def test_a_certificate_that_does_not_verify_is_refused_and_the_way_out_named(tls_site: Site, bench: Bench) -> None:
    tls_site.pages["/"] = answer(200, PAGE)
    error = failure(bench, tls_site.url("/"))
    assert (type(error), error.reason) == (Unprocessable, "bad_certificate")
    assert "verify_tls" in error.message
    assert fetch(bench, tls_site.url("/"), replace(LIMITS, verify=False))[1] == PAGE


def test_a_server_that_never_left_tls_1_0_can_be_read_without_verifying(bench: Bench) -> None:
    """Whoever does not check who answers may as well listen to old protocols; whoever checks may not."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    old = Site()
    old.scheme = "https"
    old.pages["/"] = answer(200, PAGE)
    old.server.socket = context.wrap_socket(old.server.socket, server_side=True, do_handshake_on_connect=False)
    with old:
        error = failure(bench, old.url("/"))
        assert (type(error), error.reason) == (Transient, "tls_failed")
        assert "verify_tls" in error.message
        assert fetch(bench, old.url("/"), replace(LIMITS, verify=False))[1] == PAGE


def test_a_server_without_tls_behind_https_is_named(site: Site, bench: Bench) -> None:
    error = failure(bench, site.url("/").replace("http:", "https:"))
    assert (type(error), error.reason) == (Transient, "tls_failed")


@pytest.mark.parametrize(
    "url", ["www.qinghe.example/a", "ftp://a.example/", "http://", "http://a..example/", "", "报告"]
)
def test_what_is_no_address_is_refused(bench: Bench, url: str) -> None:
    error = failure(bench, url)
    assert (type(error), error.reason) == (Unprocessable, "not_a_url")


def test_a_page_of_the_outside_may_not_lead_into_a_private_network(
    site: Site, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site with a name of its own redirects to the address of a machine behind our wall."""
    real = socket.getaddrinfo

    def lookup(host: str, *rest: object, **named: object) -> object:
        return real("127.0.0.1" if host == "www.qinghe.example" else host, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    for target in (site.url("/secret"), "http://169.254.169.254/latest", "http://[::1]/", "http://localhost/"):
        site.pages["/out"] = answer(302, b"", ("Location", target))
        error = failure(bench, site.url("/out", "www.qinghe.example"))
        assert (type(error), error.reason) == (Unprocessable, "redirect_refused")
    assert "/secret" not in [path for path, _ in site.asked]


def test_a_bench_without_web_is_a_mistake_of_its_maker(bench: Bench) -> None:
    request = PageRequest(document_id="d" * 32, url="http://www.qinghe.example/")
    with pytest.raises(Misconfigured):
        FETCH.work(request, bench)


# ----------------------------------------------------------------------------------------------------- files


def test_a_file_is_read_like_a_page(tmp_path: Path, bench: Bench) -> None:
    path = tmp_path / "清河镇 2025.html"
    path.write_bytes(PAGE)
    page, payload = fetch(bench, path.as_uri())
    assert payload == PAGE
    assert page.http is None
    assert page.file_name == "清河镇 2025.html"
    assert page.final_url == path.as_uri()
    assert isinstance(failure(bench, path.as_uri(), known_digest=page.raw_digest), Unchanged)


def _missing(_: Path) -> None:
    pass


FILES: list[tuple[str, Callable[[Path], object], str]] = [
    ("missing.html", _missing, "not_found"),
    ("folder", Path.mkdir, "is_folder"),
    ("pipe", os.mkfifo, "not_a_file"),
    ("empty.html", Path.touch, "empty_body"),
    ("blank.html", lambda path: path.write_bytes(b"\n  \n"), "empty_body"),
    ("big.html", lambda path: path.write_bytes(b"x" * 1001), "too_large"),
    ("loop.html", lambda path: path.symlink_to(path), "unreadable"),
    ("dangling.html", lambda path: path.symlink_to("nowhere"), "not_found"),
]


@pytest.mark.parametrize(("name", "make", "reason"), FILES, ids=[case[0] for case in FILES])
def test_what_is_no_readable_file_is_named(
    tmp_path: Path, bench: Bench, name: str, make: Callable[[Path], object], reason: str
) -> None:
    make(tmp_path / name)
    error = failure(bench, (tmp_path / name).as_uri(), replace(LIMITS, max_bytes=1000))
    assert error.reason == reason
    assert name in error.message


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal is played: whoever runs the tests may be allowed everything."""

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "secret.html"
    path.write_bytes(PAGE)
    monkeypatch.setattr(os, "open", refuse)
    error = failure(bench, path.as_uri())
    assert (type(error), error.reason) == (Unprocessable, "forbidden")


@pytest.mark.parametrize("url", ["file://server/share/a.html", "file:a.html", "file:///srv/a%00b.html"])
def test_what_is_no_path_is_refused(bench: Bench, url: str) -> None:
    assert isinstance(failure(bench, url), Unprocessable)


@given(st.text(st.characters(blacklist_characters="/\0", codec="utf-8"), min_size=1, max_size=30))
def test_any_name_a_file_can_have_leads_to_it(name: str) -> None:
    from tasks.fetch.files import path_of

    assert path_of((Path("/tmp") / name).as_uri()) == Path("/tmp") / name
    assert len(document_id_of((Path("/tmp") / name).as_uri())) == 32
