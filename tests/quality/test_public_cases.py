"""Facts of public test suites that apply here: what a number or an amount written in Chinese is worth.

Inputs and values are those of the tests of cn2an (MIT), JioNLP (Apache-2.0) and Microsoft Recognizers-Text
(MIT).  What does not apply is left out: dozens and pairs (一打, 三双), discounts (打对折), guesses between two
numbers (三五百块, 几十万), signs in words (负三十二), letters for thousands (15k), small change (角, 毛),
numbers broken by spaces, times, and counts below ten in Chinese numerals, which reports use to order
their text.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tasks.extract.chinese import ChineseReader
from tasks.extract.mentions import Mention, Reader, share_units
from tasks.extract.words import UnitWords
from tasks.text.numerals import chinese_number, half_width, plain
from tasks.vocabulary import read_toml

UNITS = read_toml(Path(__file__).resolve().parents[2] / "config" / "vocabulary" / "units.toml", UnitWords)

CN2AN = """
一 1|两 2|十 10|十一 11|一十一 11|一百一十一 111|一千一百一十一 1111|一万一千一百一十一 11111
一十一万一千一百一十一 111111|一百一十一万一千一百一十一 1111111|一千一百一十一万一千一百一十一 11111111
一亿一千一百一十一万一千一百一十一 111111111|一十一亿一千一百一十一万一千一百一十一 1111111111
一百一十一亿一千一百一十一万一千一百一十一 11111111111
一千一百一十一亿一千一百一十一万一千一百一十一 111111111111|壹 1|拾 10|拾壹 11|壹拾壹 11|壹佰壹拾壹 111
壹仟壹佰壹拾壹 1111|壹万壹仟壹佰壹拾壹 11111|壹拾壹万壹仟壹佰壹拾壹 111111|壹佰壹拾壹万壹仟壹佰壹拾壹 1111111
壹仟壹佰壹拾壹万壹仟壹佰壹拾壹 11111111|壹亿壹仟壹佰壹拾壹万壹仟壹佰壹拾壹 111111111
壹拾壹亿壹仟壹佰壹拾壹万壹仟壹佰壹拾壹 1111111111|壹佰壹拾壹亿壹仟壹佰壹拾壹万壹仟壹佰壹拾壹 11111111111
壹仟壹佰壹拾壹亿壹仟壹佰壹拾壹万壹仟壹佰壹拾壹 111111111111|一百零一 101|一千零一 1001|一千零一十一 1011
一千一百零一 1101|一万零一 10001|一万零一十一 10011|一万零一百一十一 10111|一十万零一 100001|一百万零一 1000001
一千万零一 10000001|一千零一万一千零一 10011001|一千零一万零一 10010001|一亿零一 100000001|一十亿零一 1000000001
一百亿零一 10000000001|一千零一亿一千零一万一千零一 100110011001|一千亿一千万一千零一 100010001001
一千亿零一 100000000001|零点零零零一 0.0001|零点零零一 0.001|零点零一 0.01|零点一 0.1
零点零零零零零零零零零零零零零零一 0.000000000000001|十万 100000|十万零一 100001|十亿零一万零一 1000010001
一一 11|一一一 111|一一一一 1111|拾万零壹 100001|拾亿零壹万零壹 1000010001|壹壹 11|壹壹壹 111|壹壹壹壹 1111
零点零 0|零点零零 0|一七二零 1720|一七二零点一 1720.1|一七二零点一三四 1720.134
"""
RECOGNIZERS_NUMBER = """
十 10|十五 15|一百 100|肆佰陸拾 460|一百五十二 152|壹佰伍拾 150|两千四百五 2450|二 2|四百五十 450|四百五 450
一千零一 1001|一百零一万一千 1011000|一千两百三十四万 12340000|五亿零六 500000006|七十八万五佰零六 780506
肆拾肆 44|倆千两百贰拾二 2222|拾万零五十六 100056|九百九十九 999|九百九 990|二百五十 250|一千零五十 1050
一千零五 1005|一千陆 1600|一万三 13000|一万二百五十 10250|一万零二百五十 10250|九万四 94000|九十二万四 924000
九万零四百 90400|九百万零四百 9000400|四千零五万 40050000|四千万 40000000|四千万零六千 40006000|四亿 400000000
四亿五千六百四十二万零一十五 456420015|四万五千六百二十二 45622|五兆六十二亿四万五千二 5006200045200
五十五兆一十二亿四万五千二 55001200045200|十万柒仟捌佰伍拾肆 107854|拾六万零五百零六 160506
拾亿零六万零五百零六 1000060506|一百万零四 1000004|四十万 400000|四千零四万 40040000
四十五亿四千零四万 4540040000|四万万 400000000|百三 130|两千三百五 2350
"""
NONE = ("零点点", "零点零大", "一切")

#: text → value and unit of each amount; a bound behind a colon when there is one
AMOUNTS = {
    # JioNLP, money
    "25481港元": "25481港元",
    "45564.44美元": "45564.44美元",
    "1.2万元": "12000元",
    "3千万亿日元": "3000000000000000日元",
    "约4.287亿美元": "428700000美元:about",
    "近700万元": "7000000元:nearly",
    "不到1.9万台币": "19000台币:at_most",
    "3000多欧元": "3000欧元:over",
    "从8500到3万港元": "8500港元:at_least 30000港元:at_most",
    "1万-5万元": "10000元:at_least 50000元:at_most",
    "1万元--5万元": "10000元 50000元",
    "2——3万港币": "20000港币:at_least 30000港币:at_most",
    "一万二千三百四十五元": "12345元",
    "二十五万三千二百美元": "253200美元",
    "大约三百万元": "3000000元:about",
    "车费601,293.11元": "601293.11元",
    "计划投资3541.07万元": "35410700元",
    "车价值2000余元": "2000元:over",
    # Recognizers-Text, currency
    "彩民15元": "15元",
    "1000万元基本头奖": "10000000元",
    "奖池金额攀升至36.57亿元。": "3657000000元",
    "１欧元可以": "1欧元",
    "兑换１．０７５３美元": "1.0753美元",
    "兑换1.0092瑞士法郎": "1.0092瑞士法郎",
    "净流出1200亿美元": "120000000000美元",
    "每股1.95港元": "1.95港元",
    "定存单5306亿台币": "530600000000台币",
    "另需1万亿日元 已申请贷款": "1000000000000日元",
    "十五美元": "15美元",
    # Recognizers-Text, per cent
    "９成": "90%",
    "7.２成": "72%",
    "１０ 成": "100%",
    "10成": "100%",
    "9.5成": "95%",
    "２.５成": "25%",
    "2成,2.5成,２．１成，２成": "20% 25% 21% 20%",
    "九成,五成,八点五成": "90% 50% 85%",
    "三成": "30%",
    "两成": "20%",
    "百分之２．４": "2.4%",
    "百分之五": "5%",
    "百分之22": "22%",
    "百分之１２０": "120%",
    "百分之1,111": "1111%",
    "百分之５６.２": "56.2%",
    "百分之3,000": "3000%",
    "百分之一百": "100%",
    "百分之百": "100%",
    "百分之一百二十点五": "120.5%",
    "上升了百分之2.2": "2.2%",
    "5％": "5%",
    "５．５％": "5.5%",
    "25%": "25%",
    "２２％": "22%",
    "-22.2%": "-22.2%",
    "－1２２％": "-122%",
    "六个百分点": "6个百分点",
    "二十个百分点": "20个百分点",
    "一百五十个百分点": "150个百分点",
    "２．４个百分点": "2.4个百分点",
    "12个百分点": "12个百分点",
    "2,123个百分点": "2123个百分点",
    "12.56个百分点": "12.56个百分点",
    "０.４个百分点": "0.4个百分点",
    "15,123个百分点": "15123个百分点",
    # Recognizers-Text, dimension
    "产值突破180亿元，带动就业超10万人，户平增收16000元，养殖387万亩。": (
        "18000000000元:over 100000人:over 16000元 3870000亩"
    ),
    "日均20万公斤远销": "200000公斤",
    "三百米": "300米",
    "12千米": "12公里",
    "2.3千克": "2.3公斤",
    "十五斤": "15斤",
    "需要摄入2.4微克的维生素": "2.4微克",
    # Recognizers-Text, numbers with a scale
    "4.78万亿元": "4780000000000元",
    "10万万元": "1000000000元",
    "5万4千6百元": "54600元",
    "5亿1万4千6百元": "500014600元",
    "1,050,000,000元": "1050000000元",
    "199个": "199个",
    "二十亿元": "2000000000元",
    "一千多万元": "10000000元:over",
    "十多万元": "100000元:over",
    "五百余万元": "5000000元:over",
}


def _pairs(table: str) -> list[tuple[str, Decimal]]:
    cells = [cell.split() for line in table.split("\n") if line for cell in line.split("|")]
    return [(written, Decimal(value)) for written, value in cells]


def _amounts(text: str) -> list[Mention]:
    text = half_width(text)
    read = Reader(UNITS).read(text)
    share_units(text, read)
    return sorted([*read, *ChineseReader(UNITS).read(text)], key=lambda m: m.start)


def _told(text: str) -> str:
    return " ".join(
        f"{plain(m.value)}{m.unit}" + (f":{m.bound}" if m.bound != "exact" else "")
        for m in _amounts(text)
        if m.kind != "bare" and m.value is not None
    )


@pytest.mark.parametrize(("written", "value"), [*_pairs(CN2AN), *_pairs(RECOGNIZERS_NUMBER)])
def test_a_number_in_chinese_has_the_value_of_the_public_case(written: str, value: Decimal) -> None:
    assert chinese_number(written) == value


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_number_there_is_none_here(written: str) -> None:
    assert chinese_number(written) is None


@pytest.mark.parametrize(("text", "told"), AMOUNTS.items(), ids=list(AMOUNTS))
def test_an_amount_has_the_value_of_the_public_case(text: str, told: str) -> None:
    assert _told(text) == told
