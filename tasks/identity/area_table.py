"""The area table: some 44,000 places by name, short name, spelling and code.

It is compiled into one file that is mapped into memory, so loading takes no time worth speaking of
and forked workers share its pages: nothing in it is a Python object.

A place is one number, its code filled up with zeros to nine digits: 320000000 is 江苏省, 320400000
常州市, 320402000 天宁区, 320402109 郑陆镇.  So the place above is found by arithmetic, and all places
below stand next to each other.

Layout (little endian): 6 numbers of 32 bits, then the columns of the places (code, where the name
starts, ordered by code), then an open-addressed hash table (where the key starts, where the list of
its places starts), then those lists, then the last two characters of names with the lengths of the names
that end so, then all keys and names in UTF-8, each after a byte with its length.
"""

from __future__ import annotations

import mmap
import re
import struct
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, Literal

from tasks.errors import Misconfigured

#: raised whenever the layout changes
LAYOUT: Final = 3

_HEADER: Final = struct.Struct("<4sIIIII")
_MAGIC: Final = b"GBAT"
#: first characters of the keys that are no names
_KEY_MARKS: Final = "~@="
#: characters: names that are longer are looked up, but have no tail
_LONGEST_NAME: Final = 31
PlaceLevel = Literal["province", "prefecture", "county", "township"]


def level_of(place: int) -> PlaceLevel:
    """The level that the code of a place tells."""
    if place % 1000:
        return "township"
    if place % 100_000:
        return "county"
    return "prefecture" if place % 10_000_000 else "province"


def code_of(place: int) -> str:
    """The code as the contract gives it: nine digits of a township, else the six of GB/T 2260."""
    return str(place) if place % 1000 else str(place // 1000)


def above(place: int) -> tuple[int, ...]:
    """Numbers of the places above, nearest first (some have no row in the table: 110100000)."""
    steps = (place // 1000 * 1000, place // 100_000 * 100_000, place // 10_000_000 * 10_000_000)
    return tuple(dict.fromkeys(step for step in steps if step != place))


def is_within(place: int, region: int) -> bool:
    """Whether ``place`` is ``region`` or lies in it."""
    size = 1 if region % 1000 else 1000 if region % 100_000 else 100_000 if region % 10_000_000 else 10_000_000
    return region <= place < region + size


class AreaTable:
    """Reads the compiled table. All answers are tuples of places in the order of their codes."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        magic, layout, places, slots, lists, tails = _HEADER.unpack_from(data)
        if magic != _MAGIC or layout != LAYOUT:
            raise Misconfigured("bad_table", "the compiled area table is of another layout; delete it to build it anew")
        self._data = data
        size = 4 * (2 * places + 2 * slots + lists + 3 * tails)
        numbers = memoryview(data)[_HEADER.size : _HEADER.size + size].cast("I")
        self._codes = numbers[:places]
        self._names = numbers[places : 2 * places]
        self._slots = numbers[2 * places : 2 * places + 2 * slots]
        self._lists = numbers[2 * places + 2 * slots : 2 * places + 2 * slots + lists]
        self._tails = numbers[2 * places + 2 * slots + lists :]
        self._text = _HEADER.size + size
        self._mask = slots - 1

    @classmethod
    def open(cls, path: Path) -> AreaTable:
        """Map the compiled table into memory."""
        with path.open("rb") as file:
            return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    def __len__(self) -> int:
        return len(self._codes)

    def __iter__(self) -> Iterator[int]:
        return iter(self._codes)

    def __contains__(self, place: int) -> bool:
        at = bisect_left(self._codes, place)
        return at < len(self._codes) and self._codes[at] == place

    def name(self, place: int) -> str:
        """Its own name: 郑陆镇.

        Raises:
            KeyError: there is no such place.
        """
        at = bisect_left(self._codes, place)
        if at == len(self._codes) or self._codes[at] != place:
            raise KeyError(place)
        return self._string(self._names[at])

    def path(self, place: int) -> str:
        """The full name: 江苏省常州市天宁区郑陆镇."""
        whole = [self.name(step) for step in reversed(above(place)) if step in self]
        return "".join(whole) + self.name(place)

    def within(self, region: int) -> tuple[int, ...]:
        """All places that lie in ``region``, without itself."""
        first, last = self._rows(region)
        return tuple(self._codes[first:last])

    def _rows(self, region: int) -> tuple[int, int]:
        """First and last row, exclusive, of the places in a region; none in a township."""
        size = 1 if region % 1000 else 1000 if region % 100_000 else 100_000 if region % 10_000_000 else 10_000_000
        return bisect_left(self._codes, region + 1), bisect_left(self._codes, region + size)

    def towns(self, region: int) -> list[tuple[int, str]]:
        """The townships of a region with their names, in the order of their codes."""
        first, last = self._rows(region)
        codes, names = self._codes, self._names
        return [(codes[n], self._string(names[n])) for n in range(first, last) if codes[n] % 1000]

    def tails(self) -> dict[str, tuple[int, ...]]:
        """The last two characters of all that places are named → the lengths of such names, longest first.

        Most of what looks like the end of a name in a text (我镇, 全市) is so told from one without a search.
        """
        lengths: dict[int, tuple[int, ...]] = {}
        found: dict[str, tuple[int, ...]] = {}
        for n in range(0, len(self._tails), 3):
            bits = self._tails[n + 2]
            if bits not in lengths:
                lengths[bits] = tuple(length for length in range(_LONGEST_NAME, 1, -1) if bits >> length & 1)
            found[chr(self._tails[n]) + chr(self._tails[n + 1])] = lengths[bits]
        return found

    def named(self, name: str) -> tuple[int, ...]:
        """Places of this name, official or colloquial."""
        return self._find(name)

    def called(self, short: str) -> tuple[int, ...]:
        """Places of this short name: 下原 for 下原镇."""
        return self._find("~" + short)

    def spelled(self, letters: str) -> tuple[int, ...]:
        """Counties, prefectures and provinces whose name, with or without ending, is spelled so."""
        return self._find("@" + letters)

    def initials(self, letters: str) -> tuple[int, ...]:
        """The same by first letters: zjg, cz."""
        return self._find("=" + letters)

    def _find(self, key: str) -> tuple[int, ...]:
        wanted = key.encode()
        at = zlib.crc32(wanted) & self._mask
        while where := self._slots[2 * at]:
            start = self._text + where
            if self._data[start] == len(wanted) and self._data[start + 1 : start + 1 + len(wanted)] == wanted:
                first = self._slots[2 * at + 1]
                count = self._lists[first]
                return tuple(self._codes[n] for n in self._lists[first + 1 : first + 1 + count])
            at = (at + 1) & self._mask
        return ()

    def _string(self, where: int) -> str:
        start = self._text + where
        return self._data[start + 1 : start + 1 + self._data[start]].decode()


class Naming:
    """How short and colloquial names are made of official ones.

    Args:
        endings: per level, the endings of names, longest first.
        colloquial: ending → what people say instead.
        peoples: names of peoples in the names of autonomous places.
    """

    def __init__(
        self, endings: Mapping[str, Iterable[str]], colloquial: Mapping[str, str], peoples: Iterable[str]
    ) -> None:
        self.endings = {level: tuple(sorted(words, key=len, reverse=True)) for level, words in endings.items()}
        self._colloquial = dict(colloquial)
        self._peoples_ends = tuple(peoples)
        self._peoples = re.compile("(?:" + "|".join(sorted(self._peoples_ends, key=len, reverse=True)) + ")+$")

    def ending(self, name: str, level: PlaceLevel) -> str:
        """The ending of a name, or ``""``."""
        for ending in self.endings[level]:
            if name.endswith(ending) and len(name) > len(ending):
                return ending
        return ""

    def short(self, name: str, level: PlaceLevel) -> str:
        """The name without ending and peoples; the whole name when too little is left."""
        ending = self.ending(name, level)
        bare = name[: len(name) - len(ending)] if ending else name
        without = self._peoples.sub("", bare) if bare.endswith(self._peoples_ends) else bare
        return without if len(without) > 1 else bare.removesuffix("族") if len(bare) > 2 else bare

    def also(self, name: str, level: PlaceLevel) -> tuple[str, ...]:
        """Other names for the same: 松桃县, 恩施州."""
        ending = self.ending(name, level)
        said = self._colloquial.get(ending)
        if said is None:
            return ()
        return (self.short(name, level) + said, name[: len(name) - len(ending)] + said)


def compile_table(source: str, naming: Naming, former: Mapping[str, str]) -> bytes:
    """The bytes of the table.

    Args:
        source: the content of areas.tsv.
        naming: makes short and colloquial names.
        former: name of a place that was renamed or merged → code of the place of today.
    """
    names: dict[int, str] = {}
    keys: dict[str, list[int]] = {}
    for line in source.splitlines():
        if line.startswith("#") or not line:
            continue
        code, name, syllables, towns = (*line.split("\t"), "", "", "")[:4]
        place = int(code.ljust(9, "0"))
        if name:
            names[place] = name
            for key in _spellings(syllables):
                keys.setdefault(key, []).append(place)
        for town in towns.split():
            # some lists of towns repeat the county: 高密市密水街道
            bare = town[3:].removeprefix(name) if name else town[3:]
            names[place + int(town[:3])] = bare if len(bare) > 2 else town[3:]
            if bare != town[3:]:
                keys.setdefault(town[3:], []).append(place + int(town[:3]))
    for place, name in names.items():
        level = level_of(place)
        short = naming.short(name, level)
        for key in dict.fromkeys((name, *naming.also(name, level), "~" + short)):
            keys.setdefault(key, []).append(place)
    for name, code in former.items():
        place = int(code.ljust(9, "0"))
        for key in (name, "~" + naming.short(name, level_of(place))):
            if place not in keys.setdefault(key, []):
                keys[key].append(place)
    return _pack(names, keys)


def _spellings(syllables: str) -> tuple[str, ...]:
    parts = syllables.split()
    if len(parts) < 2:
        return ()
    stem = parts[:-1]
    for tail in (["zi", "zhi", "qu"], ["zi", "zhi", "zhou"], ["zi", "zhi", "xian"], ["di", "qu"]):
        if parts[-len(tail) :] == tail and len(parts) > len(tail):
            stem = parts[: -len(tail)]
    return tuple(
        dict.fromkeys(
            (
                "@" + "".join(parts),
                "@" + "".join(stem),
                "=" + "".join(s[0] for s in parts),
                "=" + "".join(s[0] for s in stem),
            )
        )
    )


def _pack(names: Mapping[int, str], keys: Mapping[str, list[int]]) -> bytes:
    places = sorted(names)
    index = {place: n for n, place in enumerate(places)}
    text = bytearray(b"\0")  # so that no string starts at 0, which marks a free slot
    starts: dict[str, int] = {}

    def keep(string: str) -> int:
        if string not in starts:
            starts[string] = len(text)
            coded = string.encode()
            text.append(len(coded))
            text.extend(coded)
        return starts[string]

    size = 1 << (2 * len(keys)).bit_length()
    slots = array("I", bytes(8 * size))
    lists = array("I")
    for key, found in keys.items():
        at = zlib.crc32(key.encode()) & (size - 1)
        while slots[2 * at]:
            at = (at + 1) & (size - 1)
        slots[2 * at], slots[2 * at + 1] = keep(key), len(lists)
        lists.append(len(found))
        lists.extend(sorted(index[place] for place in found))
    tails = _tails(keys)
    columns = (array("I", places), array("I", (keep(names[place]) for place in places)), slots, lists, tails)
    head = _HEADER.pack(_MAGIC, LAYOUT, len(places), size, len(lists), len(tails) // 3)
    return head + b"".join(column.tobytes() for column in columns) + bytes(text)


def _tails(keys: Iterable[str]) -> array[int]:
    """Of each pair of characters that names end in: both, and a number with a bit for each of their lengths."""
    bits: dict[str, int] = {}
    for key in keys:
        if key[0] not in _KEY_MARKS and 1 < len(key) <= _LONGEST_NAME:
            bits[key[-2:]] = bits.get(key[-2:], 0) | 1 << len(key)
    return array("I", (number for tail, lengths in sorted(bits.items()) for number in (*map(ord, tail), lengths)))
