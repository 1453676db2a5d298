"""The line to a server, with one end to all waiting.

A time-out of httpx counts the silence before each piece; a server that sends a byte a second, be it
of its headers, never falls silent.  Here every read and write also looks at the moment by which the
whole answer must be there.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

import httpcore
import httpx

from tasks.fetch.limits import FetchLimits

_moment: ContextVar[float | None] = ContextVar("deadline", default=None)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """All that this thread sends and receives inside must be over in so many seconds."""
    token = _moment.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _moment.reset(token)


def deadline_passed() -> bool:
    """Whether the time that :func:`deadline` gave is over."""
    moment = _moment.get()
    return moment is not None and time.monotonic() >= moment


def _clamped(timeout: float | None, over: type[httpcore.TimeoutException]) -> float | None:
    moment = _moment.get()
    if moment is None:
        return timeout
    left = moment - time.monotonic()
    if left <= 0:
        raise over("the deadline has passed")
    return left if timeout is None else min(left, timeout)


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _clamped(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _clamped(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        timeout = _clamped(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.SyncBackend):
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        timeout = _clamped(timeout, httpcore.ConnectTimeout)
        return _Stream(super().connect_tcp(host, port, timeout, local_address, socket_options))


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class LineTransport(httpx.BaseTransport):
    """One request over one connection that heeds :func:`deadline`.

    Connections are not kept: at one page a second a host the handshake is no cost, and a server that
    drops idle lines cannot make the next fetch fail.

    Raises:
        httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError: as they come; their
            causes name the system's error.
    """

    def __init__(self, limits: FetchLimits) -> None:
        options: dict[str, Any] = {
            "ssl_context": tls_context(verify=limits.verify),
            "max_connections": None,
            "max_keepalive_connections": 0,
            "network_backend": _Backend(),
        }
        self._pool = (
            httpcore.ConnectionPool(**options)
            if limits.proxy is None
            else httpcore.HTTPProxy(proxy_url=limits.proxy, **options)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """See :class:`httpx.BaseTransport`."""
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions
        )

    def close(self) -> None:
        """Give back all connections."""
        self._pool.close()


@lru_cache(maxsize=2)
def tls_context(*, verify: bool) -> ssl.SSLContext:
    """What a server must prove before we listen to it. Made once: reading all authorities takes 50 ms."""
    context = httpx.create_ssl_context(verify=verify)
    if not verify:
        # many county sites never left TLS 1.0, 1,024-bit keys and renegotiation of before 2010
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.options |= _OP_LEGACY_SERVER_CONNECT
    return context


_OP_LEGACY_SERVER_CONNECT = 0x4  # ssl.OP_LEGACY_SERVER_CONNECT, which Python names from 3.12 on
