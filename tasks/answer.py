"""What came back for an address, and whether it is a document at all.

A transport (:class:`tasks.bench.Web`) only reports what it met; :func:`accept` names an answer that is
no document by its fate.  So a test's fake site may answer 404 like a real one, and whoever asks
(fetch, discover) judges alike.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from schemas.page import FetchedPage
from tasks.errors import Transient, Unchanged, Unprocessable


@dataclass(frozen=True)
class Answer:
    """One address's answer.

    Attributes:
        page: its description; ``raw`` is empty as long as nothing is stored.
        payload: the body, transfer and content encodings undone.
        reason: the words beside the HTTP status, as sent.
        headers: header lines as sent, names in their own case, values read as Latin-1 so that
            every byte is kept. Empty for a file.
    """

    page: FetchedPage
    payload: bytes
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str | None:
        """The first header line of this name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def accept(answer: Answer) -> None:
    """Say nothing when the answer may be a document.

    Whether a page that came with status 200 really is one is not decided here: clean reads it.

    Raises:
        Unchanged: 304.
        Transient: the server is overloaded, down, or sent nothing (5xx, 408, 425, 429, empty body).
        Unprocessable: the address will not give a document (other 4xx, a script challenge).
    """
    url, status = answer.page.url, answer.page.http.status if answer.page.http else None
    evidence = excerpt(answer.payload) or None
    if status is not None:
        if status == 304:
            raise Unchanged("not_modified", f"{url} has not changed since it was last fetched; nothing to do")
        if is_challenge(status, answer.payload):
            raise Unprocessable(
                "challenge_page",
                f"{url} answers {status} with a script that only a browser passes; "
                "open it in a browser and hand in the saved file, or fetch from another network",
                evidence=evidence,
            )
        if status in _BUSY:
            reason, meaning = _BUSY[status]
            raise Transient(
                reason,
                f"{url} answers {status}: {meaning}; it is tried again later, more slowly",
                evidence=evidence,
                retry_after=retry_after(answer),
            )
        if status in _REFUSED:
            reason, meaning, advice = _REFUSED[status]
            raise Unprocessable(reason, f"{url} answers {status}: {meaning}; {advice}", evidence=evidence)
        if 500 <= status <= 599:
            raise Transient(
                "server_error",
                f"{url} answers {status}: the server has failed; it is tried again later",
                evidence=evidence,
                retry_after=retry_after(answer),
            )
        if not 200 <= status <= 299:
            raise Unprocessable(
                "unusable_answer",
                f"{url} answers {status} {answer.reason}".rstrip() + ", which is no document; look at it in a browser",
                evidence=evidence,
            )
    if not answer.payload.strip():
        if status is None:
            raise Unprocessable("empty_body", f"{url} is an empty file; give one with content")
        raise Transient("empty_body", f"{url} answers {status} with an empty body; look at it in a browser")


_BUSY = {
    206: ("incomplete_body", "it sent a part that was not asked for"),
    408: ("timed_out", "the server waited too long for us"),
    425: ("rate_limited", "the server asks us to come back later"),
    429: ("rate_limited", "we ask too often"),
}
_REFUSED = {
    401: ("forbidden", "it wants a login", "fetch it by hand and hand in the saved file"),
    403: ("forbidden", "it refuses us", "open it in a browser and hand in the saved file, or ask from another network"),
    404: ("not_found", "there is no such page", "check the address"),
    407: ("forbidden", "the proxy wants a login", "mend the proxy's address in the settings"),
    410: ("gone", "the page was taken away for good", "look for a copy at a higher office or in a web archive"),
    451: ("forbidden", "the page is withheld by law", "look for a copy elsewhere"),
}


def is_challenge(status: int, payload: bytes) -> bool:
    """Whether this is a test for browsers, in place of a page.

    Web shields (瑞数, 加速乐) answer 202, 412 or 521 with a page of script and no words.  Nothing we
    send sets a condition that 412 could mean in earnest.
    """
    if status == 412:
        return True
    return status in (202, 403, 503, 521) and b"<script" in payload.lower() and len(excerpt(payload)) < _FEW_WORDS


def excerpt(payload: bytes, length: int = 200) -> str:
    """The first readable characters of a body: scripts, styles and tags left out."""
    start = payload[:65_536]
    try:
        # not final: a character cut in the middle is no reason to call it another charset
        text = codecs.getincrementaldecoder("utf-8")().decode(start, final=len(start) == len(payload))
    except UnicodeDecodeError:
        text = start.decode("gb18030", errors="replace")
    text = _UNREAD.sub(" ", text)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:length]


_FEW_WORDS = 40
_UNREAD = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript)\b.*?(?:</\1\s*>|\Z)|<[^>]*(?:>|\Z)", re.DOTALL | re.IGNORECASE
)


def retry_after(answer: Answer) -> float | None:
    """Seconds that ``Retry-After`` asks for (RFC 9110, 10.2.3: seconds or a date), or None."""
    value = (answer.header("retry-after") or "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment: datetime = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError):
        return None
    if moment.tzinfo is None:
        return None
    return max(0.0, (moment - answer.page.fetched_at).total_seconds())
