"""``python -m workers.probe worker|beat|flower``: does it really do its work?

A worker whose connection broke may answer a ping for days and take nothing from its queue, since
pings come by another way.  So each is asked for the thing it is there for:

- worker: a message to its own queue, which it reads together with the others, must come out of its
  pool.  A worker that is busy in every process is healthy as long as no task is past its hard limit.
- beat: the lock must have been renewed and the reconciler sent within the last few looks.
- Flower: a page must be served, and events of the workers must arrive.

Exit status 0 healthy, 1 not, with one sentence on stderr.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import socket
import sys
import time
import urllib.request
import uuid
from collections.abc import Sequence
from typing import Any

from celery import Celery
from celery.utils.nodenames import worker_direct
from redis.exceptions import RedisError

from tasks.errors import GongbaoError
from workers.broker import answering, open_redis
from workers.celery_settings import CRAWL, PREFIX, PROBE, celery_settings
from workers.settings import Settings, Stages, read_settings


class Unhealthy(Exception):
    """What is wrong, in one sentence."""


def probe_worker(settings: Settings, name: str, queues: Sequence[str], patience: float) -> None:
    """Ask the worker called ``name`` whether it consumes, ``queues`` among others.

    Raises:
        Unhealthy: it does not.
        Transient: the broker does not answer.
    """
    app = Celery("probe", set_as_current=False)
    app.config_from_object(celery_settings(settings))
    client: Any = open_redis(settings)
    token = uuid.uuid4().hex
    queue = worker_direct(name)
    with answering(settings):
        app.send_task(PROBE, args=(token,), queue=queue, expires=patience)
        came = _comes(client, f"gongbao:probe:{token}", patience)
        inspect = app.control.inspect(destination=[name], timeout=2.0, limit=1)
        reads = {queue["name"] for queue in (inspect.active_queues() or {}).get(name) or ()}
        left_out = [queue for queue in queues if queue not in reads]
        if reads and left_out:
            raise Unhealthy(f"worker {name} does not read {', '.join(left_out)}: restart it")
        if came:
            return
        active = (inspect.active() or {}).get(name)
        processes = _processes((inspect.stats() or {}).get(name))
        if active is None:
            # nobody reads that queue any more: leave no heap of unread probes behind
            client.delete(queue.name)
            raise Unhealthy(f"worker {name} does not answer at all")
    if len(active) < processes:
        raise Unhealthy(f"worker {name} answers, but takes nothing from its queues: restart it")
    overdue = [task for task in active if _age(task) > _limit(settings, task["name"])]
    if overdue:
        raise Unhealthy(f"worker {name} is busy with {overdue[0]['name']} for longer than its hard limit: restart it")


def _comes(client: Any, key: str, patience: float) -> bool:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if client.exists(key):
            return True
        time.sleep(0.1)
    return False


def _processes(stats: dict[str, Any] | None) -> int:
    return int((stats or {}).get("pool", {}).get("max-concurrency") or 1)


def _age(task: dict[str, Any]) -> float:
    return time.time() - float(task["time_start"] or time.time())


def _limit(settings: Settings, task: str) -> float:
    """The hard limit of a task, with a little room for killing it."""
    stage = task.removeprefix(PREFIX)
    if stage in Stages.model_fields:
        return settings.stages.of(stage).hard_time_limit + 30.0
    return settings.stages.fetch.hard_time_limit * (6 if task == CRAWL else 1) + 30.0


def probe_beat(settings: Settings) -> None:
    """Look at what beat leaves in Redis.

    Raises:
        Unhealthy: it stands still.
        Transient: the broker does not answer.
    """
    schedule = settings.schedule
    client: Any = open_redis(settings)
    with answering(settings):
        left = client.pttl("gongbao:beat::lock") / 1000
        due = client.zscore("gongbao:beat::schedule", "gongbao:beat:reconcile")
        now = float(client.time()[0])
    if left < 0:
        raise Unhealthy("no beat holds the lock: it is not running")
    since = schedule.lock_timeout - left
    if since > 3 * schedule.max_interval + 5:
        raise Unhealthy(f"beat has not renewed its lock for {since:.0f} s: restart it")
    late = now - due if due is not None else None
    if late is None or late > schedule.reconcile_every + 3 * schedule.max_interval:
        raise Unhealthy("beat has not sent the reconciler in its time: restart it")


def probe_flower(settings: Settings, url: str, patience: float) -> None:
    """See that Flower answers, and that events of the workers reach it.

    Raises:
        Unhealthy: it does not answer, or hears nothing of workers that answer a ping.
    """
    first = _events(url)
    until = time.monotonic() + patience
    while time.monotonic() < until:
        time.sleep(0.5)
        if _events(url) > first:
            return
    app = Celery("probe", set_as_current=False)
    app.config_from_object(celery_settings(settings))
    with answering(settings):
        workers = app.control.ping(timeout=2.0)
    if workers:
        raise Unhealthy(f"Flower hears nothing of {len(workers)} running workers: restart it")


def _events(url: str) -> int:
    """How many events of workers, heartbeats among them, Flower has counted."""
    request = urllib.request.Request(url.rstrip("/") + "/workers?json=1")  # noqa: S310 (our own address)
    pair = os.environ.get("FLOWER_BASIC_AUTH", "").split(",")[0]
    if pair:
        request.add_header("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            workers = json.load(answer)["data"]
    except (OSError, ValueError, KeyError) as error:
        raise Unhealthy(f"Flower does not answer at {url} ({error})") from error
    return sum(number for worker in workers for kind, number in worker.items() if kind.startswith(("worker-", "task-")))


def main(arguments: Sequence[str] | None = None) -> int:
    """Probe what is named on the command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m workers.probe", description="Does it really do its work?")
    parser.add_argument("what", choices=("worker", "beat", "flower"))
    parser.add_argument("--name", default="celery@%h", help="node name of the worker, as given to it with -n")
    parser.add_argument("--queues", default="", help="queues the worker must read, separated by commas")
    parser.add_argument("--url", default="http://127.0.0.1:5555", help="where Flower is")
    parser.add_argument("--patience", type=float, default=10.0, help="seconds to wait for an answer")
    given = parser.parse_args(arguments)
    try:
        settings = read_settings()
        if given.what == "worker":
            queues = [queue for queue in given.queues.split(",") if queue]
            probe_worker(settings, given.name.replace("%h", socket.gethostname()), queues, given.patience)
        elif given.what == "beat":
            probe_beat(settings)
        else:
            probe_flower(settings, given.url, given.patience)
    except (Unhealthy, GongbaoError, RedisError) as error:
        print(error, file=sys.stderr)  # noqa: T201 (the answer of this program)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
