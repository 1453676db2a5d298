"""Writes schemas/json: the JSON Schema of every contract. Run by ``make schemas``."""

from __future__ import annotations

import json
from pathlib import Path

import schemas

FOLDER = Path(schemas.__file__).parent / "json"


def exported() -> dict[str, str]:
    """File name → JSON Schema (draft 2020-12) of each contract."""
    found = {}
    for contract in schemas.CONTRACTS:
        schema = contract.model_json_schema(mode="serialization")
        name = contract.CONTRACT.replace("/", "-") + ".json"
        found[name] = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return found


def main() -> None:
    """Write every file, and remove those of contracts that are gone."""
    FOLDER.mkdir(exist_ok=True)
    wanted = exported()
    for stale in FOLDER.glob("*.json"):
        if stale.name not in wanted:
            stale.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
