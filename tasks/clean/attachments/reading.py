"""One door to all readers."""

from __future__ import annotations

from schemas.page import FetchedPage
from tasks.clean.attachments.attachment import AttachmentText
from tasks.errors import Unprocessable


def read_attachment(page: FetchedPage, raw: bytes, kind: str) -> AttachmentText:
    """Text, tables and marks of an attached file.

    Args:
        page: where the bytes come from; only its names are used, for messages.
        raw: the bytes of the file.
        kind: what :func:`sniff` said.

    Raises:
        Unprocessable: encrypted_attachment, scanned_attachment, broken_attachment, too_large.
    """
    name = page.file_name or page.final_url
    raise Unprocessable("broken_attachment", f"{name} is a {kind} file, for which there is no reader")
