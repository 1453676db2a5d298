"""Files that a page links to: by their ending, and by the addresses CMSs give to downloads."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from schemas.record import Attachment
from tasks.clean.attributes import attribute
from tasks.clean.outline import Outline
from tasks.text.ids import canonical_url, document_id_of

_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "wps": "application/vnd.ms-works",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "et": "application/vnd.ms-excel",
    "ofd": "application/ofd",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv",
    "rtf": "application/rtf",
}
_ENDING = re.compile(rf"(?i)\.({'|'.join(_MEDIA_TYPES)})(?=$|[?#&;\"'\s])")
#: Addresses of downloads without a telling ending: jcms, 博达 Vsb, TRS and ASP systems.
_DOWNLOAD = re.compile(
    r"(?i)/module/download/|/download\.(?:jsp|do|aspx?|php|action)|/down(?:load)?file|downloadattach|/attach(?:ment)?/download"
    r"|[?&](?:attachment_?id|fileid|attachid|wbfileid)=|/uploadfile\.|/virtual_attach_file\.vsb|/api/file/download"
)
#: Chinese names that stand in the link text show a file as well: 附件1.pdf
_NAME_ENDING = re.compile(rf"(?i)\.({'|'.join(_MEDIA_TYPES)})\s*[)）】\]]?\s*$")
_MOST = 200
_LINKING = frozenset(spelling for name in ("a", "iframe", "embed", "object") for spelling in (name, name.upper()))
#: 博达 and others show a file in a viewer: /pdfjs/web/viewer.html?file=/upload/a.pdf
_VIEWED = re.compile(r"[?&](?:file|pdfurl|url|src)=([^&#]+)")


def attachments_of(page: Outline, base: str, first_tag: int, last_tag: int) -> tuple[Attachment, ...]:
    """Files linked from the tags ``first_tag`` to ``last_tag``, each once, in the order of the page.

    Args:
        page: the outline.
        base: address of the page; relative links are of it.
        first_tag, last_tag: where to look.
    """
    names, rests, texts = page.markup.names, page.markup.rests, page.markup.texts
    made: dict[str, Attachment] = {}
    begin = max(0, first_tag)
    for tag, tag_name in enumerate(names[begin : max(begin, last_tag)], begin):
        if tag_name not in _LINKING or len(made) >= _MOST:
            continue
        rest = rests[tag]
        if tag_name not in ("a", "A"):
            shown = _shown(rest, tag_name.lower(), base)
            if shown is not None and shown.url not in made:
                made[shown.url] = shown
            continue
        if "=" not in rest or len(rest) > 4000:
            continue
        if "." not in texts[tag + 1] and not _may_be_file(rest.lower()):
            continue
        href = attribute(rest, "href")
        if not href or href.startswith("#") or href[:11].lower() == "javascript:":
            continue
        ending = _ENDING.search(href)
        name = None
        if ending is None:
            name = _link_text(texts, names, tag)
            ending = _NAME_ENDING.search(name)
            if ending is None and not _DOWNLOAD.search(href):
                continue
        address = absolute(href, base)
        if address is None or address in made:
            continue
        text = name if name is not None else _link_text(texts, names, tag)
        label = text or attribute(rest, "title") or unquote(urlsplit(address).path.rpartition("/")[2]) or None
        made[address] = Attachment(
            url=address,
            media_type=_MEDIA_TYPES[ending[1].lower()] if ending else None,
            name=label,
            document_id=document_id_of(address),
        )
    return tuple(made.values())


def _shown(rest: str, name: str, base: str) -> Attachment | None:
    """The file that a page shows in a frame: by its address, or as what a viewer of pdf.js is told to open."""
    if len(rest) > 4000 or not _may_be_file(rest.lower()):
        return None
    href = attribute(rest, "data" if name == "object" else "src") or ""
    viewer = _VIEWED.search(href)
    if viewer is not None:
        href = unquote(viewer[1])
    ending = _ENDING.search(href)
    address = absolute(href, base) if ending is not None else None
    if ending is None or address is None:
        return None
    label = attribute(rest, "title") or unquote(urlsplit(address).path.rpartition("/")[2]) or None
    media_type = _MEDIA_TYPES[ending[1].lower()]
    return Attachment(url=address, media_type=media_type, name=label, document_id=document_id_of(address))


def _may_be_file(low: str) -> bool:
    """Whether the attributes of a link, in lower case, hold any sign of a file: a quick look before the exact one."""
    return (
        "down" in low or "file" in low or "attach" in low or ".pdf" in low or ".doc" in low or ".xls" in low
        or ".wps" in low or ".ofd" in low or ".zip" in low or ".rar" in low or ".et" in low or ".ppt" in low
        or ".csv" in low or ".rtf" in low
    )  # fmt: skip


def absolute(href: str, base: str) -> str | None:
    """The address a link leads to, or None when it must not be followed.

    A page from the web never leads to a local file, and a local page only to files of its own folder.
    """
    try:
        address = canonical_url(urljoin(base, href.strip()))
        here = canonical_url(base)
    except ValueError:
        return None
    if address.startswith("file:"):
        folder = here.rpartition("/")[0] + "/"
        plain = unquote(address)
        inside = here.startswith("file:") and plain.startswith(unquote(folder)) and "/../" not in plain
        return address if inside and address != here else None
    return address if address != here else None


def _link_text(texts: list[str], names: list[str], tag: int) -> str:
    """Text up to the end of the link."""
    parts = []
    for n in range(tag + 1, min(tag + 40, len(texts))):
        parts.append(texts[n])
        if n < len(names) and names[n] in ("/a", "/A"):
            break
    return " ".join(unescape("".join(parts)).split())
