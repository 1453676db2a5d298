"""A file appears when all of it is written, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.whole_files import whole_file


def test_it_appears_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "new" / "panel.csv"
    with whole_file(path, fsync=True) as file:
        file.write(b"178")
        assert [each.suffix for each in path.parent.iterdir()] == [".partial"], "nobody takes it for a table"
    assert path.read_bytes() == b"178"
    assert path.stat().st_mode & 0o777 == 0o644


def test_what_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "panel.csv"
    path.write_bytes(b"old")

    def pull_the_plug() -> None:
        with whole_file(path) as file:
            file.write(b"new")
            raise RuntimeError("the plug was pulled")

    with pytest.raises(RuntimeError, match="pulled"):
        pull_the_plug()
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("panel.csv", b"old")]
