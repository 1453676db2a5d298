"""Big tables that are compiled once and kept: script conversion, language model, area codes.

A table is a file named after what it was built from, so a change of its sources or of the code that
builds it makes a new one.  It is written under a temporary name and moved into place, so two
processes that build at once do no harm.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from tasks.errors import Misconfigured
from tasks.whole_files import whole_file


def tables_folder() -> Path:
    """Where compiled tables are kept: ``$GONGBAO_TABLES``, else ``var/tables`` beside the code."""
    named = os.environ.get("GONGBAO_TABLES")
    return Path(named) if named else Path(__file__).resolve().parents[1] / "var" / "tables"


def compiled_table(name: str, made_from: Iterable[bytes], build: Callable[[], bytes]) -> Path:
    """Path of the compiled table ``name``; built by ``build`` when it is not there yet.

    Args:
        name: a file name without ending.
        made_from: everything that decides the content: versions, digests, file contents.
        build: gives the bytes.

    Raises:
        Misconfigured: the folder cannot be written.
    """
    digest = hashlib.sha256()
    for piece in made_from:
        digest.update(len(piece).to_bytes(8, "little"))
        digest.update(piece)
    folder = tables_folder()
    path = folder / f"{name}-{digest.hexdigest()[:16]}.bin"
    if path.exists():
        return path
    data = build()
    try:
        with whole_file(path) as file:
            file.write(data)
    except OSError as error:
        raise Misconfigured(
            "tables_not_writable",
            f"compiled tables cannot be kept in {folder} ({error.strerror}); "
            "make it writable or point GONGBAO_TABLES at another folder",
        ) from error
    return path
