"""How often pictures are drawn while things move."""

import math
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from maps.pulse import Pulse


class Watch:
    """A clock for the time that pictures take."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr("maps.pulse.time.monotonic", watch)
    return watch


@pytest.fixture
def pulse(qtbot: QtBot, watch: Watch) -> Iterator[Pulse]:
    parent = QObject()
    yield Pulse(parent)
    parent.deleteLater()


def wait_after(pulse: Pulse, watch: Watch, took: float, true_for: float = 0.0) -> int:
    """Milliseconds from a picture that took so long to the next request."""
    pulse.asked()
    watch.at += took
    pulse.arrived(true_for)
    return pulse._timer.remainingTime() if pulse._timer.isActive() else -1


def test_quick_pictures_come_about_twelve_times_a_second(pulse: Pulse, watch: Watch) -> None:
    assert 60 <= wait_after(pulse, watch, took=0.02) <= 66


def test_slow_pictures_leave_time_to_others(pulse: Pulse, watch: Watch) -> None:
    assert 45 <= wait_after(pulse, watch, took=0.5) <= 51


def test_a_picture_that_stays_true_is_not_drawn_again_before(pulse: Pulse, watch: Watch) -> None:
    assert 2_900 <= wait_after(pulse, watch, took=0.02, true_for=3.0) <= 3_001
    assert wait_after(pulse, watch, took=0.02, true_for=3_000.0) <= 5_001, "the clock may be set"
    assert wait_after(pulse, watch, took=0.02, true_for=math.inf) == -1


def test_after_a_stop_nothing_beats(qtbot: QtBot, pulse: Pulse, watch: Watch) -> None:
    wait_after(pulse, watch, took=0.02)
    pulse.stop()
    with qtbot.assertNotEmitted(pulse.beat, wait=150):
        pass
