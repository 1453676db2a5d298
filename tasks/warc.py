"""Raw responses as WARC 1.1 records (ISO 28500), one gzip member each.

A concatenation of such members is a valid ``.warc.gz`` file, which every web-archive tool reads.
"""

from __future__ import annotations

import io
import string
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tasks.errors import Unprocessable
from tasks.text.ids import digest_of


def warc_record(
    url: str,
    payload: bytes,
    fetched_at: datetime,
    *,
    status: int | None = None,
    reason: str = "",
    headers: Iterable[tuple[str, str]] = (),
) -> bytes:
    """One gzip member with one record: ``response`` for an HTTP answer, ``resource`` for a file.

    The record id is made from address, time and content, so the same fetch gives the same bytes.

    Args:
        payload: the body with transfer and content encodings undone; header lines that describe
            those encodings are renamed ``X-Archive-Orig-…`` so that the record reads right.
        status: HTTP status, or None for a file.
        reason, headers: as sent, read as Latin-1.
    """
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    date = fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    record_id = uuid5(NAMESPACE_URL, f"{url} {date} {digest_of(payload)}")
    warc_headers = {"WARC-Date": date, "WARC-Record-ID": f"<urn:uuid:{record_id}>"}
    http_headers = None
    if status is not None:
        kept = [(f"X-Archive-Orig-{k}" if k.lower() in _ENCODINGS else k, _ascii(v)) for k, v in headers]
        kept.append(("Content-Length", str(len(payload))))
        http_headers = StatusAndHeaders(f"{status} {_ascii(reason)}".strip(), kept, protocol="HTTP/1.1")
    record = writer.create_warc_record(
        url,
        "response" if status is not None else "resource",
        payload=io.BytesIO(payload),
        length=len(payload),
        http_headers=http_headers,
        warc_headers_dict=warc_headers,
        warc_content_type="" if status is not None else "application/octet-stream",
    )
    writer.write_record(record)
    data = bytearray(out.getvalue())
    data[4:8] = b"\0\0\0\0"  # the gzip header's own time: not part of the record
    return bytes(data)


def _ascii(words: str) -> str:
    """Words of a header with what is no ASCII escaped: warcio gives up on some."""
    return words if words.isascii() else quote(words, safe=string.punctuation + " ")


_ENCODINGS = frozenset({"content-encoding", "transfer-encoding", "content-length"})


def payload(member: bytes) -> bytes:
    """The payload bytes of the one record in ``member``.

    Raises:
        Unprocessable: it holds no whole WARC record.
    """
    try:
        record = next(iter(ArchiveIterator(io.BytesIO(member))), None)
        data = b"" if record is None else record.content_stream().read()
    except (ArchiveLoadFailed, OSError, EOFError) as error:
        raise Unprocessable("broken_archive", f"the stored response is no WARC record: {error}") from error
    if record is None:
        raise Unprocessable("broken_archive", "the stored response holds no WARC record; fetch the page again")
    length = (record.http_headers or record.rec_headers).get_header("Content-Length")
    if length != str(len(data)):
        raise Unprocessable(
            "broken_archive", f"of the stored response {len(data)} of {length} bytes are left; fetch the page again"
        )
    return bytes(data)
