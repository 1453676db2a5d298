"""``gongbao schema``: the JSON Schemas of the contracts."""

from __future__ import annotations

from typing import Annotated

import typer

from tasks.errors import Misconfigured
from workers.commands.terminal import say

EXAMPLES = """
Examples:

  gongbao schema document/1 > document-1.json

  gongbao schema --list
"""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("schema", epilog=EXAMPLES)(schema)


def schema(
    contract: Annotated[str | None, typer.Argument(metavar="[CONTRACT]", help="Such as document/1.")] = None,
    *,
    only_names: Annotated[bool, typer.Option("--list", help="Print the names of the contracts alone.")] = False,
) -> None:
    """Print the JSON Schemas: of one contract, or of all in one object."""
    import json

    from schemas import CONTRACTS

    kinds = {kind.CONTRACT: kind for kind in CONTRACTS}
    if only_names:
        for name in kinds:
            say(name)
        return
    if contract is None:
        found: object = {name: kind.model_json_schema(mode="serialization") for name, kind in kinds.items()}
    elif contract in kinds:
        found = kinds[contract].model_json_schema(mode="serialization")
    else:
        raise Misconfigured("usage", f"there is no contract {contract}; known: {', '.join(kinds)}")
    say(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True))
