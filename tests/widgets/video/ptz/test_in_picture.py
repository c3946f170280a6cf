"""The tile in hand steers its camera by mouse, wheel and keys while that is on, and only then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.camera import Health, PtzLink, PtzLock
from app.domain.ptz import Move
from app.services import Services
from app.video.address import Quality
from app.video.snapshot import Snapshot
from app.video.wall import Tile, Wall
from tests.support.fake_ptz import FakePtz
from tests.support.fake_services import NOW, put, running_services
from tests.support.fake_videos import TAKEN, FakePlayer
from tests.widgets.video.walls import camera, videos_of
from widgets.video.panel import VideoPanel
from widgets.video.ptz.photographer import WIDTH_PX, Photographer, develop

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
RANK = 3


@pytest.fixture
def services() -> Iterator[Services]:
    with running_services() as made:
        until = NOW + timedelta(seconds=60)
        lock = PtzLock(user_id="user-shift_chief", rank=RANK, until=until)
        moved = {"ptz": PtzLink.GATEWAY, "health": Health.ONLINE, "lock": lock}
        made.store.apply(put(camera(1, **moved), camera(2, **moved), camera(3)))
        yield made


@pytest.fixture
def panel(qtbot: QtBot, services: Services) -> VideoPanel:
    made = VideoPanel(services)
    qtbot.addWidget(made)
    made.resize(1400, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    tiles = tuple(Tile(camera=f"cam-{n}") for n in (1, 2, 3))
    made.keeper.show(Wall(layout="4", shown=4, tiles=tiles))
    made.keeper.take(0)
    made.view.setFocus()
    return made


def said(services: Services) -> list[Move | str]:
    """Moves and stops, repetitions left out."""
    assert isinstance(services.ptz, FakePtz)
    words = services.ptz.drivers[-1].said if services.ptz.drivers else []
    return [word for place, word in enumerate(words) if place == 0 or word != words[place - 1]]


def drag(panel: VideoPanel, start: QPoint, way: QPoint) -> None:
    QTest.mousePress(panel.view, LEFT, pos=start)
    at = QPointF(start + way)
    move = QMouseEvent(QMouseEvent.Type.MouseMove, at, panel.view.mapToGlobal(at), LEFT, LEFT, NONE)
    QApplication.sendEvent(panel.view, move)


def turn_wheel(panel: VideoPanel, at: QPoint) -> None:
    place, phase = QPointF(at), Qt.ScrollPhase.NoScrollPhase
    buttons = Qt.MouseButton.NoButton
    wheel = QWheelEvent(
        place, panel.view.mapToGlobal(place), QPoint(), QPoint(0, 120), buttons, NONE, phase, False
    )
    QApplication.sendEvent(panel.view, wheel)


def middle(panel: VideoPanel, index: int) -> QPoint:
    return panel.view.rect_of(index).center()


def test_arrows_change_tiles_until_it_is_on_and_then_steer(
    panel: VideoPanel, services: Services
) -> None:
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    assert panel.keeper.focus == 1
    QTest.keyClick(panel.view, Qt.Key.Key_Z)
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    assert panel.keeper.focus == 1
    assert said(services) == [Move(pan=0.5), "stop"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Z, Qt.Key.Key_Escape])
def test_the_keys_are_the_walls_again_afterwards(panel: VideoPanel, key: Qt.Key) -> None:
    QTest.keyClick(panel.view, Qt.Key.Key_Z)
    QTest.keyClick(panel.view, key)
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    assert panel.keeper.focus == 1
    assert not panel.in_picture.is_on


def test_a_drag_in_the_tile_turns_and_its_release_stops(
    panel: VideoPanel, services: Services
) -> None:
    QTest.keyClick(panel.view, Qt.Key.Key_Z)
    start = middle(panel, 0)
    drag(panel, start, QPoint(-120, 0))
    (word,) = said(services)
    assert isinstance(word, Move)
    assert word.pan < 0
    QTest.mouseRelease(panel.view, LEFT, pos=start)
    assert said(services)[-1] == "stop"


def test_a_drag_that_leaves_the_window_stops(panel: VideoPanel, services: Services) -> None:
    QTest.keyClick(panel.view, Qt.Key.Key_Z)
    drag(panel, middle(panel, 0), QPoint(0, 120))
    panel.cameras.setFocus()
    assert said(services)[-1] == "stop"


def test_the_wheel_zooms_the_tile_in_hand_alone(
    panel: VideoPanel, services: Services, qtbot: QtBot
) -> None:
    QTest.keyClick(panel.view, Qt.Key.Key_Z)
    turn_wheel(panel, middle(panel, 1))
    assert said(services) == []
    turn_wheel(panel, middle(panel, 0))
    qtbot.waitUntil(lambda: said(services) == [Move(zoom=0.5), "stop"], timeout=3000)


def test_another_tile_ends_it(panel: VideoPanel, services: Services) -> None:
    QTest.keyClick(panel.view, Qt.Key.Key_Z)
    QTest.mouseClick(panel.view, LEFT, pos=middle(panel, 1))
    assert panel.keeper.focus == 1
    assert not panel.in_picture.is_on


def test_a_camera_without_a_head_does_not_turn_it_on(panel: VideoPanel) -> None:
    panel.keeper.take(2)
    QTest.keyClick(panel.view, Qt.Key.Key_Z)
    assert not panel.in_picture.is_on


def test_a_head_that_is_taken_over_ends_it(panel: VideoPanel, services: Services) -> None:
    QTest.keyClick(panel.view, Qt.Key.Key_Z)
    known = services.store.server("camera", "cam-1")
    assert known is not None
    lock = replace(known.lock, user_id="user-duty_leader", rank=9, taken_from="user-shift_chief")
    services.store.apply(put(replace(known, version=2, lock=lock)))
    assert not panel.in_picture.is_on


# the picture of a preset


def frame(width: int = 704, height: int = 576) -> Snapshot:
    pixels = np.full((height, width, 4), (30, 60, 90, 255), np.uint8)
    return Snapshot(
        pixels=pixels, taken_at=TAKEN, pts_s=1.0, quality=Quality.SUB, device_id="", channel="",
        demo=True,
    )  # fmt: skip


class Showing(FakePlayer):
    def snapshot(self, done: Callable[[Snapshot | None], None]) -> None:
        done(frame())


def test_a_preset_gets_a_small_picture_of_what_the_tile_shows(
    services: Services, qtbot: QtBot
) -> None:
    photographer = Photographer(services, lambda: Showing("cam-1", ""))
    taken: list[str] = []
    photographer(taken.append)
    qtbot.waitUntil(lambda: taken == ["0" * 64], timeout=5000)


def test_a_tile_without_a_stream_or_a_frame_gives_no_picture(
    services: Services, panel: VideoPanel, qtbot: QtBot
) -> None:
    taken: list[str] = []
    Photographer(services, lambda: None)(taken.append)
    assert taken == [""]
    silent = Photographer(services, lambda: videos_of(services).of("cam-1"))
    silent(taken.append)
    qtbot.waitUntil(lambda: taken == ["", ""], timeout=5000)


@pytest.mark.parametrize(("width", "kept"), [(1920, WIDTH_PX), (352, 352)])
def test_the_picture_is_small_and_has_the_colours_of_the_stream(width: int, kept: int) -> None:
    path = develop(frame(width, width * 9 // 16))
    try:
        image = QImage(str(path))
        assert image.width() == kept
        colour = image.pixelColor(10, 10)
        wanted = (90, 60, 30)
        assert (colour.red(), colour.green(), colour.blue()) == pytest.approx(wanted, abs=4)
        assert Path(path).stat().st_size < 60_000
    finally:
        path.unlink()
