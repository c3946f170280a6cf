"""`video-cpu`: what a wall of cameras costs, beside FFmpeg's own decode and scale.

Sixteen cameras of 704 × 576 and four of 1920 × 1080, 25 pictures a second, H.264 and H.265, over RTSP
with login, on the product's wall at 1920 × 1080. Processor time of all threads but the GUI's per
second of video (`decode_ratio`), and with the GUI thread that paints them (`wall_ratio`), over that of
one `ffmpeg` which plays as many such streams at the same pace from a file, one thread each, and
scales them to the same size in BGRA with the same filter. The worst of the four counts, and only
while the wall shows most of the 25 pictures a second: what is left out costs nothing, and two clocks
of 25 Hz, the camera's and the wall's, miss each other at times.
"""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass, replace
from typing import Final

from installers.peers import FFMPEG, require
from tests.bench.desk import run_for
from tests.bench.video_view import (
    D1,
    HD,
    PICTURES_S,
    cameras,
    wait_live,
    wall,
    watched,
)
from tests.support.clips import Clip

SECONDS, WARM_S = 10.0, 2.0
DECODE_RATIO, WALL_RATIO, SHOWN = 1.3, 1.5, 0.8


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    clip: Clip
    streams: int


CASES: Final = tuple(
    case
    for codec in ("h264", "hevc")
    for case in (
        Case(f"d1_{codec}", replace(D1, codec=codec), 16),
        Case(f"hd_{codec}", replace(HD, codec=codec), 4),
    )
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor milliseconds per second of video; pictures shown per second and stream, of that size."""

    decode_ms: float
    wall_ms: float
    fps: float
    size: tuple[int, int]


def run() -> dict[str, object]:
    require(FFMPEG)
    figures: dict[str, object] = {}
    decode, walls, shown = [], [], []
    titles = ("ffmpeg", "threads", "wall", "decode", "wall", "shown")
    print(f"{'ms per stream-second':<24}" + "".join(f"{title:>10}" for title in titles))
    for case in CASES:
        own = measure(case)
        peer = ffmpeg_ms(case, own.size)
        decode.append(own.decode_ms / peer)
        walls.append(own.wall_ms / peer)
        shown.append(own.fps / PICTURES_S)
        print(
            f"{case.name:<24}{peer:>10.1f}{own.decode_ms:>10.1f}{own.wall_ms:>10.1f}"
            f"{decode[-1]:>10.2f}{walls[-1]:>10.2f}{own.fps:>10.1f}",
            flush=True,
        )
        figures |= {
            f"{case.name}_decode_ratio": round(decode[-1], 3),
            f"{case.name}_wall_ratio": round(walls[-1], 3),
            f"{case.name}_fps": round(own.fps, 1),
        }
    met = max(decode) <= DECODE_RATIO and max(walls) <= WALL_RATIO and min(shown) >= SHOWN
    return {
        "decode_ratio": round(max(decode), 3),
        "wall_ratio": round(max(walls), 3),
        "shown": round(min(shown), 3),
        **figures,
        "met": met,
    }


def measure(case: Case) -> Cost:
    with (
        cameras(case.clip, case.streams) as office,
        watched(office) as videos,
        wall(videos, office, str(case.streams)) as (shown, players),
    ):
        wait_live(players)
        run_for(WARM_S)
        shown.reset()
        began, all_began, gui_began = time.monotonic(), time.process_time(), time.thread_time()
        run_for(SECONDS)
        gui_ms = (time.thread_time() - gui_began) * 1000
        all_ms = (time.process_time() - all_began) * 1000
        seconds = time.monotonic() - began
        pictures, size = shown.shown, shown.picture_size
    video_s = case.streams * seconds
    return Cost((all_ms - gui_ms) / video_s, all_ms / video_s, pictures / video_s, size)


def ffmpeg_ms(case: Case, size: tuple[int, int]) -> float:
    """FFmpeg's processor milliseconds per stream and second of the same wall."""
    width, height = size
    file = case.clip.file()
    command = ["ffmpeg", "-nostdin", "-v", "error", "-filter_threads", "1"]
    for _ in range(case.streams):
        command += ["-threads", "1", "-re", "-r", str(PICTURES_S), "-i", str(file)]
    for stream in range(case.streams):
        command += ["-map", str(stream), "-vf", f"scale={width}:{height}:flags=fast_bilinear"]
        command += ["-pix_fmt", "bgra", "-f", "null", "-"]
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"ffmpeg ended with {process.returncode}")
    return (used.ru_utime + used.ru_stime) * 1000 / (case.clip.seconds * case.streams)
