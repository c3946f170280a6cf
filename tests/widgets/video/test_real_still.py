"""A still from a stream over HTTP: of a running player, and over a short connection."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.services import Services
from app.video.address import Address, Quality
from app.video.states import StreamState
from app.video.videos import Videos
from tests.support.fake_services import put, running_services
from tests.support.ts_server import Camera as Source
from tests.support.ts_server import TsServer, ts_server
from tests.widgets.video.cameras import camera
from widgets.video.cameras.stills import SIZE, Stills

CODE = camera(1).code


@pytest.fixture
def server() -> Iterator[TsServer]:
    with ts_server() as made:
        made.cameras["/one"] = Source(code=CODE)
        yield made


@pytest.fixture
def services(server: TsServer) -> Iterator[Services]:
    def ask(camera_id: str, quality: Quality) -> Address:
        return Address(url=server.url("/one"), device_id=CODE, quality=quality)

    videos = Videos(ask)
    with running_services("VIDEO_OP", videos=videos) as made:
        made.store.apply(put(camera(1)))
        yield made
    videos.close_all()


@pytest.fixture
def stills(services: Services) -> Stills:
    return Stills(services, services.store)


def test_short_connection_brings_a_still_and_ends(
    qtbot: QtBot, stills: Stills, services: Services
) -> None:
    with qtbot.waitSignal(stills.changed, timeout=20_000):
        stills.ask("cam-1")
    still = stills.still("cam-1")
    assert still is not None
    assert still.image.size() == SIZE
    qtbot.waitUntil(lambda: services.videos.players == (), timeout=20_000)


def test_running_player_is_asked_and_nothing_else_is_opened(
    qtbot: QtBot, stills: Stills, services: Services, server: TsServer
) -> None:
    player = services.videos.open("cam-1", CODE)
    player.show(176, 144)
    qtbot.waitUntil(lambda: player.status.state is StreamState.PLAYING, timeout=20_000)
    with qtbot.waitSignal(stills.changed, timeout=20_000):
        stills.ask("cam-1")
    still = stills.still("cam-1")
    assert still is not None
    assert still.image.size() == SIZE
    assert services.videos.players == (player,)
    assert len(server.cameras["/one"].opened) == 1
