"""How far a stream is behind, whatever its clock says, and what to do about it."""

from enum import StrEnum

from app.video.limits import LagLimits

LEAST_DROPPED_S = 0.5
"""After less it is too early to say whether dropping helps."""
USEFUL = 0.3
"""It helps when this share of what is dropped is made up; else it comes no faster than live."""


class Pace(StrEnum):
    """What becomes of a packet."""

    SHOW = "SHOW"
    DECODE = "DECODE"  # only: no picture of it
    DROP = "DROP"
    RECONNECT = "RECONNECT"


class Lag:
    """Lag is real time minus stream time, above the least that was seen.

    Three things are told apart from being behind: a step of the stream's clock, its slow drift
    (the least may rise a little each second), and a delay that is not ours: dropping packets
    did not help, so the least is taken anew and a worse clock assumed. Without time stamps there
    is no lag to be known.
    """

    def __init__(self, limits: LagLimits) -> None:
        self._limits = limits
        self._drift = limits.drift
        self.forget()

    def forget(self) -> None:
        """A new connection. What was learned of the clock stays."""
        self.seconds = 0.0
        self._least: float | None = None
        self._last: tuple[float, float] | None = None  # real time, stream time
        self._behind_since: float | None = None
        self._dropping: tuple[float, float] | None = None  # real time and lag when it began
        self._shown_at = 0.0

    def packet(self, now: float, stream_s: float | None, *, key: bool) -> Pace:
        """`now` monotonic seconds when it was read, `stream_s` its decoding time stamp."""
        if stream_s is not None:
            self._measure(now, stream_s)
        if self.seconds > self._limits.reconnect_s:
            return Pace.RECONNECT
        if self._dropping is not None and not (key and self._caught_up(now)):
            return Pace.DROP
        return self._pace(now, key=key)

    def _measure(self, now: float, stream_s: float) -> None:
        if self._last is None or self._least is None:
            self._least = now - stream_s
        else:
            real, stream = now - self._last[0], stream_s - self._last[1]
            if stream < 0 or stream > real + self._limits.jump_s:
                self._least += real - stream
            self._least += self._drift * real
            self._least = min(self._least, now - stream_s)
        self._last = now, stream_s
        self.seconds = now - stream_s - self._least

    def _pace(self, now: float, *, key: bool) -> Pace:
        if self.seconds <= self._limits.convert_s:
            self._behind_since = None
            return Pace.SHOW
        if self._behind_since is None:
            self._behind_since = now
        patient = now - self._behind_since < self._limits.patience_s
        if (self.seconds > self._limits.drop_s or not patient) and not key:
            self._dropping = now, self.seconds
            return Pace.DROP
        if now - self._shown_at < self._limits.thin_s:
            return Pace.DECODE
        self._shown_at = now
        return Pace.SHOW

    def _caught_up(self, now: float) -> bool:
        """At a key frame: are we to go on with it? If dropping was of no use, nothing is."""
        assert self._dropping is not None
        since, before = self._dropping
        if self.seconds <= self._limits.convert_s:
            self._dropping, self._behind_since = None, None
            return True
        made_up = before - self.seconds
        dropped = made_up + now - since  # seconds of the stream
        if dropped < LEAST_DROPPED_S or made_up > USEFUL * dropped:
            return False
        self._least = (self._least or 0.0) + self.seconds
        self._drift = min(self._drift * 4, self._limits.drift_most)
        self.seconds = 0.0
        self._dropping, self._behind_since = None, None
        return True
