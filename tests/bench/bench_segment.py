"""How fast segment, periods, codes and tables are; prints characters and calls a second.

Run: ``make bench``, or from the top folder ``python -m tests.bench.bench_segment``.  The text is made here, so it
runs anywhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from schemas.document import NormalDocument
from schemas.record import Period
from tasks.extract.codes import CodeRules, code_for
from tasks.segment import SegmentRules, segment_document
from tasks.text.dates import find_periods
from tests.made import normal as normal_of

VOCABULARY = Path(__file__).resolve().parents[2] / "config" / "vocabulary"
SENTENCE = "全年完成规上工业产值31.5亿元，比上年增长5.6%，新增高新技术企业12家，较2025年提高2个百分点。"
TOPICS = ("工业经济稳中有进。", "现代农业提质增效。", "城乡面貌持续改善。")


def report() -> str:
    """About ten thousand characters in the usual form of a report."""
    lines = ["云溪镇政府工作报告", "各位代表：", "一、2030年工作回顾"]
    for n, part in enumerate(("二、2031年工作安排", "三、加强政府自身建设", "")):
        for m in range(1, 4):
            lines.append(f"（{'一二三'[m - 1]}）做好第{n}类工作")
            lines += [topic + SENTENCE * 6 for topic in TOPICS]
        lines.append(part)
    return "\n".join(lines)


def document(text: str) -> NormalDocument:
    """The text as normalise hands it on."""
    return normal_of(text, review_period=Period.years(2030), plan_period=Period.years(2031))


def best_of(work: Callable[[], object], times: int = 7) -> float:
    """Seconds of the fastest of some runs, after one that warms up."""
    work()
    taken = []
    for _ in range(times):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)


def main() -> None:
    """Measure and print."""
    text = report()
    normal = document(text)
    rules = SegmentRules.load(VOCABULARY)
    sentences = [s + "。" for s in text.replace("\n", "。").split("。") if s]
    codes = CodeRules.load(VOCABULARY)
    names = [f"{scope}{name}" for scope in ("", "全市", "其中") for name in codes.names]

    taken = best_of(lambda: segment_document(normal, rules))
    print(f"segment   {len(text) / taken / 1e6:8.1f} M characters/s  ({len(text)} characters)")
    taken = best_of(lambda: [find_periods(s, review_year=2030, plan_year=2031, part="review") for s in sentences])
    print(f"periods   {len(text) / taken / 1e6:8.1f} M characters/s  ({len(sentences)} sentences)")
    cold = code_for.__wrapped__
    taken = best_of(lambda: [cold(name, "元", "level", codes) for name in names])
    print(f"codes     {len(names) / taken / 1e3:8.1f} k names/s      ({len(names)} names, none remembered)")
    taken = best_of(lambda: [code_for(name, "元", "level", codes) for name in names])
    print(f"codes     {len(names) / taken / 1e3:8.1f} k names/s      (remembered)")


def test_bench_segment() -> None:
    main()


if __name__ == "__main__":
    main()
