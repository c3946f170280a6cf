from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from maps.render.thread import end_ahead, render_thread, start_ahead


def _drawing() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "map-render"]


def test_the_first_map_takes_the_thread_that_runs_already(qtbot: QtBot) -> None:
    start_ahead()
    (running,) = _drawing()
    first, second = render_thread(), render_thread()
    assert _drawing() == [running]
    first.close()
    assert not _drawing()
    second.close()


def test_a_thread_that_no_map_has_taken_ends_with_the_desk(qtbot: QtBot) -> None:
    start_ahead()
    end_ahead()
    assert not _drawing()
    end_ahead()
