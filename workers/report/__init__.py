"""Pages to look at: documents with highlighted evidence, tables and charts. They work from disk, offline."""

from __future__ import annotations

from workers.report.pages import write_pages

__all__ = ["write_pages"]
