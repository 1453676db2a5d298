"""Mutated bytes through the stages, led by coverage: what comes out is sound, or a refusal with a reason.

    pip install atheris                      # only where this is run
    python tests/fuzz/fuzz_stages.py page CORPUS -max_total_time=600
    python tests/fuzz/fuzz_stages.py file CORPUS -max_total_time=600
    python tests/fuzz/fuzz_stages.py page crash-…    # a crash once more

CORPUS is a folder that grows; without files it starts from the samples.  ``page`` takes the bytes for a web
page, ``file`` for the attachment they look like.  Anything else than a document or an
:class:`tasks.errors.Unprocessable` is a crash, and is kept by libFuzzer as ``crash-…``.
tests/unit/test_fuzz_targets.py gives the same targets the samples and what once crashed them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VOCABULARY = ROOT / "config" / "vocabulary"
#: libFuzzer's own words, which it takes for a leak or a slow input
_LIMITS = ("-max_len=60000", "-timeout=60", "-rss_limit_mb=3000")


def page_target(raw: bytes) -> str:
    """The bytes as the answer to a page's address, through clean, normalise, segment and extract."""
    return _through(raw, "http://bench.example/a.html", "text/html")


def file_target(raw: bytes) -> str:
    """The bytes as a file without a name or type."""
    return _through(raw, "http://bench.example/a", "application/octet-stream")


TARGETS: dict[str, Callable[[bytes], str]] = {"page": page_target, "file": file_target}


def _through(raw: bytes, url: str, media_type: str) -> str:
    """``read``, or the reason of the refusal; every place named in the document is sound."""
    from schemas.page import FetchedPage, Http
    from tasks.clean import clean_page
    from tasks.errors import Unprocessable
    from tasks.extract import extract_document
    from tasks.normalise import normalise_document
    from tasks.segment import SEGMENT

    clean_rules, normalise_rules, identity, extract_rules, bench = _rules()
    page = FetchedPage(
        document_id="0" * 32,
        url=url,
        final_url=url,
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        http=Http(status=200, media_type=media_type),
        raw="",
        raw_digest="",
        raw_size=len(raw),
    )
    try:
        cleaned = clean_page(page, raw, clean_rules)
    except Unprocessable as refusal:
        return refusal.reason
    assert cleaned.spans.length == len(cleaned.text)
    normal = normalise_document(cleaned, normalise_rules, identity)
    document = extract_document(SEGMENT.work(normal, bench), extract_rules)
    text = normal.text
    assert normal.spans.length == len(text)
    for table in normal.tables:
        assert 0 <= table.start <= table.end <= len(text)
    for section in document.sections:
        assert 0 <= section.start <= section.end <= len(text)
    for finding in document.findings:
        evidence = finding.evidence
        shown = normal.spans.back(evidence.start, evidence.end)
        met = cleaned.spans.back(shown.start, shown.end)
        assert 0 <= met.start <= met.end <= cleaned.spans.source_length
    type(document).model_validate_json(document.model_dump_json())
    return "read"


@cache
def _rules():
    from tasks.bench import Bench
    from tasks.clean import CleanRules
    from tasks.extract import ExtractRules
    from tasks.identity import IdentityRules
    from tasks.normalise import NormaliseRules

    bench = Bench(vocabulary=VOCABULARY, artefacts=None)
    return (*(bench.rules(kind) for kind in (CleanRules, NormaliseRules, IdentityRules, ExtractRules)), bench)


def _main() -> None:
    name, *arguments = sys.argv[1:] or ["?"]
    if name not in TARGETS:
        raise SystemExit(f"{name}: no such target; use one of {', '.join(TARGETS)}")
    sys.path.insert(0, str(ROOT))
    import atheris

    with atheris.instrument_imports(include=["tasks"], enable_loader_override=False):
        TARGETS[name](b"<p>")
    folders = [Path(word) for word in arguments if not word.startswith("-")]
    if folders and not folders[0].is_file():
        folders[0].mkdir(parents=True, exist_ok=True)
        for sample in (ROOT / "samples").rglob("*.*"):
            (folders[0] / sample.name).write_bytes(sample.read_bytes())
    atheris.Setup([sys.argv[0], *_LIMITS, *arguments], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    _main()
