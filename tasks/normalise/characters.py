"""Characters that are there for the eye or by mistake: full width, compatibility, invisible, private."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from schemas.record import Warn
from tasks.text.spans import Edit

#: Zero-width, joining and direction marks, soft hyphen, byte order mark: nothing to read.
_INVISIBLE = "\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
#: Spaces of other widths than the ordinary one.
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
#: Full-width letters, digits, per cent sign and solidus. Other marks stay: their width is the text's own.
_WIDE = "\uff05\uff0f-\uff19\uff21-\uff3a\uff41-\uff5a"
#: Forms of a character that exist for other standards' sake: radicals, compatibility ideographs, ㈠.
_COMPATIBLE = "\u2e80-\u2fd5\uf900-\ufad9\u3220-\u3229"

#: One set of characters and no alternatives: a scan for it costs a tenth of what theirs costs.
_ODD = re.compile(f"[{_INVISIBLE}{_SPACES}{_WIDE}{_COMPATIBLE}\ue5e5\ue78d-\ue796\uff0e]")
_DECIMAL = re.compile("(?<=[0-9\uff10-\uff19])\uff0e(?=[0-9\uff10-\uff19])")
#: What Python's GB 18030 shows as private: A3A0, an ideographic space to browsers, and ten vertical marks.
_PRIVATE_FORMS = {"\ue5e5": " ", **dict(zip(map(chr, range(0xE78D, 0xE797)), "，、。：；！？〖〗…", strict=True))}

_ENTITY = re.compile(r"&(?:amp;)*(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}[0-9]{0,2});")
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")
_LOST = re.compile("\ufffd+")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")

#: CJK radicals that normalisation forms leave as they are, where a character is meant (text out of PDF files).
_RADICALS = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻰⺟⺫⻌⺼⻊",
        "民西见角贝车长门青韦页风飞食马鱼鸟麦黄齐龙母目辶月足",
        strict=True,
    )
)


def character_edits(text: str) -> Iterator[Edit]:
    """What one character at a time has to become for the text to be searched and counted."""
    new: dict[str, str] = {}
    for found in _ODD.finditer(text):
        odd, at = found[0], found.start()
        if odd == "\uff0e" and not _DECIMAL.match(text, at):
            continue
        plain = new.get(odd)
        if plain is None:
            plain = new[odd] = _plain(odd)
        if plain != odd:
            yield Edit(at, at + 1, plain)


def _plain(odd: str) -> str:
    first = odd[0]
    if first in _PRIVATE_FORMS:
        return _PRIVATE_FORMS[first]
    if first in _RADICALS:
        return _RADICALS[first]
    if unicodedata.category(first) == "Zs":
        return " "
    if unicodedata.category(first) in ("Cf", "Mn", "Lo") and not unicodedata.normalize("NFKC", first).strip():
        return ""
    if unicodedata.category(first) in ("Cf", "Mn"):
        return ""
    return unicodedata.normalize("NFKC", odd)


def entity_edits(text: str) -> Iterator[Edit]:
    """Character references that were escaped twice: ``&amp;nbsp;`` shows as ``&nbsp;``."""
    if "&" not in text:
        return
    for found in _ENTITY.finditer(text):
        plain = found[0].replace("&amp;", "&")
        character = html.unescape(plain)
        if character != plain and not character.startswith("&"):
            yield Edit(found.start(), found.end(), " " if character == "\xa0" else character)


def unreadable(text: str) -> Iterator[Warn]:
    """Warnings for what cannot be recovered: replacement characters and private characters."""
    if _UNREADABLE.search(text) is None:
        return
    for code, pattern, why in (
        ("missing_text", _LOST, "characters were lost before the page was sent"),
        ("missing_text", _PRIVATE, "characters of a private font: what they show cannot be told"),
    ):
        found = pattern.findall(text)
        if found:
            yield Warn(code=code, found=max(found, key=len)[:20], times=len(found), why=why)
