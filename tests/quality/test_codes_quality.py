"""Floors for canonical codes: names of real reports that were judged by hand, and the core of the gold."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tasks.extract.codes import CodeRules, code_for

DATA = Path(__file__).parent / "data"

#: what a panel of places cannot do without: the names reports give it, and its code
CORE = {
    "ECO.GDP": {"地区生产总值", "生产总值", "地方生产总值"},
    "IND.OUT": {"工业总产值"},
    "IND.OUT_DS": {"规上工业总产值", "规模以上工业产值", "规模以上工业总产值"},
    "IND.VA_DS": {"规上工业增加值", "规模以上工业增加值"},
    "INV.FAI": {"固定资产投资", "全社会固定资产投资"},
    "CON.RETAIL": {"社会消费品零售总额", "全社会消费品零售总额"},
    "FIN.GPBR": {"一般公共预算收入", "地方一般公共预算收入", "公共财政预算收入", "公共财政收入"},
    "FIN.TOTAL": {"财政总收入", "财政收入", "全口径财政收入"},
    "FIN.TAX": {"税收收入"},
    "FTR.TOTAL": {"进出口总额", "外贸进出口总额", "进出口贸易"},
    "FTR.EXP": {"出口总额"},
    "FTR.FDI": {"实际利用外资", "实际到账外资", "实到外资"},
    "POP.INC": {"居民人均可支配收入"},
    "POP.INC_U": {"城镇居民人均可支配收入"},
    "POP.INC_R": {"农民人均纯收入"},
    "INV.IND": {"工业投资"},
    "INV.TECH": {"技改投资", "工业技改投资"},
    "CON.TOUR_REV": {"旅游收入"},
    "ENV.FOREST": {"森林覆盖率"},
    "TEC.HTE_NEW": {"新增高新技术企业", "净增高新技术企业"},
}


@pytest.fixture(scope="module")
def rules(vocabulary: Path) -> CodeRules:
    return CodeRules.load(vocabulary)


def test_names_judged_by_hand_keep_their_codes(rules: CodeRules) -> None:
    with (DATA / "codes_by_hand.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    right = sum(code_for(r["name"], r["unit"], r["measure"], rules) == r["code"] for r in rows)
    assert right / len(rows) >= 0.98


@pytest.mark.shared
def test_every_core_indicator_of_the_gold_has_its_code(shared: Path, rules: CodeRules) -> None:
    wanted = {name: code for code, names in CORE.items() for name in names}
    seen: set[str] = set()
    for path in sorted((shared / "gold").glob("*.gold.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["kind"] == "I" and row["name"] in wanted:
                    found = code_for(row["name"], row["unit"], row["measure"], rules)
                    assert found == wanted[row["name"]], (row["name"], row["unit"], row["measure"])
                    seen.add(row["name"])
    assert seen == set(wanted)


@pytest.mark.shared
def test_half_of_the_figures_of_the_gold_have_a_code(shared: Path, rules: CodeRules) -> None:
    coded = total = 0
    for path in sorted((shared / "gold").glob("*.gold.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["kind"] == "I":
                    total += 1
                    coded += code_for(row["name"], row["unit"], row["measure"], rules) is not None
    assert coded / total >= 0.5
