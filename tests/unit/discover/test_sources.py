"""config/sources: one file a site; a malformed one is named, with its key, and holds up no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.discover import SourceFile, read_source, read_sources
from tasks.errors import Misconfigured

GOOD = """
title = "清河镇人民政府"
[[listings]]
url = "http://www.qinghe.example/list/index.html"
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_source_is_called_after_its_file(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, "qinghe.toml", GOOD))
    assert source.name == "qinghe"
    assert source.enabled
    assert source.hosts() == {"www.qinghe.example"}


def test_the_example_is_whole_and_does_nothing_by_itself(root: Path) -> None:
    """It is the documentation of how to add a source, so it must be one; and nobody is visited unasked."""
    found = read_sources(root / "config" / "sources")
    assert found.faults == ()
    example = next(source for source in found.sources if source.name == "example")
    assert not example.enabled
    assert [*example.listings[1].addresses()][-1].endswith("/zfgzbg/index_4.html")
    text = (root / "config" / "sources" / "example.toml").read_text(encoding="utf-8")
    explained = {line.lstrip("# ").split(" = ")[0] for line in text.splitlines() if " = " in line}
    assert set(SourceFile.model_fields) - {"name", "listings"} <= explained


def test_addresses_are_the_first_page_and_the_further_ones_each_once(tmp_path: Path) -> None:
    text = GOOD + 'further = "http://www.qinghe.example/list/index_{page}.html"\npages = [1, 3]\n'
    listing = read_source(write(tmp_path, "a.toml", text)).listings[0]
    assert [url.rpartition("/")[2] for url in listing.addresses()] == [
        "index.html",
        "index_1.html",
        "index_2.html",
        "index_3.html",
    ]
    again = (
        GOOD.replace("index.html", "?p=1") + 'further = "http://WWW.qinghe.example/list/?p={page}"\npages = [1, 2]\n'
    )
    listing = read_source(write(tmp_path, "b.toml", again)).listings[0]
    assert len([*listing.addresses()]) == 2


HEAD = 'title = "t"\n'
LIST = '[[listings]]\nurl = "http://www.qinghe.example/"\n'

BAD = [
    ("schedul = 3600\n" + HEAD + LIST, "schedul", "did you mean schedule"),
    (HEAD + LIST + 'urls = "x"\n', "urls", "did you mean url"),
    ('name = "x"\n' + HEAD + LIST, "name", "called after its file"),
    (LIST, "title", "required"),
    (HEAD, "listings", "required"),
    (HEAD + "listings = []\n", "listings", "at least 1"),
    (HEAD + '[[listings]]\nurl = "www.qinghe.example"\n', "listings.0.url", "not an http"),
    (HEAD + '[[listings]]\nurl = "http://www.qinghe.example/{page}"\n', "listings.0", "further"),
    (HEAD + LIST + "pages = [1, 3]\n", "listings.0", "go together"),
    (HEAD + LIST + 'further = "http://a.example/{page}"\n', "listings.0", "go together"),
    (HEAD + LIST + 'further = "http://a.example/2"\npages = [1, 3]\n', "listings.0", "{page}"),
    (HEAD + LIST + 'further = "http://a.example/{page}"\npages = [3, 1]\n', "listings.0", "first to a last"),
    (HEAD + LIST + 'further = "http://a.example/{page}"\npages = [1, 100000]\n', "listings.0", "500"),
    (HEAD + "expected_links = [10, 1]\n" + LIST, "the file", "least, most"),
    (HEAD + "include = ['(']\n" + LIST, "include.0", "no regular expression"),
    (HEAD + 'area = "3204"\n' + LIST, "area", "pattern"),
    (HEAD + "pace = -1\n" + LIST, "pace", "greater than or equal"),
    (HEAD + 'enabled = "sometimes"\n' + LIST, "enabled", "boolean"),
    (HEAD + "schedule = 5\n" + LIST, "schedule", "less than a minute"),
    (HEAD + 'schedule = "daily"\n' + LIST, "schedule", "five"),
    (HEAD + 'schedule = "60 * * * *"\n' + LIST, "schedule", "no minute"),
    (HEAD + 'schedule = "0 6 * * 7"\n' + LIST, "schedule", "no weekday"),
    (HEAD + 'schedule = "0 6-3 * * *"\n' + LIST, "schedule", "no hour"),
    (HEAD + 'schedule = "*/0 * * * *"\n' + LIST, "schedule", "no minute"),
    ("title = \n", "TOML", "line 1"),
    ("\ufffe", "TOML", "mend"),
]


@pytest.mark.parametrize(("text", "key", "hint"), BAD)
def test_what_is_wrong_is_named_with_file_key_and_remedy(tmp_path: Path, text: str, key: str, hint: str) -> None:
    path = write(tmp_path, "qinghe.toml", text)
    with pytest.raises(Misconfigured) as caught:
        read_source(path)
    assert str(path) in caught.value.message
    assert key in caught.value.message
    assert hint in caught.value.message
    assert "value error" not in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    "schedule", ["0 6 * * *", "*/15 0-23/2 1,15 * 1-5", "  30   6 * * * ", "0 0 31 12 0"], ids=lambda text: text.strip()
)
def test_crontabs_are_understood(tmp_path: Path, schedule: str) -> None:
    source = read_source(write(tmp_path, "a.toml", f'schedule = "{schedule}"\n' + HEAD + LIST))
    assert source.schedule == " ".join(schedule.split())


def test_a_bad_file_holds_up_no_other(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", GOOD)
    write(tmp_path, "b.toml", "titel = 1")
    write(tmp_path, "c.toml", GOOD)
    (tmp_path / "d.toml").mkdir()
    write(tmp_path, "notes.txt", "no source")
    found = read_sources(tmp_path)
    assert [source.name for source in found.sources] == ["a", "c"]
    assert ["b.toml" in str(fault) or "d.toml" in str(fault) for fault in found.faults] == [True, True]


def test_no_folder_is_no_source(tmp_path: Path) -> None:
    found = read_sources(tmp_path / "nowhere")
    assert (found.sources, found.faults) == ((), ())


def test_hosts_with_a_pace_of_their_own_are_told(tmp_path: Path) -> None:
    """Of two sources on one host the slower pace holds."""
    write(tmp_path, "a.toml", 'pace = 3\nother_hosts = ["Files.qinghe.example"]\n' + GOOD)
    write(tmp_path, "b.toml", "pace = 5.0\n" + GOOD)
    write(tmp_path, "c.toml", GOOD.replace("qinghe", "baishi"))
    assert read_sources(tmp_path).gaps() == {"www.qinghe.example": 5.0, "files.qinghe.example": 3.0}
