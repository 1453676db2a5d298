"""Whose number it is, when it is not the place's own: a company, a school, a hospital, a village named in front."""

from __future__ import annotations

import re

from tasks.extract.draft import Draft
from tasks.extract.words import Words, alternation, sought


class Subjects:
    """Finds the subject at the head of a name, or of the words before a number that name what it did."""

    def __init__(self, words: Words) -> None:
        subjects = words.subjects
        ends = sought(subjects.ends)
        self._subject = re.compile(f"([一-龥A-Za-z·]{{2,10}}(?:{ends}))")
        self._end = re.compile(sought((*subjects.ends, "村")))
        self._common = re.compile(sought(subjects.common))
        own = alternation(subjects.village_own)
        self._village = re.compile(f"([一-龥]{{2,3}}村)(?:{own})")
        self._village_common = re.compile(sought(subjects.village_common))

    def subject(self, draft: Draft) -> str | None:
        """The subject that the name begins with: 港务集团 of 港务集团货物吞吐量; None when it is a common noun.

        Of 中原煤矿共销售原煤30万吨, whose name is 销售原煤, it is what stands before the verb.
        """
        naming = draft.naming
        words = draft.words if naming.verb else naming.name
        if self._end.search(words) is None or draft.near.lead.endswith(_NO_DOER):
            return None
        if naming.verb:
            # the verb is not far behind: 在沙河小学附近新建… is none of the school's
            at = words.find(naming.verb)
            match = self._subject.match(words, 0, at) if at > 0 else None
            if match is None or at - match.end() > _BEFORE_VERB or words.startswith(_NO_DOER):
                return None
        else:
            match = self._subject.match(words)
            if match is not None and match.end() == len(words) and draft.mention.kind == "count":
                return None  # it is what is counted
        if match is not None:
            return None if self._common.search(match[1]) else match[1]
        village = self._village.match(words)
        if village is None or self._village_common.search(village[1], 0, len(village[1]) - 1):
            return None
        return village[1]


#: 共, 累计, 全年共
_BEFORE_VERB = 4
#: words behind these are no doer: 在沙河小学附近新建…
_NO_DOER = ("为", "向", "给", "对", "在", "把", "将", "由", "从", "与", "和", "同", "于")
