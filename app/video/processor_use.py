"""How much of the machine this process takes."""

import os
import time


class ProcessorUse:
    """Counts from one call to the next."""

    def __init__(self) -> None:
        self._last = time.monotonic(), time.process_time()

    def share(self) -> float:
        """Of the processor time that this process could have had, 0 to 1."""
        now = time.monotonic(), time.process_time()
        elapsed, used = (new - old for new, old in zip(now, self._last, strict=True))
        self._last = now
        return used / max(elapsed * _cores(), 1e-3)


def _cores() -> int:
    """Those it may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
