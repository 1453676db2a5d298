"""The public records: a document with its sections and indicators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from schemas.base import Contract, Part
from schemas.evidence import Evidence
from schemas.page import Http

IsoDate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Decimal = Annotated[str, StringConstraints(pattern=r"^-?\d+(\.\d+)?$")]
Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]

Kind = Literal[
    "government_work_report", "work_summary", "plan", "statistical_bulletin", "news", "notice", "listing", "other"
]
SectionPart = Literal["preamble", "review", "problems", "plan", "self_building", "closing", "other"]
Bound = Literal["exact", "about", "over", "nearly", "at_least", "at_most"]
Measure = Literal["level", "change_rate", "change", "share", "rank", "multiple"]
Status = Literal["actual", "estimate", "target"]
Level = Literal["province", "prefecture", "county", "township", "village"]


class Period(Part):
    """A span of whole days, both ends included."""

    start: IsoDate
    end: IsoDate

    @classmethod
    def years(cls, first: int, last: int | None = None) -> Period:
        """The calendar years ``first`` to ``last`` (or the one year)."""
        return cls(start=f"{first:04d}-01-01", end=f"{last or first:04d}-12-31")

    @property
    def spans_years(self) -> bool:
        """Whether it ends in another calendar year than it begins in (2016 to 2020; not a month, not one year)."""
        return self.start[:4] != self.end[:4]


class Charset(Part):
    """How the bytes were read: the label they came with, the charset used, and what decided it."""

    declared: str | None
    used: str
    decided_by: Literal["bom", "http", "meta", "content"]


class Metadata(Part):
    """The disclosure block. Dates are ISO when they are dates; junk values are kept as found."""

    index_number: str | None = None
    publisher: str | None = None
    document_number: str | None = None
    created_on: str | None = None
    published_on: str | None = None
    abolished_on: str | None = None
    validity: str | None = None
    subject: str | None = None
    genre: str | None = None
    group: str | None = None
    disclosure: str | None = None
    summary: str | None = None
    source: str | None = None
    author: str | None = None
    keywords: str | None = None


class AreaEvidence(Part):
    """One thing the area was read from, and the code it speaks for (null when only a name)."""

    kind: Literal["site_code", "index_number", "police_record", "icp", "publisher", "title", "text", "host"]
    found: str
    code: str | None = None


class Area(Part):
    """A place of GB/T 2260 (6 digits) or the statistical code of a township (9) or village (12)."""

    code: str
    name: str
    level: Level
    evidence: tuple[AreaEvidence, ...] = ()


class Repair(Part):
    """A damaged run of the text that was restored. Offsets are of the record's ``text``."""

    start: int
    end: int
    found: str
    restored: str
    confidence: float


class Script(Part):
    """What script the document was found in, and what was undone."""

    found: Literal["simplified", "traditional", "mixed"]
    annotations_removed: int = 0
    repairs: tuple[Repair, ...] = ()


class Warn(Part):
    """A doubt beside the data: never an exception.

    Attributes:
        code: ``keyword_hijack``, ``unrepaired_damage``, ``missing_text``, ``charset_mismatch``, …
        found: what stands in the document; ``times``: how often; ``likely``: what was probably meant.
        why: one sentence.
    """

    code: str
    found: str | None = None
    times: int = 1
    likely: str | None = None
    why: str | None = None


class Section(Part):
    """A stretch of the text under one heading. Sections nest; together they cover the whole text."""

    section_id: str
    parent_id: str | None
    level: int
    label: str | None
    title: str | None
    part: SectionPart
    period: Period | None
    start: int
    end: int


class Attachment(Part):
    """A file linked from the page; ``document_id`` is the id of its own record."""

    url: str
    media_type: str | None
    name: str | None
    document_id: str | None


class Finding(Part):
    """An indicator as extract found it, before it has a record id. Fields as in :class:`Indicator`."""

    name: str
    code: str | None
    value: Decimal | None
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
    confidence: float = Field(ge=0, le=1)


class Indicator(Contract):
    """One figure of one document.

    Attributes:
        record_id: stable: same document version and same evidence give the same id.
        name: what is measured, in the words of the text.
        code: canonical indicator of config/vocabulary/indicators.toml, or null.
        value: decimal, scaled to ``unit``; null when it is stated in words.
        unit: the base unit (元, 人, %, 个百分点 …).
        value_text: as written, unit and scale included (147.5亿元).
        compared_with: ``previous_year``, ``previous_period``, ``plan`` or a year.
        rule: the rule of the grammar that made the record.
        confidence: calibrated: of records at 0.9, nine in ten are right.
    """

    CONTRACT: ClassVar[str] = "indicator/1"
    contract: Literal["indicator/1"] = "indicator/1"
    record_id: str
    document_id: str
    document_version: int
    name: str
    code: str | None
    value: Decimal | None
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
    confidence: float = Field(ge=0, le=1)


class ProducedBy(Part):
    """Which software made a record: its version, and each stage's version and config digest."""

    version: str
    stages: dict[str, str]


class DocumentRecord(Contract):
    """The public record of one document, as written to ``documents/<document_id>.json``.

    Attributes:
        is_cover: the page only says that the document is attached: it is a notice of its attachments,
            and what they report counts once, in their own records.
        attached_to: id of the document that this file was attached to, or null.
    """

    CONTRACT: ClassVar[str] = "document/1"
    contract: Literal["document/1"] = "document/1"
    document_id: str
    url: str
    final_url: str
    fetched_at: datetime
    http: Http | None
    charset: Charset
    raw_digest: Digest
    text_digest: Digest
    version: int
    title: str | None
    kind: Kind
    metadata: Metadata
    area: Area | None
    review_period: Period | None
    plan_period: Period | None
    script: Script
    warnings: tuple[Warn, ...]
    text: str
    sections: tuple[Section, ...]
    indicators: tuple[Indicator, ...]
    attachments: tuple[Attachment, ...]
    is_cover: bool = False
    attached_to: str | None = None
    produced_by: ProducedBy
