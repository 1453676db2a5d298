"""The area that a rank or a share is told in when it is not the document's own: 居全市第一, 占全县的12%.

The areas above a document's own are read from its code (GB/T 2260) and its full name
(江苏省常州市天宁区郑陆镇): each is a beginning of both.
"""

from __future__ import annotations

import re
from functools import cached_property

from schemas.record import Area, AreaEvidence, Level
from tasks.extract.draft import Draft

_AMONG = re.compile("全(?:自治)?(?P<kind>[省市区县州盟旗])(?![年面部力民体长])")
_SHARE_OF = re.compile("占(?:到|了|据)?(?:我们?)?$")
_MUNICIPALITIES = ("11", "12", "31", "50")
_PROVINCE = re.compile("..?.?.?.?.?(?:省|自治区|特别行政区)")
_MUNICIPALITY = re.compile("..市")
_PREFECTURE = re.compile(".+?(?:自治州|地区|市|盟)")
#: of 红旗区 the first two characters are no banner
_COUNTY = re.compile(".+?(?:自治县|自治旗|特区|林区|县|市|区|旗(?!区))")
_LEVELS: dict[Level, int] = {"province": 0, "prefecture": 1, "county": 2, "township": 3}


class Areas:
    """The areas above that of a document."""

    def __init__(self, own: Area | None) -> None:
        self._own = own

    def other(self, draft: Draft) -> Area | None:
        """The area above the document's own that a rank or a share, and no other draft, is told in, or None.

        全市 is the nearest area around whose name ends in 市; it is None when that is the document's own.
        """
        own = self._own
        if own is None:
            return None
        among = _AMONG.search(draft.words)
        if among is None or own.name.endswith(among["kind"]):
            return None
        if draft.measure == "share" and _SHARE_OF.search(draft.words, 0, among.start()) is None:
            return None
        above = next((area for area in self._above if area.name.endswith(among["kind"])), None)
        if above is None:
            return None
        return above.model_copy(update={"evidence": (AreaEvidence(kind="text", found=among[0]),)})

    @cached_property
    def _above(self) -> tuple[Area, ...]:
        """Nearest first; none when the full name cannot be taken apart as the code says."""
        own = self._own
        if own is None or own.level not in _LEVELS:
            return ()
        code, name, found, at = own.code, own.name, list[Area](), 0
        municipality = code[:2] in _MUNICIPALITIES
        steps: tuple[tuple[Level, int, re.Pattern[str]], ...] = (
            ("province", 2, _MUNICIPALITY if municipality else _PROVINCE),
            ("prefecture", 4, _PREFECTURE),
            ("county", 6, _COUNTY),
        )
        for level, digits, pattern in steps:
            if _LEVELS[level] >= _LEVELS[own.level]:
                break
            if level == "prefecture" and (municipality or code[2:4] == "90"):
                continue  # districts of municipalities and counties under their province have none
            match = pattern.match(name, at)
            if match is None or match.end() >= len(name):
                return ()
            at = match.end()
            found.append(Area(code=code[:digits].ljust(6, "0"), name=name[:at], level=level))
        return tuple(reversed(found))
