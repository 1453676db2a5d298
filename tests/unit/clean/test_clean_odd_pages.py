"""Pages built in odd ways give the text that a reader sees as theirs, to the letter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from schemas.document import CleanDocument
from tests.unit.clean.odd_pages import ODD_PAGES, TITLE, OddPage

Clean = Callable[..., CleanDocument]


@pytest.mark.parametrize("page", ODD_PAGES.values(), ids=ODD_PAGES)
def test_an_odd_page_gives_its_text_and_its_block(page: OddPage, clean: Clean) -> None:
    made = clean(page.source)
    assert made.text == page.text
    assert made.title == TITLE
    assert {name: getattr(made.metadata, name) for name in page.metadata} == page.metadata


@pytest.mark.parametrize(
    ("element", "above", "title"),
    [
        ("新闻动态--云泽县青禾镇", "<h5>青禾镇办成七件实事</h5><div>发布时间：2023-10-08</div>", "青禾镇办成七件实事"),
        ("民生要闻--青禾镇办成七件实事", "<div>青禾镇办成七件实事</div><div>2023-10-08</div>", "青禾镇办成七件实事"),
        ("夜雨_青禾诗社", "<h1>夜雨</h1><p>朝代：唐代</p>", "夜雨"),
    ],
)  # fmt: skip
def test_a_title_is_found_where_the_title_element_names_a_column(
    element: str, above: str, title: str, clean: Clean
) -> None:
    body = "<p>截至九月底，全镇十件民生实事已完成七件，惠及群众1.2万人，其余三件年底前完工。</p>" * 3
    assert (
        clean(f"<html><head><title>{element}</title></head><body>{above}<div>{body}</div></body></html>").title == title
    )
