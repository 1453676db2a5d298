"""The command line as a whole: help, version, wrong usage, interruption."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from schemas import CONTRACTS
from tests.command_line import ROOT, config_folder, gongbao
from tests.servers import until, web_site

COMMANDS = ("run", "enqueue", "status", "dead", "replay", "export", "sources", "report", "trace", "schema")


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return config_folder(tmp_path_factory.mktemp("usage"), read_timeout="30.0", total_timeout="60.0")


def test_help_names_every_command_and_imports_nothing_heavy(config: Path) -> None:
    """Help answers at once."""
    said = gongbao("--help", config=config)
    assert said.status == 0
    assert all(f" {command} " in said.out for command in COMMANDS)
    heavy = {"celery", "sqlalchemy", "lxml", "jieba", "pyarrow"}
    code = f"import sys, workers.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(config: Path, command: str) -> None:
    """What a command takes is shown by a line that works."""
    said = gongbao(command, "-h", config=config)
    assert said.status == 0
    assert f"gongbao {command}" in said.out.split("Examples:")[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("walk",), "No such command 'walk'"),
        (("run",), "Missing argument"),
        (("run", "x", "--nowhere"), "No such option: --nowhere"),
        (("export", "--format", "docx"), "'docx' is not one of"),
        (("replay",), "Missing option '--from'"),
        (("replay", "--from", "boil"), "there is no stage boil; the stages are fetch, clean"),
        (("export", "--format", "csv", "--kind", "poem"), "there is no kind poem; the kinds are"),
        (("schema", "poem/1"), "there is no contract poem/1; known: document/1"),
        (("status", "--out", "nowhere"), "nowhere holds no gongbao.sqlite; make one with: gongbao run"),
        (("dead", "--out", "out", "list"), "--out belongs behind the word"),
    ],
)
def test_wrong_usage_is_one_sentence_and_status_two(config: Path, arguments: tuple[str, ...], words: str) -> None:
    """Nothing is done, and the sentence tells what would be right."""
    said = gongbao(*arguments, config=config)
    assert said.status == 2
    (line,) = said.lines
    assert words in line


def test_the_version_is_told(config: Path) -> None:
    """One line."""
    assert gongbao("--version", config=config).out.startswith("gongbao ")


def test_the_schemas_are_printed(config: Path) -> None:
    """All by name, one alone, or all in one object."""
    assert gongbao("schema", "--list", config=config).out.split() == [kind.CONTRACT for kind in CONTRACTS]
    assert '"document/1"' in gongbao("schema", "document/1", config=config).out
    assert '"failure/1": {' in gongbao("schema", config=config).out


@pytest.mark.parametrize(
    ("words", "place", "wanted"),
    [
        ("gongbao re", "1", {"replay", "report"}),
        ("gongbao replay --from ", "3", {"fetch", "clean", "normalise", "segment", "extract", "emit"}),
        ("gongbao dead ", "2", {"list", "show", "retry"}),
    ],
)
def test_a_shell_completes_commands_and_stages(config: Path, words: str, place: str, wanted: set[str]) -> None:
    """What bash asks for when the tab key is pressed."""
    asked = {"_GONGBAO_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": place}
    assert wanted <= set(gongbao(config=config, more=asked).out.split())


def test_ctrl_c_stops_at_once_and_loses_nothing(config: Path) -> None:
    """A silent server holds nobody back; the document waits, and no start counts against it."""
    with web_site() as site:
        site.pages["/silent"] = lambda: (time.sleep(60), (200, {}, b"x"))[1]
        environment = {**os.environ, "GONGBAO_CONFIG": str(config), "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(
            # tests that run in the background have the signal ignored, and hand that down
            [
                "env",
                "--default-signal=INT",
                sys.executable,
                "-m",
                "workers.cli",
                "run",
                site.url("/silent"),
                "--out",
                "out",
            ],
            cwd=config.parent,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        try:
            until(lambda: site.asked, "the page is asked for", 20)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=20)
        finally:
            process.kill()
        assert process.returncode == 130
        assert err.decode("utf-8").count("\n") == 1
        assert "stopped" in err.decode("utf-8")
        standing = gongbao("status", site.url("/silent"), "--out", "out", config=config)
        assert "state     waiting for fetch" in standing.out
        site.pages["/silent"] = "<p>苇泾镇2022年完成规上工业总产值213.6亿元，增长7.2%。</p>"
        assert gongbao("run", site.url("/silent"), "--out", "out", config=config).status == 0
