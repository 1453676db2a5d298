"""What commands say: nothing of a page steers the terminal, tables keep their columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.commands.terminal import NARROWEST, fault, fitted, named, progress, readable, say, table


@pytest.mark.parametrize("text", ["\x1b[2Jx", "a\x07b", "a\u202eb", "a\x9b31m"])
def test_a_title_cannot_steer_the_terminal(text: str) -> None:
    """Escape sequences and direction marks of a page are shown as what they are: junk."""
    assert not set(readable(text)) & set("\x1b\x07\u202e\x9b")


def test_a_fault_names_its_source_once(capsys: pytest.CaptureFixture[str]) -> None:
    """SOURCE: sentence."""
    fault("http://x.example/1", "http://x.example/1 answers 404: there is no such page; check the address")
    fault("a.html", "there is no file or folder a.html; check the spelling")
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "http://x.example/1: answers 404: there is no such page; check the address",
        "a.html: there is no file or folder a.html; check the spelling",
    ]


def test_a_local_file_is_named_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """People know paths, not file URLs."""
    monkeypatch.chdir(tmp_path)
    assert named((tmp_path / "报告 1.html").as_uri()) == "报告 1.html"
    assert named("file:///elsewhere/a.html") == "/elsewhere/a.html"
    assert named("http://x.example/%E6") == "http://x.example/%E6"


def test_a_table_in_a_pipe_is_plain_and_lined_up(capsys: pytest.CaptureFixture[str]) -> None:
    """Chinese characters are two columns wide."""
    table(("name", "n", "x"), [("苇泾镇", 5, "a"), ("b\tc", 12, None)], right=("n",))
    assert capsys.readouterr().out.splitlines() == ["name     n  x", "苇泾镇   5  a", "b c     12"]


def test_a_table_on_a_terminal_shows_brackets_as_they_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A title is no markup."""
    monkeypatch.setattr("workers.commands.terminal.on_terminal", lambda: True)
    table(("title",), [("[red]苇泾镇[/red]",)])
    assert "[red]苇泾镇[/red]" in capsys.readouterr().out


@given(st.lists(st.integers(0, 90), min_size=1, max_size=9), st.integers(0, 200))
def test_the_widest_columns_give_way(widths: list[int], room: int) -> None:
    """A narrow window cuts long titles before it cuts ids and numbers."""
    found = fitted(widths, room)
    assert sum(found) <= max(room, sum(min(width, NARROWEST) for width in widths))
    assert all(new <= old for new, old in zip(found, widths, strict=True))
    cut = [new for new, old in zip(found, widths, strict=True) if new < old]
    assert not cut or max(found) - min(cut) <= 1


def test_there_is_no_bar_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    """A log file gets lines, not a moving bar."""
    with progress("documents") as bar:
        bar.known(2)
        bar.advance()
    say("done")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("done\n", "")


def test_there_is_a_bar_on_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Long work shows how far it is."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with progress("documents") as bar:
        bar.known(2)
        bar.advance()
    assert "documents" in capsys.readouterr().err
