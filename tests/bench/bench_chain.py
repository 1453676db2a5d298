"""How long each stage takes, and how much memory a process with all tables holds.

Prints milliseconds per 10,000 characters, best of five rounds, and each stage's share of the whole.
"""

from __future__ import annotations

import resource
import time
from pathlib import Path
from typing import Any

from schemas.page import PageRequest
from tasks.chain import CHAIN
from tasks.text.ids import document_id_of
from tests.journeys import settings_for
from workers.assembly import Assembly

ROUNDS = 5


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _one_round(assembly: Assembly, sources: list[Path]) -> tuple[dict[str, float], int]:
    spent = dict.fromkeys((stage.name for stage in CHAIN), 0.0)
    characters = 0
    for source in sources:
        url = source.resolve().as_uri()
        carried: Any = PageRequest(document_id=document_id_of(url), url=url)
        for stage in CHAIN:
            start = time.process_time()
            carried = stage.work(carried, assembly.bench)
            spent[stage.name] += time.process_time() - start
        characters += len(carried.text)
    return spent, characters


def test_bench_chain(root: Path, shared: Path, tmp_path: Path) -> None:
    assembly = Assembly(settings_for(tmp_path, root))
    try:
        assembly.warm()
        warm = _megabytes()
        for name, sources in {
            "clean reports": sorted((shared / "gold").glob("*.ref.txt")),
            "seeds, two of them converted": sorted((shared / "seeds").iterdir()),
        }.items():
            rounds = [_one_round(assembly, sources) for _ in range(ROUNDS)]
            characters = rounds[0][1]
            best = {stage: min(spent[stage] for spent, _ in rounds) for stage in rounds[0][0]}
            whole = sum(best.values())
            print(f"\n{name}: {characters} characters")
            for stage, seconds in best.items():
                print(f"  {stage:<9} {seconds / characters * 1e7:7.2f} ms  {seconds / whole:5.1%}")
            after_fetch = (whole - best["fetch"]) / characters * 1e7
            print(f"  clean to emit {after_fetch:.1f} ms per 10,000 characters")
        print(f"memory with all tables {warm} MB, after the work {_megabytes()} MB")
    finally:
        assembly.close()
    assert characters
