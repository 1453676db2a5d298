"""Where a command works: the configured stores, or a folder made by ``gongbao run --out``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tasks.errors import Misconfigured
from workers.intake import DATABASE

if TYPE_CHECKING:
    from workers.assembly import Assembly

Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Work on the folder of a 'gongbao run --out DIR'.", show_default=False),
]


def assembly_for(out: Path | None, *, make: bool = False) -> Assembly:
    """The parts of this process, on the configured stores or on those in the folder ``out``.

    Args:
        make: the folder may be new; otherwise it must hold a database.

    Raises:
        Misconfigured: settings are wrong, or ``out`` holds no database.
    """
    from workers.assembly import Assembly
    from workers.settings import read_settings

    settings = read_settings()
    if out is not None:
        folder = out.expanduser().absolute()
        if not make and not (folder / DATABASE).is_file():
            raise Misconfigured("usage", f"{out} holds no {DATABASE}; make one with: gongbao run SOURCE... --out {out}")
        if make:
            _make_folder(out, folder)
        places = {
            "database": f"sqlite:///{folder / DATABASE}",
            "artefacts": str(folder / "artefacts"),
            "records": str(folder / "documents"),
        }
        settings = settings.model_copy(update={"storage": settings.storage.model_copy(update=places)})
    return Assembly(settings)


def _make_folder(out: Path, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".gongbao-writes-here"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Misconfigured(
            "out_not_writable",
            f"{out} cannot be written ({error.strerror}); free space, change its permissions, or name another folder "
            "with --out",
        ) from error
