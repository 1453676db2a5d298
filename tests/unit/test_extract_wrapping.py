"""Lines that a converter broke within a sentence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.wrapping import unwrapped, without_page_numbers
from tests.unit.test_extract_sentences import told


def test_a_line_that_ends_within_a_sentence_goes_on() -> None:
    """A name that a line feed parts is whole again."""
    text = "全镇种植水稻2万亩。养猪3万头，畜牧业总\n产值实现1530万元，同比增长17%。"
    assert told(text)[2:] == ["畜牧业总产值|15300000元|level", "畜牧业总产值|17%|change_rate"]


def test_a_line_that_ends_in_a_comma_goes_on() -> None:
    """The verb of the list is carried over the line feed."""
    assert told("新建学校3所，\n增长8%。") == ["新建学校|3所|level", "新建学校|8%|change_rate"]


def test_lines_of_one_width_go_on() -> None:
    """A page set at twenty characters a line is read as if it were not."""
    sentence = (
        "全镇工业生产持续向好并且农村建设加快推进社会事业不断进步全镇各族群众生活水平稳步提高规上工业增加值12亿元"
    )
    lines = [sentence[at : at + 17] for at in range(0, len(sentence), 17)]
    assert "\n" not in unwrapped("\n".join(lines), (), ())


def test_digits_are_half_as_wide_as_characters() -> None:
    """Lines full of figures hold more characters, and are as wide."""
    lines = [
        "全镇工业生产持续向好并且农村建设加快推进社会",
        "事业不断进步群众生活水平产值12345678.25亿元投",
        "资增长并且农村建设加快推进社会事业不断进步全",
        "税收12345678.25亿元增长并且农村建设加快推进",
        "业不断进步",
    ]
    assert "\n" not in unwrapped("\n".join(lines), (), ())


def test_headings_items_and_cells_keep_their_lines() -> None:
    """A label begins a line, a short line is a heading, a cell is a cell."""
    for text in ("工业经济稳中有进\n全年完成产值3亿元。", "新建学校3所。全年\n（一）完成投资", "新建学校3所。\n全年"):
        assert unwrapped(text, (), ()) == text
    assert unwrapped("新建学校3所。全年\n产值", (), (10,)) == "新建学校3所。全年\n产值"


def test_the_number_of_a_page_parts_no_sentence() -> None:
    """It is no figure, and what it parts is whole."""
    assert told("存款余额达4022\n- 1 -\n万元，贷款余额\n— 12 —\n增长3%。") == [
        "存款余额|40220000元|level",
        "贷款余额|3%|change_rate",
    ]
    text = "新建学校3所。\n- 1 -\n新建公园"
    assert without_page_numbers(text) == text


@given(st.text("一、工业。，\n12（"))
def test_only_line_feeds_change(text: str) -> None:
    """Offsets stay: no character but line feeds is another."""
    made = unwrapped(text, (), ())
    assert len(made) == len(text)
    assert all(new == old or (old, new) == ("\n", " ") for old, new in zip(text, made, strict=True))
