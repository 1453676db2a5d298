"""What the README says is so: its made parts are made anew, its commands are run."""

from __future__ import annotations

from pathlib import Path

from tests.readme import README, Newcomer, masked, sessions
from workers.reference import with_parts

TEXT = README.read_text(encoding="utf-8")


def test_the_made_parts_are_those_of_the_code() -> None:
    """After a change of CHAIN or of the settings models, `make readme` brings the README up to date."""
    assert with_parts(TEXT) == TEXT


def test_every_command_of_the_tour_gives_the_output_shown(tmp_path: Path) -> None:
    """After a change of what they print, `make readme` brings the README up to date."""
    newcomer = Newcomer(tmp_path / "newcomer")
    tour = sessions(TEXT)
    assert len(tour) >= 6
    for session in tour:
        done = newcomer.types(session.command)
        assert done.returncode == 0, f"{session.command}: {done.stderr}"
        said, wanted = masked(done.stdout), masked(session.shown)
        if "…" in wanted:  # the README cuts long output there
            cut = wanted.index("…")
            wanted, said = wanted[:cut], said[:cut]
        # documents end in the order their fetches do, so lines may stand in another
        assert sorted(said) == sorted(wanted), session.command
