"""Text that was decoded with the wrong charset and then kept: 涓浗 for 中国, ÖÐ¹ú for 中国, ä¸­å›½ for 中国."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from schemas.record import Warn
from tasks.normalise.language import UNSEEN
from tasks.text.spans import Edit

if TYPE_CHECKING:
    from tasks.normalise.rules import NormaliseRules

#: GB bytes, or UTF-8 bytes, shown as Latin letters and marks.
_LATIN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122\ufffd]{4,}"
)

#: Characters that UTF-8 text read as GBK is full of: its bytes E4 to E9 make leads of these.
_UTF8_AS_GBK = re.compile("[涓浠鍙鏄鐨鍦鎴鍜鏈夋柊闂鎬鍒鍥绔鏀垮簻宸ヤ綔鎶ュ憡]")
#: Mean logarithm of character probabilities above which a text is readable; prose has −8 to −10, chance −14.
_READABLE = -12.0

#: Share of characters that may have been lost on the way through the wrong charset.
_FAULTY = 0.25
_RUN_OF_LOST = re.compile("\ufffd+")

_MARKS = frozenset("，。、；：“”《》（）")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]{2,}")
_LOST_TEXT = re.compile("(?:锟斤拷|锟解|烫烫烫|屯屯屯)")


def mojibake_edits(text: str, rules: NormaliseRules) -> Iterator[Edit]:
    """What was decoded wrongly, decoded rightly; only where the result reads far better."""
    for found in _LATIN.finditer(text):
        better = _from_latin(found[0])
        if better is not None and _reads_better(better, found[0], rules):
            yield Edit(found.start(), found.end(), better, whole=True)
    if len(_UTF8_AS_GBK.findall(text)) < 3:
        return
    for found in _BEYOND_ASCII.finditer(text):
        better = _from_gbk(found[0])
        if better is not None and _reads_better(better, found[0], rules):
            yield Edit(found.start(), found.end(), better, whole=True)


def _from_latin(shown: str) -> str | None:
    data = bytearray()
    for character in shown:
        if character == "\ufffd":
            data.append(0xFF)  # a byte that cp1252 has no character for: no charset takes FF for anything
            continue
        try:
            data += character.encode("latin-1" if character <= "\xff" else "cp1252")
        except UnicodeEncodeError:
            return None
    return _decoded(bytes(data), "utf-8") or _decoded(bytes(data), "gb18030")


def _from_gbk(shown: str) -> str | None:
    try:
        data = b"\xff".join(piece.encode("gb18030") for piece in shown.split("\ufffd"))
    except UnicodeEncodeError:
        return None
    return _decoded(data, "utf-8")


def _decoded(data: bytes, charset: str) -> str | None:
    """The text, or None when more than a few sequences are faulty."""
    text = _RUN_OF_LOST.sub("\ufffd", data.decode(charset, "replace"))
    return text if text.count("\ufffd") <= 1 + len(text) * _FAULTY else None


def _reads_better(better: str, shown: str, rules: NormaliseRules) -> bool:
    chinese = sum(1 for c in better if "\u3400" <= c <= "\u9fff" or c in _MARKS)
    if chinese < 2 or chinese * 2 < len(better):
        return False
    return _fluency(better, rules) > max(_READABLE, _fluency(shown, rules) + 2.0)


def _fluency(text: str, rules: NormaliseRules) -> float:
    """Mean logarithm of the probability of the characters."""
    known = rules.language.characters
    simplified = rules.gbk.simplified
    values = [known.get(simplified.get(c, c), UNSEEN) for c in text if c not in _MARKS]
    return sum(values) / len(values) if values else UNSEEN


def lost_for_good(text: str) -> Iterator[Warn]:
    """A warning for 锟斤拷, which is what U+FFFD in UTF-8 looks like in GBK: nothing is left to recover."""
    found = _LOST_TEXT.findall(text) if any(one in text for one in "锟烫屯") else ()
    if found:
        why = "these characters stand where others were lost in decoding before the page was sent"
        yield Warn(code="unrepaired_damage", found=found[0], times=len(found), why=why)
