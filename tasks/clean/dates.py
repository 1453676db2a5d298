"""Dates as pages write them, to ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0, "Ｏ": 0, "0": 0}
_ARABIC = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s*(?:年|[-/.．－])\s*)(\d{1,2})(?:\s*(?:月|[-/.．－])\s*)(\d{1,2})(?!\d)(?:\s*日)?"
    r"|(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"
)
_CHINESE = re.compile(
    r"([二一][〇零○OＯ0一二三四五六七八九]{3})\s*年\s*([一二三四五六七八九十元正]{1,3})\s*月\s*([一二三四五六七八九十廿卅]{1,4})\s*日"
)
#: A date begins with one of these.
_FIRST = frozenset("12一二")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_WHOLE_REST = re.compile(r"[\sT]*(?:\d{1,2}[::：]\d{1,2}(?:[::：]\d{1,2})?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?\s*")


#: t20230104_12.html (TRS), art/2023/1/4/art_ (大汉), 2023-01/04/content_, n1/2023/0104/c: days in addresses
_IN_ADDRESS = re.compile(r"/(?:t|c|n)?(20\d\d)(?:[-/]?(\d\d)[-/]?(\d\d)|[-/](\d{1,2})[-/](\d{1,2}))(?=[/_.])")


def date_of_address(url: str) -> str | None:
    """The day that a content management system put into the address of a page; None when there is none."""
    for found in _IN_ADDRESS.finditer(url):
        made = _iso(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
        if made:
            return made
    return None


def find_date(text: str) -> tuple[str, int, int] | None:
    """The first date in a text, as ISO date, start and end; None when there is none.

    Only dates that exist count: 2020-02-31 is none.
    """
    found = _ARABIC.search(text) if "20" in text or "19" in text else None
    while found is not None:
        year, month, day = found.group(1, 2, 3) if found[1] else found.group(4, 5, 6)
        made = _iso(int(year), int(month), int(day))
        if made:
            return made, found.start(), found.end()
        found = _ARABIC.search(text, found.end())
    found = _CHINESE.search(text) if "年" in text else None
    if found is not None:
        year = int("".join(str(_DIGITS[c]) for c in found[1]))
        made = _iso(year, _chinese(found[2]), _chinese(found[3]))
        if made:
            return made, found.start(), found.end()
    return None


def iso_date(value: str) -> str | None:
    """The value as an ISO date when it is a date, with or without a time of day; else None."""
    if _EPOCH.fullmatch(value):
        seconds = int(value[:10])
        moment = datetime.fromtimestamp(seconds, UTC)
        return moment.date().isoformat() if 1990 <= moment.year <= 2100 else None
    if value.lstrip()[:1] not in _FIRST:  # most values asked about are words, or whole paragraphs
        return None
    found = find_date(value)
    if found is None:
        return None
    made, start, end = found
    rest = value[end:]
    return made if not value[:start].strip() and _WHOLE_REST.fullmatch(rest) else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _chinese(number: str) -> int:
    if number in ("元", "正"):
        return 1
    number = number.replace("廿", "二十").replace("卅", "三十")
    if "十" not in number:
        return int("".join(str(_DIGITS[c]) for c in number)) if all(c in _DIGITS for c in number) else 0
    tens, _, ones = number.partition("十")
    if any(c not in _DIGITS for c in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
