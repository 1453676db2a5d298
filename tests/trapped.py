"""The app of workers.main with pages that are traps: what ``celery --app=tests.trapped`` finds.

A page springs a trap by the word in it, inside the stage clean, as a page would that makes a parser
crash, loop or eat all memory.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from schemas.page import FetchedPage
from tasks.bench import Bench
from tasks.chain import STAGES
from workers import main


def _loop_for_ever() -> None:
    while True:
        time.sleep(0.01)


def _loop_in_foreign_code() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})  # no Python runs there, so no soft limit strikes
    time.sleep(60)


TRAPS = {
    b"KILLS-ITS-PROCESS": lambda: os.kill(os.getpid(), signal.SIGKILL),
    b"KILLS-THE-WORKER": lambda: (os.kill(os.getppid(), signal.SIGKILL), time.sleep(5)),
    b"LOOPS-FOR-EVER": _loop_for_ever,
    b"LOOPS-IN-FOREIGN-CODE": _loop_in_foreign_code,
    b"TAKES-A-SECOND": lambda: time.sleep(1),
    b"RAISES": lambda: {}["nothing"],
}


def _work(page: FetchedPage, bench: Bench) -> Any:
    data = bench.raw_bytes(page)
    for word, trap in TRAPS.items():
        if word in data:
            if tally := os.environ.get("GONGBAO_TALLY"):
                with Path(tally).open("ab") as out:
                    out.write(word + b"\n")
            trap()
    return CLEAN.work(page, bench)


CLEAN = STAGES["clean"]
STAGES["clean"] = replace(CLEAN, work=_work)


def __getattr__(name: str) -> Any:
    return getattr(main, name)
