"""What holds for every place: its codes decide, order and noise do not, and nothing breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schemas.document import Clue
from schemas.page import Cover
from schemas.record import Metadata
from tasks.identity import IdentityRules, identify, place_candidates
from tasks.identity.area_table import above, code_of, level_of

RULES = IdentityRules.load(Path(__file__).parents[3] / "config" / "vocabulary")
TABLE = RULES.table
TOWNS = [p for p in TABLE if level_of(p) == "township" and TABLE.name(p)[-1] in "镇乡" and len(TABLE.name(p)) < 6]
SHARED_NAMES = sorted({TABLE.name(p) for p in TOWNS if len(TABLE.named(TABLE.name(p))) > 2})
PREFECTURES = [p for p in TABLE if level_of(p) == "prefecture" and TABLE.name(p).endswith("市")]
NOISE = "坚持稳中求进，统筹发展和安全，狠抓项目建设，优化营商环境，推进乡村振兴，加强社会治理。"


def ask(text, title=None, clues=(), cover=None, url="https://www.example.cn/a", **metadata):
    return identify(
        text=text,
        title=title,
        metadata=Metadata(**metadata),
        clues=[Clue(kind=kind, found=found) for kind, found in clues],
        url=url,
        fetched_on="2026-11-25",
        rules=RULES,
        cover=cover,
    )


def report(town: int) -> str:
    word = TABLE.name(town)[-1]
    return (
        f"各位代表：\n现在，我代表{TABLE.name(town)}人民政府，向大会报告工作。\n"
        + f"我{word}{NOISE}全{word}实现增长。" * 3
    )


def county_of(town: int) -> int:
    return next(step for step in above(town) if step in TABLE)


@given(st.sampled_from(TOWNS))
@example(130229112)  # 大安镇镇
@settings(max_examples=150, deadline=None)
def test_title_and_site_code_give_the_town(town):
    area = ask(
        report(town), f"{TABLE.name(town)}2022年政府工作报告", [("site_code", f"{code_of(county_of(town)):0<6}0001")]
    ).area
    assert area is not None
    assert TABLE.name(int(area.code)) == TABLE.name(town)
    assert county_of(int(area.code)) == county_of(town)


@given(st.sampled_from(SHARED_NAMES), st.data())
@settings(max_examples=100, deadline=None)
def test_of_towns_of_one_name_the_code_decides_for_each(name, data):
    town = data.draw(st.sampled_from(TABLE.named(name)))
    codes = [
        ("site_code", f"{code_of(county_of(town))}0002"),
        ("police_record", f"公网安备{code_of(county_of(town))}02000123号"),
    ]
    clues = data.draw(st.permutations(codes))
    area = ask(report(town), f"{name}工作总结", clues).area
    assert area is not None
    assert county_of(int(area.code)) == county_of(town)


@given(st.sampled_from(SHARED_NAMES))
@settings(max_examples=60, deadline=None)
def test_a_shared_name_alone_gives_none(name):
    town = TABLE.named(name)[0]
    assert ask(report(town), f"{name}2022年政府工作报告").area is None


@given(st.sampled_from(PREFECTURES))
@settings(max_examples=100, deadline=None)
def test_a_city_gives_the_city(city):
    text = f"各位代表：\n现在，我代表市人民政府，向大会报告工作。在省委、省政府和市委的领导下，全市发展。{NOISE}"
    area = ask(text, f"2021年{TABLE.name(city)}政府工作报告").area
    assert area is not None
    assert area.code == code_of(city)
    assert len(area.code) == 6


@given(st.sampled_from(TOWNS), st.lists(st.sampled_from(PREFECTURES), max_size=6))
@settings(max_examples=60, deadline=None)
def test_other_places_in_the_text_do_not_move_a_town(town, others):
    text = report(town) + "".join(f"赴{TABLE.name(other)}招商。" for other in others)
    area = ask(text, f"{TABLE.name(town)}2022年工作总结", [("site_code", f"{code_of(county_of(town)):0<6}0001")]).area
    assert area is not None
    assert county_of(int(area.code)) == county_of(town)


WORDS = st.sampled_from(
    [
        "我代表",
        "人民政府",
        "全市",
        "我镇",
        "南丰镇",
        "江苏省",
        "第三届人民代表大会",
        "\n",
        "2022年",
        "，",
        "天宁区",
        "镇长 ",
    ]
)
KINDS = ["site_code", "index_number", "police_record", "icp", "publisher", "title", "text", "host"]
TEXT = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=20).map("".join))


@given(
    text=TEXT,
    title=st.none() | TEXT,
    publisher=st.none() | TEXT,
    index=st.none() | st.text(alphabet="0123456789ABCX/-", max_size=25),
    clues=st.lists(
        st.tuples(st.sampled_from(KINDS), TEXT),
        max_size=4,
    ),
    url=st.sampled_from(["file:///a", "https://www.zjg.gov.cn/", "nonsense", "http://[", "http://1.2.3.4:80/x"]),
)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_whatever_is_asked_the_answer_is_sound(text, title, publisher, index, clues, url):
    found = ask(text, title, clues, publisher=publisher, index_number=index, url=url)
    if found.area is not None:
        place = int(found.area.code.ljust(9, "0"))
        assert found.area.name == TABLE.path(place)
        assert found.area.level == level_of(place)
        assert all(e.found and (e.code is None or int(e.code.ljust(9, "0")) in TABLE) for e in found.area.evidence)
    for candidate in place_candidates(
        metadata=Metadata(index_number=index), clues=[Clue(kind=k, found=f) for k, f in clues], url=url, rules=RULES
    ):
        assert int(candidate.code.ljust(9, "0")) in TABLE
        assert candidate.evidence


@pytest.mark.parametrize("size", [1, 400_000])
def test_long_texts_take_linear_time(size):
    """A hundred thousand endings in a row are no more work than so many words."""
    assert ask("镇" * size, "镇" * 300).area is None
    cover = Cover(
        document_id="0" * 32, url="x", metadata=(("title", "x"), ("publisher", "南丰镇")), clues=(("strange", "x"),)
    )
    assert ask("市区县" * (size // 3), None, cover=cover).kind == "other"
