"""Bad input: one clear sentence that names the source and what to do, and the rest of the run completes."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tasks.errors import Transient
from tests.command_line import Said, config_folder, gongbao
from tests.servers import Site, free_port, web_site
from workers.database import open_database, transaction

GOOD = (
    "<html><head><meta charset='{charset}'><title>苇泾镇2022年政府工作报告</title></head><body><div id='zoom'>"
    "<p>苇泾镇2022年政府工作报告</p><p>各位代表：现在我代表镇人民政府向大会报告工作，请予审议。</p>"
    "<p>一、2022年工作回顾</p><p>全年完成规上工业总产值213.6亿元，增长7.2%，新增规上工业企业9家，"
    "完成工业投资18.5亿元，同比增长12.4%。</p></div></body></html>"
)
MEGABYTES = 60 * 2**20
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 40
CHALLENGE = b'<html><head><script r="m">$_ts=window.$_ts;</script><script src="/7Fa/c.js"></script></head></html>'


def _slow() -> tuple[int, dict[str, str], bytes]:
    time.sleep(3)
    return 200, {}, b"late"


def _pages() -> dict[str, object]:
    html = {"Content-Type": "text/html"}
    return {
        "/good.html": GOOD.format(charset="utf-8"),
        "/410": lambda: (410, html, b"<p>gone</p>"),
        "/500": lambda: (500, html, b"<p>oops</p>"),
        "/redirect": lambda: (302, {"Location": "/redirect"}, b""),
        "/slow": _slow,
        "/empty": lambda: (200, html, b""),
        "/large": lambda: (200, html, b" " * MEGABYTES),
        "/bomb": lambda: (200, html | {"Content-Encoding": "gzip"}, gzip.compress(b" " * MEGABYTES)),
        "/picture": lambda: (200, html, JPEG),
        "/challenge": lambda: (412, html, CHALLENGE),
        "/wrong-label": lambda: (
            200, {"Content-Type": "text/html; charset=utf-8"}, GOOD.format(charset="utf-8").encode("gb18030"),
        ),
    }  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One run over everything bad and something good."""

    site: Site
    nobody: str
    said: Said
    folder: Path

    def sentence(self, source: str) -> str:
        """The one line on stderr that is about this source."""
        (line,) = [line for line in self.said.lines if line.startswith(f"{source}: ")]
        return line.removeprefix(f"{source}: ")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("bad-input")
    config = config_folder(folder)
    (folder / "empty").mkdir()
    (folder / "nothing.html").write_bytes(b"")
    nobody = f"http://127.0.0.1:{free_port()}/"
    with web_site() as site:
        site.pages.update(_pages())
        sources = [
            *(site.url(path) for path in ("/404", *site.pages)),
            nobody,
            "http://no-such-host.invalid/",
            "nowhere.html",
            "empty",
            "nothing.html",
            "gopher://x.example/1",
        ]
        said = gongbao("run", *sources, "--out", "out", config=config)
        yield Run(site, nobody, said, folder)


HTTP = {
    "/404": r"answers 404: .*check the address",
    "/410": r"answers 410: .*look for a copy",
    "/500": r"answers 500: the server has failed",
    "/redirect": r"redirect",
    "/slow": r"(1 s|second|time)",
    "/empty": r"empty body",
    "/large": r"(larger|more than|limit|max_bytes|50 MB|52)",
    "/bomb": r"(larger|more than|limit|max_bytes|50 MB|52|times)",
    "/picture": r"neither text nor a file we can read; look at it",
    "/challenge": r"answers 412 with a script that only a browser passes",
}


@pytest.mark.parametrize(("path", "sentence"), HTTP.items())
def test_a_bad_answer_is_told_in_one_sentence(run: Run, path: str, sentence: str) -> None:
    """The sentence names the address and what to do about it."""
    assert re.search(sentence, run.sentence(run.site.url(path)), re.IGNORECASE)


LOCAL = {
    "nowhere.html": "there is no file or folder nowhere.html; check the spelling",
    "empty": "the folder empty holds no file; name one that does",
    "nothing.html": "is an empty file; give one with content",
    "gopher://x.example/1": "is not an http, https or file URL; write http://…, https://… or a path",
}


@pytest.mark.parametrize(("source", "sentence"), LOCAL.items())
def test_a_bad_source_is_told_in_one_sentence(run: Run, source: str, sentence: str) -> None:
    """Before anything is fetched."""
    assert sentence in run.sentence(source)


def test_a_host_that_is_not_there_is_told(run: Run) -> None:
    """Unknown name, and a port where nobody listens."""
    assert re.search(r"no-such-host\.invalid|name|host", run.sentence("http://no-such-host.invalid/"))
    assert re.search(r"refuse", run.sentence(run.nobody))


def test_the_rest_of_the_run_completes(run: Run) -> None:
    """Everything bad is set aside, the good pages give records, and the exit status says that some failed."""
    assert run.said.status == 1
    records = [json.loads(path.read_text("utf-8")) for path in (run.folder / "out" / "documents").iterdir()]
    found = {record["url"]: record for record in records}
    assert set(found) == {run.site.url("/good.html"), run.site.url("/wrong-label")}
    assert all(len(record["indicators"]) >= 4 for record in records)


def test_a_wrong_charset_label_is_a_warning_and_no_failure(run: Run) -> None:
    """The bytes decide; the doubt stands on the record."""
    (path,) = (
        path for path in (run.folder / "out" / "documents").iterdir() if "/wrong-label" in path.read_text("utf-8")
    )
    record = json.loads(path.read_text("utf-8"))
    assert record["charset"]["used"] == "gb18030"
    assert "charset_mismatch" in [warning["code"] for warning in record["warnings"]]
    assert "213.6亿元" in record["text"]


def test_nobody_sees_a_traceback(run: Run) -> None:
    """One line a source, and nothing else on stderr."""
    assert "Traceback" not in run.said.err + run.said.out
    assert len(run.said.lines) == len(HTTP) + len(LOCAL) + 2


def test_what_failed_is_kept_with_its_reason(run: Run) -> None:
    """Nothing vanishes: dead lists them by reason, show tells all, retry puts them back."""
    config = run.folder / "config"
    listed = gongbao("dead", "--out", "out", config=config)
    assert listed.status == 0
    for reason in ("not_found: 1", "gone: 1", "server_error: 1", "challenge_page: 1"):
        assert reason in listed.out.splitlines()
    shown = gongbao("dead", "show", run.site.url("/410"), "--out", "out", config=config)
    assert '"reason": "gone"' in shown.out
    run.site.pages["/404"] = GOOD.format(charset="utf-8")
    again = gongbao("dead", "retry", "--reason", "not_found", "--out", "out", config=config)
    assert (again.status, again.out) == (0, "1 carried through: 1 done\n")
    assert gongbao("dead", "retry", "nowhere", "--out", "out", config=config).status == 1


# -- places and servers -------------------------------------------------------------------------------


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return config_folder(tmp_path)


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "good.html"
    path.write_text(GOOD.format(charset="utf-8"), encoding="utf-8")
    return str(path)


def one_sentence(said: Said, *words: str, status: int = 1) -> str:
    """The only line on stderr."""
    assert said.status == status, said
    (line,) = said.lines
    for word in words:
        assert word in line
    return line


def test_a_folder_below_a_file_cannot_be_written(config: Path, good: str) -> None:
    """The sentence names the folder and another way."""
    one_sentence(
        gongbao("run", good, "--out", f"{good}/out", config=config), "good.html/out cannot be written", "--out"
    )


def test_a_folder_without_write_permission_is_told(config: Path, good: str, tmp_path: Path) -> None:
    """Root may write everywhere, so as root that right is given up first."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    before = ("setpriv", "--bounding-set", "-dac_override") if os.geteuid() == 0 else ()
    if before and subprocess.run([*before, "true"], check=False).returncode:
        pytest.skip("root cannot give up its rights here")
    said = gongbao("run", good, "--out", str(closed), config=config, before=before)
    one_sentence(said, "closed cannot be written (Permission denied)", "--out")
    assert list(closed.iterdir()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 KB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_and_what_fits_is_whole(config: Path, tmp_path: Path, small_disk: Path) -> None:
    """Nothing half-written remains, and with space the same command goes on."""
    sources = []
    for number in range(12):
        path = tmp_path / f"{number}.html"
        words = "".join(f"<p>第{n}号工程完成投资{number}.{n}亿元。{os.urandom(30).hex()}</p>" for n in range(300))
        path.write_text(GOOD.format(charset="utf-8").replace("</div>", f"{words}</div>"), encoding="utf-8")
        sources.append(str(path))
    said = gongbao("run", *sources, "--out", str(small_disk), config=config)
    assert said.status == 1
    assert said.lines
    assert "Traceback" not in said.err
    assert all(re.search(r"free space|No space left|full", line) for line in said.lines), said.err
    for path in (small_disk / "documents").glob("*"):
        json.loads(path.read_text("utf-8"))
        assert not path.name.startswith(".")


def test_a_database_that_is_down_is_told_without_its_password(config: Path, good: str) -> None:
    """The address is named, the password not."""
    address = f"postgresql+psycopg://gongbao:secret@127.0.0.1:{free_port()}/gongbao"
    for command in (("run", good), ("status",), ("export", "--format", "jsonl")):
        said = gongbao(*command, config=config, more={"GONGBAO_DATABASE_URL": address})
        line = one_sentence(said, "cannot be used", "GONGBAO_DATABASE_URL")
        assert "secret" not in line


def test_a_database_that_is_none_of_ours_or_damaged_is_told(config: Path, good: str, tmp_path: Path) -> None:
    """Nothing is started to mend it: the file is something else, so it is to be moved away."""
    kept = tmp_path / "kept"
    assert gongbao("run", good, "--out", str(kept), config=config).status == 0
    (words, foreign, damaged) = (tmp_path / name for name in ("words", "foreign", "damaged"))
    for folder in (words, foreign):
        folder.mkdir()
    (words / "gongbao.sqlite").write_text("Nothing that a database would say.\n" * 9, encoding="utf-8")
    with sqlite3.connect(foreign / "gongbao.sqlite") as made:
        made.execute("CREATE TABLE documents (name TEXT)")
    made.close()
    shutil.copytree(kept, damaged)
    whole = bytearray((damaged / "gongbao.sqlite").read_bytes())
    page = int.from_bytes(whole[16:18], "big")  # the first two pages have the schema
    whole[8 * page :] = b"Z" * len(whole[8 * page :])
    (damaged / "gongbao.sqlite").write_bytes(whole)
    for folder in (words, foreign, damaged):
        said = gongbao("run", good, "--out", str(folder), config=config)
        one_sentence(said, "gongbao.sqlite", "move it away")
    (tmp_path / "folder" / "gongbao.sqlite").mkdir(parents=True)
    said = gongbao("run", good, "--out", str(tmp_path / "folder"), config=config)
    one_sentence(said, "gongbao.sqlite", "make the file and its folder writable")


def test_a_database_that_another_program_holds_is_told(tmp_path: Path) -> None:
    """After the usual wait, which is short here, the sentence says what to end."""
    engine = open_database(f"sqlite:///{tmp_path}/held.sqlite", wait=0.1)
    with sqlite3.connect(tmp_path / "held.sqlite", isolation_level=None) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with (
            pytest.raises(Transient, match=r"held\.sqlite .*database is locked.*another program holds it"),
            transaction(engine),
        ):
            pass
        holder.execute("ROLLBACK")
    holder.close()
    with transaction(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM documents").scalar() == 0
    engine.dispose()


def test_a_broker_that_is_down_loses_nothing(config: Path) -> None:
    """The id is printed, the ledger keeps the document waiting, and the exit status tells."""
    url = "http://www.weijing.example/1.html"
    broker = {"GONGBAO_BROKER_URL": f"redis://:secret@127.0.0.1:{free_port()}/0"}
    said = gongbao("enqueue", url, config=config, more=broker)
    line = one_sentence(said, "broker", "waits in the ledger")
    assert "secret" not in line
    assert re.fullmatch(r"[0-9a-f]{32}\n", said.out)
    standing = gongbao("status", url, config=config)
    assert "state     waiting for fetch" in standing.out


def test_the_broker_takes_no_files(config: Path, good: str) -> None:
    """Workers on other machines do not see this disk; nothing is taken in."""
    said = gongbao("enqueue", good, config=config)
    one_sentence(said, "good.html", "http")
    assert gongbao("enqueue", config=config).status == 2


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "[fetch]\n",
            "[fetch]\nread_timeouts = 3\n",
            ("unknown key fetch.read_timeouts", "did you mean read_timeout?"),
        ),
        ("[fetch]\n", "[fetch\n", ("settings.toml is not valid TOML", "line")),
        (
            "visibility_timeout = 1800",
            "visibility_timeout = 60",
            ("broker.visibility_timeout (60 s) must be above twice",),
        ),
    ],
)
def test_settings_that_are_wrong_are_told_with_file_and_key(
    config: Path, good: str, old: str, new: str, words: tuple[str, ...]
) -> None:
    """A person mends a file, so the status is that of wrong usage."""
    path = config / "settings.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    said = gongbao("run", good, "--out", "out", config=config)
    one_sentence(said, "settings.toml", *words, status=2)


def test_a_malformed_source_file_holds_up_no_other(config: Path) -> None:
    """The file and the key are named; the good ones are listed."""
    shutil.copy(config / "sources" / "example.toml", config / "sources" / "bad.toml")
    with (config / "sources" / "bad.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[listings]]\nurls = "http://x.example/"\n')
    said = gongbao("sources", "list", config=config)
    one_sentence(said, "bad.toml", "unknown key listings.2.urls", "did you mean url?")
    assert "example" in said.out
    one_sentence(gongbao("sources", "check", "bad", config=config), "bad.toml", status=2)
    one_sentence(gongbao("sources", "show", "nowhere", config=config), "known: bad, example", status=2)


def test_a_settings_folder_that_is_not_there_is_told(tmp_path: Path, good: str) -> None:
    """The file that was looked for is named."""
    said = gongbao("run", good, config=tmp_path / "nowhere", cwd=tmp_path)
    one_sentence(said, "nowhere/settings.toml cannot be read", status=2)
