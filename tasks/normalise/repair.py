"""Undoes the damage of byte replacements that hit across character boundaries.

A converter site wrote the page as GBK and replaced *bytes*: a traditional character by itself and its
pinyin, full-width punctuation by ASCII.  Where the second byte of one character and the first of the
next make such a code, the replacement tears the pair apart; what follows is read out of step until an
ASCII byte brings it back, and pairs that are no character vanish.  控斷面水質 became 控?cái)嗝嫠|(zhì).

Each run is turned back into bytes with unknowns and read again in step, all ways of filling the
unknowns at once (a beam search), valued by the language model.  Three things are unknown: a lead byte
that became ``?`` (and may have swallowed a bracket), pairs that vanished, and whether a mark is one of
the text or was put in.  Nothing is trained on reports: the words are those of a dictionary and of the
undamaged rest of the document.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from tasks.normalise.annotations import BRACKETED, READING, Annotation, Annotations, Readings, without
from tasks.normalise.gbk import Gbk
from tasks.normalise.language import UNSEEN, Language
from tasks.normalise.scoring import START, Reading, Scorer

#: Second byte of the full-width form (A3xx) of marks that converters write as ASCII.
_FULL_WIDTH = {",": 0xAC, ":": 0xBA, ";": 0xBB, "?": 0xBF, "!": 0xA1, "(": 0xA8, ")": 0xA9}

_BEAM = 24
_SPREAD = 18.0  # a hypothesis so many nats behind the best one is given up
_CANDIDATES = 48
_VANISHED = math.log(0.04)  # about one pair in 25 of running text makes no character out of step
_TORN = math.log(0.05)
_UNANNOTATED = -8.0  # a character annotated elsewhere stands here without annotation
_LONGEST_RUN = 400
_CONTEXT = 5  # characters read after a run, to end the words it ends with

_SIGN = re.compile("[?\ufffd]")
_SWALLOWED = re.compile(rf"({READING.pattern})[)）]")


class Repaired(NamedTuple):
    """A damaged run and what it said: ``restored`` is in the characters the page had before."""

    start: int
    end: int
    restored: str
    confidence: float


class _Step(NamedTuple):
    """One link of a hypothesis: characters made, how far the text was read, and whether damage was undone."""

    before: _Step | None
    made: str
    end: int
    repaired: bool


class _State(NamedTuple):
    """A hypothesis: what was read so far, and the lead byte that waits for its trail.

    ``pending`` is a byte, None when in step, or −n for "a lead that makes no character behind byte n"
    (0: any lead at all). ``last`` is the last byte before the pending one.
    """

    value: float
    cost: float
    reading: Reading
    pending: int | None
    last: int
    path: _Step | None


@dataclass
class Repairer:
    """Repairs one document.

    Attributes:
        text: as found, annotations and all.
        annotated: the annotations that stand in their right places.
        traditional: the text is traditional, so a simplified form is no likely reading.
    """

    text: str
    annotated: Annotations
    gbk: Gbk
    readings: Readings
    language: Language
    traditional: bool = True
    _scorer: Scorer = field(init=False, repr=False)
    _codes: dict[int, str] = field(init=False, repr=False)
    _note_starts: list[int] = field(init=False, repr=False)
    _own: frozenset[str] = field(init=False, repr=False)
    _worth: dict[str, float] = field(default_factory=dict, init=False, repr=False)
    _choices: dict[tuple[str, int], list[str]] = field(default_factory=dict, init=False, repr=False)
    _completed: dict[tuple[int, int], list[str]] = field(default_factory=dict, init=False, repr=False)
    _dropped: dict[int, list[tuple[int, str]]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        clean = without(self.text, self.annotated.found)
        self._own = frozenset(clean)
        simplified = clean.translate(self.gbk.simplified_table)
        self._scorer = Scorer(self.language, simplified)
        codes = self.gbk.codes
        self._codes = {codes[c]: reading for c, reading in self.annotated.readings.items() if c in codes}
        self._note_starts = [note.start for note in self.annotated.found]

    def repairs(self) -> Iterator[Repaired | tuple[int, int]]:
        """The damaged runs in the order of the text: repaired, or ``(start, end)`` of one that resists."""
        at = 0
        while (sign := _SIGN.search(self.text, at)) is not None:
            start = sign.start()
            if not self._suspicious(start):
                at = start + 1
                continue
            found = self._search(start)
            if found is None:
                yield start, start + 1
                at = start + 1
            else:
                if found[0] is not None:
                    yield found[0]
                at = max(start + 1, found[3])

    def _suspicious(self, at: int) -> bool:
        """A sign of damage, not a question: it stands by Chinese that it cannot belong to."""
        after = self.text[at + 1 : at + 2]
        if not after or after == "\n":
            return False
        return bool(_SWALLOWED.match(self.text, at + 1)) or after in _FULL_WIDTH or after > "\x80"

    def _search(self, start: int) -> tuple[Repaired | None, float, float, int] | None:
        """Read from ``start`` on; gives repair, nats a character, value, and where to go on."""
        text = self.text
        states: dict[int, list[_State]] = {start: [self._initial(start)]}
        settled: int | None = None
        at = start
        limit = min(len(text), start + _LONGEST_RUN)
        final: list[_State] = []
        while states:
            at = min(states)
            bucket = self._pruned(states.pop(at))
            # Kept apart: these have made one or two characters more than the others.
            once = self._vanish(bucket)
            bucket = bucket + once + (self._vanish(once) if once else [])
            if at >= limit:
                final = [s for s in bucket if s.pending is None]
                break
            if not states and at > start and all(s.pending is None for s in bucket):
                if settled is None:
                    settled = at
                if at - settled >= _CONTEXT or text[at - 1] in "。\n":
                    final = bucket
                    break
            elif settled is not None and any(s.pending is not None for s in bucket):
                settled = None
            if text[at] in "?\ufffd" and settled is not None:
                settled = None
            for state in bucket:
                for reached, new in self._extend(state, at):
                    states.setdefault(reached, []).append(new)
        return self._verdict(start, final) if final else None

    def _verdict(self, start: int, final: list[_State]) -> tuple[Repaired | None, float, float, int]:
        by_text: dict[tuple[str, int], _State] = {}
        for state in final:
            made, end, _ = _result(state.path)
            key = made, end
            if key not in by_text or by_text[key].value < state.value:
                by_text[key] = state
        ranked = sorted(by_text.values(), key=lambda s: -s.value)
        best = ranked[0]
        made, end, length = _result(best.path)
        total = sum(math.exp(max(-60.0, s.value - best.value)) for s in ranked)
        badness = -best.value / max(1, length)
        where = best.path.end if best.path else start + 1
        if not made:
            return None, badness, best.value, max(start + 1, end)
        # How likely the restored words are in themselves tells as much as how far behind the others are.
        fluency = 1 / (1 + math.exp((badness - 11.0) * 1.2))
        repaired = Repaired(start, end, made, round(fluency / total, 3))
        return repaired, badness, best.value, end if end > start else where

    def _initial(self, start: int) -> _State:
        """The reading of what stands before a run, and the last byte there."""
        left = without(self.text[max(0, start - 80) : start], self._notes_before(start))[-6:]
        reading = START
        for character in left:
            reading = self._scorer.read(reading, self.gbk.simplified.get(character, character))
        base = reading.value
        reading = Reading(tuple(e - base for e in reading.ends), reading.tail, 0.0)
        code = self.gbk.codes.get(left[-1:], ord(left[-1]) if left else 0)
        return _State(0.0, 0.0, reading, None, code & 0xFF, None)

    def _notes_before(self, start: int) -> Iterator[Annotation]:
        """The annotations in the 80 characters before ``start``, with offsets from where those begin."""
        begin = max(0, start - 80)
        first, last = bisect_left(self._note_starts, begin), bisect_left(self._note_starts, start)
        for note in self.annotated.found[first:last]:
            yield replace(note, start=note.start - begin, end=min(start, note.end) - begin)

    def _pruned(self, bucket: list[_State]) -> list[_State]:
        bucket.sort(key=lambda s: -s.value)
        floor = bucket[0].value - _SPREAD
        kept: list[_State] = []
        seen: set[tuple[object, ...]] = set()
        for state in bucket:
            if state.value < floor or len(kept) == _BEAM:
                break
            # Of two that will be read on alike, only the better can win.
            key = state.pending, state.last, state.reading.tail, len(state.reading.ends)
            if key not in seen:
                seen.add(key)
                kept.append(state)
        return kept

    # --- one symbol further on -------------------------------------------------------------------

    def _extend(self, state: _State, at: int) -> Iterator[tuple[int, _State]]:
        character = self.text[at]
        if character in "?\ufffd":
            yield from self._extend_lost(state, at)
            if character == "\ufffd":
                return
        if character.isascii():
            yield from self._extend_ascii(state, at, character)
            return
        code = self.gbk.codes.get(character)
        if state.pending is None:
            end = at + 1
            cost = state.cost
            if character in self.annotated.readings:
                end = self._annotation_end(at + 1, character) or at + 1
                cost += _UNANNOTATED if end == at + 1 else 0.0
            last = code & 0xFF if code is not None else 0
            yield end, self._with(state, character, end, None, last, cost=cost)
        elif code is not None:
            first, second = code >> 8, code & 0xFF
            for made in self._complete(state.pending, first):
                cost = state.cost + (_UNANNOTATED if self._annotated_code(made) else 0.0)
                if second >= 0x80:
                    yield at + 1, self._with(state, made, at + 1, second, first, cost=cost)
                else:  # the second byte is a letter of the text
                    new = self._with(state, made, at + 1, None, first, cost=cost)
                    yield at + 1, self._with(new, chr(second), at + 1, None, second, cost=cost)

    def _extend_ascii(self, state: _State, at: int, character: str) -> Iterator[tuple[int, _State]]:
        note = BRACKETED.match(self.text, at) if character == "(" else None
        if state.pending is None:
            yield at + 1, self._with(state, character, at + 1, None, ord(character))
            return
        if note is not None:
            # An annotation out of step: the code before it lies across two characters.
            if state.pending > 0 and self._reads(state.last << 8 | state.pending, note[1]):
                yield note.end(), state._replace(path=_Step(state.path, "", note.end(), repaired=True))
            return
        byte = ord(character)
        if byte >= 0x40:
            for made in self._complete(state.pending, byte):
                cost, end = state.cost, at + 1
                if self._annotated_code(made):
                    end = self._annotation_end(at + 1, made) or at + 1
                    cost += _UNANNOTATED if end == at + 1 else 0.0
                yield end, self._with(state, made, end, None, byte, cost=cost)
        elif character in _FULL_WIDTH:
            for made in self._complete(state.pending, 0xA3):
                cost = state.cost + _TORN
                yield at + 1, self._with(state, made, at + 1, _FULL_WIDTH[character], 0xA3, cost=cost)

    def _extend_lost(self, state: _State, at: int) -> Iterator[tuple[int, _State]]:
        """A lead byte was lost here, and with it perhaps the bracket that followed."""
        text = self.text
        after = text[at + 1 : at + 2]
        note = BRACKETED.match(text, at + 1) or _SWALLOWED.match(text, at + 1)
        if note is not None:
            yield from self._before_annotation(state, note[1], note.end())
            if text[at + 1] != "(":
                return
        if after.isascii() and after and not after >= "\x40":
            if state.pending is None:
                if after in _FULL_WIDTH:
                    path = _Step(state.path, "", at + 1, repaired=True)
                    yield at + 1, state._replace(pending=0, path=path)
            else:
                for made in self._any_trail(state):
                    cost = state.cost + (_UNANNOTATED if self._annotated_code(made) else 0.0)
                    last = self.gbk.codes[made] & 0xFF
                    yield at + 1, self._with(state, made, at + 1, None, last, cost=cost)
            if after != "?":
                return
        # A swallowed bracket of the text, or of a full-width bracket that lay across two characters.
        if state.pending is None:
            for made in self._candidates("trail", 0xA3):
                cost = state.cost + 2 * _TORN
                yield at + 1, self._with(state, made, at + 1, 0xA8, 0xA3, cost=cost)
        else:
            for made in self._any_trail(state):
                cost = state.cost + 2 * _TORN
                new = self._with(state, made, at + 1, None, 0x28, cost=cost)
                if not after.isascii():  # a decoder that gives up the first byte of a faulty pair only
                    yield at + 1, new
                yield at + 1, self._with(new, "(", at + 1, None, 0x28)

    def _before_annotation(self, state: _State, reading: str, end: int) -> Iterator[tuple[int, _State]]:
        """The lost byte is the second of an annotated code, in step or out of step."""
        if state.pending is None:
            for trail, character in self.gbk.by_lead.get(state.last, ()):
                if trail >= 0x80 and self._reads(state.last << 8 | trail, reading):
                    cost = state.cost + self._as_annotated(character)
                    path = _Step(state.path, "", end, repaired=True)
                    yield (
                        end,
                        state._replace(value=state.reading.value + cost, cost=cost, pending=trail, path=path),
                    )
        else:
            for character in self._any_trail(state):
                if self._reads(self.gbk.codes[character], reading):
                    cost = state.cost + self._as_annotated(character)
                    last = self.gbk.codes[character] & 0xFF
                    yield end, self._with(state, character, end, None, last, cost=cost)

    def _vanish(self, states: list[_State]) -> list[_State]:
        """The hypotheses that a pair that is no character was dropped before the present place."""
        floor = states[0].value - _SPREAD / 2
        found: list[_State] = []
        for state in states[: _BEAM // 2]:
            if state.pending is None or state.path is None or state.value < floor:
                continue
            for trail, made in self._trails_dropped(state.pending):
                cost = state.cost + _VANISHED
                cost += _UNANNOTATED if self._annotated_code(made) else 0.0
                found.append(self._with(state, made, state.path.end, -trail, trail, cost=cost))
        return self._pruned(found) if found else found

    def _trails_dropped(self, pending: int) -> list[tuple[int, str]]:
        """Trail and character for each pair that may have begun with the trail of the pending byte."""
        found = self._dropped.get(pending)
        if found is None:
            pairs = [(trail, c) for trail in self.gbk.dropped for c in self._complete(pending, trail)]
            pairs.sort(key=lambda pair: -self._worth_of(pair[1]))
            found = self._dropped[pending] = pairs[:_CANDIDATES]
        return found

    # --- characters ------------------------------------------------------------------------------

    def _complete(self, pending: int, trail: int) -> list[str]:
        """What the pending byte can be with this trail."""
        key = pending, trail
        found = self._completed.get(key)
        if found is None:
            if pending > 0:
                made = self.gbk.characters.get(pending << 8 | trail)
                found = [] if made is None else [made]
            elif pending == 0:
                found = self._candidates("trail", trail)
            else:
                leads = self.gbk.dropped[-pending]
                codes = self.gbk.codes
                found = [c for c in self._candidates("trail", trail) if codes[c] >> 8 in leads]
            self._completed[key] = found
        return found

    def _any_trail(self, state: _State) -> list[str]:
        """What the pending byte can be with any trail that could be taken for a lead."""
        assert state.pending is not None
        if state.pending > 0:
            return [c for c in self._candidates("lead", state.pending) if self.gbk.codes[c] & 0xFF >= 0x80]
        return []

    def _candidates(self, side: str, byte: int) -> list[str]:
        """The likeliest characters with this lead or trail byte."""
        found = self._choices.get((side, byte))
        if found is None:
            table = self.gbk.by_lead if side == "lead" else self.gbk.by_trail
            ranked = sorted((-self._worth_of(c), n, c) for n, c in table.get(byte, ()))
            # Every character the document itself uses is kept, however rare in the language.
            found = [c for rank, (_, _, c) in enumerate(ranked) if rank < _CANDIDATES or c in self._own]
            self._choices[side, byte] = found
        return found

    def _worth_of(self, character: str) -> float:
        worth = self._worth.get(character)
        if worth is None:
            simplified = self.gbk.simplified.get(character, character)
            worth = self._scorer.character(simplified) + self._prior(character)
            self._worth[character] = worth
        return worth

    def _prior(self, character: str) -> float:
        if character in self._own:
            return 0.0
        if not self.traditional:
            return -6.0 if character in self.gbk.simplified else 0.0
        return self.gbk.traditional_prior.get(character, 0.0)

    def _annotated_code(self, made: str) -> bool:
        return made in self.annotated.readings

    def _as_annotated(self, character: str) -> float:
        """A character annotated elsewhere is likelier here than one that would be annotated only here."""
        return 0.0 if character in self.annotated.readings else -4.0 + 0.2 * max(UNSEEN, self._worth_of(character))

    def _reads(self, code: int, reading: str) -> bool:
        known = self._codes.get(code)
        if known is not None:
            return known == reading
        character = self.gbk.characters.get(code)
        return character is not None and character in self.readings.of(reading)

    def _annotation_end(self, at: int, character: str) -> int | None:
        """End of the annotation of ``character`` that begins at ``at``, if one does."""
        end = None
        while (note := BRACKETED.match(self.text, at)) is not None and note[1] == self.annotated.readings[character]:
            end = at = note.end()
        return end

    def _with(
        self,
        state: _State,
        made: str,
        end: int,
        pending: int | None,
        last: int,
        *,
        cost: float | None = None,
    ) -> _State:
        cost = state.cost if cost is None else cost
        touched = state.pending is not None or pending is not None
        if "\u4e00" <= made <= "\u9fff":
            cost += self._prior(made)
            made_simplified = self.gbk.simplified.get(made, made)
        else:
            made_simplified = made
        reading = self._scorer.read(state.reading, made_simplified)
        path = _Step(state.path, made, end, repaired=touched)
        return _State(reading.value + cost, cost, reading, pending, last, path)


def _result(path: _Step | None) -> tuple[str, int, int]:
    """What a hypothesis made of the run itself, where the run ends, and how much was read in all."""
    steps: list[_Step] = []
    while path is not None:
        steps.append(path)
        path = path.before
    steps.reverse()
    last = max((n for n, step in enumerate(steps) if step.repaired), default=-1)
    length = sum(len(step.made) for step in steps)
    if last < 0:
        return "", steps[0].end if steps else 0, length
    return "".join(step.made for step in steps[: last + 1]), steps[last].end, length


def damage_possible(text: str) -> bool:
    """Whether a text has a sign of damage at all; costs next to nothing."""
    return _SIGN.search(text) is not None
