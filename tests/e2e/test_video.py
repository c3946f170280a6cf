"""The video wall of a whole desk against a demo backend: it moves, and never looks live when dead."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera, Health
from app.video.states import StreamState
from tests.e2e.hands import LONG, OpenDesk, StartBackend, sign_in
from tests.support.handbook import DISPATCHER, fixture, on_g25
from tests.support.line import Line
from widgets.tour.driver import Desk
from widgets.video.panel import VideoPanel
from widgets.video.words import TileWords

CAMERAS = tuple(
    Camera(
        id=f"camera-{number}",
        code=f"1201160000131000000{number}",  # of the demo city, which has their scenes
        name=f"CAM-{number}",
        place=on_g25(1_100_000.0 + 500 * number, "up"),
        health=Health.ONLINE,
        streams=("sub",),
        demo=True,
    )
    for number in range(1, 5)
)
OFF = Camera(
    id="camera-off", code="12011600001310000005", name="CAM-OFF", place=on_g25(1_103_000.0, "down"),
    health=Health.OFFLINE, streams=("sub",), demo=True,
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_the_wall_moves_says_that_the_backend_died_and_comes_back(
    qtbot: QtBot, start_backend: StartBackend, line: Line, open_desk: OpenDesk
) -> None:
    backend = start_backend([*fixture(), *CAMERAS, OFF], TOCC_BACKEND_DEMO="1")
    line.lead_to(backend.url)
    desk = open_desk(line)
    sign_in(qtbot, desk, DISPATCHER)
    panel = wall(qtbot, desk)
    alive = range(len(CAMERAS))

    qtbot.waitUntil(lambda: all(is_live(panel, tile) for tile in alive), timeout=LONG)
    assert all(words(panel, tile).demo for tile in alive)
    assert not is_live(panel, len(CAMERAS))
    before = [pixels(panel, tile) for tile in alive]
    assert all(picture.std() > 5 for picture in before), "a picture is more than one colour"
    qtbot.waitUntil(
        lambda: all(moved(before[tile], pixels(panel, tile)) for tile in alive), timeout=LONG
    )

    backend.kill()
    qtbot.waitUntil(lambda: not any(is_live(panel, tile) for tile in alive), timeout=LONG)
    for tile in alive:
        assert words(panel, tile).state
        assert words(panel, tile).tone != "good"
        player = panel.view.player_of(tile)
        assert player is not None and player.status.state is not StreamState.PLAYING

    backend.start()
    line.lead_to(backend.url)
    qtbot.waitUntil(lambda: all(is_live(panel, tile) for tile in alive), timeout=LONG)


def wall(qtbot: QtBot, desk: Desk) -> VideoPanel:
    """Four tiles and one of a camera that is off."""
    shown = (*CAMERAS, OFF)
    known = desk.services.store
    qtbot.waitUntil(lambda: all(known.get("camera", c.id) for c in shown), timeout=LONG)
    desk.window.show_layout("video")
    qtbot.waitUntil(lambda: desk.find(VideoPanel) is not None, timeout=LONG)
    panel = desk.find(VideoPanel)
    assert panel is not None
    panel.keeper.divide("9")
    for camera in shown:
        panel.put(camera.id)
    return panel


def words(panel: VideoPanel, tile: int) -> TileWords:
    found = panel.view.words_of(tile)
    assert found is not None
    return found


def is_live(panel: VideoPanel, tile: int) -> bool:
    return words(panel, tile).live


def pixels(panel: VideoPanel, tile: int) -> npt.NDArray[np.int16]:
    """The middle of a tile as it is on the screen, without its words."""
    picture = panel.view.picture_of(tile).toImage().convertToFormat(QImage.Format.Format_RGB32)
    whole = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), -1)
    high, wide = whole.shape
    return whole[high // 4 : high * 3 // 4, wide // 4 : wide * 3 // 4].astype(np.int16)


def moved(before: npt.NDArray[np.int16], now: npt.NDArray[np.int16]) -> bool:
    return bool((np.abs(now - before) > 20).mean() > 0.001)
