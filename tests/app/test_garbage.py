from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from typing import ClassVar
from weakref import WeakSet

import pytest
from pytestqt.qtbot import QtBot

from app.garbage import Collector


class Knot:
    """Refers to itself: only the collector takes it away. `ended` notes the thread."""

    ended: ClassVar[list[int]] = []
    known: ClassVar[WeakSet[Knot]] = WeakSet()

    def __init__(self) -> None:
        self.me = self
        Knot.known.add(self)

    def __del__(self) -> None:
        Knot.ended.append(threading.get_ident())


@pytest.fixture(autouse=True)
def collector(qtbot: QtBot) -> Iterator[Collector]:
    Knot.ended.clear()
    made = Collector()
    made.start()
    yield made
    made.shutdown()
    gc.collect()


def test_no_thread_collects_by_allocating() -> None:
    Knot()
    busy = threading.Thread(target=lambda: [[n] for n in range(200_000)])
    busy.start()
    busy.join()
    assert len(Knot.known) == 1


def test_a_knot_that_a_worker_left_ends_on_the_gui_thread(qtbot: QtBot) -> None:
    worker = threading.Thread(target=Knot)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: len(Knot.ended) == 1)
    assert Knot.ended == [threading.get_ident()]


def test_a_load_is_frozen_when_it_has_ended_and_still_goes_with_its_last_user(
    collector: Collector, qtbot: QtBot
) -> None:
    before = gc.get_freeze_count()
    load = [[number] for number in range(3 * Collector.LOAD)]
    qtbot.waitUntil(lambda: gc.get_freeze_count() >= before + len(load))
    frozen = gc.get_freeze_count()
    load.clear()
    assert gc.get_freeze_count() <= frozen - 3 * Collector.LOAD


def test_what_lived_too_long_to_be_young_is_found_in_the_end(
    collector: Collector, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Collector, "ALL_EVERY", 2)
    old = Knot()
    gc.collect(0)
    gc.collect(1)
    del old
    qtbot.waitUntil(lambda: len(Knot.ended) == 1)


def test_after_the_desk_python_collects_by_itself_again(collector: Collector) -> None:
    collector.shutdown()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
