"""Flower shows what pages say and can stop workers, so it is closed unless opened on purpose.

By itself Flower (2.2) answers ``/tasks`` and ``/metrics`` to everybody when no authentication is set,
``/metrics``, ``/healthcheck`` and ``/logout`` even when it is, and lets every visitor stop workers.  Here

- every page asks for the credentials, whichever it is;
- it is read-only unless ``FLOWER_READ_ONLY=false`` or ``--read-only=false`` says otherwise;
- without authentication it listens on this machine's loopback address alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def guard_flower() -> None:
    """Close the Flower that is about to start in this process; does nothing where there is none.

    Raises:
        SystemExit: it would stand open to the network, or its credentials are no credentials.
    """
    command = click.get_current_context(silent=True)
    if command is None or command.info_name != "flower":
        return
    from flower.api import BaseApiHandler
    from flower.views import BaseHandler
    from tornado.options import options

    for kind in (BaseHandler, BaseApiHandler):  # all pages; those of the API have a way of their own
        kind.prepare = _asking_first(kind.prepare)
    if not _is_set(options, "read_only"):
        options.read_only = True
    for pair in options.basic_auth or ():
        user, _, password = pair.partition(":")
        if not user or len(password) < 8:
            raise SystemExit(
                "gongbao: FLOWER_BASIC_AUTH holds no user with a password of 8 characters or more; "
                "write user:password, several separated by commas"
            )
    if options.basic_auth or options.auth:
        return
    if not _is_set(options, "address"):
        options.address = LOOPBACK[0]
    elif options.address not in LOOPBACK:
        raise SystemExit(
            f"gongbao: Flower would show every document to whoever reaches {options.address}; "
            "set FLOWER_BASIC_AUTH=user:password, or leave --address out"
        )


def _asking_first(prepare: Callable[[Any], None]) -> Callable[[Any], None]:
    """What runs before a page: nobody comes in without credentials.

    With basic authentication the look for the user answers 401 by itself.
    """

    def ask_for_credentials(handler: Any) -> None:
        asks_for_methods = handler.request.method == "OPTIONS"  # and learns nothing else
        # with OAuth people come in by way of another site
        logs_in = handler.application.options.auth and handler.request.path.rstrip("/") == handler.get_login_url()
        if not asks_for_methods and not logs_in and not handler.current_user:
            from tornado.web import HTTPError

            raise HTTPError(401)
        prepare(handler)

    return ask_for_credentials


def _is_set(options: Any, name: str) -> bool:
    """Whether an option was given on the command line, in the environment or in a file."""
    option = options._options[name.replace("_", "-")]  # noqa: SLF001 (tornado has no public way to tell a default from a choice)
    return option._value is not type(option).UNSET  # noqa: SLF001
