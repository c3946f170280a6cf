"""Short clips of an invented road whose every picture carries its number; encoded once, then kept.

The number stands in eight black or white squares along the top, after a white and a black one, so
that it can be read from a picture of any size (`number_in`).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import numpy as np
import numpy.typing as npt

FOLDER = Path(__file__).parents[2] / "out" / "clips"
EDITION: Final = 2  # of the pictures; another one makes new files
BITS: Final = 8
CELLS: Final = BITS + 4  # two in front, two of road behind
SUFFIX = {"h264": ".h264", "hevc": ".h265"}
ENCODER = {"h264": "libx264", "hevc": "libx265"}
BY_ENCODER = {
    "libx264": {"x264-params": "aud=1:scenecut=0:sliced-threads=0"},
    "libx265": {"x265-params": "aud=1:scenecut=0:bframes=0:log-level=none:repeat-headers=1"},
}
type Gray = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A key frame each second, none that looks ahead; `codec` is FFmpeg's name."""

    width: int
    height: int
    codec: str = "h264"
    fps: int = 25
    seconds: int = 10
    kbit_s: int = 1000

    @property
    def count(self) -> int:
        return self.fps * self.seconds

    def file(self) -> Path:
        """An Annex B stream with access unit delimiters; made now if it is not there yet."""
        name = hashlib.sha256(repr((EDITION, *astuple(self))).encode()).hexdigest()[:12]
        path = FOLDER / f"{self.codec}-{self.width}x{self.height}-{name}{SUFFIX[self.codec]}"
        if not path.exists():
            FOLDER.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(f".{os.getpid()}")
            unfinished.write_bytes(b"".join(self.encode()))
            unfinished.replace(path)
        return path

    def encode(self) -> Iterator[bytes]:
        """One access unit after the other."""
        encoder = ENCODER[self.codec]
        context = av.CodecContext.create(encoder, "w")
        assert isinstance(context, av.VideoCodecContext)
        context.width, context.height, context.pix_fmt = self.width, self.height, "yuv420p"
        context.time_base, context.framerate = Fraction(1, self.fps), Fraction(self.fps)
        context.gop_size, context.max_b_frames, context.bit_rate = self.fps, 0, self.kbit_s * 1000
        context.options = {"preset": "veryfast", "tune": "zerolatency", **BY_ENCODER[encoder]}
        for frame in self.frames():
            yield from map(bytes, context.encode(frame))
        yield from map(bytes, context.encode(None))

    def frames(self) -> Iterator[av.VideoFrame]:
        chance = np.random.default_rng(self.width)
        road = _road(self.width, self.height, chance)
        grain = [chance.normal(0, 3, road.shape).astype(np.int8) for _ in range(7)]
        colour = np.full((self.height // 2, self.width), 128, np.uint8)
        for number in range(self.count):
            swayed = np.roll(road, round(2 * np.sin(number / 4)), axis=1)  # the pole in the wind
            luma = (swayed + grain[number % 7]).clip(16, 235).astype(np.uint8)
            _drive(luma, number, self.fps)
            write_number(luma, number)
            planes = np.concatenate([luma, colour])
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts = number
            yield frame


def write_number(luma: Gray, number: int) -> None:
    height, width = luma.shape
    cell, bottom = width / CELLS, height // 8
    for place, bit in enumerate((1, 0, *(number >> i & 1 for i in range(BITS)))):
        luma[:bottom, round(place * cell) : round((place + 1) * cell)] = 235 if bit else 16


def number_in(pixels: npt.NDArray[np.uint8]) -> int | None:
    """Of a picture (height, width, 4) of any size; None if there is none to read."""
    height, width = pixels.shape[:2]
    row, cell = pixels[height // 16, :, 1], width / CELLS
    light = [int(row[int((place + 0.5) * cell)]) > 128 for place in range(BITS + 2)]
    if not light[0] or light[1]:
        return None
    return sum(1 << i for i, bit in enumerate(light[2:]) if bit)


def _road(width: int, height: int, chance: np.random.Generator) -> npt.NDArray[np.int16]:
    """Ground with some texture, a carriageway with its marks."""
    coarse = chance.integers(70, 150, (height // 8 + 1, width // 8 + 1))
    ground = coarse.repeat(8, 0).repeat(8, 1)[:height, :width].astype(np.int16)
    ground[height // 3 : height * 5 // 6] = 95
    ground[height // 3 : height // 3 + 2] = 220
    ground[height * 5 // 6 - 2 : height * 5 // 6] = 220
    ground[height * 7 // 12, : width - width % 16].reshape(-1, 16)[:, :8] = 220
    return ground


def _drive(luma: Gray, number: int, fps: int) -> None:
    """Twelve vehicles, each with its own speed."""
    height, width = luma.shape
    long, wide = max(width // 12, 2), max(height // 14, 2)
    for lane in range(12):
        speed = width * (0.1 + 0.02 * lane) / fps
        left = int(number * speed + lane * width / 5) % width
        top = height // 3 + 4 + (lane % 6) * height // 13
        luma[top : top + wide, left : left + long] = 40 + 15 * lane
