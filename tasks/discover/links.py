"""The links of a listing page that lead to documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urljoin, urlsplit

from tasks.discover.dates import date_in_address
from tasks.discover.rows import Row, read_rows, shortened
from tasks.discover.sources import SourceFile
from tasks.errors import Unprocessable
from tasks.text.ids import canonical_url


@dataclass(frozen=True)
class Link:
    """A document that a listing names.

    Attributes:
        url: canonical.
        title: as the listing has it, whole where the listing tells the whole; or None.
        published_on: the date beside it, else that in the address, or None.
    """

    url: str
    title: str | None
    published_on: date | None


def find_links(listing: str, base_url: str, source: SourceFile) -> tuple[Link, ...]:
    """The documents that one page of a listing names, in its order, each once.

    Args:
        listing: the decoded page: HTML, XML or JSON.
        base_url: where it was found, after redirects.
        source: whose listing it is; its patterns decide which links count.

    Raises:
        Unprocessable: no_links. A list that names nothing is news: the site was rebuilt, or a
            script fills the page.
    """
    rows, base = read_rows(listing, base_url)
    rows = _without_strays(rows)
    own = {canonical_url(address) for each in source.listings for address in each.addresses()}
    own.add(canonical_url(base_url))
    hosts = source.hosts() | {urlsplit(base_url).hostname or ""}
    links: dict[str, Link] = {}
    for each in rows:
        url = _resolved(each.href, base)
        if url is None or url in own or not _same_site(url, hosts) or not _counts(url, each, source):
            continue
        link = Link(url, each.title or None, each.day or date_in_address(url))
        links[url] = _merged(links[url], link) if url in links else link
    if source.titles:
        links = {u: k for u, k in links.items() if any(re.search(p, k.title or "") for p in source.titles)}
    if not links:
        raise Unprocessable("no_links", _why_none(base_url, source, len(rows)))
    return tuple(links.values())


def _without_strays(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Where rows of a list have dates, a single dated link elsewhere is 今天是… beside a login."""
    shapes = Counter(each.shape for each in rows if each.dated)
    if max(shapes.values(), default=0) < _SOME_ROWS:
        return rows
    return tuple(replace(each, dated=each.dated and shapes[each.shape] > 1) for each in rows)


#: from so many rows on a list is known as one
_SOME_ROWS = 3


def _why_none(url: str, source: SourceFile, number: int) -> str:
    if not number:
        return (
            f"{url} holds no links at all; if a script fills it, find the address of its data in a browser "
            f"and put that into config/sources/{source.name}.toml"
        )
    return (
        f"none of the {number} links of {url} leads to a document; look at the page, and at include, exclude "
        f"and titles in config/sources/{source.name}.toml"
    )


#: Addresses of documents in the families of publishing systems: TRS, 大汉, UCAP, gkmlpt, 龙讯, 博达, 无锡.
_DOCUMENT = re.compile(
    r"/t(?:19|20)\d{6}_\d+\.s?html?$"
    r"|/art(?:icle)?/(?:\d{4}/\d{1,2}/\d{1,2}/)?art_[\w]+\.html?$"
    r"|/content[_/](?:\d+|post_\d+)\.s?html?$|/content/(?:[\w/]+/)?post_\d+\.html?$"
    r"|/(?:19|20)\d\d[-/]?\d\d?[-/]\d\d?/[\w-]+\.(?:s?html?|jhtml|jsp|aspx?)$"
    r"|/info/\d+/\d+\.html?$"
    r"|/public/(?:content/)?\d+/\d+\.html?$"
    r"|[?&](?:info|article|doc|content|news|art)_?id=\w+",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|bmp|svg|ico|webp|css|js|mp[34]|flv|apk|exe)$", re.IGNORECASE)


def _counts(url: str, row: Row, source: SourceFile) -> bool:
    if any(re.search(pattern, url) for pattern in source.exclude):
        return False
    if source.include:
        return any(re.search(pattern, url) for pattern in source.include)
    parts = urlsplit(url)
    if parts.path == "/" and not parts.query:
        return False  # another site's front page, however dated
    if _PICTURE.search(parts.path):
        return False
    return (row.dated and bool(row.title)) or bool(_DOCUMENT.search(url) or _FILE.search(parts.path))


def _same_site(url: str, hosts: Iterable[str]) -> bool:
    def bare(host: str) -> str:
        return host.removeprefix("www.")

    return bare(urlsplit(url).hostname or "") in {bare(host) for host in hosts}


def _resolved(href: str, base: str) -> str | None:
    """The canonical address that a browser would go to, or None where a click leads nowhere."""
    href = href.strip()
    if not href or href.startswith("#"):
        return None
    path, mark, query = href.partition("?")
    # browsers take a backslash for a slash, and editors on Windows write it
    try:
        return canonical_url(urljoin(base, path.replace("\\", "/") + mark + query))
    except ValueError:  # javascript:, mailto:, tel:, or nonsense
        return None


def _merged(first: Link, again: Link) -> Link:
    """The same document linked twice: a picture and a title, or a short and a whole title."""
    titles = [title for title in (first.title, again.title) if title]
    whole = [title for title in titles if not shortened(title)]
    return Link(first.url, max(whole or titles, key=len, default=None), first.published_on or again.published_on)
