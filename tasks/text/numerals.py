"""Numbers as Chinese texts write them: 147.5, １２．３, 三千二百, 百分之三点五, 四分之一, scaled by 万 and 亿.

Values are :class:`decimal.Decimal`, so 2.2万 is exactly 22000 and no float ever creeps in.
"""

from __future__ import annotations

import re
from decimal import Decimal

#: full-width digits, letters and signs to those of ASCII, one character for one
HALF_WIDTH = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
HALF_WIDTH |= {
    ord("．"): ord("."),
    ord("％"): ord("%"),
    ord("＋"): ord("+"),
    ord("－"): ord("-"),
    ord("℅"): ord("%"),
    ord("﹪"): ord("%"),
}

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "俩": 2, "倆": 2}
#: the capital forms of bills and contracts
DIGITS |= {c: n for n, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)} | {"貳": 2, "陸": 6}
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "兆": 12, "拾": 1, "佰": 2, "仟": 3, "萬": 4, "億": 8}
#: from here on a power multiplies all that stands before it and is smaller: 三千二百万
_GREAT = 4

#: words of scale → power of ten; longer ones first in :data:`SCALE_WORDS`
SCALES = {
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "万万": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
    "十万亿": 13,
    "百万亿": 14,
    "千万亿": 15,
}
SCALE_WORDS = tuple(sorted(SCALES, key=len, reverse=True))

_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ．％＋－℅﹪]")


def half_width(text: str) -> str:
    """``text`` with full-width digits, letters, points and per cent signs in ASCII; offsets stay the same."""
    return text.translate(HALF_WIDTH) if _FULL_WIDTH.search(text) else text


def plain(value: Decimal) -> str:
    """The shortest plain notation: ``22000``, ``-4.86``, never an exponent.

    >>> plain(Decimal("1.470E+3"))
    '1470'
    """
    if not value:
        return "0"
    written = str(value)
    if "E" in written:
        written = format(value, "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written


def chinese_integer(written: str) -> int | None:
    """The whole number written in Chinese numerals, or None when it is none.

    Both styles are read: by place (二〇一二) and by power (三千二百, 一百零五, 十六, 两万八).
    A trailing digit after a power stands for the next lower one: 两万八 is 28000.
    """
    if not written or any(c not in DIGITS and c not in _POWERS for c in written):
        return None
    if all(c in DIGITS for c in written):
        return int("".join(str(DIGITS[c]) for c in written))
    great: list[tuple[int, int]] = []  # what stands before, with its power: the largest first
    section = digit = last_power = 0
    pending = False
    for c in written:
        if c in DIGITS:
            if pending:
                return None  # 三五十: two digits in a row guess a range, they are no number
            digit, pending = DIGITS[c], DIGITS[c] != 0
            continue
        power = _POWERS[c]
        if power >= _GREAT:
            part = section + digit
            while great and great[-1][1] <= power:
                part += great.pop()[0]
            great.append(((part or 1) * 10**power, power))
            section = 0
        else:
            section += (digit if pending else 1) * 10**power
        digit, pending, last_power = 0, False, power
    if pending and last_power > 1 and written[-2] in _POWERS:
        digit *= 10 ** (last_power - 1)
    return sum(value for value, _ in great) + section + digit


def chinese_number(written: str) -> Decimal | None:
    """The number written in Chinese, with 点 and fractions, or None when it is none.

    百分之三点五 is 3.5 (per cent); 四分之一 is 0.25; 二点八 is 2.8.
    """
    if written.startswith("百分之"):
        return chinese_number(written[3:])
    if "分之" in written:
        below, _, above = written.partition("分之")
        lower, upper = chinese_integer(below), chinese_integer(above)
        if not lower or upper is None:
            return None
        return Decimal(upper) / Decimal(lower)
    whole, point, rest = written.partition("点")
    if not point:
        n = chinese_integer(whole)
        return None if n is None else Decimal(n)
    n = chinese_integer(whole)
    if n is None or not rest or any(c not in DIGITS for c in rest):
        return None
    return Decimal(f"{n}.{''.join(str(DIGITS[c]) for c in rest)}")
