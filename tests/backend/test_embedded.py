"""The process: ready line, life tied to its parent, clean end, demo city at the first start."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from backend.settings import Settings, SettingsError, from_environment

ROOT = Path(__file__).parents[2]
WAIT_S = 30


def start(data: Path, *options: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "backend", "--embedded", "--data", str(data), *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )


def ready(process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    assert process.stdout is not None
    line: dict[str, Any] = json.loads(process.stdout.readline())
    return line


def end(process: "subprocess.Popen[bytes]") -> int:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    return process.wait(WAIT_S)


def get(port: int, path: str, **headers: str) -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{port}{path}", headers=headers, trust_env=False)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    data = tmp_path_factory.mktemp("demo")
    process = start(data, "--demo")
    yield data, ready(process)["port"]
    assert end(process) == 0


def test_the_ready_line_tells_port_and_pid(demo: tuple[Path, int]) -> None:
    body = get(demo[1], "/health").json()
    assert (body["status"], body["demo"], body["database"]) == ("ok", True, "sqlite")


def test_a_demo_backend_has_its_city_and_lets_its_people_in(demo: tuple[Path, int]) -> None:
    body = {"username": "dispatcher", "password": "tocc-demo", "seat": "席位1"}
    base = f"http://127.0.0.1:{demo[1]}"
    session = httpx.post(f"{base}/v1/sessions", json=body, trust_env=False).json()
    assert (session["user"]["role"], session["demo"]) == ("DISPATCHER", True)
    found = get(demo[1], "/v1/search?q=INC", Authorization=f"Bearer {session['access_token']}")
    assert len(found.json()["entities"]) == 50


def test_the_log_is_json_lines(demo: tuple[Path, int]) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{demo[1]}", trust_env=False) as http:
        for path in ("/v1/nothing", "/health"):  # the line of the first is written by then
            http.get(path)
    lines = (demo[0] / "logs" / "backend.log").read_text(encoding="utf-8").splitlines()
    requests = [line for line in map(json.loads, lines) if line["message"] == "request"]
    line = next(line for line in requests if line["path"] == "/v1/nothing")
    assert line["status"] == 404
    assert {"request_id", "ms", "level", "at"} <= set(line)


def test_it_keeps_its_data_and_ends_when_its_input_closes(tmp_path: Path) -> None:
    first = start(tmp_path)
    health = get(ready(first)["port"], "/health").json()
    assert end(first) == 0
    assert not (tmp_path / "backend.sqlite3-wal").exists()
    second = start(tmp_path)
    assert get(ready(second)["port"], "/health").json()["head"] == health["head"]
    assert end(second) == 0


def test_a_terminated_backend_leaves_a_clean_database(tmp_path: Path) -> None:
    process = start(tmp_path)
    ready(process)
    process.send_signal(signal.SIGTERM)
    assert end(process) == 0
    assert not (tmp_path / "backend.sqlite3-wal").exists()


def test_it_ends_although_a_stream_is_open(demo: tuple[Path, int], tmp_path: Path) -> None:
    process = start(demo[0], "--demo")
    port = ready(process)["port"]
    body = {"username": "dispatcher", "password": "tocc-demo", "seat": "席位1"}
    base = f"http://127.0.0.1:{port}"
    token = httpx.post(f"{base}/v1/sessions", json=body, trust_env=False).json()["access_token"]
    headers = {"Accept": "text/event-stream", "Authorization": f"Bearer {token}"}
    with httpx.stream("GET", f"{base}/v1/changes", headers=headers, trust_env=False) as response:
        lines = response.iter_lines()
        assert next(lines).startswith("event: ")
        assert process.stdin is not None
        process.stdin.close()
        assert sum(len(line) for line in lines) > 0  # up to the end, without an error
    assert process.wait(WAIT_S) == 0
    assert process.stdout is not None
    process.stdout.close()


PARENT = """
import subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE)
child.wait()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is a POSIX notion")
def test_it_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    options = ["-m", "backend", "--embedded", "--data", str(tmp_path)]
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, sys.executable, *options], stdout=subprocess.PIPE, cwd=ROOT
    )
    child = psutil.Process(ready(parent)["pid"])
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait(WAIT_S)
    until, pause = time.monotonic() + WAIT_S, threading.Event()
    while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < until
        pause.wait(0.02)
    assert parent.stdout is not None
    parent.stdout.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is a POSIX notion")
def test_what_was_answered_survives_kill_9(tmp_path: Path) -> None:
    from backend.context import open_context
    from backend.services.users import add_users
    from tests.backend.conftest import DISPATCHER, PASSWORD, REPORT, Seat, command, seat_of

    context = open_context(Settings(data_dir=tmp_path))
    add_users(context, [(DISPATCHER, PASSWORD)])
    context.close()
    keys: list[tuple[Any, Any]] = []
    for round_ in range(2):
        process = start(tmp_path)
        base = f"http://127.0.0.1:{ready(process)['port']}"
        with httpx.Client(base_url=base, trust_env=False) as http:
            seat: Seat = seat_of(http, DISPATCHER)
            for done, answer in keys:
                again = seat.ask("POST", "/v1/commands", done)
                assert (round_, again.json()) == (1, answer)
            body = command(DISPATCHER, "REPORT", f"case-{round_}", **REPORT)
            keys.append((body, seat.ask("POST", "/v1/commands", body).json()))
            process.kill()
        end(process)


def test_demo_accounts_never_listen_on_a_network(tmp_path: Path) -> None:
    for host in ("0.0.0.0", "192.168.1.7", "::"):
        with pytest.raises(SettingsError, match="published passwords"):
            Settings(data_dir=tmp_path, demo=True, host=host).checked()
    assert Settings(data_dir=tmp_path, demo=True).checked().demo
    done = subprocess.run(
        [sys.executable, "-m", "backend", "--demo", "--host", "0.0.0.0", "--data", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "refused on 0.0.0.0" in done.stderr


def test_every_setting_has_its_variable(tmp_path: Path) -> None:
    found = from_environment(
        tmp_path,
        {
            "TOCC_BACKEND_DATABASE_URL": "postgresql+psycopg://db/tocc",
            "TOCC_BACKEND_PORT": "8600",
            "TOCC_BACKEND_LOCK_MINUTES": "2.5",
            "TOCC_BACKEND_TIMERS": "no",
            "TOCC_BACKEND_DATA_DIR": str(tmp_path / "x"),
        },
    )
    assert (found.url, found.port, found.lock_minutes) == (
        "postgresql+psycopg://db/tocc",
        8600,
        2.5,
    )
    assert (found.timers, found.data_dir) == (False, tmp_path / "x")
    with pytest.raises(SettingsError, match="TOCC_BACKEND_PORT=many"):
        from_environment(tmp_path, {"TOCC_BACKEND_PORT": "many"})


def test_a_user_is_added_at_the_console(tmp_path: Path) -> None:
    def add(name: str, password: str, *options: str) -> int:
        command = [sys.executable, "-m", "backend", "--data", str(tmp_path), "--add-user", name]
        done = subprocess.run(
            [*command, *options], cwd=ROOT, input=password + "\n", text=True, check=False,
            capture_output=True,
        )  # fmt: skip
        return done.returncode

    assert add("chief", "short") == 2
    assert add("chief", "long-enough-26", "--role", "KING") == 2
    assert add("chief", "long-enough-26", "--role", "SHIFT_CHIEF") == 0
    process = start(tmp_path)
    base = f"http://127.0.0.1:{ready(process)['port']}"
    body = {"username": "chief", "password": "long-enough-26", "seat": "1"}
    answer = httpx.post(f"{base}/v1/sessions", json=body, trust_env=False)
    assert answer.json()["user"]["role"] == "SHIFT_CHIEF"
    end(process)
