"""One connection: packets in, pictures out, as long as it lasts."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.video.address import Address, Quality
from app.video.decode import Decoder
from app.video.lag import Lag, Pace
from app.video.line import Line
from app.video.ring import Track
from app.video.slot import Picture
from app.video.snapshot import Snapshot
from app.video.source import Source, SourceError
from app.video.states import StreamEvent
from app.video.status import Fault, Look, Mode
from app.video.truth import Judge, luma_of, read_rules

if TYPE_CHECKING:
    import av

    from app.video.line import Wish
    from app.video.source import Packet

GROUP_MOST = 300
"""Packets kept while nobody looks, so that a picture is there as soon as somebody does."""


class Playback:
    """Used by one worker. `run` returns why it ended; NONE: nothing is wrong."""

    def __init__(
        self,
        line: Line,
        generation: int,
        source: Source,
        address: Address,
        granted: Quality,
        lag: Lag,
    ) -> None:
        self._line, self._generation = line, generation
        self._source, self._address, self._lag = source, address, lag
        self._granted = granted
        self._limits = line.limits
        self._decoder, self._judge = Decoder(source.stream), Judge(read_rules())
        self._group: list[Packet] = []
        self._decoding = False
        self._begun = line.clock()
        self._fruitless_since: float | None = None
        self._converted_at = self._still_at = self._looked_at = float("-inf")
        self._serial = 0
        self._plays = False
        self._size = source.size
        self._base = float(source.stream.time_base or 0)
        lag.forget()
        line.ring.begin(Track.of(source.stream), address.channel)

    def run(self) -> Fault:
        """Raises SourceError when the stream ends."""
        for packet in self._source.packets():
            if self._line.is_late(self._generation):
                return Fault.NONE
            fault = self._packet(packet)
            if fault is not Fault.NONE or self._is_over():
                return fault
        return Fault.LOST

    def _is_over(self) -> bool:
        if self._line.wish.granted is not self._granted:
            return True
        if not self._line.nobody_looks:
            return False
        return self._line.end(StreamEvent.HIDE, self._generation)

    def _packet(self, packet: "Packet") -> Fault:
        now, wish = self._line.clock(), self._line.wish
        stream_s = self._seconds(packet)
        self._line.ring.add(packet, now)
        pace = self._lag.packet(now, stream_s, key=packet.is_keyframe)
        self._line.report.packet(now, stream_s, self._lag.seconds, damaged=packet.is_corrupt)
        if pace is Pace.RECONNECT:
            return Fault.LOST
        if not wish.visible and not self._line.is_asked:
            self._keep(packet)
            return Fault.NONE
        self._line.answer_late()
        if not self._is_wanted(packet, wish, pace, now):
            return Fault.NONE
        for queued in (*self._group, packet):
            self._decode(queued, now, pace, is_last=queued is packet)
        self._group.clear()
        return self._fruit(now)

    def _seconds(self, packet: "Packet") -> float | None:
        stamp = packet.dts if packet.dts is not None else packet.pts
        return None if stamp is None else stamp * self._base

    def _keep(self, packet: "Packet") -> None:
        """Nobody looks: decode nothing, but hold the newest group of pictures ready."""
        if not self._plays:
            self._plays = True
            self._line.report.playing()
        self._decoding = False
        if packet.is_keyframe:
            self._group = [packet]
        elif len(self._group) >= GROUP_MOST:
            self._group = []
        elif self._group:
            self._group.append(packet)

    def _is_wanted(self, packet: "Packet", wish: "Wish", pace: Pace, now: float) -> bool:
        """Whether to give this packet (and the group before it) to the decoder."""
        if pace is Pace.DROP:
            self._group.clear()
            self._decoding = False
            return False
        if wish.mode in (Mode.KEYS, Mode.STILLS):
            return self._is_wanted_key(packet, wish.mode, now)
        if not self._decoding:
            # without any key frame in sight a decoder may still make something of it
            hopeless = now - self._begun > self._limits.open.first_frame_s
            if not (packet.is_keyframe or self._group or hopeless):
                return False
            if packet.is_keyframe:
                self._group.clear()
            self._decoder.skip_to()
            self._decoding = True
        return True

    def _is_wanted_key(self, packet: "Packet", mode: Mode, now: float) -> bool:
        self._group.clear()
        self._decoding = False
        if not packet.is_keyframe:
            return False
        if mode is Mode.STILLS and not self._line.is_asked:
            if now - self._still_at < self._limits.mode.stills_s:
                return False
            self._still_at = now
        return True

    def _decode(self, packet: "Packet", now: float, pace: Pace, *, is_last: bool) -> None:
        if self._fruitless_since is None:
            self._fruitless_since = now
        decode = self._decoder.decode if self._decoding else self._decoder.decode_alone
        frames = decode(packet)
        if frames and is_last:
            self._fruitless_since = None
            self._frame(frames[-1], now, pace)

    def _fruit(self, now: float) -> Fault:
        if self._fruitless_since is None:
            return Fault.NONE
        barren = now - self._fruitless_since > self._limits.open.first_frame_s
        return Fault.BAD_STREAM if barren else Fault.NONE

    def _frame(self, frame: "av.VideoFrame", now: float, pace: Pace) -> None:
        line, arrived = self._line, now - self._lag.seconds
        if line.is_late(self._generation):
            return
        self._notice_size((frame.width, frame.height))
        line.report.frame(arrived, self._size)
        if not self._plays:
            self._plays = True
            line.report.playing()
        if frame.key_frame or now - self._looked_at >= self._limits.mode.look_s:
            self._looked_at = now
            line.report.looks(self._look(frame, now), now)
        if line.is_asked:
            line.answer(lambda: self._snapshot(frame, arrived))
        if pace is Pace.SHOW:
            self._show(frame, now, arrived)

    def _look(self, frame: "av.VideoFrame", now: float) -> Look:
        if self._line.wish.steered:  # what was seen before tells nothing of the next view
            self._judge.forget()
            return Look.UNKNOWN
        return self._judge.look_at(luma_of(frame), now, key=frame.key_frame)

    def _notice_size(self, size: tuple[int, int]) -> None:
        """It may change in flight. Raises SourceError if it became too large."""
        if size == self._size:
            return
        self._size = size
        if size[0] * size[1] > self._limits.open.max_pixels:
            raise SourceError(Fault.TOO_LARGE)
        self._line.ring.begin(Track.of(self._source.stream))

    def _show(self, frame: "av.VideoFrame", now: float, arrived: float) -> None:
        """Convert, if the last picture was taken: nobody waits for a picture in between."""
        line, wish = self._line, self._line.wish
        if not (line.slot.is_free and wish.visible and wish.width > 0 and wish.height > 0):
            return
        if wish.mode is Mode.HALF and now - self._converted_at < 0.9 / self._limits.mode.half_hz:
            return
        self._converted_at = now
        self._serial += 1
        picture = Picture(
            pixels=self._decoder.picture(frame, wish.width, wish.height),
            pts_s=frame.time or 0.0,
            arrived=arrived,
            taken_at=self._taken_at(arrived),
            serial=self._serial,
        )
        if not line.is_late(self._generation) and wish is line.wish:
            line.slot.put(picture)

    def _snapshot(self, frame: "av.VideoFrame", arrived: float) -> Snapshot:
        return Snapshot(
            pixels=self._decoder.whole(frame),
            taken_at=self._taken_at(arrived),
            pts_s=frame.time or 0.0,
            quality=self._address.quality,
            device_id=self._address.device_id,
            channel=self._address.channel,
            demo=self._address.demo,
        )

    def _taken_at(self, arrived: float) -> datetime:
        return datetime.now(UTC) - timedelta(seconds=self._line.clock() - arrived)
