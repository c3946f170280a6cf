"""Cameras that refuse, fall silent, end, or are others than asked for."""

from __future__ import annotations

import logging
import time
from dataclasses import replace

import pytest

from app.video.address import Address, Quality
from app.video.report import Report
from app.video.states import StreamEvent, StreamState
from app.video.status import Fault
from app.video.videos import Videos
from tests.support.ts_server import Camera
from tests.support.video_seat import (
    CODE,
    HASTY,
    LIMITS,
    OTHER,
    ends_in,
    pictures,
    seat,
    until,
)


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


def test_without_a_main_stream_the_sub_stream_is_shown_and_said() -> None:
    with seat(road=Camera(code=CODE)) as here:
        here.missing = Quality.MAIN
        player = here.videos.open("road", CODE)
        player.prefer(quality=Quality.MAIN)
        player.show(160, 120)
        pictures(player, 1)
        assert player.status.quality is Quality.SUB
    assert [quality for _, quality in here.asked] == [Quality.MAIN, Quality.SUB]


def test_a_camera_that_was_away_comes_back_with_its_main_stream() -> None:
    with seat(road=Camera(code=CODE)) as here:
        here.fault = Fault.NO_ADDRESS
        player = here.videos.open("road", CODE)
        player.prefer(quality=Quality.MAIN)
        player.show(160, 120)
        until(lambda: len(here.asked) >= 4)
        here.fault = None
        pictures(player, 1)
        assert player.status.quality is Quality.MAIN


def test_a_stream_that_waits_for_its_turn_is_asked_for_as_it_is_wanted_then() -> None:
    opening = replace(HASTY.open, at_once=1, slow_s=0.5, connect_s=1.0)
    dead = Camera(silent=True, frames=0)
    with seat(replace(HASTY, open=opening), dead=dead, road=Camera(code=CODE)) as here:
        here.show("dead")
        until(lambda: dead.opened)
        player = here.show()
        player.prefer(quality=Quality.MAIN)
        pictures(player, 1)
    assert [quality for camera, quality in here.asked if camera == "road"] == [Quality.MAIN]


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


def test_a_stream_that_does_not_come_back_is_lost_more_and_more() -> None:
    now = [100.0]
    report = Report(LIMITS, lambda: now[0])
    for event in (StreamEvent.OPEN, StreamEvent.FRAME):
        report.tell(event)
    for number in range(250):
        now[0] += 0.04
        report.packet(now[0], number * 0.04, 0.0, damaged=False)
    report.tell(StreamEvent.LOST, Fault.LOST)
    losses = []
    for _ in range(3):
        now[0] += 10
        losses.append(report.status.loss)
    assert losses == pytest.approx([1 / 2, 2 / 3, 3 / 4], abs=0.01)
    now[0] += 400
    assert report.status.loss == 1.0


def test_no_address_is_asked_for_again() -> None:
    with seat(road=Camera(code=CODE)) as here:
        here.fault = Fault.NO_ADDRESS
        player = here.show()
        ends_in(player, StreamState.RECONNECTING, Fault.NO_ADDRESS)
        here.fault = None
        pictures(player, 1)
        assert player.status.fault is Fault.NONE


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
