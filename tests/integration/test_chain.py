"""The chain on Celery: the same journey as in one process, by workers started as docker-compose.yml starts them."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tasks.chain import CHAIN
from tasks.text.ids import document_id_of
from tests.deployment import Deployment
from tests.servers import Site, until
from workers.assembly import Assembly
from workers.broker import documents_on_broker
from workers.embedded import run_sources
from workers.intake import make_out

pytestmark = pytest.mark.broker

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>青石镇{year}年政府工作报告</title>
<meta name="ArticleTitle" content="青石镇{year}年政府工作报告"><meta name="PubDate" content="{year}-01-12"></head><body>
<div class="content"><h1>青石镇{year}年政府工作报告</h1>
<p>各位代表：现在，我代表镇人民政府向大会作工作报告，请予审议。</p>
<p>一、过去一年工作回顾</p>
<p>全年实现工业总产值178亿元，同比增长6.5%；财政收入达到3.2亿元，新增就业1200人。</p>
<p>二、今年工作安排</p>
<p>工业总产值力争达到190亿元，财政收入增长5%以上。</p>{more}</div></body></html>"""
FILE = "青石镇2025年工作总结\n\n全年实现工业总产值178亿元，同比增长6.5%。\n"


def _pages(site: Site) -> list[str]:
    """Three pages, one with an attachment, one in another charset."""
    link = f'<p>附件：<a href="{site.url("/files/summary.txt")}">青石镇2025年工作总结.txt</a></p>'
    site.pages["/a.html"] = PAGE.format(year=2025, more="")
    site.pages["/b.html"] = PAGE.format(year=2024, more=link)
    old = PAGE.format(year=2023, more="").replace("utf-8", "gb2312").encode("gb18030")
    site.pages["/c.html"] = lambda: (200, {"Content-Type": "text/html", "ETag": '"c1"'}, old)
    site.pages["/files/summary.txt"] = lambda: (200, {"Content-Type": "text/plain; charset=utf-8"}, FILE.encode())
    return [site.url(f"/{name}.html") for name in "abc"]


def _without_moment(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_bytes())
    assert found.pop("fetched_at")
    return found


def test_workers_and_the_embedded_run_give_the_same_bytes(
    deploy: Callable[..., Deployment], site: Site, tmp_path: Path
) -> None:
    """Of the document records, apart from the moment of the fetch; attachments among them."""
    urls = _pages(site)
    whole = deploy()
    whole.workers()
    for url in urls:
        whole.enqueue(url)
    for url in urls:
        assert whole.ends(url).state == "done", whole.standing(url).message

    apart = tmp_path / "embedded"
    storage = whole.settings.storage.model_copy(
        update={
            "database": f"sqlite:///{apart}/gongbao.sqlite",
            "artefacts": str(apart / "artefacts"),
            "records": str(apart / "documents"),
        }
    )
    embedded = Assembly(whole.settings.model_copy(update={"storage": storage}))
    outcomes = list(run_sources(make_out(urls), embedded))
    assert {outcome.state for outcome in outcomes} == {"done"}
    until(lambda: not {state for _, state in whole.assembly.ledger.counts()} & {"waiting", "working"}, "all is done")

    by_workers = {path.name: _without_moment(path) for path in (tmp_path / "documents").glob("*.json")}
    by_embedded = {path.name: _without_moment(path) for path in (apart / "documents").glob("*.json")}
    assert json.dumps(by_workers, sort_keys=True) == json.dumps(by_embedded, sort_keys=True)
    assert set(by_workers) == {f"{outcome.record.document_id}.json" for outcome in outcomes if outcome.record}
    assert len(by_workers) >= 3
    for url in urls:  # what comes out of the database is what the files say
        assert whole.record(url) == embedded.records.read(document_id_of(url)).evolve(  # type: ignore[union-attr]
            fetched_at=whole.record(url).fetched_at
        )
    embedded.close()


def test_what_travels_is_a_ticket_under_one_kilobyte(deploy: Callable[..., Deployment], site: Site) -> None:
    whole = deploy()
    ticket = whole.enqueue(site.url("/a.html"))
    assert len(ticket.to_bytes()) < 1024
    (message,) = whole.app.hands.redis.lrange("fetch", 0, -1)
    arguments, _, embedded = json.loads(base64.b64decode(json.loads(message)["body"]))
    assert arguments == [ticket.model_dump(mode="json")]
    names = [signature["task"] for signature in reversed(embedded["chain"])]
    assert names == [f"gongbao.{stage.name}" for stage in CHAIN[1:]]
    assert len(message) < 8192
    assert documents_on_broker(whole.app.hands.redis, ["fetch"]) == {ticket.document_id}


def test_a_page_that_is_not_there_is_set_aside_and_one_that_comes_back_passes(
    deploy: Callable[..., Deployment], site: Site
) -> None:
    answers = iter([503, 503])
    page = PAGE.format(year=2025, more="").encode()

    def flaps() -> tuple[int, dict[str, str], bytes]:
        return next(answers, 200), {"Content-Type": "text/html; charset=utf-8", "Retry-After": "1"}, page

    site.pages["/flaps.html"] = flaps
    site.pages["/down.html"] = lambda: (500, {"Content-Type": "text/html"}, b"<p>error</p>")
    whole = deploy()
    whole.workers()
    for name in ("flaps", "down", "gone"):
        whole.enqueue(site.url(f"/{name}.html"))
    assert whole.ends(site.url("/gone.html")).reason == "not_found"
    down = whole.ends(site.url("/down.html"))
    assert (down.state, down.attempts) == ("set_aside", 3)
    assert sum(path == "/down.html" for path, _ in site.asked) == 3
    assert whole.ends(site.url("/flaps.html")).state == "done"
    moments = [moment for path, moment in site.asked if path == "/flaps.html"]
    assert len(moments) == 3
    # what the server asked for is kept, on top of our own doubling wait
    assert all(later - earlier >= 0.9 for earlier, later in pairwise(moments))
    told = [event.what for event in whole.assembly.ledger.history(document_id_of(site.url("/flaps.html")))]
    assert told.count("try_later") == 2
    assert not [one for one in whole.running if "Traceback" in one.said()]


def test_a_second_visit_finds_it_unchanged_and_a_replay_starts_in_the_middle(
    deploy: Callable[..., Deployment], site: Site
) -> None:
    from workers.app import send
    from workers.ledger import Filter

    (url, *_) = _pages(site)
    whole = deploy()
    whole.workers()
    whole.enqueue(url)
    assert whole.ends(url).state == "done", whole.standing(url).message
    before = whole.record(url)
    whole.enqueue(url)
    until(lambda: whole.standing(url).state == "unchanged", "the second visit ends")
    tickets, never = whole.assembly.ledger.replay("segment", Filter())
    assert [ticket.stage for ticket in tickets] == ["segment"]
    assert not never
    for ticket in tickets * 2:  # twice, as couriers do
        send(ticket, whole.app)
    until(lambda: whole.standing(url).state == "done", "the replay ends")
    assert whole.record(url) == before
    assert sum(path == "/a.html" for path, _ in site.asked) == 2


def test_hosts_are_asked_at_their_pace_by_all_processes_together_and_do_not_hold_up_others(
    deploy: Callable[..., Deployment], site: Site
) -> None:
    whole = deploy(changes={"fetch": {"pace": 0.4}, "broker": {"visibility_timeout": 60}})
    second = {"--hostname=fetch@%h": "--hostname=fetch2@%h"}
    two = whole.start("worker-fetch"), whole.start("worker-fetch", instead=second)
    for worker in two:
        worker.says("ready.")

    def both_took_part() -> bool:
        return all("gongbao.fetch[" in worker.said().partition("ready.")[2] for worker in two)

    pages: list[str] = []
    while len(pages) < 8 or not both_took_part():
        assert len(pages) < 30
        pages.append(f"/slow{len(pages)}.html")
        site.pages[pages[-1]] = PAGE.format(year=2025, more="")
        whole.enqueue(site.url(pages[-1]))
        time.sleep(0.02)
    site.pages["/other.html"] = PAGE.format(year=2025, more="")
    whole.enqueue(site.url("/other.html").replace("127.0.0.1", "localhost"))
    until(lambda: {path for path, _ in site.asked} >= {*pages, "/other.html"}, "all are fetched")
    moments = sorted(moment for path, moment in site.asked if path in pages)
    assert len(moments) == len(pages)
    assert min(later - earlier for earlier, later in pairwise(moments)) > 0.35
    asked_other = next(moment for path, moment in site.asked if path == "/other.html")
    assert asked_other < moments[-2]
    # waiting for a turn is no attempt: nothing of it is in the ledger
    told = {event.what for path in pages for event in whole.assembly.ledger.history(document_id_of(site.url(path)))}
    assert "try_later" not in told


def test_what_the_broker_lost_is_sent_again_and_what_waits_there_is_not(
    deploy_once: Callable[..., Deployment], site: Site
) -> None:
    from workers.schedule import reconcile

    urls = _pages(site)
    whole = deploy_once(changes={"schedule": {"lost_after": 1}})
    for url in urls[:2]:
        whole.enqueue(url)
    time.sleep(2.1)  # the ledger's clock has whole seconds
    redis = whole.app.hands.redis
    assert reconcile(whole.assembly, redis) == []
    redis.flushdb()  # the broker is gone with all it had
    whole.enqueue(urls[2])
    time.sleep(2.1)
    found = reconcile(whole.assembly, redis)
    assert {ticket.document_id for ticket in found} == {document_id_of(url) for url in urls[:2]}
    told = [[event.what for event in whole.assembly.ledger.history(document_id_of(url))] for url in urls]
    assert told == [["taken_in", "sent_again"], ["taken_in", "sent_again"], ["taken_in"]]
    # and the whole of it: beat, queue, worker
    time.sleep(2.1)
    whole.workers()
    beat = whole.start("beat")
    for url in urls:
        assert whole.ends(url).state == "done", whole.standing(url).message
    assert "reconcile" in beat.said()
