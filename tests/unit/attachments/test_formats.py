"""Workbooks, binary Word files, OFD, RTF and archives are read as what they show; locked ones are set aside."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.page import FetchedPage
from tasks.clean.attachments import read_attachment, sniff
from tasks.clean.attachments.doc import without_field_codes
from tasks.clean.attachments.number_formats import shown
from tasks.errors import Unprocessable
from tests.fixtures.attachments import Press, make_docx, make_ofd, make_pdf, make_xlsx, make_zip, write_pdf

FILES = Path(__file__).parents[2] / "fixtures" / "files"
TITLE = "清河镇2022年工作总结"
#: an office file with a password is an OLE file with a stream of this name
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage\0".encode("utf-16-le")


def page(name: str) -> FetchedPage:
    return FetchedPage(
        document_id="0" * 32,
        url=f"https://www.example.cn/{name}",
        final_url=f"https://www.example.cn/{name}",
        fetched_at=datetime(2024, 1, 2, tzinfo=UTC),
        file_name=name,
        raw="",
        raw_digest="sha256:" + "0" * 64,
        raw_size=1,
    )


def read(raw: bytes, name: str):
    kind = sniff(raw, name, None)
    assert kind is not None
    return read_attachment(page(name), raw, kind)


def cells(found, number=0):
    return [
        (found.text[c.start : c.end], c.row, c.column, c.row_span, c.column_span) for c in found.tables[number].cells
    ]


@pytest.mark.parametrize(
    ("raw", "name", "kind"),
    [
        (make_pdf(TITLE, []), "a.doc", "pdf"),
        (make_docx(TITLE, []), "a.pdf", "docx"),
        (make_xlsx({"a": [[1]]}), None, "xlsx"),
        (make_ofd([]), "a.zip", "ofd"),
        (make_zip({"a.txt": b"x"}), "a.docx", "zip"),
        ((FILES / "report.doc").read_bytes(), "a.xls", "doc"),
        ((FILES / "figures.xls").read_bytes(), "a.doc", "xls"),
        (LOCKED, "a.docx", "docx"),
        (LOCKED, "a.xlsx", "xlsx"),
        (b"{\\rtf1 a}", "a.doc", "rtf"),
        (b"<html><table></table></html>", "a.xls", None),
        ("一、工作回顾".encode(), "a.doc", None),
        (b"", "a.pdf", None),
        (b"PK\x03\x04", "a.docx", "zip"),
        (make_docx(TITLE, [])[:3000], "a.docx", "docx"),
    ],
)  # fmt: skip
def test_bytes_tell_the_format_and_names_do_not(raw, name, kind):
    assert sniff(raw, name, None) == kind


def test_a_binary_word_file_is_read_like_a_zipped_one():
    found = read((FILES / "report.doc").read_bytes(), "report.doc")
    assert found.text.splitlines() == [
        TITLE,
        "一、2022年工作回顾",
        "全年完成地区生产总值147.5亿元，增长6.2%。",
        "1.狠抓项目",
        "2.狠抓民生",
        "横并\t格02\t格03",
        "格10\t格11\t格12\t竖并",
        "\t\t格22",
        "格30\t格31\t第一行第二行",
        "表后的段落𠮷字。",
        "清河镇人民政府",
    ]
    assert [c for c in cells(found) if c[3:] != (1, 1)] == [("横并", 0, 0, 1, 2), ("竖并", 1, 3, 3, 1)]
    assert (found.tables[0].rows, found.tables[0].columns) == (4, 4)
    assert found.title == TITLE
    assert {m.style for m in found.marks} == {"centre", "heading", "right"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("前\x13 PAGE \x1412\x15后", "前12后"),
        ("前\x13 TOC \x15后", "前后"),
        ("\x13 A \x13 B \x14 内\x15 \x14外\x15", "外"),
        ("\x13 A \x14外\x13 B \x14内\x15尾\x15", "外内尾"),
        ("\x15无始\x13无终", "\x15无始\x13无终"),
    ],
)
def test_of_fields_only_the_result_is_shown(text, kept):
    found = without_field_codes(text)
    assert len(found) == len(text)
    assert found.replace("\0", "").replace("\x15", "") == kept.replace("\x15", "")


FIGURES = [
    "主要经济指标完成情况",
    "指标\t2022年\t2023年\t增长",
    "产值\t139.12\t147.5\t6.2%",
    "户数\t1200\t1300\t8.3%",
    "注：增长按可比价计算。",
    "财政",
    "甲\t乙",
    "1\t2.5",
]


def figures_xlsx() -> bytes:
    import io

    from openpyxl import load_workbook

    book = load_workbook(
        io.BytesIO(
            make_xlsx(
                {
                    "Sheet1": [
                        ["主要经济指标完成情况"],
                        ["指标", "2022年", "2023年", "增长"],
                        ["产值", 139.123, 147.5, 0.0623],
                        ["户数", 1200, 1300, 0.08333],
                        ["注：增长按可比价计算。"],
                    ],
                    "财政": [["甲", "乙"], [1, 2.5]],
                    "藏": [["x", "y"]],
                },
                merged=["A1:D1"],
            )
        )
    )
    sheet = book.worksheets[0]
    sheet["D3"].number_format = sheet["D4"].number_format = "0.0%"
    sheet["B3"].number_format, sheet["B4"].number_format = "0.00", "#,##0"
    book.worksheets[2].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("raw", [figures_xlsx(), (FILES / "figures.xls").read_bytes()], ids=["xlsx", "xls"])
def test_a_workbook_is_read_as_it_is_shown(raw):
    """Numbers have the places and per cent signs of their formats; hidden sheets stay hidden."""
    found = read(raw, "figures")
    assert found.text.splitlines() == FIGURES
    assert found.title == FIGURES[0]
    assert [(t.rows, t.columns) for t in found.tables] == [(3, 4), (2, 2)]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.0623, "0.0%", "6.2%"),
        (0.0625, "0%", "6%"),
        (147.5, None, "147.5"),
        (12.0, None, "12"),
        (0.1 + 0.2, None, "0.3"),
        (1234567.891, "#,##0.00", "1234567.89"),
        (2.5, "0", "3"),
        (1.5, "0.##", "1.5"),
        (3.0, '0.0"万元"', "3.0"),
        (5.0, '"共"0"%"', "5"),
        (-0.045, "0.0%;[Red]-0.0%", "-4.5%"),
        (1e20, "0.00", "100000000000000000000"),
        (float("nan"), "0.0", ""),
        (12345.678, "0.00E+00", "12345.678"),
    ],
)
def test_a_number_is_shown_by_its_format(value, code, text):
    assert shown(value, code) == text


def test_an_ofd_gives_its_paragraphs():
    lines = [
        (60, 30, 7, TITLE),
        (41, 50, 5, "全年完成地区生产总值147.5亿元，新增企业十二家，"),
        (30, 58, 5, "增长。"),
        (41, 66, 5, "下一步"),
        (60, 66, 5, "工作"),
        (100, 285, 4, "1"),
    ]
    full = [(30, 74 + 8 * n, 5, "项目建设全面提速民生持续改善") for n in range(1)]
    found = read(make_ofd([[*lines, *full]]), "a.ofd")
    assert found.text.splitlines()[0] == TITLE
    assert "全年完成地区生产总值147.5亿元，新增企业十二家，增长。" in found.text.splitlines()
    assert "1" not in found.text.splitlines()
    assert "下一步 工作" in found.text
    assert found.title == TITLE


def test_a_ruled_table_of_an_ofd_stays_a_table():
    """Cells of words, one of two lines, an empty one: only the rules tell that they are a table."""
    texts = [
        (30, 40, 5, "下表列出分工。"),
        (32, 62, 4, "事项"),
        (82, 62, 4, "单位"),
        (32, 72, 4, "道路改造及沿线"),
        (32, 77, 4, "绿化"),
        (32, 92, 4, "管网"),
        (82, 92, 4, "住建局"),
        (30, 110, 5, "以上事项年底前完成。"),
    ]
    rules = [(30, y, 130, y) for y in (60, 70, 90, 100)] + [(x, 60, x, 100) for x in (30, 80, 130)]
    found = read(make_ofd([texts], rules), "a.ofd")
    assert found.text.splitlines() == [
        "下表列出分工。",
        "事项\t单位",
        "道路改造及沿线绿化\t",
        "管网\t住建局",
        "以上事项年底前完成。",
    ]
    assert [(t.rows, t.columns) for t in found.tables] == [(3, 2)]


def test_figures_in_columns_of_an_ofd_are_a_table():
    rows = [
        ("指标", "2022年", "增长%"),
        ("财政收入", "5.27", "6.1"),
        ("固定资产投资", "12.4", "-2.1"),
        ("出口", "3.6", "—"),
    ]
    texts = [(x, 60 + 8 * n, 4, cell) for n, row in enumerate(rows) for x, cell in zip((30, 80, 110), row, strict=True)]
    found = read(make_ofd([[(30, 40, 5, "主要指标如下。"), *texts]]), "a.ofd")
    assert found.text.splitlines() == ["主要指标如下。", *("\t".join(row) for row in rows)]


def test_an_rtf_gives_its_paragraphs_and_tables():
    raw = (
        rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}{\*\generator x;}"
        rb"\pard\qc \'c7\'e5\'ba\'d3\'d5\'f2\par\pard \uc1\u-24320?\u25991?{\v hidden}a\~b\par"
        rb"\trowd\pard\intbl \'bc\'d7\cell \'d2\'d2\cell\row\pard\intbl 1\cell 2\cell\row\pard end\par}"
    )
    found = read(raw, "a.doc")
    assert found.text.splitlines() == ["清河镇", "\ua100文a b", "甲\t乙", "1\t2", "end"]
    assert [(found.text[m.start : m.end], m.style) for m in found.marks] == [("清河镇", "centre")]
    assert (found.tables[0].rows, found.tables[0].columns) == (2, 2)


def test_of_an_archive_the_report_is_read():
    raw = make_zip(
        {
            "附表.xlsx": make_xlsx({"a": [["甲", "乙"], [1, 2]]}),
            "report/总结.docx": make_docx(TITLE, ["全年完成投资3亿元。" * 20]),
            "__MACOSX/._总结.docx": b"x",
            "说明.txt": b"x",
        }
    )
    found = read(raw, "a.zip")
    assert found.title == TITLE
    assert [(w.code, w.found) for w in found.warnings] == [("other_documents", "a.zip/report/总结.docx")]


def test_an_archive_in_an_archive_is_not_opened():
    with pytest.raises(Unprocessable) as error:
        read(make_zip({"inner.zip": make_zip({"a.docx": make_docx(TITLE, [])})}), "a.zip")
    assert error.value.reason == "empty_attachment"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ((FILES / "locked.doc").read_bytes(), "locked.doc"),
        ((FILES / "locked.xls").read_bytes(), "locked.xls"),
        (LOCKED, "locked.docx"),
        (LOCKED, "locked.xlsx"),
    ],
)
def test_a_locked_file_is_set_aside_as_locked(raw, name):
    with pytest.raises(Unprocessable, match=rf"^{name} needs a password") as error:
        read(raw, name)
    assert error.value.reason == "encrypted_attachment"


def test_a_locked_pdf_is_set_aside_as_locked():
    press = Press()
    press.paragraph("项目建设提速。")
    with pytest.raises(Unprocessable) as error:
        read(write_pdf(press.sheets, locked=True), "a.pdf")
    assert error.value.reason == "encrypted_attachment"


def test_a_format_without_a_reader_is_named():
    with pytest.raises(Unprocessable, match=r"a\.x is a strange file") as error:
        read_attachment(page("a.x"), b"x", "strange")
    assert error.value.reason == "unknown_attachment"
