"""Fits config/vocabulary/confidence.toml: how often a finding of a rule is right in every field.

Run from the project's folder: ``python tests/quality/fit_confidence.py [--write]``.

Two sources are pooled.  The labelled documents of ../shared/gold as the grammar reads them now; and
``data/blind_reading.tsv``, how it did on fifty-eight other documents, labelled by somebody else, before anyone
had read its errors there, which is the nearer to what a document does that the grammar has never seen.
Calibration is measured over both, leaving one document out at a time.
"""

from __future__ import annotations

import csv
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

from gold import judged

from tasks.extract.confidence import traits, traits_of_time

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT.parent / "shared" / "gold"
BLIND_READING = Path(__file__).parent / "data" / "blind_reading.tsv"
#: strength of the pull of every weight towards nought
RIDGE = 1.5


class Outcome(NamedTuple):
    """A finding's traits and whether it was right in every field."""

    document: str
    traits: tuple[str, ...]
    right: bool


def outcomes_now() -> Iterator[Outcome]:
    """What becomes of the gold documents today; optional mentions are left out."""
    for document in sorted(p.name.split(".")[0] for p in GOLD.glob("*.gold.tsv")):
        for record, said, right in judged(document):
            yield Outcome(document, record_traits(record, said), right)


def record_traits(record: dict[str, Any], document: dict[str, Any]) -> tuple[str, ...]:
    """The traits of a finding of a document, both in their JSON form."""
    section = next((one for one in document["sections"] if one["section_id"] == record["section_id"]), None)
    of_name = traits(
        record["name"],
        record["rule"],
        record["unit"],
        record["measure"],
        digits=any(c.isdigit() for c in record["value_text"]),
        coded=record["code"] is not None,
    )
    of_time = traits_of_time(
        in_span=_is_span(record["period"]),
        dated=record["period"] is not None,
        spanned=section is not None and _is_span(section["period"]),
    )
    return (*of_name, *of_time)


def _is_span(period: dict[str, str] | None) -> bool:
    return period is not None and period["start"][:4] != period["end"][:4]


def outcomes_then() -> Iterator[Outcome]:
    """What became of other documents at their first reading."""
    with BLIND_READING.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield Outcome(row["document"], tuple(row["traits"].split()), row["right"] == "1")


def fit(outcomes: Iterable[Outcome], rounds: int = 60) -> dict[str, float]:
    """Weights of a ridge logistic regression; ``base`` is the intercept, which is not pulled.

    One weight after another takes Newton's step, round by round; outcomes of the same traits are one group.
    """
    groups: dict[tuple[str, ...], list[float]] = {}
    for outcome in outcomes:
        count = groups.setdefault(("base", *outcome.traits), [0.0, 0.0])
        count[0] += 1
        count[1] += outcome.right
    of_trait: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for present in groups:
        for trait in present:
            of_trait[trait].append(present)
    weights = dict.fromkeys(sorted(of_trait), 0.0)
    odds = dict.fromkeys(groups, 0.0)
    for _ in range(rounds):
        for trait, mine in of_trait.items():
            ridge = 0.0 if trait == "base" else RIDGE
            slope, bend = -ridge * weights[trait], ridge
            for present in mine:
                total, right = groups[present]
                likely = 1 / (1 + math.exp(-odds[present]))
                slope += right - total * likely
                bend += total * likely * (1 - likely)
            step = slope / bend
            weights[trait] += step
            for present in mine:
                odds[present] += step
    return weights


def chance(weights: dict[str, float], present: Iterable[str]) -> float:
    """The probability the weights give."""
    odds = weights["base"] + sum(weights.get(trait, 0.0) for trait in present)
    return 1 / (1 + math.exp(-odds))


def calibration_error(chances: list[float], rights: list[bool], bins: int = 10) -> float:
    """Expected calibration error over bins of equal numbers."""
    ordered = sorted(zip(chances, rights, strict=True))
    error = 0.0
    for k in range(bins):
        part = ordered[len(ordered) * k // bins : len(ordered) * (k + 1) // bins]
        if part:
            mean = sum(c for c, _ in part) / len(part)
            share = sum(r for _, r in part) / len(part)
            error += abs(mean - share) * len(part) / len(ordered)
    return error


def left_out(outcomes: list[Outcome]) -> tuple[list[float], list[bool]]:
    """The chances that weights give which were fitted without the outcome's document, and what came of each."""
    chances: list[float] = []
    rights: list[bool] = []
    for document in sorted({outcome.document for outcome in outcomes}):
        weights = fit(o for o in outcomes if o.document != document)
        for outcome in outcomes:
            if outcome.document == document:
                chances.append(chance(weights, outcome.traits))
                rights.append(outcome.right)
    return chances, rights


def main() -> None:
    """Print the calibration, and write the table when asked to."""
    outcomes = [*outcomes_now(), *outcomes_then()]
    chances, rights = left_out(outcomes)
    sure = [right for c, right in zip(chances, rights, strict=True) if c >= 0.9]
    print(
        f"{len(rights)} findings, right {sum(rights) / len(rights):.3f}, mean chance {sum(chances) / len(chances):.3f}"
    )
    print(f"expected calibration error, one document left out: {calibration_error(chances, rights):.4f}")
    print(f"of {len(sure)} with 0.9 or more, right {sum(sure) / max(1, len(sure)):.3f}")
    weights = fit(outcomes)
    if "--write" in sys.argv:
        write(weights)


def write(weights: dict[str, float]) -> None:
    """Write the table."""
    lines = [
        "# Log odds that a finding is right in every field.",
        "# Fitted by tests/quality/fit_confidence.py; not edited by hand.",
        "",
        f"base = {weights['base']:.3f}",
        "",
        "[traits]",
    ]
    lines += [f'"{name}" = {weight:.3f}' for name, weight in sorted(weights.items()) if name != "base"]
    target = ROOT / "config" / "vocabulary" / "confidence.toml"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
