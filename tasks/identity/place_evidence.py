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
#: behind a dash may also stand where the report was given: 政府工作报告——…在云泽县第三届人民代表大会…会议上
_ASSEMBLED = re.compile("人民代表大会|人代会|会议上")
#: places of one prefecture have their first four digits of nine in common
_PREFECTURE = 100_000
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
    """All that speaks for a place.

    Attributes:
        codes, named, context, tally, host, opening: numbers, names where documents name their own place, all
            places mentioned, how often, letters of the host, places of the opening.
        zone: the development zone that title or publisher name, and the places it may lie in.
        foreign: towns that share their name with the document's own, and are none of its county.
    """

    codes: list[Code] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    context: set[int] = field(default_factory=set)
    tally: Tally = field(default_factory=Tally)
    host: tuple[str, ...] = ()
    opening: set[int] = field(default_factory=set)
    zone: tuple[str, tuple[int, ...]] | None = None
    foreign: set[int] = field(default_factory=set)


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
        sources += [("title", "title" if _ASSEMBLED.search(part) else "site", part) for part in site_part]
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
            lowest = _within_named(lowest, mentions, evidence)
            evidence.named.append(Named(kind, where, value[lowest.start : lowest.end], lowest.places))
            votes.append((word_of(value[lowest.start : lowest.end]), 40 if where == "title" else 15))
        short = list(rules.scanner.short_names(value, mentions))
        for mention in (*mentions, *short):
            evidence.context.update(mention.places)
            if evidence.zone is None and where in ("title", "publisher"):
                evidence.zone = _zone_behind(value, mention, rules)
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


def _within_named(lowest: Mention, mentions: Sequence[Mention], evidence: Evidence) -> Mention:
    """The town named, unless all towns of that name lie far from the county right before it; then that county.

    云泽县下原镇 may be a town that was merged or renamed, and another 下原镇 a thousand kilometres away is not it.
    """
    before = next((m for m in mentions if m.end == lowest.start), None)
    if before is None or level_of(lowest.places[0]) != "township" or level_of(before.places[0]) != "county":
        return lowest
    near = {place // _PREFECTURE for place in before.places}
    if any(place // _PREFECTURE in near for place in lowest.places):
        return lowest
    evidence.foreign.update(lowest.places)
    return before


def _zone_behind(value: str, mention: Mention, rules: IdentityRules) -> tuple[str, tuple[int, ...]] | None:
    """The development zone that is called after a place: 云泽经济开发区 of 云泽县."""
    name = next((zone for zone in rules.words.zones.names if value.startswith(zone, mention.end)), None)
    return None if name is None else (value[mention.start : mention.end] + name, mention.places)


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
