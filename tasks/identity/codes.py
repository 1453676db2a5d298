"""Places told by numbers: evidence that a break-in which replaces words leaves alone."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tasks.identity.area_table import AreaTable

_SITE_CODE = re.compile(r"(?<!\d)(\d{6})\d{4}(?!\d)")
#: unified social credit code, GB 32100-2015: registering body, kind, six digits of the place, nine
#: of the organisation, check character. The letters I, O, S, V and Z are not used.
_CREDIT_CODE = re.compile(r"(?<![0-9A-Z])([1-9A-GY][0-9A-HJ-NPQRTUWXY])(\d{6})([0-9A-HJ-NPQRTUWXY]{10})(?![0-9A-Z])")
_CREDIT_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_POLICE_RECORD = re.compile(r"(?<!\d)(\d{6})\d{5,8}(?!\d)")
_ICP = re.compile(r"([\u4e00-\u9fff])\s*ICP", re.IGNORECASE)


def region_of(code: str, table: AreaTable, former: Mapping[int, int]) -> int | None:
    """The place of a six-digit code, today's where it was renamed; the nearest above where unknown."""
    if not (len(code) == 6 and code.isdecimal() and code.isascii()):
        return None
    place = int(code) * 1000
    if place not in table:
        place = former.get(place, place)
    for step in (place, place // 100_000 * 100_000, place // 10_000_000 * 10_000_000):
        if step in table:
            return step
    return None


def site_region(found: str, table: AreaTable, former: Mapping[int, int]) -> int | None:
    """The place in a site code 网站标识码 (ten digits; the first six are the place)."""
    match = _SITE_CODE.search(found)
    return region_of(match[1], table, former) if match else None


def organisation_region(found: str, table: AreaTable, former: Mapping[int, int]) -> int | None:
    """The place in an organisation code at the head of an index number, digits 3 to 8.

    A code whose check character is wrong is still believed when its six digits are a county: index
    numbers are typed by hand, and a wrong digit among the last ten says nothing of the place.
    """
    match = _CREDIT_CODE.search(found.upper())
    if match is None:
        return None
    place = int(match[2]) * 1000
    if not has_valid_check(match[0]) and place not in table and place not in former:
        return None
    return region_of(match[2], table, former)


def has_valid_check(code: str) -> bool:
    """Whether the last character of a unified social credit code fits (GB 32100-2015, 4.6)."""
    total = sum(_CREDIT_DIGITS.index(c) * pow(3, n, 31) for n, c in enumerate(code[:17]))
    return _CREDIT_DIGITS[(31 - total % 31) % 31] == code[17]


def police_region(found: str, table: AreaTable, former: Mapping[int, int]) -> int | None:
    """The place of the police office where the site is on record (公网安备, the first six digits)."""
    match = _POLICE_RECORD.search(found)
    return region_of(match[1], table, former) if match else None


def icp_province(found: str, table: AreaTable, marks: Mapping[str, str]) -> int | None:
    """The province of an ICP record number: 苏ICP备05003616号."""
    match = _ICP.search(found)
    code = marks.get(match[1]) if match else None
    place = int(code) * 10_000_000 if code else None
    return place if place is not None and place in table else None
