"""Conversion equals the library's, only faster; our additions are additions."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from tasks.normalise import NormaliseRules
from tasks.normalise.conversion import Converter, Region, converter

REGIONS: dict[str, Region] = {"t2s": "standard", "tw2s": "taiwan", "hk2s": "hong_kong"}


@pytest.fixture(scope="module", params=REGIONS)
def pair(request: pytest.FixtureRequest) -> tuple[Converter, OpenCC]:
    return converter(REGIONS[request.param], {}), OpenCC(request.param)


def test_made_up_texts_full_of_phrases_convert_as_in_the_library(pair: tuple[Converter, OpenCC]) -> None:
    ours, theirs = pair
    pieces = [p for step in ours.steps for p in step.phrases]
    pieces += [p[1:] for p in pieces] + [p[:-1] for p in pieces]
    pieces += [c for step in ours.steps for c in step.characters] + list("一不在的了,。 a人\n")
    rng = random.Random(7)
    for _ in range(34_000):
        text = "".join(rng.choices(pieces, k=rng.randint(1, 7)))
        assert ours.convert(text) == theirs.convert(text)


@given(st.text("乾著於餘藉瞭麼么覆後裡裏面臺台周週幾乎是，. 𠀀", max_size=12))
def test_texts_of_doubtful_characters_convert_as_in_the_library(text: str) -> None:
    for name, region in REGIONS.items():
        assert converter_of(region).convert(text) == library(name).convert(text)


_MADE: dict[str, Converter] = {}
_LIBRARY: dict[str, OpenCC] = {}


def converter_of(region: Region) -> Converter:
    return _MADE.setdefault(region, _MADE.get(region) or converter(region, {}))


def library(name: str) -> OpenCC:
    return _LIBRARY.setdefault(name, _LIBRARY.get(name) or OpenCC(name))


@pytest.mark.parametrize(
    ("region", "text", "simplified"),
    [
        ("standard", "慰藉著受傷的心靈", "慰藉著受伤的心灵"),
        ("taiwan", "慰藉著受傷的心靈", "慰藉着受伤的心灵"),
        ("standard", "乾安縣的葡萄乾", "乾安县的葡萄干"),
        ("standard", "擡頭看見貍貓", "抬头看见狸猫"),
        ("taiwan", "甚么 老么", "甚么 老幺"),
        ("hong_kong", "稽覈衞生設施", "稽核卫生设施"),
    ],
)
def test_additions_convert_what_the_old_tables_miss(
    region: Region, text: str, simplified: str, rules: NormaliseRules
) -> None:
    assert rules.converters[region].convert(text) == simplified
