"""Names that never change: document ids, record ids, digests."""

from __future__ import annotations

import hashlib
import re
import string
from ipaddress import IPv6Address
from urllib.parse import urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def digest_of(data: bytes) -> str:
    """``sha256:`` and the hex digest of the bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def canonical_url(url: str) -> str:
    """The one spelling of an address (RFC 3986, 6.2.2 and 6.2.3).

    Scheme and host in lower case (host in IDNA), default port, fragment and an empty query dropped,
    an empty path made ``/``, dot segments resolved.  Percent escapes are in upper case; those of
    unreserved characters are undone, those of reserved ones are kept (``%2F`` in a path is no
    slash), and characters that no URL may hold are escaped as UTF-8.  The query is kept in its
    order: servers may care.  The canonical form of a canonical form is itself.

    The dots of a file's path stay: after a symbolic link ``..`` is not the folder before it.

    Raises:
        ValueError: it is no absolute http, https or file URL, or one with a user name.
    """
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https", "file"):
        raise ValueError(f"{url!r} is not an http, https or file URL")
    path = _normal(parts.path, _PATH)
    if scheme == "file":
        if parts.netloc not in ("", "localhost") or not path.startswith("/") or path.startswith("//"):
            raise ValueError(f"{url!r} is not the URL of a file on this machine")
        return urlunsplit(("file", "", path, "", ""))
    if "@" in parts.netloc:
        raise ValueError(f"{url!r} holds a user name, which would be kept in every record")
    host = _canonical_host(parts.hostname or "", url)
    port = parts.port  # raises ValueError when it is no number
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        host = f"{host}:{port}"
    return urlunsplit((scheme, host, _without_dots(path), _normal(parts.query, _QUERY), ""))


_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
#: an escape, or a character that may not stand there
_PATH = re.compile(r"%([0-9A-Fa-f]{2})|([^A-Za-z0-9\-._~!$&'()*+,;=:@/])")
_QUERY = re.compile(r"%([0-9A-Fa-f]{2})|([^A-Za-z0-9\-._~!$&'()*+,;=:@/?])")
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?")


def _normal(part: str, odd: re.Pattern[str]) -> str:
    def one(found: re.Match[str]) -> str:
        if found[1]:
            character = chr(int(found[1], 16))
            return character if character in _UNRESERVED else found[0].upper()
        # a file name that is no UTF-8 has its bytes as surrogates (PEP 383): they are put back
        return "".join(f"%{byte:02X}" for byte in found[2].encode("utf-8", "surrogateescape"))

    return odd.sub(one, part)


def _canonical_host(host: str, url: str) -> str:
    if ":" in host:
        return f"[{IPv6Address(host).compressed}]"
    if not host.isascii():
        host = host.encode("idna").decode("ascii").lower()
    if not _HOST.fullmatch(host):
        raise ValueError(f"{url!r} names no host")
    return host


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4, for an absolute path."""
    kept: list[str] = []
    parts = path.split("/")[1:] or [""]
    for at, part in enumerate(parts):
        last = at == len(parts) - 1
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
            continue
        if last:
            kept.append("")
    return "/" + "/".join(kept)


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
