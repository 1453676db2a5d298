"""The words segment works by, compiled from headings.toml and mood.toml in config/vocabulary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict

from tasks.segment.mood import Mood
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


class _News(_Words):
    firsts: str
    spoken: tuple[str, ...]
    reporter: tuple[str, ...]
    reported: tuple[str, ...]
    back: tuple[str, ...]
    ahead: tuple[str, ...]
    will: tuple[str, ...]
    intends: tuple[str, ...]
    done: tuple[str, ...]
    meeting: tuple[str, ...]
    planned_year: tuple[str, ...]
    reviewed_year: tuple[str, ...]


class _Headings(_Words):
    chapters: _Chapters
    turns: _Turns
    news: _News
    page: _Page
    lengths: Lengths


@dataclass(frozen=True)
class NewsWords:
    """What looks back and ahead in news of a report; what each is for is said in headings.toml."""

    spoken: Pattern
    reporter: Pattern
    reported: Pattern
    back: Pattern
    ahead: Pattern
    intends: Pattern
    done: Pattern
    meeting: Pattern
    planned_year: Pattern
    reviewed_year: Pattern

    @classmethod
    def compile(cls, words: _News) -> Self:
        """Compile all patterns."""
        year = "((?:19|20)[0-9]{2})(?:年|(?=[:：，,]))"
        will = f"将(?={_any(words.will).pattern})"
        planned_year = _any(words.planned_year).pattern.replace("{will}", will)
        return cls(
            spoken=_any(words.spoken),
            reporter=_any(words.reporter),
            reported=_any(words.reported),
            back=re.compile(f"(?=[{words.firsts}])(?<![比较同与于])(?:{_any(words.back).pattern})"),
            ahead=re.compile(f"(?=[{words.firsts}])(?:{_any(words.ahead).pattern})"),
            intends=re.compile(_any(words.intends).pattern.replace("{will}", will)),
            done=_any(words.done),
            meeting=_any(words.meeting),
            planned_year=re.compile(f"(?:(?<=展望){year}|{year}(?:{planned_year}))"),
            reviewed_year=re.compile(f"(?:{_any(words.reviewed_year).pattern}){year}"),
        )


@dataclass(frozen=True)
class SegmentRules:
    """Compiled words of headings, turns and page ends; what each is for is said in headings.toml."""

    FILES: ClassVar[tuple[str, ...]] = ("headings.toml", *Mood.FILES)

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
    news: NewsWords
    lengths: Lengths
    mood: Mood

    @classmethod
    def load(cls, vocabulary: Path) -> Self:
        """Read headings.toml and mood.toml and compile them.

        Raises:
            tasks.errors.Misconfigured: a file is missing, malformed or has an unknown key.
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
            news=NewsWords.compile(words.news),
            lengths=words.lengths,
            mood=Mood.load(vocabulary),
        )


def _any(alternatives: tuple[str, ...]) -> Pattern:
    return re.compile("|".join(f"(?:{one})" for one in alternatives))
