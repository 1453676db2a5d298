"""Type, charset label and file name out of header lines as servers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.fetch.headers import charset_label_of, file_name_of, media_type_of


@pytest.mark.parametrize(
    ("line", "media_type", "label"),
    [
        (None, None, None),
        ("", None, None),
        ("text/html", "text/html", None),
        ("Text/HTML;charset=GB2312", "text/html", "GB2312"),
        ('text/html; charset="utf-8"', "text/html", "utf-8"),
        ("text/html; Charset='gbk' ", "text/html", "gbk"),
        ("text/html;charset=", "text/html", None),
        ('text/html;charset=""', "text/html", None),
        ("text/html; charset = utf-8; boundary=x", "text/html", "utf-8"),
        ("text/html;charset=gb2312;charset=utf-8", "text/html", "gb2312"),
        ("charset=utf-8", None, None),
        ("html", None, None),
        ("application/vnd.ms-excel", "application/vnd.ms-excel", None),
    ],
)
def test_a_content_type_is_read_as_servers_write_it(
    line: str | None, media_type: str | None, label: str | None
) -> None:
    assert media_type_of(line) == media_type
    assert charset_label_of(line) == label


@pytest.mark.parametrize(
    ("url", "line", "name"),
    [
        ("http://a.example/art_1.html?x=/y", None, "art_1.html"),
        ("http://a.example/", None, None),
        ("http://a.example/%E6%8A%A5%E5%91%8A.doc", None, "报告.doc"),
        ("http://a.example/%B1%A8%B8%E6.doc", None, "报告.doc"),
        ("http://a.example/x", b"inline", "x"),
        ("http://a.example/x", b"attachment; filename=", "x"),
        ("http://a.example/x", b'attachment; filename=""', "x"),
        ("http://a.example/x", b'attachment;filename="a;b.doc"', "a;b.doc"),
        ("http://a.example/x", b'attachment; filename="a\\"b.doc"', 'a"b.doc'),
        ("http://a.example/x", "attachment; filename=2025年 报告.doc".encode("gb18030"), "2025年 报告.doc"),
        ("http://a.example/x", b"attachment; filename*=GBK''%B1%A8.doc", "报.doc"),
        ("http://a.example/x", b"attachment; filename=a%0Ab%00.doc", "ab.doc"),
    ],
)
def test_a_file_name_is_found(url: str, line: bytes | None, name: str | None) -> None:
    assert file_name_of(url, line) == name


@given(st.binary(max_size=60))
def test_no_header_makes_a_name_with_a_folder_in_it(line: bytes) -> None:
    name = file_name_of("http://a.example/", b"attachment; filename=" + line)
    assert name is None or (name and "/" not in name and "\\" not in name and name.isprintable())
