"""``gongbao status`` and ``gongbao dead``: where documents stand, and what was set aside."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from tasks.errors import Misconfigured
from workers.commands.carrying import carry
from workers.commands.place import Out, assembly_for
from workers.commands.terminal import fault, named, on_terminal, say, table

if TYPE_CHECKING:
    from workers.assembly import Assembly
    from workers.ledger import Standing

EXAMPLES = """
Examples:

  gongbao status

  gongbao status https://www.example.gov.cn/zwgk/t20230112_1.html

  gongbao status 1f0c9a3e --out out        (the first digits of an id)
"""
DEAD_EXAMPLES = """
Examples:

  gongbao dead

  gongbao dead show timed_out

  gongbao dead retry --reason server_error
"""

#: documents shown under one heading; the number of the rest is said
MOST = 20

Text = Annotated[str | None, typer.Argument(metavar="[DOCUMENT|URL]", help="An id, a URL, or a part of a URL.")]
Reason = Annotated[str | None, typer.Option("--reason", help="Only failures with this code, such as timed_out.")]
StageName = Annotated[str | None, typer.Option("--stage", help="Only documents at this stage.")]
Source = Annotated[str | None, typer.Option("--source", help="Only documents of this file in config/sources.")]
Here = Annotated[bool, typer.Option("--here", help="Carry them through in this process instead of the workers.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("status", epilog=EXAMPLES)(status)
    dead = typer.Typer(help="What was set aside, grouped by reason; put it back.", invoke_without_command=True)
    dead.callback(epilog=DEAD_EXAMPLES)(_dead)
    dead.command("list")(list_dead)
    dead.command("show")(show)
    dead.command("retry", epilog=DEAD_EXAMPLES)(retry)
    app.add_typer(dead, name="dead")


def status(text: Text = None, *, source: Source = None, out: Out = None) -> int:
    """Where documents stand, per stage and state; one document's history."""
    from workers.ledger import Filter

    assembly = assembly_for(out)
    try:
        if text is None:
            _counts(assembly, Filter(source=source))
            return 0
        found = assembly.ledger.find(Filter(text=text, source=source), limit=MOST + 1)
        if not found:
            fault(text, "no document of this id or address was ever taken in; check it, or see: gongbao status")
            return 1
        if len(found) == 1:
            _history(assembly, found[0])
        else:
            _several(found)
        return 0
    finally:
        assembly.close()


def _counts(assembly: Assembly, which: object) -> None:
    from tasks.chain import CHAIN
    from workers.ledger import STATES, Filter

    assert isinstance(which, Filter)
    counts = assembly.ledger.counts(which)
    rows = [(stage.name, *(counts.get((stage.name, state), 0) or "·" for state in STATES)) for stage in CHAIN]
    total = ("all", *(sum(n for (_, at), n in counts.items() if at == state) for state in STATES))
    headings = ("stage", *(state.replace("_", " ") for state in STATES))
    table(headings, [*rows, total], right=headings[1:])


def _several(found: list[Standing]) -> None:
    rows = [
        (row.document_id, row.state.replace("_", " "), row.stage, f"{row.updated_at:%Y-%m-%d %H:%M:%S}", named(row.url))
        for row in found[:MOST]
    ]
    table(("document", "state", "stage", "since (UTC)", "url"), rows)
    if len(found) > MOST:
        say("… and more; name a longer part of the address")


def _history(assembly: Assembly, row: Standing) -> None:
    record = assembly.records.read(row.document_id)
    say(f"document  {row.document_id}")
    say(f"url       {named(row.url)}")
    if row.source:
        say(f"source    {row.source}")
    if row.parent_id:
        say(f"found on  {row.parent_id}")
    state = row.state.replace("_", " ")
    say(f"state     {state}" + (f" for {row.stage}" if row.state == "waiting" else f" in {row.stage}"))
    if row.next_at:
        say(f"next try  {row.next_at:%Y-%m-%d %H:%M:%S} UTC")
    if row.reason:
        say(f"reason    {row.reason}: {row.message}")
    if record is not None:
        say(f"record    version {record.version}, {len(record.indicators)} indicators, text {record.text_digest[:19]}…")
    say()
    rows = [
        (
            f"{event.at:%Y-%m-%d %H:%M:%S}",
            event.run,
            event.stage,
            event.what.replace("_", " "),
            _short(event.detail or ""),
        )
        for event in assembly.ledger.history(row.document_id)
    ]
    table(("at (UTC)", "run", "stage", "what", "detail"), rows, right=("run",))


def _short(detail: str) -> str:
    """A digest is cut short for people; a pipe gets all of it."""
    return f"{detail[:19]}…" if on_terminal() and detail.startswith("sha256:") else detail


def _dead(context: typer.Context, *, out: Out = None) -> int:
    """What was set aside, grouped by reason; put it back."""
    if context.invoked_subcommand is None:
        return list_dead(out=out)
    if out is not None:
        raise Misconfigured(
            "usage", f"--out belongs behind the word: gongbao dead {context.invoked_subcommand} --out …"
        )
    return 0


def list_dead(
    text: Text = None, *, reason: Reason = None, stage: StageName = None, source: Source = None, out: Out = None
) -> int:
    """Documents set aside, grouped by reason."""
    from workers.ledger import Filter

    assembly = assembly_for(out)
    try:
        found = assembly.ledger.failures(Filter(text=text, source=source, stage=stage, reason=reason))
        if not found:
            say("nothing is set aside" if not (text or reason or stage or source) else "nothing such is set aside")
            return 0
        for code, group in groupby(found, key=lambda failure: failure.reason):
            failures = list(group)
            say(f"{code}: {len(failures)}")
            for failure in failures[:MOST]:
                say(f"  {failure.document_id[:8]}  {failure.stage:<9}  {failure.message}")
            if len(failures) > MOST:
                say(f"  … and {len(failures) - MOST} more; see: gongbao dead list --reason {code} PART-OF-URL")
        say()
        say("Put back with: gongbao dead retry [DOCUMENT|URL] [--reason CODE]")
        return 0
    finally:
        assembly.close()


def show(
    text: Annotated[str, typer.Argument(metavar="DOCUMENT|URL", help="An id, a URL, or a part of a URL.")],
    *,
    out: Out = None,
) -> int:
    """All that is known of documents set aside: failure, evidence and history."""
    from workers.ledger import Filter

    assembly = assembly_for(out)
    try:
        found = assembly.ledger.failures(Filter(text=text))
        if not found:
            fault(text, "no such document is set aside; see: gongbao dead")
            return 1
        for failure in found[:MOST]:
            say(failure.to_pretty_json().rstrip())
            if failure.artefact:
                say(f"in hand when it failed: {_in_hand(assembly, failure.artefact)}")
        return 0
    finally:
        assembly.close()


def _in_hand(assembly: Assembly, digest: str) -> str:
    from tasks.errors import GongbaoError

    try:
        data = assembly.artefacts.get(digest)
    except GongbaoError as error:
        return error.message
    excerpt = data[:300].decode("utf-8", errors="replace")
    return f"{len(data)} bytes, {excerpt}{'…' if len(data) > 300 else ''}"


def retry(
    text: Text = None,
    *,
    reason: Reason = None,
    stage: StageName = None,
    source: Source = None,
    here: Here = False,
    out: Out = None,
) -> int:
    """Put documents that were set aside back before the stage they failed in."""
    from workers.ledger import Filter

    assembly = assembly_for(out)
    try:
        tickets = assembly.ledger.put_back(Filter(text=text, source=source, stage=stage, reason=reason))
        if not tickets:
            if text:
                fault(text, "no such document is set aside; see: gongbao dead")
                return 1
            say("nothing such is set aside")
            return 0
        return carry(tickets, assembly, here=here or out is not None)
    finally:
        assembly.close()
