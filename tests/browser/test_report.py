"""The report pages in a real browser, opened from disk without a network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from schemas.record import Warn
from tests.conftest import missing
from tests.fixtures.records import record
from workers.report import write_pages

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=\"document.title='broken into'\"><script>document.title='broken into'</script>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        missing("Chromium")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page that may not fetch anything; whatever goes wrong in it fails the test."""
    write_pages(
        [
            record(),
            record(
                "http://www.zheqiao.example/2",
                title=HOSTILE,
                area=None,
                warnings=(Warn(code="missing_text", found=HOSTILE, why=HOSTILE),),
            ),
        ],
        tmp_path,
    )
    context = browser.new_context(viewport={"width": 1300, "height": 850}, offline=True)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("request", lambda request: None if request.url.startswith("file:") else faults.append(request.url))
    opened.goto((tmp_path / "index.html").as_uri())
    yield opened
    context.close()
    assert faults == []


def _open_report(page: Page) -> None:
    page.get_by_role("link", name="苇泾镇2022年度政府工作报告").click()
    page.wait_for_selector(".text mark")


def test_the_index_leads_to_documents_and_filters(page: Page) -> None:
    """Words narrow the list; a click opens the document."""
    rows = page.locator("#list tbody tr:visible")
    assert rows.count() == 2
    page.fill("#words", "江阴市")
    assert rows.count() == 1
    assert page.inner_text("#found") == "1 of 2"
    _open_report(page)
    assert page.inner_text("h1") == "苇泾镇2022年度政府工作报告"
    assert page.locator(".warn").first.is_visible()


def test_hovering_over_a_value_shows_its_record(page: Page) -> None:
    """Name, exact value, status and record id, and the name in the text lights up."""
    _open_report(page)
    card = page.locator("#card")
    assert not card.is_visible()
    page.hover("mark >> text=213.6亿元")
    assert card.is_visible()
    told = card.inner_text()
    assert "规上工业总产值" in told
    assert "21\u202f360\u202f000\u202f000 元" in told
    assert "actual" in told
    assert page.locator(".text .name.on").inner_text() == "规上工业总产值"
    assert page.locator("#list tr.on").count() == 1
    box = card.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1300
    page.hover("h1")
    assert not card.is_visible()


def test_a_row_leads_to_its_place_in_the_text_and_escape_lets_go(page: Page) -> None:
    """Table and text are two ways to the same record."""
    _open_report(page)
    page.click("#list tbody tr:has-text('8%以上')")
    assert page.locator("mark.on").inner_text() == "8%以上"
    assert "pinned" in str(page.get_attribute("#card", "class"))
    page.keyboard.press("Escape")
    assert not page.locator("#card").is_visible()
    assert page.locator(".on").count() == 0


def test_values_are_coloured_by_measure_and_status(page: Page) -> None:
    """A rate differs from an amount, a target from what is done."""
    _open_report(page)

    def look(text: str) -> tuple[str, str]:
        script = "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).outlineStyle]"
        found = page.locator(f"mark >> text={text}").first.evaluate(script)
        return found[0], found[1]

    amount, rate, target = look("213.6亿元"), look("7.2%"), look("8%以上")
    assert amount[0] != rate[0]
    assert (rate[1], target[1]) == ("none", "dashed")


def test_filters_narrow_table_and_text_together(page: Page) -> None:
    """What is filtered away fades in the text."""
    _open_report(page)
    page.click(".chip:has-text('change rate')")
    assert page.locator("#list tbody tr:visible").count() == 2
    assert page.inner_text("#found") == "2 of 5"
    assert page.locator("mark.dim").count() == 3
    page.click(".chip:has-text('target')")
    assert page.locator("#list tbody tr:visible").count() == 1
    page.click(".chip:has-text('change rate')")
    page.click(".chip:has-text('target')")
    page.fill("#words", "财政")
    assert page.locator("#list tbody tr:visible td").first.inner_text() == "财政收入"


def test_the_table_sorts_by_exact_value(page: Page) -> None:
    """Numbers sort as numbers."""
    _open_report(page)
    page.click("#list th:has-text('value')")
    values = page.locator("#list tbody td[data-value]:nth-child(3)").evaluate_all("l => l.map(e => +e.dataset.value)")
    assert values == sorted(values)
    page.click("#list th:has-text('value')")
    again = page.locator("#list tbody td[data-value]:nth-child(3)").evaluate_all("l => l.map(e => +e.dataset.value)")
    assert again == sorted(values, reverse=True)


def test_a_hostile_page_is_shown_and_not_run(page: Page) -> None:
    """Its title is text, wherever it stands."""
    page.locator("#list a", has_text="<img").click()
    page.wait_for_selector(".text mark")
    assert page.inner_text("h1") == HOSTILE
    page.hover("mark >> nth=0")
    assert page.title() != "broken into"
    assert page.locator("img").count() == 0


def test_a_narrow_window_shows_the_table_below(page: Page) -> None:
    """Nothing is cut off on a small screen."""
    _open_report(page)
    page.set_viewport_size({"width": 420, "height": 800})
    text, panel = page.locator("article").bounding_box(), page.locator(".panel").bounding_box()
    assert text
    assert panel
    assert panel["y"] >= text["y"] + text["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
