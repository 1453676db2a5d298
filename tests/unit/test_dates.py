"""Years and periods as sentences say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.text.dates import find_periods, plan_years, year_of

REVIEW, PLAN = 2030, 2031


def said(sentence: str, part: str | None = "review") -> list[tuple[str, str, str]]:
    """Words, kind and days of every mention; whole years as years."""
    found = []
    for mention in find_periods(sentence, review_year=REVIEW, plan_year=PLAN, part=part):
        days = ""
        if mention.period is not None:
            start, end = mention.period.start, mention.period.end
            whole = start.endswith("-01-01") and end.endswith("-12-31")
            days = f"{start[:4]}-{end[:4]}" if whole else f"{start}/{end}"
        found.append((sentence[mention.start : mention.end], mention.kind, days))
    return found


@pytest.mark.parametrize(
    ("sentence", "words", "kind", "days"),
    [
        ("2029年完成投资3亿元", "2029年", "year", "2029-2029"),
        ("２０２９年完成", "２０２９年", "year", "2029-2029"),
        ("二〇二九年工作", "二〇二九年", "year", "2029-2029"),
        ("2026—2030年累计", "2026—2030年", "span", "2026-2030"),
        ("2026年至2030年", "2026年至2030年", "span", "2026-2030"),
        ("“十四五”期间，我镇", "“十四五”期间", "span", "2021-2025"),
        ("十一五末达到", "十一五末", "as_of", "2010-2010"),
        ("按照“十四五”规划要求", "“十四五”", "plan_name", "2021-2025"),
        ("开展“八五”普法", "“八五”", "plan_name", "1991-1995"),
        ("五年来，全镇", "五年来", "span", "2026-2030"),
        ("过去三年累计", "过去三年", "span", "2028-2030"),
        ("五年累计完成", "五年", "span", "2026-2030"),
        ("五年新增就业9万人", "五年", "span", "2026-2030"),
        ("连续三年保持10%以上", "连续三年", "span", "2028-2030"),
        ("2027年以来", "2027年以来", "span", "2027-2030"),
        ("一年来，全镇", "一年来", "year", "2030-2030"),
        ("过去的一年，我们", "过去的一年", "year", "2030-2030"),
        ("比2025年增长12%", "2025年", "base", "2025-2025"),
        ("较上年度增加3件", "上年度", "base", "2029-2029"),
        ("由上年的236家增加到368家", "上年", "base", "2029-2029"),
        ("从2025年的4.5%提高到5%", "2025年", "base", "2025-2025"),
        ("是2025年的2.5倍", "2025年", "base", "2025-2025"),
        ("与2020年相比，产值", "2020年", "base", "2020-2020"),
        ("上年同期为3亿元", "上年同期", "base", "2029-2029"),
        ("截至2030年底，全镇", "2030年底", "as_of", "2030-2030"),
        ("力争到2035年，产值", "2035年", "as_of", "2035-2035"),
        ("年末存栏3万头", "年末", "as_of", "2030-2030"),
        ("全年完成产值", "全年", "year", "2030-2030"),
        ("上半年完成产值", "上半年", "within_year", "2030-01-01/2030-06-30"),
        ("2029年前三季度", "2029年前三季度", "within_year", "2029-01-01/2029-09-30"),
        ("二季度开园", "二季度", "within_year", "2030-04-01/2030-06-30"),
        ("1—9月完成", "1—9月", "within_year", "2030-01-01/2030-09-30"),
        ("2028年2月份", "2028年2月份", "within_year", "2028-02-01/2028-02-29"),
        ("2029年12月27日开工", "2029年12月27日", "day", "2029-12-27/2029-12-27"),
        ("获评“2030年度先进单位”称号", "2030年度", "plan_name", "2030-2030"),
        ("获“2028—2030年度平安县”", "2028—2030年", "plan_name", "2028-2030"),
        ("超过1978年到2000年的投资总和", "1978年到2000年", "plan_name", "1978-2000"),
        ("《林地保护规划（2031—2035年）》", "2031—2035年", "plan_name", "2031-2035"),
    ],
)
def test_one_expression(sentence: str, words: str, kind: str, days: str) -> None:
    assert said(sentence) == [(words, kind, days)]


@pytest.mark.parametrize(
    ("sentence", "words", "kind", "days"),
    [
        # up to a month is from the first one on; a month alone is that month
        ("截至10月底，完成投资2亿元", "10月", "within_year", "2030-01-01/2030-10-31"),
        ("截止到9月中旬", "9月", "within_year", "2030-01-01/2030-09-30"),
        ("截至2029年10月底", "2029年10月", "within_year", "2029-01-01/2029-10-31"),
        ("8月份完成投资2亿元", "8月份", "within_year", "2030-08-01/2030-08-31"),
        ("元至6月份完成投资2亿元", "元至6月份", "within_year", "2030-01-01/2030-06-30"),
        # from a year on, which is not what began in it
        ("自2025年起实施补贴", "2025年起", "span", "2025-2030"),
        ("2025年开始建设的水库", "2025年开始", "year", "2025-2025"),
        ("2025年起草的办法", "2025年", "year", "2025-2025"),
        # the best since a year was reached in none of these years
        ("增幅为2025年以来的最高", "2025年以来", "plan_name", "2025-2030"),
        ("增速为五年来最快", "五年来", "plan_name", "2026-2030"),
        ("2025年以来新建学校3所", "2025年以来", "span", "2025-2030"),
        # alike is a comparison
        ("产量与上年持平", "上年", "base", "2029-2029"),
        ("产量与去年同期基本持平", "去年同期", "base", "2029-2029"),
        ("规模和2025年相当", "2025年", "base", "2025-2025"),
    ],
)
def test_up_to_a_month_from_a_year_on_and_alike(sentence: str, words: str, kind: str, days: str) -> None:
    assert said(sentence) == [(words, kind, days)]


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("去年完成3亿元", "2030-2030"),
        ("今年完成3亿元", "2031-2031"),
        ("由去年的6家增加到8家", "2029-2029"),
        ("由上年的6家增加到8家", "2029-2029"),
        ("全年完成3亿元", "2030-2030"),
    ],
)
def test_words_of_one_who_speaks_in_the_year_after(sentence: str, days: str) -> None:
    (found,) = find_periods(sentence, review_year=REVIEW, plan_year=PLAN, part="review", this_year=PLAN)
    assert found.period is not None
    assert f"{found.period.start[:4]}-{found.period.end[:4]}" == days


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("今年安排项目80个", "2031-2031"),
        ("今后五年", "2031-2035"),
        ("3年内建成", "2031-2033"),
        ("新的一年", "2031-2031"),
        ("去年完成3亿元", "2030-2030"),
        ("年底前竣工", "2031-2031"),
    ],
)
def test_in_the_plan_words_hang_on_the_plan_year(sentence: str, days: str) -> None:
    assert [one[2] for one in said(sentence, "plan")] == [days]


@pytest.mark.parametrize(
    "sentence",
    [
        "三年行动计划",
        "十五年教育",
        "建党100周年",
        "第十五个五年规划",
        "投资2000万元",
        "2032省道",
        "13月",
        "十五个项目",
        "3个月内",
        "100年",
    ],
)
def test_what_says_no_period(sentence: str) -> None:
    assert said(sentence) == []


def test_without_a_year_to_hang_on_the_words_are_found_and_the_days_unknown() -> None:
    found = find_periods("五年来，去年、上半年", review_year=None, plan_year=None)
    assert [(one.kind, one.period) for one in found] == [("span", None), ("year", None), ("within_year", None)]


def test_five_year_plans_are_counted_from_the_tenth() -> None:
    assert plan_years("十五") == (2001, 2005)
    assert plan_years("十四五") == (2021, 2025)
    assert plan_years("九五") == (1996, 2000)


@given(st.integers(1900, 2099))
def test_a_year_written_in_any_digits_is_that_year(year: int) -> None:
    chinese = "".join("〇一二三四五六七八九"[int(d)] for d in str(year))
    assert year_of(str(year)) == year_of(chinese) == year


ALPHABET = st.sampled_from(list("12390一二三四五十年月日来底末上半前过去今后比由从到“”—季度期间同截至增"))


@given(st.text(ALPHABET, max_size=40))
def test_mentions_stand_in_order_inside_any_sentence(sentence: str) -> None:
    at = 0
    for mention in find_periods(sentence, review_year=REVIEW, plan_year=PLAN):
        assert at <= mention.start < mention.end <= len(sentence)
        assert mention.period is None or mention.period.start <= mention.period.end
        at = mention.end
