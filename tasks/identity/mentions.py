"""Finds names of places in text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from tasks.identity.area_table import AreaTable, Naming, is_within, level_of

_LONGEST = 18
_MOST = 20_000  # endings looked at in one text: five times those of the longest report
#: endings of places that are no township by name but have a township's code
_MORE_ENDINGS = ("州", "旗", "开发区", "农场", "林场", "园区", "办事处", "管理区", "牧场")
_BEFORE = re.compile(r"[\u3400-\u9fff]+$")


@dataclass(frozen=True)
class Mention:
    """A name in a text, and the places it may mean.

    Attributes:
        start, end: where the name stands.
        places: what it may mean, narrowed by a name of a place above that stands right before it.
        chained: whether such a name stands before it.
    """

    start: int
    end: int
    places: tuple[int, ...]
    chained: bool = False


@dataclass
class Tally:
    """How often places are named in a text, by full and by short name."""

    full: Counter[int] = field(default_factory=Counter)
    short: Counter[int] = field(default_factory=Counter)

    def times(self, place: int) -> int:
        """How often the place is named either way."""
        return self.full[place] + self.short[place]


class Scanner:
    """Finds names of places. Compiled once from the rules; texts of any length take linear time."""

    def __init__(self, table: AreaTable, naming: Naming, common: Iterable[str], former: Iterable[str]) -> None:
        """Compile.

        Args:
            table: all places.
            naming: endings and short names.
            common: names that are everyday words.
            former: names of counties and prefectures that are no more.
        """
        self._table = table
        self.common = frozenset(common)
        ends = {e for level in naming.endings.values() for e in level} | set(_MORE_ENDINGS)
        shortest = sorted(e for e in ends if not any(e != f and e.endswith(f) for f in ends))
        self._ending = re.compile("|".join(shortest))
        heads: set[str] = set()
        for place in table:
            if level_of(place) != "township":
                heads.add(naming.short(table.name(place), level_of(place))[:2])
        heads.update(name[:2] for name in former)
        self._heads = frozenset(head for head in heads if len(head) == 2)

    def full_names(self, text: str, *, label: bool = False) -> list[Mention]:
        """Mentions with their ending: 天宁区, 郑陆镇, 张家港市.

        The longest name that fits is taken.  Everyday words (城区, 新镇) count only behind a place
        they lie in, or at the beginning of a ``label`` (a title, the name of a publisher).
        """
        found: list[Mention] = []
        for match in islice(self._ending.finditer(text), _MOST):
            end = match.end()
            run = _BEFORE.search(text, max(0, end - _LONGEST), end)
            if run is None:
                continue
            low = max(run.start(), found[-1].end if found else 0)
            more = self._ending.match(text, end)
            if more is not None and any(
                self._table.named(text[start : more.end()]) for start in range(low, match.start())
            ):
                continue  # 大安镇镇: a name may end in two endings
            for start in range(low, match.start()):
                places = self._table.named(text[start:end])
                if not places:
                    continue
                inner = self._behind(text, start, places, found)
                if inner:
                    found.append(Mention(start, end, inner, chained=True))
                elif text[start:end] not in self.common or (label and start == 0):
                    found.append(Mention(start, end, places))
                else:
                    continue
                break
        return found

    def _behind(self, text: str, start: int, places: tuple[int, ...], found: list[Mention]) -> tuple[int, ...]:
        """Those of ``places`` that lie in what is named right before ``start``."""
        regions: tuple[int, ...] = ()
        if found and found[-1].end == start:
            regions = found[-1].places
        else:
            for length in (4, 3, 2):
                if start >= length and (regions := self._table.called(text[start - length : start])):
                    regions = tuple(r for r in regions if level_of(r) != "township")
                    break
        return tuple(p for p in places if any(p != r and is_within(p, r) for r in regions))

    def short_names(self, text: str, full: Iterable[Mention] = ()) -> Iterator[Mention]:
        """Mentions of counties, prefectures and provinces by short name: 如皋, 江苏. Never townships.

        Args:
            text: where to look.
            full: mentions by full name, in their order; what lies in them is not looked at (庆云镇 does not
                name 庆云县).
        """
        heads = self._heads
        free = 0
        taken = iter(full)
        next_taken = next(taken, None)
        for at in [n for n in range(len(text) - 1) if text[n : n + 2] in heads]:
            while next_taken is not None and next_taken.end <= at:
                next_taken = next(taken, None)
            if at < free or (next_taken is not None and next_taken.start <= at):
                continue
            for length in (6, 5, 4, 3, 2):
                word = text[at : at + length]
                if len(word) != length or word in self.common:
                    continue
                places = tuple(p for p in self._table.called(word) if level_of(p) != "township")
                if places:
                    yield Mention(at, at + length, places)
                    free = at + length
                    break


def deepest(mentions: Iterable[Mention]) -> Mention | None:
    """The mention of the lowest level; of equals the last: a name follows those above it."""
    best: Mention | None = None
    for mention in mentions:
        if best is None or depth(mention.places[0]) >= depth(best.places[0]):
            best = mention
    return best


def depth(place: int) -> int:
    """1 for a province … 4 for a township, whatever rows there are between."""
    return {"province": 1, "prefecture": 2, "county": 3, "township": 4}[level_of(place)]
