"""The date beside a link, or in its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

_FULL = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)\s*日?")
_CLOCK = re.compile(r"[T\s]*\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?")
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*月?")
_MONTH_DAY = re.compile(r"[\[(（【]?\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?\s*[\])）】]?")
_DAY = re.compile(r"(\d{1,2})\s*日?")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?")
_IN_ADDRESS = (
    re.compile(r"/t((?:19|20)\d\d)(\d\d)(\d\d)_\d+\."),  # t20260108_12345.html
    re.compile(r"/((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})/"),  # /art/2026/1/8/, /2026-01/08/
    re.compile(r"/((?:19|20)\d\d)(\d\d)/t?(?:19|20)\d\d\d\d(\d\d)(?=[_./\d])"),  # /202601/20260108…
    re.compile(r"/((?:19|20)\d\d)(\d\d)(\d\d)(?=[/_.-])"),  # /20260108/
)
#: what may stand around a date in the same piece of text: 发布时间：, brackets, a dot
_AROUND = 8


def date_beside(pieces: Sequence[str]) -> tuple[date | None, bool]:
    """The date that stands beside a title.

    Args:
        pieces: the texts of a row of a list, without the title, each of one element.

    Returns:
        The date, and whether there is one at all: ``[01-08]`` is one whose year is not told.
    """
    texts = [text for text in (" ".join(piece.split()) for piece in pieces) if text]
    for text in texts:
        found = _FULL.search(text)
        if found and len(_CLOCK.sub("", text[: found.start()] + text[found.end() :]).replace(" ", "")) <= _AROUND:
            day = _date(*found.groups())
            if day:
                return day, True
    return _date_in_parts(texts)


def _date_in_parts(texts: Iterable[str]) -> tuple[date | None, bool]:
    """Day and month in big and small print: ``08`` over ``2026-01``, ``01-08`` over ``2026``."""
    year = year_month = month_day = day = None
    for text in texts:
        year_month = year_month or _YEAR_MONTH.fullmatch(text)
        month_day = month_day or _MONTH_DAY.fullmatch(text)
        year = year or _YEAR.fullmatch(text)
        day = day or _DAY.fullmatch(text)
    whole = None
    if year_month and day:
        whole = _date(year_month[1], year_month[2], day[1])
    elif year and month_day:
        whole = _date(year[1], month_day[1], month_day[2])
    plausible = month_day is not None and 1 <= int(month_day[1]) <= 12 and 1 <= int(month_day[2]) <= 31
    return whole, whole is not None or plausible


def date_in_address(url: str) -> date | None:
    """The date that a publishing system has put into an address."""
    for pattern in _IN_ADDRESS:
        found = pattern.search(url)
        day = _date(*found.groups()) if found else None
        if day:
            return day
    return None


def date_of_value(value: object) -> date | None:
    """The date that a field of a data listing holds: text, or seconds or milliseconds since 1970."""
    if isinstance(value, str):
        found = _FULL.match(value.strip())
        if found:
            return _date(*found.groups())
        compact = re.match(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?$", value.strip())
        if compact:
            return _date(*compact.groups())
        if not re.fullmatch(r"\d{10}|\d{13}", value.strip()):
            return None
        value = int(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = value / 1000 if value >= 1e11 else value
        if 3e8 <= seconds < 4.2e9:  # 1979 to 2103
            # publishing systems count from midnight in China, eight hours before UTC
            return datetime.fromtimestamp(seconds + 8 * 3600, UTC).date()
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
