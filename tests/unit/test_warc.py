"""Raw responses as WARC records: any web-archive tool reads them, and nothing of the body is lost."""

from __future__ import annotations

import gzip
import io
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from tasks.errors import Unprocessable
from tasks.warc import payload, warc_record

THEN = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
URL = "http://www.qinghe.example/art/2026/1/8/art_12_3456.html"
_line = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF), max_size=30)
_name = st.sampled_from(
    ["Content-Type", "Content-Encoding", "Transfer-Encoding", "Content-Length", "Set-Cookie", "X-A"]
)


@example(body=b"", status=200, reason="", headers=[("Content-Type", ";\x80=0")])
@given(
    body=st.binary(max_size=2000),
    status=st.sampled_from([None, 200, 404, 412, 521]),
    reason=st.sampled_from(["", "OK", "Not Found", "未找到"]),
    headers=st.lists(st.tuples(_name, _line), max_size=6),
)
def test_the_body_comes_back_whatever_the_headers_say(
    body: bytes, status: int | None, reason: str, headers: list[tuple[str, str]]
) -> None:
    """A gzip label of the answer is history: the body is stored unpacked and must not be unpacked again."""
    record = warc_record(URL, body, THEN, status=status, reason=reason, headers=headers)
    assert payload(record) == body


def test_a_record_is_one_gzip_member() -> None:
    record = warc_record(URL, b"x" * 5000, THEN, status=200)
    engine = zlib.decompressobj(16 + zlib.MAX_WBITS)
    engine.decompress(record)
    assert engine.eof
    assert engine.unused_data == b""


def test_records_laid_end_to_end_are_a_valid_archive(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    bodies = [("response", b"<p>one</p>"), ("response", "报告".encode("gb18030")), ("resource", b"%PDF-1.4")]
    archive = b"".join(
        warc_record(
            URL, body, THEN, status=200 if kind == "response" else None, headers=[("Content-Type", "text/html")]
        )
        for kind, body in bodies
    )
    found = [(r.rec_type, r.content_stream().read()) for r in ArchiveIterator(io.BytesIO(archive))]
    assert found == bodies
    path = tmp_path / "all.warc.gz"
    path.write_bytes(archive)
    # warcio's own checker recomputes the digests of every block and payload
    checker = Checker(type("Command", (), {"inputs": [str(path)], "verbose": True})())
    checker.process_all()
    assert checker.exit_value == 0, capsys.readouterr().out
    assert "fail" not in capsys.readouterr().out


def test_the_same_fetch_gives_the_same_bytes() -> None:
    given_headers = [("Content-Type", "text/html; charset=gb2312"), ("Content-Encoding", "gzip")]
    one = warc_record(URL, b"body", THEN, status=200, reason="OK", headers=given_headers)
    assert one == warc_record(URL, b"body", THEN, status=200, reason="OK", headers=given_headers)
    assert one != warc_record(URL, b"body", THEN.replace(hour=9), status=200, reason="OK", headers=given_headers)


def test_headers_are_kept_and_encodings_told_as_history() -> None:
    record = warc_record(
        URL, b"body", THEN, status=200, reason="OK", headers=[("ETag", '"a1"'), ("content-encoding", "gzip")]
    )
    text = gzip.decompress(record).decode("ascii")
    assert "HTTP/1.1 200 OK\r\n" in text
    assert 'ETag: "a1"\r\n' in text
    assert "X-Archive-Orig-content-encoding: gzip\r\n" in text
    assert "Content-Length: 4\r\n\r\nbody" in text
    assert f"WARC-Target-URI: {URL}\r\n" in text
    assert "WARC-Date: 2026-11-25T08:30:00Z\r\n" in text


def test_the_date_is_told_in_utc() -> None:
    """A clock of another zone must not move the record by hours."""
    from datetime import timedelta, timezone

    beijing = THEN.astimezone(timezone(timedelta(hours=8)))
    assert warc_record(URL, b"body", beijing, status=200) == warc_record(URL, b"body", THEN, status=200)


@pytest.mark.parametrize("broken", [b"", b"no archive", warc_record(URL, b"x" * 500, THEN)[:-100], gzip.compress(b"")])
def test_what_is_no_record_is_refused(broken: bytes) -> None:
    with pytest.raises(Unprocessable) as caught:
        payload(broken)
    assert caught.value.reason == "broken_archive"
