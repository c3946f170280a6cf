"""What a tile says: never that an old, black or frozen picture is live."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from app.domain.camera import Camera
from app.domain.rules import load_rules
from app.video.address import Quality
from app.video.slot import Picture
from app.video.states import StreamState
from app.video.status import Fault, Look, Mode, Status
from tests.support.fake_services import NOW
from tests.support.fake_videos import TAKEN
from tests.support.handbook import on_g25
from widgets.video.words import TileWords, tile_words

CAMERA = Camera(id="c", code="1" * 20, name="收费站", place=on_g25(1_103_050.0, "down"))
PLAYING = Status(
    state=StreamState.PLAYING, lag_s=0.2, quality=Quality.SUB, look=Look.GOOD, picture_at=100.0
)


def said(
    status: Status,
    now: float = 100.0,
    camera: Camera | None = CAMERA,
    picture_at: float | None = 100.0,
) -> TileWords:
    picture = None
    if picture_at is not None:
        pixels = np.zeros((2, 2, 4), np.uint8)
        picture = Picture(pixels=pixels, pts_s=0, arrived=picture_at, taken_at=TAKEN, serial=1)
    return tile_words(camera, status, picture, now, NOW, load_rules())


def test_a_live_picture_tells_name_place_age_and_stream() -> None:
    words = said(PLAYING)
    assert words.name == "收费站 · G25 K1103+050 下行"
    assert (words.state, words.tone, words.live) == ("实时 0.2 s", "good", True)
    assert (words.stream, words.time) == ("子码流", "12:34:56")


@pytest.mark.parametrize(
    ("mode", "now", "state", "live"),
    [
        (Mode.FULL, 101.0, "滞后 1.2 s", True),
        (Mode.FULL, 103.0, "画面停于 12:34:56", False),
        (Mode.HALF, 100.1, "实时 0.3 s", True),
        (Mode.KEYS, 100.7, "关键帧模式 · 0.9 s", True),
        (Mode.KEYS, 115.0, "画面停于 12:34:56", False),
        (Mode.STILLS, 106.0, "静态画面 · 6.2 s 前", True),
        (Mode.STILLS, 130.0, "画面停于 12:34:56", False),
    ],
)
def test_the_age_decides_what_may_be_called_live(
    mode: Mode, now: float, state: str, live: bool
) -> None:
    words = said(replace(PLAYING, mode=mode), now)
    assert (words.state, words.live) == (state, live)
    assert (words.tone == "good") == state.startswith("实时")


@pytest.mark.parametrize(
    ("look", "state", "live"),
    [
        (Look.FROZEN, "画面冻结 18 s", False),
        (Look.BLACK, "黑屏 18 s", True),
        (Look.BLURRED, "画面模糊 18 s", True),
    ],
)
def test_a_picture_that_shows_nothing_true_says_so(look: Look, state: str, live: bool) -> None:
    words = said(replace(PLAYING, look=look, look_since=82.0))
    assert (words.state, words.tone, words.live) == (state, "bad", live)
    reported = replace(CAMERA, health="FAULT", fault="FROZEN")
    again = said(replace(PLAYING, look=look, look_since=82.0), camera=reported)
    assert again.state == f"{state} · 已报障"


def test_a_lost_stream_says_which_attempt_and_when_the_picture_stopped() -> None:
    words = said(replace(PLAYING, state=StreamState.RECONNECTING, attempt=2))
    assert (words.state, words.tone, words.live) == (
        "画面停于 12:34:56 · 重连中 第2次", "warn", False,
    )  # fmt: skip
    assert words.stream == ""  # the time needs the room


def test_a_stalled_stream_never_looks_live() -> None:
    words = said(replace(PLAYING, state=StreamState.STALLED, since=102.0), now=103.0)
    assert (words.state, words.live) == ("画面停于 12:34:56 · 画面中断 3.0 s", False)


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.NONE])
def test_every_fault_says_in_the_middle_why_there_is_no_picture(fault: Fault) -> None:
    words = said(Status(state=StreamState.ERROR, fault=fault), picture_at=None)
    assert (words.head, words.tone, words.live) == ("无画面", "bad", False)
    assert words.why == words.state != ""


def test_a_camera_known_to_be_offline_says_since_when() -> None:
    offline = replace(CAMERA, health="OFFLINE", health_since=NOW - timedelta(hours=1))
    error = Status(state=StreamState.ERROR, fault=Fault.NO_ADDRESS)
    words = said(error, camera=offline, picture_at=None)
    assert words.state == "离线 自 11:34"
    assert words.why == "平台未给出播放地址 · 离线 自 11:34"
    trying = Status(state=StreamState.RECONNECTING, attempt=3)
    words = said(trying, camera=offline, picture_at=None)
    assert (words.state, words.why, words.tone) == ("离线 自 11:34", "重连中 第3次", "bad")


@pytest.mark.parametrize("state", [StreamState.IDLE, StreamState.CONNECTING, StreamState.PLAYING])
def test_before_the_first_picture_it_is_connecting(state: StreamState) -> None:
    words = said(Status(state=state), picture_at=None)
    assert (words.head, words.state, words.tone) == ("正在连接", "正在连接…", "wait")


def test_a_camera_out_of_sight_of_its_user_is_named_gone() -> None:
    assert said(Status(), camera=None, picture_at=None).head == "摄像机不存在"
