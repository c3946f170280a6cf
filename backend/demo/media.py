"""Clips of the demo city as endless streams: nothing is encoded, packets are only re-timed.

`resources/demo/video/cameras.json` says which scene a camera shows, from which moment on, and
which cameras fail on purpose: a frozen picture comes and goes with the clock, a black one stays.
"""

import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import msgspec

from backend.bodies import Quality

FOLDER = Path(__file__).parents[2] / "resources" / "demo" / "video"
TICKS = 90_000
"""MPEG-TS counts in 1/90 000 s."""
_TS = {"flush_packets": "1", "pat_period": "0.5", "sdt_period": "1", "pcr_period": "40"}


class Shown(msgspec.Struct, frozen=True, omit_defaults=True):
    """`live_s` and `frozen_s`: with both the picture freezes for the second after the first."""

    code: str
    scene: str
    offset_s: float = 0.0
    live_s: float = 0.0
    frozen_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """`at`: ticks since the clip's begin."""

    data: bytes
    at: int
    key: bool


type Timed = tuple[float, Frame, int]
"""Seconds after the opening, the frame, its time stamp in ticks."""


@dataclass(frozen=True, slots=True)
class Clip:
    path: Path
    frames: tuple[Frame, ...]
    length: int

    def key_before(self, at: int) -> int:
        """Index of the newest key frame at a time."""
        index = bisect_right(self.frames, at, key=lambda frame: frame.at) - 1
        return next(i for i in range(max(index, 0), -1, -1) if self.frames[i].key)


@cache
def read_clip(path: Path) -> Clip:
    """All packets of a clip, without B-frames. Raises OSError and KeyError for what is none."""
    frames: list[Frame] = []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        step = round(TICKS / (stream.average_rate or Fraction(25)))
        for packet in container.demux(stream):
            if packet.size:
                frames.append(Frame(bytes(packet), len(frames) * step, packet.is_keyframe))
    return Clip(path, tuple(frames), len(frames) * step)


class Broadcast:
    """All streams of the demo city; every thread may open one."""

    def __init__(self, folder: Path = FOLDER, now: Callable[[], float] = time.monotonic) -> None:
        rows = msgspec.json.decode((folder / "cameras.json").read_bytes(), type=list[Shown])
        self._shown = {row.code: row for row in rows}
        self._folder = folder
        self._now = now
        self._began = now()
        self._reading = threading.Lock()

    def open(self, code: str, quality: Quality) -> tuple[Iterator[Timed], "TsWriter"]:
        """The packets from now on. Raises KeyError, OSError for a camera without a picture."""
        shown = self._shown[code]
        with self._reading:
            clip = read_clip(self._folder / f"{shown.scene}-{quality}.mp4")
            still = clip
            if shown.frozen_s:
                still = read_clip(self._folder / f"{shown.scene}-frozen-{quality}.mp4")
        return self._timed(shown, clip, still), TsWriter(clip, code)

    def _timed(self, shown: Shown, clip: Clip, still: Clip) -> Iterator[Timed]:
        playing = still if self._is_frozen(shown) else clip
        at = round((self._now() - self._began + shown.offset_s) * TICKS) % playing.length
        index = playing.key_before(at)
        zero, begin = 0, playing.frames[index].at
        while True:
            for frame in playing.frames[index:]:
                stamp = zero + frame.at - begin
                yield stamp / TICKS, frame, stamp
            zero += playing.length - begin
            index = begin = 0
            playing = still if self._is_frozen(shown) else clip

    def _is_frozen(self, shown: Shown) -> bool:
        whole = shown.live_s + shown.frozen_s
        return bool(shown.frozen_s) and (self._now() - self._began) % whole >= shown.live_s


class TsWriter:
    """One MPEG-TS whose service is called like its camera."""

    def __init__(self, clip: Clip, code: str) -> None:
        self._out = _Chunks()
        self._template = av.open(str(clip.path))
        self._container = av.open(self._out, "w", format="mpegts", options=_TS)
        self._container.metadata.update(service_name=code, service_provider="TOCC demo")
        self._stream = self._container.add_stream_from_template(self._template.streams.video[0])

    def write(self, frame: Frame, stamp: int) -> bytes:
        packet = av.Packet(frame.data)
        packet.stream = self._stream
        packet.time_base = Fraction(1, TICKS)
        packet.pts = packet.dts = stamp
        packet.is_keyframe = frame.key
        self._container.mux_one(packet)
        return self._out.take()

    def close(self) -> None:
        self._container.close()
        self._template.close()


class _Chunks:
    """A file that is read as it is written."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)
