"""One door to all readers."""

from __future__ import annotations

from schemas.page import FetchedPage
from tasks.clean.attachments import limits
from tasks.clean.attachments.attachment import AttachmentText
from tasks.clean.attachments.bundle import Reader, read_zip
from tasks.clean.attachments.doc import read_doc
from tasks.clean.attachments.docx import read_docx
from tasks.clean.attachments.ofd import read_ofd
from tasks.clean.attachments.pdf import read_pdf
from tasks.clean.attachments.rtf import read_rtf
from tasks.clean.attachments.sheets import read_xls, read_xlsx
from tasks.clean.attachments.sniffing import OLE
from tasks.errors import GongbaoError, Unprocessable

_READERS: dict[str, Reader] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "doc": read_doc,
    "wps": read_doc,
    "xlsx": read_xlsx,
    "xls": read_xls,
    "ofd": read_ofd,
    "rtf": read_rtf,
}


def _read_bundle(raw: bytes, name: str) -> AttachmentText:
    return read_zip(raw, name, _READERS)


def read_attachment(page: FetchedPage, raw: bytes, kind: str) -> AttachmentText:
    """Text, tables and marks of an attached file.

    Args:
        page: where the bytes come from; only its names are used, for messages.
        raw: the bytes of the file.
        kind: what :func:`~tasks.clean.attachments.sniffing.sniff` said.

    Raises:
        Unprocessable: ``encrypted_attachment``, ``scanned_attachment`` (no text layer),
            ``empty_attachment``, ``broken_attachment``, ``too_large``, ``unknown_attachment``.
    """
    name = page.file_name or page.final_url
    reader = _read_bundle if kind == "zip" else _READERS.get(kind)
    if reader is None:
        raise Unprocessable("unknown_attachment", f"{name} is a {kind} file, for which there is no reader")
    if len(raw) > limits.BYTES:
        limits.too_large(name, "bytes", limits.BYTES)
    if kind in ("docx", "xlsx") and raw.startswith(OLE):
        raise Unprocessable("encrypted_attachment", f"{name} needs a password; ask its publisher for an open copy")
    try:
        return reader(raw, name)
    except GongbaoError:
        raise
    except (MemoryError, RecursionError) as error:
        raise limits.broken(name, "it is nested or repeated beyond measure") from error
    except Exception as error:
        # a damaged file fails in any line of any reader; it must not stop the worker
        raise limits.broken(name, f"{type(error).__name__} while reading it") from error
