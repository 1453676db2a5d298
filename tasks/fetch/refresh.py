"""Pages that only send the reader on: a redirect written in HTML."""

from __future__ import annotations

import re

from tasks.answer import excerpt
from tasks.text.charset import decode

#: A page that sends on says at most that it does; whoever says more is a page of its own.
_MOST_BYTES = 16_384
_MOST_WORDS = 80
#: Seconds; a page that reloads itself every few minutes is no redirect.
_LONGEST_WAIT = 10

_HIDDEN = re.compile(r"<!--.*?-->|<(noscript|script)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_META = re.compile(r"<meta\b[^>]*\bhttp-equiv\s*=\s*[\"']?\s*refresh\b[^>]*>", re.IGNORECASE)
# HTML, "shared declarative refresh steps": 5; url='…', the quotes and even url= may be missing
_CONTENT = re.compile(
    r"\bcontent\s*=\s*([\"']?)\s*(\d{1,4})(?:\.\d*)?\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?([^\"'>\s]+)", re.IGNORECASE
)


def refresh_target(payload: bytes, media_type: str | None, charset_label: str | None = None) -> str | None:
    """The address, absolute or relative, that an HTML page sends its reader to at once; None for a real page.

    What a script or a ``noscript`` says is passed over: the latter sends those without scripts to
    a page that complains about them.
    """
    if media_type not in (None, "text/html", "application/xhtml+xml") or len(payload) > _MOST_BYTES:
        return None
    if b"refresh" not in payload.lower() or len(excerpt(payload)) > _MOST_WORDS:
        return None
    tag = _META.search(_HIDDEN.sub("", decode(payload, http_label=charset_label).text))
    found = _CONTENT.search(tag[0]) if tag else None
    if not found or int(found[2]) > _LONGEST_WAIT:
        return None
    return found[3].replace("&amp;", "&")
