"""Discover visits the listings of a source and gives the documents they name."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.page import PageRequest
from schemas.record import Warn
from tasks.answer import accept
from tasks.bench import Web
from tasks.discover.links import Link, find_links
from tasks.discover.sources import Listing, SourceFile
from tasks.errors import GongbaoError, Misconfigured
from tasks.text.charset import decode
from tasks.text.ids import document_id_of


@dataclass(frozen=True)
class Discovery:
    """What one visit found.

    Attributes:
        source: the source's name.
        links: documents, in the order of the listings, each once.
        warnings: ``few_links``, ``many_links``: a listing gives less or more than it should.
        faults: one error for each listing page that gave nothing; the others are not held up by it.
    """

    source: str
    links: tuple[Link, ...]
    warnings: tuple[Warn, ...]
    faults: tuple[GongbaoError, ...]


def discover(source: SourceFile, web: Web) -> Discovery:
    """Visit all listings of a source.

    Args:
        source: what to visit.
        web: fetches one address; it keeps the pace.

    Raises:
        Misconfigured: a person must mend something first; no other error ends the visit.
    """
    links: dict[str, Link] = {}
    warnings: list[Warn] = []
    faults: list[GongbaoError] = []
    for listing in source.listings:
        found, fault = _visit(listing, source, web)
        links.update({url: link for url, link in found.items() if url not in links})
        if fault is not None:
            faults.append(fault)
        else:
            warnings.extend(_counted(listing, source, len(found)))
    return Discovery(source.name, tuple(links.values()), tuple(warnings), tuple(faults))


def _visit(listing: Listing, source: SourceFile, web: Web) -> tuple[dict[str, Link], GongbaoError | None]:
    """The links of all pages of a listing, up to the first page that fails."""
    links: dict[str, Link] = {}
    for address in listing.addresses():
        try:
            page = links_at(address, source, web)
        except Misconfigured:
            raise
        except GongbaoError as error:
            # the list may have become shorter than `pages` says; its first page must be there
            ended = bool(links) and error.reason in ("not_found", "gone", "no_links")
            return links, None if ended else error
        new = {link.url: link for link in page if link.url not in links}
        if not new:
            break  # behind its last page a site may show the last or the first one again
        links.update(new)
    return links, None


def links_at(address: str, source: SourceFile, web: Web) -> tuple[Link, ...]:
    """The documents that one listing page names.

    Raises:
        Transient, Unprocessable: the page was not to be had, or names none (``no_links``).
    """
    answer = web(PageRequest(document_id=document_id_of(address), url=address, source=source.name))
    accept(answer)
    text = decode(answer.payload, http_label=answer.page.charset_label).text
    return find_links(text, answer.page.final_url, source)


def _counted(listing: Listing, source: SourceFile, number: int) -> tuple[Warn, ...]:
    """A doubt when a listing gives another number of links than it should."""
    least, most = source.expected(listing)
    if least <= number <= most:
        return ()
    code, word = ("few_links", f"at least {least}") if number < least else ("many_links", f"at most {most}")
    why = (
        f"{listing.url} names {number} documents, and {word} are expected; look whether the site was rebuilt, "
        f"or mend expected_links in config/sources/{source.name}.toml"
    )
    return (Warn(code=code, found=listing.url, times=number, why=why),)
