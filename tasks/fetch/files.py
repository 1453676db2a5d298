"""Reads a file of this machine as if it had been fetched."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from schemas.page import FetchedPage, PageRequest
from tasks.answer import Answer
from tasks.bench import utc_now
from tasks.errors import Transient, Unprocessable
from tasks.text.ids import canonical_url, digest_of


class FileWeb:
    """A :class:`tasks.bench.Web` for ``file://`` addresses."""

    def __init__(self, max_bytes: int, *, now: Callable[[], datetime] = utc_now) -> None:
        self._max_bytes = max_bytes
        self._now = now

    def __call__(self, request: PageRequest, /) -> Answer:
        """Read the file.

        Raises:
            Unprocessable: not_a_url, not_found, is_folder, not_a_file, forbidden, too_large.
            Transient: unreadable (the disk failed).
        """
        path = path_of(request.url)
        payload = read_file(path, self._max_bytes)
        page = FetchedPage(
            document_id=request.document_id,
            url=request.url,
            final_url=canonical_url(request.url),
            fetched_at=self._now(),
            file_name=path.name or None,
            raw="",
            raw_digest=digest_of(payload),
            raw_size=len(payload),
            source=request.source,
            cover=request.cover,
        )
        return Answer(page, payload)


def path_of(url: str) -> Path:
    """The path that a ``file://`` URL means.

    Raises:
        Unprocessable: it is no such URL.
    """
    try:
        parts = urlsplit(canonical_url(url))
    except ValueError as error:
        raise Unprocessable("not_a_url", f"{url} is not the URL of a file: {error}; check its spelling") from error
    if parts.scheme != "file":
        raise Unprocessable("not_a_url", f"{url} is not the URL of a file; it should begin with file:///")
    return Path(unquote(parts.path, errors="surrogateescape"))


def read_file(path: Path, max_bytes: int) -> bytes:
    """All bytes of a plain file.

    Raises:
        Unprocessable, Transient: see :class:`FileWeb`.
    """
    try:
        # a pipe would be waited for without end: open without blocking, and look before reading
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            mode = os.fstat(handle).st_mode
            if stat.S_ISDIR(mode):
                raise Unprocessable("is_folder", f"{path} is a folder; name the files in it")
            if not stat.S_ISREG(mode):
                raise Unprocessable("not_a_file", f"{path} is no plain file; give a file that holds a page")
            with os.fdopen(handle, "rb", closefd=False) as file:
                payload = file.read(max_bytes + 1)
        finally:
            os.close(handle)
    except FileNotFoundError:
        raise Unprocessable("not_found", f"{path} does not exist; check the path") from None
    except NotADirectoryError:
        raise Unprocessable("not_found", f"{path} does not exist: a part of the path is a file; check it") from None
    except PermissionError:
        raise Unprocessable("forbidden", f"{path} may not be read; change its permissions") from None
    except OSError as error:
        raise Transient("unreadable", f"{path} cannot be read ({error.strerror}); check the disk") from error
    except ValueError as error:  # a zero byte in the name
        raise Unprocessable("not_found", f"{str(path)!r} is no path ({error}); check it") from error
    if len(payload) > max_bytes:
        raise Unprocessable(
            "too_large",
            f"{path} is larger than {max_bytes} bytes; raise fetch.max_bytes in config/settings.toml if it is meant",
        )
    return payload
