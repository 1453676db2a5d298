"""Normalise: a clean document in whatever script and state, to what the government wrote in simplified."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from schemas.document import CleanDocument, Mark, NormalDocument, Table
from schemas.record import Metadata, Script, Warn
from tasks.bench import Bench
from tasks.identity import IdentityRules, identify, place_candidates
from tasks.normalise.hijack import Restorable, find_terms, restore
from tasks.normalise.rules import NormaliseRules
from tasks.normalise.text import Mended, mend
from tasks.stage import Stage
from tasks.text.spans import Edit


def normalise_document(clean: CleanDocument, rules: NormaliseRules, identity: IdentityRules) -> NormalDocument:
    """Convert, repair and restore; then tell what the document is.

    Args:
        clean: body, block and clues in the script of the page.
        rules: words and tables of this stage.
        identity: what kind, place and periods are told by.
    """
    hijack: list[Warn] = []
    edits_of = _restoring(clean, rules, identity, hijack)
    body = mend(clean.text, rules, last_edits=edits_of)
    title = mend(clean.title, rules, document=body, last_edits=edits_of).text if clean.title else clean.title
    metadata = _metadata(clean.metadata, body, rules, edits_of)
    clues = tuple(
        clue.evolve(found=mend(clue.found, rules, document=body, last_edits=edits_of).text) for clue in clean.clues
    )
    told = identify(
        text=body.text,
        title=title,
        metadata=metadata,
        clues=clues,
        url=clean.page.url,
        fetched_on=clean.page.fetched_at.date().isoformat(),
        rules=identity,
        cover=clean.page.cover,
        is_cover=clean.is_cover,
    )
    return NormalDocument(
        page=clean.page,
        charset=clean.charset,
        title=title,
        kind=told.kind,
        metadata=metadata,
        area=told.area,
        review_period=told.review_period,
        plan_period=told.plan_period,
        script=Script(found=body.found, annotations_removed=body.removed, repairs=body.repairs),
        text=body.text,
        spans=body.spans,
        tables=tuple(_moved_table(table, body) for table in clean.tables),
        marks=tuple(_moved_mark(mark, body) for mark in clean.marks),
        attachments=clean.attachments,
        is_cover=clean.is_cover,
        warnings=(*clean.warnings, *body.warnings, *_joined(hijack), *told.warnings),
    )


def _restoring(
    clean: CleanDocument, rules: NormaliseRules, identity: IdentityRules, warnings: list[Warn]
) -> Callable[[str], Sequence[Edit]]:
    """Gives the edits that put back what a break-in replaced, and keeps the warnings.

    What the title, the publisher or a clue proves counts for the body, and what the body proves for them.
    """
    border = [clean.title or "", *(v for _, v in clean.metadata if isinstance(v, str)), *(c.found for c in clean.clues)]
    beside = [rules.converters["standard"].convert(text) for text in border if not text.isascii()]
    proven = {found.term for text in beside for found in find_terms(text, rules.hijack) if found.before_place}
    witnesses = list(beside)

    def edits(text: str) -> Sequence[Edit]:
        found = find_terms(text, rules.hijack, proven)
        if not found:
            return ()
        proven.update(one.term for one in found if one.before_place)
        witnesses.append(text)
        areas = place_candidates(metadata=clean.metadata, clues=clean.clues, url=clean.page.url, rules=identity)
        places = [
            Restorable(
                identity.table.name(int(area.code.ljust(9, "0"))),
                tuple(f"{evidence.kind} {evidence.found}" for evidence in area.evidence),
            )
            for area in areas
        ]
        made, doubts = restore(text, found, places, rules.hijack, witness="\n".join(witnesses))
        warnings.extend(doubts)
        return made

    return edits


def _joined(warnings: Sequence[Warn]) -> list[Warn]:
    """One warning for each term, however many texts of the page it stood in."""
    by_term: dict[str | None, Warn] = {}
    for warning in warnings:
        before = by_term.get(warning.found)
        by_term[warning.found] = before.evolve(times=before.times + warning.times) if before else warning
    return list(by_term.values())


def _metadata(
    metadata: Metadata, body: Mended, rules: NormaliseRules, edits_of: Callable[[str], Sequence[Edit]]
) -> Metadata:
    changed = {}
    for name, value in metadata:
        if isinstance(value, str) and not value.isascii():
            new = mend(value, rules, document=body, last_edits=edits_of).text
            if new != value:
                changed[name] = new
    return metadata.evolve(**changed)


def _moved_table(table: Table, body: Mended) -> Table:
    cells = tuple(c.evolve(start=body.forward(c.start), end=body.forward(c.end)) for c in table.cells)
    return table.evolve(start=body.forward(table.start), end=body.forward(table.end), cells=cells)


def _moved_mark(mark: Mark, body: Mended) -> Mark:
    return mark.evolve(start=body.forward(mark.start), end=body.forward(mark.end))


def _work(clean: CleanDocument, bench: Bench) -> NormalDocument:
    return normalise_document(clean, bench.rules(NormaliseRules), bench.rules(IdentityRules))


NORMALISE = Stage(
    "normalise", takes=CleanDocument, gives=NormalDocument, work=_work, rules=(NormaliseRules, IdentityRules)
)
