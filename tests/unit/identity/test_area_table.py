"""The area table answers by name, short name, spelling and code, and is the same each time it is built."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import Misconfigured
from tasks.identity import IdentityRules
from tasks.identity.area_table import AreaTable, Naming, above, code_of, compile_table, is_within, level_of

RULES = IdentityRules.load(Path(__file__).parents[3] / "config" / "vocabulary")
NAMING = Naming(
    {
        "province": ["自治区", "省"],
        "prefecture": ["自治州", "市"],
        "county": ["自治县", "县", "区"],
        "township": ["民族乡", "街道", "镇", "乡"],
    },
    {"自治县": "县", "自治州": "州"},
    ["苗族", "土家族", "水族"],
)
SOURCE = """# note
91\t青岭省\tqing ling sheng
9101\t白河苗族自治州\tbai he miao zu zi zhi zhou
910101\t松坪土家族苗族自治县\tsong ping tu jia zu miao zu zi zhi xian\t100南塘镇 101北塘镇 001城关街道
910102\t石沟县\tshi gou xian\t100南塘镇
"""


@pytest.fixture(scope="module")
def table():
    return AreaTable(compile_table(SOURCE, NAMING, {"旧州县": "910102"}))


@pytest.mark.parametrize(
    ("ask", "key", "places"),
    [
        ("named", "南塘镇", (910101100, 910102100)),
        ("named", "松坪县", (910101000,)),
        ("named", "松坪土家族苗族自治县", (910101000,)),
        ("named", "白河州", (910100000,)),
        ("named", "旧州县", (910102000,)),
        ("named", "无此镇", ()),
        ("called", "松坪", (910101000,)),
        ("called", "城关", (910101001,)),
        ("spelled", "shigou", (910102000,)),
        ("spelled", "qingling", (910000000,)),
        ("initials", "sg", (910102000,)),
        ("named", "", ()),
    ],
)
def test_places_are_found_by_every_kind_of_name(table, ask, key, places):
    assert getattr(table, ask)(key) == places


def test_the_ends_of_names_tell_how_long_such_names_are(table):
    tails = table.tails()
    assert tails["塘镇"] == (3,)
    assert tails["治县"] == (10,)
    assert tails["坪县"] == (3,)
    assert "我镇" not in tails
    assert "ou" not in tails


def test_the_towns_of_a_place_are_those_of_all_its_counties(table):
    assert table.towns(910102000) == [(910102100, "南塘镇")]
    assert [place for place, _ in table.towns(910100000)] == [910101001, 910101100, 910101101, 910102100]
    assert table.towns(910102100) == []


def test_every_place_is_found_by_its_own_name_in_a_text():
    """The ends of names leave none out."""
    for place in list(RULES.table)[::97]:
        name = RULES.table.name(place)
        if name.isalpha() and RULES.scanner._ending.search(name, len(name) - 1):
            found = RULES.scanner.full_names(name, label=True)
            assert found, name
            assert found[-1].end == len(name)


def test_a_place_knows_its_path_and_what_lies_in_it(table):
    assert table.path(910101100) == "青岭省白河苗族自治州松坪土家族苗族自治县南塘镇"
    assert table.within(910101000) == (910101001, 910101100, 910101101)
    assert table.within(910101100) == ()
    assert len(table) == 8
    with pytest.raises(KeyError):
        table.name(910101199)


def test_a_table_of_another_layout_is_refused(table):
    with pytest.raises(Misconfigured, match="layout"):
        AreaTable(b"GBAT" + b"\xff" * 60)


def test_every_place_of_the_real_table_is_found_by_its_own_name_and_short_name():
    rules, table = RULES, RULES.table
    for place in list(table)[::7]:
        assert place in table.named(table.name(place))
        assert place in table.called(rules.naming.short(table.name(place), level_of(place)))


def test_former_places_lead_to_places_of_today():
    assert RULES.former
    assert all(now in RULES.table for now in RULES.former.values())


@given(st.integers(min_value=110_000_000, max_value=659_999_999))
def test_a_place_lies_within_all_that_is_above_it(place):
    for region in above(place):
        assert is_within(place, region)
    assert code_of(place).startswith(code_of(above(place)[-1])[:2]) if above(place) else True


@given(st.text(max_size=12))
def test_no_key_breaks_the_table(key):
    table = RULES.table
    for found in (table.named(key), table.called(key), table.spelled(key)):
        assert all(place in table for place in found)
