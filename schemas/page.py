"""What fetch is asked for, and what it brings back."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from schemas.base import Contract, Part


class Http(Part):
    """What the server said of its answer. ``media_type`` is in lower case, without parameters."""

    status: int
    media_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None


class Cover(Part):
    """What the page that links to an attachment tells about it; values as read, not yet normalised."""

    document_id: str
    url: str
    link_text: str | None = None
    title: str | None = None
    metadata: tuple[tuple[str, str], ...] = ()
    clues: tuple[tuple[str, str], ...] = ()


class PageRequest(Contract):
    """One address to fetch. Attachments carry the cover page they were found on.

    Attributes:
        url: as asked for; ``file://`` for local files.
        source: name of the file in config/sources that asked, or None for hand-enqueued ones.
        etag, last_modified: validators of the last fetch, to ask "only if changed".
        known_digest: ``sha256:…`` of the bytes fetched last time; equal bytes are ``unchanged``.
    """

    CONTRACT: ClassVar[str] = "request/1"
    contract: Literal["request/1"] = "request/1"
    document_id: str
    url: str
    source: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    known_digest: str | None = None
    cover: Cover | None = None


class FetchedPage(Contract):
    """One fetched resource; its bytes lie in the artefact store.

    Attributes:
        raw: digest of the artefact with the payload bytes as sent, transfer and content encodings
            undone.  The artefact is one gzip member holding one WARC record.
        raw_digest: ``sha256:…`` of the payload bytes themselves.
        raw_size: their number.
        charset_label: ``charset`` parameter of Content-Type, if any, as sent.
        file_name: from Content-Disposition or the last part of the path, if any.
    """

    CONTRACT: ClassVar[str] = "page/1"
    contract: Literal["page/1"] = "page/1"
    document_id: str
    url: str
    final_url: str
    fetched_at: datetime
    http: Http | None = None
    charset_label: str | None = None
    file_name: str | None = None
    raw: str
    raw_digest: str
    raw_size: int
    source: str | None = None
    cover: Cover | None = None
