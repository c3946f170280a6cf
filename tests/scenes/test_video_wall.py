"""The wall in its states as somebody last looked at them and kept the pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera
from app.selection import Ref
from app.services import Services
from app.video.address import Quality
from app.video.states import StreamState
from app.video.status import Fault, Look, Mode
from app.video.wall import Tile, Wall
from tests.scenes.conftest import Hold
from tests.support.fake_services import NOW, put
from tests.support.fake_videos import FakePlayer, FakeVideos
from widgets.video.keeper import WallKeeper
from widgets.video.panel import VideoPanel
from widgets.video.wall_view import WallView

type Act = Callable[[FakePlayer], None]


def at(seconds: float) -> float:
    """So many seconds before the wall's standing clock."""
    return 1000.0 - seconds


def playing(**changes: object) -> Act:
    return lambda player: player.play(now=1000.0, **changes)


def broken(**changes: object) -> Act:
    def act(player: FakePlayer) -> None:
        player.play(now=at(5.0))
        player.become(**changes)

    return act


def dark(**changes: object) -> Act:
    return lambda player: player.become(**changes)


STATES: tuple[Act, ...] = (
    playing(),
    playing(quality=Quality.MAIN),
    playing(lag_s=1.4),
    playing(mode=Mode.KEYS, lag_s=0.9),
    playing(mode=Mode.STILLS, lag_s=6.0),
    broken(state=StreamState.STALLED),
    broken(state=StreamState.RECONNECTING, attempt=2),
    playing(look=Look.FROZEN, look_since=at(18.0)),
    playing(look=Look.BLACK, look_since=at(18.0)),
    playing(look=Look.BLURRED, look_since=at(180.0)),
    dark(state=StreamState.CONNECTING),
    dark(state=StreamState.ERROR, fault=Fault.UNAUTHORIZED),
    dark(state=StreamState.ERROR, fault=Fault.NO_ADDRESS),
    dark(state=StreamState.ERROR, fault=Fault.WRONG_CAMERA),
)


def chosen(services: Services) -> list[Camera]:
    """Cameras with a stake, in an order that stays; the thirteenth is known to be offline."""
    cameras = [c for c in services.store.all("camera").values() if c.place.stake_m is not None]
    found = sorted(cameras, key=lambda camera: camera.code)[:16]
    healthy = [replace(c, health="ONLINE", version=c.version + 1) for c in found]
    healthy[12] = replace(healthy[12], health="OFFLINE", health_since=NOW - timedelta(minutes=74))
    services.store.apply(put(*healthy))
    return healthy


def videos_of(services: Services) -> FakeVideos:
    assert isinstance(services.videos, FakeVideos)
    return services.videos


def test_the_states_of_tiles_look_as_kept(qtbot: QtBot, services: Services, hold: Hold) -> None:
    cameras = chosen(services)
    keeper = WallKeeper(services.preferences, str, "video", QObject(services.selection))
    tiles = tuple(
        Tile(camera=camera.id, pinned=i == 1, incident="" if i else "case")
        for i, camera in enumerate(cameras[:14])
    )
    keeper.show(Wall(layout="16", shown=16, tiles=tiles))
    view = WallView(services, keeper)
    view.set_clock(lambda: 1000.0)
    qtbot.addWidget(view)
    view.resize(1280, 800)
    with qtbot.waitExposed(view):
        view.show()
    for camera, act in zip(cameras, STATES, strict=False):
        act(videos_of(services).of(camera.id))
    qtbot.waitUntil(lambda: view.words_of(9) is not None and view.words_of(9).time != "")  # type: ignore[union-attr]  # looked at before
    view.arrange()
    hold(view, "video-states")


@pytest.mark.parametrize("layout", ["1+7", "9"])
def test_the_video_panel_looks_as_kept(
    qtbot: QtBot,
    services: Services,
    hold: Hold,
    monkeypatch: pytest.MonkeyPatch,
    layout: str,
) -> None:
    monkeypatch.setattr("widgets.video.facts.time", SimpleNamespace(monotonic=lambda: 1000.0))
    cameras = chosen(services)
    panel = VideoPanel(services)
    panel.view.set_clock(lambda: 1000.0)
    qtbot.addWidget(panel)
    panel.keeper.show(Wall(tiles=tuple(Tile(camera=camera.id) for camera in cameras[:9])))
    panel.keeper.divide(layout)
    panel.resize(1456, 720)
    with qtbot.waitExposed(panel):
        panel.show()
    if layout == "9":
        cases = services.store.all("incident").values()
        case = min((c for c in cases if c.is_open and c.place.resolved), key=lambda c: c.number)
        services.selection.open(Ref("incident", case.id))
        qtbot.waitUntil(lambda: bool(panel.keeper.wall.called), timeout=3000)
    for player in videos_of(services).opened:
        if player.visible:
            player.play(now=1000.0)

    def live() -> None:
        for index in panel.keeper.visible:
            words = panel.view.words_of(index)
            assert words is None or words.live
        assert panel.facts.text("state").startswith("实时")

    qtbot.waitUntil(live, timeout=3000)
    hold(panel, f"video-panel-{layout}")
