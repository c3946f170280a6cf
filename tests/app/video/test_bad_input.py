"""Whatever a camera sends: it is said on the tile, and nothing crashes, hangs or stays behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.screen import tied_to_parent
from tests.support.stream_server import NAMES, StreamServer

ROOT = Path(__file__).parents[3]
WATCHED_S, SPOILED, EACH = 14.0, 24, 2500
NO_PICTURE = {
    "page": {"NO_VIDEO"},
    "sound": {"NO_VIDEO"},
    "nothing": {"NO_VIDEO", "LOST"},
    "noise": {"NO_VIDEO", "BAD_STREAM"},
    "8k": {"TOO_LARGE"},
    "no-login": {"UNAUTHORIZED"},
    "forbidden": {"UNAUTHORIZED"},
    "missing": {"NOT_FOUND"},
    "silence": {"TIMEOUT"},
    "broken": {"REFUSED"},
    "nobody-there": {"REFUSED"},
    "no-such-host": {"REFUSED"},
    "no-such-kind": {"NO_VIDEO"},
    "no-address": {"NO_VIDEO", "REFUSED"},
}
SIZES = {"good": [64, 64], "odd": [99, 67], "tiny": [16, 16], "mjpeg": [64, 64]}
LIVE = (*SIZES, "no-times", "wild-times")


def python(*arguments: str, given: str = "", most_s: float) -> subprocess.CompletedProcess[str]:
    command = [*tied_to_parent("KILL"), sys.executable, "-m", *arguments]
    return subprocess.run(
        command, input=given, capture_output=True, text=True, cwd=ROOT, timeout=most_s, check=False
    )


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    """What the players on all bad cameras at once said and showed."""
    spoiled = [f"spoiled-{number}" for number in range(SPOILED)]
    with StreamServer() as server:
        server.prepare(NAMES)
        urls = {name: server.url(name) for name in (*NAMES, *spoiled)}
        urls |= {
            "nobody-there": "rtsp://operator:word@127.0.0.1:9/1",
            "no-such-host": "http://camera.invalid/1.ts",
            "no-such-kind": "file:///etc/passwd",
            "no-address": "no address at all",
        }
        done = python(
            "tests.support.watched_video", str(WATCHED_S), given=json.dumps(urls) + "\n", most_s=90
        )
    assert done.returncode == 0, done.stderr[-4000:]
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer | {"stderr": done.stderr}


@pytest.mark.slow
@pytest.mark.parametrize("name", NO_PICTURE)
def test_a_camera_without_a_picture_is_said_to_have_none_and_why(
    seen: dict[str, Any], name: str
) -> None:
    told = seen["cameras"][name]
    assert told["pictures"] == 0
    assert "PLAYING" not in told["states"]
    assert set(told["faults"]) & NO_PICTURE[name]


@pytest.mark.slow
@pytest.mark.parametrize("name", LIVE)
def test_an_unusual_camera_is_shown(seen: dict[str, Any], name: str) -> None:
    told = seen["cameras"][name]
    assert "PLAYING" in told["states"]
    assert told["pictures"] > 100
    assert told["size"] == SIZES.get(name, told["size"])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cut", "then-silence"])
def test_a_picture_that_ends_does_not_look_live(seen: dict[str, Any], name: str) -> None:
    told = seen["cameras"][name]
    assert told["pictures"] > 0
    assert {"STALLED", "RECONNECTING"} & set(told["states"])


@pytest.mark.slow
def test_spoiled_streams_leave_the_others_alone_and_nothing_behind(seen: dict[str, Any]) -> None:
    assert seen["left"] == []
    assert "Traceback" not in seen["stderr"]
    shown = [name for name in seen["cameras"] if name.startswith("spoiled")]
    assert sum(seen["cameras"][name]["pictures"] > 0 for name in shown) > SPOILED / 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("codec", "container"),
    [("h264", "mpegts"), ("h264", "h264"), ("hevc", "mpegts"), ("hevc", "hevc")],
)
def test_ten_thousand_spoiled_streams_neither_crash_nor_hang(codec: str, container: str) -> None:
    done = python("tests.support.spoiled_video", codec, container, "0", str(EACH), most_s=100)
    *numbers, last = done.stdout.splitlines()
    assert done.returncode == 0, f"input {last}: {done.stderr[-2000:]}"
    outcomes = json.loads(last)
    assert len(numbers) == sum(outcomes.values()) == EACH
    assert outcomes["shown"] > EACH / 3, "hardly any input came as far as the decoder"
    assert sum(outcomes.values()) > outcomes["shown"], "no input did any harm"
