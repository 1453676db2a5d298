"""Findings of data tables: header cells give name, unit and period; every value cell is one figure.

Two layouts cover what bulletins print.  In the first a row is an indicator and the columns say what
is told of it (指标 | 单位 | 绝对值 | 比上年±%; 指标 | 2022年 | 2023年).  In the second a column is an
indicator and the rows are years or places (年份 | 生产总值（亿元） | 增速（%）).  A column whose
header says nothing that is understood gives no finding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from schemas.document import Cell, SegmentedDocument, Table
from schemas.evidence import Evidence
from schemas.record import Bound, Finding, Measure, Period, Section, Status
from tasks.extract.table_rules import TableRules
from tasks.text.dates import find_periods
from tasks.text.numerals import SCALE_WORDS, SCALES, half_width, plain

_SPACE = re.compile(r"[\s\u3000\xa0]+")
_BRACKETS = re.compile(r"[（(\[【〔]([^（）()\[\]【】〔〕]*)[）)\]】〕]")
_NOTE_MARK = re.compile(r"(?:[①-⑳*※†]|\[\d{1,2}\]|〔\d{1,2}〕|［\d{1,2}］)+$")
_UNIT_SAID = re.compile(r"(?:计量|计算)?单位\s*[:：]\s*([^\s，,。；;）)】\n]{1,24})")
_YEAR_ONLY = re.compile(r"(?:19|20)\d\d(?:年(?:度)?)?")
_VALUE = re.compile(
    r"(?P<front>[^\d+\-.]{0,6}?)(?P<number>[+-]?(?:\d{1,3}(?:[, \u00a0]\d{3})+|\d+)(?:\.\d+)?)(?P<back>[^\d]{0,12})"
)
_THOUSANDS = re.compile(r"[, \u00a0]")
_BOUND_WORDS: tuple[tuple[str, Bound], ...] = (
    ("左右", "about"),
    ("约", "about"),
    ("以上", "at_least"),
    ("≥", "at_least"),
    ("不低于", "at_least"),
    (">", "over"),
    ("＞", "over"),
    ("超", "over"),
    ("以内", "at_most"),
    ("以下", "at_most"),
    ("≤", "at_most"),
    ("不超过", "at_most"),
    ("近", "nearly"),
)
#: how much of the text before a table is looked through for 单位：亿元
_BEFORE = 80


class Unit(NamedTuple):
    """A unit as a header writes it: 万元 is ten thousand 元."""

    base: str
    factor: Decimal


@dataclass(frozen=True)
class _Column:
    """What a column holds: a role of :class:`_Columns`, or ``indicator`` when it is one itself."""

    role: str
    name: str
    label: Cell | None
    unit: Unit | None
    period: Period | None
    target: bool = False


class _Told(NamedTuple):
    """What a row and a column together say of the cell they meet in."""

    name: str
    label: Cell | None
    unit: Unit | None
    column: _Column
    period: Period | None
    rule: str
    place: str | None = None


@dataclass(frozen=True)
class _Context:
    """Where the table stands and what that says of its figures."""

    text: str
    section_id: str
    period: Period | None
    status: Status
    unit: Unit | None
    review: int | None
    plan: int | None
    part: str | None


def extract_tables(document: SegmentedDocument, rules: TableRules) -> list[Finding]:
    """Every figure of the document's tables, in the order of the text.

    ``code`` is left to :func:`tasks.extract.codes.code_for`.  A table without a header that is
    understood gives nothing, and so does a column whose unit is told nowhere.
    """
    found: list[Finding] = []
    for table in document.normal.tables:
        if table.rows >= 2 and table.columns >= 2:
            found += _Reading(document, table, rules).findings()
    return found


class _Reading:
    """One table being read."""

    def __init__(self, document: SegmentedDocument, table: Table, rules: TableRules) -> None:
        self.rules = rules
        self.table = table
        self.text = document.normal.text
        self.context = _context(document, table, rules)
        self.grid: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
        for cell in table.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                    if self.grid[row][column] is None:
                        self.grid[row][column] = cell
        self.first, self.head = self._header_rows()

    def said(self, cell: Cell | None) -> str:
        """The cell's words, digits in ASCII, without white space and footnote marks."""
        if cell is None:
            return ""
        return _NOTE_MARK.sub("", _SPACE.sub("", half_width(self.text[cell.start : cell.end])))

    def _header_rows(self) -> tuple[int, int]:
        """First row of the header (after a title row) and first row of the body."""
        first = 0
        while first < self.table.rows and len({id(c) for c in self.grid[first] if c is not None and self.said(c)}) <= 1:
            first += 1
        row = first
        while row < self.table.rows and not self._is_body(row):
            row += 1
        return first, max(row, min(first + 1, self.table.rows))

    def _is_body(self, row: int) -> bool:
        """A row with a value in any column but the first; bare years are headers."""
        cells = [c for c in self.grid[row] if c is not None]
        if cells and all(c.header for c in cells):
            return False
        words = [self.said(c) for c in self.grid[row][1:]]
        values = [w for w in words if _is_value(w)]
        return bool(values) and not all(_YEAR_ONLY.fullmatch(w) for w in values)

    def findings(self) -> list[Finding]:
        """All figures of the table."""
        if self.head >= self.table.rows:
            return []
        columns = [self._column(n) for n in range(self.table.columns)]
        corner = self._header(0)
        roles = {c.role for c in columns[1:]}
        by_column = len(columns) > 1 and all(c.period is not None for c in columns[1:])
        if self._rows_are_times() or (self.rules.times.search(corner) and not by_column):
            return self._across(columns, by_time=True)
        if self.rules.places.search(corner) and not roles & {"unit", "name"}:
            return self._across(columns, by_time=False)
        return self._down(columns)

    def _header(self, column: int) -> str:
        words: list[str] = []
        for row in range(self.first, self.head):
            said = self.said(self.grid[row][column])
            if said and (not words or words[-1] != said):
                words.append(said)
        return "".join(words)

    def _rows_are_times(self) -> bool:
        labels = [self.said(self.grid[row][0]) for row in range(self.head, self.table.rows)]
        return len(labels) > 1 and all(_YEAR_ONLY.fullmatch(label) for label in labels if label)

    def _column(self, n: int) -> _Column:
        header = self._header(n)
        period = self._period(header)
        unit = self._unit_in(header)
        bare = _BRACKETS.sub("", header)
        role = next((role for role, pattern in self.rules.columns if pattern.search(bare or header)), "")
        if role == "target" and period is None and re.search("上年|去年", bare):
            role = "level"
        if not role and period is not None:
            role = "level"
        label = next((c for row in range(self.head - 1, self.first - 1, -1) if (c := self.grid[row][n])), None)
        target = role == "target" or (
            role in ("change_rate", "level") and re.search("计划|目标|预期", bare) is not None
        )
        return _Column(
            role=("level" if role == "target" else role) or ("indicator" if bare else ""),
            name=bare,
            label=label,
            unit=unit,
            period=period,
            target=target,
        )

    def _period(self, words: str) -> Period | None:
        """The period a header names; 比上年增长 names a base, which is not the column's time."""
        if re.fullmatch(r"(?:19|20)\d\d", words):
            return Period.years(int(words))
        context = self.context
        mentions = find_periods(words, review_year=context.review, plan_year=context.plan, part=context.part)
        told = [m for m in mentions if m.period is not None and m.kind in ("year", "span", "within_year", "as_of")]
        if not told and re.match(r"上年|去年", words) and mentions and "比" not in words:
            told = mentions
        if not told and re.match(r"本[年期]", words) and context.review is not None:
            return Period.years(context.review)
        return told[0].period if told else None

    # --- units --------------------------------------------------------------------------------

    def _unit_in(self, words: str) -> Unit | None:
        """The unit in brackets or after 单位：, when it is one."""
        said = _UNIT_SAID.search(words)
        if said is not None:
            return self._unit(said[1])
        for inside in reversed(_BRACKETS.findall(words)):
            unit = self._unit(inside)
            if unit is not None:
                return unit
        if "%" in words:
            return Unit("%", Decimal(1))
        return Unit("个百分点", Decimal(1)) if "百分点" in words else None

    def _unit(self, words: str) -> Unit | None:
        return read_unit(words, self.rules)

    # --- layouts ------------------------------------------------------------------------------

    def _down(self, columns: list[_Column]) -> list[Finding]:
        """Rows are indicators."""
        names = [n for n, c in enumerate(columns) if c.role == "name"]
        at = names[0] if names else next((n for n, c in enumerate(columns) if c.role not in ("serial", "note")), 0)
        unit_at = next((n for n, c in enumerate(columns) if c.role == "unit"), None)
        named = self._named_columns(columns, at)
        found: list[Finding] = []
        above, whole = "", None
        for row in range(self.head, self.table.rows):
            label = self.grid[row][at]
            words = self.said(label)
            if label is None or not words or _is_value(words):
                continue
            name, unit = self._label(words)
            if (self.rules.leaning.search(words) and _is_part(name, above)) or not self.rules.growth.sub("", name):
                name = above + name
            elif not re.match(r"其中|[#＃]", words):
                above = name
            if unit_at is not None:
                unit = self._unit(self.said(self.grid[row][unit_at])) or unit
            elif self.rules.parts.search(words):
                unit = unit or whole
            else:
                whole = unit
            for n in range(at + 1, self.table.columns):
                column = columns[n]
                left_out = column.role in ("", "serial", "unit", "note", "name", "indicator")
                if n == unit_at or (left_out and n not in named):
                    continue
                told = name + named.get(n, "")
                made = self._finding(row, n, _Told(told, label, unit, column, column.period, "table_row"))
                if made is not None:
                    found.append(made)
        return found

    def _named_columns(self, columns: list[_Column], at: int) -> dict[int, str]:
        """Columns that are indicators of each row, and what they are called: 总投资（万元）, 完成投资（万元）.

        None when no column but those of rates tells more than its time and kind of figure.
        """
        told: dict[int, str] = {}
        before = ""
        for n, column in enumerate(columns[at + 1 :], at + 1):
            name = self.rules.done.sub("", _TIMED.sub("", column.name))
            amount = column.role == "indicator" and column.unit is not None and column.unit.base not in ("%", "‰")
            if column.role in ("change_rate", "share", "completion", "change"):
                name = self.rules.growth.sub("", name)
                told[n] = name if self._tells(name) and "比" not in name else before
            elif (amount or column.role == "level") and self._tells(name):
                told[n] = before = name
        return told if len(set(told.values()) - {""}) > 1 else {}

    def _tells(self, name: str) -> bool:
        """Whether the name of a column says more than its time and kind of figure."""
        return bool(self.rules.plain.sub("", name).strip("值数额"))

    def _across(self, columns: list[_Column], *, by_time: bool) -> list[Finding]:
        """Columns are indicators; rows are years, or places."""
        found: list[Finding] = []
        for row in range(self.head, self.table.rows):
            words = self.said(self.grid[row][0])
            period = self._period(words) if by_time else None
            if by_time and period is None:
                continue
            place = None if by_time or not words or self.rules.totals.search(words) else words
            above = ""
            for n in range(1, self.table.columns):
                column = columns[n]
                if column.role in ("", "serial", "unit", "note", "name") or not column.name:
                    continue
                header = self.rules.growth.sub("", self.rules.done.sub("", column.name) or column.name)
                rate = column.role in ("change_rate", "share", "rank", "completion")
                if rate and (not header or self.rules.growth.search(column.name) or len(header) <= 4):
                    header = header if len(header) > 4 and "比" not in header and "同" not in header else above
                else:
                    above = header
                if not header:
                    continue
                told = _Told(header, column.label, column.unit, column, period or column.period, "table_column", place)
                made = self._finding(row, n, told)
                if made is not None:
                    found.append(made)
        return found

    def _label(self, words: str) -> tuple[str, Unit | None]:
        """Name and unit of a row's label: 其中：税收收入（亿元）."""
        unit = None
        for inside in _BRACKETS.findall(words):
            unit = self._unit(inside) or unit
            if unit is not None:
                words = re.sub(r"[（(\[【〔]" + re.escape(inside) + r"[）)\]】〕]", "", words)
                break
        name = self.rules.lead.sub("", self.rules.lead.sub("", words))
        return name.strip("：:、,，") or words, unit

    # --- one cell -----------------------------------------------------------------------------

    def _finding(self, row: int, n: int, told: _Told) -> Finding | None:
        name, label, column = told.name, told.label, told.column
        cell = self.grid[row][n]
        if cell is None or cell is label or cell.row != row or cell.column != n:
            return None
        written = half_width(self.text[cell.start : cell.end])
        match = _VALUE.fullmatch(_NOTE_MARK.sub("", written.strip()).replace("−", "-"))
        if match is None:
            return None
        inside = self._unit(_BOUNDS.sub("", match["back"]).strip()) if match["back"].strip() else None
        measure, unit = self._measure(name, told.unit, column, inside)
        if unit is None:
            return None  # a number of nobody knows what: a telephone, a code, a count of another kind
        if measure == "share" and inside is not None and self.rules.signed.search(match["front"]):
            measure = "change_rate"  # 增长8% among the targets
        if measure == "change_rate":
            name = self.rules.growth.sub("", name) or name
        if column.role == "completion":
            name += "" if name.endswith("率") else "完成率"
        value = Decimal(_THOUSANDS.sub("", match["number"])) * unit.factor
        if measure in ("change_rate", "change") and self.rules.down.search(match["front"]) and value > 0:
            value = -value
        bound = next((b for word, b in _BOUND_WORDS if word in match["front"] or word in match["back"]), "exact")
        start = cell.start + written.index(match["number"])
        end = start + len(match["number"])
        if inside is not None:
            end = min(cell.end, start + len(match["number"]) + len(_BOUNDS.sub("", match["back"]).rstrip()))
        context = self.context
        row_cells = [c for c in self.grid[row] if c is not None and c.row == row]
        status: Status = "target" if column.target else context.status
        return Finding(
            name=name,
            code=None,
            value=plain(value),
            unit=unit.base,
            value_text=self.text[start:end],
            bound=bound,
            measure=measure,
            compared_with=self._compared(column, measure),
            status=status,
            period=told.period or context.period,
            area=None,
            subject=told.place,
            section_id=context.section_id,
            evidence=Evidence(
                start=start,
                end=end,
                sentence_start=min(c.start for c in row_cells),
                sentence_end=max(c.end for c in row_cells),
                name_start=label.start if label and label.end > label.start else None,
                name_end=label.end if label and label.end > label.start else None,
            ),
            rule=told.rule,
            confidence=0.9,
        )

    def _measure(
        self, name: str, row_unit: Unit | None, column: _Column, inside: Unit | None
    ) -> tuple[Measure, Unit | None]:
        """Measure and unit of a cell, from its own unit, its row and its column, in this order."""
        own = inside or column.unit
        # a row that tells its own unit is an exception to its column: 人均生产总值（元） under 绝对值（亿元）
        unit = inside or row_unit or column.unit or self.context.unit
        percent = Unit("%", Decimal(1))
        if column.role == "rank":
            return "rank", Unit("位", Decimal(1))
        if column.role in ("share", "completion"):
            return "share", percent
        if column.role == "change":
            return "change", own or row_unit or self.context.unit
        if column.role == "change_rate":
            return self._rate(name, own, row_unit)
        if unit is not None and unit.base in ("%", "‰"):
            return ("change_rate" if self.rules.growth.search(name) else "share"), unit
        if (inside or row_unit or column.unit) is None and self.rules.share.search(name):
            return "share", percent
        return "level", unit

    def _rate(self, name: str, own: Unit | None, row_unit: Unit | None) -> tuple[Measure, Unit]:
        """What a column of changes tells: a rate, points of a share, or the change itself (增减（亿元）)."""
        of_share = row_unit is not None and row_unit.base == "%" and self.rules.share.search(name) is not None
        if of_share or (own is not None and own.base == "个百分点"):
            return "change", Unit("个百分点", Decimal(1))
        if own is not None and own.base not in ("%", "‰", "倍"):
            return "change", own
        return "change_rate", own or Unit("%", Decimal(1))

    def _compared(self, column: _Column, measure: Measure) -> str | None:
        if measure not in ("change_rate", "change"):
            return None
        return "previous_period" if "环比" in column.name else "previous_year"


#: what tells the time of a column: 2030年, 本年, 年度
_TIMED = re.compile(r"(?:19|20)\d\d年?度?|\d{1,2}[-—~至]?\d{0,2}月(?:份|末|底)?|[本今当全]年度?|年度")
_SEVERAL = re.compile("[、，,;；]")
_BOUNDS = re.compile("左右|以上|及以上|以内|以下|不低于|不超过")


def read_unit(words: str, rules: TableRules) -> Unit | None:
    """The unit that a header, bracket or unit cell names, or None when it names none.

    >>> read_unit("亿元", rules)  # doctest: +SKIP
    Unit(base='元', factor=Decimal('1E+8'))
    """
    words = _SPACE.sub("", half_width(words)).strip("：:，,、；;()（）")
    said = _UNIT_SAID.match(words)
    if said is not None:
        words = said[1]
    words = words.removeprefix("±").removeprefix("+-").removeprefix("人民币") or words
    first = _SEVERAL.split(words, maxsplit=1)[0]  # 单位：亿元、%
    return _simple_unit(words, rules) or _compound_unit(words, rules) or _simple_unit(first, rules)


def _simple_unit(words: str, rules: TableRules) -> Unit | None:
    if words in rules.units or words in rules.spellings:
        return Unit(rules.spellings.get(words, words), Decimal(1))
    for scale in SCALE_WORDS:
        rest = words[len(scale) :]
        if words.startswith(scale) and (rest in rules.units or rest in rules.spellings):
            return Unit(rules.spellings.get(rest, rest), Decimal(10) ** SCALES[scale])
    return None


def _compound_unit(words: str, rules: TableRules) -> Unit | None:
    """万元/亩, 微克/立方米: the scale of what is divided stays with the whole."""
    above, slash, below = words.partition("/")
    if not slash or not below:
        return None
    unit = _simple_unit(above, rules)
    if unit is None or len(below) > 6:
        return None
    return Unit(f"{unit.base}/{below}", unit.factor)


def _is_part(name: str, above: str) -> bool:
    """A label that says only which part of the row above it is: 其中：工业, and not #工业投资."""
    return bool(above) and len(name) <= 6 and name not in above and name[-2:] != above[-2:]


def _is_value(words: str) -> bool:
    return bool(words) and _VALUE.fullmatch(words) is not None


def _context(document: SegmentedDocument, table: Table, rules: TableRules) -> _Context:
    normal = document.normal
    section = _section_at(document.sections, table.start)
    part = section.part if section else None
    review = int(normal.review_period.end[:4]) if normal.review_period else None
    plan = int(normal.plan_period.start[:4]) if normal.plan_period else None
    period = section.period if section and section.period else normal.review_period
    before = normal.text[max(0, table.start - _BEFORE) : table.start]
    head = normal.text[table.start : min(table.end, table.start + 160)].split("\n")
    said = list(_UNIT_SAID.finditer(before))[-1:] or list(_UNIT_SAID.finditer("\n".join(head[:2])))[:1]
    return _Context(
        text=normal.text,
        section_id=section.section_id if section else "",
        period=period,
        status="target" if part in ("plan", "self_building") else "actual",
        unit=read_unit(said[0][1], rules) if said else None,
        review=review,
        plan=plan,
        part=part,
    )


def _section_at(sections: tuple[Section, ...], offset: int) -> Section | None:
    """The innermost section that holds the offset."""
    n = bisect_right(sections, offset, key=lambda s: s.start)
    return next((s for s in reversed(sections[:n]) if s.start <= offset < s.end), None)
