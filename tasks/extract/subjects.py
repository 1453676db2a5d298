"""Whose number it is, when it is not the place's own: a company, a school, a hospital named in front."""

from __future__ import annotations

import re

from tasks.extract.draft import Draft
from tasks.extract.words import Words, alternation


class Subjects:
    """Finds the subject at the head of a name."""

    def __init__(self, words: Words) -> None:
        ends = alternation(words.subjects.ends)
        self._subject = re.compile(f"([一-龥A-Za-z·]{{2,10}}(?:{ends}))")
        self._end = re.compile(ends)
        self._common = re.compile(alternation(words.subjects.common))

    def subject(self, draft: Draft) -> str | None:
        """The subject that the name begins with: 港务集团 of 港务集团货物吞吐量; None when it is a common noun."""
        naming = draft.naming
        if naming.verb or self._end.search(naming.name) is None:
            return None
        match = self._subject.match(naming.name)
        return None if match is None or self._common.search(match[1]) else match[1]
