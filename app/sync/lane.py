"""A lane: one thread that sends one item at a time, so that a long one holds up no other lane."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from app.domain.outbox import OutboxItem, backoff_s

log = logging.getLogger(__name__)

TROUBLE_S = 10.0
"""Pause after an error of our own or of the disk."""
LONGEST_QUIET_S = 5.0


class Lane:
    """Until it is started it sends at once, on its caller's thread. `freed()` is called on its
    own thread when it can take the next item."""

    def __init__(self, name: str, freed: Callable[[], None]) -> None:
        self.item: OutboxItem | None = None
        self._name = name
        self._freed = freed
        self._silent = 0
        self._quiet_until = 0.0
        self._thread: ThreadPoolExecutor | None = None

    def start(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"tocc-{self._name}")

    def close(self) -> None:
        """What is on its way is let finish."""
        if self._thread is not None:
            self._thread.shutdown(wait=True)

    def take(self, item: OutboxItem, send: Callable[[OutboxItem, "Lane"], None]) -> None:
        self.item = item
        if self._thread is not None:
            self._thread.submit(self._send, item, send)
        else:
            self._send(item, send)

    def _send(self, item: OutboxItem, send: Callable[[OutboxItem, "Lane"], None]) -> None:
        try:
            send(item, self)
        except Exception:
            log.exception("sending failed; it goes on in a moment")
            self._quiet_until = time.monotonic() + TROUBLE_S
        finally:
            self.item = None
            self._freed()

    # the line

    @property
    def quiet_s(self) -> float:
        """So long nothing should be tried."""
        return max(0.0, self._quiet_until - time.monotonic())

    def line_answered(self) -> None:
        self._silent = 0

    def line_silent(self) -> None:
        """Nothing else would arrive now, either."""
        self._silent += 1
        self._quiet_until = time.monotonic() + min(backoff_s(self._silent), LONGEST_QUIET_S)

    def link_returned(self) -> None:
        self._quiet_until = 0.0
