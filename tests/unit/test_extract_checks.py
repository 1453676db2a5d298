"""Which figures of one document contradict one another, and which only look as if they did."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.evidence import Evidence
from schemas.record import Finding, Period
from tasks.extract.checks import CheckRules, check

RULES = CheckRules.load(Path(__file__).resolve().parents[2] / "config" / "vocabulary")


def finding(
    name: str, code: str | None, value: str, unit: str = "元", measure: str = "level", **more: object
) -> Finding:
    years = more.pop("years", (2030, 2030))
    assert isinstance(years, tuple)
    made = Finding(
        name=name,
        code=code,
        value=value,
        unit=unit,
        value_text=value,
        bound="exact",
        measure=measure,  # type: ignore[arg-type]
        compared_with="previous_year" if measure == "change_rate" else None,
        status="actual",
        period=Period.years(*years),
        area=None,
        subject=None,
        section_id="1",
        evidence=Evidence(start=0, end=1, sentence_start=0, sentence_end=1),
        rule="test",
        confidence=0.9,
    )
    return made.evolve(**more)


def codes(*findings: Finding) -> list[str]:
    return [warning.code for warning in check(findings, RULES)]


RETAIL = ("社会消费品零售总额", "CON.RETAIL")


@pytest.mark.parametrize(
    ("then", "now", "rate", "warned"),
    [
        ("40亿元", "42亿元", "5", False),
        ("40亿元", "42亿元", "5.8", False),  # within the rounding of 40 and 42
        ("40.00亿元", "42.00亿元", "15", True),
        ("40.00亿元", "42.00亿元", "-5", True),
    ],
)
def test_a_rate_of_change_against_its_two_levels(then: str, now: str, rate: str, warned: bool) -> None:
    def value(written: str) -> str:
        return str(int(Decimal(written.removesuffix("亿元")) * 10**8))

    found = codes(
        finding(*RETAIL, value(then), value_text=then, years=(2029, 2029)),
        finding(*RETAIL, value(now), value_text=now),
        finding(*RETAIL, rate, "%", "change_rate"),
    )
    assert found == (["growth_mismatch"] if warned else [])


def test_growth_over_several_years_may_be_the_whole_or_the_yearly_mean() -> None:
    levels = (finding(*RETAIL, "100000000", years=(2025, 2025)), finding(*RETAIL, "161051000"))
    for rate, warned in (("61.1", False), ("10", False), ("30", True)):
        found = codes(*levels, finding(*RETAIL, rate, "%", "change_rate", years=(2026, 2030)))
        assert found == (["growth_mismatch"] if warned else [])


def test_growth_at_constant_prices_is_not_judged() -> None:
    gdp = ("地区生产总值", "ECO.GDP")
    levels = (finding(*gdp, "1000000000", years=(2029, 2029)), finding(*gdp, "1200000000"))
    assert codes(*levels, finding(*gdp, "5", "%", "change_rate")) == []


def test_a_part_is_no_more_than_its_whole() -> None:
    whole = finding("工业总产值", "IND.OUT", "100000000")
    assert codes(whole, finding("规上工业产值", "IND.OUT_DS", "120000000")) == ["parts_exceed_whole"]
    assert codes(whole, finding("规上工业产值", "IND.OUT_DS", "90000000")) == []
    assert codes(whole, finding("规上工业产值", "IND.OUT_DS", "120000000", years=(2029, 2029))) == []
    assert codes(whole, finding("规上工业产值", "IND.OUT_DS", "120000000", "美元")) == []


def test_exports_and_imports_together_are_no_more_than_trade() -> None:
    trade = finding("进出口总额", "FTR.TOTAL", "100000000", value_text="1.00亿元")
    exports = finding("出口总额", "FTR.EXP", "70000000", value_text="0.70亿元")
    assert codes(trade, exports, finding("进口总额", "FTR.IMP", "40000000", value_text="0.40亿元")) == [
        "parts_exceed_whole"
    ]
    assert codes(trade, exports, finding("进口总额", "FTR.IMP", "30000000", value_text="0.30亿元")) == []


def test_the_shares_of_one_whole_are_at_most_a_hundred() -> None:
    def shares(*values: str) -> list[Finding]:
        named = zip(("ECO.VA1_SHARE", "ECO.VA2_SHARE", "ECO.VA3_SHARE"), values, strict=True)
        return [finding("比重", code, value, "%", "share") for code, value in named]

    assert codes(*shares("10.1", "40.2", "49.7")) == []
    assert codes(*shares("20.1", "40.2", "49.7")) == ["parts_exceed_whole"]


@pytest.mark.parametrize(
    ("name", "value", "warned"),
    [
        ("森林覆盖率", "412", True),
        ("年度投资完成率", "112", False),
        ("安装率", "100", False),
        ("完成全年目标", "278.8", False),
    ],
)
def test_shares_above_a_hundred(name: str, value: str, warned: bool) -> None:
    assert codes(finding(name, None, value, "%", "share")) == (["share_over_100"] if warned else [])


@pytest.mark.parametrize(
    ("name", "code", "value", "unit", "warned"),
    [
        ("居民人均可支配收入", "POP.INC", "32500", "元", False),
        ("居民人均可支配收入", "POP.INC", "3250000000", "元", True),
        ("居民人均可支配收入", "POP.INC", "3.25", "元", True),
        ("人均村级收入", None, "3250000000", "元", True),
        ("地区生产总值", "ECO.GDP", "178", "元", True),
        ("地区生产总值", "ECO.GDP", "17800000000", "元", False),
        ("PM2.5平均浓度", "ENV.PM25", "3200", "微克/立方米", True),
        ("常住人口", "POP.RES", "12", "人", True),
    ],
)
def test_levels_that_no_place_can_have(name: str, code: str | None, value: str, unit: str, warned: bool) -> None:
    assert codes(finding(name, code, value, unit)) == (["impossible_unit"] if warned else [])


def test_one_indicator_with_two_values() -> None:
    one = finding(*RETAIL, "7940000000", value_text="79.4亿元")
    assert codes(one, finding(*RETAIL, "7930000000", value_text="79.3亿元")) == ["said_twice"]
    assert codes(one, finding(*RETAIL, "7938000000", value_text="79.38亿元")) == []  # the same, rounded
    assert codes(one, finding(*RETAIL, "7000000000", value_text="70亿元", years=(2029, 2029))) == []
    assert codes(one, finding(*RETAIL, "7000000000", value_text="70亿元", bound="over")) == []
    assert codes(one, finding(*RETAIL, "7000000000", value_text="70亿元", subject="东湾集团")) == []
    assert codes(one, finding(*RETAIL, "7000000000", value_text="70亿元", status="target")) == []
    assert codes(one, finding(*RETAIL, "4000000000", period=Period(start="2030-01-01", end="2030-06-30"))) == []


def test_a_warning_tells_both_values_in_one_sentence() -> None:
    (warning,) = check([finding(*RETAIL, "7940000000"), finding(*RETAIL, "8940000000")], RULES)
    assert warning.found == "社会消费品零售总额 7940000000（2030）; 社会消费品零售总额 8940000000（2030）"
    assert warning.times == 2


@given(st.lists(st.integers(-(10**12), 10**12), max_size=6), st.sampled_from(["level", "share", "change_rate"]))
def test_any_values_are_checked_without_error(values: list[int], measure: str) -> None:
    unit = "元" if measure == "level" else "%"
    found = [finding(*RETAIL, str(v), unit, measure, years=(2029 + n % 2, 2029 + n % 2)) for n, v in enumerate(values)]
    assert all(warning.why for warning in check(found, RULES))
