"""The outline while a document is read: sections found so far, and those still open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypedDict

from schemas.base import proven
from schemas.record import Period, Section, SectionPart
from tasks.segment.headings import Heading

_SECTION_FIELDS = set(Section.model_fields)


class _SectionFields(TypedDict):
    """A section with types that mypy proves; see :func:`schemas.base.proven`."""

    section_id: str
    parent_id: str | None
    level: int
    label: str | None
    title: str | None
    part: SectionPart
    period: Period | None
    start: int
    end: int


@dataclass(slots=True)
class OpenSection:
    """A section while it is being read.

    Attributes:
        rank: how deep its kind stands; see :data:`tasks.segment.headings.RANKS`.
        path: numbers of the sections from the outermost to this one, its id.
        turn: it has no heading and was opened where part or time turn within a chapter.
        reaches: offset where its heading ends, -1 without one.
        end: -1 while it is open.
    """

    rank: float
    level: int
    number: int
    label: str | None
    title: str | None
    part: SectionPart
    period: Period | None
    start: int
    parent: OpenSection | None
    path: str
    turn: bool = False
    reaches: int = -1
    children: int = 0
    end: int = -1


@dataclass
class Outline:
    """The sections found so far and those still open, outermost first."""

    sections: list[OpenSection] = field(default_factory=list)
    stack: list[OpenSection] = field(default_factory=list)
    roots: int = 0

    def close(self, rank: float, at: int) -> None:
        """Close every open section that stands at ``rank`` or deeper."""
        while self.stack and self.stack[-1].rank >= rank:
            self.stack.pop().end = at

    def open(
        self, rank: float, heading: Heading | None, part: SectionPart, period: Period | None, start: int
    ) -> OpenSection:
        """Open a section below the innermost one that stands higher."""
        self.close(rank, start)
        parent = self.stack[-1] if self.stack else None
        if parent is None:
            self.roots += 1
            path = str(self.roots)
        else:
            parent.children += 1
            path = f"{parent.path}.{parent.children}"
        made = OpenSection(
            rank=rank,
            level=len(self.stack) + 1,
            number=heading.number if heading else 0,
            label=heading.label if heading else None,
            title=heading.title if heading else None,
            part=part,
            period=period,
            start=start,
            parent=parent,
            path=path,
            reaches=heading.end if heading else -1,
        )
        self.sections.append(made)
        self.stack.append(made)
        return made

    def finished(self, length: int) -> tuple[Section, ...]:
        """All sections of a text of this length, in its order; the first begins at 0."""
        if not self.sections:
            self.open(0, None, "preamble", None, 0)
        self.close(-1, length)
        self.sections[0].start = 0
        return tuple(map(_section, self.sections))


def _section(made: OpenSection) -> Section:
    fields: _SectionFields = {
        "section_id": made.path,
        "parent_id": made.parent.path if made.parent else None,
        "level": made.level,
        "label": made.label,
        "title": made.title,
        "part": made.part,
        "period": made.period,
        "start": made.start,
        "end": made.end,
    }
    return proven(Section, _SECTION_FIELDS, fields)
