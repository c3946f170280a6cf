"""Players on cameras that answer over HTTP: a thread each, which ends by itself."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.video.address import Quality
from app.video.snapshot import Snapshot
from app.video.states import StreamState
from app.video.status import Fault, Look, Mode
from app.video.truth import Judge
from tests.support.clips import number_in
from tests.support.streams import video
from tests.support.ts_server import SMALL, Camera
from tests.support.video_seat import (
    CODE,
    HASTY,
    ends_in,
    pictures,
    seat,
    until,
)


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


def test_key_frames_alone_when_the_ladder_says_so() -> None:
    with seat(road=Camera(clip=SMALL, code=CODE)) as here:
        player = here.videos.open("road", CODE)
        player.order(Quality.SUB, Mode.KEYS)
        player.show(160, 120)
        shown = pictures(player, 3)
        assert player.status.mode is Mode.KEYS
    assert {number_in(p.pixels) for p in shown} <= {0, 25}


@pytest.mark.parametrize("mode", [Mode.KEYS, Mode.STILLS])
def test_key_frames_of_a_stream_that_looks_ahead_do_not_wait_for_what_is_left_out(
    mode: Mode,
) -> None:
    with seat(road=Camera(body=video(ahead=3), code=CODE)) as here:
        player = here.videos.open("road", CODE)
        player.order(Quality.SUB, mode)
        player.show(160, 120)
        assert pictures(player, 1)[0].pixels.any()


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


def test_another_user_gets_addresses_of_his_own() -> None:
    with seat(road=Camera(code=CODE)) as here:
        player = here.show()
        pictures(player, 1)
        here.videos.user_changed()
        until(lambda: len(here.asked) == 2)
        pictures(player, 1)


def test_while_somebody_steers_a_camera_its_view_is_not_judged_and_then_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forgotten: list[int] = []
    monkeypatch.setattr(Judge, "look_at", lambda *_, **__: Look.BLURRED)
    monkeypatch.setattr(Judge, "forget", lambda _: forgotten.append(1))
    with seat(road=Camera(code=CODE)) as here:
        player = here.show()
        until(lambda: player.status.look is Look.BLURRED)
        assert forgotten == []
        here.steered.add("road")
        here.videos.gui_was_late(0.0)
        until(lambda: player.status.look is Look.UNKNOWN)
        assert forgotten
        here.steered.clear()
        here.videos.gui_was_late(0.0)
        until(lambda: player.status.look is Look.BLURRED)


def test_another_user_gets_nothing_of_what_was_kept_before() -> None:
    with seat(road=Camera(code=CODE, frames=10, silent=True)) as here:
        player = here.show()
        until(lambda: player.ring.size > 0)
        here.server.cameras.clear()
        here.videos.user_changed()
        assert player.ring.size == 0


def test_a_snapshot_that_cannot_be_made_is_answered(
    monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    from app.video.decode import Decoder

    expect_log("camera road: MemoryError")

    def fails(*_: Any) -> Any:
        raise MemoryError

    with seat(road=Camera(code=CODE)) as here:
        player = here.show()
        pictures(player, 1)
        monkeypatch.setattr(Decoder, "whole", fails)
        got: list[Snapshot | None] = []
        player.snapshot(got.append)
        until(lambda: got)
        assert got == [None]


def test_nothing_of_a_stream_is_imported_before_the_first_one() -> None:
    late = ("av", "numpy", "app.video.line")
    asked = f"import sys, app.services; print([m for m in {late} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
