"""The web as the stages see it: one transport, paced per host."""

from __future__ import annotations

from tasks.bench import Web
from tasks.fetch.files import FileWeb
from tasks.fetch.http import FetchLimits, HttpWeb
from workers.settings import Fetch


def open_web(settings: Fetch) -> Web:
    """Stand-in until fetch lands."""
    raise NotImplementedError((settings, FileWeb, FetchLimits, HttpWeb))
