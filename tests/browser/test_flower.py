"""Flower against a real broker and real workers, over HTTP and in a real browser."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from flower.urls import handlers
from tornado.web import StaticFileHandler

from tasks.chain import CHAIN
from tests.conftest import missing
from tests.deployment import Deployment, deployment
from tests.servers import ROOT, Site, compose, free_port, redis_server, until, valkey_program, web_site

pytestmark = [pytest.mark.broker, pytest.mark.browser]

USER, PASSWORD = "operator", "tests-know-it"
PAGE = """<html><head><meta charset="utf-8"><title>青石镇2025年政府工作报告</title></head><body>
<p>各位代表：全年实现工业总产值178亿元，同比增长6.5%。</p></body></html>"""
STAGES = [f"gongbao.{stage.name}" for stage in CHAIN]


@dataclass
class Watched:
    """A deployment with a Flower on it."""

    whole: Deployment
    site: Site
    url: str
    worker: str
    document: str


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Workers and Flower, after one document has gone through."""
    folder = tmp_path_factory.mktemp("flower")
    with (
        redis_server(valkey_program(), folder / "redis") as broker,
        web_site() as site,
        deployment(folder, broker) as whole,
    ):
        port = free_port()
        whole.environment["FLOWER_BASIC_AUTH"] = f"{USER}:{PASSWORD}"
        flower = whole.start("flower", instead={"--port=5555": f"--port={port}", "--address=0.0.0.0": LOOPBACK})
        whole.workers()
        url = f"http://127.0.0.1:{port}"
        until(lambda: _status(url, flower) == 401, "Flower answers")
        site.pages["/report.html"] = PAGE
        whole.enqueue(site.url("/report.html"))
        whole.ends(site.url("/report.html"))
        with _client(url) as client:
            until(lambda: len(_tasks(client)) >= len(STAGES), "Flower has heard of all tasks")
            workers = until(lambda: client.get("/api/workers?refresh=1").json(), "Flower knows the workers")
            document = next(uuid for uuid, task in _tasks(client).items() if task["name"] == "gongbao.emit")
        yield Watched(whole, site, url, min(workers), document)


#: compose gives Flower a network of its own; a test must not be reachable from outside
LOOPBACK = "--address=127.0.0.1"


def _status(url: str, flower: Any) -> int:
    assert flower.process.poll() is None, flower.said()
    try:
        return httpx.get(url).status_code
    except httpx.TransportError:
        return 0


def _client(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, auth=(USER, PASSWORD), timeout=20)


def _tasks(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/tasks").json()
    return found


def _pages(watched: Watched) -> list[str]:
    """Every address that this version of Flower knows, with something real in the place of its patterns."""
    found = []
    for handler in handlers:
        pattern = handler.regex.pattern if hasattr(handler, "regex") else handler[0]
        target = handler.handler_class if hasattr(handler, "handler_class") else handler[1]
        if target is StaticFileHandler:
            continue  # Flower's own style sheets and scripts, the same for everybody
        path = pattern.rstrip("$").replace("/?", "")
        if path == ".*":
            path = "/nothing-is-here"
        filled = watched.document if "task" in path else watched.worker
        found.append(path.replace("(.+)", filled).replace("(.*)", filled))
    return found


def test_every_page_asks_for_credentials(watched: Watched) -> None:
    pages = _pages(watched)
    assert {"/", "/tasks", "/broker", "/metrics", "/healthcheck", "/api/tasks", f"/worker/{watched.worker}"} <= set(
        pages
    )
    with httpx.Client(base_url=watched.url) as stranger:
        got = {page: stranger.get(page).status_code for page in pages}
        assert {page: status for page, status in got.items() if status != 401} == {}
        posted = {page: stranger.post(page).status_code for page in pages}
        assert {page: status for page, status in posted.items() if status != 401} == {}
        for pair in ((USER, "wrong"), ("", ""), (USER, "")):
            assert stranger.get("/metrics", auth=pair).status_code == 401
        assert stranger.get("/tasks", headers={"Authorization": "Bearer x"}).status_code == 401


def test_who_logs_in_sees_the_six_tasks_and_the_workers(watched: Watched) -> None:
    with _client(watched.url) as client:
        names = {task["name"] for task in _tasks(client).values()}
        assert set(STAGES) <= names
        states = {task["name"]: task["state"] for task in _tasks(client).values()}
        assert {states[name] for name in STAGES} == {"SUCCESS"}  # and none seems to run for ever
        assert 'task="gongbao.emit"' in client.get("/metrics").text
        for page in ("/", "/tasks", "/broker", f"/task/{watched.document}", f"/worker/{watched.worker}"):
            assert client.get(page).status_code == 200


def test_it_is_read_only_unless_told_otherwise(watched: Watched) -> None:
    with _client(watched.url) as client:
        for order in ("shutdown", "pool/grow", "pool/restart"):
            assert client.post(f"/api/worker/{order}/{watched.worker}").status_code == 403
        for order in ("send-task", "async-apply"):
            assert client.post(f"/api/task/{order}/gongbao.crawl", json={"args": ["x"]}).status_code == 403
        assert client.post(f"/api/task/revoke/{watched.document}").status_code == 403


def test_its_health_check_sees_that_events_arrive(watched: Watched) -> None:
    _, _, *words = compose()["services"]["flower"]["healthcheck"]["test"]

    def probe() -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, **watched.whole.environment}
        command = [sys.executable, *words, "--url", watched.url, "--patience=5"]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    found = probe()
    assert (found.returncode, found.stderr) == (0, "")
    flower = watched.whole.running[0]
    assert "flower" in flower.log.name
    os.kill(flower.process.pid, signal.SIGSTOP)
    try:
        found = probe()
        assert found.returncode == 1
        assert found.stderr.startswith(f"Flower does not answer at {watched.url} (")
    finally:
        os.kill(flower.process.pid, signal.SIGCONT)


@pytest.mark.parametrize(
    ("environment", "options", "sentence"),
    [
        ({}, ["--address=0.0.0.0"], "Flower would show every document to whoever reaches 0.0.0.0"),
        ({"FLOWER_BASIC_AUTH": ""}, ["--address=0.0.0.0"], "FLOWER_BASIC_AUTH holds no user with a password"),
        ({"FLOWER_BASIC_AUTH": "operator:"}, [], "FLOWER_BASIC_AUTH holds no user with a password"),
        ({"FLOWER_BASIC_AUTH": "operator:short"}, [], "FLOWER_BASIC_AUTH holds no user with a password"),
    ],
)
def test_an_open_flower_does_not_start(
    watched: Watched, environment: dict[str, str], options: list[str], sentence: str
) -> None:
    own = {k: v for k, v in watched.whole.environment.items() if k != "FLOWER_BASIC_AUTH"}
    done = subprocess.run(
        [
            str(Path(sys.executable).parent / "celery"),
            "--app=workers.main",
            "flower",
            f"--port={free_port()}",
            *options,
        ],
        cwd=ROOT,
        env={**os.environ, **own, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_browser_logs_in_and_shows_the_tasks(watched: Watched, tmp_path: Path) -> None:
    program = shutil.which("chromium")
    if program is None:
        missing("Chromium")
    from playwright.sync_api import Error, sync_playwright

    kept = Path(os.environ.get("GONGBAO_SCREENSHOTS") or tmp_path)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            stranger = browser.new_context().new_page()
            with pytest.raises(Error, match="ERR_INVALID_AUTH_CREDENTIALS"):
                stranger.goto(f"{watched.url}/tasks")
            context = browser.new_context(
                http_credentials={"username": USER, "password": PASSWORD}, viewport={"width": 1400, "height": 900}
            )
            page = context.new_page()
            faults: list[str] = []
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.goto(f"{watched.url}/tasks")
            for name in STAGES:
                page.get_by_role("cell", name=name, exact=True).first.wait_for(timeout=15_000)
            page.screenshot(path=kept / "flower-tasks.png")
            page.goto(f"{watched.url}/workers")
            page.get_by_text("text@").first.wait_for(timeout=15_000)
            page.screenshot(path=kept / "flower-workers.png")
            assert (kept / "flower-tasks.png").stat().st_size > 10_000
            assert faults == []
        finally:
            browser.close()
