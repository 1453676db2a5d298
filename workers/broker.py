"""What we ask of the Redis server itself, past Celery."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from tasks.errors import Misconfigured, Transient
from workers.settings import Settings

if TYPE_CHECKING:
    from redis import Redis

#: messages read at once when a queue is looked through
_PAGE = 500


def shown(url: str) -> str:
    """A broker's address without its password."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"***@{host}"))


@contextmanager
def answering(settings: Settings) -> Iterator[None]:
    """Translates what a broker that does not answer raises.

    Raises:
        Transient: it cannot be reached, or refuses (no password, memory full).
    """
    try:
        yield
    except (OperationalError, RedisError, OSError) as error:
        cause = error.__cause__ or error
        said = str(cause).strip().splitlines()
        raise Transient(
            "broker_unreachable",
            f"the broker {shown(settings.broker.url)} does not answer ({said[0] if said else type(cause).__name__}); "
            "start it, or set GONGBAO_BROKER_URL",
        ) from error


def open_redis(settings: Settings) -> Redis:
    """A client of the broker's server. It connects at the first command; forked processes may share it.

    Raises:
        Misconfigured: the address is none of Redis.
    """
    import redis

    try:
        return redis.Redis.from_url(
            settings.broker.url,
            socket_timeout=settings.broker.socket_timeout,
            socket_connect_timeout=settings.broker.socket_connect_timeout,
            socket_keepalive=True,
            decode_responses=True,
        )
    except ValueError as error:
        raise Misconfigured(
            "bad_address",
            f"{shown(settings.broker.url)} is no broker address ({error}); "
            "write redis://:password@host:port/0 in GONGBAO_BROKER_URL",
        ) from error


def documents_on_broker(client: Any, queues: Iterable[str]) -> set[str]:
    """Ids of the documents whose tickets lie in these queues, or are with a worker unacknowledged."""
    found: set[str] = set()
    for queue in queues:
        at = 0
        while messages := client.lrange(queue, at, at + _PAGE - 1):
            found.update(filter(None, map(_document_of, messages)))
            at += len(messages)
    for _, kept in client.hscan_iter("unacked", count=_PAGE):
        # kombu keeps [message, exchange, routing key]
        found.update(filter(None, [_document_of(json.loads(kept)[0])]))
    return found


def _document_of(message: str | dict[str, Any]) -> str | None:
    """The document id in a message as kombu lays it down: JSON around base64 of Celery's ``[args, kwargs, …]``."""
    whole = json.loads(message) if isinstance(message, str) else message
    try:
        args, _, _ = json.loads(base64.b64decode(whole["body"]))
        found: str = args[0]["document_id"]
    except (ValueError, TypeError, KeyError, IndexError):
        return None  # a probe or a crawl: no ticket
    return found
