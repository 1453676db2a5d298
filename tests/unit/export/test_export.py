"""Records leave the database as JSON lines, as a panel, and as a web archive."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from schemas.record import Area, DocumentRecord, Period
from tasks.errors import Transient
from tasks.text.ids import digest_of
from tasks.warc import warc_record
from tests.fixtures.records import TEXT, indicator, record
from tests.made import page
from workers.commands.export import _of_panel
from workers.export import (
    COLUMNS,
    panel_rows,
    said_once,
    write_csv,
    write_jsonl,
    write_parquet,
    write_warc,
    write_xlsx,
    written_whole,
)

URL = "http://www.weijing.example/art/2023/1.html"


def as_csv(*records: DocumentRecord) -> list[dict[str, str]]:
    out = io.BytesIO()
    write_csv((row for one in records for row in panel_rows(one)), out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def test_a_json_line_is_the_document_record_itself() -> None:
    """What is exported is the public record, whole."""
    out = io.BytesIO()
    write_jsonl([record(), record("http://x.example/2")], out)
    lines = out.getvalue().splitlines()
    assert [json.loads(line)["url"] for line in lines] == [URL, "http://x.example/2"]
    assert DocumentRecord.from_bytes(lines[0]) == record()


def test_a_figure_of_page_and_attached_file_has_one_row() -> None:
    """Pages show a report and attach the same as a file: only what the file alone says is added."""
    page = record()
    attached = record("http://x.example/a.docx", attached_to=page.document_id)
    assert said_once(attached, page).indicators == ()
    changed = attached.indicators[0].evolve(value="1", value_text="1元")
    more = attached.evolve(indicators=(*attached.indicators, changed))
    assert said_once(more, page).indicators == (changed,)


@pytest.mark.parametrize(("chosen", "left"), [(("page", "file"), 0), (("file",), 1)])
def test_figures_are_left_to_the_page_only_where_the_page_is_exported(chosen: tuple[str, ...], left: int) -> None:
    """A file exported alone keeps what its page states as well: nothing is lost."""
    page = record()
    attached = record("http://x.example/a.docx", attached_to=page.document_id)
    ids = [page.document_id if one == "page" else attached.document_id for one in chosen]
    wanted = SimpleNamespace(document_ids=lambda _: ids, wants_document=lambda _: True)
    assembly = SimpleNamespace(engine=None, records=SimpleNamespace(read=lambda _: page))
    (made,) = _of_panel([attached], wanted, assembly)
    assert len(made.indicators) == left * len(attached.indicators)


def test_the_panel_has_one_row_an_indicator_with_place_year_and_sentence() -> None:
    """A row stands by itself: whoever has it needs no other table."""
    first, *_, last = panel_rows(record())
    assert (first["area_code"], first["area_name"], first["year"]) == ("320281", "江苏省无锡市江阴市", 2022)
    assert (first["name"], first["value"], first["unit"]) == ("规上工业总产值", "21360000000", "元")
    assert first["sentence"] == "全年完成规上工业总产值213.6亿元，增长7.2%。"
    assert (last["year"], last["status"], last["part"]) == (2023, "target", "plan")
    assert list(first) == list(COLUMNS)


def test_an_indicator_of_another_place_is_a_row_of_that_place() -> None:
    """全市第一 says something of the city, not of the town."""
    other = Area(code="3202", name="江苏省无锡市", level="prefecture")
    found = indicator(TEXT, URL, "9家", "新增规上工业企业", value="9", unit="家", area=other)
    (row,) = panel_rows(record(indicators=(found,)))
    assert (row["area_code"], row["area_level"]) == ("3202", "prefecture")


@pytest.mark.parametrize(
    ("period", "year"),
    [
        (Period.years(2020), 2020),
        (Period(start="2020-01-01", end="2020-06-30"), 2020),
        (Period.years(2016, 2020), None),
    ],
)
def test_the_year_is_told_only_of_a_period_within_one(period: Period, year: int | None) -> None:
    """Five years are no year."""
    found = indicator(TEXT, URL, "9家", "新增规上工业企业", period=period)
    (row,) = panel_rows(record(indicators=(found,)))
    assert row["year"] == year
    assert (row["period_start"], row["period_end"]) == (period.start, period.end)


def test_a_csv_opens_in_excel_with_its_characters() -> None:
    """Excel reads a file without the mark in the charset of the machine."""
    out = io.BytesIO()
    write_csv(panel_rows(record()), out)
    assert out.getvalue().startswith(b"\xef\xbb\xbfarea_code,")
    assert not out.closed


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x")', "+1", "-a", "@SUM(A1)", "\t=1", "＝1+1"])
def test_a_name_that_reads_as_a_formula_is_text_in_csv(name: str) -> None:
    """A page must not run anything in the spreadsheet of whoever opens the panel."""
    (row,) = as_csv(record(indicators=(indicator(TEXT, URL, "9家", "新增", value="-9").evolve(name=name),)))
    assert row["name"] == f"'{name}"
    assert row["value"] == "-9"


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40))
def test_any_title_comes_back_from_csv(title: str) -> None:
    """Quotes, commas and line feeds in a field are its own."""
    rows = as_csv(record(title=title))
    assert {row["title"].removeprefix("'") for row in rows} == {title.removeprefix("'")}


def test_parquet_is_typed_and_its_values_are_exact() -> None:
    """A decimal is kept as written, beside a double for arithmetic."""
    exact = "12345678901234567890.123456789"
    found = indicator(TEXT, URL, "9家", "新增规上工业企业", value=exact, unit="元")
    out = io.BytesIO()
    write_parquet(panel_rows(record(indicators=(found,))), out)
    table = pq.read_table(io.BytesIO(out.getvalue()))
    assert table.column_names == list(COLUMNS)
    row = table.to_pylist()[0]
    assert Decimal(row["value"]) == Decimal(exact)
    assert row["number"] == float(exact)
    assert row["period_start"].isoformat() == "2022-01-01"
    assert str(table.schema.field("year").type) == "int16"


def test_parquet_is_written_in_batches() -> None:
    """Memory does not grow with the panel."""
    out = io.BytesIO()
    write_parquet((row for _ in range(7) for row in panel_rows(record())), out, batch=10)
    file = pq.ParquetFile(io.BytesIO(out.getvalue()))
    assert file.metadata.num_rows == 35
    assert file.metadata.num_row_groups >= 3


def test_an_empty_panel_still_has_its_columns() -> None:
    """A filter that meets nothing gives an empty table, not a broken file."""
    out = io.BytesIO()
    write_parquet([], out)
    assert pq.read_table(io.BytesIO(out.getvalue())).column_names == list(COLUMNS)
    assert as_csv() == []


def test_a_workbook_has_numbers_as_numbers_and_no_formula() -> None:
    """Text that looks like a formula or a link stays text."""
    evil = record(title='=cmd|"/c calc"!A1', indicators=(indicator(TEXT, URL, "9家", "新增", value="9", unit="家"),))
    out = io.BytesIO()
    write_xlsx([evil], out)
    book = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    assert book.sheetnames == ["indicators", "documents"]
    heading, row = (list(line) for line in book["indicators"].iter_rows())
    cells = dict(zip([cell.value for cell in heading], row, strict=True))
    assert (cells["value"].value, cells["value"].data_type) == (9, "n")
    assert cells["title"].data_type in ("s", "inlineStr")
    assert cells["title"].value == '=cmd|"/c calc"!A1'
    assert cells["url"].hyperlink is None
    assert book["documents"].max_row == 2


def test_a_number_longer_than_excel_keeps_stays_text() -> None:
    """Excel shows fifteen digits; the sixteenth must not become a zero."""
    found = indicator(TEXT, URL, "9家", "新增", value="1234567890123456", unit="元")
    out = io.BytesIO()
    write_xlsx([record(indicators=(found,))], out)
    sheet = openpyxl.load_workbook(io.BytesIO(out.getvalue()))["indicators"]
    column = [cell.value for cell in sheet[1]].index("value")
    assert sheet[2][column].value == "1234567890123456"


class Kept:
    """A store in memory."""

    def __init__(self) -> None:
        self.data: dict[str, bytes] = {}

    def get(self, digest: str) -> bytes:
        return self.data[digest]

    def put(self, data: bytes) -> str:
        self.data[digest_of(data)] = data
        return digest_of(data)


def test_a_web_archive_is_read_by_an_archive_reader() -> None:
    """The stored members, one after the other, are a WARC file; the same response stands there once."""
    store = Kept()
    pages = []
    for number in (1, 2, 1):
        url = f"http://www.weijing.example/{number}"
        raw = store.put(warc_record(url, b"<p>%d</p>" % number, datetime(2023, 1, 1, tzinfo=UTC), status=200))
        pages.append(page(url, raw=raw))
    out = io.BytesIO()
    write_warc(pages, store, out)
    read = [
        (one.rec_headers.get_header("WARC-Target-URI"), one.content_stream().read())
        for one in ArchiveIterator(io.BytesIO(out.getvalue()))
    ]
    assert read == [("http://www.weijing.example/1", b"<p>1</p>"), ("http://www.weijing.example/2", b"<p>2</p>")]


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    """A reader never meets half an export, and a failed one leaves the old file as it was."""
    path = tmp_path / "deep" / "panel.csv"
    with written_whole(path) as file:
        file.write(b"old")
        assert not path.exists()
    with pytest.raises(ZeroDivisionError), written_whole(path) as file:
        file.write(b"%d" % (1 // 0))
    assert path.read_bytes() == b"old"
    assert [p.name for p in path.parent.iterdir()] == ["panel.csv"]


def test_a_file_below_a_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    """The sentence names the file and what to do."""
    (tmp_path / "a").write_text("")
    with pytest.raises(Transient, match=r"a/panel\.csv cannot be written .*name another file with -o"):  # noqa: SIM117
        with written_whole(tmp_path / "a" / "panel.csv"):
            pass
