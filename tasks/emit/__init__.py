"""emit takes all that was found and gives the public record."""

from __future__ import annotations

from tasks.emit.record import EMIT, make_record

__all__ = ["EMIT", "make_record"]
