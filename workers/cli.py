"""``gongbao``: the command line. Each group of commands is a file of :mod:`workers.commands`.

Exit status: 0 all done, 1 some sources failed or a server was not to be reached, 2 wrong usage or a
mistake in the settings, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from tasks.errors import GongbaoError, Misconfigured
from workers.commands import enqueue, export, replay, report, run, schema, sources, standing, trace
from workers.commands.terminal import fault

FAILED, WRONG_USAGE, STOPPED = 1, 2, 130

#: what a person mends in a file or on the command line, in contrast to a server that is down
_MISTAKES = frozenset({"bad_settings", "bad_address", "malformed_file", "missing_file", "missing_vocabulary", "usage"})

app = typer.Typer(
    name="gongbao",
    help="Government work reports as indicators, each traceable to the bytes it came from.",
    epilog="Start with:  gongbao run samples --out out",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (run, enqueue, standing, replay, export, sources, report, trace, schema):
    group.add_to(app)


def _version(asked: bool) -> None:  # noqa: FBT001 (typer calls it so)
    if asked:
        from importlib.metadata import version

        typer.echo(f"gongbao {version('gongbao')}")
        raise typer.Exit


@app.callback()
def _globals(
    *,
    version: Annotated[  # noqa: ARG001 (its callback has done the work)
        bool, typer.Option("--version", help="Print the version and stop.", callback=_version, is_eager=True)
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show what is logged, with the tracebacks of faults of our own.")
    ] = False,
) -> None:
    """Government work reports as indicators, each traceable to the bytes it came from."""
    logging.captureWarnings(capture=True)
    root = logging.getLogger()
    if debug:
        logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    elif not root.handlers:  # readers of pdf and docx log what a person can do nothing about
        root.addHandler(logging.NullHandler())


def run_command(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command line and return its exit status.

    Args:
        arguments: what stands after ``gongbao``; ``sys.argv`` without it.
    """
    try:
        status = app(args=None if arguments is None else list(arguments), prog_name="gongbao", standalone_mode=False)
    except TyperException as error:
        if error.format_message():
            fault("gongbao", f"{error.format_message().rstrip('.')}; see: gongbao --help")
        return WRONG_USAGE
    except Misconfigured as error:
        fault("gongbao", error.message)
        return WRONG_USAGE if error.reason in _MISTAKES else FAILED
    except GongbaoError as error:
        fault("gongbao", error.message)
        return FAILED
    except typer.Abort:
        return STOPPED
    return int(status or 0)


def main() -> None:
    """What the installed command calls."""
    for stream in (sys.stdout, sys.stderr):  # a terminal of another charset shows escapes instead of failing
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    status = run_command()
    if status == STOPPED:
        fault("gongbao", "stopped; what was under way waits in the ledger, and the same command goes on with it")
        _flush()
        os._exit(STOPPED)  # threads that wait for silent servers would hold the interpreter back
    _flush()
    sys.exit(status)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:  # the reader (head, less) had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    main()
