"""Everything that has an address: pages of servers and files of this machine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Self

from schemas.page import PageRequest
from tasks.answer import Answer
from tasks.bench import utc_now
from tasks.fetch.files import FileWeb
from tasks.fetch.http import HttpWeb
from tasks.fetch.limits import FetchLimits


class WholeWeb:
    """A :class:`tasks.bench.Web` for ``http``, ``https`` and ``file`` addresses."""

    def __init__(
        self,
        limits: FetchLimits,
        *,
        pace: Callable[[str], None] = lambda _: None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        """Make it. For the arguments see :class:`tasks.fetch.http.HttpWeb`."""
        self.pages = HttpWeb(limits, pace=pace, now=now)
        self.files = FileWeb(limits.max_bytes, now=now)

    def __call__(self, request: PageRequest, /) -> Answer:
        """Fetch or read, by scheme. Anything else is refused as ``not_a_url`` by :class:`HttpWeb`."""
        scheme = request.url.lstrip().partition(":")[0].lower()
        return self.files(request) if scheme == "file" else self.pages(request)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back all connections."""
        self.pages.close()
