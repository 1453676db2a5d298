"""How fast segment and extract are together, against the plainest loop over the same numbers.

Run: ``python tests/bench/bench_extract.py``.  Uses ../shared/gold when it is there, else a text made here.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "quality"))

from gold import SHARED, bare, rules

from tasks.extract import extract_document
from tasks.segment import SEGMENT, segment_document

SENTENCE = "全年完成规上工业产值31.5亿元，比上年增长5.6%，新增高新技术企业12家，较2025年提高2个百分点。"


def texts() -> list[str]:
    """The labelled documents, or a made-up report."""
    found = [p.read_text(encoding="utf-8") for p in sorted((SHARED / "gold").glob("*.ref.txt"))]
    return found or ["2030年工作回顾\n" + "工业经济稳中有进。" + SENTENCE * 150]


def best(deed: Callable[[], object], rounds: int = 15) -> float:
    """The least processor time of several rounds, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        deed()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print characters a second, and the ratio to a loop that only finds the numbers."""
    said = texts()
    segment_rules, extract_rules = rules()
    documents = [bare(text) for text in said]
    segmented = [SEGMENT.gives(normal=d, sections=segment_document(d, segment_rules)) for d in documents]
    characters = sum(map(len, said))
    number = re.compile(r"\d[\d.]*")
    plain = best(lambda: [[m[0] for m in number.finditer(text)] for text in said])
    cut = best(lambda: [segment_document(d, segment_rules) for d in documents])
    read = best(lambda: [extract_document(s, extract_rules) for s in segmented])
    numbers = sum(len(extract_document(s, extract_rules).findings) for s in segmented)
    print(f"{characters} characters, {numbers} findings")
    print(f"segment            {characters / cut / 1e6:6.2f} million characters a second")
    print(f"extract            {characters / read / 1e6:6.2f} million characters a second")
    print(f"segment + extract  {characters / (cut + read) / 1e6:6.2f} million characters a second")
    print(
        f"per finding        {read / max(1, numbers) * 1e6:6.1f} µs; {read / plain:.0f} times a bare search for digits"
    )


def test_bench_extract() -> None:
    """Prints the figures; asserts nothing about them."""
    main()


if __name__ == "__main__":
    main()
