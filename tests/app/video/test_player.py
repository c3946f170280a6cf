"""Players on cameras that answer over HTTP: a thread each, which ends by itself."""

from __future__ import annotations

import itertools
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.video.address import Address, NoAddressError, Quality
from app.video.limits import Limits, stream_limits
from app.video.player import Player
from app.video.report import Report
from app.video.slot import Picture
from app.video.snapshot import Snapshot
from app.video.states import StreamEvent, StreamState
from app.video.status import Fault, Mode
from app.video.videos import Videos
from tests.support.clips import number_in
from tests.support.ts_server import SMALL, Camera, TsServer, ts_server

CODE, OTHER = "12011400001310000001", "12011400001310000002"
LIMITS = stream_limits()
HASTY = replace(
    LIMITS,
    open=replace(LIMITS.open, connect_s=0.5, read_s=0.3),
    live=replace(LIMITS.live, stalled_s=0.4, lost_s=0.5, hidden_s=0.3),
    retry=replace(LIMITS.retry, steps_s=(0.1, 0.2), hidden_s=5.0, no_address_s=0.2),
)


def until(done: Callable[[], object], seconds: float = 20.0) -> None:
    pause, end = threading.Event(), time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it never came"
        pause.wait(0.005)


class Seat:
    """Players on one server; `asked` keeps camera and quality of every address asked for."""

    def __init__(self, server: TsServer, limits: Limits) -> None:
        self.server = server
        self.asked: list[tuple[str, Quality]] = []
        self.fault: Fault | None = None
        self.device_id = CODE
        self.videos = Videos(self._ask, limits=limits)

    def _ask(self, camera_id: str, quality: Quality) -> Address:
        self.asked.append((camera_id, quality))
        if self.fault is not None:
            raise NoAddressError(self.fault)
        url = self.server.url(f"/{camera_id}?token=s3cret-{len(self.asked)}")
        return Address(url, self.device_id, "", quality, None, True)

    def show(self, camera_id: str = "road", code: str = CODE) -> Player:
        player = self.videos.open(camera_id, code)
        player.show(160, 120)
        return player


@contextmanager
def seat(limits: Limits = HASTY, **cameras: Camera) -> Iterator[Seat]:
    SMALL.file()
    with ts_server(**cameras) as server:
        seat = Seat(server, limits)
        try:
            yield seat
        finally:
            seat.videos.close_all()
            until(lambda: not names_of_threads(), 5)


def names_of_threads() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith("tocc-video")]


def pictures(player: Player, count: int) -> list[Picture]:
    found: list[Picture] = []

    def take() -> bool:
        picture = player.take()
        found.extend([picture] if picture else [])
        return len(found) >= count

    until(take)
    return found


def ends_in(player: Player, state: StreamState, fault: Fault) -> None:
    until(lambda: (player.status.state, player.status.fault) == (state, fault))


def test_the_picture_comes_at_the_size_of_the_tile_and_moves() -> None:
    with seat(road=Camera(code=CODE)) as here:
        player = here.show()
        shown = pictures(player, 5)
        status = player.status
    assert {p.pixels.shape for p in shown} == {(120, 160, 4)}
    assert all(p.pixels.flags.c_contiguous and p.pixels.dtype == np.uint8 for p in shown)
    numbers = [number_in(p.pixels) for p in shown]
    assert None not in numbers
    assert len(set(numbers)) == 5
    assert [p.serial for p in shown] == sorted(p.serial for p in shown)
    assert status.state is StreamState.PLAYING
    assert (status.size, status.quality, status.demo) == ((176, 144), Quality.SUB, True)
    assert status.attempt == 0


def test_another_tile_size_gives_pictures_of_that_size_alone() -> None:
    with seat(road=Camera(code=CODE)) as here:
        player = here.show()
        pictures(player, 1)
        player.show(91, 53)
        assert {p.pixels.shape for p in pictures(player, 3)} == {(53, 91, 4)}


def test_nothing_is_converted_while_the_last_picture_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from app.video.decode import Decoder

    made: list[int] = []
    real = Decoder.picture

    def counted(self: Decoder, *args: Any) -> Any:
        made.append(1)
        return real(self, *args)

    monkeypatch.setattr(Decoder, "picture", counted)
    with seat(road=Camera(code=CODE)) as here:
        player = here.show()
        until(lambda: player.status.picture_at is not None)
        before = player.status.picture_at
        until(lambda: (player.status.picture_at or 0) - (before or 0) > 0.3)
        assert len(made) == 1


@pytest.mark.parametrize(
    ("camera", "fault"),
    [
        (Camera(status=404), Fault.NOT_FOUND),
        (Camera(status=401), Fault.UNAUTHORIZED),
        (Camera(code=OTHER), Fault.WRONG_CAMERA),
    ],
)
def test_what_lasts_is_said_and_tried_again_by_hand(camera: Camera, fault: Fault) -> None:
    with seat(road=camera) as here:
        player = here.show()
        ends_in(player, StreamState.ERROR, fault)
        assert (len(here.asked), player.take()) == (1, None)
        player.retry()
        until(lambda: len(here.asked) == 2)
        ends_in(player, StreamState.ERROR, fault)


def test_a_picture_larger_than_the_rule_is_refused_before_it_is_decoded() -> None:
    limits = replace(HASTY, open=replace(HASTY.open, max_pixels=176 * 143))
    with seat(limits, road=Camera(code=CODE)) as here:
        player = here.show()
        ends_in(player, StreamState.ERROR, Fault.TOO_LARGE)
        assert player.status.picture_at is None


def test_an_address_of_another_device_is_not_even_opened() -> None:
    road = Camera(code=CODE)
    with seat(road=road) as here:
        here.device_id = OTHER
        ends_in(here.show(), StreamState.ERROR, Fault.WRONG_CAMERA)
    assert road.opened == []


def test_only_network_addresses_are_opened() -> None:
    videos = Videos(lambda _id, _quality: Address("file:///etc/hostname"), limits=HASTY)
    player = videos.open("road", "")
    player.show(10, 10)
    ends_in(player, StreamState.ERROR, Fault.NO_VIDEO)
    videos.close_all()


def test_after_the_end_of_a_stream_a_new_address_is_asked_for() -> None:
    road = Camera(code=CODE, frames=15)
    with seat(road=road) as here:
        player = here.show()
        until(lambda: len(road.opened) >= 3)
        loss = player.status.loss
        assert loss is not None
        assert loss > 0
    assert len(set(road.opened)) == len(road.opened), "each with a token of its own"


def test_a_server_that_falls_silent_is_noticed_and_left() -> None:
    road = Camera(code=CODE, frames=10, silent=True)
    with seat(road=road) as here:
        player = here.show()
        pictures(player, 1)
        states = [StreamState.PLAYING]

        def watch() -> bool:
            if (state := player.status.state) is not states[-1]:
                states.append(state)
            return len(road.opened) >= 2 and states[-1] is StreamState.PLAYING

        until(watch)
    assert StreamState.RECONNECTING in states


def test_a_stalled_stream_says_so_before_it_is_given_up() -> None:
    limits = replace(HASTY, open=replace(HASTY.open, read_s=1.5))
    with seat(limits, road=Camera(code=CODE, frames=10, silent=True)) as here:
        player = here.show()
        pictures(player, 1)
        until(lambda: player.status.state is StreamState.STALLED)
        until(lambda: player.status.state is StreamState.RECONNECTING)
        assert player.status.fault is Fault.LOST


def test_dead_cameras_delay_nobody() -> None:
    dead = {f"dead{n}": Camera(silent=True, frames=0) for n in range(HASTY.open.at_once + 1)}
    limits = replace(HASTY, open=replace(HASTY.open, connect_s=1.0, slow_s=0.1), live=LIMITS.live)
    with seat(limits, **dead, road=Camera(code=CODE)) as here:
        for name in dead:
            here.show(name)
        begun = time.monotonic()
        pictures(here.show(), 1)
        assert time.monotonic() - begun < limits.open.connect_s
        assert all(p.status.state is not StreamState.PLAYING for p in here.videos.players[:-1])


def test_a_hidden_player_reads_on_for_a_while_then_lets_go() -> None:
    with seat(road=Camera(code=CODE)) as here:
        player = here.show()
        pictures(player, 1)
        decoded = player.status.picture_at
        player.hide()
        until(lambda: player.status.state is StreamState.PAUSED)
        assert player.take() is None
        assert decoded is not None
        until(lambda: not player.is_running)
        player.show(160, 120)
        pictures(player, 2)
        assert player.status.state is StreamState.PLAYING
        assert len(here.asked) == 2


def test_a_player_opened_ahead_shows_its_picture_at_once() -> None:
    """Between two key frames: what was read while hidden is decoded when it is shown."""
    clip = replace(SMALL, seconds=10)
    clip.file()
    limits = replace(HASTY, live=replace(HASTY.live, hidden_s=10.0))
    with seat(limits, road=Camera(clip=clip, code=CODE)) as here:
        player = here.videos.open("road", CODE)
        player.hide()
        until(lambda: player.status.state is StreamState.PLAYING)
        until(lambda: player.ring.seconds > 0.3)
        assert player.status.picture_at is None
        player.show(160, 120)
        begun = time.monotonic()
        picture = pictures(player, 1)[0]
        assert time.monotonic() - begun < 0.5
        assert number_in(picture.pixels) != 0


def test_another_quality_is_another_address() -> None:
    with seat(road=Camera(code=CODE)) as here:
        player = here.show()
        pictures(player, 1)
        player.prefer(focused=True, quality=Quality.MAIN)
        until(lambda: player.status.quality is Quality.MAIN)
        pictures(player, 1)
        player.order(Quality.SUB, Mode.FULL)
        until(lambda: player.status.quality is Quality.SUB)
        player.prefer(focused=True, quality=Quality.MAIN)
        assert player.status.quality is Quality.SUB, "what the ladder ordered stays"
    assert here.asked == [("road", Quality.SUB), ("road", Quality.MAIN), ("road", Quality.SUB)]


def test_without_a_main_stream_the_sub_stream_is_shown_and_said() -> None:
    with seat(road=Camera(code=CODE)) as here:
        road, here.server.cameras["/road"] = here.server.cameras["/road"], Camera(status=404)
        player = here.videos.open("road", CODE)
        player.prefer(quality=Quality.MAIN)
        player.show(160, 120)
        until(lambda: len(here.asked) >= 2)
        here.server.cameras["/road"] = road
        player.retry()
        pictures(player, 1)
        assert player.status.quality is Quality.SUB
    assert [quality for _, quality in here.asked[:2]] == [Quality.MAIN, Quality.SUB]


def test_a_stream_that_speaks_again_after_a_silence_is_live_again() -> None:
    now = [100.0]
    report = Report(LIMITS, lambda: now[0])
    for event in (StreamEvent.OPEN, StreamEvent.FRAME):
        report.tell(event)
    states = []
    for silence in (0.04, 3.5, 1.0, 0.0):
        now[0] += silence
        if silence < 1:
            report.packet(now[0], None, 0.0, damaged=False)
        states.append((report.status.state, report.status.fault))
    assert states == [
        (StreamState.PLAYING, Fault.NONE),
        (StreamState.STALLED, Fault.NONE),
        (StreamState.RECONNECTING, Fault.LOST),
        (StreamState.PLAYING, Fault.NONE),
    ]


def test_key_frames_alone_when_the_ladder_says_so() -> None:
    with seat(road=Camera(clip=SMALL, code=CODE)) as here:
        player = here.videos.open("road", CODE)
        player.order(Quality.SUB, Mode.KEYS)
        player.show(160, 120)
        shown = pictures(player, 3)
        assert player.status.mode is Mode.KEYS
    assert {number_in(p.pixels) for p in shown} <= {0, 25}


def test_stills_come_as_seldom_as_the_rule_says() -> None:
    limits = replace(HASTY, mode=replace(HASTY.mode, stills_s=1.5))
    with seat(limits, road=Camera(clip=SMALL, code=CODE)) as here:
        player = here.videos.open("road", CODE)
        player.order(Quality.SUB, Mode.STILLS)
        player.show(160, 120)
        first, second = pictures(player, 2)
    assert second.arrived - first.arrived >= 1.5


def test_half_the_pictures_are_left_out() -> None:
    with seat(road=Camera(clip=SMALL, code=CODE)) as here:
        player = here.videos.open("road", CODE)
        player.order(Quality.SUB, Mode.HALF)
        player.show(160, 120)
        shown = pictures(player, 6)
    gaps = [b.pts_s - a.pts_s for a, b in itertools.pairwise(shown)]
    assert min(gaps) > 0.06


def test_a_snapshot_has_the_size_of_the_stream_and_says_whose_it_is() -> None:
    with seat(road=Camera(code=CODE)) as here:
        player = here.show()
        pictures(player, 1)
        got: list[Snapshot | None] = []
        player.snapshot(got.append)
        until(lambda: got)
    assert got[0] is not None
    assert got[0].pixels.shape == (144, 176, 4)
    assert (got[0].device_id, got[0].quality, got[0].demo) == (CODE, Quality.SUB, True)
    assert number_in(got[0].pixels) is not None


def test_a_snapshot_without_a_stream_is_none() -> None:
    with seat(road=Camera(status=404)) as here:
        idle, failed = here.videos.open("road", CODE), here.show()
        got: list[Snapshot | None] = []
        idle.snapshot(got.append)
        assert got == [None]
        ends_in(failed, StreamState.ERROR, Fault.NOT_FOUND)
        failed.snapshot(got.append)
        failed.close()
        until(lambda: len(got) == 2)
    assert got == [None, None]


def test_no_address_is_asked_for_again() -> None:
    with seat(road=Camera(code=CODE)) as here:
        here.fault = Fault.NO_ADDRESS
        player = here.show()
        ends_in(player, StreamState.RECONNECTING, Fault.NO_ADDRESS)
        here.fault = None
        pictures(player, 1)
        assert player.status.fault is Fault.NONE


def test_streams_that_nobody_looks_at_closely_give_way_to_a_late_gui() -> None:
    with seat(road=Camera(code=CODE)) as here:
        focused, other = here.show(), here.show()
        focused.prefer(focused=True)
        pictures(focused, 1)
        pictures(other, 1)
        for _ in range(5):  # once may be chance
            here.videos.gui_was_late(1.0)
        assert (focused.status.mode, other.status.mode) == (Mode.FULL, Mode.HALF)
        pictures(other, 2)


def test_closing_returns_at_once_even_if_the_server_is_silent() -> None:
    limits = replace(HASTY, live=replace(HASTY.live, close_s=0.05))
    with seat(limits, road=Camera(silent=True, frames=0)) as here:
        player = here.show()
        until(lambda: here.asked)
        begun = time.monotonic()
        player.close()
        assert player.status.state is StreamState.IDLE
        here.videos.close_all()
        assert time.monotonic() - begun < 0.4
        assert here.videos.players == ()
        until(lambda: not player.is_running)
        assert player.status.state is StreamState.IDLE, "what a late worker says is ignored"


def test_another_user_gets_addresses_of_his_own() -> None:
    with seat(road=Camera(code=CODE)) as here:
        player = here.show()
        pictures(player, 1)
        here.videos.user_changed()
        until(lambda: len(here.asked) == 2)
        pictures(player, 1)


def test_no_secret_reaches_log_or_words(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with seat(road=Camera(status=404), other=Camera(code=CODE, frames=5)) as here:
        first, second = here.show(), here.show("other")
        ends_in(first, StreamState.ERROR, Fault.NOT_FOUND)
        until(lambda: len(here.asked) >= 3)
        told = f"{caplog.text} {first.status} {second.status}"
    address = Address("rtsp://user:s3cret@10.0.0.1:554/a?token=s3cret", CODE)
    assert "s3cret" not in told + repr(address) + str(address) + address.host
    assert address.host == "10.0.0.1:554"


def test_the_desk_starts_without_ffmpeg_and_numpy() -> None:
    asked = "import sys, app.services; print([m for m in ('av', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
