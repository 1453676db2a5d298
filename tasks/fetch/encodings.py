"""Undoes content encodings within a limit: a bomb of a thousand to one is noticed, never unpacked."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator


class TooMuch(Exception):
    """More bytes than allowed."""


class BadEncoding(Exception):
    """The bytes are not in the encoding that the answer names.

    Attributes:
        cut_off: they are, but end too early.
    """

    def __init__(self, message: str, *, cut_off: bool = False) -> None:
        super().__init__(message)
        self.cut_off = cut_off


#: What we ask for. Brotli and zstd are not offered: their Python readers cannot be held to a limit.
ACCEPTED = "gzip, deflate"

_STEP = 65_536


def decoded(chunks: Iterable[bytes], encodings: str, limit: int) -> bytes:
    """The body without its content encodings.

    Args:
        chunks: the bytes as they come.
        encodings: the value of ``Content-Encoding`` (RFC 9110, 8.4), ``""`` for none.
        limit: most bytes, before and after decoding. What is held never grows much beyond it.

    Raises:
        TooMuch: there are more.
        BadEncoding: the bytes do not fit the encoding, or we do not know it.
    """
    stream: Iterable[bytes] = _limited(chunks, limit)
    names = [name for name in (part.strip().lower() for part in encodings.split(",")) if name not in ("", "identity")]
    if len(names) > _MOST_LAYERS:
        raise BadEncoding(f"{len(names)} encodings on top of each other")
    for name in reversed(names):  # listed in the order in which they were applied
        if name in ("gzip", "x-gzip"):
            stream = _inflated(stream, _GZIP)
        elif name == "deflate":
            stream = _inflated(stream, None)
        else:
            raise BadEncoding(f"encoding {name!r}, which was not asked for")
        stream = _limited(stream, limit)
    whole = io.BytesIO()  # unlike a join of pieces it holds the body once
    for piece in stream:
        whole.write(piece)
    return whole.getvalue()


_MOST_LAYERS = 4
_GZIP = 16 + zlib.MAX_WBITS


def _limited(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooMuch
        yield chunk


def _inflated(chunks: Iterable[bytes], window: int | None) -> Iterator[bytes]:
    """Inflate in steps. ``window`` None: zlib or raw deflate, whichever the first bytes are."""
    engine = None if window is None else zlib.decompressobj(window)
    whole = False  # a member has ended and nothing of another has come
    started = False
    head = b""
    for chunk in chunks:
        data = head + chunk
        head = b""
        if engine is None:
            if len(data) < 2:
                head = data
                continue
            # servers that say deflate send either (RFC 9110, 8.4.1.2, note)
            zlib_header = data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
            window = zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS
            engine = zlib.decompressobj(window)
        while data:
            if whole:
                if window != _GZIP or not data.startswith(b"\x1f\x8b"[: len(data)]):
                    return  # what follows the last member is padding; browsers pass over it too
                engine, whole = zlib.decompressobj(_GZIP), False
            started = True
            try:
                made = engine.decompress(data, _STEP)
            except zlib.error as error:
                raise BadEncoding(str(error)) from error
            if made:
                yield made
            whole = engine.eof
            data = engine.unused_data if whole else engine.unconsumed_tail
    if head or (started and not whole):
        if engine is not None:
            rest = engine.flush()
            if rest:
                yield rest
        raise BadEncoding("the compressed body ends in the middle", cut_off=True)
