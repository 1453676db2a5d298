"""One text from the characters of the page to what the government wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from schemas.evidence import SpanMap
from schemas.record import Repair, Warn
from tasks.normalise.annotations import Annotations, find_annotations
from tasks.normalise.characters import character_edits, entity_edits, unreadable
from tasks.normalise.mojibake import lost_for_good, mojibake_edits
from tasks.normalise.repair import damage_possible, repairs
from tasks.normalise.rules import NormaliseRules
from tasks.normalise.script import Found, to_simplified
from tasks.normalise.search import RunSearch
from tasks.text.spans import Edit, Edited, edited

#: A repair less sure than this is not made.
SURE_ENOUGH = 0.3


@dataclass(frozen=True)
class Mended:
    """A text in simplified characters.

    Attributes:
        text: as it should read.
        steps: the edits, in order; :attr:`spans` and :meth:`forward` go through all of them.
        found: the script it was in.
        annotated: the annotations that were taken out.
        removed: how many brackets that were.
        repairs: offsets are of ``text``.
    """

    text: str
    steps: tuple[Edited, ...]
    found: Found
    annotated: Annotations
    removed: int
    repairs: tuple[Repair, ...]
    warnings: tuple[Warn, ...]

    @property
    def spans(self) -> SpanMap:
        """Maps ``text`` to the text it was made from."""
        spans = self.steps[0].spans
        for step in self.steps[1:]:
            spans = step.spans.after(spans)
        return spans

    def forward(self, offset: int) -> int:
        """Where an offset of the original text went."""
        for step in self.steps:
            offset = step.forward(offset)
        return offset


def mend(
    text: str,
    rules: NormaliseRules,
    *,
    document: Mended | None = None,
    last_edits: Callable[[str], Sequence[Edit]] | None = None,
) -> Mended:
    """Undo what was done to a text, and convert it.

    Args:
        text: in the characters of the page.
        rules: words and tables.
        document: the body, when ``text`` is a title or a value of the same page: it tells the script
            and which characters are annotated.
        last_edits: further edits of the finished text (hijacked words).
    """
    sound = edited(text, [*mojibake_edits(text, rules), *entity_edits(text)])
    known: Mapping[str, str] | None = None
    if document is not None and document.annotated.found:
        known = document.annotated.readings
    annotated = find_annotations(sound.text, rules.readings, known=known)
    restored, edits, warnings = _damage(sound.text, annotated, rules)
    unannotated = edited(sound.text, edits)
    plain = edited(unannotated.text, character_edits(unannotated.text))
    converted = to_simplified(
        plain.text, rules.scripts, rules.converters, document=document.found if document is not None else None
    )
    simplified = converted.text
    last = edited(simplified, last_edits(simplified) if last_edits else ())
    steps = (sound, unannotated, plain, last)
    made: list[Repair] = []
    for edit, confidence in restored:
        start, end = unannotated.forward(edit.start), unannotated.forward(edit.end)
        for step in (plain, last):
            start, end = step.forward(start), step.forward(end)
        found = sound.text[edit.start : edit.end]
        made.append(Repair(start=start, end=end, found=found, restored=last.text[start:end], confidence=confidence))
    removed = sum(a.brackets for a in annotated.found)
    return Mended(
        text=last.text,
        steps=steps,
        found=converted.found,
        annotated=annotated,
        removed=removed,
        repairs=tuple(made),
        warnings=(*warnings, *lost_for_good(last.text), *unreadable(last.text)),
    )


def _damage(
    text: str, annotated: Annotations, rules: NormaliseRules
) -> tuple[list[tuple[Edit, float]], list[Edit], list[Warn]]:
    """Repairs with their confidence, all edits that undo a converter's work, and warnings."""
    restored: list[tuple[Edit, float]] = []
    resisting: list[str] = []
    if annotated.found and damage_possible(text):
        search = RunSearch(
            text,
            annotated,
            gbk=rules.gbk,
            readings=rules.readings,
            language=rules.language,
            dropped=rules.dropped,
            usual=rules.usual,
            places=rules.places,
        )
        for repair in repairs(text, search):
            if repair.restored is None or repair.confidence < SURE_ENOUGH:
                resisting.append(text[max(0, repair.start - 4) : repair.end + 4])
            else:
                edit = Edit(repair.start, repair.end, repair.restored, whole=True)
                restored.append((edit, repair.confidence))
    edits = [edit for edit, _ in restored]
    spans = iter(sorted((e.start, e.end) for e in edits))
    span = next(spans, None)
    for annotation in annotated.found:
        while span is not None and span[1] <= annotation.start:
            span = next(spans, None)
        if span is None or annotation.end <= span[0]:
            edits.append(Edit(annotation.start, annotation.end, ""))
    warnings = []
    if resisting:
        warnings.append(
            Warn(
                code="unrepaired_damage",
                found=resisting[0],
                times=len(resisting),
                why="bytes were lost here and no reading of the rest is likely enough; left as found",
            )
        )
    return restored, edits, warnings
