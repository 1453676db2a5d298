"""``gongbao run``: the whole chain in this process."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workers.commands.carrying import Became
from workers.commands.place import assembly_for
from workers.commands.terminal import fault, named, progress, say, table

if TYPE_CHECKING:
    from schemas.record import DocumentRecord, Period
    from workers.assembly import Assembly
    from workers.embedded import Outcome

EXAMPLES = """
Examples:

  gongbao run samples --out out

  gongbao run https://www.example.gov.cn/zwgk/t20230112_1.html report.docx

  gongbao run @list.txt --out archive        (one source a line)
"""

COLUMNS = ("document", "title", "place", "years", "script", "sections", "indicators", "warnings")
NUMBERS = ("sections", "indicators")
#: rows kept for the table at the end; whoever runs more asks ``gongbao status`` and ``gongbao export``
MOST_ROWS = 200


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run", epilog=EXAMPLES)(run)


def run(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE", help="http(s) URL, file, folder, or @FILE with one source a line."),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Keep everything in this folder instead of the configured stores."),
    ] = None,
) -> int:
    """Carry sources through the whole chain in this process: no broker, no server."""
    from workers.intake import make_out

    intake = make_out(sources)
    for source, sentence in intake.faults:
        fault(source, sentence)
    if not intake.urls:
        return 1
    from workers.embedded import run_sources

    assembly = assembly_for(out, make=True)
    became = Became()
    rows: dict[str, tuple[object, ...]] = {}
    try:
        with progress("documents") as bar:
            for outcome in run_sources(intake, assembly, started=bar.known):
                bar.advance()
                became.add(outcome)
                _report_fault(outcome)
                if outcome.record is not None and len(rows) < MOST_ROWS:
                    rows[outcome.url] = row_of(outcome.record)
    finally:
        assembly.close()
    if rows:
        table(COLUMNS, [row for _, row in sorted(rows.items())], right=NUMBERS)
    _close(became, len(rows), assembly, out)
    return 1 if intake.faults or became.failed else 0


def _report_fault(outcome: Outcome) -> None:
    if outcome.state in ("set_aside", "waiting"):
        fault(outcome.url, outcome.message or f"it is {outcome.state}; see: gongbao status")


def _close(became: Became, shown: int, assembly: Assembly, out: Path | None) -> None:
    storage = assembly.settings.storage
    say(f"{became.total} {'document' if became.total == 1 else 'documents'}: {became.counted}")
    if became.good > shown:
        say(f"{became.good - shown} more are in the record store; see: gongbao status")
    if became.good:
        option = f" --out {out}" if out else ""
        folder = out / "documents" if out else storage.records
        say(f"JSON records: {folder}" if folder else "JSON records: gongbao export --format jsonl")
        say(f"Look at them: gongbao report{option} -o {out / 'pages' if out else 'pages'}")


def row_of(record: DocumentRecord) -> tuple[object, ...]:
    """One line of the table: what a record says at a glance."""
    codes = Counter(warning.code for warning in record.warnings)
    return (
        record.document_id[:8],
        shortened(record.title or named(record.url).rsplit("/", 1)[-1]),
        record.area.name if record.area else "–",
        " → ".join(years(p) for p in (record.review_period, record.plan_period) if p) or "–",
        record.script.found,
        len(record.sections),
        len(record.indicators),
        ", ".join(code if times == 1 else f"{code} ×{times}" for code, times in codes.items()) or "–",
    )


def years(period: Period) -> str:
    """2020, or 2016–2020."""
    first, last = period.start[:4], period.end[:4]
    return first if first == last else f"{first}–{last}"


def shortened(text: str, most: int = 24) -> str:
    """At most so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"
