"""What is read from the bytes of a page, whatever kind of page it is."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.document import Clue, Mark, Table
from schemas.evidence import SpanMap
from schemas.record import Attachment, Metadata, Warn
from tasks.clean.cutting import Cutter
from tasks.clean.dates import iso_date
from tasks.clean.disclosure import Disclosure
from tasks.clean.lines import folded

#: A document is signed with its date in one of its last lines.
_SIGNATURE_LINES = 6


@dataclass(frozen=True)
class Content:
    """The parts of a clean document that its reader makes; fields as in CleanDocument."""

    title: str | None
    metadata: Metadata
    clues: tuple[Clue, ...]
    text: str
    spans: SpanMap
    tables: tuple[Table, ...] = ()
    marks: tuple[Mark, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    warnings: tuple[Warn, ...] = ()


def disagreements(block: Disclosure, metas: dict[str, str], text: str) -> list[Warn]:
    """Where block, meta tags and body do not say the same."""
    made: list[Warn] = []
    published, tagged = block.get("published_on"), iso_date(metas.get("published_on", ""))
    if published and tagged and iso_date(published) and published != tagged:
        made.append(_conflict(tagged, published, "the meta tag and the block give two dates of publication"))
    created = block.get("created_on")
    if created and iso_date(created):
        signed = next((day for line in _last_lines(text) if (day := iso_date(line))), None)
        if signed and signed != created:
            made.append(_conflict(created, signed, "the block and the signature give two dates of creation"))
        if published and iso_date(published) and published < created:
            made.append(_conflict(created, published, "the document was published before it was created"))
    title, named = block.get("title"), metas.get("title")
    if title and named and not _alike(title, named):
        made.append(
            Warn(code="title_conflict", found=named, likely=title, why="the meta tag and the block give two titles")
        )
    return made


def lines_of(source: str, places: tuple[tuple[int, int], ...]) -> tuple[str, SpanMap]:
    """The lines at these places of a plain text, with the map to it."""
    cutter = Cutter()
    for n, (start, end) in enumerate(places):
        if n:
            cutter.put_in("\n", start)
        cutter.copy(source[start:end], start)
    return cutter.text(), cutter.spans(len(source))


def _last_lines(text: str) -> list[str]:
    lines = text[-400:].rsplit("\n", _SIGNATURE_LINES)[1:]
    return [line.strip() for line in reversed(lines)]


def _conflict(found: str, likely: str, why: str) -> Warn:
    return Warn(code="date_conflict", found=found, likely=likely, why=why)


def _alike(one: str, other: str) -> bool:
    one, other = folded(one), folded(other)
    return one in other or other in one
