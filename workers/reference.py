"""Writes the parts of README.md that are made from the code: the chain table and the settings.

Each part stands between ``<!-- made from X: begin -->`` and ``<!-- made from X: end -->``.
Run by ``make readme``; a test fails when the README tells something else.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from pydantic import BaseModel

from tasks.chain import CHAIN
from workers.settings import ADDRESSES, Settings

README = Path(__file__).resolve().parents[1] / "README.md"


def chain_table() -> str:
    """One row a stage: what it takes, gives, and says of itself."""
    rows = ["| stage | takes | gives | what it does |", "| --- | --- | --- | --- |"]
    for stage in CHAIN:
        package = sys.modules[f"tasks.{stage.name}"]
        sentence = (package.__doc__ or "").strip().splitlines()[0]
        rows.append(f"| `{stage.name}` | `{stage.takes.CONTRACT}` | `{stage.gives.CONTRACT}` | {sentence} |")
    return "\n".join(rows)


def settings_table() -> str:
    """One row a key of config/settings.toml, and one a variable of the environment."""
    rows = ["| key | default | meaning |", "| --- | --- | --- |"]
    for name, info in Settings.model_fields.items():
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            rows += _block_rows(name, info.annotation)
    rows += ["", "| variable | goes before |", "| --- | --- |"]
    rows += [f"| `{variable}` | `{block}.{key}` |" for variable, (block, key) in ADDRESSES.items()]
    return "\n".join(rows)


def _block_rows(block: str, model: type[BaseModel]) -> list[str]:
    rows: list[str] = []
    nested = [
        info.annotation
        for info in model.model_fields.values()
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel)
    ]
    if nested:  # one block a stage, all of one kind
        return _block_rows(f"{block}.STAGE", nested[0])
    for name, info in model.model_fields.items():
        default = "required" if info.is_required() else f"`{info.default}`"
        rows.append(f"| `{block}.{name}` | {default} | {info.description} |")
    return rows


PARTS = {"CHAIN": chain_table, "the settings models": settings_table}


def with_parts(text: str) -> str:
    """``text`` with each made part in its place.

    Raises:
        ValueError: a part's place is missing.
    """
    for name, make in PARTS.items():
        begin, end = f"<!-- made from {name}: begin -->", f"<!-- made from {name}: end -->"
        pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
        if not pattern.search(text):
            raise ValueError(f"README.md has no place for what is made from {name}")
        part = f"{begin}\n{make()}\n{end}"
        text = pattern.sub(lambda _, part=part: part, text)  # type: ignore[misc]
    return text


def main() -> None:
    """Bring README.md up to date."""
    README.write_text(with_parts(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
