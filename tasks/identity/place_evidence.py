"""Gathers all that speaks for the place of a document: codes, names, letters of the host."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from schemas.document import Clue
from schemas.record import Metadata
from tasks.identity.area_table import level_of
from tasks.identity.codes import icp_province, organisation_region, police_region, site_region
from tasks.identity.mentions import Mention, Tally, deepest
from tasks.identity.rules import IdentityRules
from tasks.identity.self_reference import SelfReference, read_self_reference

EvidenceKind = Literal["site_code", "index_number", "police_record", "icp", "publisher", "title", "text", "host"]

#: codes in the order of trust
_TRUST = ("site_code", "index_number", "police_record", "icp")
_OPENING = 400  # characters
_SAYS_NOTHING = frozenset(("www", "gov", "cn", "com", "net", "org"))
#: what places call themselves in more than one character, the longer ones first
_LONG_WORDS = ("自治区", "自治州", "街道", "苏木")
_TOWN_TITLE = re.compile(
    r"(?:\d{4}年度?|关于)?[\u4e00-\u9fff]{1,14}?(镇|乡|街道|苏木)(?=\d{4}|二[〇○零]|人民政府|政府|办事处|工作|党|第|国民经济|年)"
)


@dataclass(frozen=True)
class Code:
    """A number that tells a place."""

    kind: EvidenceKind
    found: str
    region: int


@dataclass(frozen=True)
class Named:
    """A name where documents name their own place."""

    kind: EvidenceKind
    where: str
    found: str
    places: tuple[int, ...]


@dataclass
class Evidence:
    """All that speaks for a place."""

    codes: list[Code] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    context: set[int] = field(default_factory=set)
    tally: Tally = field(default_factory=Tally)
    host: tuple[str, ...] = ()
    opening: set[int] = field(default_factory=set)


def codes_of(metadata: Metadata, clues: Sequence[Clue], rules: IdentityRules) -> list[Code]:
    """The places told by numbers, best first: site code, organisation code, police record, ICP number."""
    given: list[tuple[str, str]] = [(clue.kind, clue.found) for clue in clues]
    if metadata.index_number:
        given.append(("index_number", metadata.index_number))
    found: dict[tuple[str, int], Code] = {}
    for kind, value in given:
        region: int | None = None
        if kind == "site_code":
            region = site_region(value, rules.table, rules.former)
        elif kind == "index_number":
            region = organisation_region(value, rules.table, rules.former)
        elif kind == "police_record":
            region = police_region(value, rules.table, rules.former)
        elif kind == "icp":
            region = icp_province(value, rules.table, rules.words.province_marks)
        if region is not None:
            found.setdefault((kind, region), Code(kind, value, region))  # type: ignore[arg-type]
    return sorted(found.values(), key=lambda code: _TRUST.index(code.kind))


def gather_names(
    evidence: Evidence,
    text: str,
    title: str | None,
    metadata: Metadata,
    clues: Sequence[Clue],
    rules: IdentityRules,
) -> SelfReference:
    """Read all names into ``evidence``; say how the document speaks of itself."""
    sources: list[tuple[EvidenceKind, str, str]] = []
    if title:
        # behind a bar or a dash stands the name of the site, which may be another place's
        own_part, *site_part = rules.kinds.cut.split(title.strip(), maxsplit=1)
        sources.append(("title", "title", own_part))
        sources += [("title", "site", part) for part in site_part]
    if metadata.publisher:
        sources.append(("publisher", "publisher", metadata.publisher))
    sources += [("text", "block", value) for value in (metadata.group, metadata.source, metadata.summary) if value]
    # clues repeat title and publisher and add the name of the site: they tell where one is, not who speaks
    sources += [("text", "page", clue.found) for clue in clues if clue.kind in ("publisher", "title", "text")]
    votes = [(word, 40.0)] if (word := _unknown_town(title or "")) else []
    for kind, where, value in sources:
        mentions = rules.scanner.full_names(value, label=True)
        lowest = deepest(mentions)
        if lowest is not None and where in ("title", "publisher"):
            evidence.named.append(Named(kind, where, value[lowest.start : lowest.end], lowest.places))
            votes.append((word_of(value[lowest.start : lowest.end]), 40 if where == "title" else 15))
        for mention in (*mentions, *rules.scanner.short_names(value, mentions)):
            evidence.context.update(mention.places)
    mentions = rules.scanner.full_names(text)
    for mention in mentions:
        evidence.tally.full.update(mention.places)
    votes += _often_named(text, mentions)
    votes += [(word_of(text[m.start : m.end]), 15) for m in mentions if _is_letterhead(text, m)]
    own = read_self_reference(text, votes)
    evidence.opening.update(p for m in mentions if m.start < _OPENING for p in m.places)
    for mention in mentions:
        # the sentence that speaks for a place names it; a letterhead line (南丰镇:) does so as well
        if any(start <= mention.start < end for start, end in own.phrases) or _is_letterhead(text, mention):
            evidence.named.append(Named("text", "opening", text[mention.start : mention.end], mention.places))
    for mention in rules.scanner.short_names(text, mentions):
        evidence.tally.short.update(mention.places)
    evidence.context.update(evidence.tally.full, evidence.tally.short)
    return own


def _often_named(text: str, mentions: Sequence[Mention]) -> list[tuple[str, float]]:
    """The word of the name that the text names most: news speak of a place by its name."""
    names = Counter(text[mention.start : mention.end] for mention in mentions)
    return [(word_of(name), min(times, 20)) for name, times in names.most_common(1) if times > 2]


def _is_letterhead(text: str, mention: Mention) -> bool:
    if mention.start > _OPENING:
        return False
    before = text[max(0, mention.start - 1) : mention.start]
    return before in ("", "\n") and text[mention.end : mention.end + 1] in ("", "\n", ":", "：", "人")


def _unknown_town(title: str) -> str | None:
    """The kind of town that a title begins with, whether the table knows it or not: 镇 of 清河镇2022年…."""
    match = _TOWN_TITLE.match(title)
    return match[1] if match else None


def word_of(name: str) -> str:
    """How a place of this name calls itself."""
    if name.endswith(_LONG_WORDS):
        return name[-2:] if name.endswith(_LONG_WORDS[2:]) else name[-3:]
    return name[-1] if name[-1] in "省市县区州盟旗镇乡场" else "处"


def speaks_as(place: int, word: str, rules: IdentityRules) -> bool:
    """Whether a place of this name may call itself ``word``."""
    name = rules.table.name(place)
    own = word_of(name)
    if own == word:
        return word != "区" or level_of(place) != "township" or "镇" not in name
    if word == "区":
        return own == "自治区"
    if word == "州":
        return own == "自治州"
    if word == "街道":
        return name.endswith("办事处")
    return False


def host_labels(url: str, clues: Sequence[Clue] = ()) -> tuple[str, ...]:
    """The labels of the host name that may spell a place."""
    hosts = [clue.found for clue in clues if clue.kind == "host"]
    try:
        hosts.append(urlsplit(url).hostname or "")
    except ValueError:  # no address at all
        hosts.append("")
    labels = (label for host in hosts for label in host.lower().split("."))
    return tuple(dict.fromkeys(label for label in labels if label and label not in _SAYS_NOTHING))
