"""The places a document is likely to name: those near the ones that it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass

#: So many prefectures are taken for a document's own, and only those named so often.
_MOST = 2
_OFTEN = 3


@dataclass(frozen=True)
class Places:
    """Names of counties and townships by prefecture.

    Attributes:
        prefectures: codes of the prefectures (four digits) that have a county, or are a place, of this name.
        names: by code, the names in it, with and without their class.
    """

    prefectures: Mapping[str, tuple[str, ...]]
    names: Mapping[str, tuple[str, ...]]

    def near(self, times: Mapping[str, int], words: Container[str]) -> frozenset[str]:
        """The names in the prefectures that a document names.

        Args:
            times: how often each chunk of two to four characters stands in the document.
            words: names that are ordinary words as well, and tell nothing.
        """
        named: Counter[str] = Counter()
        for name in self.prefectures.keys() & times.keys():
            if name not in words:
                for code in self.prefectures[name]:
                    named[code] += times[name]
        found: set[str] = set()
        for code, often in named.most_common(_MOST):
            if often >= _OFTEN:
                found.update(self.names[code])
        return frozenset(found)
