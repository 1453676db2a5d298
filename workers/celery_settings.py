"""Celery's own settings, each with the reason it is as it is."""

from __future__ import annotations

from typing import Any

from kombu import Exchange, Queue

from workers.settings import Settings

#: Celery's name of each stage's task is this and the stage's verb
PREFIX = "gongbao."
CRAWL = PREFIX + "crawl"
RECONCILE = PREFIX + "reconcile"
PROBE = PREFIX + "probe"

#: how often Celery itself sends a ticket again whose worker process died. The ledger counts deliveries
#: and sets a document aside long before; this is the second belt, for a process that dies before it
#: has reached the ledger.
MOST_LOSSES = 20


def task_name(stage: str) -> str:
    """``clean`` → ``gongbao.clean``."""
    return PREFIX + stage


def transport_options(settings: Settings) -> dict[str, Any]:
    """What kombu is told about the Redis server."""
    broker = settings.broker
    return {
        # a ticket that nobody acknowledges for so long is given to another worker. Above twice (hard
        # limit + longest countdown), which read_settings checks: else a ticket that waits for its next
        # try would be given out a second time.
        "visibility_timeout": broker.visibility_timeout,
        # with the defaults (10 and 10) redelivery after a dead host took 92 s on top; with 5 and 1, 8 s
        "unacked_restore_interval": broker.unacked_restore_interval,
        "unacked_restore_throttle": broker.unacked_restore_throttle,
        # a broker that vanished without closing the line (failover, NAT) must not hold a publisher for ever
        "socket_timeout": broker.socket_timeout,
        "socket_connect_timeout": broker.socket_connect_timeout,
        "socket_keepalive": True,
        # a half-open BRPOP connection is dropped after brpop_timeout + this, and consuming goes on
        "health_check_interval": 25,
        "client_name": "gongbao",  # shows in CLIENT LIST whose connections these are
    }


def celery_settings(settings: Settings) -> dict[str, Any]:
    """All settings of the app, from ours."""
    broker, workers, schedule = settings.broker, settings.workers, settings.schedule
    fetch, emit = settings.stages.fetch, settings.stages.emit
    stages = {name: settings.stages.of(name) for name in type(settings.stages).model_fields}
    return {
        # -- broker --------------------------------------------------------------------------------
        "broker_url": broker.url,
        "broker_transport_options": transport_options(settings),
        # Celery's manual wants the visibility timeout the same in all three places: the result backend's
        # connection and the app's own key would otherwise fall back to an hour
        "result_backend_transport_options": {"visibility_timeout": broker.visibility_timeout},
        "visibility_timeout": broker.visibility_timeout,
        "broker_connection_timeout": broker.socket_connect_timeout,
        # workers may start before the broker does
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": broker.connect_retries,
        # RabbitMQ's business; on Redis the question costs a connection at every start
        "worker_detect_quorum_queues": False,
        # -- what travels --------------------------------------------------------------------------
        # pickle would let whoever reaches the broker run code in every worker
        "accept_content": ["json"],
        "task_serializer": "json",
        "result_serializer": "json",
        # results are in the ledger and the record store; a result backend would keep them a second time
        "task_ignore_result": True,
        # -- queues --------------------------------------------------------------------------------
        # one a stage, so that each can be watched, given workers and emptied by itself
        "task_queues": [
            Queue(name, Exchange("gongbao"), routing_key=name)
            for name in dict.fromkeys(block.queue for block in stages.values())
        ],
        "task_routes": {
            **{task_name(name): {"queue": block.queue} for name, block in stages.items()},
            CRAWL: {"queue": fetch.queue},  # it fetches listings, so it belongs with the patient workers
            RECONCILE: {"queue": emit.queue},  # the shortest queue: what puts lost tickets back must not wait
        },
        "task_default_queue": fetch.queue,
        # a misspelt queue is an error, not a new queue that nobody reads
        "task_create_missing_queues": False,
        # each worker also reads a queue of its own, through which workers.probe asks whether it consumes
        "worker_direct": True,
        # -- delivery ------------------------------------------------------------------------------
        # acknowledge after the work: a worker that dies loses nothing. Stages may run twice harmlessly.
        "task_acks_late": True,
        # a result that a dying process still got out is in the pipe at once; 10 s (the default) for each death
        # would hold up the ticket for nothing, and with a short hard limit look like a time-out
        "worker_lost_wait": 2.0,
        # a process of the pool that is killed: send the ticket again, MOST_LOSSES times at most …
        "task_retry_on_worker_lost": True,
        # … and when even that sending fails, put the message itself back instead of acknowledging it
        "task_reject_on_worker_lost": True,
        # a failure is written into the ledger, and so is the hard limit: neither is to come again by itself
        "task_acks_on_failure": True,
        "task_acks_on_timeout": True,
        # take one ticket at a time: what lies in a busy worker's memory is work no idle one can do
        "worker_prefetch_multiplier": 1,
        # tickets with a countdown wait in the worker's memory; a site that is down must not fill it
        "worker_eta_task_limit": 5000,
        # when the connection is lost, running work goes on: redelivered tickets are passed over by the ledger
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        # -- processes -----------------------------------------------------------------------------
        # SIGTERM (remapped to SIGQUIT by REMAP_SIGTERM, see Dockerfile) gives running work this long, then
        # puts it back; without it a stop would either wait for ever or cut work off at once
        "worker_soft_shutdown_timeout": workers.soft_shutdown_timeout,
        # parsers of foreign formats leak; a fresh process shares the dictionaries of its parent anyway
        "worker_max_tasks_per_child": workers.max_tasks_per_child,
        "worker_max_memory_per_child": workers.max_memory_per_child,
        # -- watching ------------------------------------------------------------------------------
        # Flower sees what workers and senders tell
        "worker_send_task_events": True,
        "task_send_sent_event": True,
        # gossip and mingle are off on the command line (docker-compose.yml): Celery has no key for them.
        # On Redis they make every worker talk to every other, and nothing here needs it.
        # -- beat ----------------------------------------------------------------------------------
        # listing pages are renewed by Chinese office hours
        "timezone": schedule.timezone,
        "enable_utc": True,
        # RedBeat keeps the times of the last runs in Redis, not in a file of one machine
        "beat_scheduler": "workers.schedule:SourceScheduler",
        "redbeat_redis_url": broker.url,
        "redbeat_redis_options": {
            "socket_timeout": broker.socket_timeout,
            "socket_connect_timeout": broker.socket_connect_timeout,
            "socket_keepalive": True,
            "retry_period": 60,  # beat may start before the broker does; how it outlives one: workers/schedule.py
        },
        "redbeat_key_prefix": "gongbao:beat:",
        # a second beat may stand by; it takes over so long after the first one died (default: 25 minutes)
        "redbeat_lock_timeout": schedule.lock_timeout,
        # the lock is renewed at each look at the schedule, so looks must be far more frequent
        "beat_max_loop_interval": schedule.max_interval,
    }
