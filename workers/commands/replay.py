"""``gongbao replay``: stored artefacts once more, without fetching."""

from __future__ import annotations

from typing import Annotated

import typer

from workers.commands.carrying import carry
from workers.commands.place import Out, assembly_for
from workers.commands.standing import Here, Source, Text
from workers.commands.terminal import fault, say

EXAMPLES = """
Examples:

  gongbao replay --from extract                    (better rules: all documents once more)

  gongbao replay --from clean example.gov.cn

  gongbao replay --from normalise --out out
"""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("replay", epilog=EXAMPLES)(replay)


def _stages() -> list[str]:
    return ["fetch", "clean", "normalise", "segment", "extract", "emit"]


def replay(
    text: Text = None,
    *,
    stage: Annotated[
        str,
        typer.Option("--from", metavar="STAGE", help="The first stage to do again.", autocompletion=_stages),
    ],
    source: Source = None,
    state: Annotated[str | None, typer.Option("--state", help="Only documents in this state, such as done.")] = None,
    here: Here = False,
    out: Out = None,
) -> int:
    """Run the stored artefacts again from a stage, without fetching."""
    from tasks.chain import STAGES
    from tasks.errors import Misconfigured
    from workers.ledger import STATES, Filter

    if stage not in STAGES:
        raise Misconfigured("usage", f"there is no stage {stage}; the stages are {', '.join(STAGES)}")
    if state is not None and state not in STATES:
        raise Misconfigured("usage", f"there is no state {state}; the states are {', '.join(STATES)}")
    assembly = assembly_for(out)
    try:
        tickets, short = assembly.ledger.replay(stage, Filter(text=text, source=source, state=state))
        if not tickets:
            for row in short:
                fault(row.url, f"it never came as far as {stage}; name an earlier stage, or see: gongbao dead retry")
            if not short:
                say("no such document was ever taken in")
            return 1 if short or text else 0
        if short:
            say(f"{len(short)} never came as far as {stage} and are left as they are; see: gongbao dead")
        return carry(tickets, assembly, here=here or out is not None)
    finally:
        assembly.close()
