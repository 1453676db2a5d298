"""``gongbao trace``: one number, back to its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workers.commands.place import Out, assembly_for
from workers.commands.terminal import fault, named, readable, say

if TYPE_CHECKING:
    from schemas.record import Indicator
    from workers.trace import Excerpt, RawBytes, Trace

EXAMPLES = """
Examples:

  gongbao trace 2f6c0b1a9d4e8f7061524334

  gongbao trace 2f6c0b1a9d4e8f7061524334 --out out
"""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("trace", epilog=EXAMPLES)(trace)


def trace(
    record_id: Annotated[str, typer.Argument(metavar="RECORD_ID", help="An indicator's record_id.")], *, out: Out = None
) -> int:
    """Walk one number back: value, sentence, text, page, bytes of the raw artefact."""
    from workers.trace import trace_indicator

    assembly = assembly_for(out)
    try:
        owner = assembly.records.owner_of(record_id)
        record = assembly.records.read(*owner) if owner else None
        if owner is None or record is None:
            fault(record_id, "no indicator has this record_id; take one from an export or a report")
            return 1
        document_id = owner[0]
        found = trace_indicator(
            record,
            record_id,
            assembly.artefacts,
            lambda stage: assembly.ledger.artefact_of(document_id, stage),
        )
    finally:
        assembly.close()
    _show(found)
    return 0


def _show(found: Trace) -> None:
    indicator, record = found.indicator, found.record
    say(f"{indicator.name}: {_value(indicator)}  ({indicator.value_text})")
    period = indicator.period
    when = f"{period.start} to {period.end}" if period else "period unknown"
    place = indicator.area or record.area
    say(f"  {indicator.measure}, {indicator.status}, {when}, {place.name if place else 'place unknown'}")
    say(f"  rule {indicator.rule}, confidence {indicator.confidence:.2f}, code {indicator.code or 'none'}")
    say(f"  of {record.title or named(record.url)}")
    say(f"     {named(record.url)}, version {record.version}")
    say()
    say(f"sentence  {readable(found.sentence)}")
    for step in found.steps:
        say()
        say(f"{step.what}, characters {step.start}–{step.end}   [{step.artefact}]")
        say(f"  {_marked(step)}")
    say()
    _show_raw(found.raw)


def _value(indicator: Indicator) -> str:
    return f"{indicator.value} {indicator.unit}" if indicator.value is not None else "in words"


def _marked(step: Excerpt) -> str:
    before, value, after = (readable(part.replace("\n", "⏎")) for part in (step.before, step.found, step.after))
    return f"…{before}⟦{value}⟧{after}…"


def _show_raw(raw: RawBytes) -> None:
    if raw.start is None or raw.end is None:
        say(f"raw file, {raw.size} bytes   [{raw.artefact}]")
        say(f"  payload {raw.digest}")
        say("  its reader gives text without byte positions: the way ends at the file")
        return
    say(f"raw bytes {raw.start}–{raw.end} of {raw.size}   [{raw.artefact}]")
    say(f"  payload {raw.digest}")
    shown = raw.found if len(raw.found) <= 48 else raw.found[:48]
    say(f"  {shown.hex(' ').upper()}{' …' if len(raw.found) > 48 else ''}")
    before, after = (readable(part.replace("\n", "⏎")) for part in (raw.before, raw.after))
    say(f"  …{before}⟦{len(raw.found)} bytes⟧{after}…")
