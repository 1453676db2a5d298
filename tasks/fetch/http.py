"""Fetches one http or https address, within limits, and translates every error that can be met."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Self
from urllib.parse import quote, urljoin, urlsplit

import httpx

from schemas.page import FetchedPage, Http, PageRequest
from tasks.answer import Answer
from tasks.bench import utc_now
from tasks.errors import Transient, Unprocessable
from tasks.fetch.deadline import LineTransport, deadline, deadline_passed
from tasks.fetch.encodings import ACCEPTED, BadEncoding, TooMuch, decoded
from tasks.fetch.faults import FOREIGN, translated
from tasks.fetch.headers import charset_label_of, file_name_of, media_type_of
from tasks.fetch.limits import FetchLimits
from tasks.fetch.refresh import refresh_target
from tasks.text.ids import canonical_url, digest_of

__all__ = ["FetchLimits", "HttpWeb"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class HttpWeb:
    """A :class:`tasks.bench.Web` for http and https. Safe to share between threads.

    Nothing is remembered between two calls; cookies live as long as one chain of redirects (shields
    set one and send the visitor to the same address again).
    """

    def __init__(
        self,
        limits: FetchLimits,
        *,
        pace: Callable[[str], None] = lambda _: None,
        now: Callable[[], datetime] = utc_now,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Make it.

        Args:
            limits: see there.
            pace: called with a host's name before each request to it; returns when one may be made.
            now: the clock.
            transport: the line; a test puts an ``httpx.MockTransport`` here.
        """
        self.limits = limits
        self._pace = pace
        self._now = now
        self._transport = transport or LineTransport(limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back all connections."""
        self._transport.close()

    def __call__(self, request: PageRequest, /) -> Answer:
        """Fetch ``request.url``, following redirects.

        Raises:
            Transient: timed_out, connection_refused, unreachable, connection_broken, tls_failed,
                incomplete_body, broken_answer, unknown_host (the name server does not answer).
            Unprocessable: not_a_url, unknown_host (there is none), bad_certificate,
                too_many_redirects, redirect_refused, too_large, bad_encoding.
        """
        try:
            url = canonical_url(request.url)
        except ValueError as error:
            raise Unprocessable("not_a_url", f"{request.url} is not a URL: {error}; check its spelling") from error
        cookies = httpx.Cookies()
        left = self.limits.total_timeout
        for _ in range(self.limits.max_redirects + 1):
            self._pace(urlsplit(url).hostname or "")
            started = time.monotonic()
            with deadline(left):
                response, payload = self._ask(url, request, cookies)
            left -= time.monotonic() - started
            location = _location(response, payload)
            following = _redirected(request.url, url, location) if location else url
            if not location or (following == url and response.status_code not in _REDIRECTS):
                return self._answer(request, url, response, payload)
            url = following
        raise Unprocessable(
            "too_many_redirects",
            f"{request.url} redirects more than {self.limits.max_redirects} times, last to {url}; "
            "open it in a browser and take the address it ends at",
        )

    def _ask(self, url: str, request: PageRequest, cookies: httpx.Cookies) -> tuple[httpx.Response, bytes]:
        """One request, one answer with its whole body."""
        try:
            question = httpx.Request(
                "GET",
                url,
                headers=self._headers(request),
                extensions={
                    "timeout": {
                        "connect": self.limits.connect_timeout,
                        "read": self.limits.read_timeout,
                        "write": self.limits.read_timeout,
                        "pool": self.limits.connect_timeout,
                    }
                },
            )
            cookies.set_cookie_header(question)
            response = self._transport.handle_request(question)
            response.request = question
            try:
                cookies.extract_cookies(response)
                return response, self._body(response)
            finally:
                response.close()
        except TooMuch:
            raise Unprocessable(
                "too_large",
                f"{url} is larger than {_megabytes(self.limits.max_bytes)}; "
                "fetch it by hand, or raise fetch.max_bytes in config/settings.toml",
            ) from None
        except BadEncoding as error:
            kind = Transient if error.cut_off else Unprocessable
            raise kind(
                "bad_encoding",
                f"{url} cannot be unpacked: {error}; open it in a browser and hand in the saved file",
            ) from error
        except FOREIGN as error:
            raise translated(error, url, self.limits) from error

    def _headers(self, request: PageRequest) -> dict[str, str]:
        headers = {
            "User-Agent": self.limits.user_agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": self.limits.accept_language,
            "Accept-Encoding": ACCEPTED,
        }
        if request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        return headers

    def _body(self, response: httpx.Response) -> bytes:
        if response.status_code in (204, 304):
            return b""
        length = response.headers.get("content-length", "")
        if length.isascii() and length.isdigit() and int(length) > self.limits.max_bytes:
            raise TooMuch
        if response.status_code in _REDIRECTS and _header(response, b"location"):
            return b""  # nobody reads what stands beside a Location
        encodings = response.headers.get("content-encoding", "")
        return decoded(_punctual(response.iter_raw()), encodings, self.limits.max_bytes)

    def _answer(self, request: PageRequest, url: str, response: httpx.Response, payload: bytes) -> Answer:
        content_type = response.headers.get("content-type")
        page = FetchedPage(
            document_id=request.document_id,
            url=request.url,
            final_url=url,
            fetched_at=self._now(),
            http=Http(
                status=response.status_code,
                media_type=media_type_of(content_type),
                etag=response.headers.get("etag"),
                last_modified=response.headers.get("last-modified"),
            ),
            charset_label=charset_label_of(content_type),
            file_name=file_name_of(url, _header(response, b"content-disposition")),
            raw="",
            raw_digest=digest_of(payload),
            raw_size=len(payload),
            source=request.source,
            cover=request.cover,
        )
        headers = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in response.headers.raw)
        return Answer(page, payload, response.reason_phrase, headers)


def _location(response: httpx.Response, payload: bytes) -> bytes | None:
    """Where this answer sends us on, as written there, or None when it is the page itself."""
    if response.status_code in _REDIRECTS:
        return _header(response, b"location")
    if response.status_code != 200:
        return None
    content_type = response.headers.get("content-type")
    target = refresh_target(payload, media_type_of(content_type), charset_label_of(content_type))
    return target.encode() if target else None


def _header(response: httpx.Response, name: bytes) -> bytes | None:
    return next((value for key, value in response.headers.raw if key.lower() == name), None)


def _punctual(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks, as long as there is time; also for a transport that knows nothing of deadlines."""
    for chunk in chunks:
        if deadline_passed():
            raise httpx.ReadTimeout("the deadline has passed")
        yield chunk


def _redirected(asked: str, url: str, location: bytes) -> str:
    """Where a redirect leads, in canonical form.

    Raises:
        Unprocessable: to something that is not for us to read.
    """
    # Location may hold raw UTF-8 or GB bytes; escaped byte by byte they stay what the server meant
    target = urljoin(url, quote(location.strip(), safe=_ASCII))
    try:
        found = canonical_url(target)
    except ValueError:
        found = ""
    if not found.startswith(("http://", "https://")):
        raise Unprocessable(
            "redirect_refused", f"{asked} redirects to {target}, which is no web page; take the address from a browser"
        )
    if _is_inner(found) and not _is_inner(asked):
        raise Unprocessable(
            "redirect_refused",
            f"{asked} redirects to {found}, an address inside a private network; look for the page at another address",
        )
    return found


_ASCII = "".join(map(chr, range(0x21, 0x7F)))


def _is_inner(url: str) -> bool:
    """Whether the host is spelt as an address that no public site has."""
    host = urlsplit(url).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _megabytes(size: int) -> str:
    return f"{size / 1_048_576:.0f} MB" if size >= 1_048_576 else f"{size} bytes"
