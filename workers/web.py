"""The web as the stages see it, with the manners of config/settings.toml."""

from __future__ import annotations

from collections.abc import Callable

from tasks.fetch.limits import FetchLimits
from tasks.fetch.pace import HostPace
from tasks.fetch.web import WholeWeb
from workers.settings import Fetch


def open_web(settings: Fetch, pace: Callable[[str], None] | None = None) -> WholeWeb:
    """One transport for a process.

    Args:
        settings: manners and limits.
        pace: waits until a request to a host may be made; without it, hosts are paced within this
            process.
    """
    limits = FetchLimits(
        connect_timeout=settings.connect_timeout,
        read_timeout=settings.read_timeout,
        total_timeout=settings.total_timeout,
        max_bytes=settings.max_bytes,
        max_redirects=settings.max_redirects,
        user_agent=settings.user_agent,
        verify=settings.verify_tls,
    )
    return WholeWeb(limits, pace=pace or HostPace(settings.pace))
