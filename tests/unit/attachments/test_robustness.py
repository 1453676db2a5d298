"""Whatever the bytes, a reader gives text with sound offsets, or one clear reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.clean.attachments import limits, read_attachment, sniff
from tasks.clean.attachments.composing import CellText, Composer, tidy
from tasks.errors import Unprocessable
from tests.fixtures.attachments import make_docx, make_ofd, make_pdf, make_xlsx, make_zip
from tests.unit.attachments.test_formats import page

FILES = Path(__file__).parents[2] / "fixtures" / "files"
ROWS = [["指标", "2022年"], ["产值", "139"]]
SOUND = {
    "pdf": make_pdf("清河镇工作总结", ["项目建设提速。" * 30], rows=ROWS),
    "docx": make_docx("清河镇工作总结", ["项目建设提速。" * 30], rows=ROWS),
    "xlsx": make_xlsx({"a": ROWS}),
    "ofd": make_ofd([[(30, 30, 5, "项目建设提速。")]]),
    "zip": make_zip({"a.docx": make_docx("清河镇工作总结", ["项目建设提速。"])}),
    "doc": (FILES / "report.doc").read_bytes(),
    "xls": (FILES / "figures.xls").read_bytes(),
    "rtf": rb"{\rtf1\ansi\ansicpg936 \'c7\'e5\'ba\'d3\par\trowd\intbl a\cell b\cell\row\pard\u25991?\par}",
}
REASONS = {
    "encrypted_attachment", "scanned_attachment", "broken_attachment", "too_large", "empty_attachment",
}  # fmt: skip


def check(found):
    """Offsets are in the text, and point at what they say."""
    assert found.text == "\n".join(line for line in found.text.split("\n"))
    for mark in found.marks:
        assert 0 <= mark.start < mark.end <= len(found.text)
        assert "\n" not in found.text[mark.start : mark.end]
    for table in found.tables:
        assert 0 <= table.start <= table.end <= len(found.text)
        for cell in table.cells:
            assert table.start <= cell.start <= cell.end <= table.end
            assert not set("\t\n") & set(found.text[cell.start : cell.end])
            assert cell.row + cell.row_span <= table.rows
            assert cell.column + cell.column_span <= table.columns


def attempt(raw: bytes, kind: str) -> str:
    refused = None
    try:
        check(read_attachment(page(f"a.{kind}"), raw, kind))
    except Unprocessable as error:
        refused = error
    assert refused is None or (refused.reason in REASONS and refused.message.startswith(f"a.{kind}"))
    return refused.reason if refused is not None else "read"


@pytest.mark.parametrize("kind", SOUND)
def test_sound_files_are_read(kind):
    assert sniff(SOUND[kind], None, None) == kind
    assert attempt(SOUND[kind], kind) == "read"


@pytest.mark.parametrize("kind", SOUND)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_files_give_text_or_a_reason(kind, data):
    raw = bytearray(SOUND[kind])
    for _ in range(data.draw(st.integers(1, 12))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    start = data.draw(st.integers(0, len(raw)))
    cut = data.draw(st.sampled_from([0, 0, 1, 100, 5000]))
    assert attempt(bytes(raw[:start] + raw[start + cut :]), kind)


@pytest.mark.parametrize("kind", SOUND)
@given(raw=st.binary(max_size=300))
def test_noise_gives_a_reason(kind, raw):
    assert attempt(SOUND[kind][:64] + raw, kind)


@given(st.binary(max_size=200), st.none() | st.text(max_size=10), st.none() | st.text(max_size=10))
def test_sniffing_never_fails(raw, name, media_type):
    sniff(raw, name, media_type)


@given(st.text())
def test_a_tidy_line_is_tidy(line):
    once = tidy(line)
    assert tidy(once) == once
    assert once == once.strip()


CELLS = st.lists(
    st.builds(
        CellText,
        row=st.integers(0, 6),
        column=st.integers(0, 5),
        text=st.text(alphabet="甲乙 \t\n1.", max_size=6),
        row_span=st.integers(1, 9),
        column_span=st.integers(1, 4),
    ),
    max_size=20,
    unique_by=lambda cell: (cell.row, cell.column),
)


@given(st.lists(CELLS | st.text(max_size=30), max_size=8))
def test_all_that_is_composed_keeps_its_place(parts):
    composer = Composer("a")
    for part in parts:
        if isinstance(part, str):
            composer.paragraph(part, "bold")
        else:
            composer.table(part)
    check(composer.build())


def test_more_cells_than_anyone_reads_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "CELLS", 10)
    rows = [[str(n), "x"] for n in range(20)]
    assert attempt(make_docx("题", [], rows=rows), "docx") == "too_large"
    assert attempt(make_xlsx({"a": rows}), "xlsx") == "too_large"


def test_more_pages_than_anyone_reads_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "PAGES", 2)
    assert attempt(make_pdf("题", ["项目。" * 2000]), "pdf") == "too_large"


def test_deep_nesting_is_bounded():
    deep = b"<a>" * 100_000
    assert attempt(make_zip({"word/document.xml": deep}), "docx") in REASONS
    tables = b"<w:tbl><w:tr><w:tc>" * 3000
    body = b'<w:document xmlns:w="w"><w:body>' + tables
    assert attempt(make_zip({"word/document.xml": body}), "docx") in REASONS | {"read"}
    assert attempt(b"{\\rtf1" + b"{" * 100_000, "rtf") == "broken_attachment"


def test_a_sheet_with_two_far_cells_takes_no_memory():
    import io

    from openpyxl import Workbook

    book = Workbook()
    book.active["A1"] = "甲"
    book.active["XFD1048576"] = "乙"
    out = io.BytesIO()
    book.save(out)
    assert attempt(out.getvalue(), "xlsx") == "too_large"
