"""No host is asked more often than it should be, and none waits for another."""

from __future__ import annotations

import threading

from hypothesis import given
from hypothesis import strategies as st

from tasks.fetch.pace import HostPace, next_turn

_moments = st.floats(0, 1e6)


@given(st.none() | _moments, _moments, st.floats(0, 1e3))
def test_a_turn_is_never_in_the_past_nor_too_soon(last: float | None, now: float, gap: float) -> None:
    turn = next_turn(last, now, gap)
    assert turn >= now
    assert last is None or turn >= last + gap


def test_the_first_request_waits_for_nothing() -> None:
    assert next_turn(None, 5.0, 100.0) == 5.0


class Clock:
    """Time that passes only while someone sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_requests_to_one_host_are_a_gap_apart() -> None:
    clock = Clock()
    pace = HostPace(2.0, clock=clock, sleep=clock.sleep)
    moments = []
    for _ in range(4):
        pace("a.example")
        moments.append(clock.now)
    assert moments == [1000.0, 1002.0, 1004.0, 1006.0]


def test_hosts_do_not_wait_for_one_another() -> None:
    clock = Clock()
    pace = HostPace(2.0, clock=clock, sleep=clock.sleep)
    pace("a.example")
    pace("b.example")
    assert clock.now == 1000.0


def test_a_source_may_ask_for_more_time() -> None:
    clock = Clock()
    pace = HostPace(1.0, gaps={"slow.example": 10.0}, clock=clock, sleep=clock.sleep)
    pace("slow.example")
    pace("slow.example")
    assert clock.now == 1010.0


def test_threads_that_ask_at_once_get_turns_one_after_another() -> None:
    """The clock stands still, so the waits themselves are the turns."""
    waits: list[float] = []
    pace = HostPace(1.0, clock=lambda: 0.0, sleep=waits.append)
    threads = [threading.Thread(target=pace, args=("a.example",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]


def test_hosts_of_long_ago_are_forgotten_but_not_those_still_waited_for() -> None:
    clock = Clock()
    pace = HostPace(1.0, clock=clock, sleep=clock.sleep)
    for number in range(5000):
        pace(f"{number}.example")
        clock.now += 0.01
    assert len(pace._last) < 5000
    before = clock.now
    pace("4999.example")
    assert clock.now > before
