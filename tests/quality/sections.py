"""Measures sections against labels made by hand before the code was written.

A label file (``data/sections_KEY.tsv``) has one row per heading or turn: ``start`` (offset of the
heading, or of the paragraph where part or period turn), ``level`` (depth among the headings; 0 for a
turn without heading and for the preamble), ``part`` and ``period`` (years) that hold from there on.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.record import Period, Section

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Label:
    """One row."""

    start: int
    level: int
    part: str
    period: str


@dataclass(frozen=True)
class Figures:
    """Shares of the text's characters with the right part and period; F1 of headings with the right parent."""

    part: float
    period: float
    nesting: float


def labels_of(key: str) -> list[Label]:
    with (DATA / f"sections_{key}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [Label(int(r["start"]), int(r["level"]), r["part"], r["period"]) for r in rows]


def years_said(period: Period | None) -> str:
    if period is None:
        return "-"
    first, last = period.start[:4], period.end[:4]
    return first if first == last else f"{first}-{last}"


def measure(sections: Sequence[Section], labels: Sequence[Label], length: int) -> Figures:
    """Compare character by character (part, period) and heading by heading (nesting)."""
    said: list[tuple[str, str]] = [("", "")] * length
    for section in sections:  # in the order of the text, inner after outer
        value = (str(section.part), years_said(section.period))
        said[section.start : section.end] = [value] * (section.end - section.start)
    meant: list[tuple[str, str]] = [("", "")] * length
    for n, label in enumerate(labels):
        end = labels[n + 1].start if n + 1 < len(labels) else length
        meant[label.start : end] = [(label.part, label.period)] * (end - label.start)
    pairs = list(zip(said, meant, strict=True))
    found, wanted = _parents(sections), _label_parents(labels)
    right = len(found & wanted)
    return Figures(
        part=sum(s[0] == m[0] for s, m in pairs) / length,
        period=sum(s[1] == m[1] for s, m in pairs) / length,
        nesting=2 * right / (len(found) + len(wanted)) if found or wanted else 1.0,
    )


def _parents(sections: Sequence[Section]) -> set[tuple[int, int]]:
    """(start, start of the nearest section around it that has a heading) of every heading."""
    by_id = {section.section_id: section for section in sections}
    pairs = set()
    for section in sections:
        if section.title is None or section.part == "other":
            continue
        parent = by_id.get(section.parent_id or "")
        while parent is not None and parent.title is None:
            parent = by_id.get(parent.parent_id or "")
        pairs.add((section.start, parent.start if parent else -1))
    return pairs


def _label_parents(labels: Sequence[Label]) -> set[tuple[int, int]]:
    pairs, open_at = set(), {0: -1}
    for label in labels:
        if label.level:
            open_at[label.level] = label.start
            pairs.add((label.start, open_at[label.level - 1]))
    return pairs


def moved(labels: Sequence[Label], to: Callable[[int], int]) -> list[Label]:
    """The labels of a text that was changed, by the map of its offsets."""
    return [Label(to(one.start), one.level, one.part, one.period) for one in labels]
