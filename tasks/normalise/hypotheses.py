"""Hypotheses about a damaged run, and which of them is the likeliest."""

from __future__ import annotations

import math
from typing import NamedTuple

from tasks.normalise.scoring import Reading

_SPREAD = 13.0  # nats: a hypothesis so far behind the best one is given up


class Step(NamedTuple):
    """A link of a hypothesis: characters made, how far the text was read, whether damage was undone."""

    before: Step | None
    made: str
    end: int
    repaired: bool


class State(NamedTuple):
    """A hypothesis.

    Attributes:
        value: how likely, all in all (logarithm).
        cost: the part of it that is not language: bytes lost, forms unusual.
        reading: how the characters made read.
        pending: the lead byte that waits; None in step; −n for any lead that makes no character
            behind byte n; 0 for any lead at all.
        last: the byte before the pending one.
        path: the links back.
        torn: what the pending byte becomes was torn apart, so it need not be annotated.
        margin: how far behind the nearest hypothesis is that was given up for this one.
    """

    value: float
    cost: float
    reading: Reading
    pending: int | None
    last: int
    path: Step | None
    torn: bool = False
    margin: float = math.inf


class Outcome(NamedTuple):
    """What a run most likely said.

    Attributes:
        end: where the run ends in the text.
        made: its characters; empty when the likeliest is that nothing is damaged.
        margin: probability of ``made`` among all readings that were kept to the end.
        badness: nats for each character of the run.
        seen: how far the text was read.
    """

    end: int
    made: str
    margin: float
    badness: float
    seen: int


def pruned(bucket: list[State], width: int) -> list[State]:
    """The best hypotheses; of those that will be read on alike only the better one."""
    bucket.sort(key=lambda s: -s.value)
    floor = bucket[0].value - _SPREAD
    kept: dict[tuple[object, ...], State] = {}
    for state in bucket:
        if state.value < floor or len(kept) == width:
            break
        key = state.pending, state.torn, state.last, state.reading.tail, state.reading.quoted
        better = kept.get(key)
        if better is None:
            kept[key] = state
        elif better.value - state.value < better.margin:
            kept[key] = better._replace(margin=better.value - state.value)
    return list(kept.values())


def outcome(start: int, final: list[State]) -> Outcome:
    """The likeliest of the hypotheses about a run that begins at ``start``."""
    by_text: dict[tuple[str, int], State] = {}
    for state in final:
        made, end, _ = _result(state.path)
        if (made, end) not in by_text or by_text[made, end].value < state.value:
            by_text[made, end] = state
    best = max(by_text.values(), key=lambda s: s.value)
    made, end, length = _result(best.path)
    total = sum(math.exp(max(-60.0, s.value - best.value)) for s in by_text.values()) + math.exp(-best.margin)
    seen = best.path.end if best.path else start + 1
    return Outcome(max(start + 1, end), made, 1 / total, -best.value / max(1, length), seen)


def _result(path: Step | None) -> tuple[str, int, int]:
    """What a hypothesis made of the run itself, where the run ends, and how much was read in all."""
    steps: list[Step] = []
    while path is not None:
        steps.append(path)
        path = path.before
    steps.reverse()
    length = sum(len(step.made) for step in steps)
    last = max((n for n, step in enumerate(steps) if step.repaired), default=-1)
    if last < 0:
        return "", 0, length
    return "".join(step.made for step in steps[: last + 1]), steps[last].end, length
