"""The pace that all worker processes share, on a real server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
import redis

from tests.servers import cut_off
from workers.pace import SharedPace

pytestmark = pytest.mark.broker


@pytest.fixture
def client(broker: str) -> Iterator[Any]:
    one = redis.Redis.from_url(broker, decode_responses=True)
    one.flushdb()
    yield one
    one.close()


def test_turns_are_a_gap_apart_and_those_soon_enough_are_waited_for(client: Any) -> None:
    pace = SharedPace(client, 1.0, patience=1.5)
    turns = [pace.turn("a.example") for _ in range(5)]
    assert [reserved for _, reserved in turns] == [True] * 5
    assert [round(wait) for wait, _ in turns] == [0, 0, 2, 3, 4]  # the second is at hand within the patience
    assert pace.turn("b.example") == (0.0, True)


def test_beyond_the_horizon_no_turn_is_given_but_a_time_to_ask_again(client: Any) -> None:
    pace = SharedPace(client, 1.0, patience=0.0, horizon=3.0)
    turns = [pace.turn("a.example") for _ in range(20)]
    assert sum(reserved for _, reserved in turns) == 4
    assert all(1.5 <= wait <= 3.0 for wait, reserved in turns if not reserved)


def test_a_source_may_ask_for_a_pace_of_its_own(client: Any) -> None:
    pace = SharedPace(client, 0.0, gaps={"slow.example": 2.0}, patience=0.0)
    assert pace.turn("fast.example") == pace.turn("fast.example") == (0.0, True)
    assert pace.turn("slow.example") == (0.0, True)
    assert 1.5 < pace.turn("slow.example")[0] <= 2.0


def test_requests_of_many_threads_are_never_closer_than_the_gap(client: Any) -> None:
    pace = SharedPace(client, 0.1)
    moments: list[float] = []

    def ask(_: int) -> None:
        pace("a.example")
        moments.append(time.monotonic())

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(ask, range(12)))
    assert min(later - earlier for earlier, later in pairwise(sorted(moments))) > 0.09


def test_a_file_has_no_pace(client: Any) -> None:
    pace = SharedPace(client, 100.0)
    pace("")
    assert pace.turn("") == pace.turn("") == (0.0, True)
    assert client.keys("*") == []


def test_without_the_server_a_process_keeps_its_own_pace(broker: str) -> None:
    with cut_off(broker) as (address, line):
        one = redis.Redis.from_url(address, decode_responses=True, socket_connect_timeout=1)
        line.cut()
        slept: list[float] = []
        pace = SharedPace(one, 5.0, sleep=slept.append)
        assert pace.turn("a.example") == (0.0, True)
        pace("a.example")
        pace("a.example")
        assert len(slept) == 1
        assert 4.5 < slept[0] <= 5.0
        one.close()
