"""The tour: samples through the chain with one command, and all that can be done with the result."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from warcio.archiveiterator import ArchiveIterator

from schemas.record import DocumentRecord
from tests.command_line import ROOT, Said, config_folder, gongbao
from workers.assembly import Assembly
from workers.commands.place import assembly_for
from workers.trace import trace_indicator

SAMPLES = str(ROOT / "samples")
DOCUMENTS = 7  # six pages, one of which has an attachment


class Tour:
    """A folder with one run over samples/."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = config_folder(folder)
        self.said = self("run", SAMPLES)

    def __call__(self, *arguments: str, out: bool = True) -> Said:
        """One more command on the same folder."""
        return gongbao(*arguments, *(("--out", "out") if out else ()), config=self.config)

    @property
    def records(self) -> dict[str, DocumentRecord]:
        """File name of the sample → its record."""
        found = [DocumentRecord.from_bytes(path.read_bytes()) for path in (self.folder / "out/documents").iterdir()]
        return {record.url.rsplit("/", 1)[-1]: record for record in found}


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Tour:
    return Tour(tmp_path_factory.mktemp("tour"))


@pytest.fixture
def assembly(tour: Tour, monkeypatch: pytest.MonkeyPatch) -> Assembly:
    monkeypatch.setenv("GONGBAO_CONFIG", str(tour.config))
    return assembly_for(tour.folder / "out")


def test_a_run_tells_what_it_found_and_where_it_lies(tour: Tour) -> None:
    """A table, a count, and where to go on."""
    assert (tour.said.status, tour.said.err) == (0, "")
    heading, *rows = tour.said.out.splitlines()
    assert heading.split() == ["document", "title", "place", "years", "script", "sections", "indicators", "warnings"]
    assert len([row for row in rows if re.match(r"[0-9a-f]{8}  ", row)]) == DOCUMENTS
    assert f"{DOCUMENTS} documents: {DOCUMENTS} done" in rows
    assert "JSON records: out/documents" in rows
    assert "keyword_hijack" in tour.said.out


def test_running_again_changes_nothing(tour: Tour) -> None:
    """What has not changed is not written anew: same files, same bytes, same times."""
    files = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in (tour.folder / "out/documents").iterdir()}
    again = tour("run", SAMPLES)
    assert f"{DOCUMENTS} documents: {DOCUMENTS} unchanged" in again.out
    assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in (tour.folder / "out/documents").iterdir()} == files


def test_replaying_gives_the_same_bytes(tour: Tour) -> None:
    """Every stage is a pure function of what the store holds."""
    before = {p.name: p.read_bytes() for p in (tour.folder / "out/documents").iterdir()}
    said = tour("replay", "--from", "clean")
    assert (said.status, said.out) == (0, f"{DOCUMENTS} carried through: {DOCUMENTS} done\n")
    assert {p.name: p.read_bytes() for p in (tour.folder / "out/documents").iterdir()} == before
    assert tour("replay", "--from", "clean", "no-such-page").status == 1


def test_status_tells_where_documents_stand(tour: Tour) -> None:
    """In all, and one by one."""
    total = tour("status").out.splitlines()[-1].split()
    assert total[0] == "all"
    assert sum(map(int, total[1:])) == DOCUMENTS
    one = tour("status", "1-disclosure").out
    assert "samples/1-disclosure-gb2312.html" in one
    assert re.search(r"emit +finished", one)
    several = tour("status", "samples").out.splitlines()
    assert len(several) == DOCUMENTS + 1
    short = tour("status", one.split()[1][:8])
    assert short.out.splitlines()[0] == one.splitlines()[0]
    assert tour("status", "elsewhere").status == 1


def test_every_number_can_be_walked_back_to_its_bytes(tour: Tour, assembly: Assembly) -> None:
    """The figures written in the value stand in the bytes that the way leads to."""
    walked = 0
    for name, record in tour.records.items():
        for found in record.indicators:
            trace = trace_indicator(
                record,
                found.record_id,
                assembly.artefacts,
                lambda stage, document_id=record.document_id: assembly.ledger.artefact_of(document_id, stage),
            )
            figures = re.sub(r"[^\d.]", "", found.value_text)
            assert trace.steps[0].found == record.text[found.evidence.start : found.evidence.end]
            assert all(figures in re.sub(r"[^\d.]", "", step.found) for step in trace.steps), (name, found)
            assert found.value_text in trace.sentence or "\t" in trace.sentence
            if name.endswith(".html"):
                raw = trace.raw
                assert raw.start is not None
                assert figures in re.sub(r"[^\d.]", "", raw.found.decode(record.charset.used))
            walked += 1
    assert walked > 250
    assembly.close()


def test_a_trace_is_shown_step_by_step(tour: Tour) -> None:
    """Value, sentence, text, page, bytes; and what is no record is told."""
    record = tour.records["1-disclosure-gb2312.html"]
    found = next(found for found in record.indicators if found.value_text == "213.6亿元")
    said = tour("trace", found.record_id)
    assert said.status == 0
    lines = said.out.splitlines()
    assert lines[0].startswith("规上工业总产值: 21360000000 元")
    assert sum("⟦213.6亿元⟧" in line for line in lines) == 3
    data = (ROOT / "samples/1-disclosure-gb2312.html").read_bytes()
    start, end, size = map(int, re.findall(r"raw bytes (\d+)–(\d+) of (\d+)", said.out)[0])
    assert (data[start:end].decode("gb18030"), size) == ("213.6亿元", len(data))
    assert record.raw_digest == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert tour("trace", "0" * 24).status == 1


def test_a_file_without_byte_positions_is_walked_back_to_the_file(tour: Tour) -> None:
    """A PDF's text has no place in its bytes that one could point at."""
    found = tour.records["6-report.pdf"].indicators[0]
    assert "the way ends at the file" in tour("trace", found.record_id).out


def test_records_are_exported_in_every_format(tour: Tour) -> None:
    """All formats tell of the same documents and indicators."""
    number = sum(len(record.indicators) for record in tour.records.values())
    for form in ("jsonl", "csv", "parquet", "xlsx", "warc"):
        said = tour("export", "--format", form, "-o", f"panel.{form}")
        assert (said.status, said.out, said.err) == (0, "", f"{DOCUMENTS} documents → panel.{form}\n")
    folder = tour.folder
    assert len((folder / "panel.jsonl").read_text("utf-8").splitlines()) == DOCUMENTS
    with (folder / "panel.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == number
    assert pq.read_table(folder / "panel.parquet").num_rows == number
    book = openpyxl.load_workbook(folder / "panel.xlsx", read_only=True)
    assert (book["indicators"].max_row, book["documents"].max_row) == (number + 1, DOCUMENTS + 1)
    book.close()
    with (folder / "panel.warc").open("rb") as file:
        archived = {record.rec_headers.get_header("WARC-Target-URI") for record in ArchiveIterator(file)}
    assert archived == {record.url for record in tour.records.values()}


@pytest.mark.parametrize(
    ("options", "files"),
    [
        (("--area", "3402"), {"4-bulletin-with-table.html"}),
        (("--area", "无为"), {"4-bulletin-with-table.html"}),
        (("--kind", "statistical_bulletin"), {"4-bulletin-with-table.html"}),
        (("沙屿镇",), {"5-cover-of-attachment.html", "5-report.docx"}),
        (("docx",), {"5-report.docx"}),
        (("--year", "2019"), {"5-report.docx"}),
        (("--source", "nobody"), set()),
    ],
)
def test_an_export_can_be_narrowed(tour: Tour, options: tuple[str, ...], files: set[str]) -> None:
    """By place, kind, year, source, or a part of address or title."""
    said = tour("export", "--format", "jsonl", *options)
    assert said.status == 0
    found = {json.loads(line)["url"].rsplit("/", 1)[-1] for line in said.out.splitlines()}
    assert found >= files if "--year" in options else found == files


def test_a_panel_can_be_narrowed_to_indicators(tour: Tour) -> None:
    """Rows of one code and one year."""
    panel = list(csv.DictReader(io.StringIO(tour("export", "--format", "csv").out.removeprefix("\ufeff"), newline="")))
    code = next(row["code"] for row in panel if row["code"])
    said = tour("export", "--format", "csv", "--code", code, "--year", "2022")
    rows = list(csv.DictReader(io.StringIO(said.out.removeprefix("\ufeff"), newline="")))
    assert rows == [row for row in panel if row["code"] == code and row["year"] == "2022"]
    assert rows


def test_an_export_that_cannot_be_written_leaves_nothing(tour: Tour) -> None:
    """One sentence, status 1."""
    said = tour("export", "--format", "csv", "-o", "out/gongbao.sqlite/panel.csv")
    assert said.status == 1
    assert "cannot be written" in said.err
    assert len(said.lines) == 1


def test_a_report_is_written(tour: Tour) -> None:
    """An index and a page for each document."""
    said = tour("report", "-o", "pages")
    assert (said.status, said.out) == (0, f"{DOCUMENTS} documents: open pages/index.html\n")
    assert len(list((tour.folder / "pages/documents").iterdir())) == DOCUMENTS
    nothing = tour("report", "nowhere", "-o", "other")
    assert (nothing.status, (tour.folder / "other").exists()) == (1, False)


def test_nothing_is_dead(tour: Tour) -> None:
    """All samples pass."""
    assert tour("dead").out == "nothing is set aside\n"
    assert tour("dead", "list", "--reason", "gone").out == "nothing such is set aside\n"
    assert tour("dead", "show", "x").status == 1
