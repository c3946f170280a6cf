"""Openings side by side, but not all at once, and not all at one server's door."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.video.limits import OpenLimits


class Gate:
    """Shared by all workers. `clock`: monotonic seconds."""

    def __init__(self, limits: OpenLimits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._changed = threading.Condition()
        self._inside: list[float] = []  # when each came in
        self._next_at: dict[str, float] = {}

    @contextmanager
    def opening(self) -> Iterator[None]:
        """One of the openings that run side by side. Waits for its turn."""
        mine = self._enter()
        try:
            yield
        finally:
            with self._changed:
                self._inside.remove(mine)
                self._changed.notify_all()

    def keep_distance(self, host: str) -> None:
        """Wait until this host may be asked again."""
        with self._changed:
            now = self._clock()
            at = max(now, self._next_at.get(host, now))
            self._next_at[host] = at + self._limits.host_spacing_s
            while (wait := at - self._clock()) > 0:
                self._changed.wait(wait)

    @property
    def is_full(self) -> bool:
        with self._changed:
            return self._wait_s() > 0

    def _enter(self) -> float:
        with self._changed:
            while (wait := self._wait_s()) > 0:
                self._changed.wait(wait)
            now = self._clock()
            self._inside.append(now)
            return now

    def _wait_s(self) -> float:
        """Seconds until an opening counts as slow and makes room; 0 for room now."""
        now = self._clock()
        fresh = sorted(at for at in self._inside if now - at < self._limits.slow_s)
        if len(fresh) < self._limits.at_once:
            return 0.0
        return fresh[len(fresh) - self._limits.at_once] + self._limits.slow_s - now
