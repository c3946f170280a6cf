"""Frames a second, and the share of frames that never came."""

from collections import deque

RATE_OVER_S = 2.0
PART_S = 10.0  # the window moves by so much
SETTLED = 5  # frames of a connection until its clock is believed: servers set it right late
USUAL_OF = 25  # the usual distance of two frames is the median of so many


class Figures:
    """Counts frames that came and frames that should have come meanwhile. Times are monotonic.

    Missing are gaps of the stream's clock of more than one and a half usual distances, damaged
    frames, and the time without a stream at the usual rate. Its report keeps threads apart.
    """

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        self._arrived: deque[float] = deque()
        self._parts: deque[list[float]] = deque()  # begin, came, missing
        self._came_in_all = self._missing = 0.0  # in the window
        self._began: float | None = None
        self._usual_s = 0.0
        self._steps: deque[float] = deque(maxlen=USUAL_OF)
        self._last_s: float | None = None
        self._came = 0  # on this connection

    def frame(self, now: float, stream_s: float | None, *, damaged: bool = False) -> None:
        """`stream_s`: its decoding time stamp, if it has one."""
        self._arrived.append(now)
        while now - self._arrived[0] > RATE_OVER_S:
            self._arrived.popleft()
        self._came += 1
        missing = self._gap(stream_s)
        self._count(now, 0.0 if damaged else 1.0, missing + damaged)

    def away(self, now: float, seconds: float) -> None:
        """There was no stream for so long, although somebody wanted it."""
        if self._usual_s > 0:
            self._count(now, 0.0, min(seconds, self._window_s) / self._usual_s)
        self._last_s = None

    def new_connection(self) -> None:
        self._last_s, self._came = None, 0
        self._arrived.clear()

    def fps(self, now: float) -> float:
        while self._arrived and now - self._arrived[0] > RATE_OVER_S:
            self._arrived.popleft()
        if len(self._arrived) < 2:
            return 0.0
        return (len(self._arrived) - 1) / max(now - self._arrived[0], 0.04)

    @property
    def loss(self) -> float | None:
        everything = self._came_in_all + self._missing
        return self._missing / everything if everything else None

    def looks_back_s(self, now: float) -> float:
        """Over how long the loss is: the window, or less as long as the stream is young."""
        return 0.0 if self._began is None else min(now - self._began, self._window_s)

    def _gap(self, stream_s: float | None) -> float:
        last, self._last_s = self._last_s, stream_s
        if last is None or stream_s is None or not 0 < stream_s - last < PART_S:
            return 0.0
        step = stream_s - last
        if self._came <= SETTLED:
            return 0.0
        self._steps.append(step)
        self._usual_s = sorted(self._steps)[len(self._steps) // 2]
        return round(step / self._usual_s) - 1.0 if step > 1.5 * self._usual_s else 0.0

    def _count(self, now: float, came: float, missing: float) -> None:
        if self._began is None:
            self._began = now
        if not self._parts or now - self._parts[-1][0] > PART_S:
            self._parts.append([now, 0.0, 0.0])
            while now - self._parts[0][0] > self._window_s:
                _, old_came, old_missing = self._parts.popleft()
                self._came_in_all -= old_came
                self._missing -= old_missing
        self._parts[-1][1] += came
        self._parts[-1][2] += missing
        self._came_in_all += came
        self._missing += missing
