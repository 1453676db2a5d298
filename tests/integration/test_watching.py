"""beat, probes and what they say of services that stand still."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from redbeat import RedBeatSchedulerEntry

from tasks.text.ids import document_id_of
from tests.deployment import Deployment
from tests.integration.test_chain import PAGE
from tests.servers import ROOT, Site, compose, until
from workers.celery_settings import CRAWL

pytestmark = pytest.mark.broker

SOURCE = """
title = "青石镇人民政府"
schedule = 3600
expected_links = [1, 10]
[[listings]]
url = "{}"
"""
LISTING = """<html><head><meta charset="utf-8"><title>政府工作报告</title></head><body><ul>{}</ul></body></html>"""
ROW = '<li><a href="/art/2026/1/{0}/art_1_{0}.html">青石镇{0}号政府工作报告</a><span>2026-01-{0}</span></li>'


def probe(whole: Deployment, service: str, *more: str) -> subprocess.CompletedProcess[str]:
    """The health check of a service in docker-compose.yml, as it stands there."""
    _, *words = compose()["services"][service]["healthcheck"]["test"]
    assert words[0] == "python"
    return subprocess.run(
        [sys.executable, *words[1:], *more],
        check=False,
        cwd=ROOT,
        env={**os.environ, **whole.environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def _due_since_yesterday(whole: Deployment, source: str) -> None:
    """As beat finds its schedule in Redis after it was off for a day."""
    entry = RedBeatSchedulerEntry(
        f"crawl {source}",
        CRAWL,
        timedelta(hours=1),
        args=(source,),
        app=whole.app,
        last_run_at=datetime.now(UTC) - timedelta(days=1),
    )
    entry.save()
    entry._next_instance(last_run_at=datetime.now(UTC) - timedelta(days=1)).save()


def test_a_scheduled_crawl_enqueues_what_is_new(deploy: Callable[..., Deployment], site: Site) -> None:
    numbers = ["12", "13"]
    for number in (*numbers, "14"):
        site.pages[f"/art/2026/1/{number}/art_1_{number}.html"] = PAGE.format(year=2025, more="")
    site.pages["/zfgzbg/index.html"] = LISTING.format("".join(map(ROW.format, numbers)))
    whole = deploy()
    sources = whole.config / "sources"
    (sources / "qingshi.toml").write_text(SOURCE.format(site.url("/zfgzbg/index.html")), encoding="utf-8")
    (sources / "off.toml").write_text("enabled = false\n" + SOURCE.format(site.url("/off.html")), encoding="utf-8")
    (sources / "broken.toml").write_text("title = \n", encoding="utf-8")
    _due_since_yesterday(whole, "qingshi")
    whole.workers()
    beat = whole.start("beat")
    beat.says("crawl qingshi")
    known = [site.url(f"/art/2026/1/{number}/art_1_{number}.html") for number in numbers]
    for url in known:
        until(lambda url=url: whole.assembly.ledger.standing(document_id_of(url)), "it is taken in")  # type: ignore[misc]
        found = whole.ends(url)
        assert (found.state, found.source) == ("done", "qingshi")
    assert "broken.toml is not valid TOML" in beat.said()
    assert "Traceback" not in beat.said()
    assert probe(whole, "beat").returncode == 0
    # a day later the listing names one more
    site.pages["/zfgzbg/index.html"] = LISTING.format("".join(map(ROW.format, [*numbers, "14"])))
    whole.app.send_task(CRAWL, args=("qingshi",))
    third = site.url("/art/2026/1/14/art_1_14.html")
    until(lambda: whole.assembly.ledger.standing(document_id_of(third)), "the new one is taken in")
    assert whole.ends(third).state == "done"
    asked = [path for path, _ in site.asked if path.startswith("/art/")]
    assert len(asked) == len(set(asked)) == 3
    assert "/off.html" not in [path for path, _ in site.asked]
    # no second beat takes over while this one lives; a frozen one is found out
    os.kill(beat.process.pid, signal.SIGSTOP)
    until(lambda: probe(whole, "beat").returncode == 1, "the probe finds out", 30, every=1)
    os.kill(beat.process.pid, signal.SIGCONT)


def test_the_probe_of_beat_finds_that_none_runs(deploy_once: Callable[..., Deployment]) -> None:
    found = probe(deploy_once(), "beat")
    assert found.returncode == 1
    assert found.stderr == "no beat holds the lock: it is not running\n"


def test_a_probe_tells_a_worker_that_consumes_from_one_that_only_answers(
    deploy_once: Callable[..., Deployment],
) -> None:
    whole = deploy_once()
    fetch, _ = whole.workers()
    for service in ("worker-fetch", "worker-text"):
        assert (probe(whole, service).stderr, probe(whole, service).returncode) == ("", 0)
    name = next(line for line in fetch.said().splitlines() if ".dq2" in line).split(".> ")[1].split(".dq2")[0]
    # it answers pings, but one of its queues was taken from it
    control = whole.app.control
    control.cancel_consumer("fetch", destination=[name], reply=True)
    found = probe(whole, "worker-fetch", "--patience=2")
    assert (found.returncode, found.stderr) == (1, f"worker {name} does not read fetch: restart it\n")
    # and now takes nothing at all
    control.add_consumer("fetch", destination=[name], reply=True)
    control.cancel_consumer(f"{name}.dq2", destination=[name], reply=True)
    found = probe(whole, "worker-fetch", "--patience=2")
    assert (found.returncode, found.stderr) == (
        1,
        f"worker {name} answers, but takes nothing from its queues: restart it\n",
    )
    os.kill(fetch.process.pid, signal.SIGKILL)
    found = probe(whole, "worker-fetch", "--patience=2")
    assert (found.returncode, found.stderr) == (1, f"worker {name} does not answer at all\n")


def test_a_worker_busy_in_all_its_processes_is_healthy(deploy_once: Callable[..., Deployment], site: Site) -> None:
    wide = {"soft_time_limit": 20, "hard_time_limit": 25}
    whole = deploy_once(changes={"stages.clean": wide, "broker": {"visibility_timeout": 60}})
    whole.workers(app="tests.trapped")
    for number in range(2):
        site.pages[f"/{number}.html"] = "<html><body><p>LOOPS-FOR-EVER</p></body></html>"
        whole.enqueue(site.url(f"/{number}.html"))
    until(lambda: whole.assembly.ledger.counts().get(("clean", "working")) == 2, "both processes are busy")
    found = probe(whole, "worker-text", "--patience=2")
    assert (found.returncode, found.stderr) == (0, "")


def test_a_probe_without_a_broker_says_so_in_one_sentence(deploy_once: Callable[..., Deployment]) -> None:
    whole = deploy_once()
    whole.environment["GONGBAO_BROKER_URL"] = "redis://:secret@127.0.0.1:1/0"
    for service in ("worker-fetch", "beat"):
        found = probe(whole, service)
        assert found.returncode == 1
        assert found.stderr.startswith("the broker redis://***@127.0.0.1:1/0 does not answer (")
        assert len(found.stderr.splitlines()) == 1
