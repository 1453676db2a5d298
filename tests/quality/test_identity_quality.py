"""Kind, place and periods of the seeds are right, and places of the city reports too."""

from __future__ import annotations

import json

import pytest

from schemas.record import Metadata, Period
from tasks.identity import IdentityRules, identify

pytestmark = pytest.mark.shared

#: what the README of the reports says they are
REPORTS = {
    "reports/G004.txt": ("610200", 2009, 2010),
    "reports/G005.txt": ("330700", 2010, 2011),
    "reports/G016.txt": ("230200", 2013, 2014),
    "reports/G017.txt": ("370200", 2017, 2018),
    "reports/G036.txt": ("510000", 2025, 2026),
    "reports/G050.txt": ("460000", 2025, 2026),
    "gold/G002.ref.txt": ("520600", 2012, None),
    "gold/G019.ref.txt": ("440200", 2018, 2019),
    "gold/G024.ref.txt": ("450600", 2009, None),
}


@pytest.fixture(scope="module")
def rules(vocabulary):
    return IdentityRules.load(vocabulary)


def told(rules, text, title=None, metadata=None):
    return identify(
        text=text,
        title=title,
        metadata=metadata or Metadata(),
        clues=(),
        url="file:///x",
        fetched_on="2026-11-25",
        rules=rules,
    )


def year(text):
    return Period.years(int(text)) if text else None


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
@pytest.mark.parametrize("folder", ["gold", "gold/body"])
def test_a_seed_is_what_it_is(shared, rules, number, folder):
    expected = json.loads((shared / "gold" / "documents.json").read_text(encoding="utf-8"))[number]
    path = shared / folder / f"{number}.ref.txt"
    if not path.exists():
        pytest.skip("this seed has no separate body")
    found = told(rules, path.read_text(encoding="utf-8"), expected["title"], Metadata(**expected.get("metadata", {})))
    assert found.kind == expected["kind"]
    assert found.area is not None
    assert (found.area.code, found.area.name) == (expected["area"], expected["area_name"])
    assert found.review_period == year(expected["review_period"])
    assert found.plan_period == year(expected["plan_period"])


@pytest.mark.parametrize("name", REPORTS)
def test_a_city_or_province_is_known_from_its_report_alone(shared, rules, name):
    found = told(rules, (shared / name).read_text(encoding="utf-8"))
    assert found.kind == "government_work_report"
    assert found.area is not None
    code, review, plan = REPORTS[name]
    assert (found.area.code, found.review_period, found.plan_period) == (code, year(review), year(plan))
