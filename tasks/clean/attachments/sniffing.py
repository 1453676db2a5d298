"""Tells attachment formats apart by their first bytes, not by what they are called.

Names lie: a ``.doc`` is often a web page, a ``.xls`` an HTML table, a ``.docx`` an old binary.
"""

from __future__ import annotations

import io
import zipfile

#: how every OLE compound file begins
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff(raw: bytes, file_name: str | None, media_type: str | None) -> str | None:
    """The format of an attachment.

    Args:
        raw: the whole file.
        file_name, media_type: used only where the bytes leave the choice open (which kind of OLE file).

    Returns:
        ``pdf``, ``docx``, ``doc``, ``xlsx``, ``xls``, ``ofd``, ``zip``, ``wps``, ``rtf``, or None for what
        is no attachment (web pages and plain text).
    """
    head = raw[:1024]
    if b"%PDF-" in head and not head.lstrip().startswith(b"<"):
        return "pdf"
    if raw.startswith(OLE):
        return _kind_of_ole(raw, file_name, media_type)
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(raw)
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    return None


def _kind_of_zip(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = {info.filename for info in archive.infolist()[:20_000]}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        names = set()
    if "OFD.xml" in names:
        return "ofd"
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return "docx"
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
    elif not names:
        # the directory stands at the end and is lost in a cut file; the first member tells still
        for mark, kind in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"OFD.xml", "ofd"), (b"Doc_0/", "ofd")):
            if mark in raw[:4096]:
                return kind
    return "zip"


def _kind_of_ole(raw: bytes, file_name: str | None, media_type: str | None) -> str:
    """Word, Excel or an encrypted office file (which is an OLE file, too), by the names of its streams."""
    for stream, kind in (
        ("EncryptedPackage", _encrypted_kind(file_name)),
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("Book", "xls"),
    ):
        if (stream + "\0").encode("utf-16-le") in raw:
            return kind
    suffix = (file_name or "").lower().rpartition(".")[2]
    if suffix in ("xls", "et") or "excel" in (media_type or ""):
        return "xls"
    return "wps" if suffix == "wps" else "doc"


def _encrypted_kind(file_name: str | None) -> str:
    suffix = (file_name or "").lower().rpartition(".")[2]
    return "xlsx" if suffix in ("xlsx", "xls", "et") else "docx"
