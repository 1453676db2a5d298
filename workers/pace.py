"""One pace per host for all worker processes: the turns are kept on the broker's Redis server.

Two things together: :meth:`SharedPace.turn` keeps tickets of a busy host away from the workers'
threads, so that other hosts are not held up; and :meth:`SharedPace.__call__`, which the transport
calls before every request (redirects too), makes sure that two requests are never closer than the gap.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from redis.exceptions import RedisError

from tasks.fetch.pace import HostPace

if TYPE_CHECKING:
    from redis import Redis

#: gives the caller the next free turn of a host and says how many milliseconds off it is; -1 when the
#: turns are given away for longer than the horizon. By the server's clock, since hosts' clocks differ.
_NEXT_TURN = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local gap, horizon = tonumber(ARGV[1]), tonumber(ARGV[2])
local turn = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
if turn - now > horizon then return -1 end
redis.call('SET', KEYS[1], turn + gap, 'PX', turn + gap - now + 1000)
return turn - now
"""


class SharedPace:
    """The turns of every host, shared by all who use one Redis server.

    Args:
        client: of the server.
        gap: least seconds between two requests to one host.
        gaps: hosts with a gap of their own, from config/sources.
        patience: seconds a thread may sleep for its turn; whoever must wait longer goes away.
        horizon: seconds for which turns are given out in advance.
    """

    def __init__(
        self,
        client: Redis,
        gap: float,
        *,
        gaps: Mapping[str, float] | None = None,
        patience: float = 2.0,
        horizon: float = 300.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client: Any = client
        self._gap = gap
        self._gaps = dict(gaps or {})
        self._patience = patience
        self._horizon = horizon
        self._sleep = sleep
        # without the server, this process at least keeps its own pace
        self._alone = HostPace(gap, gaps=gaps, sleep=sleep)

    def gap(self, host: str) -> float:
        """Least seconds between two requests to ``host``."""
        return self._gaps.get(host, self._gap)

    def turn(self, host: str) -> tuple[float, bool]:
        """Seconds after which to come again, 0 for go ahead; and whether the turn is then the caller's.

        Never raises: a server that does not answer lets everybody through, to :meth:`__call__`.
        """
        gap = self.gap(host)
        if not host or gap <= 0:
            return 0.0, True
        try:
            wait = self._client.eval(_NEXT_TURN, 1, f"gongbao:turn:{host}", int(gap * 1000), int(self._horizon * 1000))
        except RedisError:
            return 0.0, True
        if wait < 0:  # spread out, so that they do not all come back at once
            return random.uniform(self._horizon / 2, self._horizon), False  # noqa: S311 (no secret)
        seconds = wait / 1000
        return (0.0 if seconds <= self._patience else seconds), True

    def __call__(self, host: str) -> None:
        """Sleep until a request to ``host`` may be made, and take that moment."""
        gap = self.gap(host)
        if not host or gap <= 0:
            return
        key = f"gongbao:pace:{host}"
        try:
            while not self._client.set(key, "1", nx=True, px=int(gap * 1000)):
                left = self._client.pttl(key)
                self._sleep(max(left, 1) / 1000)
        except RedisError:
            self._alone(host)
