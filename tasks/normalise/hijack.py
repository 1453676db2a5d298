"""Terms of gambling sites that a break-in put where a place name or a common word stood.

澳门现金赌场郑陆镇人民政府 was 天宁区郑陆镇人民政府.  A term is foreign when it is made of the morphemes of
such sites, one of them a strong one, or is any brand with the head of such a name (澳门星湾赌场), and it
is a replacement when it stands where no sentence would have it: right before an organ or a place, in a
page that is not about gambling.  What a title or a publisher proves holds for the whole page.  What it
replaced is restored where it stands before a place or an organ and independent
evidence names that place; elsewhere it is left and reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from schemas.record import Warn
from tasks.text.spans import Edit


class HijackWords(BaseModel):
    """The content of hijack.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    heads: tuple[str, ...]
    offices: tuple[str, ...]
    sentence: tuple[str, ...]
    doubtful: tuple[str, ...]
    organs: tuple[str, ...]
    topics: tuple[str, ...]
    about: tuple[str, ...]
    replaced: dict[str, str]


@dataclass(frozen=True)
class Restorable:
    """A place that independent evidence names, and what lies right below it in the texts.

    Attributes:
        name: without what is above it: 天宁区.
        evidence: what it was read from.
    """

    name: str
    evidence: tuple[str, ...]


_CHINESE = "[\u4e00-\u9fff]"
#: A character of a brand: none that joins the words of a sentence.
_BRAND = "(?![的了在和与及等是有被将把由从以为])[\u4e00-\u9fffA-Za-z0-9]"
#: Where the name of a place can begin in a sentence.
_JOINS = "在由为向对和与于至到经是的了将把给同从及受"
_BEGINS = f"(?:(?<!{_CHINESE})|(?<=[{_JOINS}])|(?<=代表|关于|来自|根据))(?![{_JOINS}我]|代表|关于|来自|根据)"

#: Characters before and behind such a morpheme that the name and what follows it take at most.
_REACH = 24

#: So many words about gambling make a page one about gambling, unless an office shows what was there.
_ABOUT = 3


def _any(*words: str) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@dataclass(frozen=True)
class HijackRules:
    """The morphemes, compiled."""

    words: HijackWords

    @cached_property
    def term(self) -> re.Pattern[str]:
        """A run of two morphemes and more."""
        return re.compile(f"(?:{_any(*self.words.strong, *self.words.weak)}){{2,}}")

    @cached_property
    def brand(self) -> re.Pattern[str]:
        """Any brand with the head of such a name, where a name can begin.

        Behind 澳门 a brand may stand before a place; elsewhere only an office right behind it, or behind
        one place, is proof, for 文化娱乐城 and 村民棋牌 are innocent.
        """
        named = f"{_BRAND}{{0,4}}?(?:{_any(*self.words.heads)})(?:{_any(*self.words.weak)})*"
        free = f"{_BRAND}{{2,5}}?(?:{_any(*self.words.heads)})(?={self.office.pattern})"
        return re.compile(f"澳门{named}|{_BEGINS}{free}")

    @cached_property
    def office(self) -> re.Pattern[str]:
        """An office, or a place and its office."""
        return re.compile(f"(?:{_CHINESE}{{1,4}}?(?:镇|乡|街道|村|社区))?(?:{_any(*self.words.offices)})")

    @cached_property
    def before_place(self) -> re.Pattern[str]:
        """What shows that a place name belongs right before it: an organ, or a name with its class."""
        committee = "委(?=[、和及与，,])"  # what is left of 天宁区委、区政府
        organs, doubtful = _any(*self.words.organs), _any(*self.words.doubtful)
        name = f"{_CHINESE}{{1,4}}?(?:镇|乡|街道|村|社区|开发区|园区)"
        place = f"[ \u3000]?(?!{_any(*self.words.sentence)}|{doubtful}){name}"
        # 下原镇 is a place when an organ, a year or its work follows; 下一个镇 is none
        doubted = f"(?={doubtful}){name}(?={organs}|[0-9０-９]{{4}}|工作)"
        return re.compile(f"(?:{organs})|{committee}|{place}|{doubted}")

    @cached_property
    def topic(self) -> re.Pattern[str]:
        """Words of a sentence that is about gambling."""
        return re.compile(_any(*self.words.topics))

    @cached_property
    def about(self) -> re.Pattern[str]:
        """Words of a page that is about gambling."""
        return re.compile(_any(*self.words.about))

    @cached_property
    def quick(self) -> re.Pattern[str]:
        """What each of those names holds, in few alternatives whose first characters are rare."""
        every = {*self.words.strong, *self.words.heads}
        least = {word for word in every if not any(other in word for other in every - {word})}
        return re.compile(_any(*(word if word in self.words.strong else word[-2:] for word in least)))


@dataclass(frozen=True)
class Found:
    """A foreign term where it stands."""

    start: int
    end: int
    term: str
    before_place: bool


def find_terms(text: str, rules: HijackRules, proven: Collection[str] = ()) -> tuple[Found, ...]:
    """The replacements in a text in simplified characters.

    Args:
        text: of a body, a title, a value.
        rules: the morphemes.
        proven: terms that other texts of the page show to stand for a place.
    """
    windows = _windows(text, rules)
    if not windows:
        return ()
    strong = set(rules.words.strong)
    found: dict[int, Found] = {}

    def add(start: int, term: str) -> None:
        place = term in proven or rules.before_place.match(text, start + len(term)) is not None
        if start not in found or len(found[start].term) < len(term):
            found[start] = Found(start, start + len(term), term, place)

    for term in proven:
        for match in re.finditer(re.escape(term), text):
            add(match.start(), term)
    runs = [m for w in windows for m in rules.term.finditer(text, *w) if any(word in m[0] for word in strong)]
    brands = [m for w in windows for m in rules.brand.finditer(text, *w)]
    for match in (*runs, *brands):
        add(match.start(), match[0])
    apart = _apart(found.values())
    times = Counter(f.term for f in apart)
    about = len(rules.about.findall(text)) - sum(len(rules.about.findall(f.term)) for f in apart) >= _ABOUT
    placed = {
        f.term
        for f in apart
        if f.term in proven
        or (
            f.before_place and not _is_topic(text, f, rules) and not (about and rules.office.match(text, f.end) is None)
        )
    }
    if not placed:
        return ()
    # Once a page has been broken into, every term of the kind is suspect; before that none is.
    known = {m[0] for m in runs}
    return tuple(
        f
        for f in apart
        if f.term in placed or f.term in rules.words.replaced or (f.term in known and times[f.term] > 1)
    )


def _windows(text: str, rules: HijackRules) -> list[tuple[int, int]]:
    """Where a term can stand: a name is not looked for far from what every such name holds."""
    windows: list[tuple[int, int]] = []
    for match in rules.quick.finditer(text):
        start, end = max(0, match.start() - _REACH), match.end() + _REACH
        if windows and start <= windows[-1][1]:
            windows[-1] = windows[-1][0], end
        else:
            windows.append((start, end))
    return windows


def _apart(found: Iterable[Found]) -> list[Found]:
    """Those that do not lie in another, in the order of the text."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _is_topic(text: str, found: Found, rules: HijackRules) -> bool:
    around = text[max(0, found.start - 12) : found.start] + text[found.end : found.end + 12]
    return rules.topic.search(around) is not None


def restore(
    text: str, found: Sequence[Found], places: Sequence[Restorable], rules: HijackRules, *, witness: str = ""
) -> tuple[list[Edit], list[Warn]]:
    """The edits that put a place name back, and a warning for each term.

    A term that stands before a place at least once stood for a place everywhere.

    Args:
        text: where the terms stand.
        found: the terms.
        places: by evidence, best first.
        rules: what common words are known to have been replaced.
        witness: other texts of the page: a place that they name needs no second code.
    """
    edits: list[Edit] = []
    warnings: list[Warn] = []
    by_term: dict[str, list[Found]] = {}
    for one in found:
        by_term.setdefault(one.term, []).append(one)
    place = places[0] if places else None
    for term, those in by_term.items():
        for_place = any(one.before_place for one in those) and term not in rules.words.replaced
        agrees = place is not None and (len(place.evidence) > 1 or place.name in text or place.name in witness)
        if for_place and place is not None and agrees:
            edits += [Edit(one.start, one.end, place.name, whole=True) for one in those]
            why = f"a term of gambling sites stands where {' and '.join(place.evidence)} name a place; restored"
            likely: str | None = place.name
        else:
            likely = rules.words.replaced.get(term) or (place.name if for_place and place else None)
            why = "a term of gambling sites stands where no sentence would put it; left as found"
        warnings.append(Warn(code="keyword_hijack", found=term, times=len(those), likely=likely, why=why))
    return edits, warnings
