"""Pages that kill, loop and crash: each is set aside with its reason, and the rest goes on."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.deployment import HASTIEST, Deployment
from tests.servers import Site, until

pytestmark = pytest.mark.broker

PAGE = """<html><head><meta charset="utf-8"><title>青石镇</title></head><body>
<p>{}</p><p>工业总产值178亿元。</p></body></html>"""


def _enqueue(whole: Deployment, site: Site, word: str) -> str:
    site.pages[f"/{word}.html"] = PAGE.format(word)
    whole.enqueue(site.url(f"/{word}.html"))
    return site.url(f"/{word}.html")


def test_a_page_that_kills_its_process_is_set_aside_after_three_deliveries_and_others_pass(
    deploy_once: Callable[..., Deployment], site: Site, tmp_path: Path
) -> None:
    # the death of a process is noticed within 5 s, and the hard limit must not strike before
    wide = {"soft_time_limit": 20, "hard_time_limit": 25}
    whole = deploy_once(changes={"stages.clean": wide, "broker": {"visibility_timeout": 60}})
    tally = tmp_path / "tally"
    whole.environment["GONGBAO_TALLY"] = str(tally)
    whole.workers(app="tests.trapped")
    killer = _enqueue(whole, site, "KILLS-ITS-PROCESS")
    good = _enqueue(whole, site, "good")
    assert whole.ends(good).state == "done", whole.standing(good).message
    found = whole.ends(killer)
    assert (found.state, found.reason, found.stage) == ("set_aside", "kills_worker", "clean")
    assert tally.read_bytes().count(b"KILLS-ITS-PROCESS") == 3
    failure = whole.assembly.ledger.failures()[0]
    assert failure.attempts == 3
    assert "its worker never reported back" in failure.message
    assert whole.assembly.artefacts.get(failure.artefact or "")


def test_a_page_that_kills_the_whole_worker_is_set_aside_after_three_deliveries(
    deploy_once: Callable[..., Deployment], site: Site, tmp_path: Path
) -> None:
    whole = deploy_once(changes=HASTIEST)
    tally = tmp_path / "tally"
    whole.environment["GONGBAO_TALLY"] = str(tally)
    whole.start("worker-fetch")
    killer = _enqueue(whole, site, "KILLS-THE-WORKER")
    for deaths in range(1, 4):
        worker = whole.start("worker-text", app="tests.trapped")
        # the ticket lies unacknowledged with the dead worker until the visibility timeout gives it to the next
        assert worker.process.wait(40) == -signal.SIGKILL, worker.said()
        assert whole.standing(killer).deliveries == deaths
    whole.start("worker-text", app="tests.trapped")
    found = whole.ends(killer, 40)
    assert (found.state, found.reason) == ("set_aside", "kills_worker")
    assert tally.read_bytes().count(b"KILLS-THE-WORKER") == 3


def test_pages_that_loop_or_crash_are_set_aside_by_their_own_reasons(
    deploy_once: Callable[..., Deployment], site: Site
) -> None:
    whole = deploy_once(changes={"stages.clean": {"soft_time_limit": 4, "hard_time_limit": 6}})
    whole.workers(app="tests.trapped")
    loops = _enqueue(whole, site, "LOOPS-FOR-EVER")
    foreign = _enqueue(whole, site, "LOOPS-IN-FOREIGN-CODE")
    crashes = _enqueue(whole, site, "RAISES")
    good = _enqueue(whole, site, "good")
    assert whole.ends(loops).reason == "timed_out_working"
    assert "more than 4 s" in (whole.standing(loops).message or "")
    assert whole.ends(foreign).reason == "timed_out_working"
    assert "more than 6 s" in (whole.standing(foreign).message or "")
    assert whole.ends(crashes).reason == "internal_error"
    assert whole.ends(good).state == "done", whole.standing(good).message
    assert whole.assembly.ledger.counts() == {("clean", "set_aside"): 3, ("emit", "done"): 1}


def test_a_worker_that_is_stopped_finishes_or_gives_back_what_it_has(
    deploy_once: Callable[..., Deployment], site: Site
) -> None:
    whole = deploy_once()
    _, text = whole.workers(app="tests.trapped")
    slow = _enqueue(whole, site, "TAKES-A-SECOND")
    until(
        lambda: whole.standing(slow).state == "working" and whole.standing(slow).stage == "clean",
        "it is being worked on",
    )
    os.kill(text.process.pid, signal.SIGTERM)
    text.process.wait(20)
    assert "Soft Shutdown" in text.said()
    whole.start("worker-text", app="tests.trapped")
    assert whole.ends(slow).state == "done"
    assert not whole.assembly.ledger.failures()
