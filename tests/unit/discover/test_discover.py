"""A visit to all listings of a source, on a site that is a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.page import FetchedPage, Http, PageRequest
from tasks.answer import Answer
from tasks.discover import SourceFile, discover
from tasks.errors import Misconfigured, Transient
from tasks.text.ids import document_id_of

SITE = "http://www.qinghe.example"


def site(pages: Mapping[str, object]) -> Callable[[PageRequest], Answer]:
    """A web of these pages: text, bytes, a status, or an error to be raised."""

    def web(request: PageRequest, /) -> Answer:
        page = pages.get(request.url.removeprefix(SITE), 404)
        if isinstance(page, Exception):
            raise page
        status = page if isinstance(page, int) else 200
        payload = page if isinstance(page, bytes) else str(page).encode()
        described = FetchedPage(
            document_id=request.document_id,
            url=request.url,
            final_url=request.url,
            fetched_at=datetime(2026, 11, 25, tzinfo=UTC),
            http=Http(status=status),
            raw="",
            raw_digest="",
            raw_size=0,
            source=request.source,
        )
        return Answer(described, payload)

    return web


def rows(*names: str) -> str:
    return "".join(f"<li><a href='/a/{name}'>报告{name}</a> 2026-01-08</li>" for name in names)


def source(*listings: dict[str, Any], **more: Any) -> SourceFile:
    return SourceFile.model_validate({"name": "qinghe", "title": "清河镇", "listings": listings, **more})


FURTHER = {"url": f"{SITE}/", "further": SITE + "/index_{page}.html", "pages": [1, 3]}


def names(found: Any) -> list[str]:
    return [link.url.rpartition("/")[2] for link in found.links]


def test_all_pages_of_all_listings_are_visited_and_each_document_named_once() -> None:
    other = {"url": f"{SITE}/other"}
    pages = {f"/index_{number}.html": rows(str(number + 2)) for number in (1, 2, 3)}
    pages |= {"/": rows("1", "2"), "/other": rows("2", "6")}
    found = discover(source(FURTHER, other), site(pages))
    assert names(found) == ["1", "2", "3", "4", "5", "6"]
    assert (found.warnings, found.faults) == ((), ())


def test_a_listing_is_asked_for_in_the_name_of_its_source() -> None:
    asked: list[PageRequest] = []

    def web(request: PageRequest, /) -> Answer:
        asked.append(request)
        return site({"/": rows("1")})(request)

    discover(source({"url": f"{SITE}/"}), web)
    assert asked == [PageRequest(document_id=document_id_of(f"{SITE}/"), url=f"{SITE}/", source="qinghe")]


@pytest.mark.parametrize("after", [404, "<p>no links</p>", rows("2", "1"), 410])
def test_a_list_may_be_shorter_than_its_pages_say(after: object) -> None:
    """Behind its last page a site shows an error, nothing, or the last page again."""
    pages = {"/": rows("1"), "/index_1.html": rows("2"), "/index_2.html": after, "/index_3.html": rows("never")}
    found = discover(source(FURTHER), site(pages))
    assert names(found) == ["1", "2"]
    assert found.faults == ()


def test_a_listing_that_fails_holds_up_no_other() -> None:
    down = Transient("timed_out", f"{SITE}/ sends nothing for 30 s; try again later")
    pages = {"/": down, "/empty": "<p></p>", "/gone": 404, "/good": rows("1")}
    found = discover(source(*({"url": SITE + path} for path in pages)), site(pages))
    assert names(found) == ["1"]
    assert [fault.reason for fault in found.faults] == ["timed_out", "no_links", "not_found"]


def test_what_was_found_before_a_page_failed_is_kept() -> None:
    pages = {"/": rows("1"), "/index_1.html": 503, "/index_2.html": rows("2")}
    found = discover(source(FURTHER), site(pages))
    assert names(found) == ["1"]
    assert [fault.reason for fault in found.faults] == ["server_error"]


def test_a_mistake_in_the_settings_stops_the_visit() -> None:
    with pytest.raises(Misconfigured):
        discover(source({"url": f"{SITE}/"}), site({"/": Misconfigured("no_proxy", "mend the proxy")}))


@pytest.mark.parametrize(
    ("expected", "code"), [([1, 3], None), ([2, 2], None), ([3, 9], "few_links"), ([0, 1], "many_links")]
)
def test_an_unexpected_number_of_links_is_a_doubt(expected: list[int], code: str | None) -> None:
    found = discover(source({"url": f"{SITE}/"}, expected_links=expected), site({"/": rows("1", "2")}))
    assert [warning.code for warning in found.warnings] == ([code] if code else [])
    assert all(warning.times == 2 and "2 documents" in (warning.why or "") for warning in found.warnings)


def test_a_listings_own_expectation_goes_before_that_of_the_source() -> None:
    listing = {"url": f"{SITE}/", "expected_links": [1, 9]}
    assert discover(source(listing, expected_links=[5, 9]), site({"/": rows("1")})).warnings == ()


def test_a_listing_in_gb2312_is_decoded() -> None:
    page = f"<meta charset=gb2312>{rows('1')}".encode("gb18030")
    assert discover(source({"url": f"{SITE}/"}), site({"/": page})).links[0].title == "报告1"
