"""The seat's clock, corrected by the server's: a seat that is hours off still counts right."""

import time
from datetime import UTC, datetime


class Clock:
    """UTC now. Between two words of the server it runs on the monotonic clock, so that
    somebody setting the machine's time moves nothing. Safe to read from any thread."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()
        self.skew_s: float | None = None

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.monotonic() + self._offset, UTC)

    def set_server_time(self, server: datetime) -> None:
        """Take the server's time as ours. `skew_s` then says how far the machine is ahead."""
        self._offset = server.timestamp() - time.monotonic()
        self.skew_s = time.time() - server.timestamp()
