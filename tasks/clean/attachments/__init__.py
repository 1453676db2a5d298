"""Readers for attached files: pdf, docx, doc, xlsx, xls, ofd, zip → text, tables, marks."""

from __future__ import annotations

from tasks.clean.attachments.attachment import AttachmentText
from tasks.clean.attachments.reading import read_attachment
from tasks.clean.attachments.sniffing import sniff

__all__ = ["AttachmentText", "read_attachment", "sniff"]
