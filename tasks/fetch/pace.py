"""Politeness: how long to wait before the next request to a host."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping


def next_turn(last: float | None, now: float, gap: float) -> float:
    """The earliest moment for the next request to a host, not before ``now``.

    Args:
        last: moment of the last request, which may lie ahead when others have already taken turns;
            None when there was none.
        now: the moment.
        gap: least seconds between two requests.
    """
    return now if last is None else max(now, last + gap)


class HostPace:
    """Gives each request of this process its turn. Safe to share between threads.

    Threads that ask for the same host at once get turns one gap apart and sleep each for themselves,
    so other hosts are not held up.
    """

    def __init__(
        self,
        gap: float,
        *,
        gaps: Mapping[str, float] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Make it.

        Args:
            gap: least seconds between two requests to one host.
            gaps: hosts with a gap of their own, from config/sources.
            clock, sleep: for tests.
        """
        self._gap = gap
        self._gaps = dict(gaps or {})
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._last: dict[str, float] = {}

    def __call__(self, host: str) -> None:
        """Wait until a request to ``host`` may be made."""
        with self._lock:
            now = self._clock()
            turn = next_turn(self._last.get(host), now, self._gaps.get(host, self._gap))
            self._last[host] = turn
            if len(self._last) > _MANY:
                self._forget(now)
        if turn > now:
            self._sleep(turn - now)

    def _forget(self, now: float) -> None:
        """Drop hosts whose gap is long over, so that a long run does not keep every host it ever met."""
        widest = max([self._gap, *self._gaps.values()])
        self._last = {host: last for host, last in self._last.items() if last + widest > now}


_MANY = 4096
