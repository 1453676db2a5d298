"""The language model tells words from chance neighbours, and which classes of words follow which."""

from __future__ import annotations

import pytest

from tasks.normalise import NormaliseRules
from tasks.normalise.scoring import START, Scorer


def value(text: str, rules: NormaliseRules, document: str = "") -> float:
    scorer = Scorer(rules.language, document, rules.places)
    reading = START._replace(quoted=0)
    for character in text:
        reading = scorer.read(reading, character)
    return reading.value


@pytest.mark.parametrize(
    ("likelier", "unlikelier"),
    [
        ("断面水质达标", "断面水制达标"),  # a word
        ("稳步提高。", "稳步和。"),  # a conjunction in front of a stop
        ("全面“一网通办”", "全面”一网通办“"),  # a quotation closed before it is opened
        ("不断提高。\n", "不断提高、\n"),
    ],
)
def test_what_reads_well_is_likelier(likelier: str, unlikelier: str, rules: NormaliseRules) -> None:
    assert value(likelier, rules) > value(unlikelier, rules)


def test_what_a_document_says_elsewhere_is_likelier_in_it(rules: NormaliseRules) -> None:
    assert value("青塝桥", rules, "在青塝桥边") > value("青塝桥", rules)


def test_places_near_those_a_document_names_are_likelier_in_it(rules: NormaliseRules) -> None:
    document = "武进区、天宁区、钟楼区、溧阳市、金坛区、新北区" * 2
    assert "郑陆" in Scorer(rules.language, document, rules.places).near_places
    assert "什刹海" not in Scorer(rules.language, document, rules.places).near_places
    assert value("郑陆", rules, document) > value("郑陆", rules)
