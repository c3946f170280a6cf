"""The still beside the list: from whom it comes, how old it is, when the connection ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services import Services
from app.video.address import Quality
from app.video.snapshot import Snapshot
from app.video.states import StreamState
from app.video.status import Fault
from tests.support.fake_services import NOW, FakeClock, put, running_services
from tests.support.fake_videos import FakePlayer, FakeVideos, road
from tests.support.mouse import hover
from tests.widgets.video.cameras import city
from widgets.video.cameras import stills as stills_module
from widgets.video.cameras.camera_list import CameraList
from widgets.video.cameras.stills import SIZE, Stills


@pytest.fixture
def services() -> Iterator[Services]:
    with running_services("VIDEO_OP") as made:
        made.store.apply(put(*city()))
        yield made


@pytest.fixture
def videos(services: Services) -> FakeVideos:
    assert isinstance(services.videos, FakeVideos)
    return services.videos


@pytest.fixture
def cameras(qtbot: QtBot, services: Services) -> CameraList:
    made = CameraList(services)
    qtbot.addWidget(made)
    made.resize(300, 500)
    with qtbot.waitExposed(made):
        made.show()
    for head in [i for i in list(made.model.ids()) if i.startswith("#")]:
        made.view.folded.emit(head, True)
    return made


def rest_on(cameras: CameraList, camera_id: str) -> None:
    row = cameras.model.row_of(camera_id)
    assert row is not None
    place = cameras.view.visualRect(cameras.model.index(row, 0)).center()
    hover(cameras.view.viewport(), place)


def leave(cameras: CameraList) -> None:
    QApplication.sendEvent(cameras.view.viewport(), QEvent(QEvent.Type.Leave))


def test_still_comes_over_a_short_connection_that_ends_with_it(
    qtbot: QtBot, cameras: CameraList, videos: FakeVideos
) -> None:
    rest_on(cameras, "cam-1")
    assert videos.live == set(), "the mouse may only pass"
    qtbot.waitUntil(cameras.hover.isVisible)
    assert cameras.hover.picture.text() == "正在取图…"
    assert videos.of("cam-1").size == SIZE.toTuple()
    videos.of("cam-1").play()
    qtbot.waitUntil(lambda: not cameras.hover.picture.pixmap().isNull())
    assert videos.live == set()
    assert cameras.hover.age.text() == "静态 12:34:56 · 0.0 s 前"


def test_age_of_the_still_grows(
    qtbot: QtBot, cameras: CameraList, videos: FakeVideos, services: Services
) -> None:
    rest_on(cameras, "cam-1")
    qtbot.waitUntil(cameras.hover.isVisible)
    videos.of("cam-1").play()
    qtbot.waitUntil(lambda: videos.live == set())
    assert isinstance(services.clock, FakeClock)
    services.clock.advance(seconds=13)
    cameras.hover._say()
    assert cameras.hover.age.text() == "静态 12:34:56 · 13 s 前"


def test_connection_is_let_go_of_when_the_mouse_leaves(
    qtbot: QtBot, cameras: CameraList, videos: FakeVideos
) -> None:
    rest_on(cameras, "cam-1")
    qtbot.waitUntil(cameras.hover.isVisible)
    assert videos.live == {"cam-1"}
    leave(cameras)
    assert videos.live == set()
    assert not cameras.hover.isVisible()


def test_one_camera_at_a_time_is_connected(
    qtbot: QtBot, cameras: CameraList, videos: FakeVideos
) -> None:
    rest_on(cameras, "cam-1")
    qtbot.waitUntil(lambda: videos.live == {"cam-1"})
    rest_on(cameras, "cam-2")
    qtbot.waitUntil(lambda: videos.live == {"cam-2"})


def test_list_that_is_hidden_lets_go(qtbot: QtBot, cameras: CameraList, videos: FakeVideos) -> None:
    rest_on(cameras, "cam-1")
    qtbot.waitUntil(lambda: videos.live == {"cam-1"})
    cameras.hide()
    assert videos.live == set()
    assert not cameras.hover.isVisible()


def test_dead_camera_is_not_connected_but_explained(
    qtbot: QtBot, cameras: CameraList, videos: FakeVideos
) -> None:
    rest_on(cameras, "cam-4")
    qtbot.waitUntil(cameras.hover.isVisible)
    assert videos.live == set()
    assert cameras.hover.picture.text() == "离线 自 11:19"


def test_failed_connection_says_why(qtbot: QtBot, cameras: CameraList, videos: FakeVideos) -> None:
    rest_on(cameras, "cam-1")
    qtbot.waitUntil(lambda: videos.live == {"cam-1"})
    videos.of("cam-1").become(state=StreamState.ERROR, fault=Fault.NOT_FOUND)
    qtbot.waitUntil(lambda: cameras.hover.picture.text() == "通道不存在")


@pytest.fixture
def stills(qtbot: QtBot, services: Services) -> Stills:
    return Stills(services, services.store)


def shooting(player: FakePlayer) -> Callable[[Callable[[Snapshot | None], None]], None]:
    """A running player hands out its frame at full size."""

    def snapshot(done: Callable[[Snapshot | None], None]) -> None:
        done(
            Snapshot(
                pixels=road(704, 576), taken_at=NOW, pts_s=0.0, quality=Quality.SUB,
                device_id=player.code, channel="", demo=True,
            )
        )  # fmt: skip

    return snapshot


def test_running_player_gives_the_still_and_keeps_its_picture_for_the_wall(
    qtbot: QtBot, stills: Stills, videos: FakeVideos, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = videos.open("cam-1", "x")
    player.play()
    monkeypatch.setattr(player, "snapshot", shooting(player))
    with qtbot.waitSignal(stills.changed):
        stills.ask("cam-1")
    still = stills.still("cam-1")
    assert still is not None
    assert (still.image.size(), still.taken_at) == (SIZE, NOW)
    assert len(videos.opened) == 1
    assert player.take() is not None


def test_player_that_gives_no_frame_leaves_the_old_still(
    qtbot: QtBot, stills: Stills, videos: FakeVideos, services: Services
) -> None:
    stills.ask("cam-1")
    videos.of("cam-1").play()
    stills._on_look()
    videos.open("cam-1", "x").play()
    assert isinstance(services.clock, FakeClock)
    services.clock.advance(minutes=5)
    stills.ask("cam-1")
    services.tasks.shutdown()
    still = stills.still("cam-1")
    assert still is not None
    assert services.clock.now() - still.taken_at == timedelta(minutes=5)


def test_fresh_still_needs_no_new_connection(
    stills: Stills, videos: FakeVideos, services: Services
) -> None:
    stills.ask("cam-1")
    videos.of("cam-1").play()
    stills._on_look()
    stills.ask("cam-1")
    assert len(videos.opened) == 1
    assert isinstance(services.clock, FakeClock)
    services.clock.advance(seconds=21)
    stills.ask("cam-1")
    assert len(videos.opened) == 2
    assert stills.still("cam-1") is not None, "the old one is shown with its age meanwhile"
    stills.leave()


def test_only_the_last_stills_are_remembered(
    stills: Stills, videos: FakeVideos, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stills_module, "_KEPT", 2)
    for number in (1, 2, 8):
        stills.ask(f"cam-{number}")
        videos.of(f"cam-{number}").play()
        stills._on_look()
    assert stills.still("cam-1") is None
    assert stills.still("cam-8") is not None


def test_next_user_sees_no_stills_of_the_last_one(
    stills: Stills, videos: FakeVideos, services: Services
) -> None:
    stills.ask("cam-1")
    videos.of("cam-1").play()
    stills._on_look()
    stills.ask("cam-2")
    services.session.sign_out()
    assert stills.still("cam-1") is None
    assert videos.live == set()


def test_still_does_not_share_the_decoders_memory(stills: Stills, videos: FakeVideos) -> None:
    stills.ask("cam-1")
    pixels = np.full((144, 256, 4), 200, np.uint8)
    videos.of("cam-1").give(pixels, 0.0)
    stills._on_look()
    pixels[:] = 0
    still = stills.still("cam-1")
    assert still is not None
    assert still.image.pixelColor(5, 5).red() == 200
