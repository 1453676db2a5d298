"""The rules of clean, and pages to clean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.document import CleanDocument
from schemas.page import Cover, FetchedPage, Http
from tasks.clean import CleanRules, clean_page
from tasks.text.ids import digest_of, document_id_of


@pytest.fixture(scope="session")
def rules(vocabulary: Path) -> CleanRules:
    """Compiled from config/vocabulary."""
    return CleanRules.load(vocabulary)


def fetched(
    raw: bytes, url: str = "http://www.yunze.gov.cn/art/2022/1/12/art_9_1.html", cover: Cover | None = None
) -> FetchedPage:
    """A fetched page with these bytes."""
    local = url.startswith("file:")
    return FetchedPage(
        document_id=document_id_of(url),
        url=url,
        final_url=url,
        fetched_at=datetime(2022, 3, 4, tzinfo=UTC),
        http=None if local else Http(status=200, media_type="text/html"),
        raw="",
        raw_digest=digest_of(raw),
        raw_size=len(raw),
        cover=cover,
    )


@pytest.fixture(scope="session")
def clean(rules: CleanRules) -> Callable[..., CleanDocument]:
    """Cleans a source: text is sent in UTF-8."""

    def do(source: str | bytes, url: str = "http://www.yunze.gov.cn/art/2022/1/12/art_9_1.html") -> CleanDocument:
        raw = source.encode() if isinstance(source, str) else source
        return clean_page(fetched(raw, url), raw, rules)

    return do
