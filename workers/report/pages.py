"""Writes the pages: an index, and one page a document."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from schemas.record import Area, DocumentRecord, Indicator, Period
from workers.export import written_whole
from workers.report import charts
from workers.report.highlight import blocks_of

#: bars in a document's chart of rates; more would be a table, which stands beside it
MOST_BARS = 30


@dataclass(frozen=True)
class Line:
    """A document in the index."""

    document_id: str
    title: str
    url: str
    place: str
    kind: str
    years: str
    script: str
    indicators: int
    coded: int
    measures: tuple[tuple[str, int], ...]
    warnings: tuple[str, ...]


def write_pages(records: Iterable[DocumentRecord], folder: Path) -> int:
    """Write ``folder``/index.html and ``folder``/documents/<document_id>.html; the number of documents.

    Each page is whole in itself: styles and script are inside, nothing is fetched.  All that comes
    from a document is escaped, and a content security policy lets no script run but ours.

    Raises:
        tasks.errors.Transient: the folder cannot be written.
    """
    pages = Pages()
    lines: list[Line] = []
    years: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    names: dict[str, Counter[str]] = {}
    for record in records:
        _write(folder / "documents" / f"{record.document_id}.html", pages.document(record))
        lines.append(_line(record))
        period = record.review_period or record.plan_period
        years[period.end[:4] if period else "?"] += 1
        coded = {(found.code, found.name) for found in record.indicators if found.code}
        codes.update({code for code, _ in coded})
        for code, name in coded:
            names.setdefault(code, Counter())[name] += 1
    if lines:
        called = {code: max(sorted(known), key=known.__getitem__) for code, known in names.items()}
        _write(folder / "index.html", pages.index(lines, years, codes, called))
    return len(lines)


def _write(path: Path, page: str) -> None:
    with written_whole(path) as file:
        file.write(page.encode("utf-8"))


class Pages:
    """The templates, loaded once."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("workers.report"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # fields in the order of the card
        self._environment.globals |= {"part_names": PARTS, "years_of": years_of}
        self._style = Markup(_resource("style.css"))  # noqa: S704 (our own file)

    def document(self, record: DocumentRecord) -> str:
        """The page of one document."""
        rates = [
            charts.Bar(
                found.name, float(found.value), f"{found.value}{found.unit}", f"m-change_rate s-{found.status}", n
            )
            for n, found in enumerate(record.indicators)
            if found.measure == "change_rate" and found.value is not None and found.unit == "%"
        ]
        return self._render(
            "document.html",
            "document.js",
            record=record,
            title=record.title or record.url.rsplit("/", 1)[-1],
            source=_link(record.url),
            blocks=blocks_of(record),
            outline=[section for section in record.sections if section.title],
            cards=[_card(found, record) for found in record.indicators],
            rows=[_row(found) for found in record.indicators],
            rates=charts.diverging_bars(rates[:MOST_BARS]) if len(rates) > 1 else None,
            rates_number=len(rates),
            metadata={k: v for k, v in record.metadata.model_dump().items() if v},
            counts=Counter(found.measure for found in record.indicators),
            statuses=Counter(found.status for found in record.indicators),
        )

    def index(self, lines: list[Line], years: Counter[str], codes: Counter[str], called: dict[str, str]) -> str:
        """The page that names all documents; ``called`` is the name most documents have for a code."""
        most = max(line.indicators for line in lines)
        bars = {line.document_id: charts.stacked(line.measures, most=most) for line in lines}
        by_year = [charts.Bar(year, number, str(number), "m-level") for year, number in sorted(years.items())]
        most_coded = sorted(codes.items(), key=lambda pair: (-pair[1], pair[0]))[:12]
        by_code = [charts.Bar(called[code], number, f"{number}  {code}", "m-share") for code, number in most_coded]
        return self._render(
            "index.html",
            "index.js",
            title="Documents",
            lines=lines,
            bars=bars,
            by_year=charts.columns(by_year[-16:]) if years.keys() != {"?"} else None,
            by_code=charts.diverging_bars(by_code, width=440) if by_code else None,
            places=len({line.place for line in lines if line.place}),
            indicators=sum(line.indicators for line in lines),
            coded=sum(line.coded for line in lines),
            warned=sum(bool(line.warnings) for line in lines),
            measures=charts.MEASURES,
        )

    def _render(self, template: str, script: str, **context: object) -> str:
        code = _resource(script)
        digest = base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode("ascii")
        return self._environment.get_template(template).render(
            style=self._style,
            script=Markup(code),  # noqa: S704 (our own file)
            policy=f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'",
            **context,
        )


PARTS = {
    "preamble": "opening",
    "review": "review",
    "problems": "problems",
    "plan": "plan",
    "self_building": "self-building",
    "closing": "closing",
    "other": "other",
}


def _resource(name: str) -> str:
    return (resources.files("workers.report") / "templates" / name).read_text(encoding="utf-8")


def _link(url: str) -> str | None:
    """The address if a browser may follow it."""
    return url if url.startswith(("http://", "https://", "file:///")) else None


def years_of(period: Period | None) -> str:
    """2020, 2016–2020, or a span of days."""
    if period is None:
        return ""
    if period.start[5:] == "01-01" and period.end[5:] == "12-31":
        first, last = period.start[:4], period.end[:4]
        return first if first == last else f"{first}–{last}"
    return f"{period.start} – {period.end}"


def _place(area: Area | None) -> str:
    return f"{area.name} ({area.code})" if area else ""


def _card(found: Indicator, record: DocumentRecord) -> dict[str, object]:
    """What the card of a record shows, in order; empty fields are left out by the page."""
    evidence = found.evidence
    return {
        "name": found.name,
        "value": f"{_grouped(found.value)} {found.unit}" if found.value is not None else "in words",
        "as written": found.value_text,
        "bound": None if found.bound == "exact" else found.bound.replace("_", " "),
        "measure": found.measure.replace("_", " "),
        "status": found.status,
        "compared with": found.compared_with.replace("_", " ") if found.compared_with else None,
        "period": years_of(found.period) or "unknown",
        "area": _place(found.area),
        "subject": found.subject,
        "code": found.code,
        "confidence": f"{found.confidence:.2f}",
        "rule": found.rule,
        "sentence": record.text[evidence.sentence_start : evidence.sentence_end],
        "record": found.record_id,
    }


def _row(found: Indicator) -> dict[str, object]:
    return {
        "name": found.name,
        "code": found.code or "",
        "value_text": found.value_text,
        "number": found.value or "",
        "normal": f"{_grouped(found.value)} {found.unit}" if found.value is not None else "",
        "measure": found.measure,
        "status": found.status,
        "period": years_of(found.period),
        "confidence": found.confidence,
        "search": json.dumps(
            [found.name, found.code, found.value_text, found.unit, found.subject, found.rule], ensure_ascii=False
        ),
    }


def _grouped(value: str) -> str:
    """Digits in groups of three, none lost: 14 750 000 000."""
    sign = "−" if value.startswith("-") else ""
    whole, point, fraction = value.lstrip("-").partition(".")
    return f"{sign}{int(whole):,}".replace(",", "\u202f") + point + fraction


def _line(record: DocumentRecord) -> Line:
    counts: Counter[str] = Counter(found.measure for found in record.indicators)
    periods = [years_of(period) for period in (record.review_period, record.plan_period) if period]
    warned = Counter(warning.code for warning in record.warnings)
    return Line(
        document_id=record.document_id,
        title=record.title or record.url.rsplit("/", 1)[-1],
        url=record.url,
        place=record.area.name if record.area else "",
        kind=record.kind.replace("_", " "),
        years=" → ".join(periods),
        script=record.script.found,
        indicators=len(record.indicators),
        coded=sum(found.code is not None for found in record.indicators),
        measures=tuple((f"m-{measure}", counts[measure]) for measure in charts.MEASURES),
        warnings=tuple(code if times == 1 else f"{code} ×{times}" for code, times in warned.items()),
    )
