"""Spaces that word processors set between characters and digits: 全镇完成产值 34.5 亿元，较 2026 年增长 8 %.

The grammar reads a text without them; what it finds is moved back to where it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from schemas.document import SegmentedDocument
from schemas.record import Finding

_SPACE = "[ \xa0\u2002-\u200a]"
_SPACES = re.compile(
    f"{_SPACE}+(?:(?<=[一-龥，。、：；（“]{_SPACE})(?=[0-9])|(?<=[0-9]{_SPACE})(?=[一-龥%‰，。、；：）])"
    f"|(?<=[0-9][.]{_SPACE})(?=[0-9]+(?:{_SPACE})?(?:%|‰|[万亿]|个百分点|元|倍)))"
)
#: a quick look for one
_MAY_BE = re.compile("[ \xa0][0-9]|[0-9][ \xa0]")
#: fewer are chance, and may part two things
_FEWEST = 4


class Closed(NamedTuple):
    """A document without such spaces.

    Attributes:
        document: text, sections and tables moved together.
        gone: offsets in the old text of the characters that were left out.
        moved: for each of them, where the text goes on without it.
        text: the old text.
    """

    document: SegmentedDocument
    gone: list[int]
    moved: list[int]
    text: str

    def back(self, findings: Iterable[Finding]) -> list[Finding]:
        """What was found, where it stands in the old text."""
        return [self._back(one) for one in findings]

    def _back(self, finding: Finding) -> Finding:
        evidence = finding.evidence
        start, end = self._start(evidence.start), self._end(evidence.end)
        named = evidence.name_start is not None and evidence.name_end is not None
        moved = evidence.evolve(
            start=start,
            end=end,
            sentence_start=self._start(evidence.sentence_start),
            sentence_end=self._end(evidence.sentence_end),
            name_start=self._start(evidence.name_start or 0) if named else None,
            name_end=self._end(evidence.name_end or 0) if named else None,
        )
        return finding.evolve(evidence=moved, value_text=self.text[start:end])

    def _start(self, at: int) -> int:
        """The old offset of a character."""
        n = bisect_left(self.moved, at + 1)
        return at + n

    def _end(self, at: int) -> int:
        """The old offset behind the last character of a stretch."""
        return self._start(at - 1) + 1 if at else 0


def closed(document: SegmentedDocument) -> Closed | None:
    """The document without spaces between characters and digits; None when it has none, or hardly any."""
    text = document.normal.text
    if _MAY_BE.search(text) is None:
        return None
    spaces = [match.span() for match in _SPACES.finditer(text)]
    if len(spaces) < _FEWEST:
        return None
    gone = [at for start, end in spaces for at in range(start, end)]
    moved = [at - n for n, at in enumerate(gone)]

    def to(at: int) -> int:
        return at - bisect_left(gone, at)

    pieces, last = [], 0
    for start, end in spaces:
        pieces.append(text[last:start])
        last = end
    pieces.append(text[last:])
    tables = tuple(
        table.evolve(
            start=to(table.start),
            end=to(table.end),
            cells=tuple(cell.evolve(start=to(cell.start), end=to(cell.end)) for cell in table.cells),
        )
        for table in document.normal.tables
    )
    normal = document.normal.evolve(text="".join(pieces), tables=tables)
    sections = tuple(one.evolve(start=to(one.start), end=to(one.end)) for one in document.sections)
    return Closed(document.evolve(normal=normal, sections=sections), gone, moved, text)
