"""docker-compose.yml: no engine runs here, so what it would start is started by hand, word for word."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.deployment import Deployment
from tests.integration.test_chain import PAGE
from tests.integration.test_watching import probe
from tests.servers import ROOT, STARTED, Site, compose, free_port, new_database

SERVICES: dict[str, Any] = compose()["services"]
OURS = ("worker-fetch", "worker-text", "beat", "flower")


@pytest.mark.broker
@pytest.mark.postgres
def test_every_command_line_starts_for_real_and_every_health_check_is_content(
    deploy_once: Callable[..., Deployment], site: Site, postgres: str
) -> None:
    """redis and postgres by the fixtures, with another place; all else here, and a page goes through."""
    whole = deploy_once(database=new_database(postgres))
    port = free_port()
    whole.environment["FLOWER_BASIC_AUTH"] = "operator:tests-know-it"
    running = {
        "worker-fetch": whole.start("worker-fetch"),
        "worker-text": whole.start("worker-text"),
        "beat": whole.start("beat"),
        "flower": whole.start(
            "flower", instead={"--port=5555": f"--port={port}", "--address=0.0.0.0": "--address=127.0.0.1"}
        ),
    }
    site.pages["/a.html"] = PAGE.format(year=2025, more="")
    whole.enqueue(site.url("/a.html"))
    found = whole.ends(site.url("/a.html"))
    assert found.state == "done", found.message
    running["beat"].says("Starting")
    running["flower"].says("Visit me at")
    for service in OURS:
        more = ["--url", f"http://127.0.0.1:{port}"] if service == "flower" else []
        said = probe(whole, service, *more)
        assert (service, said.returncode, said.stderr) == (service, 0, "")
    assert {service: command for service, command in STARTED.items() if service in SERVICES} == {
        service: block["command"] for service, block in SERVICES.items()
    }
    for one in running.values():
        assert one.process.poll() is None, one.said()


def test_there_is_no_password_that_works_by_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    secrets = ("REDIS_PASSWORD", "POSTGRES_PASSWORD", "FLOWER_BASIC_AUTH")
    for name in secrets:
        used = re.findall(r"\$\{" + name + r"([^}]*)\}", text)
        assert used
        assert all(after.startswith(":?") for after in used), f"{name} empty or missing must be refused"
    example = (ROOT / "config" / "compose.env.example").read_text(encoding="utf-8")
    given = dict(line.split("=", 1) for line in example.splitlines() if line and not line.startswith("#"))
    assert given == dict.fromkeys(secrets, "")
    for block in SERVICES.values():
        assert "env_file" not in block
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert ".env" in ignored


def test_nothing_is_shown_to_the_world() -> None:
    published = {service: block["ports"] for service, block in SERVICES.items() if "ports" in block}
    assert published == {"flower": ["127.0.0.1:5555:5555"]}


def test_redis_keeps_what_it_is_given_and_refuses_rather_than_forgets() -> None:
    command = SERVICES["redis"]["command"]
    options = dict(zip(command[1::2], command[2::2], strict=True))
    assert options["--appendonly"] == "yes"
    assert options["--maxmemory-policy"] == "noeviction"
    assert options["--requirepass"].startswith("${REDIS_PASSWORD:?")


def test_every_service_has_a_health_check_that_does_more_than_ping() -> None:
    for service, block in SERVICES.items():
        words = block["healthcheck"]["test"]
        assert "ping" not in " ".join(words)
        assert words[0] in ("CMD", "CMD-SHELL")
        if service in OURS:
            assert words[1:4] == ["python", "-m", "workers.probe"]
    for service in ("worker-fetch", "worker-text"):
        options = dict(word[2:].split("=", 1) for word in SERVICES[service]["command"] if "=" in word)
        checked = dict(word[2:].split("=", 1) for word in SERVICES[service]["healthcheck"]["test"] if "=" in word)
        assert checked["name"] == options["hostname"]
        assert checked["queues"] == options["queues"]


def test_all_queues_are_read_gossip_and_mingle_are_off_and_limits_hold() -> None:
    from workers.settings import Stages, read_settings

    settings = read_settings(ROOT / "config", {})
    read: list[str] = []
    for service in ("worker-fetch", "worker-text"):
        command = SERVICES[service]["command"]
        assert {"--without-gossip", "--without-mingle"} <= set(command)
        read += next(word for word in command if word.startswith("--queues=")).removeprefix("--queues=").split(",")
        grace = int(SERVICES[service]["stop_grace_period"].removesuffix("s"))
        assert grace > settings.workers.soft_shutdown_timeout + 10
    assert sorted(read) == sorted({settings.stages.of(name).queue for name in Stages.model_fields})


def test_the_image_is_not_root_and_has_what_a_stop_needs() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users
    assert users[-1] not in ("root", "0")
    assert any("REMAP_SIGTERM=SIGQUIT" in line for line in lines)
    for block in (SERVICES[service] for service in OURS):
        assert block["init"] is True
        assert block["read_only"] is True
        assert block["cap_drop"] == ["ALL"]
        assert "user" not in block


def test_the_build_has_all_that_the_dockerfile_copies_and_nothing_secret() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    wanted = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in shlex.split(line)[1:-1]
    ]
    let_in = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert set(wanted) == set(let_in)
    assert not [name for name in wanted if Path(name).name.startswith(".env")]
