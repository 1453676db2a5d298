"""The README's tour: its commands, what they print, and how its output is written anew.

``python -m tests.readme`` runs every command and puts what it prints into README.md; a line ``…``
in the README cuts the output there.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
RECORD_ID = re.compile(r"\b[0-9a-f]{24}\b")


@dataclass(frozen=True)
class Session:
    """One command of the tour and the output shown for it."""

    command: str
    shown: str


def sessions(text: str) -> list[Session]:
    """The commands of all console blocks, in order."""
    parts = [part for block in BLOCK.findall(text) for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    return [Session(*part.split("\n", 1)) for part in parts]


class Newcomer:
    """Stands in a folder that holds nothing but the samples, and types."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._record_id = "RECORD_ID"
        shutil.copytree(ROOT / "samples", folder / "samples")

    def types(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run it; the first record id that was ever printed stands for RECORD_ID."""
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command.replace("RECORD_ID", self._record_id)],
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
            env={
                "PATH": f"{ROOT / '.venv' / 'bin'}:/usr/bin:/bin",
                "LANG": "C.UTF-8",
                "COLUMNS": "140",
                "GONGBAO_CONFIG": str(ROOT / "config"),
            },
        )
        found = RECORD_ID.search(done.stdout)
        if found and self._record_id == "RECORD_ID":
            self._record_id = found[0]
        return done


def shortened(output: str) -> str:
    """Output as the README shows it: no path of a machine, no blank end."""
    return re.sub(r"file://\S*?/(?=samples/)", "file:///", output).rstrip() + "\n"


def masked(output: str) -> list[str]:
    """Lines without what differs from machine to machine: ids (made from paths), times; spaces squeezed."""
    output = re.sub(r"\b[0-9a-f]{8,64}\b", "ID", shortened(output))
    output = re.sub(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?Z?", "TIME", output)
    return [line for line in (re.sub(r"\s+", " ", line).strip() for line in output.splitlines()) if line]


def main() -> None:
    """Write the output of every command anew."""
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        newcomer = Newcomer(Path(folder) / "newcomer")
        for session in sessions(text):
            said = shortened(newcomer.types(session.command).stdout)
            lines = session.shown.splitlines()
            if "…" in lines:
                said = "".join(line + "\n" for line in said.splitlines()[: lines.index("…")]) + "…\n"
            old = f"$ {session.command}\n{session.shown}"
            text = text.replace(old, f"$ {session.command}\n{said if said.strip() else ''}", 1)
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
