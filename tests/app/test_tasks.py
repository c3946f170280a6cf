"""Work in the pool, and who holds what meanwhile."""

from __future__ import annotations

import threading
import weakref

import pytest
from pytestqt.qtbot import QtBot

from app.held import Held
from app.tasks import TaskRunner


class Listener:
    """Stands for a widget: it must not end on a worker."""

    def __init__(self) -> None:
        self.heard: list[int] = []

    def hear(self, result: int) -> None:
        self.heard.append(result)


def test_what_is_held_is_given_back_once() -> None:
    held = Held[str]()
    ticket = held.keep("a")
    assert ticket
    assert held.see(ticket) == "a"
    assert held.take(ticket) == "a"
    assert held.take(ticket) is None
    held.drop(ticket)
    assert held.see(0) is None


def test_the_listener_s_last_word_is_on_the_gui_thread(qtbot: QtBot) -> None:
    runner, listener = TaskRunner(), Listener()
    ended: list[str] = []
    weakref.finalize(listener, lambda: ended.append(threading.current_thread().name))
    begin = threading.Event()
    runner.run(lambda: int(begin.wait(5)), done=listener.hear)
    del listener
    begin.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [threading.main_thread().name]
    runner.shutdown()


def test_after_its_end_the_pool_takes_no_more_work(qtbot: QtBot) -> None:
    runner = TaskRunner()
    runner.shutdown()
    asked: list[int] = []
    runner.run(lambda: asked.append(1))
    assert asked == []


def test_a_failure_nobody_asked_about_is_logged(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("app.tasks.log.error", lambda text, **_: said.append(text))
    runner = TaskRunner()
    runner.run(lambda: 1 // 0)
    qtbot.waitUntil(lambda: said == ["a background task failed"])
    runner.shutdown()
