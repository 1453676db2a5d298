"""Report pages: every character once, every record at its place, nothing of a page is ever run."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.record import Metadata, Repair, Script, Warn
from tests.fixtures.records import TEXT, indicator, record
from workers.report import write_pages
from workers.report.charts import Bar, columns, diverging_bars, stacked
from workers.report.highlight import Block, Piece, blocks_of
from workers.report.pages import Pages, _grouped

URL = "http://www.weijing.example/art/2023/1.html"
HOSTILE = "\"><script>alert('x')</script><img src=x onerror=alert(1)>&amp;"


def pieces(blocks: list[Block]) -> list[Piece]:
    """All pieces in reading order."""
    return [p for block in blocks for p in (*block.pieces, *(p for row in block.rows for cell in row for p in cell))]


class Tags(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_blocks_hold_the_whole_text_once() -> None:
    """Nothing is lost and nothing doubled by cutting."""
    assert "".join(piece.text for piece in pieces(blocks_of(record()))) == re.sub(r"[\n\t]", "", TEXT)


def test_a_value_and_its_name_know_their_record() -> None:
    """One name may be of two numbers."""
    found = pieces(blocks_of(record()))
    value = next(piece for piece in found if piece.text == "213.6亿元")
    name = next(piece for piece in found if piece.text == "规上工业总产值")
    assert value.values == (0,)
    assert set(name.names) == {0, 1}


def test_lines_with_tabs_are_a_table_and_headings_are_headings() -> None:
    """Tables and titles are shown as what they are."""
    kinds = [(block.kind, block.level, len(block.rows)) for block in blocks_of(record())]
    assert kinds == [
        ("paragraph", 0, 0),
        ("heading", 1, 0),
        ("paragraph", 0, 0),
        ("table", 0, 2),
        ("heading", 1, 0),
        ("paragraph", 0, 0),
    ]
    assert [block.part for block in blocks_of(record())] == [
        "preamble", "review", "review", "review", "plan", "plan",
    ]  # fmt: skip


def test_a_value_within_a_name_is_the_nearer_one() -> None:
    """26个项目完成投资: the number stands inside the name of another."""
    outer = indicator(TEXT, URL, "9家", "新增规上工业企业9家", value="9")
    found = pieces(blocks_of(record(indicators=(outer,))))
    piece = next(piece for piece in found if piece.text == "9家")
    assert (piece.values, piece.names) == ((0,), (0,))


@settings(max_examples=60)
@given(st.text("一二\n\t。a<&1", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)), max_size=6))
def test_any_text_with_any_spans_is_cut_without_loss(text: str, spans: list[tuple[int, int]]) -> None:
    """Spans may overlap, nest, and end where others begin."""
    text = f"一、{text}9家"
    made = []
    for wanted, length in spans:
        start = min(wanted, len(text) - 1)
        evidence = indicator(text, URL, "9家", "无").evidence.evolve(start=start, end=min(start + length, len(text)))
        made.append(indicator(text, URL, "9家", "无").evolve(evidence=evidence))
    cut = pieces(blocks_of(record(text=text, indicators=tuple(made))))
    lines = [line for line in text.split("\n") if "\t" in line or line.strip()]
    assert "".join(piece.text for piece in cut) == "".join(lines).replace("\t", "")


def test_nothing_of_a_page_is_run(tmp_path: Path) -> None:
    """A hostile page's title, text, names and metadata are shown, never carried out."""
    text = f"一、{HOSTILE}\n新增{HOSTILE}9家。二、"
    found = indicator(text, URL, "9家", "新增", value="9", unit=HOSTILE, subject=HOSTILE, compared_with=HOSTILE)
    evil = record(
        text=text,
        title=HOSTILE,
        indicators=(found.evolve(name=HOSTILE),),
        metadata=Metadata(publisher=HOSTILE, summary=HOSTILE),
        warnings=(Warn(code=HOSTILE, found=HOSTILE, likely=HOSTILE, why=HOSTILE),),
        script=Script(
            found="mixed", repairs=(Repair(start=3, end=6, found=HOSTILE, restored=text[3:6], confidence=0.5),)
        ),
    )
    write_pages([evil], tmp_path)
    for path in tmp_path.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        tags = Tags(page).tags
        ours = [attributes for tag, attributes in tags if tag == "script"]
        assert ours in ([{}], [{"type": "application/json", "id": "cards"}, {}])
        assert not [tag for tag, _ in tags if tag in ("img", "iframe", "object", "link")]
        assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
        assert any("script-src 'sha256-" in str(attributes.get("content")) for tag, attributes in tags if tag == "meta")
    (document,) = (tmp_path / "documents").iterdir()
    page = Tags(document.read_text(encoding="utf-8"))
    (cards,) = (json.loads(t) for t in page.text if t.lstrip().startswith('[{"name"'))
    assert cards[0]["name"] == HOSTILE
    assert HOSTILE in "".join(page.text)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:alert(1)"])
def test_only_an_address_a_browser_may_follow_is_a_link(url: str) -> None:
    """The source is linked when it is a page or a file."""
    tags = Tags(Pages().document(record().evolve(url=url))).tags
    assert [a["href"] for tag, a in tags if tag == "a" and not str(a["href"]).startswith(("#", ".."))] == []


def test_a_page_needs_no_network(tmp_path: Path) -> None:
    """Styles, script and charts are inside; nothing is fetched."""
    write_pages([record()], tmp_path)
    for path in tmp_path.rglob("*.html"):
        tags = Tags(path.read_text(encoding="utf-8")).tags
        assert not [a for _, a in tags if "src" in a]
        assert not re.search(r"url\(|@import", path.read_text(encoding="utf-8"))


def test_the_index_counts_what_there_is(tmp_path: Path) -> None:
    """Documents, indicators, codes and warnings at a glance, each with its page."""
    assert write_pages([record(), record("http://x.example/2", title=None, area=None)], tmp_path) == 2
    page = Tags((tmp_path / "index.html").read_text(encoding="utf-8"))
    words = " ".join(" ".join(page.text).split())
    assert "2 documents 10 indicators 6 with a canonical code 1 places 2 documents with warnings" in words
    links = [str(a["href"]) for tag, a in page.tags if tag == "a"]
    assert all((tmp_path / link).is_file() for link in links)
    assert len(links) == 2


def test_warnings_stand_on_top(tmp_path: Path) -> None:
    """A reader meets the doubt before the numbers."""
    page = Pages().document(record())
    assert page.index("two dates are given") < page.index('class="text"')


def test_nothing_to_show_writes_nothing(tmp_path: Path) -> None:
    """An empty filter leaves no page behind."""
    assert write_pages([], tmp_path) == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("14750000000", "14\u202f750\u202f000\u202f000"),
        ("-4.86", "−4.86"),
        ("0.5", "0.5"),
        ("1234.5678", "1\u202f234.5678"),
    ],
)
def test_digits_are_grouped_and_none_is_lost(value: str, shown: str) -> None:
    """Large amounts are read in groups of three."""
    assert _grouped(value) == shown


def test_charts_escape_their_labels_and_reach_both_ways() -> None:
    """A fall points to the left of the zero line."""
    chart = diverging_bars([Bar("<b>升</b>", 5.0, "5%"), Bar("降", -5.0, "-5%", record=3)])
    assert "<b>" not in chart
    bars = [(float(x), float(w)) for x, w in re.findall(r'<rect x="([\d.]+)" y="\d+" width="([\d.]+)"', chart)]
    assert bars[0][0] == pytest.approx(bars[1][0] + bars[1][1], abs=0.2)
    assert 'data-r="3"' in chart
    assert columns([Bar("2020", 0.0, "0")]).count("<rect") == 1
    assert stacked([("m-level", 0), ("m-share", 2)], most=4).count("<rect") == 1


def test_years_under_many_columns_do_not_run_into_one_another() -> None:
    for number in range(1, 17):
        drawn = str(columns([Bar(str(2000 + n), 1.0, "1") for n in range(number)]))
        places = [float(x) for x in re.findall(r'<text x="([\d.]+)" y="\d+" class="label">\d{4}<', drawn)]
        assert places
        assert all(later - earlier >= 36 for earlier, later in pairwise(places))
        assert drawn.count("<title>") == number
