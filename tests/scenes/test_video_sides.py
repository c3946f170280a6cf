"""What stands beside the wall, and the health board, as somebody last looked at them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QFrame
from pytestqt.qtbot import QtBot

from app.domain.people import Org
from app.services import Services
from app.video.address import Quality
from app.video.states import StreamState
from app.video.status import Status
from app.video.tour import Tour
from tests.scenes.conftest import Hold
from tests.support.fake_services import put
from tests.support.fake_videos import FakeVideos
from tests.widgets.video.cameras import city
from widgets.video import facts as facts_module
from widgets.video.cameras.camera_list import CameraList
from widgets.video.facts import CameraFacts
from widgets.video.health.panel import HealthPanel
from widgets.video.tours.tours_box import ToursBox

LIVE = Status(
    state=StreamState.PLAYING, picture_at=99.9, lag_s=0.1, quality=Quality.SUB, size=(704, 576),
    fps=25.0, loss=0.012,
)  # fmt: skip
MORNING = Tour(id="m", name="早高峰巡视", cameras=("cam-1", "cam-4", "cam-2", "cam-3"))


@pytest.fixture
def few(services: Services) -> Services:
    """A handful of cameras instead of the whole city's."""
    services.store.clear()
    services.store.apply(put(*city(), Org(id="tocc", version=1, name="滨海新区 TOCC")))
    services.preferences.set("video.favourites", ["cam-1"])
    return services


def test_the_sides_of_the_wall_look_as_kept(
    qtbot: QtBot, few: Services, hold: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts_module, "time", SimpleNamespace(monotonic=lambda: 100.0))
    frame = QFrame()
    qtbot.addWidget(frame)
    frame.resize(920, 480)
    cameras, tours, facts = CameraList(few, frame), ToursBox(few, frame), CameraFacts(few, frame)
    for at, part in enumerate((cameras, tours, facts)):
        part.setGeometry(10 + 305 * at, 10, 295, 460)
    tours.kept.put(MORNING)
    tours.runner._monotonic = lambda: 100.0
    tours.view.setCurrentIndex(tours.model.index(0, 0))
    tours.runner.start(MORNING)
    tours.runner.skip()
    with qtbot.waitExposed(frame):
        frame.show()
    for head in [i for i in list(cameras.model.ids()) if i.startswith("#")]:
        cameras.view.folded.emit(head, True)
    cameras.show_camera("cam-2")
    facts.show_camera("cam-2")
    facts.show_status(LIVE)
    cameras.view.setFocus()
    qtbot.wait(50)  # the layouts settle
    hold(frame, "video-sides")
    tours.runner.stop()


def test_the_health_board_looks_as_kept(qtbot: QtBot, few: Services, hold: Hold) -> None:
    assert isinstance(few.videos, FakeVideos)
    few.videos.open("cam-1", "").become(picture_at=99.9, loss=0.012)
    board = HealthPanel(few)
    board.seen._monotonic = lambda: 100.0
    qtbot.addWidget(board)
    board.resize(1180, 420)
    with qtbot.waitExposed(board):
        board.show()
    board.view.selectRow(1)
    hold(board, "video-health")
