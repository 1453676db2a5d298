"""The samples, whose truth we know because we wrote them: text, place, years, block and figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from schemas.record import DocumentRecord
from tests.journeys import records_in, run

TEXTS = Path(__file__).resolve().parents[1] / "fixtures" / "sample_texts"
#: sample → its text, and the share of characters that may differ
TRUTH = {
    "1-disclosure-gb2312.html": ("weijing", 0.0),
    "2-traditional-damaged.html": ("zheqiao", 0.01),
    "3-hijacked.html": ("maotang", 0.015),
    "4-bulletin-with-table.html": ("diwan", 0.0),
    "5-report.docx": ("shayu", 0.0),
    "6-report.pdf": ("liping", 0.0),
}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, DocumentRecord]:
    folder = tmp_path_factory.mktemp("samples")
    outcomes = run([root / "samples"], folder, root)
    assert {outcome.state for outcome in outcomes} == {"done"}
    return records_in(folder)


def _even(text: str) -> str:
    """Without spaces, and with marks in one width: a converter site makes them ASCII."""
    return re.sub(r"\s", "", text.translate(str.maketrans(",;:?", "，；：？")))


@pytest.mark.parametrize(("name", "truth"), TRUTH.items())
def test_the_text_is_what_the_government_wrote(
    records: dict[str, DocumentRecord], name: str, truth: tuple[str, float]
) -> None:
    """Chrome gone, script simplified, annotations and damage undone; nothing else changed."""
    text, most = truth
    written = (TEXTS / f"{text}.txt").read_text(encoding="utf-8")
    for table in TEXTS.glob(f"{text}_table.tsv"):
        rows = table.read_text(encoding="utf-8")
        written = (
            written.replace("@table", rows) if "@table" in written else f"{written}附表：2020年部分重点项目\n{rows}"
        )
    wanted, found = _even(written), _even(records[name].text)
    title = _even(written.splitlines()[0])
    if not found.startswith(title):  # a page may set its title outside of the body
        wanted = wanted.removeprefix(title)
    assert Levenshtein.distance(wanted, found) <= most * len(wanted), Levenshtein.opcodes(wanted, found)


@pytest.mark.parametrize(
    ("name", "kind", "review", "plan"),
    [
        ("1-disclosure-gb2312.html", "government_work_report", "2022", "2023"),
        ("2-traditional-damaged.html", "government_work_report", "2020", "2021"),
        ("3-hijacked.html", "work_summary", "2023", "2024"),
        ("4-bulletin-with-table.html", "statistical_bulletin", "2022", None),
        ("5-report.docx", "government_work_report", "2019", "2020"),
        ("6-report.pdf", "government_work_report", "2017", "2018"),
    ],
)
def test_kind_and_years_are_told(
    records: dict[str, DocumentRecord], name: str, kind: str, review: str, plan: str | None
) -> None:
    """What the document is, and which years it reports on and plans."""
    record = records[name]
    assert record.kind == kind
    assert record.review_period
    assert record.review_period.end[:4] == review
    assert (record.plan_period.start[:4] if record.plan_period else None) == plan


@pytest.mark.parametrize(
    ("name", "county"),
    [
        ("1-disclosure-gb2312.html", "320281"),
        ("2-traditional-damaged.html", "330681"),
        ("3-hijacked.html", "321012"),
        ("4-bulletin-with-table.html", "340281"),
        ("5-report.docx", "350582"),
    ],
)
def test_the_place_is_the_county(records: dict[str, DocumentRecord], name: str, county: str) -> None:
    """The towns are invented, their counties are not."""
    area = records[name].area
    assert area
    assert area.code == county


def test_a_file_without_any_evidence_has_no_place(records: dict[str, DocumentRecord]) -> None:
    """The PDF names a town that is in no table, and nothing else: no place is guessed."""
    assert records["6-report.pdf"].area is None


def test_the_hijacked_place_is_told_by_what_nobody_replaced(records: dict[str, DocumentRecord]) -> None:
    """Site code and index number name the county; the term is reported."""
    record = records["3-hijacked.html"]
    assert record.area
    assert {"site_code", "index_number"} <= {evidence.kind for evidence in record.area.evidence}
    (warning,) = [w for w in record.warnings if w.code == "keyword_hijack" and w.found == "澳门银河赌场"]
    assert warning.likely == "江都区"


def test_the_disclosure_block_is_read(records: dict[str, DocumentRecord]) -> None:
    """Labels are letter-spaced, values empty or dates in several spellings."""
    first = records["1-disclosure-gb2312.html"].metadata
    assert first.index_number == "11320281014051873K/2023-00007"
    assert (first.created_on, first.published_on, first.validity) == ("2023-01-12", "2023-01-16", "有效")
    assert (first.document_number, first.abolished_on, first.genre) == (None, None, "报告")
    assert records["3-hijacked.html"].metadata.created_on == "2024-01-05"
    attached = records["5-report.docx"].metadata
    assert (attached.index_number, attached.created_on) == ("JJ01108-0200-2020-00002", "2020-01-13")


def test_the_cover_names_its_attachment(records: dict[str, DocumentRecord]) -> None:
    """The page that only says 见附件 and the file are two documents that know one another."""
    cover, report = records["5-cover-of-attachment.html"], records["5-report.docx"]
    (attachment,) = cover.attachments
    assert attachment.document_id == report.document_id
    assert report.attached_to == cover.document_id


def test_a_report_behind_a_cover_counts_once(records: dict[str, DocumentRecord]) -> None:
    """The cover bears the report's title; it is a notice of it and reports on no year of its own."""
    cover = records["5-cover-of-attachment.html"]
    assert (cover.is_cover, cover.kind, cover.review_period, cover.plan_period) == (True, "notice", None, None)
    reports = [r for r in records.values() if r.title == cover.title and r.kind == "government_work_report"]
    assert [(r.document_id, r.is_cover) for r in reports] == [(records["5-report.docx"].document_id, False)]


#: name's core, value, unit, measure, status
FIGURES: dict[str, list[tuple[str, str, str, str, str]]] = {
    "1-disclosure-gb2312.html": [
        ("地区生产总值", "9640000000", "元", "level", "actual"),
        ("一般公共预算收入", "6.1", "%", "change_rate", "actual"),
        ("高新技术产业产值", "46", "%", "share", "actual"),
        ("规上工业企业", "121", "家", "level", "actual"),
        ("社会消费品零售总额", "-1.3", "%", "change_rate", "actual"),
        ("旅游收入", "160000000", "元", "level", "actual"),
        ("粮食播种面积", "28600", "亩", "level", "actual"),
        ("养老床位", "90", "张", "level", "actual"),
        ("生产安全事故", "-33.3", "%", "change_rate", "actual"),
        ("规上工业总产值", "8", "%", "change_rate", "target"),
        ("高标准农田", "2600", "亩", "level", "target"),
        ("城镇新增就业", "1800", "人", "level", "target"),
    ],
    "2-traditional-damaged.html": [
        ("地区生产总值", "3820000000", "元", "level", "actual"),
        ("地区生产总值", "5470000000", "元", "level", "actual"),
        ("规上工业总产值", "4.3", "%", "change_rate", "actual"),
        ("自营出口额", "930000000", "元", "level", "actual"),
        ("水质达标率", "100", "%", "share", "actual"),
        ("参保率", "97.3", "%", "share", "actual"),
        ("固定资产投资", "10", "%", "change_rate", "target"),
        ("农村公路", "9.8", "公里", "level", "target"),
    ],
    "3-hijacked.html": [
        ("地区生产总值", "4790000000", "元", "level", "actual"),
        ("一般公共预算收入", "8.7", "%", "change_rate", "actual"),
        ("规上工业企业", "68", "家", "level", "actual"),
        ("水稻种植面积", "39200", "亩", "level", "actual"),
        ("林木覆盖率", "24.7", "%", "share", "actual"),
        ("养老床位", "60", "张", "level", "target"),
    ],
    "4-bulletin-with-table.html": [
        ("第二产业增加值", "1547000000", "元", "level", "actual"),
        ("家禽出栏", "740000", "只", "level", "actual"),
        ("固定资产投资", "1862000000", "元", "level", "actual"),
        ("固定资产投资", "9.4", "%", "change_rate", "actual"),
        ("实际利用外资", "8600000", "美元", "level", "actual"),
        ("用电量", "184300000", "千瓦时", "level", "actual"),
        ("常住人口", "47200", "人", "level", "actual"),
        ("人口自然增长率", "-2.9", "‰", "share", "actual"),
    ],
    "5-report.docx": [
        ("规模以上工业产值", "29840000000", "元", "level", "actual"),
        ("发明专利", "43", "件", "level", "actual"),
        ("水产品总产量", "46000", "吨", "level", "actual"),
        ("财政总收入", "4", "%", "change_rate", "target"),
    ],
    "6-report.pdf": [
        ("财政收入", "12300000", "元", "level", "actual"),
        ("贫困发生率", "3.1", "%", "share", "actual"),
        ("塘堰", "63", "口", "level", "actual"),
        ("森林覆盖率", "71.5", "%", "share", "target"),
    ],
}


def test_the_figures_are_found(records: dict[str, DocumentRecord]) -> None:
    """Name, value, unit, measure and status, of at least 95 in a hundred; which are missed is told."""
    missed = []
    for name, figures in FIGURES.items():
        found = {(i.name, i.value, i.unit, i.measure, i.status) for i in records[name].indicators}
        missed += [
            (name, *wanted)
            for wanted in figures
            if not any(wanted[0] in told and rest == list(wanted[1:]) for told, *rest in found)
        ]
    assert len(missed) <= sum(map(len, FIGURES.values())) * 0.05, missed
