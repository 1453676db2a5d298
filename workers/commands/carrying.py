"""Carries tickets on that the ledger has put back: in this process, or by the workers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workers.commands.terminal import fault, progress, say

if TYPE_CHECKING:
    from schemas.ticket import Ticket
    from workers.assembly import Assembly


def carry(tickets: list[Ticket], assembly: Assembly, *, here: bool) -> int:
    """Carry the tickets to their ends, or send them; the exit status."""
    if not here:
        from workers.commands.enqueue import send_all

        sent = send_all(tickets)
        if sent:
            say(f"{len(tickets)} put back and sent to the workers")
        return 0 if sent else 1
    from workers.embedded import run_tickets

    states: Counter[str] = Counter()
    with progress("documents") as bar:
        for outcome in run_tickets(tickets, assembly, started=bar.known):
            bar.advance()
            states[outcome.state] += 1
            if outcome.state in ("set_aside", "waiting"):
                fault(outcome.url, outcome.message or f"it is {outcome.state}; see: gongbao status")
    counted = ", ".join(f"{number} {state.replace('_', ' ')}" for state, number in sorted(states.items()))
    say(f"{states.total()} carried through: {counted}")
    return 1 if states["set_aside"] or states["waiting"] else 0
