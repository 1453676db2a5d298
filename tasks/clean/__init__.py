"""Clean: the main text, the disclosure block and the clues of a fetched page or attached file."""

from __future__ import annotations

from schemas.document import CleanDocument
from schemas.page import FetchedPage
from tasks.bench import Bench
from tasks.clean.page import clean_page
from tasks.clean.rules import CleanRules
from tasks.stage import Stage


def _work(page: FetchedPage, bench: Bench) -> CleanDocument:
    return clean_page(page, bench.raw_bytes(page), bench.rules(CleanRules))


CLEAN = Stage("clean", takes=FetchedPage, gives=CleanDocument, work=_work, rules=(CleanRules,))

__all__ = ["CLEAN", "CleanRules", "clean_page"]
