"""What a worker says of its stream, and what follows from its silence."""

import threading
from collections.abc import Callable
from dataclasses import replace

from app.video.address import Quality
from app.video.figures import Figures
from app.video.limits import Limits
from app.video.states import StreamEvent, StreamState, after
from app.video.status import Fault, Look, Mode, Status


class Report:
    """Written by the worker of the newest generation, read by anybody. Times are monotonic."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._live = limits.live
        self._clock = clock
        self._lock = threading.Lock()
        self._figures = Figures(limits.mode.loss_window_s)
        self._now = Status(since=clock())
        self._packet_at: float | None = None
        self._lost_at: float | None = None
        self._is_silent = False

    def tell(self, event: StreamEvent, fault: Fault = Fault.NONE) -> None:
        now = self._clock()
        with self._lock:
            self._step(event, fault, now)
            self._is_silent = False
            if event is StreamEvent.OPEN:
                self._now = replace(self._now, attempt=self._now.attempt + 1)
                self._figures.new_connection()
            elif event in (StreamEvent.HIDE, StreamEvent.CLOSE):
                self._now = replace(self._now, attempt=0, fps=0.0, lag_s=0.0)
                self._lost_at = None
            elif event in (StreamEvent.LOST, StreamEvent.REFUSED):
                self._lost_at = self._lost_at or self._packet_at or now
                self._packet_at = None

    def opened(self, quality: Quality, *, demo: bool) -> None:
        with self._lock:
            unknown = Look.UNKNOWN
            self._now = replace(
                self._now, quality=quality, demo=demo, look=unknown, look_since=None, lag_s=0.0
            )

    def packet(self, now: float, stream_s: float | None, lag_s: float, *, damaged: bool) -> None:
        """Something came, decoded or not."""
        with self._lock:
            self._count_absence(now)
            self._lost_at = None
            self._figures.frame(now, stream_s, damaged=damaged)
            # FFmpeg holds one back: it comes when the line has been silent for long, and is old
            self._packet_at = now - lag_s
            self._now = replace(self._now, lag_s=lag_s)
            if self._is_silent:
                self._is_silent = False
                self._step(StreamEvent.FRAME, Fault.NONE, now)

    def playing(self) -> None:
        """It works: the next loss is a new one."""
        now = self._clock()
        with self._lock:
            self._step(StreamEvent.FRAME, Fault.NONE, now)
            self._now = replace(self._now, attempt=0)

    def frame(self, arrived: float, size: tuple[int, int]) -> None:
        """One was decoded."""
        with self._lock:
            self._now = replace(self._now, picture_at=arrived, size=size)

    def looks(self, look: Look, now: float) -> None:
        with self._lock:
            if look is not self._now.look:
                self._now = replace(self._now, look=look, look_since=now)

    def granted(self, mode: Mode) -> None:
        with self._lock:
            self._now = replace(self._now, mode=mode)

    @property
    def attempt(self) -> int:
        return self._now.attempt

    @property
    def status(self) -> Status:
        now = self._clock()
        with self._lock:
            self._judge_silence(now)
            self._count_absence(now)
            figures = self._figures
            return replace(
                self._now,
                fps=figures.fps(now),
                loss=figures.loss,
                loss_over_s=figures.looks_back_s(now),
            )

    def _count_absence(self, now: float) -> None:
        """What did not come while the stream was away is lost, whether it came back or not."""
        if self._lost_at is not None:
            self._figures.away(now, now - self._lost_at)
            self._lost_at = now

    def _judge_silence(self, now: float) -> None:
        """A worker that waits for a silent server says nothing itself."""
        if self._packet_at is None:
            return
        silent = now - self._packet_at
        if silent > self._live.stalled_s and self._now.state is StreamState.PLAYING:
            self._is_silent = True
            self._step(StreamEvent.QUIET, Fault.NONE, self._packet_at + self._live.stalled_s)
        if silent > self._live.lost_s and self._now.state is StreamState.STALLED:
            self._step(StreamEvent.LOST, Fault.LOST, self._packet_at + self._live.lost_s)

    def _step(self, event: StreamEvent, fault: Fault, at: float) -> None:
        state = after(self._now.state, event)
        if state is not self._now.state:
            self._now = replace(self._now, state=state, since=at)
        if event in (StreamEvent.LOST, StreamEvent.REFUSED):
            self._now = replace(self._now, fault=fault)
        elif event in (StreamEvent.FRAME, StreamEvent.HIDE, StreamEvent.CLOSE):
            self._now = replace(self._now, fault=Fault.NONE)
