"""Compiles the big tables at set-up, so that nobody waits for them at the first document.

``python -m workers.compile_tables``, part of ``make setup`` and of the image.  Whoever leaves it out
loses nothing but time: a table that is missing is compiled when it is first asked for.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tasks.bench import Bench
from tasks.chain import CHAIN
from tasks.errors import Misconfigured
from workers.settings import read_settings
from workers.stores import FolderArtefacts


def main() -> int:
    """Load the rules of every stage once."""
    try:
        with TemporaryDirectory() as folder:
            bench = Bench(vocabulary=read_settings().vocabulary, artefacts=FolderArtefacts(Path(folder)))
            for stage in CHAIN:
                stage.warm(bench)
    except Misconfigured as error:
        sys.stderr.write(f"{error.message}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
