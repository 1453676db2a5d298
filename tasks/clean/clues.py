"""Evidence for the place a page is of: codes and names that stand in its foot, block and head."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from schemas.document import Clue
from schemas.record import Metadata

_SITE_CODE = re.compile(r"网站标识码\s*[:：]?\s*([0-9A-Za-z]{10})(?![0-9A-Za-z])")
_POLICE = re.compile(
    r"([\u4e00-\u9fff]?公网安备\s*(?:号)?\s*[:：]?\s*(\d{11,14})\s*号?)|(?:公安(?:部|机关)?(?:网站)?备案(?:序)?号?|网安备)\s*[:：]?\s*(?:[\u4e00-\u9fff]?公网安备)?\s*(\d{11,14})"
)
_ICP = re.compile(r"[\u4e00-\u9fff]\s*ICP\s*[备证]\s*\d{6,10}号?(?:-\d+)?")


def _places(word: str, text: str) -> list[int]:
    """Where a word stands, at most fifty times."""
    made: list[int] = []
    at = text.find(word)
    while at >= 0 and len(made) < 50:
        made.append(at)
        at = text.find(word, at + 1)
    return made


def clues_of(
    *, foot: str, site_code: str | None, site_name: str | None, title: str | None, metadata: Metadata, url: str
) -> tuple[Clue, ...]:
    """The clues of one page, surest first, none twice.

    Args:
        foot: text of the page outside its body.
        site_code, site_name: of the meta tags.
        title, metadata: as read.
        url: where the page was fetched.
    """
    made: dict[tuple[str, str], None] = {}

    def add(kind: str, found: str | None) -> None:
        if found and (bare := found.strip()):
            made[kind, bare] = None

    add("site_code", site_code)
    if "标识码" in foot:
        for found in _SITE_CODE.finditer(foot):
            add("site_code", found[1])
    for at in _places("安", foot):
        police = _POLICE.search(foot, max(0, at - 3), at + 50)
        if police is not None:
            add("police_record", police[2] or police[3])
    for at in _places("ICP", foot):
        icp = _ICP.search(foot, max(0, at - 3), at + 30)
        if icp is not None:
            add("icp", "".join(icp[0].split()))
    add("index_number", metadata.index_number)
    add("publisher", metadata.publisher)
    add("publisher", site_name)
    add("title", title)
    parts = urlsplit(url)
    if parts.scheme in ("http", "https") and parts.hostname:
        add("host", parts.hostname)
    return tuple(Clue(kind=kind, found=found) for kind, found in made)
