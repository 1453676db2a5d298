"""Results and goals that words state instead of a number: 收入与经济增长同步, 上市企业零突破, 价格持平."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from schemas.record import Measure
from tasks.extract.draft import NOWHERE, Draft, Naming
from tasks.extract.mentions import Mention
from tasks.extract.phrases import Phrases

_KEYS = ("同步", "零的突破", "零突破", "全覆盖", "持平")
_CLAUSE_START = re.compile("[，,。；;：:！？\n]")
#: 与经济增长同步 is said of a rate; 同步推进 is not
_IN_STEP = re.compile(
    "(?:增长|增幅|增速|增长幅度)?(?:基本|保持|继续|大体)*[与和同](?:[^与和同，,]{2,12}?)(?:基本|保持|大体)*$"
)
_AS_BEFORE = re.compile("(?:同比|环比|与上年|与去年|较上年|基本|大体|总体|保持|与)*$")
_TO_ALL = re.compile("(?:实现|达到|基本|率先|全部|已)*(?:了)?$")
_AFTER = frozenset("，,。；;、！）) \n")
#: as much as a clause can be and still be a name with its statement
_LONGEST = 40
_NAME = 20


def read_statements(text: str, phrases: Phrases) -> Iterator[Draft]:
    """A draft without a value for every such statement of the text whose name is plain."""
    for at, key in _keys(text):
        end = at + len(key)
        if end < len(text) and text[end] not in _AFTER:
            continue
        start = low = max(0, at - _LONGEST)
        for cut in _CLAUSE_START.finditer(text, low, at):
            start = cut.end()
        ending, measure = _how_said(key)
        said = ending.search(text, start, at)
        if said is None:
            continue
        words = text[start : said.start()]
        near = phrases.near(words)
        name = phrases.joined(near.verb + near.noun)
        if not 2 <= len(name) <= _NAME or near.listing or any(c.isdigit() for c in name):
            continue
        name_at = words.find(name)
        span = (start + name_at, start + name_at + len(name)) if name_at >= 0 else NOWHERE
        mention = Mention(said.start(), end, said.start(), end, None, "", "words", "exact", digits=False)
        naming = Naming(name, near.verb, near.noun, "in_words", span)
        yield Draft(mention, mention.start, mention.end, Decimal(0), "", naming, measure, near, words)


def _keys(text: str) -> list[tuple[int, str]]:
    found = []
    for key in _KEYS:
        at = text.find(key)
        while at >= 0:
            found.append((at, key))
            at = text.find(key, at + len(key))
    return sorted(found)


def _how_said(key: str) -> tuple[re.Pattern[str], Measure]:
    if key == "同步":
        return _IN_STEP, "change_rate"
    if key == "持平":
        return _AS_BEFORE, "change_rate"
    return _TO_ALL, "level"
