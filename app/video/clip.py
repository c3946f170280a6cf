"""A recording becomes an MP4 file: the packets as they came, nothing encoded anew."""

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import av

from app.video.ring import Sample, Track

_CLOCK = Fraction(1, 90_000)
_GAP_S = 0.04
"""What stands for a jump of the source's own clock."""
_JUMP_S = 10.0
_START = b"\0\0\0\1"
_CODECS = ("h264", "hevc")


class EmptyClipError(Exception):
    """No key frame came, so there is nothing to see."""


class CodecError(Exception):
    """A stream that cannot be put into the file as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Whose picture, when, for whom: written into the file. `taken_at` UTC."""

    code: str
    name: str
    channel: str
    taken_at: datetime
    author: str
    demo: bool = False

    @property
    def tags(self) -> dict[str, str]:
        time = self.taken_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        said = [self.code, self.channel, time, self.author, *(["DEMO"] if self.demo else [])]
        return {
            "title": self.name,
            "comment": " | ".join(said),
            "creation_time": time,
            "artist": self.author,
        }


def write_clip(
    target: Path, track: Track | None, samples: Sequence[Sample], origin: Provenance
) -> float:
    """Write whole or not at all; returns its seconds. Blocks: not for the GUI thread.

    Raises EmptyClipError, CodecError, OSError (av.FFmpegError is one).
    """
    if track is None or not any(sample.key for sample in samples):
        raise EmptyClipError
    part = target.with_name(f".{target.name}.part")
    try:
        seconds = _write(part, track, samples, origin)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return seconds


def _write(part: Path, track: Track, samples: Sequence[Sample], origin: Provenance) -> float:
    first = next(number for number, sample in enumerate(samples) if sample.key)
    whole = samples[first:]
    data = [_with_start_codes(track, sample.data) for sample in whole]
    head = io.BytesIO(_parameters(track) + data[0])
    with (
        av.open(head, format=track.codec) as template,
        av.open(str(part), "w", format="mp4", options={"movflags": "+faststart"}) as file,
    ):
        file.metadata.update(origin.tags)
        stream = file.add_stream_from_template(template.streams.video[0], opaque=True)
        stream.time_base = _CLOCK
        end = 0
        for sample, payload, (dts, pts) in zip(whole, data, _times(track, whole), strict=True):
            packet = av.Packet(payload)
            packet.stream = stream
            packet.time_base = _CLOCK
            packet.dts, packet.pts = dts, pts
            packet.is_keyframe = sample.key
            file.mux(packet)
            end = max(end, pts)
    return float(end * _CLOCK)


def _parameters(track: Track) -> bytes:
    """Parameter sets before the first key frame; a source may send them within it instead."""
    if track.codec not in _CODECS or (_is_counted(track) and track.codec != "h264"):
        raise CodecError(track.codec)
    if not _is_counted(track):
        return track.extradata
    units, at, rest = [], 5, track.extradata
    for mask in (0x1F, 0xFF):  # sequence, then picture parameter sets
        count, at = rest[at] & mask, at + 1
        for _ in range(count):
            size = int.from_bytes(rest[at : at + 2])
            units.append(rest[at + 2 : at + 2 + size])
            at += 2 + size
    return b"".join(_START + unit for unit in units)


def _is_counted(track: Track) -> bool:
    """Units with their length before them, as in FLV and Matroska, not with start codes."""
    return track.extradata[:1] == b"\1"


def _with_start_codes(track: Track, data: bytes) -> bytes:
    if not _is_counted(track):
        return data
    width, at, units = (track.extradata[4] & 3) + 1, 0, []
    while at + width < len(data):
        size = int.from_bytes(data[at : at + width])
        units.append(data[at + width : at + width + size])
        at += width + size
    return b"".join(_START + unit for unit in units)


def _times(track: Track, samples: Sequence[Sample]) -> Iterator[tuple[int, int]]:
    """Decoding and presentation time on a clock of 90 kHz that begins at 0 and only grows.

    A stream that was opened anew goes on after the gap by arrival; what the source gives no
    time, or a wild one, goes by arrival too.
    """
    at, last = -1, samples[0]
    for number, sample in enumerate(samples):
        at = 0 if number == 0 else max(at + 1, at + round(_step(track, last, sample) / _CLOCK))
        last = sample
        ahead = 0
        if sample.pts is not None and sample.dts is not None:
            ahead = round((sample.pts - sample.dts) * track.time_base / _CLOCK)
        yield at, at + (ahead if 0 <= ahead * _CLOCK <= 2 else 0)


def _step(track: Track, last: Sample, sample: Sample) -> float:
    """Seconds from one packet to the next."""
    arrival = sample.arrived - last.arrived
    before, now = (s.dts if s.dts is not None else s.pts for s in (last, sample))
    if before is None or now is None:
        return max(arrival, 0.0)
    step = float((now - before) * track.time_base)
    if step < 0 or abs(step - arrival) > _JUMP_S:
        return max(arrival, _GAP_S)
    return step
