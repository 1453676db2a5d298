"""Which neighbours in words lose the pair between them when they are read out of step.

Out of step, the second byte of one character and the first of the next are read as a pair; when that
pair is no character of GBK, a lossy decoder drops it.  All that is left of the two characters then is
the first byte of the one and the last byte of the other, so that is what this table is keyed by.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping
from importlib import metadata
from itertools import pairwise, product
from pathlib import Path

from tasks.normalise.conversion import all_values
from tasks.normalise.dictionary import dictionary_words
from tasks.normalise.gbk import Gbk
from tasks.tables import compiled_table

_MADE = b"dropped 1"

#: A word met less often than this among the dictionary's 60 million tells nothing.
_RARE = 5


def dropped_pairs(gbk: Gbk, vocabulary_words: Mapping[str, int]) -> dict[int, tuple[str, ...]]:
    """Stretches of two or three characters by first byte * 256 + last byte, commonest first.

    Only stretches of dictionary words in which every pair between two characters is dropped.
    """
    words = "\n".join(f"{word} {count}" for word, count in sorted(vocabulary_words.items()))
    made_from = (
        _MADE,
        *(metadata.version(n).encode() for n in ("jieba", "opencc-python-reimplemented")),
        words.encode(),
    )
    path = compiled_table("dropped", made_from, lambda: _compiled(gbk, vocabulary_words))
    return _read(path)


def _read(path: Path) -> dict[int, tuple[str, ...]]:
    table: dict[int, tuple[str, ...]] = marshal.loads(path.read_bytes())  # noqa: S302 -- our own compiled table
    return table


def is_dropped_within(stretch: str, gbk: Gbk) -> bool:
    """Whether every pair between two characters of the stretch is dropped out of step."""
    codes = [gbk.codes.get(c, 0) for c in stretch]
    return all(b >> 8 in gbk.dropped.get(a & 0xFF, ()) for a, b in pairwise(codes))


def key_of(stretch: str, gbk: Gbk) -> int:
    """First byte * 256 + last byte of a stretch."""
    return (gbk.codes[stretch[0]] >> 8) << 8 | gbk.codes[stretch[-1]] & 0xFF


def _compiled(gbk: Gbk, vocabulary_words: Mapping[str, int]) -> bytes:
    forms = all_values("STCharacters")
    weight: dict[str, int] = {}
    entries = ((word, count) for word, count, _ in dictionary_words())
    for word, count in (*entries, *vocabulary_words.items()):
        if count < _RARE:
            continue
        for size in (2, 3):
            for at in range(len(word) - size + 1):
                stretch = word[at : at + size]
                weight[stretch] = weight.get(stretch, 0) + count
    found: dict[int, dict[str, int]] = {}
    for stretch, count in weight.items():
        for written in _written(stretch, forms):
            if all(c in gbk.codes for c in written) and is_dropped_within(written, gbk):
                found.setdefault(key_of(written, gbk), {}).setdefault(written, count)
    return marshal.dumps(
        {key: tuple(sorted(those, key=lambda s: (-those[s], s))) for key, those in sorted(found.items())}
    )


def _written(stretch: str, forms: Mapping[str, list[str]]) -> Iterable[str]:
    """The ways a converter may write a stretch in traditional characters."""
    return map("".join, product(*(forms.get(c, [c])[:3] for c in stretch)))
