"""Fetch takes a page request and gives a fetched page."""

from __future__ import annotations

from tasks.fetch.fetch import FETCH

__all__ = ["FETCH"]
