"""The servers of this session, and deployments that use them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import missing
from tests.deployment import HASTY, Deployment, deployment
from tests.servers import (
    Site,
    new_database,
    postgres_programs,
    postgres_server,
    redis_server,
    s3_server,
    valkey_program,
    web_site,
)

_numbers = count()


@pytest.fixture(scope="session", params=["valkey", "redis"])
def broker_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """valkey from its wheel always; a real redis-server where there is one."""
    program = valkey_program() if request.param == "valkey" else shutil.which("redis-server")
    if program is None:
        missing("redis-server")
    with redis_server(str(program), tmp_path_factory.mktemp(request.param)) as address:
        yield address


@pytest.fixture
def broker(broker_server: str) -> str:
    """Another database number of the server for each test."""
    return _numbered(broker_server)


@pytest.fixture(scope="session")
def one_broker_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """For tests that mostly wait, and whose subject is not the server: Redis where there is one, else valkey."""
    program = shutil.which("redis-server") or valkey_program()
    with redis_server(program, tmp_path_factory.mktemp("one")) as address:
        yield address


@pytest.fixture
def one_broker(one_broker_server: str) -> str:
    """Another database number of the server for each test."""
    return _numbered(one_broker_server)


def _numbered(server: str) -> str:
    return f"{server.rpartition('/')[0]}/{next(_numbers) % 16}"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server."""
    programs = postgres_programs()
    if programs is None:
        missing("PostgreSQL")
    assert programs is not None
    with postgres_server(programs, tmp_path_factory.mktemp("postgres")) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/gongbao.sqlite"
    return new_database(request.getfixturevalue("postgres"))


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An S3 server with a bucket ``gongbao``."""
    with s3_server(tmp_path_factory.mktemp("s3")) as address:
        yield address


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site of the test's own."""
    with web_site() as one:
        yield one


Deploy = Callable[..., Deployment]


@pytest.fixture
def deploy(tmp_path: Path, broker: str) -> Iterator[Deploy]:
    """Makes a deployment on each kind of broker; ended with the test."""
    yield from _deploying(tmp_path, broker)


@pytest.fixture
def deploy_once(tmp_path: Path, one_broker: str) -> Iterator[Deploy]:
    """Makes a deployment on one broker; ended with the test."""
    yield from _deploying(tmp_path, one_broker)


def _deploying(folder: Path, broker: str) -> Iterator[Deploy]:
    with ExitStack() as stack:

        def make(database: str | None = None, changes: dict[str, dict[str, Any]] | None = None) -> Deployment:
            merged = {
                name: {**HASTY.get(name, {}), **(changes or {}).get(name, {})} for name in {*HASTY, *(changes or {})}
            }
            return stack.enter_context(deployment(folder, broker, database, merged))

        yield make
