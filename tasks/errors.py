"""Errors, named by what becomes of the document.

GongbaoError
├── Transient        try again later: the site is down, the line broke
├── Unprocessable    set aside with its evidence: this document will never pass
├── Unchanged        nothing to do: the same bytes as last time
└── Misconfigured    stop until a person mends it: a settings file, an address, a missing server

What libraries raise becomes one of these at the place where the library is called.  A value that may
be wrong raises nothing: the record carries a :class:`schemas.record.Warn` about it.
"""

from __future__ import annotations


class GongbaoError(Exception):
    """One clear sentence that names the source and what to do about it.

    Attributes:
        reason: a code for grouping (``not_found``, ``timed_out``, ``unknown_key`` …).
        evidence: a short excerpt of what was met, or None.
    """

    def __init__(self, reason: str, message: str, *, evidence: str | None = None) -> None:
        super().__init__(reason, message)
        self.reason = reason
        self.message = message
        self.evidence = evidence

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.reason, self.message, self.evidence))


def _rebuild(kind: type[GongbaoError], reason: str, message: str, evidence: str | None) -> GongbaoError:
    return kind(reason, message, evidence=evidence)


class Transient(GongbaoError):
    """Try again later.

    Attributes:
        retry_after: seconds that the server asked us to wait, or None.
    """

    def __init__(
        self, reason: str, message: str, *, evidence: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(reason, message, evidence=evidence)
        self.retry_after = retry_after


class Unprocessable(GongbaoError):
    """Set this document aside; more tries change nothing."""


class Unchanged(GongbaoError):
    """The source has not changed since the last visit: the document stays as it is."""


class Misconfigured(GongbaoError):
    """Stop: a person must mend a file, an address or a server first."""
