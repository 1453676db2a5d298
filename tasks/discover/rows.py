"""The rows of a listing: each link with its title and the date beside it.

A listing is HTML (rows of a list or a table), HTML packed into XML records (the dataproxy of 大汉
jcms), or JSON (gkmlpt of 广东, jpaas).  The families differ in their classes and agree in this: a row
holds one link, and beside it a date; navigation holds many links and no dates.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tasks.discover.dates import date_beside, date_of_value


@dataclass(frozen=True)
class Row:
    """A link as it stands there.

    Attributes:
        dated: a date stands beside it, be its year told or not.
        shape: the elements it stands in, innermost first. The rows of a list have one shape.
    """

    href: str
    title: str
    day: date | None
    dated: bool
    shape: tuple[str, ...] = ()


def read_rows(listing: str, base_url: str) -> tuple[tuple[Row, ...], str]:
    """All links of a listing, and the address they are relative to."""
    data = _json(listing)
    if data is not None:
        return tuple(_in_json(data)), base_url
    base = base_url
    found: list[Row] = []
    # records stand in a listing of their own, or in a script element of a page
    records = re.findall(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", listing, re.DOTALL | re.IGNORECASE)
    if not listing.lstrip().startswith("<?xml") or not records:
        tree = LexborHTMLParser(listing)
        given = tree.css_first("base[href]")
        if given is not None:
            with suppress(ValueError):  # a browser passes over a base that is no address
                base = urljoin(base_url, (given.attributes.get("href") or "").strip())
        found += _in_tree(tree)
    for record in records:
        found += _in_tree(LexborHTMLParser(_rooted(record)))
    return tuple(found), base


def _rooted(record: str) -> str:
    """A table row outside of a table would lose its cells."""
    return f"<table>{record}</table>" if re.match(r"\s*<t[rd]\b", record, re.IGNORECASE) else record


def _in_tree(tree: LexborHTMLParser) -> Iterator[Row]:
    for node in tree.css("script, style, noscript"):
        node.decompose()
    anchors = [(anchor, href) for anchor in tree.css("a[href]") if (href := _leads_to(anchor))]
    targets = _targets(anchors)
    for anchor, href in anchors:
        day, dated = date_beside(_beside(_row_of(anchor, targets), anchor, targets))
        inner = [text for text in _texts(anchor) if text.strip()]
        if not dated and len(inner) > 1:
            # a whole card is the link: the date is one of the pieces in it
            day, dated = date_beside(inner)
        yield Row(href, _title_of(anchor, inner), day, dated, _shape(anchor))


def _shape(anchor: LexborNode) -> tuple[str, ...]:
    tags: list[str] = []
    node = anchor.parent
    while node is not None and node.tag != "body" and len(tags) < _CLIMB:
        tags.append(node.tag or "")
        node = node.parent
    return tuple(tags)


def _leads_to(anchor: LexborNode) -> str:
    """The address of a link, or nothing when it only calls a script."""
    href = (anchor.attributes.get("href") or "").strip()
    return "" if href.startswith("#") or href.lower().startswith(("javascript:", "mailto:", "tel:")) else href


#: how far up from a link its row is looked for
_CLIMB = 6


def _targets(anchors: list[tuple[LexborNode, str]]) -> dict[int, set[str]]:
    """For each element some steps above a link: the addresses linked from inside it."""
    targets: dict[int, set[str]] = {}
    for anchor, href in anchors:
        node: LexborNode | None = anchor
        for _ in range(_CLIMB + 1):
            if node is None:
                break
            targets.setdefault(node.mem_id, set()).add(href)
            node = node.parent
    return targets


def _row_of(anchor: LexborNode, targets: dict[int, set[str]]) -> LexborNode:
    """The largest element around a link that holds no other: its row of the list."""
    row = anchor
    for _ in range(_CLIMB):
        above = row.parent
        if above is None or above.tag in ("body", "html") or len(targets.get(above.mem_id, ())) != 1:
            break
        row = above
    return row


def _texts(node: LexborNode) -> Iterator[str]:
    for each in node.traverse(include_text=True):
        if each.tag == "-text":
            yield each.text_content or ""


def _beside(row: LexborNode, anchor: LexborNode, targets: dict[int, set[str]]) -> list[str]:
    """The texts of a row outside of its link; where that is all of the row, the texts up to the next link.

    ``<a>…</a> [2026-01-08]<br>`` is a list without rows, and in ``<dt><a>…</a></dt><dd>2026-01-08</dd>``
    and in tables whose rows hold two links the date stands in the next element.
    """
    inside = {each.mem_id for each in anchor.traverse(include_text=True)}
    own = [
        each.text_content or ""
        for each in row.traverse(include_text=True)
        if each.tag == "-text" and each.mem_id not in inside
    ]
    if any(text.strip() for text in own) and date_beside(own)[1]:
        return own
    before = _dates_come_first(row, targets)
    beside = row.prev if before else row.next
    while beside is not None and beside.tag != "br" and beside.mem_id not in targets:
        own.extend([beside.text_content or ""] if beside.tag == "-text" else _texts(beside))
        beside = beside.prev if before else beside.next
    return own


def _dates_come_first(row: LexborNode, targets: dict[int, set[str]]) -> bool:
    """Whether in this list the date stands before its link: the list then begins with a date."""
    each = row.parent.first_child if row.parent is not None else None
    while each is not None and each.mem_id not in targets:
        if date_beside([each.text_content or ""] if each.tag == "-text" else list(_texts(each)))[1]:
            return True
        each = each.next
    return False


def _title_of(anchor: LexborNode, inner: list[str]) -> str:
    """The whole title: of the attribute where the text is cut short, never the date."""
    shown = [" ".join(text.split()) for text in inner]
    if len(shown) > 1:
        heading = anchor.css_first("h1, h2, h3, h4, h5, h6, strong, .title, .tit, .bt")
        headline = " ".join(heading.text().split()) if heading is not None else ""
        if headline:
            shown = [headline]
        else:
            shown = [text for text in shown if not date_beside([text])[1] and not text.isdigit()]
    text = "".join(shown)
    given = " ".join((anchor.attributes.get("title") or "").split())
    if given and (not text or shortened(text) or len(given) > len(text)) and not re.match(r"https?://", given):
        # some systems put the whole row into the attribute: 标题：… 发布日期：…
        first = re.match(r"(?:文章)?标题[:：]\s*(.+?)\s*(?:作者|发[布表](?:时间|日期|于)|时间|$)", given)
        text = first[1] if first else given
    return html.unescape(text).strip("·•・▪■◆●> ")


def _json(listing: str) -> Any:
    """The data of a JSON or JSONP answer, or None when it is neither."""
    text = listing.strip().removeprefix("\ufeff")
    wrapped = re.fullmatch(r"[\w.$]{1,80}\s*\((.*)\)\s*;?", text, re.DOTALL)
    if wrapped:
        text = wrapped[1].strip()
    if not text.startswith(("{", "[")):
        return None
    try:
        return json.loads(text, strict=False)
    except (json.JSONDecodeError, RecursionError):
        return None


#: Keys of data listings, best first; compared in lower case without underscores.
_URL_KEYS = ("url", "posturl", "docpuburl", "puburl", "linkurl", "infourl", "articleurl", "href", "link", "path")
_TITLE_KEYS = ("title", "doctitle", "infotitle", "articletitle", "name", "infoname", "subject", "headline")
_DATE_KEYS = (
    "publishedon", "publishdate", "publishtime", "displaypublishtime", "pubdate", "pubtime", "docpubtime", "docreltime",
    "releasetime", "firstpublishtime", "date", "time", "datetime", "createtime", "createdate", "created", "createdat",
)  # fmt: skip


def _in_json(data: Any) -> Iterator[Row]:
    """Each object that has an address and a title; and HTML that travels in a text."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            fields = {str(key).lower().replace("_", ""): each for key, each in value.items()}
            href = next((fields[key] for key in _URL_KEYS if _is_address(fields.get(key))), None)
            title = next((fields[key] for key in _TITLE_KEYS if isinstance(fields.get(key), str) and fields[key]), None)
            if href and title:
                days = (date_of_value(fields[key]) for key in _DATE_KEYS if key in fields)
                day = next((each for each in days if each), None)
                yield Row(href, _plain(title), day, day is not None)
            waiting.extend(reversed([each for each in value.values() if isinstance(each, (dict, list, str))]))
        elif isinstance(value, list):
            waiting.extend(reversed([each for each in value if isinstance(each, (dict, list, str))]))
        elif isinstance(value, str) and re.search(r"<a\s", value, re.IGNORECASE):
            yield from _in_tree(LexborHTMLParser(_rooted(value)))


_ADDRESS = re.compile(r"(?:https?:)?//|/\S|\.{0,2}/?[\w%-]+[\w%/.-]*\.\w{3,5}(?:$|\?)")


def _is_address(value: object) -> bool:
    return isinstance(value, str) and bool(_ADDRESS.match(value))


def _plain(title: str) -> str:
    """A title without the mark-up that search results put into it."""
    return " ".join(html.unescape(re.sub(r"<[^>]{0,200}>", "", title)).split())


def shortened(title: str) -> bool:
    """Whether a title was cut to fit its row."""
    return title.endswith(("…", "..", "。。。"))
