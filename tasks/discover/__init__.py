"""Discover takes a source of config/sources and gives the addresses of its documents."""

from __future__ import annotations

from tasks.discover.discover import Discovery, discover
from tasks.discover.links import Link, find_links
from tasks.discover.sources import Listing, SourceFile, SourceFolder, read_source, read_sources

__all__ = [
    "Discovery",
    "Link",
    "Listing",
    "SourceFile",
    "SourceFolder",
    "discover",
    "find_links",
    "read_source",
    "read_sources",
]
