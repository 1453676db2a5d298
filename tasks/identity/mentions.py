"""Finds names of places in text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from tasks.identity.area_table import AreaTable, Naming, is_within, level_of

_LONGEST = 18
_LONGEST_SHORT = 6
_MOST = 20_000  # endings looked at in one text: five times those of the longest report
#: endings of places that are no township by name but have a township's code
_MORE_ENDINGS = ("州", "旗", "开发区", "农场", "林场", "园区", "办事处", "管理区", "牧场")
_HAN = re.compile(r"[\u3400-\u9fff]+")


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
        self._tails = table.tails()
        known = {naming.short(table.name(place), level_of(place)) for place in table if level_of(place) != "township"}
        for name in former:
            known.update(naming.short(name, level) for level in ("province", "prefecture", "county"))
        shorts: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
        for word in sorted(known - self.common, key=len, reverse=True):
            places = tuple(p for p in table.called(word) if level_of(p) != "township")
            if places and 1 < len(word) <= _LONGEST_SHORT:
                shorts.setdefault(word[:2], []).append((word, places))
        #: first two characters → short names that begin so, longest first, and their places
        self._shorts = {head: tuple(words) for head, words in shorts.items()}
        first, second = (re.escape("".join(sorted({head[n] for head in shorts}))) for n in (0, 1))
        self._may_be_short = re.compile(f"[{first}](?=[{second}])")

    def full_names(self, text: str, *, label: bool = False) -> list[Mention]:
        """Mentions with their ending: 天宁区, 郑陆镇, 张家港市.

        The longest name that fits is taken.  Everyday words (城区, 新镇) count only behind a place
        they lie in, or at the beginning of a ``label`` (a title, the name of a publisher).
        """
        found: list[Mention] = []
        tails, named = self._tails, self._table.named
        for match in islice(self._ending.finditer(text), _MOST):
            end = match.end()
            lengths = tails.get(text[end - 2 : end])
            if lengths is None:
                continue
            low, last = max(0, end - _LONGEST, found[-1].end if found else 0), match.start()
            more: re.Match[str] | None = None
            for length in lengths:
                start = end - length
                if not low <= start < last:
                    continue
                name = text[start:end]
                places = named(name)
                if not places or _HAN.fullmatch(name) is None:
                    continue
                more = more or self._ending.match(text, end)
                if more is not None and self._is_longer(text, low, last, more.end()):
                    break  # 大安镇镇: a name may end in two endings
                inner = self._behind(text, start, places, found)
                if inner:
                    found.append(Mention(start, end, inner, chained=True))
                elif name not in self.common or (label and start == 0):
                    found.append(Mention(start, end, places))
                else:
                    continue
                break
        return found

    def _is_longer(self, text: str, low: int, last: int, end: int) -> bool:
        """Whether a name that begins in ``low`` … ``last`` ends at ``end``."""
        starts = (end - length for length in self._tails.get(text[end - 2 : end], ()))
        return any(
            low <= start < last and self._table.named(text[start:end]) and _HAN.fullmatch(text, start, end)
            for start in starts
        )

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
        shorts = self._shorts
        free = 0
        taken = iter(full)
        next_taken = next(taken, None)
        for match in self._may_be_short.finditer(text):
            at = match.start()
            words = shorts.get(text[at : at + 2])
            if words is None:
                continue
            while next_taken is not None and next_taken.end <= at:
                next_taken = next(taken, None)
            if at < free or (next_taken is not None and next_taken.start <= at):
                continue
            for word, places in words:
                if text.startswith(word, at):
                    yield Mention(at, at + len(word), places)
                    free = at + len(word)
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
