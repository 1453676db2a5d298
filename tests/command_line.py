"""Starts ``gongbao`` as a user does, with settings of the test's own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

#: a person's patience in a test, and no pace: the sites are ours
HASTY = {
    "pace": "0.0",
    "connect_timeout": "2.0",
    "read_timeout": "1.0",
    "total_timeout": "4.0",
    "max_redirects": "4",
    "attempts": "1",
    "backoff": "0.0",
    "fsync": "false",
}


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines on stderr."""
        return self.err.splitlines()


def config_folder(folder: Path, **changes: str) -> Path:
    """A copy of config/ with hasty limits and these keys changed wherever they stand."""
    config = folder / "config"
    config.mkdir(parents=True)
    text = (ROOT / "config" / "settings.toml").read_text(encoding="utf-8")
    head, run = text.split("\n[run]\n")
    for key, value in {**HASTY, **changes}.items():
        if key in ("attempts", "backoff"):  # those of the stages stay
            run = re.sub(rf"^{key} = .*$", f"{key} = {value}", run, flags=re.MULTILINE)
        else:
            head = re.sub(rf"^{key} = .*$", f"{key} = {value}", head, flags=re.MULTILINE)
    (config / "settings.toml").write_text(f"{head}\n[run]\n{run}", encoding="utf-8")
    (config / "vocabulary").symlink_to(ROOT / "config" / "vocabulary")
    shutil.copytree(ROOT / "config" / "sources", config / "sources")
    return config


def gongbao(
    *arguments: str,
    config: Path,
    cwd: Path | None = None,
    more: dict[str, str] | None = None,
    before: tuple[str, ...] = (),
) -> Said:
    """Run one command line in a process of its own.

    Args:
        config: the config folder.
        cwd: where it is started; the folder that holds ``config`` without it.
        more: further environment variables.
        before: a command that starts it, such as setpriv with its options.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GONGBAO_") or k == "GONGBAO_TABLES"}
    done = subprocess.run(
        [*before, sys.executable, "-m", "workers.cli", *arguments],
        capture_output=True,
        timeout=120,
        cwd=cwd or config.parent,
        env=kept | {"GONGBAO_CONFIG": str(config), "NO_COLOR": "1", "PYTHONPATH": str(ROOT)} | (more or {}),
        check=False,
    )
    return Said(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
