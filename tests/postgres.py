"""A private PostgreSQL of the test run, and one fresh database per test on either engine."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.screen import tied_to_parent

SETTINGS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=60",
    "shared_buffers=64MB",
    # nothing here needs to outlive a power cut
    "fsync=off",
    "full_page_writes=off",
)


class Server:
    """One `postgres` process with its own data folder, run as an ordinary user."""

    def __init__(self) -> None:
        self._binaries = _binaries()
        self._folder = Path(tempfile.mkdtemp(prefix="tocc-postgres-"))
        self._folder.chmod(0o755)
        self._prefix = [*tied_to_parent("INT"), *_as_ordinary_user(self._folder)]
        self.port = _free_port()
        self._run(
            "initdb", "-D", "data", "-U", "tocc", "-A", "trust", "--locale=C.UTF-8", "-E=UTF8"
        )
        options = [part for setting in SETTINGS for part in ("-c", setting)]
        self._process = self._start("postgres", "-D", "data", "-p", str(self.port), *options)
        self._wait_until_ready()

    @property
    def pid(self) -> int:
        return self._process.pid

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://tocc@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        with psycopg.connect(self._conninfo(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)  # fast shutdown, open connections are cut
        self._process.wait(30)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _conninfo(self) -> str:
        return f"host=127.0.0.1 port={self.port} user=tocc dbname=postgres connect_timeout=5"

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                [*self._prefix, str(self._binaries / program), *arguments],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            )

    def _run(self, program: str, *arguments: str) -> None:
        if self._start(program, *arguments).wait(60):
            raise RuntimeError(f"{program} failed:\n{self._log()}")

    def _wait_until_ready(self) -> None:
        pause, end = threading.Event(), time.monotonic() + 60
        while time.monotonic() < end and self._process.poll() is None:
            try:
                psycopg.connect(self._conninfo()).close()
            except psycopg.OperationalError:
                pause.wait(0.05)
            else:
                return
        raise RuntimeError(f"PostgreSQL did not come up:\n{self._log()}")

    def _log(self) -> str:
        return (self._folder / "log").read_text(errors="replace")


def _binaries() -> Path:
    """Folder of the newest server binaries."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if found:
        return found[-1]
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    if sys.platform.startswith("linux"):
        pytest.fail("no PostgreSQL here; `make test` installs it", pytrace=False)
    pytest.skip("no PostgreSQL server binaries on this machine")


def _as_ordinary_user(folder: Path) -> list[str]:
    """Options for setpriv: PostgreSQL refuses root, so `nobody` gets the folder and starts it."""
    if os.geteuid() != 0:
        return []
    import pwd

    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return [f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_url(postgres: Server) -> str:
    """SQLAlchemy URL of the private server's maintenance database."""
    return postgres.url()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """SQLAlchemy URL of an empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'backend.sqlite3'}"
        return
    server: Server = request.getfixturevalue("postgres")
    name = f"t_{uuid.uuid4().hex}"
    server.execute(f'CREATE DATABASE "{name}"')
    yield server.url(name)
    server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
