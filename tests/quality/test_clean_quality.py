"""Floors of clean over the pages and seeds of ../shared."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rapidfuzz.distance import LCSseq, Levenshtein

from schemas.document import CleanDocument
from schemas.page import FetchedPage, Http
from tasks.clean import CleanRules, clean_page
from tasks.clean.dates import iso_date
from tasks.errors import Unprocessable

_NAMES = re.compile(r"""(?is)(\s(?:id|class)\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)""")
_COMMENTS = re.compile(r"(?s)<!--.*?-->")


@pytest.fixture(scope="module")
def rules(vocabulary: Path) -> CleanRules:
    return CleanRules.load(vocabulary)


def _letters(text: object) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", str(text or "")) if c.isalnum())


def _f1(gold: str, said: str) -> float:
    a, b = _letters(gold), _letters(said)
    return 2 * LCSseq.similarity(a, b) / (len(a) + len(b)) if a and b else float(a == b)


def _clean(raw: bytes, url: str, rules: CleanRules, *, name: str | None = None) -> CleanDocument | None:
    page = FetchedPage(
        document_id="0" * 32,
        url=url,
        final_url=url,
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        http=Http(status=200, media_type="text/html") if name is None else None,
        file_name=name,
        raw="",
        raw_digest="",
        raw_size=len(raw),
    )
    try:
        return clean_page(page, raw, rules)
    except Unprocessable:
        return None


def _stripped(raw: bytes) -> bytes:
    """The page without ids, classes, comments and elements that name a container."""
    text = _COMMENTS.sub("", _NAMES.sub("", raw.decode("utf-8", "replace")))
    return re.sub(r"(?i)<(/?)ucapcontent", r"<\1div", text).encode()


@pytest.mark.shared
@pytest.mark.parametrize("stripped", [False, True], ids=["as they are", "without names"])
@pytest.mark.parametrize(
    ("pages", "mean", "worst"), [("govcn", 0.999, 0.99), ("articles", 0.985, 0.8)], ids=["govcn", "articles"]
)
def test_bodies_are_found_on_known_and_unknown_pages(
    pages: str, mean: float, worst: float, *, stripped: bool, shared: Path, rules: CleanRules
) -> None:
    """Text F1 over letters and digits, with known containers and with all names taken away."""
    folder = shared / "pages" / pages
    figures = []
    for gold in json.loads((folder / "gold.json").read_text(encoding="utf-8")):
        raw = (folder / gold["file"]).read_bytes()
        made = _clean(_stripped(raw) if stripped else raw, gold["url"], rules)
        figures.append(_f1(gold["body"], made.text) if made else 0.0)
    assert sum(figures) / len(figures) >= mean
    assert min(figures) >= worst


@pytest.mark.shared
def test_every_value_of_the_gov_cn_blocks_is_right(shared: Path, rules: CleanRules) -> None:
    folder = shared / "pages" / "govcn"
    fields = ("index_number", "publisher", "document_number", "created_on", "published_on", "subject")
    for gold in json.loads((folder / "gold.json").read_text(encoding="utf-8")):
        made = _clean((folder / gold["file"]).read_bytes(), gold["url"], rules)
        assert made is not None
        said = {name: getattr(made.metadata, name) for name in fields if gold.get(name)} | {"title": made.title}
        wanted = {name: iso_date(gold[name]) or gold[name] for name in (*fields, "title") if gold.get(name)}
        assert {k: _letters(v) for k, v in said.items()} == {k: _letters(v) for k, v in wanted.items()}


@pytest.mark.shared
@pytest.mark.parametrize(("key", "rate"), [("000", 0.0), ("001", 0.003), ("004", 0.0)])
def test_plain_text_bodies_are_cut_to_the_letter(key: str, rate: float, shared: Path, rules: CleanRules) -> None:
    """001 still holds the words of the break-in, which normalise restores."""
    (path,) = (shared / "seeds").glob(f"{key}_*.txt")
    made = _clean(path.read_bytes(), path.as_uri(), rules, name=path.name)
    assert made is not None
    reference = _letters((shared / "gold" / "body" / f"{key}.ref.txt").read_text(encoding="utf-8"))
    assert Levenshtein.distance(reference, _letters(made.text)) <= rate * len(reference)
    wanted = json.loads((shared / "gold" / "documents.json").read_text(encoding="utf-8"))[key]
    assert made.title == wanted["title"]
    assert {k: getattr(made.metadata, k) for k in wanted.get("metadata", {})} == wanted.get("metadata", {})
