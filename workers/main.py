"""What ``celery -A workers.main worker|beat|flower`` finds: ``app``, made when it is first asked for.

Importing this module reads no file and opens no connection; ``workers.main.app`` does both.
"""

from __future__ import annotations

import gc
from functools import cache
from typing import Any

from celery import signals

from tasks.chain import CHAIN
from tasks.errors import GongbaoError
from workers.app import process_app
from workers.flower_guard import guard_flower


def __getattr__(name: str) -> Any:
    if name == "app":
        return _attended_app()
    raise AttributeError(f"module {__name__} has no attribute {name}")


@cache
def _attended_app() -> Any:
    """The app of this process, with what has to happen at the turns of a worker's life.

    Raises:
        SystemExit: the settings are wrong; one sentence says how.
    """
    try:
        app = process_app()
    except GongbaoError as error:
        raise SystemExit(f"gongbao: {error.message}") from None
    signals.worker_init.connect(_before_the_pool, weak=False)
    signals.worker_process_init.connect(_in_a_new_process, weak=False)
    signals.import_modules.connect(_when_modules_are_imported, weak=False)
    return app


def _before_the_pool(sender: Any, **_: Any) -> None:
    """Open everything once before processes are forked: faults show at once, and children share the dictionaries.

    Only the stages whose queues this worker reads are loaded: one that fetches needs no dictionary.
    """
    hands = sender.app.hands
    queues = sender.app.amqp.queues.consume_from
    try:
        for stage in CHAIN:
            if hands.settings.stages.of(stage.name).queue in queues:
                stage.warm(hands.assembly.bench)
        hands.assembly.ledger  # noqa: B018 (opens the database, and brings its tables up to date)
    except GongbaoError as error:
        raise SystemExit(f"gongbao: {error.message}") from None
    # what is loaded now is never garbage: left out of collections, its memory stays shared after the fork
    gc.collect()
    gc.freeze()


def _in_a_new_process(**_: Any) -> None:
    _attended_app().hands.after_fork()


def _when_modules_are_imported(**_: Any) -> None:
    """Celery's signal that worker, beat, Flower or shell start; only Flower has something to guard."""
    guard_flower()
