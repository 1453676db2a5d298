"""Files that appear under their name when all of them is written, and not at all otherwise."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole_file(path: Path, *, fsync: bool = False) -> Iterator[BinaryIO]:
    """A file to write ``path`` with: it is moved into place at the end, so readers see all or nothing.

    The folder is made when it is missing.  Two processes that write the same file at once do no
    harm: the last one stands.  A process that is killed while it writes leaves ``.….partial``,
    which nobody takes for the file.

    Args:
        path: where it is to appear.
        fsync: force it to the disk before it appears.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".partial")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            if fsync:
                file.flush()
                os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
