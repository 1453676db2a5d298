"""The words clean works by, compiled from labels, containers, chrome and answers of the vocabulary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict

from schemas.record import Metadata
from tasks.clean.attributes import Looks
from tasks.errors import Misconfigured
from tasks.vocabulary import read_toml


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Label(_Table):
    field: str
    names: tuple[str, ...]


class _Names(_Table):
    names: tuple[str, ...]


class _Values(_Table):
    empty: tuple[str, ...]
    validity: tuple[str, ...]
    placeholder: tuple[str, ...]


class _Labels(_Table):
    label: tuple[_Label, ...]
    weak: _Names
    dateline: _Names
    meta: dict[str, tuple[str, ...]]
    script: dict[str, tuple[str, ...]]
    values: _Values


class _Container(_Table):
    rank: int
    names: tuple[str, ...]


class _Bracket(_Table):
    begin: str
    end: str


class _Hints(_Table):
    chrome: tuple[str, ...]
    body: tuple[str, ...]


class _Json(_Table):
    markers: tuple[str, ...]
    content: tuple[str, ...]


class _Containers(_Table):
    container: tuple[_Container, ...]
    elements: dict[str, int]
    bracket: tuple[_Bracket, ...]
    meta_bracket: _Bracket
    hints: _Hints
    script: _Json


class _Patterns(_Table):
    patterns: tuple[str, ...]


class _Chrome(_Table):
    whole: _Patterns
    foot: _Patterns
    ends: _Patterns
    comments: _Patterns


class _Answer(_Table):
    reason: str
    sentence: str
    patterns: tuple[str, ...]


class _Limits(_Table):
    notice: int
    shell: int
    challenge: int


class _Answers(_Table):
    source: tuple[_Answer, ...]
    text: tuple[_Answer, ...]
    limits: _Limits


@dataclass(frozen=True)
class Answer:
    """A kind of answer that is no document, and how it is recognised."""

    reason: str
    sentence: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class CleanRules:
    """Compiled words.

    Attributes:
        fields: label without spaces → field of the metadata (``""`` for a label without field) and
            its place in the order of preference.
        weak: labels that need a sure one beside them.
        dateline: labels of the line under a title that tells date and source.
        initials, openings: the first character, and the first two, that a label can begin with.
        endings, longest_label: whole labels and all they can end with, and their greatest length.
        meta, script: name of a meta tag or JSON key, in lower case → field and order of preference.
        looks: reads attributes.
        elements: rank of elements that are containers by name.
        brackets: comments that open and close a body.
        whole, foot, ends: chrome lines (without spaces), what only the foot of a site says, and lines
            that end the document.
        comments: lines above what readers wrote.
        answers_by_source, answers_by_text: answers that are no document.
    """

    FILES: ClassVar[tuple[str, ...]] = ("labels.toml", "containers.toml", "chrome.toml", "answers.toml")

    fields: dict[str, tuple[str, int]]
    weak: frozenset[str]
    dateline: frozenset[str]
    initials: frozenset[str]
    openings: frozenset[str]
    endings: frozenset[str]
    longest_label: int
    meta: dict[str, tuple[str, int]]
    script: dict[str, tuple[str, int]]
    empty: frozenset[str]
    validity: frozenset[str]
    placeholder: frozenset[str]
    looks: Looks
    elements: dict[str, int]
    brackets: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    meta_bracket: tuple[str, str]
    script_markers: tuple[str, ...]
    script_content: re.Pattern[str]
    whole: re.Pattern[str]
    foot: re.Pattern[str]
    ends: re.Pattern[str]
    comments: re.Pattern[str]
    answers_by_source: tuple[Answer, ...]
    answers_by_text: tuple[Answer, ...]
    notice_limit: int
    shell_limit: int
    challenge_limit: int

    @classmethod
    def load(cls, vocabulary: Path) -> Self:
        """Read and compile.

        Raises:
            Misconfigured: a file is missing, has an unknown key, field or a malformed pattern.
        """
        labels = read_toml(vocabulary / "labels.toml", _Labels)
        containers = read_toml(vocabulary / "containers.toml", _Containers)
        chrome = read_toml(vocabulary / "chrome.toml", _Chrome)
        answers = read_toml(vocabulary / "answers.toml", _Answers)
        fields = _preferences(_by_field(labels.label))
        for field in {field for field, _ in fields.values()} - {"", "title"} - Metadata.model_fields.keys():
            raise Misconfigured("bad_settings", f"labels.toml: {field} is no field of the metadata")
        return cls(
            fields=fields,
            weak=frozenset(labels.weak.names),
            dateline=frozenset(labels.dateline.names),
            openings=frozenset(name[:2] for name in fields),
            initials=frozenset(name[0] for name in fields) | {"【", "["},
            endings=frozenset(name[n:] for name in fields for n in range(len(name))),
            longest_label=max(map(len, fields)),
            meta=_preferences(labels.meta),
            script=_preferences(labels.script),
            empty=frozenset(labels.values.empty),
            validity=frozenset(labels.values.validity),
            placeholder=frozenset(labels.values.placeholder),
            looks=Looks(
                {name: one.rank for one in containers.container for name in one.names},
                _compiled("|".join(map(re.escape, containers.hints.chrome))),
                _compiled("|".join(map(re.escape, containers.hints.body))),
            ),
            elements=containers.elements,
            brackets=tuple((_compiled(one.begin), _compiled(one.end)) for one in containers.bracket),
            meta_bracket=(containers.meta_bracket.begin.lower(), containers.meta_bracket.end.lower()),
            script_markers=containers.script.markers,
            script_content=_compiled(
                "(?:" + "|".join(map(re.escape, containers.script.content)) + ")"
                r"""["']?\s*[:=]\s*(?:"((?:[^"\\]++|\\[\s\S])*+)"|'((?:[^'\\\n]++|\\[\s\S])*+)')"""
            ),
            whole=_compiled("(?:" + "|".join(f"(?:{p})" for p in chrome.whole.patterns) + r")\Z"),
            foot=_compiled("|".join(chrome.foot.patterns)),
            ends=_compiled(
                "(?:" + "|".join(f"(?:{p})" for p in (*chrome.ends.patterns, *chrome.comments.patterns)) + r")\Z"
            ),
            comments=_compiled("(?:" + "|".join(f"(?:{p})" for p in chrome.comments.patterns) + r")\Z"),
            answers_by_source=tuple(_answer(one) for one in answers.source),
            answers_by_text=tuple(_answer(one) for one in answers.text),
            notice_limit=answers.limits.notice,
            shell_limit=answers.limits.shell,
            challenge_limit=answers.limits.challenge,
        )


def _by_field(labels: tuple[_Label, ...]) -> dict[str, tuple[str, ...]]:
    return {label.field: label.names for label in labels}


def _preferences(named: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, int]]:
    return {name: (field, order) for field, names in named.items() for order, name in enumerate(names)}


def _answer(one: _Answer) -> Answer:
    return Answer(one.reason, one.sentence, _compiled("|".join(f"(?:{p})" for p in one.patterns)))


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise Misconfigured("bad_settings", f"vocabulary of clean: {pattern!r} is no pattern: {error}") from error
