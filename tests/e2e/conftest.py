"""A whole desk per test: backend process, line, seat, window. Nothing here is a stand-in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.bootstrap import shutdown, start
from app.domain.people import User
from app.link import LinkState
from app.services import Services
from app.settings import Settings
from backend.services import sessions
from tests.e2e.hands import (
    OpenDesk,
    OpenSeat,
    ServerAt,
    StartBackend,
    enter,
    wait_known,
    wait_link,
)
from tests.e2e.night import OTHER, night_shift
from tests.support.backend_process import BackendProcess
from tests.support.handbook import DISPATCHER, PEOPLE
from tests.support.line import Line
from tests.support.remote_seat import RemoteSeat
from tests.support.server import Server
from widgets.tour.driver import Desk
from widgets.window import MainWindow


@pytest.fixture
def start_backend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., BackendProcess]]:
    """`start_backend(entities, at=…, database_url=…, NAME="…")`: seeded, running, in time."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(sessions, "hasher", lambda: cheap)  # of the seed; the file keeps its costs
    started: list[BackendProcess] = []

    def start_one(
        entities: Iterable[Any],
        at: datetime | None = None,
        database_url: str = "",
        extra_users: Iterable[User] = (),
        **environment: str,
    ) -> BackendProcess:
        data = tmp_path / f"backend-{len(started)}"
        process = BackendProcess(data, database_url, at, **environment)
        process.seed(entities, (*PEOPLE, *extra_users))
        process.start()
        started.append(process)
        return process

    yield start_one
    for process in started:
        process.close()


@pytest.fixture
def line() -> Iterator[Line]:
    """The line between seat and backend."""
    made = Line()
    yield made
    made.close()


@pytest.fixture
def server_at() -> Iterator[Callable[[str], Server]]:
    """`server_at(url)`: the server past the line."""
    made: list[Server] = []

    def look(url: str) -> Server:
        made.append(Server(url))
        return made[-1]

    yield look
    for server in made:
        server.close()


@pytest.fixture
def open_seat(qapp: QApplication, tmp_path: Path) -> Iterator[OpenSeat]:
    """`open_seat(url)`: the services of a seat without a window; `shut(services)` ends one."""
    seats = Seats(tmp_path / "seat")
    yield seats.open
    seats.close_all()


@pytest.fixture
def remote_seat(tmp_path: Path, line: Line) -> Iterator[Callable[[], RemoteSeat]]:
    """`remote_seat()`: a seat in another process on the data of `open_seat`."""
    seats: list[RemoteSeat] = []

    def open_one() -> RemoteSeat:
        seats.append(RemoteSeat(line.url, tmp_path / "seat"))
        return seats[-1]

    yield open_one
    for seat in seats:
        seat.close()


@pytest.fixture
def open_desk(qtbot: QtBot, open_seat: OpenSeat) -> Iterator[OpenDesk]:
    """`open_desk(line)`: the real window over the services of a seat."""
    desks: list[Desk] = []

    def open_one(line: Line, **settings: Any) -> Desk:
        services = open_seat(line.url, **settings)
        window = MainWindow(services, "0.1.0")
        window.resize(1920, 1080)
        window.move(0, 0)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        desks.append(Desk(window, services, line))
        return desks[-1]

    yield open_one
    for desk in desks:
        if isValid(desk.window):
            close_window(desk)


@pytest.fixture
def night(start_backend: StartBackend, line: Line) -> BackendProcess:
    """The backend of story S9 at 02:09, at the end of the line."""
    return night_shift(start_backend, line)


@pytest.fixture
def night_server(night: BackendProcess, server_at: ServerAt) -> Server:
    return server_at(night.url)


@pytest.fixture
def night_seat(qtbot: QtBot, night: BackendProcess, line: Line, open_seat: OpenSeat) -> Services:
    """A seat without a window; the dispatcher has signed in and sees the cases."""
    services = open_seat(line.url)
    assert enter(qtbot, services, DISPATCHER) is None
    wait_link(qtbot, services, LinkState.LIVE)
    wait_known(qtbot, services, "incident", OTHER.id)
    return services


class Seats:
    """Running services, each ended once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[Services] = []

    def open(self, url: str | None, **more: Any) -> Services:
        given: dict[str, Any] = {"data_dir": self._folder, "demo": False, "seat": "A-03", **more}
        services = start(Settings(backend_url=url, **given))
        self._running.append(services)
        return services

    def close_all(self) -> None:
        for services in self._running:
            shut(services)


def shut(services: Services) -> None:
    """End a seat; what it says afterwards nobody hears."""
    engine = services.engine
    assert engine is not None
    if engine.lock.isLocked():
        shutdown(services)


def close_window(desk: Desk) -> None:
    desk.window.close()
    desk.window.deleteLater()
    shut(desk.services)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
