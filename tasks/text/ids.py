"""Names that never change: document ids, record ids, digests."""

from __future__ import annotations

import hashlib
from urllib.parse import quote, unquote, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def digest_of(data: bytes) -> str:
    """``sha256:`` and the hex digest of the bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def canonical_url(url: str) -> str:
    """The one spelling of an address.

    Scheme and host in lower case (host in IDNA), default port and fragment dropped, an empty path
    made ``/``, percent escapes in upper case and only where they are needed (RFC 3986, 6.2.2).
    The query is kept in its order: servers may care.

    Raises:
        ValueError: it is no absolute http, https or file URL.
    """
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https", "file"):
        raise ValueError(f"{url!r} is not an http, https or file URL")
    path = quote(unquote(parts.path, errors="surrogateescape"), safe="/~!$&'()*+,;=:@", errors="surrogateescape")
    if scheme == "file":
        if parts.netloc not in ("", "localhost") or not path.startswith("/"):
            raise ValueError(f"{url!r} is not the URL of a file on this machine")
        return urlunsplit(("file", "", path, "", ""))
    if not parts.hostname:
        raise ValueError(f"{url!r} names no host")
    host = parts.hostname.lower()
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if ":" in host:
        host = f"[{host}]"
    port = parts.port  # raises ValueError when it is no number
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        host = f"{host}:{port}"
    query = quote(parts.query, safe="%/~!$&'()*+,;=:@?[]|")
    return urlunsplit((scheme, host, path or "/", query, ""))


def document_id_of(url: str) -> str:
    """First 32 hex digits of the SHA-256 of the canonical URL.

    Raises:
        ValueError: see :func:`canonical_url`.
    """
    return hashlib.sha256(canonical_url(url).encode("utf-8")).hexdigest()[:32]


def record_id_of(document_id: str, version: int, start: int, end: int, measure: str, name: str) -> str:
    """Stable id of an indicator: same document version and same evidence, same id. 24 hex digits."""
    key = f"{document_id}\0{version}\0{start}\0{end}\0{measure}\0{name}"
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:24]
