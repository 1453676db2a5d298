"""How much of an attached file is read: limits that no honest report comes near."""

from __future__ import annotations

from typing import Final, NoReturn

from tasks.errors import Unprocessable

BYTES: Final = 200_000_000
PAGES: Final = 3_000
CHARACTERS: Final = 10_000_000
CELLS: Final = 500_000
#: of all members of an archive together, unpacked
UNPACKED: Final = 400_000_000
#: of one XML part that is parsed as a tree (a tree takes some ten times as much memory)
XML_BYTES: Final = 60_000_000
MEMBERS: Final = 20_000
#: unpacked to packed; office XML stays below 50, a bomb begins at 1,000
RATIO: Final = 400


def too_large(name: str, what: str, limit: int) -> NoReturn:
    """Set the file aside.

    Raises:
        Unprocessable: ``too_large``, always.
    """
    raise Unprocessable("too_large", f"{name} has more than {limit:,} {what}; nothing of it was read")


def broken(name: str, why: str) -> Unprocessable:
    """The error for a file that is damaged or not what it says it is."""
    return Unprocessable("broken_attachment", f"{name} cannot be read: {why}")
