"""Carries tickets on that the ledger has put back: in this process, or by the workers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workers.commands.terminal import fault, progress, say

if TYPE_CHECKING:
    from schemas.ticket import Ticket
    from workers.assembly import Assembly
    from workers.embedded import Outcome


def carry(tickets: list[Ticket], assembly: Assembly, *, here: bool) -> int:
    """Carry the tickets to their ends, or send them; the exit status."""
    if not here:
        from workers.commands.enqueue import send_all

        sent = send_all(tickets)
        if sent:
            say(f"{len(tickets)} put back and sent to the workers")
        return 0 if sent else 1
    from workers.embedded import run_tickets

    became = Became()
    with progress("documents") as bar:
        for outcome in run_tickets(tickets, assembly, started=bar.known):
            bar.advance()
            became.add(outcome)
            if outcome.state in ("set_aside", "waiting"):
                fault(outcome.url, outcome.message or f"it is {outcome.state}; see: gongbao status")
    say(f"{became.total} carried through: {became.counted}")
    return 1 if became.failed else 0


class Became:
    """What became of each document of a run, once.

    A page leads to its attachments, so one that was asked for by itself may come by twice; then the
    second coming finds it unchanged, which is no news.
    """

    def __init__(self) -> None:
        self._states: dict[str, str] = {}

    def add(self, outcome: Outcome) -> None:
        """Take an outcome in."""
        if outcome.state != "unchanged" or outcome.url not in self._states:
            self._states[outcome.url] = outcome.state

    @property
    def total(self) -> int:
        """How many documents."""
        return len(self._states)

    @property
    def good(self) -> int:
        """How many have a record."""
        return sum(state in ("done", "unchanged") for state in self._states.values())

    @property
    def failed(self) -> bool:
        """Whether some have not come to their end."""
        return self.good < self.total

    @property
    def counted(self) -> str:
        """5 done, 2 unchanged."""
        states = sorted(Counter(self._states.values()).items())
        return ", ".join(f"{number} {state.replace('_', ' ')}" for state, number in states)
