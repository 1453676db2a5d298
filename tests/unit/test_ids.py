"""Names that never change: one spelling for each address, one digest for the same bytes."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tasks.text.ids import canonical_url, digest_of, document_id_of, record_id_of

SAME = [
    ("HTTP://WWW.Qinghe.Example/", "http://www.qinghe.example/"),
    ("http://www.qinghe.example", "http://www.qinghe.example/"),
    ("http://www.qinghe.example:80/a", "http://www.qinghe.example/a"),
    ("https://www.qinghe.example:443/a", "https://www.qinghe.example/a"),
    ("http://www.qinghe.example:443/a", "http://www.qinghe.example:443/a"),
    ("http://www.qinghe.example:/a", "http://www.qinghe.example/a"),
    ("  http://www.qinghe.example/a#top \n", "http://www.qinghe.example/a"),
    ("http://www.qinghe.example/a?", "http://www.qinghe.example/a"),
    ("http://www.qinghe.example?id=1", "http://www.qinghe.example/?id=1"),
    ("http://www.qinghe.example/a/./b/../c/", "http://www.qinghe.example/a/c/"),
    ("http://www.qinghe.example/../../a", "http://www.qinghe.example/a"),
    ("http://www.qinghe.example/a/..", "http://www.qinghe.example/"),
    ("http://www.qinghe.example/a/%2e%2E/b", "http://www.qinghe.example/b"),
    ("http://www.qinghe.example/a//b", "http://www.qinghe.example/a//b"),
    # unreserved characters need no escape, reserved ones mean something else without it
    ("http://www.qinghe.example/%7Ezf/%41", "http://www.qinghe.example/~zf/A"),
    ("http://www.qinghe.example/a%2fb%3Fc%23d", "http://www.qinghe.example/a%2Fb%3Fc%23d"),
    ("http://www.qinghe.example/a?x=%26&y=%3d&z=%2B+", "http://www.qinghe.example/a?x=%26&y=%3D&z=%2B+"),
    ("http://www.qinghe.example/100%", "http://www.qinghe.example/100%25"),
    ("http://www.qinghe.example/%zz", "http://www.qinghe.example/%25zz"),
    ("http://www.qinghe.example/报告 1.html", "http://www.qinghe.example/%E6%8A%A5%E5%91%8A%201.html"),
    # an escaped GB 2312 name stays what the server knows it by
    ("http://www.qinghe.example/%b1%a8%b8%e6.doc", "http://www.qinghe.example/%B1%A8%B8%E6.doc"),
    ("http://www.qinghe.example/a?q=[x]|{y}", "http://www.qinghe.example/a?q=%5Bx%5D%7C%7By%7D"),
    ("http://www.qinghe.example/a?b=2&a=1", "http://www.qinghe.example/a?b=2&a=1"),
    ("http://清河镇.example/", "http://xn--ovw11aq57f.example/"),
    ("http://[2001:DB8:0:0::1]:8080/", "http://[2001:db8::1]:8080/"),
    ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
    ("file:///srv/a%20b.html", "file:///srv/a%20b.html"),
    ("FILE://localhost/srv/a.html", "file:///srv/a.html"),
    ("file:///srv/link/../a.html", "file:///srv/link/../a.html"),
]

NO_URLS = [
    "",
    "a.html",
    "/srv/a.html",
    "//www.qinghe.example/a",
    "www.qinghe.example/a",
    "ftp://www.qinghe.example/a",
    "javascript:void(0)",
    "mailto:zf@qinghe.example",
    "http://",
    "http:///a",
    "http://:80/",
    "http://a..b/",
    "http://-a.example/",
    "http://a b.example/",
    "http://%77ww.example/",
    "http://[::1/",
    "http://[fe80::zz]/",
    "http://www.qinghe.example:port/",
    "http://www.qinghe.example:70000/",
    "http://user:word@www.qinghe.example/",
    "http://" + "a" * 64 + ".example/",
    "file://server/share/a.html",
    "file:a.html",
    "file:////server/share",
]


@pytest.mark.parametrize(("given_url", "spelt"), SAME)
def test_an_address_has_one_spelling(given_url: str, spelt: str) -> None:
    assert canonical_url(given_url) == spelt


@pytest.mark.parametrize(("given_url", "spelt"), SAME)
def test_a_document_has_one_id_under_all_spellings(given_url: str, spelt: str) -> None:
    assert document_id_of(given_url) == document_id_of(spelt)
    assert len(document_id_of(given_url)) == 32


@pytest.mark.parametrize("given_url", NO_URLS)
def test_what_is_no_address_is_refused_and_named(given_url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        canonical_url(given_url)


# "%" often, so that broken and nested escapes come up
_pieces = st.lists(
    st.one_of(
        st.sampled_from(
            ["%", "%2", "%41", "%2e", "%2E", "%2F", "%3f", "%25", "%zz", "/", ".", "..", "/../", "//", "?", "#"]
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=12,
).map("".join)


@given(_pieces, _pieces)
def test_spelling_once_is_spelling_for_good(path: str, query: str) -> None:
    once = canonical_url(f"http://www.qinghe.example/{path}?{query}")
    assert canonical_url(once) == once
    assert once.isascii()
    assert " " not in once


@given(_pieces)
def test_the_server_is_asked_for_the_same_bytes(query: str) -> None:
    """Whatever is escaped or not, a server that undoes the escapes sees what was meant."""
    url = f"http://www.qinghe.example/?{query}"
    meant = urlsplit(url.strip()).query
    assert unquote_to_bytes(urlsplit(canonical_url(url)).query) == unquote_to_bytes(meant)


@given(st.binary(min_size=1, max_size=20))
def test_every_file_has_an_address(name: bytes) -> None:
    """Also one whose name is no UTF-8."""
    assume(b"\0" not in name and b"/" not in name)
    url = "file:///tmp/" + "".join(f"%{byte:02x}" for byte in name)
    assert unquote_to_bytes(urlsplit(canonical_url(url)).path) == b"/tmp/" + name


def test_a_file_name_that_is_no_utf8_keeps_its_bytes() -> None:
    assert canonical_url("file:///tmp/\udcb1\udca8.html") == "file:///tmp/%B1%A8.html"


def test_a_digest_names_its_algorithm() -> None:
    assert digest_of(b"") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_record_ids_differ_when_any_part_differs() -> None:
    parts = ("d" * 32, 1, 10, 20, "level", "财政收入")
    others = [("e" * 32, *parts[1:]), ("d" * 32, 2, *parts[2:]), (*parts[:2], 11, *parts[3:])]
    others += [(*parts[:3], 21, *parts[4:]), (*parts[:4], "rank", parts[5]), (*parts[:5], "税收收入")]
    ids = {record_id_of(*each) for each in (parts, *others)}
    assert len(ids) == 7
    assert record_id_of(*parts) == record_id_of(*parts)
