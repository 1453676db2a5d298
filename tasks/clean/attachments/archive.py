"""Opens zip containers (docx, xlsx, ofd, zip) within limits, and parses their XML without entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from tasks.clean.attachments import limits
from tasks.errors import Unprocessable


@contextmanager
def opened(raw: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """The container, after a look at its directory.

    Raises:
        Unprocessable: ``too_large`` for a bomb, ``broken_attachment``, ``encrypted_attachment``.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise limits.broken(name, "its zip directory is damaged") from error
    with archive:
        members = archive.infolist()
        if len(members) > limits.MEMBERS:
            limits.too_large(name, "members", limits.MEMBERS)
        unpacked = sum(member.file_size for member in members)
        packed = max(1, sum(member.compress_size for member in members))
        if unpacked > limits.UNPACKED:
            limits.too_large(name, "bytes when unpacked", limits.UNPACKED)
        if unpacked > 20_000_000 and unpacked // packed > limits.RATIO:
            limits.too_large(name, "times its packed size when unpacked", limits.RATIO)
        yield archive


def member(archive: zipfile.ZipFile, path: str, name: str, limit: int = limits.XML_BYTES) -> bytes:
    """The bytes of one member.

    Raises:
        Unprocessable: it is missing, damaged, encrypted or above ``limit``.
    """
    try:
        info = archive.getinfo(path)
        if info.flag_bits & 1:
            raise Unprocessable("encrypted_attachment", f"{name} needs a password; ask its publisher for an open copy")
        if info.file_size > limit:
            limits.too_large(name, f"bytes in {path}", limit)
        return archive.read(info)
    except KeyError as error:
        raise limits.broken(name, f"it has no part {path}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise limits.broken(name, f"its part {path} is damaged") from error


def parse(data: bytes, name: str) -> etree._Element:
    """The tree of an XML part. Entities are not expanded and nothing outside is loaded.

    Raises:
        Unprocessable: ``broken_attachment``, also when hardly anything could be read.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        recover=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise limits.broken(name, "its XML is malformed") from error
    if root is None:
        raise limits.broken(name, "its XML is malformed")
    return root
