"""Who may sit down at a demo is read beside the screen, not by it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app import session as module
from app.clock import Clock
from app.domain.rules import load_rules
from app.feed import Feed
from app.paths import SeatFolder
from app.session import Session
from app.store import Store
from app.tasks import TaskRunner


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.shutdown()


def new_session(folder: Path, tasks: TaskRunner, *, demo: bool) -> Session:
    nothing: Any = None
    clock = Clock()
    store = Store(load_rules(), clock)
    return Session(
        nothing, SeatFolder(folder), Feed(store, tasks), store, clock, demo=demo,
        wait_for_backend=lambda seconds: True, calm=threading.Event(),
        fetch_belongings=lambda user: lambda: None,
    )  # fmt: skip


def test_the_seats_of_a_demo_are_read_in_a_worker_and_told_when_they_are_there(
    tmp_path: Path, tasks: TaskRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[threading.Thread] = []
    read = module._demo_people

    def noted() -> dict[str, Any]:
        readers.append(threading.current_thread())
        return read()

    monkeypatch.setattr(module, "_demo_people", noted)
    session = new_session(tmp_path, tasks, demo=True)
    qtbot.waitUntil(lambda: bool(session.demo_accounts()))
    assert {user.username for user in session.demo_accounts()} >= {"dispatcher", "shift_chief"}
    assert all(user.demo for user in session.demo_accounts())
    assert threading.main_thread() not in readers
    session.shutdown()


def test_a_desk_without_the_demo_offers_nobody(tmp_path: Path, tasks: TaskRunner) -> None:
    session = new_session(tmp_path, tasks, demo=False)
    session.shutdown()
    assert session.demo_accounts() == []
