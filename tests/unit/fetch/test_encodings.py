"""Content encodings are undone in steps of any size, and within the limit."""

from __future__ import annotations

import contextlib
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.fetch.encodings import BadEncoding, TooMuch, decoded

_pack = {
    "": bytes,
    "identity": bytes,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "deflate, gzip": lambda body: gzip.compress(zlib.compress(body)),
}


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(st.binary(max_size=3000), st.sampled_from(list(_pack)), st.integers(1, 50))
def test_what_was_packed_comes_out_however_it_arrives(body: bytes, encoding: str, size: int) -> None:
    assert decoded(pieces(_pack[encoding](body), size), encoding, 10_000) == body  # type: ignore[operator]


@given(st.integers(0, 300_000), st.sampled_from(["gzip", "deflate"]))
def test_the_limit_is_exact(length: int, encoding: str) -> None:
    packed = _pack[encoding](b"\0" * length)  # type: ignore[operator]
    limit = max(length, len(packed))
    assert len(decoded([packed], encoding, limit)) == length
    if length > len(packed):
        with pytest.raises(TooMuch):
            decoded([packed], encoding, length - 1)


@given(st.binary(max_size=400), st.sampled_from(["gzip", "deflate", "gzip, deflate"]), st.integers(1, 30))
def test_any_bytes_end_in_a_body_or_a_named_fault(body: bytes, encoding: str, size: int) -> None:
    with contextlib.suppress(BadEncoding, TooMuch):
        assert len(decoded(pieces(body, size), encoding, 10_000)) <= 10_000


@given(st.binary(min_size=1, max_size=500), st.integers(1, 40))
def test_a_body_that_ends_early_is_told_from_one_that_is_wrong(body: bytes, missing: int) -> None:
    packed = gzip.compress(body)
    with pytest.raises(BadEncoding) as caught:
        decoded([packed[:-missing] or b"\x1f"], "gzip", 10_000)
    assert caught.value.cut_off


def test_an_unknown_encoding_is_named() -> None:
    with pytest.raises(BadEncoding, match="zstd"):
        decoded([b"x"], "zstd", 100)
