"""The embedded run: what a second run does, what an interrupted one leaves, how much it holds at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from schemas.page import PageRequest
from schemas.ticket import Ticket
from tasks.answer import Answer
from tasks.bench import utc_now
from tasks.errors import Transient
from tasks.text.ids import document_id_of
from tests.journeys import records_in, run, settings_for
from workers import embedded
from workers.assembly import Assembly
from workers.embedded import run_sources
from workers.intake import make_out
from workers.journey import Journey, Step
from workers.web import open_web

PAGE = """<html><head><title>苇泾镇{n}年工作总结</title></head>
<body><p>{n}年，全镇完成工业总产值{n}万元。</p>{fill}</body></html>"""
FILL = "<p>一年来，全镇上下齐心协力，各项工作取得了新的进展，较好完成了年初确定的目标任务。</p>" * 5


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    """Forty small pages."""
    made = []
    for n in range(2001, 2041):
        path = tmp_path / "pages" / f"{n}.html"
        path.parent.mkdir(exist_ok=True)
        path.write_text(PAGE.format(n=n, fill=FILL), encoding="utf-8")
        made.append(path)
    return made


def test_a_record_file_that_was_taken_away_comes_back_with_the_next_run(
    pages: list[Path], root: Path, tmp_path: Path
) -> None:
    (first,) = run(pages[:1], tmp_path / "out", root)
    assert first.record is not None
    path = tmp_path / "out" / "documents" / f"{first.record.document_id}.json"
    before = path.read_bytes()
    path.unlink()
    (again,) = run(pages[:1], tmp_path / "out", root)
    assert again.state == "unchanged"
    assert path.read_bytes() == before


def test_all_documents_come_through_while_only_some_are_out_at_once(
    pages: list[Path], root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "AHEAD", 1)
    most = 0
    whole = embedded.EmbeddedRun._send_off

    def watched(self: embedded.EmbeddedRun, url: str, pool: object) -> object:
        nonlocal most
        most = max(most, len(self._fetching))
        return whole(self, url, pool)  # type: ignore[arg-type]

    monkeypatch.setattr(embedded.EmbeddedRun, "_send_off", watched)
    outcomes = run(pages, tmp_path / "out", root)
    assert [outcome.state for outcome in outcomes] == ["done"] * len(pages)
    assert len(records_in(tmp_path / "out")) == len(pages)
    assert most <= settings_for(tmp_path, root).fetch.concurrency


def test_a_run_that_dies_half_way_is_taken_up_where_it_stood(pages: list[Path], root: Path, tmp_path: Path) -> None:
    assembly = Assembly(settings_for(tmp_path / "out", root))
    journey = assembly.journey()
    ticket = assembly.ledger.take_in(pages[0].as_uri())
    assert ticket is not None
    step = journey.step(ticket)
    assert step.following is not None
    assembly.ledger.begin(step.following)  # … and here the plug is pulled
    assembly.close()
    (outcome,) = run(pages[:1], tmp_path / "out", root)
    assert outcome.state == "done"
    again = Assembly(settings_for(tmp_path / "out", root))
    whats = [event.what for event in again.ledger.history(ticket.document_id)]
    again.close()
    assert whats.count("taken_in") == 1
    assert whats[:5] == ["taken_in", "started", "finished", "started", "started"]


def test_a_transient_error_is_tried_again_and_then_set_aside(pages: list[Path], root: Path, tmp_path: Path) -> None:
    url = pages[0].as_uri()
    tries: Iterator[int] = iter(range(10))
    settings = settings_for(tmp_path / "out", root)
    real = open_web(settings.fetch)

    def flaky(request: PageRequest) -> Answer:
        if next(tries) == 0:
            raise Transient("timed_out", f"{request.url} sends nothing; try again later")
        return real(request)

    def dead(request: PageRequest) -> Answer:
        raise Transient("timed_out", f"{request.url} sends nothing; try again later")

    (first,) = run([url], tmp_path / "out", root, web=flaky)
    assert first.state == "done"
    (second,) = run([url], tmp_path / "other", root, web=dead)
    assert (second.state, second.reason) == ("set_aside", "timed_out")
    assembly = Assembly(settings_for(tmp_path / "other", root))
    (failure,) = assembly.ledger.failures()
    assembly.close()
    assert failure.attempts == settings.run.attempts


def test_a_stage_that_breaks_sets_its_document_aside_and_the_others_go_on(
    pages: list[Path], root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from tasks.chain import STAGES

    poisoned = document_id_of(pages[1].as_uri())
    segment = STAGES["segment"]

    def break_on_one(given: object, bench: object) -> object:
        if given.page.document_id == poisoned:  # type: ignore[attr-defined]
            raise RecursionError("a bug of ours")
        return segment.work(given, bench)  # type: ignore[arg-type]

    monkeypatch.setitem(STAGES, "segment", type(segment)(**{**segment.__dict__, "work": break_on_one}))
    assembly = Assembly(settings_for(tmp_path / "out", root))
    outcomes = list(run_sources(make_out([str(page) for page in pages[:3]]), assembly))
    (failure,) = assembly.ledger.failures()
    assembly.close()
    assert sorted(outcome.state for outcome in outcomes) == ["done", "done", "set_aside"]
    assert failure.reason == "internal_error"
    assert failure.artefact is not None
    assert "RecursionError: a bug of ours" in failure.message
    assert "segment" in caplog.text


def test_a_document_that_another_run_is_at_is_waited_for_or_taken_over(
    pages: list[Path], root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Assembly(settings_for(tmp_path / "out", root))
    theirs = other.journey()
    whole = Journey.step
    urls = [page.as_uri() for page in pages[:2]]
    in_work: list[Ticket] = []

    def quicker(self: Journey, ticket: Ticket) -> Step:
        """The other run does the stage clean of both before this one can; it begins one more of the first."""
        if self is not theirs and ticket.stage == "clean":
            following = whole(theirs, ticket).following
            if following is not None and ticket.document_id == document_id_of(urls[0]):
                other.ledger.begin(following)
                in_work.append(following)
        return whole(self, ticket)

    def finish_theirs(_: float) -> None:
        while in_work:
            ticket = in_work.pop()
            while ticket is not None:
                ticket = whole(theirs, ticket).following  # type: ignore[assignment]

    monkeypatch.setattr(Journey, "step", quicker)
    monkeypatch.setattr(embedded.time, "sleep", finish_theirs)
    monkeypatch.setattr(embedded, "LOOK_AGAIN", 0.0)
    outcomes = run(urls, tmp_path / "out", root)
    assert sorted((outcome.url, outcome.state) for outcome in outcomes) == [(url, "done") for url in sorted(urls)]
    assert all(outcome.record is not None for outcome in outcomes)
    assert not other.ledger.failures()
    other.close()


def test_only_what_nobody_is_at_is_taken_over(pages: list[Path], root: Path, tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "out", root)
    assembly = Assembly(settings)
    this = embedded.EmbeddedRun(assembly, lambda _: None)
    ticket = assembly.ledger.take_in(pages[0].as_uri())
    assert ticket is not None
    row = assembly.ledger.standing(ticket.document_id)
    assembly.close()
    assert row is not None
    limit = timedelta(seconds=settings.stages.of(row.stage).hard_time_limit)
    cases = (
        ("waiting", utc_now(), None, False),
        ("waiting", utc_now() - timedelta(seconds=5), None, True),
        ("waiting", utc_now() - timedelta(seconds=5), utc_now() + timedelta(seconds=60), False),
        ("working", utc_now() - timedelta(seconds=5), None, False),
        ("working", utc_now() - limit, None, True),
    )
    for state, updated_at, next_at, expected in cases:
        seen = replace(row, state=state, updated_at=updated_at, next_at=next_at)  # type: ignore[arg-type]
        assert this._left_lying(seen) is expected, (state, updated_at, next_at)
