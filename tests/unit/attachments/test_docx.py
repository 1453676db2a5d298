"""A Word document is read in its order, with all that a reader sees and nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from tasks.clean.attachments.docx import read_docx
from tasks.clean.attachments.numbering import in_han, in_roman, spelled
from tasks.errors import Unprocessable
from tests.fixtures.attachments import make_docx, make_zip

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
RUN = "<w:r><w:t>镇</w:t></w:r>"
ROWS = [["指标", "2022年", "2023年"], ["产值（亿元）", "139", "147.5"]]


def package(body: str, **parts: str) -> bytes:
    """A docx of this body; further parts by name."""
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="1" Type="{RELATION}officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": "<Relationships>"
        + "".join(f'<Relationship Id="{name}" Type="{RELATION}{name}" Target="{name}.xml"/>' for name in parts)
        + "</Relationships>",
    }
    members |= {f"word/{name}.xml": xml for name, xml in parts.items()}
    return make_zip({path: xml.encode() for path, xml in members.items()})


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def read(body: str, **parts: str):
    return read_docx(package(body, **parts), "a.docx")


def test_paragraphs_and_tables_come_in_their_order():
    found = read_docx(make_docx("清河镇2022年工作总结", ["一、工作回顾", "完成投资3亿元。"], rows=ROWS), "a.docx")
    assert (
        found.text
        == "清河镇2022年工作总结\n一、工作回顾\n完成投资3亿元。\n指标\t2022年\t2023年\n产值（亿元）\t139\t147.5"
    )
    assert found.title == "清河镇2022年工作总结"
    (table,) = found.tables
    assert [found.text[c.start : c.end] for c in table.cells] == [cell for row in ROWS for cell in row]


def test_merged_cells_stand_once():
    document = Document()
    table = document.add_table(3, 3)
    for n, row in enumerate(["甲乙丙", "丁戊己", "庚辛壬"]):
        for m, text in enumerate(row):
            table.cell(n, m).text = text
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "并"
    out = io.BytesIO()
    document.save(out)
    found = read_docx(out.getvalue(), "a.docx")
    cells = {(c.row, c.column): (found.text[c.start : c.end], c.row_span, c.column_span) for c in found.tables[0].cells}
    assert cells == {
        (0, 0): ("合", 1, 2),
        (0, 2): ("丙", 1, 1),
        (1, 0): ("丁", 1, 1),
        (1, 1): ("戊", 1, 1),
        (1, 2): ("并", 2, 1),
        (2, 0): ("庚", 1, 1),
        (2, 1): ("辛", 1, 1),
    }


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p("甲") + "<w:p/>" + p("乙"), "甲\n乙"),
        ("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>", "甲\n乙"),
        ("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>", "甲 乙"),
        ("<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>", "新"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>显</w:t></w:r></w:p>", "显"),
        (f"<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink>{RUN}</w:hyperlink></w:p>", "镇"),
        (f"<w:sdt><w:sdtContent>{p('框')}</w:sdtContent></w:sdt>", "框"),
        (f"<w:p><w:r><w:ruby><w:rt>{RUN}</w:rt><w:rubyBase>{RUN}</w:rubyBase></w:ruby></w:r></w:p>", "镇"),
        (f"<w:tbl><w:tr><w:tc>{p('独')}{p('行')}</w:tc></w:tr></w:tbl>", "独\n行"),
    ],
)  # fmt: skip
def test_what_a_reader_sees_is_read(body, text):
    assert read(body).text == text


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent>{p('框中文字')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert read(body).text == "正文\n框中文字"


def test_a_table_in_a_cell_is_read_in_its_cell():
    inner = f"<w:tbl><w:tr><w:tc>{p('内一')}</w:tc><w:tc>{p('内二')}</w:tc></w:tr></w:tbl>"
    rows = f"<w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('乙')}{inner}</w:tc></w:tr>" * 2
    found = read(f"<w:tbl>{rows}</w:tbl>")
    assert found.text == "甲\t乙内一 内二\n甲\t乙内一 内二"


def test_footnotes_follow_the_text():
    body = "<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id='2'/></w:r></w:p>" + p("续")
    notes = (
        f"<w:footnotes {NAMES}><w:footnote w:id='0' w:type='separator'>{p('线')}</w:footnote>"
        f"<w:footnote w:id='2'>{p('注文')}</w:footnote></w:footnotes>"
    )
    assert read(body, footnotes=notes).text == "正文\n续\n注文"


def test_automatic_numbers_are_written_out():
    levels = (
        "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl>"
    )
    numbering = (
        f"<w:numbering {NAMES}><w:abstractNum w:abstractNumId='7'>{levels}</w:abstractNum>"
        "<w:num w:numId='3'><w:abstractNumId w:val='7'/></w:num></w:numbering>"
    )

    def item(text: str, level: int) -> str:
        return p(text, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='3'/></w:numPr>")

    body = item("工作回顾", 0) + item("产业", 1) + item("民生", 1) + item("工作安排", 0) + item("产业", 1)
    assert read(body, numbering=numbering).text == "一、工作回顾\n1.产业\n2.民生\n二、工作安排\n1.产业"


def test_headings_bold_lines_and_alignment_become_marks():
    styles = (
        f"<w:styles {NAMES}><w:style w:type='paragraph' w:styleId='2'><w:name w:val='heading 1'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='3'><w:name w:val='mine'/><w:basedOn w:val='2'/></w:style></w:styles>"
    )
    body = (
        p("中", "<w:jc w:val='center'/>")
        + p("标题", "<w:pStyle w:val='3'/>")
        + "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>粗</w:t></w:r></w:p>"
        + p("右", "<w:jc w:val='right'/>")
        + p("文")
    )
    found = read(body, styles=styles)
    assert [(found.text[m.start : m.end], m.style) for m in found.marks] == [
        ("中", "centre"),
        ("标题", "heading"),
        ("粗", "bold"),
        ("右", "right"),
    ]


def test_a_strict_document_is_read_like_any_other():
    raw = package(p("文"))
    strict = make_zip(
        {
            name: data.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            for name, data in (
                (n, zipfile.ZipFile(io.BytesIO(raw)).read(n)) for n in zipfile.ZipFile(io.BytesIO(raw)).namelist()
            )
        }
    )
    assert read_docx(strict, "a.docx").text == "文"


def test_entities_are_not_expanded():
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
        '<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        f"<w:document {NAMES}><w:body>{p('文&c;&x;')}</w:body></w:document>"
    )
    members = {"[Content_Types].xml": b"<Types/>", "word/document.xml": bomb.encode()}
    assert read_docx(make_zip(members), "a.docx").text == "文"


def test_a_bomb_is_set_aside_unread():
    raw = make_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": bytes(50_000_000)})
    with pytest.raises(Unprocessable) as error:
        read_docx(raw, "a.docx")
    assert error.value.reason == "too_large"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"PK\x03\x04 nothing", "broken_attachment"),
        (make_zip({"[Content_Types].xml": b"<Types/>"}), "broken_attachment"),
        (make_zip({"word/document.xml": b""}), "broken_attachment"),
        (make_zip({"word/document.xml": b"<a><b/></a>"}), "broken_attachment"),
        (package("<w:p/>"), "empty_attachment"),
        (package("<w:p><w:r><w:drawing><a><blip/></a></w:drawing></w:r></w:p>"), "scanned_attachment"),
    ],
)
def test_a_file_without_text_is_set_aside_with_its_reason(raw, reason):
    with pytest.raises(Unprocessable) as error:
        read_docx(raw, "a.docx")
    assert error.value.reason == reason
    assert "a.docx" in error.value.message


@pytest.mark.parametrize(
    ("number", "han"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1001, "一千零一"),
    ],
)
def test_numbers_are_spelled_in_han(number, han):
    assert in_han(number) == han


@pytest.mark.parametrize(
    ("number", "style", "label"),
    [
        (4, "upperRoman", "IV"),
        (27, "lowerLetter", "aa"),
        (3, "decimalEnclosedCircle", "③"),
        (3, "ideographTraditional", "丙"),
        (7, "decimalZero", "07"),
        (5, "strange", "5"),
    ],
)
def test_numbers_are_spelled_in_the_styles_of_word(number, style, label):
    assert spelled(number, style) == label
    assert in_roman(1994) == "MCMXCIV"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            ["清河镇人民政府文件", "清政发〔2023〕1号", "清河镇2022年工作总结", "（2023年1月8日）"],
            "清河镇2022年工作总结",
        ),
        (["附件1：", "清河镇2022年工作总结"], "清河镇2022年工作总结"),
        (["一、工作回顾", "二、工作安排"], None),
        (["各位代表："], None),
    ],
)
def test_the_title_is_not_what_stands_above_it(lines, title):
    body = (
        "".join(p(line, "<w:jc w:val='center'/>") for line in lines)
        + p("全年完成投资3亿元。")
        + p("落款", "<w:jc w:val='center'/>")
    )
    assert read(body).title == title
