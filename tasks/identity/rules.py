"""The words and tables identity works by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self


@dataclass(frozen=True)
class IdentityRules:
    """Words and the area table."""

    FILES: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def load(cls, vocabulary: Path) -> Self:
        """Read and compile."""
        return cls()
