"""Compiled tables are built once, anew when what they are made from changes, and whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.errors import Misconfigured
from tasks.tables import compiled_table


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GONGBAO_TABLES", str(tmp_path / "tables"))
    return tmp_path / "tables"


def test_a_table_is_built_once() -> None:
    built = []

    def build() -> bytes:
        built.append(1)
        return b"table"

    first = compiled_table("areas", [b"1"], build)
    assert compiled_table("areas", [b"1"], build) == first
    assert (first.read_bytes(), len(built)) == (b"table", 1)


def test_other_sources_make_another_table() -> None:
    parts = [[b"1"], [b"2"], [b"1", b""], [b"", b"1"], [b"12"], [b"1", b"2"]]
    assert len({compiled_table("areas", made_from, lambda: b"") for made_from in parts}) == len(parts)


def test_a_folder_that_cannot_be_written_is_a_misconfiguration(folder: Path) -> None:
    folder.write_text("", encoding="utf-8")
    with pytest.raises(Misconfigured, match="point GONGBAO_TABLES at another folder"):
        compiled_table("areas", [b"1"], lambda: b"")


def test_a_build_that_breaks_leaves_nothing(folder: Path) -> None:
    def broken() -> bytes:
        raise ValueError("torn")

    with pytest.raises(ValueError, match="torn"):
        compiled_table("areas", [b"1"], broken)
    assert not folder.exists() or list(folder.iterdir()) == []
