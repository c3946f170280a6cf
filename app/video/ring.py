"""The last half minute of a stream as it came, compressed; a recording goes on from there."""

import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import av

KEPT_S = 30.0
KEPT_BYTES = 8_000_000
RECORDED_BYTES = 24_000_000
"""A file of a case has at most 25 MB."""
RECORDED_S = 300.0


@dataclass(frozen=True, slots=True)
class Track:
    """What a player must know of a stream. `extradata` as the source gave it, may be empty."""

    codec: str
    width: int
    height: int
    time_base: Fraction
    extradata: bytes

    @classmethod
    def of(cls, stream: "av.VideoStream") -> "Track":
        context, base = stream.codec_context, stream.time_base
        return cls(
            codec=context.name,
            width=context.width,
            height=context.height,
            time_base=Fraction(base.numerator, base.denominator) if base else Fraction(1, 90_000),
            extradata=context.extradata or b"",
        )


@dataclass(frozen=True, slots=True)
class Sample:
    """One packet. `dts` and `pts` in the track's time base, None if the source gave none."""

    data: bytes
    dts: int | None
    pts: int | None
    key: bool
    arrived: float
    taken_at: datetime


class End(StrEnum):
    """Why a recording takes no more."""

    NONE = "NONE"
    STOPPED = "STOPPED"
    LONG = "LONG"
    LARGE = "LARGE"
    CHANGED = "CHANGED"  # another codec, size or time base


class Recording:
    """Samples of one track, from a key frame on. Made by `Ring.record`, fed by the ring."""

    def __init__(
        self, track: Track | None, samples: Iterable[Sample], until: float, channel: str = ""
    ) -> None:
        self._lock = threading.Lock()
        self.track, self.channel = track, channel
        self._samples = list(samples)
        self._size = sum(len(sample.data) for sample in self._samples)
        self._until = until
        self._end = End.NONE

    @property
    def end(self) -> End:
        return self._end

    @property
    def samples(self) -> tuple[Sample, ...]:
        with self._lock:
            return tuple(self._samples)

    @property
    def seconds(self) -> float:
        """From the first sample to the last, by arrival."""
        with self._lock:
            return self._samples[-1].arrived - self._samples[0].arrived if self._samples else 0.0

    def stop(self) -> None:
        self._finish(End.STOPPED)

    def watch(self, now: float) -> None:
        """Its time is over, also when nothing comes any more."""
        if now > self._until:
            self._finish(End.LONG)

    def begin(self, track: Track) -> None:
        """The stream was opened anew: the same again goes on after a gap."""
        with self._lock:
            if self.track is None:
                self.track = track
            elif self.track != track and self._end is End.NONE:
                self._end = End.CHANGED

    def add(self, sample: Sample) -> None:
        with self._lock:
            if self._end is not End.NONE or not (self._samples or sample.key):
                return
            if sample.arrived > self._until:
                self._end = End.LONG
            elif self._size + len(sample.data) > RECORDED_BYTES:
                self._end = End.LARGE
            else:
                self._samples.append(sample)
                self._size += len(sample.data)

    def _finish(self, end: End) -> None:
        with self._lock:
            if self._end is End.NONE:
                self._end = end


class Ring:
    """Whole groups of pictures, so that it begins with a key frame. Thread-safe.

    The reading thread calls `begin` on every (re)connect and `add` for every packet, whether
    it is decoded or not; anyone calls `record`.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._track: Track | None = None
        self._channel = ""
        self._groups: deque[list[Sample]] = deque()
        self._size = 0
        self._recordings: list[Recording] = []

    def begin(self, track: Track, channel: str = "") -> None:
        """A new connection. What was kept stays if the track is the same."""
        with self._lock:
            self._channel = channel or self._channel
            if track != self._track:
                self._groups.clear()
                self._size = 0
            self._track = track
            for recording in self._recordings:
                recording.begin(track)

    def add(self, packet: "av.Packet[Any]", arrived: float) -> None:
        """`arrived` on the monotonic clock. The packet is copied: nothing of it is held."""
        data = bytes(packet)
        if not data:
            return
        key = packet.is_keyframe
        now = datetime.now(UTC)
        sample = Sample(data, packet.dts, packet.pts, key, arrived, now)
        with self._lock:
            self._keep(sample)
            for recording in self._recordings:
                recording.add(sample)
            self._recordings = [item for item in self._recordings if item.end is End.NONE]

    def record(self, now: float) -> Recording:
        """What is kept and, until it is stopped or too long, what comes."""
        with self._lock:
            self._forget_old(now)
            kept = [sample for group in self._groups for sample in group]
            recording = Recording(self._track, kept, now + RECORDED_S, self._channel)
            self._recordings.append(recording)
            return recording

    def clear(self) -> None:
        """Nothing of what was is for the next user."""
        with self._lock:
            self._groups.clear()
            self._size = 0

    @property
    def size(self) -> int:
        """Bytes kept."""
        return self._size

    @property
    def seconds(self) -> float:
        with self._lock:
            if not self._groups:
                return 0.0
            return self._groups[-1][-1].arrived - self._groups[0][0].arrived

    def _keep(self, sample: Sample) -> None:
        if sample.key:
            self._groups.append([sample])
        elif self._groups:
            self._groups[-1].append(sample)
        else:
            return
        self._size += len(sample.data)
        self._forget_old(sample.arrived)

    def _forget_old(self, now: float) -> None:
        while self._groups and self._too_much(now):
            gone = self._groups.popleft()
            self._size -= sum(len(old.data) for old in gone)

    def _too_much(self, now: float) -> bool:
        """A group goes when the rest still covers the time, when nothing came after it for so
        long, or when memory is at its limit."""
        if self._size > KEPT_BYTES or now - self._groups[0][-1].arrived >= KEPT_S:
            return True
        return len(self._groups) > 1 and now - self._groups[1][0].arrived >= KEPT_S
