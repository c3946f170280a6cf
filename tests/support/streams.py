"""Streams of all kinds as bytes: good ones, others than asked for, and spoiled ones."""

from __future__ import annotations

import io
from fractions import Fraction
from random import Random
from typing import Final

import av
import numpy as np
import numpy.typing as npt
from av.audio.stream import AudioStream
from av.video.stream import VideoStream

PACKET: Final = 188  # bytes of MPEG-TS
VIDEO: Final = b"\x00\x00\x01\xe0"  # a frame begins
ENCODER: Final = {"h264": "libx264", "hevc": "libx265", "mjpeg": "mjpeg"}
QUIET: Final = {
    "h264": {"preset": "ultrafast", "tune": "zerolatency"},
    "hevc": {"preset": "ultrafast", "tune": "zerolatency", "x265-params": "log-level=none"},
    "mjpeg": {},
}
_LOOKING_AHEAD: Final = {"preset": "veryfast"}
FORM: Final = {"mjpeg": "yuvj420p"}


def video(
    codec: str = "h264",
    *,
    size: tuple[int, int] = (64, 64),
    count: int = 50,
    fps: int = 25,
    form: str = "",
    container: str = "mpegts",
    ahead: int = 0,
) -> bytes:
    """So many pictures that move, a key frame each second; `ahead`: frames in a row that are told
    by later ones."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        stream = output.add_stream(
            ENCODER[codec], fps, options=_LOOKING_AHEAD if ahead else QUIET[codec]
        )
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = size
        stream.pix_fmt = form or FORM.get(codec, "yuv420p")
        stream.gop_size, stream.max_b_frames = fps, ahead
        for number in range(count):
            frame = av.VideoFrame.from_ndarray(_picture(*size, number * 2), format="gray")
            frame.pts, frame.time_base = number, Fraction(1, fps)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return file.getvalue()


def sound(seconds: int = 2) -> bytes:
    """Nothing to look at."""
    file = io.BytesIO()
    with av.open(file, "w", format="mpegts") as output:
        stream = output.add_stream("aac", 8000, layout="mono")
        assert isinstance(stream, AudioStream)
        for number in range(seconds * 8):
            frame = av.AudioFrame.from_ndarray(
                np.zeros((1, 1000), np.float32), format="fltp", layout="mono"
            )
            frame.sample_rate, frame.pts = 8000, number * 1000
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return file.getvalue()


def frames_of(stream: bytes) -> list[bytes]:
    """MPEG-TS cut where a frame begins; what stands in front goes with the first."""
    packets = [stream[at : at + PACKET] for at in range(0, len(stream), PACKET)]
    frames: list[bytes] = [b""]
    for packet in packets:
        if VIDEO in packet and VIDEO in frames[-1]:
            frames.append(b"")
        frames[-1] += packet
    return frames


def with_wild_times(stream: bytes, seed: int = 1) -> bytes:
    """Every frame says another time of the last 26 hours."""
    wild, chance, at = bytearray(stream), Random(seed), 0
    while (at := wild.find(VIDEO, at)) >= 0:
        if wild[at + 7] & 0x80:
            wild[at + 9 : at + 14] = _time(0x20 | (wild[at + 9] & 0x10), chance.getrandbits(33))
        at += 1
    return bytes(wild)


def spoiled(stream: bytes, chance: Random) -> bytes:
    """As lines, disks and bad cameras spoil it: flipped, lost, doubled, moved, cut bytes."""
    result = bytearray(stream)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        if len(result) < 2:
            break
        at = chance.randrange(len(result))
        long = min(chance.choice((1, 1, 2, 4, 188)), len(result) - at)
        match chance.randrange(6):
            case 0:
                result[at] ^= 1 << chance.randrange(8)
            case 1:
                result[at : at + long] = chance.randbytes(long)
            case 2:
                del result[at : at + long]
            case 3:
                result[at:at] = result[at : at + long]
            case 4:
                result[at] = chance.choice((0x00, 0x7F, 0x80, 0xFF))
            case 5:
                end = chance.randrange(len(result))
                result[at : at + long] = result[end : end + long]
    if chance.random() < 0.1:
        del result[chance.randrange(len(result)) :]
    return bytes(result)


def _picture(width: int, height: int, shift: int) -> npt.NDArray[np.uint8]:
    """Stripes, some pixels to the right; one row is as the other."""
    row = ((np.arange(width) + shift) * 4 % 256).astype(np.uint8)
    return np.repeat(row[None], height, axis=0)


def _time(mark: int, value: int) -> bytes:
    """33 bits of 90 kHz as the head of a frame has them."""
    return bytes([
        mark | (value >> 29 & 0x0E) | 1,
        value >> 22 & 0xFF, (value >> 14 & 0xFE) | 1,
        value >> 7 & 0xFF, (value << 1 & 0xFE) | 1,
    ])  # fmt: skip
