"""Fits config/vocabulary/mood.toml: how much each sign tells that a stretch of a report looks ahead.

Run from the project's folder: ``python tests/quality/fit_mood.py [--write]``.

Chapters of the reports in ../shared whose titles say that they review or plan are cut into stretches of some six
hundred characters, titles left out.  What is printed is how many are told right by weights that were fitted without
the stretch's own report.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

from gold import SHARED, VOCABULARY, bare, rules

from tasks.segment import segment_document
from tasks.segment.mood import Mood

#: a stretch ends with the paragraph in which it has so many characters, and is cut behind so many
STRETCH, LONGEST = 600, 900
#: strength of the pull of every weight towards nought, in units of what the sign varies by
RIDGE = 1.0


class Stretch(NamedTuple):
    """Some paragraphs of a chapter: the report, whether the chapter plans, and the rates of the signs."""

    report: str
    ahead: bool
    rates: dict[str, float]


def stretches(mood: Mood) -> Iterator[Stretch]:
    """The stretches of all chapters whose titles tell what they are."""
    segment_rules, _ = rules()
    for path in sorted([*(SHARED / "gold").glob("*.ref.txt"), *(SHARED / "reports").glob("*.txt")]):
        document = bare(path.read_text(encoding="utf-8"))
        for section in segment_document(document, segment_rules):
            if section.level != 1 or section.part not in ("review", "plan") or not section.title:
                continue
            _, _, body = document.text[section.start : section.end].partition("\n")
            gathered = ""
            for paragraph in filter(str.strip, body.split("\n")):
                gathered += paragraph + "\n"
                if len(gathered) >= STRETCH:
                    yield Stretch(path.name, section.part == "plan", mood.rates(gathered[:LONGEST]))
                    gathered = ""


def fit(told: list[Stretch], rounds: int = 400) -> dict[str, float]:
    """Weights of a ridge logistic regression in which both kinds count alike; ``base`` is not pulled."""
    names = list(told[0].rates)
    mean = {n: sum(s.rates[n] for s in told) / len(told) for n in names}
    spread = {n: math.sqrt(sum((s.rates[n] - mean[n]) ** 2 for s in told) / len(told)) or 1.0 for n in names}
    share = sum(s.ahead for s in told) / len(told)
    rows = [[(s.rates[n] - mean[n]) / spread[n] for n in names] for s in told]
    counts = [0.5 / share if s.ahead else 0.5 / (1 - share) for s in told]
    weights, base = [0.0] * len(names), 0.0
    for _ in range(rounds):
        base_slope = base_bend = 0.0
        slopes, bends = [-RIDGE * w for w in weights], [RIDGE] * len(names)
        for row, stretch, count in zip(rows, told, counts, strict=True):
            likely = chance(base, weights, row)
            miss, bend = count * (stretch.ahead - likely), count * likely * (1 - likely)
            base_slope, base_bend = base_slope + miss, base_bend + bend
            for k, x in enumerate(row):
                slopes[k] += miss * x
                bends[k] += bend * x * x
        base += 0.3 * base_slope / max(base_bend, 1e-9)
        weights = [w + 0.3 * s / b for w, s, b in zip(weights, slopes, bends, strict=True)]
    plain = {n: w / spread[n] for n, w in zip(names, weights, strict=True)}
    return {"base": base - sum(plain[n] * mean[n] for n in names), **plain}


def chance(base: float, weights: list[float], row: list[float]) -> float:
    """The probability the weights give."""
    odds = base + sum(w * x for w, x in zip(weights, row, strict=True))
    return 1 / (1 + math.exp(-max(-100.0, min(100.0, odds))))


def told_right(told: list[Stretch]) -> tuple[float, float]:
    """The shares of planning and of reviewing stretches that are told right, one report left out at a time."""
    right = {True: 0, False: 0}
    for report in sorted({s.report for s in told}):
        weights = fit([s for s in told if s.report != report], rounds=120)
        for s in told:
            if s.report == report:
                odds = weights["base"] + sum(weights[n] * rate for n, rate in s.rates.items())
                right[s.ahead] += (odds > 0) == s.ahead
    ahead = sum(s.ahead for s in told)
    return right[True] / ahead, right[False] / (len(told) - ahead)


def write(weights: dict[str, float]) -> None:
    """Put the weights into the table."""
    target = VOCABULARY / "mood.toml"
    kept = re.sub(r"\[weights\].*", "", target.read_text(encoding="utf-8"), flags=re.DOTALL)
    lines = [f"{name} = {weight:.3f}" for name, weight in weights.items()]
    target.write_text(kept + "[weights]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Print how many stretches are told right, and write the table when asked to."""
    told = list(stretches(Mood.load(VOCABULARY)))
    planning, reviewing = told_right(told)
    print(f"{len(told)} stretches of {len({s.report for s in told})} reports, one report left out:")
    print(f"planning {planning:.3f} told right, reviewing {reviewing:.3f}")
    if "--write" in sys.argv:
        write(fit(told))


if __name__ == "__main__":
    main()
