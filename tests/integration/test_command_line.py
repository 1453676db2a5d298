"""An operator's day: the commands against real workers, a real broker and either database."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.command_line import Said, gongbao
from tests.deployment import Deployment
from tests.servers import Site

pytestmark = pytest.mark.broker

PAGE = (
    "<html><head><meta charset='utf-8'><title>苇泾镇{year}年政府工作报告</title></head><body><div id='zoom'>"
    "<p>苇泾镇{year}年政府工作报告</p><p>各位代表：现在我代表镇人民政府向大会报告工作，请予审议。</p>"
    "<p>一、{year}年工作回顾</p><p>全年完成规上工业总产值213.6亿元，增长7.2%，新增规上工业企业9家。</p></div></body></html>"
)


def _told(whole: Deployment, *arguments: str) -> Said:
    return gongbao(*arguments, config=whole.config, cwd=whole.folder, more=whole.environment)


def test_urls_are_enqueued_watched_put_back_replayed_and_exported(
    deploy_once: Callable[..., Deployment], database: str, site: Site
) -> None:
    """All that an operator types, on SQLite and PostgreSQL."""
    good, late = site.url("/good.html"), site.url("/late.html")
    site.pages["/good.html"] = PAGE.format(year=2022)
    whole = deploy_once(database)
    whole.workers()

    said = _told(whole, "enqueue", good, late, "ftp://x.example/", "--file", str(_list(whole, good)))
    assert said.status == 1
    assert len(said.out.split()) == 2
    assert said.lines == [
        "ftp://x.example/: 'ftp://x.example/' is not an http, https or file URL; write it with http:// or https://"
    ]
    assert whole.ends(good).state == "done"
    assert whole.ends(late).state == "set_aside"
    assert _told(whole, "status").out.splitlines()[-1].split() == ["all", "0", "0", "1", "0", "1"]

    dead = _told(whole, "dead")
    assert dead.out.startswith("not_found: 1\n")
    site.pages["/late.html"] = PAGE.format(year=2021)
    back = _told(whole, "dead", "retry", late)
    assert (back.status, back.out) == (0, "1 put back and sent to the workers\n")
    assert whole.ends(late).state == "done"

    again = _told(whole, "replay", "--from", "extract")
    assert (again.status, again.out) == (0, "2 put back and sent to the workers\n")
    for url in (good, late):
        assert whole.ends(url).state == "done"

    found = [
        json.loads(line) for line in _told(whole, "export", "--format", "jsonl", "--year", "2021").out.splitlines()
    ]
    assert [record["url"] for record in found] == [late]
    record_id = found[0]["indicators"][0]["record_id"]
    assert "raw bytes" in _told(whole, "trace", record_id).out
    assert _told(whole, "export", "--format", "csv", "--area", "32", "--code", "ECO").status == 0
    here = _told(whole, "replay", "--from", "segment", "--here", late)
    assert (here.status, here.out) == (0, "1 carried through: 1 done\n")


def _list(whole: Deployment, url: str) -> object:
    path = whole.folder / "urls.txt"
    path.write_text(f"# the same once more\n{url}\n", encoding="utf-8")
    return path


def test_a_source_is_tried_without_taking_anything_in(deploy_once: Callable[..., Deployment], site: Site) -> None:
    """Links and doubts are shown; the ledger stays empty."""
    whole = deploy_once()
    rows = "".join(f"<li><a href='/art/2023/1/{n}/art_1_{n}.html'>报告{n}</a> 2023-01-0{n}</li>" for n in range(1, 4))
    site.pages["/list.html"] = f"<html><body><ul>{rows}</ul></body></html>"
    source = f"title = '苇泾镇'\nexpected_links = [1, 5]\n[[listings]]\nurl = '{site.url('/list.html')}'\n"
    (whole.config / "sources" / "weijing.toml").write_text(source, encoding="utf-8")
    said = _told(whole, "sources", "check", "weijing")
    assert (said.status, said.err) == (0, "")
    assert said.out.count("/art/2023/1/") == 3
    assert said.out.splitlines()[-1] == "3 documents found, nothing taken in"
    assert "documents none taken in yet" in _told(whole, "sources", "show", "weijing").out

    (whole.config / "sources" / "weijing.toml").write_text(source.replace("[1, 5]", "[4, 5]"), encoding="utf-8")
    few = _told(whole, "sources", "check", "weijing")
    assert few.status == 1
    assert "at least 4 are expected" in few.err
    site.pages.clear()
    gone = _told(whole, "sources", "check", "weijing")
    assert (gone.status, len(gone.lines)) == (1, 1)
    assert "answers 404" in gone.err
