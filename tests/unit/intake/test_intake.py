"""What may be named as SOURCE, and the sentence for what may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from workers.intake import make_out, only_urls


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_urls_files_folders_and_lists_are_made_out(tmp_path: Path) -> None:
    """A source is a URL, a file, a folder, or a list of them."""
    (tmp_path / "pages" / "deep").mkdir(parents=True)
    for name in ("b.html", "a.html", "deep/c.txt", ".hidden"):
        (tmp_path / "pages" / name).write_text("x")
    (tmp_path / "list.txt").write_text("# ours\npages/a.html\n\nHTTP://Example.CN/x#y\n", encoding="utf-8")
    found = make_out(["@list.txt", "pages", "https://example.cn:443"])
    root = tmp_path.resolve().as_uri()
    assert found.faults == []
    assert found.urls == [
        f"{root}/pages/a.html",
        "http://example.cn/x",
        f"{root}/pages/b.html",
        f"{root}/pages/deep/c.txt",
        "https://example.cn/",
    ]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("nowhere.html", "there is no file or folder nowhere.html; check the spelling"),
        ("www.example.cn", "there is no file www.example.cn; if a site is meant, write http://www.example.cn"),
        ("", "one source is empty; write a URL, a file, a folder or @FILE"),
        ("empty", "the folder empty holds no file; name one that does"),
        ("ftp://example.cn/x", "is not an http, https or file URL; write http://…, https://… or a path"),
        ("http://", "names no host"),
        ("@nowhere.txt", "the list nowhere.txt cannot be read (No such file or directory)"),
        ("@blank.txt", "the list blank.txt names no source; write one a line"),
        ("@gbk.txt", "it is not UTF-8 text"),
        ("@nested.txt", "nested.txt names another list; lists do not nest"),
    ],
)
def test_what_is_no_source_gets_a_sentence_and_the_rest_goes_on(tmp_path: Path, source: str, sentence: str) -> None:
    """One wrong source holds up no other."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "good.html").write_text("x")
    (tmp_path / "blank.txt").write_text("\n# nothing\n")
    (tmp_path / "gbk.txt").write_bytes("政府".encode("gbk"))
    (tmp_path / "nested.txt").write_text("@list.txt\n")
    found = make_out([source, "good.html"])
    assert [u.rsplit("/", 1)[-1] for u in found.urls] == ["good.html"]
    ((name, said),) = found.faults
    assert sentence in said
    assert name in (source or "gongbao run", source.removeprefix("@"), "@list.txt")


@pytest.mark.parametrize(
    ("out", "kept"),
    [
        ("work/out", ["artefacts/a.html", "documents/d.html", "page.html"]),
        ("work", ["out/artefacts/a.html", "out/documents/d.html", "out/pages/index.html", "page.html"]),
    ],
)
def test_what_an_earlier_run_kept_is_no_source(tmp_path: Path, out: str, kept: list[str]) -> None:
    """The folder of a run may lie in the folder that is read, or be the same."""
    work = tmp_path / "work"
    for name in (
        "page.html",
        "artefacts/a.html",
        "documents/d.html",
        "out/artefacts/a.html",
        "out/documents/d.html",
        "out/pages/index.html",
    ):
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        (work / name).write_text("x")
    for suffix in ("", "-wal", "-shm"):
        (tmp_path / out / f"gongbao.sqlite{suffix}").touch()
    found = make_out(["work"])
    assert [url.removeprefix(f"{work.resolve().as_uri()}/") for url in found.urls] == kept


def test_pages_go_before_files_they_may_link_to(tmp_path: Path) -> None:
    """A file linked from a page is read with what the page says of it."""
    for name in ("a.pdf", "b.html", "c.docx"):
        (tmp_path / name).write_text("x")
    pages, files = make_out([str(tmp_path)]).waves()
    assert [u.rsplit("/", 1)[-1] for u in pages] == ["b.html"]
    assert [u.rsplit("/", 1)[-1] for u in files] == ["a.pdf", "c.docx"]


def test_the_broker_takes_urls_alone(tmp_path: Path) -> None:
    """Workers on other machines do not see this disk."""
    (tmp_path / "a.html").write_text("x")
    found = only_urls(["http://example.cn/1", "a.html", f"file://{tmp_path}/a.html", "http://example.cn/1"])
    assert found.urls == ["http://example.cn/1"]
    assert [name for name, _ in found.faults] == ["a.html", f"file://{tmp_path}/a.html"]
    assert "gongbao run" in found.faults[1][1]
