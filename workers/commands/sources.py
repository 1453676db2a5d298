"""``gongbao sources``: the scheduled crawls of config/sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workers.commands.place import assembly_for
from workers.commands.terminal import fault, say, table

if TYPE_CHECKING:
    from tasks.discover import SourceFile

EXAMPLES = """
Examples:

  gongbao sources list

  gongbao sources check example               (visits its listings, takes nothing in)

  gongbao sources check new-site.toml         (a file that is not in config/sources yet)
"""

Name = Annotated[str, typer.Argument(metavar="NAME", help="A file of config/sources, without .toml; or a path.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="The scheduled crawls in config/sources, dry run of one.", invoke_without_command=True)
    group.callback(epilog=EXAMPLES)(_sources)
    group.command("list")(list_sources)
    group.command("check", epilog=EXAMPLES)(check)
    group.command("show")(show)
    app.add_typer(group, name="sources")


def _sources(context: typer.Context) -> int:
    """The scheduled crawls in config/sources, dry run of one."""
    return list_sources() if context.invoked_subcommand is None else 0


def list_sources() -> int:
    """All sources, and the files that cannot be used."""
    from tasks.discover import read_sources
    from workers.settings import read_settings

    settings = read_settings()
    folder = read_sources(settings.sources)
    for error in folder.faults:
        fault("sources", error.message)
    if folder.sources:
        rows = [
            (source.name, source.title, source.area or "–", _schedule(source), len(source.listings), _pace(source))
            for source in folder.sources
        ]
        table(("source", "title", "area", "visited", "listings", "pace"), rows, right=("listings",))
    elif not folder.faults:
        say(f"{settings.sources} holds no source; README.md says how to write one")
    return 1 if folder.faults else 0


def check(name: Name) -> int:
    """Visit the listings of one source and tell what it would take in; nothing is taken in."""
    from tasks.discover import discover

    source = _read(name)
    assembly = assembly_for(None)
    try:
        web = assembly.bench.web
        assert web is not None
        found = discover(source, web)
    finally:
        assembly.close()
    for error in found.faults:
        fault(source.name, error.message)
    for warning in found.warnings:
        fault(source.name, f"{warning.code}: {warning.why}")
    rows = [(link.published_on or "–", link.title or "–", link.url) for link in found.links]
    if rows:
        table(("date", "title", "url"), rows)
    say(f"{len(found.links)} {'document' if len(found.links) == 1 else 'documents'} found, nothing taken in")
    return 1 if found.faults or found.warnings else 0


def show(name: Name) -> int:
    """One source as it is understood, and where its documents stand."""
    from workers.ledger import Filter

    source = _read(name)
    say(f"source    {source.name}: {source.title}")
    say(f"area      {source.area or 'not given'}")
    say(f"visited   {_schedule(source)}, pace {_pace(source)}")
    for listing in source.listings:
        least, most = source.expected(listing)
        say(f"listing   {listing.url}, {least} to {most} links expected")
        if listing.further and listing.pages:
            say(f"          further pages {listing.further}, {listing.pages[0]} to {listing.pages[1]}")
    for word, patterns in (("include", source.include), ("exclude", source.exclude), ("titles", source.titles)):
        for pattern in patterns:
            say(f"{word:<9} {pattern}")
    assembly = assembly_for(None)
    try:
        counts = assembly.ledger.counts(Filter(source=source.name))
    finally:
        assembly.close()
    states: dict[str, int] = {}
    for (_, state), number in counts.items():
        states[state] = states.get(state, 0) + number
    stand = ", ".join(f"{number} {state.replace('_', ' ')}" for state, number in sorted(states.items()))
    say(f"documents {stand or 'none taken in yet'}")
    return 0


def _read(name: str) -> SourceFile:
    from tasks.discover import read_source
    from tasks.errors import Misconfigured
    from workers.settings import read_settings

    if name.endswith(".toml"):
        return read_source(Path(name))
    folder = read_settings().sources
    if not (folder / f"{name}.toml").is_file():
        known = ", ".join(sorted(path.stem for path in folder.glob("*.toml"))) or "none"
        raise Misconfigured("usage", f"there is no source {name} in {folder}; known: {known}")
    return read_source(folder / f"{name}.toml")


def _schedule(source: SourceFile) -> str:
    if not source.enabled:
        return "never (enabled = false)"
    if isinstance(source.schedule, str):
        return f"at {source.schedule}"
    for seconds, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
        if source.schedule % seconds == 0:
            number = source.schedule // seconds
            return f"every {unit}" if number == 1 else f"every {number} {unit}s"
    return f"every {source.schedule} seconds"


def _pace(source: SourceFile) -> str:
    return "of the settings" if source.pace is None else f"{source.pace:g} s"
