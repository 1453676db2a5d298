"""Runs the whole chain for tests: sources in, records out, in a folder of the test's own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from schemas.record import DocumentRecord
from tasks.bench import Web
from workers.assembly import Assembly
from workers.embedded import Outcome, run_sources
from workers.intake import make_out
from workers.settings import Settings, read_settings


def settings_for(folder: Path, root: Path) -> Settings:
    """The committed settings with everything kept below ``folder``."""
    settings = read_settings(root / "config", {})
    storage = settings.storage.model_copy(
        update={
            "database": f"sqlite:///{folder}/gongbao.sqlite",
            "artefacts": str(folder / "artefacts"),
            "records": str(folder / "documents"),
            "fsync": False,
        }
    )
    run = settings.run.model_copy(update={"backoff": 0.0})
    fetch = settings.fetch.model_copy(update={"pace": 0.0})
    return settings.model_copy(update={"storage": storage, "run": run, "fetch": fetch})


def run(sources: Iterable[Path | str], folder: Path, root: Path, *, web: Web | None = None) -> list[Outcome]:
    """Carry the sources through the chain; what became of each."""
    assembly = Assembly(settings_for(folder, root), web)
    try:
        intake = make_out([str(source) for source in sources])
        assert not intake.faults
        return list(run_sources(intake, assembly))
    finally:
        assembly.close()


def records_in(folder: Path) -> dict[str, DocumentRecord]:
    """File name of the source → its record, as read back from the JSON files."""
    found = {}
    for path in sorted((folder / "documents").glob("*.json")):
        record = DocumentRecord.model_validate_json(path.read_bytes())
        found[record.url.rsplit("/", 1)[-1]] = record
    return found


def score(shared: Path, tool: str, gold: Path, folder: Path) -> dict[str, Any]:
    """What a scorer of ../shared/tools says with --json."""
    done = subprocess.run(
        [sys.executable, str(shared / "tools" / tool), str(gold), str(folder), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
