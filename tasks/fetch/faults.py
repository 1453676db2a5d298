"""What can go wrong on the line, named by its fate."""

from __future__ import annotations

import re
import socket
import ssl
from urllib.parse import urlsplit

import httpcore
import httpx

from tasks.errors import GongbaoError, Transient, Unprocessable
from tasks.fetch.deadline import deadline_passed
from tasks.fetch.limits import FetchLimits

_TIMEOUTS = (httpcore.TimeoutException, httpx.TimeoutException)
_CONNECTS = (httpcore.ConnectError, httpx.ConnectError)
_REMOTE = (httpcore.RemoteProtocolError, httpx.RemoteProtocolError)
_NETWORK = (httpcore.NetworkError, httpx.NetworkError)
#: What a transport may raise.
FOREIGN: tuple[type[Exception], ...] = (
    *_TIMEOUTS,
    *_NETWORK,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    httpx.TransportError,
    httpx.InvalidURL,
    UnicodeError,
)
_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", -5), getattr(socket, "EAI_ADDRFAMILY", -9)})


def translated(error: Exception, url: str, limits: FetchLimits) -> GongbaoError:
    """A foreign error by its fate, in one sentence that names the address and what to do."""
    host = urlsplit(url).hostname
    if isinstance(error, _TIMEOUTS):
        if deadline_passed() or "deadline" in str(error):
            waited = f"is not there after {limits.total_timeout:g} s in all"
        elif isinstance(error, (httpcore.ConnectTimeout, httpx.ConnectTimeout)):
            waited = f"accepts no connection within {limits.connect_timeout:g} s"
        else:
            waited = f"sends nothing for {limits.read_timeout:g} s"
        return Transient("timed_out", f"{url} {waited}; try again later, or raise the time-outs in [fetch]")
    if isinstance(error, _CONNECTS):
        return _connect_error(error, url, host)
    if isinstance(error, _REMOTE):
        return _protocol_error(error, url)
    if isinstance(error, _NETWORK):
        return Transient("connection_broken", f"{url} broke off its answer ({_why(error)}); try again later")
    if isinstance(error, (httpcore.ProxyError, httpx.ProxyError)):
        return Transient("proxy_failed", f"the proxy did not lead to {url} ({_why(error)}); check its address")
    return Unprocessable("not_a_url", f"{url} cannot be asked for ({_why(error)}); check its spelling")


def _connect_error(error: Exception, url: str, host: str | None) -> GongbaoError:
    cause = _system_error(error)
    if isinstance(cause, socket.gaierror):
        if cause.errno in _NO_SUCH_NAME:
            return Unprocessable("unknown_host", f"{url}: there is no host {host}; check the address")
        return Transient(
            "unknown_host",
            f"{url}: {host} cannot be looked up ({cause.strerror}); check the network's name server",
        )
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Unprocessable(
            "bad_certificate",
            f"{url}: the certificate of {host} does not verify ({cause.verify_message}); "
            "name its authority in SSL_CERT_FILE, or set fetch.verify_tls = false in config/settings.toml",
        )
    if isinstance(cause, ssl.SSLError):
        return Transient(
            "tls_failed",
            f"{url}: no secure connection with {host} ({cause.reason or _why(error)}); "
            "try http://, or set fetch.verify_tls = false in config/settings.toml to allow old protocols",
        )
    if isinstance(cause, ConnectionRefusedError):
        return Transient("connection_refused", f"{url}: {host} refuses the connection; check the port or try later")
    return Transient("unreachable", f"{url}: {host} cannot be reached ({_why(error)}); check the network")


def _protocol_error(error: Exception, url: str) -> GongbaoError:
    words = str(error)
    if "complete message body" in words or "incomplete chunked" in words:
        numbers = re.search(r"received (\d+) bytes, expected (\d+)", words)
        count = f" after {numbers[1]} of {numbers[2]} bytes" if numbers else ""
        return Transient("incomplete_body", f"{url} ends{count} before its answer is whole; try again later")
    if "disconnected" in words:
        return Transient("connection_broken", f"{url} hung up without an answer; try again later")
    return Transient("broken_answer", f"{url} answers in no HTTP ({words}); check the port, or try again later")


def _system_error(error: BaseException) -> BaseException:
    """What the operating system or OpenSSL said.

    httpcore wraps it as the first argument and drops the cause.  The context is not followed: it
    may be an older error that the caller is busy with.
    """
    while error.args and isinstance(error.args[0], BaseException):
        error = error.args[0]
    return error


def _why(error: Exception) -> str:
    cause = _system_error(error)
    words = (cause.strerror if isinstance(cause, OSError) else None) or str(cause) or type(cause).__name__
    return " ".join(words.split())[:200]
