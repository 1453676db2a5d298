"""``gongbao enqueue``: URLs for the workers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workers.commands.place import assembly_for
from workers.commands.terminal import fault, say

if TYPE_CHECKING:
    from schemas.ticket import Ticket

EXAMPLES = """
Examples:

  gongbao enqueue https://www.example.gov.cn/zwgk/t20230112_1.html

  gongbao enqueue --file urls.txt

  gongbao enqueue - < urls.txt
"""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("enqueue", epilog=EXAMPLES)(enqueue)


def enqueue(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE", help="http or https URLs; - reads them from stdin.")
    ] = None,
    *,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="F", help="Read URLs from this file, one a line.")
    ] = None,
) -> int:
    """Put URLs on the broker by hand; prints one document id a line."""
    from tasks.errors import Misconfigured, Transient
    from tasks.text.ids import document_id_of
    from workers.intake import only_urls

    named = _listed(sources or [], file)
    intake = only_urls(named)
    for source, sentence in intake.faults:
        fault(source, sentence)
    if not named:
        raise Misconfigured("usage", "no URL is named; give URLs, or a file of them with --file")
    if not intake.urls:
        return 1
    assembly = assembly_for(None)
    failed = bool(intake.faults)
    tickets: list[Ticket] = []
    try:
        for url in intake.urls:
            try:
                ticket = assembly.ledger.take_in(url)
            except Transient as error:
                fault(url, error.message)
                failed = True
                continue
            if ticket is not None:  # else it is on its way already, and says so under the same id
                tickets.append(ticket)
            say(document_id_of(url))
    finally:
        assembly.close()
    return 1 if not send_all(tickets) or failed else 0


def send_all(tickets: Iterable[Ticket]) -> bool:
    """Put tickets on the broker; False, and one sentence, when it is not to be reached.

    Nothing is lost then: the documents wait in the ledger, and the reconciler on beat sends them.
    """
    waiting = list(tickets)
    if not waiting:
        return True
    from tasks.errors import GongbaoError
    from workers.app import send

    for sent, ticket in enumerate(waiting):
        try:
            send(ticket)
        except GongbaoError as error:
            left = len(waiting) - sent
            them = "the document waits" if left == 1 else f"{left} documents wait"
            fault("broker", f"{error.message}; {them} in the ledger and will be sent by beat when it is back")
            return False
    return True


def _listed(sources: list[str], file: Path | None) -> list[str]:
    """The URLs named, those of files and stdin among them."""
    import sys

    from tasks.errors import Misconfigured

    found: list[str] = []
    for source in [*sources, *([f"@{file}"] if file else [])]:
        if source == "-":
            found += _lines(sys.stdin.read())
        elif source.startswith("@"):
            try:
                found += _lines(Path(source[1:]).read_text(encoding="utf-8-sig"))
            except (OSError, UnicodeDecodeError) as error:
                why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
                raise Misconfigured(
                    "usage", f"the list {source[1:]} cannot be read ({why}); give a file with one URL a line"
                ) from error
        else:
            found.append(source)
    return found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
