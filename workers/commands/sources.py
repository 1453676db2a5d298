"""``gongbao sources``: the scheduled crawls of config/sources."""

from __future__ import annotations

import typer


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(typer.Typer(help="The scheduled crawls in config/sources."), name="sources")
