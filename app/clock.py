"""The seat's clock, corrected by the server's: a seat that is hours off still counts right."""

import sys
import time
from datetime import UTC, datetime


def elapsed() -> float:
    """Seconds that nobody can set and that run on while the machine sleeps."""
    if sys.platform == "linux":  # where the monotonic clock stands still meanwhile
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Clock:
    """UTC now. Between two words of the server it counts what has elapsed, so that
    somebody setting the machine's time moves nothing. Safe to read from any thread."""

    def __init__(self) -> None:
        self._offset = time.time() - elapsed()
        self.skew_s: float | None = None

    def now(self) -> datetime:
        return datetime.fromtimestamp(elapsed() + self._offset, UTC)

    def set_server_time(self, server: datetime) -> None:
        """Take the server's time as ours. `skew_s` then says how far the machine is ahead."""
        self._offset = server.timestamp() - elapsed()
        self.skew_s = time.time() - server.timestamp()
