"""Players on a real RTSP server with digest login: two codecs, several sizes, failures."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from app.video.address import Address, Quality
from app.video.player import Player
from app.video.states import StreamState
from app.video.status import Fault
from app.video.videos import Videos
from tests.support.clips import Clip, number_in
from tests.support.rtsp_server import RtspServer

CLIPS = {
    "/h264": Clip(width=176, height=144, seconds=4, kbit_s=200),
    "/hevc": Clip(width=176, height=144, seconds=4, kbit_s=200, codec="hevc"),
    "/odd": Clip(width=350, height=286, seconds=4, kbit_s=300),
}
SIZE, LONG_S = (120, 90), 20.0
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[RtspServer]:
    with RtspServer(CLIPS) as running:
        yield running


@pytest.fixture
def videos(server: RtspServer) -> Iterator[Videos]:
    def ask(camera_id: str, quality: Quality) -> Address:
        return Address(url=server.url(camera_id), quality=quality)

    made = Videos(ask)
    yield made
    players = made.players
    made.close_all()
    for player in players:
        player.join(LONG_S)


def shown(videos: Videos, path: str) -> Player:
    player = videos.open(path, "")
    player.show(*SIZE)
    return player


def wait(until: Callable[[], bool], what: str) -> None:
    pause, ends = threading.Event(), time.monotonic() + LONG_S
    while not until():
        assert time.monotonic() < ends, what
        pause.wait(0.01)


def new_picture(player: Player, after: float) -> int | None:
    """The number that it carries; None as long as there is no new one that can be read."""
    picture = player.take()
    return number_in(picture.pixels) if picture and picture.arrived > after else None


@pytest.mark.parametrize("path", CLIPS)
def test_a_camera_with_login_is_shown_at_tile_size(
    videos: Videos, server: RtspServer, path: str
) -> None:
    player = shown(videos, path)
    wait(lambda: new_picture(player, 0.0) is not None, "no picture")
    status = player.status
    assert status.state is StreamState.PLAYING
    assert status.size == (CLIPS[path].width, CLIPS[path].height)
    assert status.picture_at is not None
    assert server.first_key_at(path) <= status.picture_at


def test_a_killed_server_is_said_and_its_pictures_come_back(
    videos: Videos, server: RtspServer
) -> None:
    player = shown(videos, "/h264")
    wait(lambda: new_picture(player, 0.0) is not None, "no picture")
    server.kill()
    wait(lambda: player.status.state is StreamState.RECONNECTING, "the loss is not said")
    server.start()
    back = time.monotonic()
    wait(lambda: new_picture(player, back) is not None, "no picture afterwards")
    assert player.status.state is StreamState.PLAYING


def test_a_login_that_no_longer_counts_is_a_fault_until_somebody_asks_again(
    videos: Videos, server: RtspServer
) -> None:
    player = shown(videos, "/h264")
    wait(lambda: new_picture(player, 0.0) is not None, "no picture")
    known = server.login
    server.set_login(("operator", "another-word"))
    server.login = known
    wait(lambda: player.status.fault is Fault.UNAUTHORIZED, "the fault is not said")
    assert player.status.state is StreamState.ERROR
    server.set_login(known)
    player.retry()
    wait(lambda: player.status.state is StreamState.PLAYING, "not back")
