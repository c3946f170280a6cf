"""How often the wall is painted: 25 times a second, 12 while that is too much. Pure."""

from collections import deque
from typing import Final

FAST_MS: Final = 40
SLOW_MS: Final = 80
LATE_S: Final = 0.02
EASY_S: Final = 0.008
RECOVER_S: Final = 10.0
WINDOW_S, WINDOWS = 1.0, 3
"""Of the ticks of one second a p95 would be the worst one: counted is over the last three."""


class Rhythm:
    """Told of each tick, it says how late the GUI thread was and how often to tick."""

    def __init__(self) -> None:
        self.interval_ms = FAST_MS
        self.late_p95_s: float | None = None
        self._last: float | None = None
        self._since = 0.0
        self._easy_since: float | None = None
        self._lates: deque[list[float]] = deque([[]], WINDOWS)

    def rest(self) -> None:
        """The timer stands still: the next tick is late for nobody."""
        self._last = None
        self._lates = deque([[]], WINDOWS)

    def tick(self, now: float) -> bool:
        """True once a second, when `late_p95_s` and `interval_ms` are counted anew."""
        if self._last is None:
            self._last, self._since = now, now
            return False
        self._lates[-1].append(max(now - self._last - self.interval_ms / 1000, 0.0))
        self._last = now
        if now - self._since < WINDOW_S:
            return False
        self._since = now
        lates = sorted(late for window in self._lates for late in window)
        late = lates[int(len(lates) * 0.95)]
        self._lates.append([])
        self.late_p95_s = late
        self._choose(late, now)
        return True

    def _choose(self, late: float, now: float) -> None:
        if late > LATE_S:
            self.interval_ms, self._easy_since = SLOW_MS, None
        elif late > EASY_S:
            self._easy_since = None
        elif self._easy_since is None:
            self._easy_since = now
        elif now - self._easy_since >= RECOVER_S:
            self.interval_ms = FAST_MS
