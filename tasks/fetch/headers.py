"""What header lines say about a body: its type, its charset label, its file name."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes, urlsplit

_TYPE = re.compile(r"\s*([!#$%&'*+.^_`|~\w-]+/[!#$%&'*+.^_`|~\w-]+)", re.ASCII)
_CHARSET = re.compile(r";\s*charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;,]+))", re.IGNORECASE)
_EXTENDED_NAME = re.compile(rb";\s*filename\*\s*=\s*\"?([\w-]+)'[^']*'([^;\"\s]+)", re.IGNORECASE)
_NAME = re.compile(rb";\s*filename\s*=\s*(?:\"((?:\\.|[^\"\\])*)\"|([^;]+))", re.IGNORECASE)


def media_type_of(content_type: str | None) -> str | None:
    """``text/html`` out of ``Text/HTML; charset=gb2312``, or None where there is none."""
    found = _TYPE.match(content_type or "")
    return found[1].lower() if found else None


def charset_label_of(content_type: str | None) -> str | None:
    """The charset parameter, as sent; the first where servers send two."""
    found = _CHARSET.search(content_type or "")
    if found is None:
        return None
    label = (found[1] or found[2] or found[3] or "").strip()
    return label or None


def file_name_of(url: str, content_disposition: bytes | None = None) -> str | None:
    """The name under which the server hands the body out, else the last part of the address.

    ``filename*`` goes before ``filename`` (RFC 6266, 4.3).  Chinese servers put raw UTF-8 or GB
    bytes, or percent escapes of either, into ``filename``.  Folders in a name are dropped.
    """
    given = b""
    line = content_disposition or b""
    extended, plain = _EXTENDED_NAME.search(line), _NAME.search(line)
    if extended:
        given = unquote_to_bytes(extended[2])
    elif plain:
        given = re.sub(rb"\\(.)", rb"\1", plain[1]) if plain[1] is not None else plain[2].strip()
        given = unquote_to_bytes(given)
    if not given:
        given = unquote_to_bytes(urlsplit(url).path.rpartition("/")[2])
    name = text_of(given).replace("\\", "/").rpartition("/")[2].strip()
    name = "".join(c for c in name if c.isprintable())
    return name or None


def text_of(given: bytes) -> str:
    """Header bytes as text: UTF-8 when they are, else GB 18030."""
    try:
        return given.decode("utf-8")
    except UnicodeDecodeError:
        return given.decode("gb18030", errors="replace")
