"""From a segmented document to its findings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple, TypedDict

from schemas.base import proven
from schemas.document import Document, SegmentedDocument
from schemas.evidence import Evidence
from schemas.record import Area, Bound, Finding, Measure, Period, Section, Status
from tasks.extract.areas import Areas
from tasks.extract.codes import code_for
from tasks.extract.completing import complete
from tasks.extract.draft import Draft
from tasks.extract.goals import told_goals
from tasks.extract.in_words import read_statements
from tasks.extract.mentions import Mention, share_units
from tasks.extract.places import Places
from tasks.extract.rules import ExtractRules
from tasks.extract.spacing import closed
from tasks.extract.speaking import years_of
from tasks.extract.timing import AS_BELOW, estimates_until, goals_until
from tasks.extract.traps import Quotes
from tasks.extract.wrapping import unwrapped, without_page_numbers
from tasks.text.numerals import half_width, plain

_Date = tuple[Status, Period | None]

#: a label of a heading has no more characters
_LABEL = 8
_FINDING_FIELDS = set(Finding.model_fields)
_EVIDENCE_FIELDS = set(Evidence.model_fields)
#: a longer sentence is no topic of the next
_TOPIC = 22
#: thousands parted by spaces, a decimal point in the middle, a remark in brackets that tells no number
_SPACED = re.compile(r"(?<=[一-龥])[0-9]{1,3}(?: [0-9]{3})+(?=(?:\.[0-9]+)?[一-龥%])")
#: begins with the space or the point itself, which a search can look for fast
_MAY_BE_SPACED = re.compile(" [0-9]{3}(?![0-9])")
_DOTTED = re.compile("·(?<=[0-9]·)(?=[0-9]+(?:%|‰|[万亿]?元|个百分点))")
_REMARK = re.compile("[（(][^（()）0-9\n]*[，,][^（()）0-9\n]*[）)]")
_AS_BELOW = re.compile("[（(]下同[）)](?=[一-龥])")
#: 2.50个小区新增充电设施: the label of an item and a count, which nothing parts; and the label of another item
_ITEM_OF_COUNT = re.compile(r"^([ \t\u3000]*[0-9]{1,2})\.(?=[0-9]+[个家户所处条座台项件名辆场套])", re.MULTILINE)
_MAY_BE_ITEMS = re.compile(r"\n[ \t\u3000]*[0-9]{1,2}\.[0-9]")
_ITEM = re.compile(r"^[ \t\u3000]*[0-9]{1,2}[.．、](?![0-9])", re.MULTILINE)
#: 七、财政和金融 全年完成…: a heading that a space ties to its text; begins with the mark, which is found fast
_HEADING_BEFORE = re.compile(
    "、(?<=[一二三四五六七八九十]、)(?:(?<![一-龥][一二三四五六七八九十]、)|(?<=十[一二三四五六七八九]、))"
    "[^ ，,。；;0-9\\n]{2,14} (?=[一-龥])"
)
_TAG = re.compile(r"<[^<>\n]{1,40}>")
#: the parts of a whole may be told behind a full stop: 播种面积135千公顷。其中，稻谷42千公顷
_SENTENCE_END = re.compile(
    r"[。！？!?\n.](?:(?<!\.)|(?<=[一-龥%]\.)(?=[一-龥]))(?<!。(?=其中))(?:[！？!?\n]|。(?!其中))*[”’」』）)]*"
)


def extract_document(document: SegmentedDocument, rules: ExtractRules) -> Document:
    """Every indicator that the sentences and tables of the document state.

    Args:
        document: text, tables and sections.
        rules: the compiled vocabulary.
    """
    without_spaces = closed(document)
    reading = _Reading(document if without_spaces is None else without_spaces.document, rules)
    said = reading.numbers()
    in_words = reading.words()
    if in_words:
        said = sorted([*said, *in_words], key=lambda finding: finding.evidence.start)
    if without_spaces is not None:
        said = without_spaces.back(said)
    findings, doubts = complete(document, said, rules.completing)
    return Document(
        normal=document.normal,
        sections=document.sections,
        findings=findings,
        warnings=document.warnings + doubts,
    )


class _EvidenceFields(TypedDict):
    """Where a finding stands, with types that mypy proves; see :func:`schemas.base.proven`."""

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    name_start: int | None
    name_end: int | None


class _FindingFields(TypedDict):
    """A finding, likewise."""

    name: str
    code: str | None
    value: str | None
    unit: str
    value_text: str
    bound: Bound
    measure: Measure
    compared_with: str | None
    status: Status
    period: Period | None
    area: Area | None
    subject: str | None
    section_id: str
    evidence: Evidence
    rule: str
    confidence: float


class _Sentence(NamedTuple):
    """A sentence with its numbers, named and dated."""

    start: int
    end: int
    section: Section | None
    drafts: list[Draft]
    dates: list[_Date]


class _Reading:
    """A document while its sentences are read."""

    def __init__(self, document: SegmentedDocument, rules: ExtractRules) -> None:
        self._document = document
        self._rules = rules
        text = _plain_cuts(half_width(document.normal.text))
        tables = document.normal.tables
        begun = (section.start for section in document.sections)
        cells = (cell.start for table in tables for cell in table.cells)
        below = (end for section in document.sections if (end := _heading_end(text, section)) is not None)
        self._text = unwrapped(without_page_numbers(text), begun, cells, below)
        self._ends = [match.end() for match in _SENTENCE_END.finditer(self._text)]
        self._ends.append(len(self._text))
        self._years = years_of(document)
        self._places = Places(document.sections, self._years, document.normal.review_period)
        self._goals = told_goals(self._text, self._years.review, self._years.plan)
        self._areas = Areas(document.normal.area)
        self._review_from = next((one.start for one in document.sections if one.part == "review"), len(text))

    def numbers(self) -> list[Finding]:
        """What the sentences say in numbers."""
        text, rules = self._text, self._rules
        estimates = goals = -1
        covering = "下同" in text
        mentions = _mentions(text, self._document, rules)
        # one thing after another, for all sentences: what one needs is then at hand in the processor's cache
        read: list[tuple[int, int, list[Draft]]] = []
        before: list[Draft] = []
        for start, end, topic, group in _by_sentence(text, self._ends, mentions):
            if not read or read[-1][1] != start or text[start - 1] == "\n":
                before = []  # a sentence leans on the one right before it
            drafts = rules.grammar.read(text, start, end, group, topic, before)
            before = [draft for draft in drafts if draft.name]
            read.append((start, end, before))
        dated = []
        for start, end, drafts in read:
            if not drafts:
                continue
            if covering:
                estimates = max(estimates, estimates_until(text, start, end))
            if text[end - 1] == "\n" and text[end - 2] in "；;，,":
                estimates = max(estimates, rules.timing.expected_until(text, start, end))
            dated.append(self._dated(start, end, drafts, estimated=start < estimates, proposed=goals))
            goals = max(goals, goals_until(text, start, end, self._places.at(start)))
        return self._findings(dated)

    def words(self) -> list[Finding]:
        """What they say in words alone."""
        dated = []
        for draft in read_statements(self._text, self._rules.phrases):
            if not any(table.start <= draft.start < table.end for table in self._document.normal.tables):
                ((start, end, _, _),) = _by_sentence(self._text, self._ends, [draft.mention])
                dated.append(self._dated(start, end, [draft]))
        return self._findings(dated)

    def _dated(
        self, start: int, end: int, drafts: list[Draft], *, estimated: bool = False, proposed: int = -1
    ) -> _Sentence:
        """The drafts of one sentence with their dates; without, where a report explains its words."""
        place = self._places.at(drafts[0].start)
        section = place.section
        notes = section is not None and section.part == "other" and place.period is None
        if notes and section is not None and section.start > self._review_from:
            return _Sentence(start, end, section, [], [])
        sentence = self._text[start:end]
        for goals in self._goals:
            if goals.start <= drafts[0].start < goals.end:
                proposed = max(proposed, goals.end)
                place = place._replace(period=goals.period or place.period)
        dates = self._rules.timing.date(
            sentence, start, drafts, place, self._years, estimated=estimated, proposed=proposed
        )
        return _Sentence(start, end, section, drafts, dates)

    def _findings(self, sentences: list[_Sentence]) -> list[Finding]:
        """The findings of the sentences, in their order."""
        rules, text = self._rules, self._document.normal.text
        codes, compared_with, subject = rules.completing.codes, rules.comparing.compared_with, rules.subjects.subject
        confidence, other_area = rules.confidence.of, self._areas.other
        findings = []
        for start, end, section, drafts, dates in sentences:
            section_id = section.section_id if section is not None else ""
            spanned = section is not None and section.period is not None and section.period.spans_years
            for draft, (status, period) in zip(drafts, dates, strict=True):
                naming, measure, unit = draft.naming, draft.measure, draft.unit
                name, (name_start, name_end) = naming.name, naming.span
                named = 0 <= name_start < name_end
                code = code_for(name, unit, measure, codes)
                in_span = period is not None and period.spans_years
                where: _EvidenceFields = {
                    "start": draft.start,
                    "end": draft.end,
                    "sentence_start": start,
                    "sentence_end": end,
                    "name_start": name_start if named else None,
                    "name_end": name_end if named else None,
                }
                fields: _FindingFields = {
                    "name": name,
                    "code": code,
                    "value": None if draft.mention.kind == "words" else plain(draft.value),
                    "unit": unit or "-",
                    "value_text": text[draft.start : draft.end],
                    "bound": draft.mention.bound,
                    "measure": measure,
                    "compared_with": None if measure == "level" else compared_with(draft, period),
                    "status": "target" if draft.planned else status,
                    "period": period,
                    "area": other_area(draft) if measure in ("rank", "share") else None,
                    "subject": subject(draft),
                    "section_id": section_id,
                    "evidence": proven(Evidence, _EVIDENCE_FIELDS, where),
                    "rule": naming.rule,
                    "confidence": confidence(
                        draft, coded=code is not None, in_span=in_span, dated=period is not None, spanned=spanned
                    ),
                }
                findings.append(proven(Finding, _FINDING_FIELDS, fields))
        return findings


def _heading_end(text: str, section: Section) -> int | None:
    """Where the text below a heading begins that is a line of its own; None for a section without one."""
    if section.title is None:
        return None
    at = text.find(section.title, section.start, section.start + len(section.title) + _LABEL)
    end = at + len(section.title)
    return end + 1 if at >= 0 and text.startswith("\n", end) else None


def _plain_cuts(text: str) -> str:
    """The text with what parts clauses besides commas made commas, and what parts none made none.

    Each character stays in its place: 1 228.3亿 becomes 1,228.3亿, 1·8% 1.8%, and commas in brackets 、.
    """
    if _MAY_BE_SPACED.search(text) is not None:
        text = _SPACED.sub(lambda match: match[0].replace(" ", ","), text)
    if _MAY_BE_ITEMS.search(text) is not None and len(_ITEM_OF_COUNT.findall(text)) + len(_ITEM.findall(text)) > 1:
        text = _ITEM_OF_COUNT.sub(r"\1、", text)
    if "·" in text:
        text = _DOTTED.sub(".", text)
    if "下同" in text:
        text = _AS_BELOW.sub(AS_BELOW, text)
    if "(" in text or "（" in text:
        text = _REMARK.sub(lambda match: match[0].replace("，", "、").replace(",", "、"), text)
    if " " in text:
        text = _HEADING_BEFORE.sub(lambda match: match[0][:-1] + "，", text)
    text = text.replace("——", "，，").replace("  ", "，，")
    return _TAG.sub(lambda match: "，" * len(match[0]), text) if "<" in text else text


def _mentions(text: str, document: SegmentedDocument, rules: ExtractRules) -> list[Mention]:
    """Every number of the running text that may be an indicator."""
    quotes = Quotes(text)
    traps = rules.traps
    read = rules.reader.read(text)
    share_units(text, read)
    found = [m for m in read if not traps.is_trap(text, m, quotes)]
    chinese = [m for m in rules.chinese.read(text) if not traps.is_trap(text, m, quotes)]
    if chinese:
        found = sorted([*found, *chinese], key=lambda m: m.start)
    for table in document.normal.tables:
        found = [m for m in found if not table.start <= m.start < table.end]
    return found


def _by_sentence(text: str, ends: list[int], mentions: list[Mention]) -> Iterator[tuple[int, int, str, list[Mention]]]:
    """The sentences that hold mentions: start, end, a short sentence before them, mentions."""
    n, size = 0, len(mentions)
    while n < size:
        at = bisect_right(ends, mentions[n].start)
        start, end = ends[at - 1] if at else 0, ends[at]
        first = n
        while n < size and mentions[n].start < end:
            n += 1
        begins = ends[at - 2] if at > 1 else 0
        topic = text[begins:start] if start - begins <= _TOPIC else ""
        yield start, end, topic, mentions[first:n]
