"""A PDF is read as paragraphs and tables, without what only the printed page has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.attachments import sniff
from tasks.clean.attachments.pdf import read_pdf
from tasks.clean.attachments.pdf_frame import Frame
from tasks.errors import Unprocessable
from tests.fixtures.attachments import Press, Sheet, make_pdf, make_scan, write_pdf

TITLE = "清河镇2024年政府工作报告"
PARAGRAPHS = [
    "各位代表：",
    "现在，我代表清河镇人民政府，向大会报告工作，请予审议，并请列席人员提出意见。",
    "一、2023年工作回顾",
    "2023年，全镇完成地区生产总值147.5亿元，同比增长6.2%；一般公共预算收入5.31亿元，增长4.8%。" * 5,
    "（一）产业提质",
    "规上工业产值达到178亿元，新增高新技术企业12家，引进New Energy项目3个。" * 9,
    "项目建设提速。" * 60,
]
ROWS = [["指标", "2022年", "2023年"], ["地区生产总值（亿元）", "139", "147.5"], ["常住人口（万人）", "4.1", "4.2"]]


def test_lines_are_joined_to_the_paragraphs_they_were():
    assert read_pdf(make_pdf(TITLE, PARAGRAPHS * 3), "a.pdf").text == "\n".join([TITLE, *PARAGRAPHS * 3])


def test_running_titles_and_page_numbers_are_left_out():
    raw = make_pdf(TITLE, PARAGRAPHS * 3, running="清河镇第三届人民代表大会文件")
    assert read_pdf(raw, "a.pdf").text == "\n".join([TITLE, *PARAGRAPHS * 3])


def test_the_big_line_is_the_title_and_a_heading():
    read = read_pdf(make_pdf(TITLE, PARAGRAPHS), "a.pdf")
    assert read.title == TITLE
    assert [(read.text[m.start : m.end], m.style) for m in read.marks] == [(TITLE, "heading")]


def test_a_ruled_table_stays_a_table():
    read = read_pdf(make_pdf(TITLE, PARAGRAPHS[:3], rows=ROWS), "a.pdf")
    (table,) = read.tables
    assert (table.rows, table.columns) == (3, 3)
    assert [read.text[c.start : c.end] for c in table.cells] == [cell for row in ROWS for cell in row]
    assert read.text[table.start : table.end] == "\n".join("\t".join(row) for row in ROWS)
    assert read.text.count("147.5") == 1


def _columns(rows, xs, *, top=640, size=12, before=("下表列出主要指标。",), after=("以上数据为快报数。",)):
    """A page with figures in columns and no rules."""
    press = Press(numbers=False)
    for paragraph in before:
        press.paragraph(paragraph)
    sheet = press.sheets[0]
    for n, row in enumerate(rows):
        for x, cell in zip(xs, row, strict=True):
            if cell:
                sheet.texts.append((x, top - 22 * n, size, cell))
    for n, paragraph in enumerate(after):
        sheet.texts.append((112, top - 22 * len(rows) - 40 - 28 * n, 16, paragraph))
    return read_pdf(write_pdf(press.sheets), "a.pdf")


def test_figures_in_columns_without_rules_are_a_table():
    """Heads above them too; a cell may be empty, hold a dash, or a unit."""
    rows = [
        ("指标", "单位", "2022年", "比上年增长(%)"),
        ("地区生产总值", "亿元", "486.3", "6.2"),
        ("第一产业", "亿元", "38.2", "4.1"),
        ("规模以上工业", "亿元", "—", "7.4"),
        ("固定资产投资", "亿元", "", "-2.1"),
        ("居民人均可支配收入", "元", "42,310", "6.0"),
    ]
    read = _columns(rows, (90, 230, 300, 380))
    assert read.text.splitlines() == ["下表列出主要指标。", *("\t".join(row) for row in rows), "以上数据为快报数。"]
    (table,) = read.tables
    assert (table.rows, table.columns) == (6, 4)
    assert read.text[table.start : table.end] == "\n".join("\t".join(row) for row in rows)


def test_a_head_over_two_columns_spans_them():
    rows = [
        ("", "", "2021年", "", "2022年", ""),
        ("地区", "", "", "", "", ""),
        ("", "产值", "", "增长%", "产值", "增长%"),
        ("全市", "1863.2", "", "6.1", "1972.4", "5.9"),
        ("清河县", "486.3", "", "6.2", "512.0", "5.3"),
        ("云泽县", "352.0", "", "5.8", "371.6", "5.6"),
    ]
    press = Press(numbers=False)
    press.paragraph("下表列出各地产值。")
    heights = (640, 630, 620, 600, 580, 560)
    for y, row in zip(heights, rows, strict=True):
        for x, cell in zip((90, 170, 205, 240, 330, 400), row, strict=True):
            if cell:
                at = 350 if cell == "2022年" else 190 if cell == "2021年" else x
                press.sheets[0].texts.append((at, y, 12, cell))
    read = read_pdf(write_pdf(press.sheets), "a.pdf")
    (table,) = read.tables
    spans = {
        read.text[c.start : c.end]: (c.row, c.column, c.column_span)
        for c in table.cells
        if c.row < 2 and c.start < c.end
    }
    assert (spans["2021年"], spans["2022年"], spans["地区"]) == ((0, 1, 2), (0, 3, 2), (0, 0, 1))
    assert read.text.splitlines()[-1] == "云泽县\t352.0\t5.8\t371.6\t5.6"


@pytest.mark.parametrize(
    "rows",
    [
        [("一、部门概况", "1"), ("二、收支总表", "3"), ("三、收入", "5"), ("四、支出", "8"), ("五、名词", "12")],
        [("清河镇", "王立平", "组长"), ("下原镇", "李文静", "成员"), ("桃林街道", "周晓", "成员")] * 2,
        [("财政收入", "5.27亿元"), ("固定资产投资", "12.4亿元")],
    ],
    ids=["contents", "names", "two rows"],
)  # fmt: skip
def test_what_only_looks_like_columns_of_figures_is_none(rows):
    assert _columns(rows, (90, 300, 400)[: len(rows[0])]).tables == ()


def test_labels_with_one_figure_each_are_a_table():
    rows = [("地区生产总值", "86.4亿元"), ("财政收入", "5.27亿元"), ("人均收入", "42310元"), ("粮食产量", "1.86万吨")]
    assert _columns(rows, (90, 300)).text.splitlines()[1:5] == ["\t".join(row) for row in rows]


def test_a_merged_cell_stands_once_with_its_span():
    press = Press(numbers=False)
    press.paragraph("下表列出主要指标。")
    sheet = press.sheets[0]
    for x0, y0, x1, y1 in [
        (100, 500, 400, 500), (100, 470, 400, 470), (100, 440, 400, 440),
        (100, 440, 100, 500), (250, 440, 250, 470), (400, 440, 400, 500),
    ]:  # fmt: skip
        sheet.rules.append((x0, y0, x1, y1))
    sheet.texts += [(110, 480, 12, "主要指标"), (110, 450, 12, "产值"), (260, 450, 12, "178")]
    read = read_pdf(write_pdf(press.sheets), "a.pdf")
    (table,) = read.tables
    assert [(read.text[c.start : c.end], c.row, c.column, c.column_span) for c in table.cells] == [
        ("主要指标", 0, 0, 2),
        ("产值", 1, 0, 1),
        ("178", 1, 1, 1),
    ]


def test_a_scan_is_set_aside_as_a_scan():
    with pytest.raises(Unprocessable, match=r"report\.pdf is a scan: 2 pages") as error:
        read_pdf(make_scan(), "report.pdf")
    assert error.value.reason == "scanned_attachment"


def test_a_page_of_pictures_among_others_is_a_warning():
    press = Press()
    press.paragraph("项目建设提速。" * 20)
    read = read_pdf(write_pdf([*press.sheets, Sheet(images=1)]), "a.pdf")
    assert [(w.code, w.times) for w in read.warnings] == [("missing_text", 1)]


def test_an_empty_file_is_set_aside_as_empty():
    with pytest.raises(Unprocessable) as error:
        read_pdf(write_pdf([Sheet()]), "a.pdf")
    assert error.value.reason == "empty_attachment"


@pytest.mark.parametrize("raw", [b"%PDF-1.7\n", b"%PDF-1.7 and nothing of it", b"%PDF-" + bytes(2000)])
def test_a_broken_file_is_set_aside_as_broken(raw):
    assert sniff(raw, "a.pdf", None) == "pdf"
    with pytest.raises(Unprocessable) as error:
        read_pdf(raw, "a.pdf")
    assert error.value.reason == "broken_attachment"


def test_a_cut_file_gives_its_text_or_a_reason():
    raw = make_pdf(TITLE, PARAGRAPHS * 3, rows=ROWS)
    outcomes = set()
    for part in range(1, 20):
        try:
            outcomes.add(bool(read_pdf(raw[: len(raw) * part // 20], "a.pdf").text))
        except Unprocessable as error:
            outcomes.add(error.reason)
    assert outcomes <= {True, "broken_attachment", "empty_attachment"}


def test_letters_without_meaning_are_no_text():
    sheet = Sheet(texts=[(80, 700 - 20 * n, 12, "\ue123\ue456\ue789" * 6) for n in range(10)])
    with pytest.raises(Unprocessable, match="fonts do not say"):
        read_pdf(write_pdf([sheet]), "a.pdf")


def test_two_columns_are_read_one_after_the_other():
    """A gazette: lines of both columns stand at one height, and paragraphs run from column to column."""
    text = "项目建设全面提速民生持续改善作风不断转变" * 8
    lines = [text[n : n + 14] for n in range(0, len(text), 14)]
    half = (len(lines) + 1) // 2
    sheet = Sheet()
    for n, line in enumerate(lines):
        left, row = (60, n) if n < half else (320, n - half)
        indent = 32 if n == 0 else 0
        sheet.texts.append((left + indent, 700 - 24 * row, 16, line if n else line[:12]))
    whole = lines[0][:12] + "".join(lines[1:])
    assert read_pdf(write_pdf([sheet]), "a.pdf").text == whole


@pytest.mark.parametrize(
    ("ends", "follows", "joined"),
    [
        ("增长", "22.7%、23.6%", True),  # what follows holds together and did not fit
        ("提速。", "民生改善", False),  # a sentence that ends early ends its paragraph
        ("提速，", "民生改善", True),
    ],
)
def test_a_short_line_ends_a_paragraph_only_with_its_sentence(ends, follows, joined):
    full = "项目建设全面提速民生持续改善作风不断转变经济向好社会安"
    sheet = Sheet()
    rows = [full[:27], full[: 23 - len(ends)] + ends, follows + full[: 26 - len(follows)], full[:27]]
    for n, row in enumerate(rows):
        sheet.texts.append((80, 700 - 24 * n, 16, row))
    text = read_pdf(write_pdf([sheet]), "a.pdf").text
    assert (text.count("\n") == 0) is joined


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_that_goes_on_on_the_next_page_is_one(repeated):
    head, rows = ROWS[0], [[f"指标{n}", str(n), str(n + 1)] for n in range(8)]
    press = Press(numbers=False)
    press.paragraph("下表列出主要指标。")
    press.table([head, *rows[:4]])
    press._turn()
    press.table([head, *rows[4:]] if repeated else rows[4:])
    press.paragraph("表后的段落。")
    read = read_pdf(write_pdf(press.sheets), "a.pdf")
    assert read.text.splitlines() == [
        "下表列出主要指标。",
        *("\t".join(row) for row in [head, *rows]),
        "表后的段落。",
    ]
    assert [(table.rows, table.columns) for table in read.tables] == [(9, 3)]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [0, 40])
def test_a_turned_or_cropped_page_is_read_as_it_is_seen(turn, crop):
    press = Press("清河镇第三届人民代表大会文件")
    press.title(TITLE)
    for paragraph in PARAGRAPHS:
        press.paragraph(paragraph)
    press.table(ROWS)
    read = read_pdf(write_pdf(press.sheets, turn=turn, crop=crop), "a.pdf")
    assert read.text == "\n".join([TITLE, *PARAGRAPHS, *("\t".join(row) for row in ROWS)])
    assert [(table.rows, table.columns) for table in read.tables] == [(3, 3)]


@given(
    st.floats(-500, 500), st.floats(-500, 500), st.sampled_from([0, 90, 180, 270]), st.floats(0, 50), st.floats(0, 50)
)
def test_what_is_seen_was_written_there(x, y, turn, left, bottom):
    frame = Frame(left, bottom, 595.0, 842.0, turn)
    assert frame.written(*frame.seen(x, y)) == pytest.approx((x, y), abs=1e-6)
