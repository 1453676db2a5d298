"""How many pages a second clean does, beside the extractors that are installed.

    python tests/bench/bench_clean.py [FOLDER of pages …]

Prints pages per second of processor time, one core, and the ratio to each rival.  Rivals are measured
in turns with clean, so that a busy machine slows all of them alike.  None of them is needed to run
Gongbao: install trafilatura, readability-lxml and magic-html where you measure.
"""

from __future__ import annotations

import importlib
import logging
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from schemas.page import FetchedPage, Http  # noqa: E402
from tasks.clean import CleanRules, clean_page  # noqa: E402
from tasks.errors import Unprocessable  # noqa: E402

_ROUNDS = 3


def _ours() -> Callable[[bytes], object]:
    rules = CleanRules.load(ROOT / "config" / "vocabulary")

    def run(raw: bytes) -> object:
        page = FetchedPage(
            document_id="0" * 32,
            url="http://bench.example/a.html",
            final_url="http://bench.example/a.html",
            fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
            http=Http(status=200, media_type="text/html"),
            raw="",
            raw_digest="",
            raw_size=len(raw),
        )
        try:
            return clean_page(page, raw, rules)
        except Unprocessable as refusal:
            return refusal

    return run


def _rivals() -> dict[str, Callable[[bytes], object]]:
    logging.disable(logging.CRITICAL)
    found: dict[str, Callable[[bytes], object]] = {}
    for name in ("trafilatura", "readability", "magic_html"):
        try:
            module = importlib.import_module(name)
        except ImportError:
            print(f"{name}: not installed here")
            continue
        if name == "trafilatura":
            found[name] = module.extract
        elif name == "readability":
            found[name] = _readability(module.Document)
        else:
            found[name] = _magic(module.GeneralExtractor())
    return found


def _readability(document: Callable[[str], Any]) -> Callable[[bytes], object]:
    return lambda raw: document(_text(raw)).summary()


def _magic(extractor: Any) -> Callable[[bytes], object]:
    return lambda raw: extractor.extract(_text(raw), base_url="http://bench.example/")


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _seconds(run: Callable[[bytes], object], pages: list[bytes]) -> float:
    begun = time.process_time()
    for raw in pages:
        run(raw)
    return time.process_time() - begun


def main(folders: list[Path]) -> None:
    """Measure every folder named, or those of ../shared."""
    folders = folders or sorted((ROOT.parent / "shared" / "pages").glob("*/"))
    runners = {"clean": _ours(), **_rivals()}
    everything: dict[str, float] = dict.fromkeys(runners, 0.0)
    for folder in folders:
        pages = [path.read_bytes() for path in sorted(folder.glob("*.html"))]
        if not pages:
            continue
        best = dict.fromkeys(runners, float("inf"))
        for _ in range(_ROUNDS):
            for name, run in runners.items():
                best[name] = min(best[name], _seconds(run, pages))
        for name, seconds in best.items():
            everything[name] += seconds
            print(
                f"{folder.name:10} {name:12} {len(pages) / seconds:8.1f} pages/s   ratio {seconds / best['clean']:6.2f}"
            )
    for name, seconds in everything.items():
        print(f"{'all':10} {name:12} ratio {seconds / max(everything['clean'], 1e-9):6.2f}")


def test_bench_clean() -> None:
    main([])


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
