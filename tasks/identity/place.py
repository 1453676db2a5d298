"""Which place a document is of.

Two questions are answered apart.  *What kind of place speaks?*  The formulas of a report (我代表…镇人民政府),
its title and 我镇/全镇 tell whether it is a town, a county, a city (:mod:`tasks.identity.self_reference`).
*Which one?*  Every place of that kind that is named where a document names its own place is a candidate,
and all evidence votes for it or against it:

* its name in title, publisher, opening, and how often the text names it;
* places above it, named or told by a code: 南丰镇 is a name of seven places, and 张家港市 in the text or
  320582 in the site code decides for one of them;
* codes of another county speak against it: those of a site or organisation strongly, those of a police
  record weakly, because the office where a site is on record may be a neighbour's;
* how the text calls what is above it (区委、区政府), and the letters of the host name.

A candidate that is no better than another of the same name is no answer: then the place is null.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from schemas.document import Clue
from schemas.page import Cover
from schemas.record import Area, AreaEvidence, Metadata, Warn
from tasks.identity.area_table import above, code_of, is_within, level_of
from tasks.identity.place_evidence import Code, Evidence, codes_of, gather_names, host_labels, speaks_as, word_of
from tasks.identity.rules import IdentityRules
from tasks.identity.self_reference import SelfReference

#: weight of a code that agrees, and of one that names another county of the same prefecture, or another prefecture
_CODE_WEIGHTS: dict[str, tuple[float, float, float]] = {
    "site_code": (4, -2, -5),
    "index_number": (4, -2, -5),
    "police_record": (2, -0.5, -3),
    "icp": (0.5, 0, -1),
}
#: weight of the name, where it stands
_NAME_WEIGHTS = {"title": 6.0, "publisher": 4.0, "opening": 6.0}
_TOWN_WORDS = ("镇", "乡", "街道", "苏木")
_MARGIN = 0.5
_ENOUGH = 2.0


def place_candidates(*, metadata: Metadata, clues: Sequence[Clue], url: str, rules: IdentityRules) -> tuple[Area, ...]:
    """Places told by evidence that break-ins leave alone, best first: codes, never names.

    Places with the same support stay in the order of trust: site code, organisation code, police record.
    ``url`` is not used for an answer: letters of a host name fit many places; they only settle the order.
    """
    host = host_labels(url, clues)
    support: dict[int, float] = defaultdict(float)
    by_place: dict[int, list[Code]] = defaultdict(list)
    codes = [code for code in codes_of(metadata, clues, rules) if code.kind != "icp"]
    for code in codes:
        by_place[code.region].append(code)
        support[code.region] += _CODE_WEIGHTS[code.kind][0]
    for place in support:
        support[place] += _host_weight(place, host, rules)
    ordered = sorted(by_place, key=lambda place: -support[place])
    return tuple(
        _area(place, [AreaEvidence(kind=c.kind, found=c.found, code=code_of(c.region)) for c in by_place[place]], rules)
        for place in ordered
    )


def find_place(
    *,
    text: str,
    title: str | None,
    metadata: Metadata,
    clues: Sequence[Clue],
    url: str,
    rules: IdentityRules,
    cover: Cover | None,
) -> tuple[Area | None, tuple[Warn, ...]]:
    """The place a document is of, or None, and doubts."""
    if cover is not None:
        metadata, clues, title = _with_cover(cover, metadata, clues, title)
    publisher = metadata.publisher or ""
    if any(word in publisher for word in rules.words.national.publishers):
        return None, ()
    evidence = Evidence(codes=codes_of(metadata, clues, rules), host=host_labels(url, clues))
    own = gather_names(evidence, text, title, metadata, clues, rules)
    candidates = _candidates(evidence, own, text, rules) - evidence.foreign
    if not candidates:
        return _county_instead(evidence, own, rules)
    scored = sorted(((_score(p, evidence, own, rules), p) for p in candidates), reverse=True)
    best, place = scored[0]
    if not _is_said_enough(place, evidence, own):
        return None, ()
    if _is_farm_alone(place, evidence, rules):
        why = "farms and forests of this name are many, and few are in the area table; nothing tells which is meant"
        return None, (Warn(code="area_unsettled", found=rules.table.name(place), why=why),)
    rivals = [p for score, p in scored[1:] if best - score < _MARGIN and _same_name(p, place, rules)]
    if rivals or best < (_ENOUGH if own.strength < 20 else _ENOUGH / 2):
        why = "the evidence does not tell which of these places is meant" if rivals else "the evidence is too thin"
        names = "、".join(rules.table.path(p) for p in (place, *rivals)[:3])
        return None, (Warn(code="area_unsettled", found=rules.table.name(place), likely=names, why=why),)
    return _area(place, _supporting(place, evidence, rules), rules), ()


def _with_cover(
    cover: Cover, metadata: Metadata, clues: Sequence[Clue], title: str | None
) -> tuple[Metadata, tuple[Clue, ...], str | None]:
    """What the page that links to an attachment tells of it, where the file itself is silent."""
    own = metadata.model_dump()
    told = {key: value for key, value in cover.metadata if own.get(key, "") is None}
    more = tuple(Clue(kind=kind, found=found) for kind, found in cover.clues)
    if cover.title:
        more += (Clue(kind="title", found=cover.title),)
    return metadata.evolve(**told), (*clues, *more), title or cover.link_text or cover.title


def _candidates(evidence: Evidence, own: SelfReference, text: str, rules: IdentityRules) -> set[int]:
    pool: set[int] = set()
    for named in evidence.named:
        pool.update(named.places)
    pool.update(code.region for code in evidence.codes if code.kind != "icp")
    for counter in (evidence.tally.full, evidence.tally.short):
        fitting = (p for p, _ in counter.most_common(400) if own.word is None or speaks_as(p, own.word, rules))
        if own.word is not None:
            pool.update(list(fitting)[:60])
    if own.word is None:
        return {p for named in evidence.named for p in named.places}
    found = {p for p in pool if speaks_as(p, own.word, rules)}
    if own.word == "区" and own.strength >= 100:  # 我代表区人民政府 is said of no autonomous region
        found = {p for p in found if level_of(p) != "province"}
    # 金坛市 of 2011 speaks as a city, and is a district today
    found.update(p for named in evidence.named if word_of(named.found) == own.word for p in named.places)
    found |= _above_several(evidence, own.word, rules)
    if own.word in _TOWN_WORDS:
        found |= _towns_without_ending(evidence, own.word, text, rules, known=found)
    return found


def _above_several(evidence: Evidence, word: str, rules: IdentityRules) -> set[int]:
    """Places that no one names, but three or more of whose parts are named."""
    parts: Counter[int] = Counter()
    for place in evidence.tally.full:
        parts.update(above(place))
    return {p for p, n in parts.items() if n > 2 and p in rules.table and speaks_as(p, word, rules)}


def _towns_without_ending(evidence: Evidence, word: str, text: str, rules: IdentityRules, known: set[int]) -> set[int]:
    """Towns named by short name only (下原小学), in the counties that something speaks for."""
    counties = {c.region for c in evidence.codes if c.kind != "icp"}
    counties |= {p for p in (*evidence.tally.full, *evidence.tally.short) if level_of(p) == "county"}
    counties |= {a for p in known for a in above(p) if level_of(a) == "county" and a in counties}
    found: set[int] = set()
    ends = ("街道", "办事处") if word == "街道" else (word,)
    for county in counties:
        for place, name in rules.table.towns(county):
            if not name.endswith(ends) or name[0] not in text or name[1] not in text:
                continue
            short = rules.naming.short(name, "township")
            if len(short) < 2 or rules.is_common(short):
                continue
            times = text.count(short)
            if times > 1:
                found.add(place)
                evidence.tally.short[place] = max(evidence.tally.short[place], times)
    return found


def _score(place: int, evidence: Evidence, own: SelfReference, rules: IdentityRules) -> float:
    score = 0.0
    for where, weight in _NAME_WEIGHTS.items():
        found = [named.found for named in evidence.named if named.where == where and place in named.places]
        if found:
            # 高昌区 was called 吐鲁番市 once; the place of that name today comes first
            score += weight * max(1.0 if _still_called(place, name, rules) else 0.7 for name in found)
    score += min(evidence.tally.full[place], 12) * 0.5 + min(evidence.tally.short[place], 12) * 0.2
    for code in evidence.codes:
        agree, neighbour, stranger = _CODE_WEIGHTS[code.kind]
        if is_within(place, code.region) or is_within(code.region, place):
            score += agree * (1.0 if is_within(place, code.region) else 0.6)
        else:
            same = place // 100_000 == code.region // 100_000
            score += neighbour if same else stranger
    for step in above(place):
        if step in evidence.context:
            score += 1.5 if evidence.tally.full[step] else 1.0
    score += _called_above(place, own, rules)
    score += _host_weight(place, evidence.host, rules)
    if level_of(place) != "township":
        score += _spread(place, evidence, rules)
    return score


def _spread(place: int, evidence: Evidence, rules: IdentityRules) -> float:
    """How many of its parts are named, by themselves or by what lies in them.

    The report of a city names all its counties; that of one county names many towns, which are all in one
    part of the city.
    """
    size = 10_000_000 if place % 10_000_000 == 0 else 100_000 if place % 100_000 == 0 else 1000
    part = {10_000_000: 100_000, 100_000: 1000, 1000: 1}[size]
    parts: dict[int, float] = {}
    for inside in evidence.context:
        if inside != place and is_within(inside, place):
            number = inside // part
            parts[number] = max(parts.get(number, 0.0), 0.4 if _is_telling(inside, rules) else 0.2)
    return min(sum(parts.values()), 4.0)


def _still_called(place: int, name: str, rules: IdentityRules) -> bool:
    level = level_of(place)
    return rules.naming.short(rules.table.name(place), level) == rules.naming.short(name, level)


def _is_telling(place: int, rules: IdentityRules) -> bool:
    """Whether the name of a place is that of one place alone, so that naming it says where one is."""
    return len(rules.table.named(rules.table.name(place))) == 1


def _called_above(place: int, own: SelfReference, rules: IdentityRules) -> float:
    """Whether what stands above the place is called as the text calls it: 区委、区政府."""
    if not own.above:
        return 0.0
    steps = [step for step in above(place) if step in rules.table]
    if not steps:
        return -1.5
    return 1.5 if speaks_as(steps[0], own.above[0], rules) else -1.0


def _host_weight(place: int, labels: Iterable[str], rules: IdentityRules) -> float:
    """Whether the letters of the host spell the place or one above: zjg, tianning."""
    weight = 0.0
    chain = {place, *above(place)}
    for label in labels:
        letters = re.sub(r"[^a-z]", "", label.lower())
        if len(letters) > 3 and chain & set(rules.table.spelled(letters)):
            weight = max(weight, 1.5)
        elif len(letters) > 1 and chain & set(rules.table.initials(letters)):
            weight = max(weight, 0.5)
    return weight


def _same_name(one: int, other: int, rules: IdentityRules) -> bool:
    return rules.naming.short(rules.table.name(one), level_of(one)) == rules.naming.short(
        rules.table.name(other), level_of(other)
    )


def _is_said_enough(place: int, evidence: Evidence, own: SelfReference) -> bool:
    """Whether a place that only the running text names is more than mentioned.

    An article that says 全市 once and names a city once is of no place.
    """
    if own.strength >= 20 or any(place in named.places for named in evidence.named):
        return True
    if any(is_within(place, code.region) for code in evidence.codes if code.kind != "icp"):
        return True
    return evidence.tally.times(place) > 2


def _is_farm_alone(place: int, evidence: Evidence, rules: IdentityRules) -> bool:
    """Whether a farm or forest (青山林场) is told by its name alone: no place above it, no code."""
    if not rules.table.name(place).endswith("场") or level_of(place) != "township":
        return False
    coded = any(is_within(place, code.region) for code in evidence.codes)
    return not coded and not any(step in evidence.context for step in above(place))


def _county_instead(
    evidence: Evidence, own: SelfReference, rules: IdentityRules
) -> tuple[Area | None, tuple[Warn, ...]]:
    """The county that codes or names agree on, for a document whose own place is not found.

    A document that names no place is of the county of its site.  One that speaks as a town which is not
    in the table (renamed, merged, new) gets the county it lies in, and a warning that says so.
    """
    agreed = _agreed_county(evidence, rules)
    if evidence.zone is not None and (agreed is None or agreed in evidence.zone[1]):
        zone, places = evidence.zone
        if agreed is None and len(places) == 1:
            agreed = places[0]
        if agreed is not None:
            area = _area(agreed, _supporting(agreed, evidence, rules), rules)
            why = "the document speaks as a development zone, which has no code; the place it lies in is given"
            return area, (Warn(code="area_coarse", found=zone, likely=area.name, why=why),)
    if agreed is None:
        return None, ()
    area = _area(agreed, _supporting(agreed, evidence, rules), rules)
    if own.word is None or speaks_as(agreed, own.word, rules):
        strong = any(code.kind in ("site_code", "index_number") for code in evidence.codes)
        return (area, ()) if strong else (None, ())
    if own.word not in _TOWN_WORDS:
        return None, ()
    why = f"the document speaks as a {own.word} that is not in the area table; the county it lies in is given"
    return area, (Warn(code="area_coarse", found=own.word, likely=area.name, why=why),)


def _agreed_county(evidence: Evidence, rules: IdentityRules) -> int | None:
    """The county that the strong codes tell, else the only one named by title, publisher or opening."""
    for code in evidence.codes:
        if code.kind in ("site_code", "index_number"):
            return code.region
    named = {p for n in evidence.named for p in n.places if level_of(p) != "township"}
    named |= {p for p in evidence.opening if level_of(p) == "county"}
    regions = {code.region for code in evidence.codes}
    supported = {p for p in named if not regions or any(is_within(p, r) or is_within(r, p) for r in regions)}
    if len(supported) == 1:
        return supported.pop()
    known = [p for p in supported if any(step in evidence.context for step in above(p) if step in rules.table)]
    return known[0] if len(known) == 1 else None


def _supporting(place: int, evidence: Evidence, rules: IdentityRules) -> list[AreaEvidence]:
    """What speaks for the place, each found thing once, the most telling first."""
    listed = [
        AreaEvidence(kind=code.kind, found=code.found, code=code_of(code.region))
        for code in evidence.codes
        if is_within(place, code.region) or is_within(code.region, place)
    ]
    listed += [
        AreaEvidence(kind=named.kind, found=named.found, code=code_of(place))
        for named in evidence.named
        if place in named.places
    ]
    for step in (place, *above(place)):
        if step in rules.table and (step in evidence.tally.full or step in evidence.tally.short):
            name = rules.table.name(step)
            if not evidence.tally.full[step]:
                name = rules.naming.short(name, level_of(step))
            listed.append(AreaEvidence(kind="text", found=name, code=code_of(step)))
    for label in evidence.host:
        letters = re.sub(r"[^a-z]", "", label.lower())
        for step in (place, *above(place)):
            if len(letters) > 1 and (step in rules.table.spelled(letters) or step in rules.table.initials(letters)):
                listed.append(AreaEvidence(kind="host", found=label, code=code_of(step)))
                break
    return list(dict.fromkeys(listed))


def _area(place: int, evidence: Iterable[AreaEvidence], rules: IdentityRules) -> Area:
    return Area(code=code_of(place), name=rules.table.path(place), level=level_of(place), evidence=tuple(evidence))
