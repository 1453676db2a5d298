"""The words segment works by, compiled from config/vocabulary/headings.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict

from tasks.vocabulary import read_toml

Pattern = re.Pattern[str]


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Chapters(_Words):
    problems: tuple[str, ...]
    self_building: tuple[str, ...]
    review: tuple[str, ...]
    plan: tuple[str, ...]
    document: tuple[str, ...]


class _Turns(_Words):
    problems: tuple[str, ...]
    problems_named: tuple[str, ...]
    closing: tuple[str, ...]
    address: tuple[str, ...]
    connectors: tuple[str, ...]
    announcements: tuple[str, ...]
    not_lines: tuple[str, ...]


class _Page(_Words):
    end: tuple[str, ...]
    notes: tuple[str, ...]


class Lengths(_Words):
    """Longest titles, in characters."""

    labelled: int
    line: int
    topic: int
    era_topic: int


class _Headings(_Words):
    chapters: _Chapters
    turns: _Turns
    page: _Page
    lengths: Lengths


@dataclass(frozen=True)
class SegmentRules:
    """Compiled words of headings, turns and page ends; what each is for is said in headings.toml."""

    FILES: ClassVar[tuple[str, ...]] = ("headings.toml",)

    problems: Pattern
    self_building: Pattern
    review: Pattern
    plan: Pattern
    document_title: Pattern
    problems_turn: Pattern
    problems_named: Pattern
    closing: Pattern
    address: Pattern
    connector: Pattern
    announcement: Pattern
    not_line: Pattern
    page_end: Pattern
    notes: Pattern
    lengths: Lengths

    @classmethod
    def load(cls, vocabulary: Path) -> Self:
        """Read headings.toml and compile it.

        Raises:
            tasks.errors.Misconfigured: the file is missing, malformed or has an unknown key.
        """
        words = read_toml(vocabulary / "headings.toml", _Headings)
        chapters, turns, page = words.chapters, words.turns, words.page
        return cls(
            problems=_any(chapters.problems),
            self_building=_any(chapters.self_building),
            review=_any(chapters.review),
            plan=_any(chapters.plan),
            document_title=_any(chapters.document),
            problems_turn=_any(turns.problems),
            problems_named=_any(turns.problems_named),
            closing=_any(turns.closing),
            address=re.compile(rf"(?:(?:{'|'.join(turns.address)})[、，,：:！!。]?\s*)+"),
            connector=_any(turns.connectors),
            announcement=_any(turns.announcements),
            not_line=_any(turns.not_lines),
            page_end=_any(page.end),
            notes=re.compile(rf"(?:{'|'.join(page.notes)})(?:[：:（(].*)?$"),
            lengths=words.lengths,
        )


def _any(alternatives: tuple[str, ...]) -> Pattern:
    return re.compile("|".join(f"(?:{one})" for one in alternatives))
