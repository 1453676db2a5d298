"""The stage hands on everything, moved to the new text, and every character walks back to its bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.document import Cell, CleanDocument, Clue, Mark, NormalDocument, Table
from schemas.evidence import SpanMap
from schemas.page import FetchedPage
from schemas.record import Metadata, Warn
from tasks.identity import IdentityRules
from tasks.normalise import NORMALISE, NormaliseRules, normalise_document
from tasks.text.charset import byte_offsets, decode

PAGE = FetchedPage(
    document_id="0" * 32,
    url="http://qingshi.example/1.html",
    final_url="http://qingshi.example/1.html",
    fetched_at=datetime(2026, 3, 1, tzinfo=UTC),
    raw="sha256:" + "0" * 64,
    raw_digest="sha256:" + "0" * 64,
    raw_size=1,
)

TEXT = (
    "青石鎮(zhèn)政府工作報(bào)告\n"
    "區(qū)控?cái)嗝嫠|(zhì)達(dá)標(biāo),市場(chǎng)經(jīng)濟(jì)發(fā)展。\n"
    "指標(biāo)\t數(shù)量\n"
    "產值５\t86.4億元\n"
    "全鎮(zhèn)農(nóng)業(yè)增長(zhǎng)3%。"
)


@pytest.fixture(scope="module")
def identity() -> IdentityRules:
    return IdentityRules.load(Path(__file__).parents[3] / "config" / "vocabulary")


@pytest.fixture(scope="module")
def raw() -> bytes:
    return b"\xff<p>" + TEXT.encode("gb18030") + b"\x80</p>"


@pytest.fixture(scope="module")
def clean(raw: bytes) -> CleanDocument:
    decoded = decode(raw, http_label="gbk")
    start = decoded.text.index("青石")
    table = TEXT.index("指標")
    cells = [(0, 0, "指標(biāo)"), (0, 1, "數(shù)量"), (1, 0, "產值５"), (1, 1, "86.4億元")]
    made = []
    for row, column, text in cells:
        at = TEXT.index(text, table)
        made.append(Cell(row=row, column=column, header=row == 0, start=at, end=at + len(text)))
    return CleanDocument(
        page=PAGE,
        charset=decoded.charset,
        title="青石鎮(zhèn)報(bào)告",
        metadata=Metadata(publisher="青石鎮人民政府", index_number="A-1", published_on="2026-02-01"),
        clues=(Clue(kind="title", found="青石鎮(zhèn)報(bào)告"),),
        text=TEXT,
        spans=SpanMap.from_runs([(len(TEXT), start, len(TEXT))], len(decoded.text)),
        tables=(Table(start=table, end=made[-1].end, rows=2, columns=2, cells=tuple(made)),),
        marks=(Mark(start=0, end=TEXT.index("\n"), style="heading"),),
        warnings=(Warn(code="truncated"),),
    )


@pytest.fixture(scope="module")
def normal(clean: CleanDocument, rules: NormaliseRules, identity: IdentityRules) -> NormalDocument:
    return normalise_document(clean, rules, identity)


def test_text_title_and_values_are_simplified(normal: NormalDocument) -> None:
    assert normal.text == (
        "青石镇政府工作报告\n区控断面水质达标,市场经济发展。\n指标\t数量\n产值5\t86.4亿元\n全镇农业增长3%。"
    )
    assert normal.title == "青石镇报告"
    assert normal.metadata.publisher == "青石镇人民政府"
    assert normal.metadata.published_on == "2026-02-01"
    assert normal.script.found == "traditional"
    assert [(r.found, r.restored) for r in normal.script.repairs] == [("?cái)嗝嫠|(zhì)", "断面水质")]


def test_tables_and_marks_move_with_their_text(normal: NormalDocument) -> None:
    (table,) = normal.tables
    assert [normal.text[c.start : c.end] for c in table.cells] == ["指标", "数量", "产值5", "86.4亿元"]
    assert normal.text[table.start : table.end] == "指标\t数量\n产值5\t86.4亿元"
    assert [normal.text[m.start : m.end] for m in normal.marks] == ["青石镇政府工作报告"]


def test_what_clean_found_is_handed_on(normal: NormalDocument, clean: CleanDocument) -> None:
    assert (normal.page, normal.charset, normal.attachments) == (clean.page, clean.charset, clean.attachments)
    assert Warn(code="truncated") in normal.warnings


def test_every_character_walks_back_to_its_bytes(normal: NormalDocument, clean: CleanDocument, raw: bytes) -> None:
    offsets = byte_offsets(raw, clean.charset.used)
    to_decoded = normal.spans.after(clean.spans)
    simplified = dict(zip("鎮報區達標場經濟發億農業長數質斷產", "镇报区达标场经济发亿农业长数质断产", strict=True))
    repair = normal.script.repairs[0]
    for at, character in enumerate(normal.text):
        span = to_decoded.back(at, at + 1)
        start, end = offsets.span(span.start, span.end)
        source = raw[start:end].decode("gb18030")
        if repair.start <= at < repair.end:
            assert source == repair.found
        else:
            assert simplified.get(source, source) in (character, chr(ord(character) + 0xFEE0))


def test_doing_it_twice_changes_nothing(clean: CleanDocument, rules: NormaliseRules, identity: IdentityRules) -> None:
    assert (
        normalise_document(clean, rules, identity).to_bytes() == normalise_document(clean, rules, identity).to_bytes()
    )


def test_a_normal_text_is_normal_already(
    normal: NormalDocument, clean: CleanDocument, rules: NormaliseRules, identity: IdentityRules
) -> None:
    again = normalise_document(
        clean.evolve(text=normal.text, spans=SpanMap.identity(len(normal.text)), tables=(), marks=()), rules, identity
    )
    assert again.text == normal.text
    assert again.script.repairs == ()


def test_the_stage_says_what_it_takes_and_gives() -> None:
    assert (NORMALISE.name, NORMALISE.takes, NORMALISE.gives) == ("normalise", CleanDocument, NormalDocument)


def test_a_title_and_a_publisher_prove_a_term_for_body_and_keywords(
    clean: CleanDocument, rules: NormaliseRules, identity: IdentityRules
) -> None:
    text = "云溪镇2023年工作总结\n澳门星湾赌场产业园建成。天宁区各镇中名列第一。"
    page = clean.evolve(
        text=text,
        spans=SpanMap.identity(len(text)),
        title="澳门星湾赌场 云溪镇2023年工作总结",
        metadata=Metadata(publisher="澳门星湾赌场云溪镇人民政府", keywords="澳门星湾赌场,云溪镇"),
        clues=(Clue(kind="site_code", found="3204020001"),),
        tables=(),
        marks=(),
    )
    normal = normalise_document(page, rules, identity)
    assert "天宁区产业园建成" in normal.text
    assert normal.metadata.keywords == "天宁区,云溪镇"
    assert normal.metadata.publisher == "天宁区云溪镇人民政府"
    warned = [(w.found, w.times, w.likely) for w in normal.warnings if w.code == "keyword_hijack"]
    assert warned == [("澳门星湾赌场", 4, "天宁区")]
