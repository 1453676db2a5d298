"""Reads a zip archive: the one document in it that is the report, and the names of the others."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace

from schemas.record import Warn
from tasks.clean.attachments import limits
from tasks.clean.attachments.archive import member, opened
from tasks.clean.attachments.attachment import AttachmentText
from tasks.clean.attachments.sniffing import sniff
from tasks.errors import GongbaoError, Unprocessable

Reader = Callable[[bytes, str], AttachmentText]

#: texts come before tables, and an archive in an archive is not opened
_ORDER = ("docx", "doc", "wps", "ofd", "pdf", "rtf", "xlsx", "xls")
_TRIED = 20
_MEMBER_BYTES = 100_000_000


def read_zip(raw: bytes, name: str, readers: dict[str, Reader]) -> AttachmentText:
    """The longest text among the documents of an archive; a Word file wins over a table of equal name.

    Args:
        raw: the archive.
        name: of the archive, for messages.
        readers: by format.

    Raises:
        Unprocessable: ``encrypted_attachment``, ``broken_attachment``, ``too_large``, or
            ``empty_attachment`` when it holds no document that can be read.
    """
    with opened(raw, name) as archive:
        wanted = [info for info in archive.infolist() if _may_be_document(info)]
        wanted.sort(key=lambda info: (_rank(file_name(info)), -info.file_size, file_name(info)))
        found: list[tuple[str, AttachmentText]] = []
        refused: GongbaoError | None = None
        for info in wanted[:_TRIED]:
            inner = f"{name}/{file_name(info)}"
            try:
                data = member(archive, info.filename, name, _MEMBER_BYTES)
                kind = sniff(data, file_name(info), None)
                if kind in readers:
                    found.append((inner, readers[kind](data, inner)))
            except Unprocessable as error:
                refused = refused or error
    if not found:
        if refused is not None:
            raise refused
        raise Unprocessable("empty_attachment", f"{name} holds no document that can be read")
    inner, best = max(found, key=lambda item: len(item[1].text))
    if len(wanted) == 1:
        return best
    return _with_note(best, inner, [other for other, _ in found if other != inner], len(wanted))


def _with_note(best: AttachmentText, inner: str, others: list[str], total: int) -> AttachmentText:
    listed = "、".join(others[:5]) or "none of which could be read"
    note = Warn(
        code="other_documents",
        found=inner,
        times=max(1, total - 1),
        why=f"the archive holds other documents that were left out: {listed}",
    )
    return replace(best, warnings=(*best.warnings, note))


def file_name(info: zipfile.ZipInfo) -> str:
    """The name of a member; without the UTF-8 flag it is mostly GB18030, which zipfile takes for cp437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _may_be_document(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    hidden = name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith((".", "~$"))
    return not info.is_dir() and not hidden and 0 < info.file_size <= limits.BYTES


def _rank(name: str) -> int:
    suffix = name.lower().rpartition(".")[2]
    return _ORDER.index(suffix) if suffix in _ORDER else len(_ORDER)
