"""Speed and memory of the script stage, as ratios and shares; nothing is asserted."""

from __future__ import annotations

import gc
import os
import random
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from opencc import OpenCC

from tasks.normalise import NormaliseRules
from tasks.normalise.text import mend
from tasks.text.charset import decode
from tests.converter import damaged, first_readings, traditional

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def rules(vocabulary: Path) -> NormaliseRules:
    return NormaliseRules.load(vocabulary)


@pytest.fixture(scope="module")
def text(shared: Path) -> str:
    return "".join(p.read_text(encoding="utf-8") for p in sorted((shared / "gold" / "body").glob("*.txt")))


def best_of(times: int, deed: Callable[[], object]) -> float:
    """Seconds of the fastest of so many runs."""
    taken = []
    for _ in range(times):
        begun = perf_counter()
        deed()
        taken.append(perf_counter() - begun)
    return min(taken)


def test_traditional_to_simplified_against_the_library(rules: NormaliseRules, text: str) -> None:
    old = traditional(text)
    ours = rules.converters["standard"]
    ours.convert(old)
    library = OpenCC("t2s")
    library.convert("熱身")
    part = old[:30_000]
    mine, theirs = (
        best_of(5, lambda: ours.convert(old)) / len(old),
        best_of(1, lambda: library.convert(part)) / len(part),
    )
    print(f"\nt2s: {1e-6 / mine:.1f} million characters a second, {theirs / mine:.0f} times the library")


def test_repair_of_a_damaged_document(rules: NormaliseRules, text: str) -> None:
    readings = first_readings(rules.readings)
    taken = []
    for seed in range(6):
        start = random.Random(seed).randint(0, len(text) - 10_000)
        shown = damaged(text[start : start + 10_000], readings, seed=seed, annotated=60)
        begun = perf_counter()
        runs = len(mend(shown, rules).repairs)
        taken.append((perf_counter() - begun, runs))
    middle = sorted(taken)[len(taken) // 2]
    print(f"\nrepair: {middle[0] * 1000:.0f} ms a 10,000 characters with {middle[1]} runs (median of {len(taken)})")


def test_an_undamaged_document(rules: NormaliseRules, text: str) -> None:
    part = text[:10_000]
    print(f"\nundamaged: {best_of(5, lambda: mend(part, rules)) * 1000:.2f} ms a 10,000 characters")


def test_decoding_a_page(text: str) -> None:
    page = text.encode("gb18030")
    seconds = best_of(5, lambda: decode(page))
    print(f"\ncharset: {len(page) / seconds / 1e6:.1f} MB a second, {seconds * 1000:.1f} ms for {len(page)} bytes")


def test_memory_of_the_tables_and_what_a_fork_adds(vocabulary: Path, text: str) -> None:
    before = private_megabytes()
    rules = NormaliseRules.load(vocabulary)
    shown = damaged(text[:5000], first_readings(rules.readings), seed=1, annotated=60)
    mend(shown, rules)
    gc.collect()
    gc.freeze()
    loaded = private_megabytes() - before
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        began = private_megabytes()
        mend(shown, rules)
        os.write(writing, f"{private_megabytes() - began:.1f}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    added = os.read(reading, 32).decode()
    print(f"\nmemory: {loaded:.1f} MB for rules and one repair; a forked worker adds {added} MB of its own")


def private_megabytes() -> float:
    """Memory that belongs to this process alone, shared pages of a fork not counted."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    kilobytes = sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Dirty", "Private_Clean")))
    return kilobytes / 1024
