"""What stands beside the wall, in a whole desk against a demo backend with its real streams."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera, FaultKind, Health
from app.domain.people import User
from app.domain.roles import Role
from app.video.tour import Tour
from tests.e2e.hands import LONG, OpenDesk, StartBackend, sign_in, wait_known
from tests.support.handbook import fixture, on_g25
from tests.support.line import Line
from tests.support.mouse import hover
from widgets.tour.driver import Desk
from widgets.video.health.panel import HealthPanel
from widgets.video.health.row import LOSS, SEEN, UNKNOWN
from widgets.video.panel import VideoPanel

WATCHER = User(
    id="id-watch", username="watch", name="李强", role=Role.VIDEO_OP, org_id="tocc", all_orgs=True
)
CAMERAS = tuple(
    Camera(
        id=f"camera-{number}",
        code=f"1201160000131000000{number}",  # of the demo city, which has their scenes
        name=f"CAM-{number}",
        place=on_g25(1_100_000.0 + 500 * number, "up"),
        health=Health.ONLINE if number < 4 else Health.OFFLINE,
        streams=("sub",),
        demo=True,
    )
    for number in range(1, 5)
)
TOUR = Tour(id="tour", name="Tour", cameras=("camera-2", "camera-4", "camera-3"), dwell_s=5.0)


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_camera_is_found_looked_at_toured_and_reported(
    qtbot: QtBot, start_backend: StartBackend, line: Line, open_desk: OpenDesk
) -> None:
    backend = start_backend([*fixture(), *CAMERAS], extra_users=(WATCHER,), TOCC_BACKEND_DEMO="1")
    line.lead_to(backend.url)
    desk = open_desk(line)
    sign_in(qtbot, desk, WATCHER)
    for camera in CAMERAS:
        wait_known(qtbot, desk.services, "camera", camera.id)
    desk.window.show_layout("video")
    qtbot.waitUntil(lambda: desk.find(VideoPanel) is not None, timeout=LONG)
    panel = desk.find(VideoPanel)
    assert panel is not None

    find(panel, "CAM-1")
    qtbot.waitUntil(lambda: panel.keeper.wall.index_of("camera-1") == 0)
    qtbot.waitUntil(lambda: is_live(panel, 0), timeout=LONG)
    qtbot.waitUntil(lambda: panel.facts.text("state").startswith("实时"), timeout=LONG)
    assert panel.facts.text("code") == CAMERAS[0].code

    look(qtbot, desk, panel)
    tour(qtbot, panel)
    report(qtbot, desk)


def find(panel: VideoPanel, name: str) -> None:
    """Type a name, Enter."""
    panel.cameras.search.setFocus()
    QTest.keyClicks(panel.cameras.search, name)
    QTest.keyClick(panel.cameras.search, Qt.Key.Key_Return)


def look(qtbot: QtBot, desk: Desk, panel: VideoPanel) -> None:
    """Rest on a camera that nobody shows: a picture comes and the line is let go of."""
    cameras = panel.cameras
    cameras.search.clear()
    cameras.show_camera("camera-2")
    row = cameras.model.row_of("camera-2")
    assert row is not None
    place = cameras.view.visualRect(cameras.model.index(row, 0)).center()
    hover(cameras.view.viewport(), place)
    still = cameras.hover
    qtbot.waitUntil(lambda: not still.picture.pixmap().isNull(), timeout=LONG)
    assert still.age.text().startswith("静态 ")
    shown = {player.camera_id for player in desk.services.videos.players}
    assert shown == {"camera-1"}
    still.point("", still.rect())


def tour(qtbot: QtBot, panel: VideoPanel) -> None:
    """Its second camera is offline, the third comes in its place and is live."""
    tours = panel.tours
    tours.kept.put(TOUR)
    tours.runner.start(TOUR)
    qtbot.waitUntil(lambda: panel.keeper.wall.tile(0).camera == "camera-2")
    qtbot.waitUntil(lambda: panel.keeper.wall.tile(0).camera == "camera-3", timeout=LONG)
    assert "CAM-4 离线" in tours.said.text()
    qtbot.waitUntil(lambda: is_live(panel, 0), timeout=LONG)
    tours.touched(1)
    assert tours.runner.is_paused


def report(qtbot: QtBot, desk: Desk) -> None:
    """The health board knows what this seat sees; a fault that is marked reaches the server."""
    desk.window.show_panel("video-health")
    qtbot.waitUntil(lambda: desk.find(HealthPanel) is not None, timeout=LONG)
    board = desk.find(HealthPanel)
    assert board is not None
    qtbot.waitUntil(lambda: cells(board, "camera-3")[SEEN] != UNKNOWN, timeout=LONG)
    assert cells(board, "camera-4")[LOSS] == UNKNOWN
    board.view.selectRow(board.model.row_of("camera-3") or 0)
    QTest.mouseClick(board.acts.buttons["MARK_FAULT"], Qt.MouseButton.LeftButton)
    board.acts.editor("fault").set_value(FaultKind.BLUR)
    QTest.mouseClick(board.acts.send, Qt.MouseButton.LeftButton)

    def at_server() -> bool:
        found = desk.services.store.server("camera", "camera-3")
        return isinstance(found, Camera) and found.fault == FaultKind.BLUR

    qtbot.waitUntil(at_server, timeout=LONG)


def cells(board: HealthPanel, camera_id: str) -> tuple[str, ...]:
    row = board.model.row_of(camera_id)
    assert row is not None
    return board.model.row(row).cells


def is_live(panel: VideoPanel, tile: int) -> bool:
    words = panel.view.words_of(tile)
    return words is not None and words.live
