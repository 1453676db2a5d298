"""Finds what a damaged run said: all ways of reading its bytes in step at once, the likeliest kept.

A run is read symbol by symbol.  A hypothesis knows the characters made so far, how well they read,
and, out of step, the lead byte that waits for its trail.  Four things can have happened to bytes:

* a lead byte became ``?`` because an inserted bracket or mark followed, and a bracket was swallowed;
* full-width marks (A3xx) became ASCII, also where an A3 and an xx met across two characters;
* an annotation was put in, in step or across two characters;
* a pair that is no character was dropped: the tables of :mod:`tasks.normalise.dropped` tell which
  neighbours within words lose theirs, and between words the commonest characters are tried.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tasks.normalise.annotations import BRACKETED, Annotations, Readings, without
from tasks.normalise.candidates import Candidates, Usual, own_stretches
from tasks.normalise.gbk import Gbk
from tasks.normalise.hypotheses import Outcome, State, Step, outcome, pruned
from tasks.normalise.language import UNSEEN, Language
from tasks.normalise.places import Places
from tasks.normalise.scoring import START, Scorer
from tasks.normalise.signs import FULL_WIDTH, LOST, SWALLOWED, undamaged

_QUOTATION = re.compile(f"[“”{LOST}]")
_UNBALANCED = -4.0  # a quotation that the next mark shows to be open, or not
_OPENING = frozenset("(（")

_BEAM = 20  # hypotheses kept at a place
_BEAM_IN_STEP = 8  # once all are in step again
_DROPPING = 8  # so many of the best hypotheses are tried with a pair dropped …
_NEAR = 5.0  # … when they are no more nats behind the best one
_HALVES = 4  # characters tried before a dropped pair between words
_SECONDS = 6  # and behind it
_STRANGE = -4.5  # nats: a character that adds less may come of a pair that was dropped before it
_VERY_STRANGE = -14.0  # nats: two characters that add less may come of two pairs dropped in a row
_LONGEST = 400  # characters: longer runs are given up
_CONTEXT = 5  # characters read after a run, to end the words it ends with

#: What happens to bytes follows from the text, so it costs nothing in principle; the little it costs
#: stands for what a model of words does not know.
_DROPPED = -0.7
_TORN = -0.7
_SHORT_SENTENCE = -2.5  # a full stop soon after the one before
_SAID_NEAR = 1.2  # a character of what stands right before the run
_SWALLOWED_BRACKET = -6.0  # a bracket of the text itself
#: Seen once, cause unknown: 力?zhēng) for 力爭(zhēng), the annotated character lost as a whole.
_WHOLE_LOST = -6.0
_ONLY_HERE = -2.0  # a character that stands nowhere else
#: A converter annotates a character always or never: one that is annotated elsewhere and stands here whole
#: without, or the other way round, is no reading. A real page may have been edited since, so not quite.
_UNANNOTATED, _NEVER = -20.0, -15.0


class RunSearch:
    """Searches the runs of one document.

    Args:
        text: as found, annotations and all.
        annotated: the annotations that stand in their right places.
        gbk, readings, language: the tables.
        dropped: of :func:`tasks.normalise.dropped.dropped_pairs`.
        usual: of :func:`usual_characters`.
        places: which places lie near which.
        traditional: the text is traditional, so a simplified form is no likely reading.
    """

    def __init__(
        self,
        text: str,
        annotated: Annotations,
        *,
        gbk: Gbk,
        readings: Readings,
        language: Language,
        dropped: Mapping[int, tuple[str, ...]],
        usual: Usual,
        places: Places,
        traditional: bool = True,
    ) -> None:
        self._text, self._annotated = text, annotated
        self._gbk, self._readings, self._dropped_in_words = gbk, readings, dropped
        clean = undamaged(text, annotated)
        self._scorer = Scorer(language, clean.translate(gbk.simplified_table), places)
        self._candidates = Candidates(
            clean, self._scorer, gbk=gbk, language=language, usual=usual, traditional=traditional
        )
        self._dropped_here = own_stretches(clean, gbk)
        codes = gbk.codes
        self._annotated_codes = {codes[c]: reading for c, reading in annotated.readings.items() if c in codes}
        self._never = frozenset(clean) - annotated.readings.keys()
        self._note_starts = [note.start for note in annotated.found]
        self._halves: dict[int, list[tuple[int, str]]] = {}

    def run(self, start: int) -> Outcome | None:
        """The likeliest reading of the run that begins at ``start``, or None when there is none at all."""
        text = self._text
        states: dict[int, list[State]] = {start: [self._initial(start)]}
        settled: int | None = None
        limit = min(len(text), start + _LONGEST)
        while states:
            at = min(states)
            bucket = states.pop(at)
            in_step = all(s.pending is None for s in bucket)
            bucket = pruned(bucket, _BEAM_IN_STEP if in_step and not states else _BEAM)
            if at >= limit:
                final = [s for s in bucket if s.pending is None]
                return outcome(start, self._balanced(final, at)) if final else None
            if states or at == start or not all(s.pending is None for s in bucket):
                settled = None
            elif settled is None:
                settled = at
            if settled is not None and (at - settled >= _CONTEXT or text[at - 1] in "。\n"):
                return outcome(start, self._balanced(bucket, at))
            if text[at] in LOST:
                settled = None
            near = bucket[0].value - _NEAR
            for rank, state in enumerate(bucket):
                for reached, new in self._extended(state, at, may_drop=rank < _DROPPING and state.value >= near):
                    states.setdefault(reached, []).append(new)
        return None

    def _balanced(self, final: list[State], at: int) -> list[State]:
        """The hypotheses; those pay whose quotations do not fit the next quotation mark of the paragraph."""
        line = self._text.find("\n", at)
        following = _QUOTATION.search(self._text, at, line if line >= 0 else len(self._text))
        if following is None or following[0] in LOST:
            return final
        wanted = following[0] == "”"
        return [
            state._replace(value=state.value + _UNBALANCED)
            if state.reading.quoted is not None and bool(state.reading.quoted & 1) != wanted
            else state
            for state in final
        ]

    def _initial(self, start: int) -> State:
        """The reading of what stands before a run, and the last byte there."""
        begin = max(0, start - 80)
        first, last = bisect_left(self._note_starts, begin), bisect_left(self._note_starts, start)
        notes = (
            replace(note, start=note.start - begin, end=min(start, note.end) - begin)
            for note in self._annotated.found[first:last]
        )
        left = without(self._text[begin:start], notes)[-6:]
        reading = START
        for character in left:
            reading = self._scorer.read(reading, self._gbk.simplified.get(character, character))
        length = start - 1 - max(self._text.rfind("。", 0, start), self._text.rfind("\n", 0, start))
        self._stop_cost = _SHORT_SENTENCE if length < 8 else 0.0
        self._scorer.long_line = start - self._text.rfind("\n", 0, start) > 60
        self._near = frozenset(self._text[max(0, start - 25) : start])
        base = reading.value
        ends = tuple(end - base for end in reading.ends)
        reading = reading._replace(ends=ends, value=0.0, quoted=self._quoted(start))
        code = self._gbk.codes.get(left[-1:], ord(left[-1]) if left else 0)
        return State(0.0, 0.0, reading, None, code & 0xFF, None)

    def _quoted(self, start: int) -> int | None:
        """Which quotations are open at a place, or None when damage in the paragraph before it may hide that."""
        line = self._text[self._text.rfind("\n", 0, start) + 1 : start]
        if any(sign in line for sign in LOST):
            return None
        pairs = (("“", "”", 1), ("《", "》", 2), ("「", "」", 4))
        return sum(bit for opening, closing, bit in pairs if line.count(opening) > line.count(closing))

    # --- one symbol further on -------------------------------------------------------------------

    def _extended(self, state: State, at: int, *, may_drop: bool) -> Iterator[tuple[int, State]]:
        """All that can follow a hypothesis at a place, with how far the text is read then."""
        character = self._text[at]
        if character in LOST:
            yield from self._after_lost(state, at, may_drop=may_drop)
            if character != "?":
                return
        if character.isascii():
            yield from self._after_ascii(state, at, character, may_drop=may_drop)
            return
        code = self._gbk.codes.get(character)
        if state.pending is None:
            end, cost = self._note_behind(at + 1, character)
            last = code & 0xFF if code is not None else 0
            yield end, self._with(state, character, end, None, last, cost)
        elif code is not None:
            first, second = code >> 8, code & 0xFF
            if second >= 0x80:
                for new in self._absorbed(state, first, at + 1, second, may_drop=may_drop):
                    yield at + 1, new
            else:  # the second byte is a letter of the text
                for new in self._absorbed(state, first, at + 1, None, may_drop=may_drop):
                    yield at + 1, self._repaired(self._with(new, chr(second), at + 1, None, second))

    def _after_ascii(self, state: State, at: int, character: str, *, may_drop: bool) -> Iterator[tuple[int, State]]:
        pending = state.pending
        if pending is None:
            yield at + 1, self._with(state, character, at + 1, None, ord(character))
            return
        note = BRACKETED.match(self._text, at) if character == "(" else None
        if note is not None:
            # An annotation out of step: the code before it lies across two characters.
            if pending > 0 and self._reads(state.last << 8 | pending, note[1]):
                yield note.end(), state._replace(path=Step(state.path, "", note.end(), repaired=True), torn=True)
            return
        byte = ord(character)
        if byte >= 0x40:
            for made in self._candidates.complete(pending, byte):
                end, cost = self._note_behind(at + 1, made)
                if state.torn and end == at + 1:
                    cost = 0.0
                yield end, self._with(state, made, end, None, byte, cost)
            if may_drop:
                for new in self._with_dropped(state, byte, at + 1, None, noted=True):
                    assert new.path is not None
                    yield new.path.end, new
        elif character in FULL_WIDTH:
            for new in self._absorbed(state, 0xA3, at + 1, FULL_WIDTH[character], may_drop=may_drop, torn=True):
                yield at + 1, new

    def _after_lost(self, state: State, at: int, *, may_drop: bool) -> Iterator[tuple[int, State]]:
        """A lead byte was lost here, and with it perhaps the bracket that followed."""
        text = self._text
        bases = [state]
        if may_drop and state.pending is not None and state.pending > 0 and state.path is not None:
            halves = self._halved(state)
            bases += halves
            for half in halves:
                bases += self._halved(half)
        note = BRACKETED.match(text, at + 1) or SWALLOWED.match(text, at + 1)
        if note is not None:
            for base in bases:
                yield from self._before_note(base, note[1], note.end())
            if text[at + 1] != "(":
                return
        after = text[at + 1 : at + 2]
        if after and after.isascii() and after < "@":
            yield from self._before_ascii(bases, at, after)
            if after != "?":
                return
        yield from self._before_swallowed(state, at, after)

    def _before_ascii(self, bases: list[State], at: int, after: str) -> Iterator[tuple[int, State]]:
        """The lost byte is the first of a torn character in step, the second of a whole one out of step."""
        state = bases[0]
        if state.pending is None:
            if after in FULL_WIDTH:
                yield at + 1, state._replace(pending=0, path=Step(state.path, "", at + 1, repaired=True), torn=True)
            return
        for base in bases:
            assert base.pending is not None
            for made in self._candidates.lost_trail(base.pending):
                yield at + 1, self._with(base, made, at + 1, None, self._trail(made), self._missing_note(made))

    def _before_swallowed(self, state: State, at: int, after: str) -> Iterator[tuple[int, State]]:
        """A bracket of the text was swallowed, or one whose full-width form lay across two characters."""
        if state.pending is None:
            for made in self._candidates.complete(0, 0xA3):
                yield at + 1, self._with(state, made, at + 1, FULL_WIDTH["("], 0xA3, _SWALLOWED_BRACKET)
            return
        for made in self._candidates.lost_trail(state.pending):
            new = self._with(state, made, at + 1, None, 0x28, _SWALLOWED_BRACKET)
            if not after.isascii():  # a decoder that gives up the first byte of a faulty pair only
                yield at + 1, new
            yield at + 1, self._repaired(self._with(new, "(", at + 1, None, 0x28))

    def _before_note(self, state: State, reading: str, end: int) -> Iterator[tuple[int, State]]:
        """The lost byte is the second of an annotated code, in step or out of step."""
        if state.pending is None:
            for trail, character in self._gbk.by_lead.get(state.last, ()):
                if trail >= 0x80 and self._reads(state.last << 8 | trail, reading):
                    cost = state.cost + self._as_annotated(character)
                    path = Step(state.path, "", end, repaired=True)
                    value = state.reading.value + cost
                    yield end, state._replace(value=value, cost=cost, pending=trail, path=path, torn=True)
            for character, known in self._annotated.readings.items():
                if known == reading:
                    new = self._with(state, character, end, None, self._trail(character), _WHOLE_LOST)
                    yield end, self._repaired(new)
        else:
            for character in self._annotated_so(state.pending, reading):
                cost = self._as_annotated(character)
                yield end, self._with(state, character, end, None, self._trail(character), cost)

    def _absorbed(
        self, state: State, byte: int, end: int, pending: int | None, *, may_drop: bool, torn: bool = False
    ) -> list[State]:
        """The pending byte gets this trail, of which it may have been torn; or a pair was dropped between them."""
        assert state.pending is not None
        cost = _TORN if torn else 0.0
        whole = not torn and not state.torn
        found = [
            self._with(state, made, end, pending, byte, cost + (self._missing_note(made) if whole else 0.0), torn=torn)
            for made in self._candidates.complete(state.pending, byte)
        ]
        if may_drop and all(new.value - state.value < _STRANGE + cost for new in found):
            found += self._with_dropped(state, byte, end, pending, torn=torn)
        return found

    def _with_dropped(
        self, state: State, byte: int, end: int, pending: int | None, *, torn: bool = False, noted: bool = False
    ) -> list[State]:
        """The pending byte and this one are first and last of two or three characters."""
        if state.pending is None or state.pending <= 0 or state.path is None:
            return []
        found: list[State] = []

        def add(before: State, made: str) -> None:
            behind, cost = end, _TORN
            if not torn:
                behind, cost = self._note_behind(end, made) if noted else (end, self._missing_note(made))
            found.append(self._with(before, made, behind, pending, byte, cost, torn=torn))

        key = state.pending << 8 | byte
        tried: set[str] = set()
        for stretch in (*self._dropped_here.get(key, ()), *self._dropped_in_words.get(key, ())):
            if stretch in tried:
                continue
            tried.add(stretch)
            new = state
            for made in stretch[:-1]:
                cost = _DROPPED + (0.0 if new.torn else self._missing_note(made))
                new = self._with(new, made, state.path.end, -1, 0, cost)
            add(new, stretch[-1])
        for before, made in self._between_words(state, byte, tried, found):
            add(before, made)
        return found

    def _between_words(
        self, state: State, byte: int, tried: set[str], found: list[State]
    ) -> Iterator[tuple[State, str]]:
        """Hypothesis and last character for pairs dropped where no word of the table lies across them.

        Args:
            state: as before the first of the characters.
            byte: the trail of the last of them.
            tried: the stretches of the table, which are done already.
            found: what the caller has made so far, by now with all that is given here before.
        """
        halves = self._halved(state)
        for half in halves:
            assert half.path is not None
            assert half.pending is not None
            for made in self._candidates.complete(half.pending, byte)[:_SECONDS]:
                if half.path.made + made not in tried:
                    yield half, made
            for mark in self._marks_dropped(half.pending):
                twice = self._with(half, mark, half.path.end, -self._trail(mark), 0, _DROPPED)
                for made in self._candidates.complete(-self._trail(mark), byte)[:_SECONDS]:
                    yield twice, made
        if not found or max(new.value for new in found) - state.value < _VERY_STRANGE:
            for half in halves[: _HALVES // 2]:
                for twice in self._halved(half)[: _HALVES // 2]:
                    assert twice.pending is not None
                    for made in self._candidates.complete(twice.pending, byte)[: _SECONDS // 2]:
                        yield twice, made

    def _marks_dropped(self, pending: int) -> list[str]:
        """The marks whose pairs with both neighbours are dropped: 、 is A1A2, and A2 makes few characters."""
        leads = self._candidates.leads(pending)
        return [mark for mark in "、。" if self._gbk.codes[mark] >> 8 in leads]

    def _halved(self, state: State) -> list[State]:
        """The pending byte had a trail that was dropped together with the lead behind it."""
        assert state.pending is not None
        assert state.path is not None
        halves = self._halves.get(state.pending)
        if halves is None:
            halves = [
                (trail, c) for trail in self._gbk.dropped for c in self._candidates.complete(state.pending, trail)
            ]
            halves.sort(key=lambda pair: -self._candidates.worth(pair[1]))
            halves = self._halves[state.pending] = halves[: 3 * _HALVES]
        found = [
            self._with(
                state,
                made,
                state.path.end,
                -trail,
                trail,
                _DROPPED + (0.0 if state.torn else self._missing_note(made)),
            )
            for trail, made in halves
        ]
        found.sort(key=lambda s: -s.value)
        return found[:_HALVES]

    # --- characters ------------------------------------------------------------------------------

    def _with(
        self,
        state: State,
        made: str,
        end: int,
        pending: int | None,
        last: int,
        cost: float = 0.0,
        *,
        torn: bool = False,
    ) -> State:
        """The hypothesis one character further on; ``cost`` comes on top."""
        cost += state.cost
        if made == "。":
            cost += self._stop_cost
        simplified = made
        if "\u4e00" <= made <= "\u9fff":
            cost += self._candidates.prior(made)
            simplified = self._gbk.simplified.get(made, made)
            if made in self._near:
                cost += _SAID_NEAR
        reading = self._scorer.read(state.reading, simplified)
        path = Step(state.path, made, end, state.pending is not None or pending is not None)
        return State(reading.value + cost, cost, reading, pending, last, path, torn, state.margin)

    @staticmethod
    def _repaired(state: State) -> State:
        """The hypothesis, its last character counted to the run although it stands in step."""
        assert state.path is not None
        return state._replace(path=state.path._replace(repaired=True))

    def _trail(self, character: str) -> int:
        return self._gbk.codes[character] & 0xFF

    # --- annotations -----------------------------------------------------------------------------

    def _missing_note(self, made: str) -> float:
        return _UNANNOTATED if made in self._annotated.readings else 0.0

    def _note_behind(self, at: int, made: str) -> tuple[int, float]:
        """Where the annotation of ``made`` that begins at ``at`` ends; what its absence or another's costs."""
        known = self._annotated.readings.get(made)
        if self._text[at : at + 1] not in _OPENING:
            return at, _UNANNOTATED if known is not None else 0.0
        end = at
        while (note := BRACKETED.match(self._text, end)) is not None and (
            note[1] == known or (known is None and made in self._readings.of(note[1]))
        ):
            end = note.end()
        if end > at:
            return end, 0.0 if known is not None else _ONLY_HERE + (_NEVER if made in self._never else 0)
        alien = note is not None and bool(self._readings.of(note[1]))
        return at, _UNANNOTATED if known is not None or alien else 0.0

    def _annotated_so(self, pending: int, reading: str) -> list[str]:
        """What the pending byte can be when the character has this reading."""
        codes, leads = self._gbk.codes, self._candidates.leads(pending)
        known = [c for c, r in self._annotated.readings.items() if r == reading and codes.get(c, 0) >> 8 in leads]
        if known or pending <= 0:
            return known
        return sorted(c for c in self._readings.of(reading) if codes.get(c, 0) >> 8 == pending)

    def _as_annotated(self, character: str) -> float:
        """A character annotated elsewhere is likelier here than one that would be annotated only here."""
        if character in self._annotated.readings:
            return 0.0
        if character in self._never:
            return _NEVER
        return -4.0 + 0.2 * max(UNSEEN, self._candidates.worth(character))

    def _reads(self, code: int, reading: str) -> bool:
        known = self._annotated_codes.get(code)
        if known is not None:
            return known == reading
        character = self._gbk.characters.get(code)
        return character is not None and character in self._readings.of(reading)
