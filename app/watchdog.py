"""Watching the GUI thread: every stall with its stack."""

import faulthandler
import logging
import tempfile
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import IO

from PySide6.QtCore import QObject, Qt, QTimer

log = logging.getLogger(__name__)

STALL_S = 0.050
BEAT_MS = 20
KEPT = 200
LINES = 12


@dataclass(frozen=True, slots=True)
class Stall:
    """`at` in seconds of time.monotonic(); `stack` of the GUI thread while it stood still."""

    at: float
    seconds: float
    stack: str


class Watchdog(QObject):
    """Build and start it on the GUI thread. `stalls` holds the latest, `longest_s` the worst."""

    def __init__(self) -> None:
        super().__init__()
        self.stalls: deque[Stall] = deque(maxlen=KEPT)
        self.longest_s = 0.0
        self._gui = threading.get_ident()
        self._beat = time.monotonic()
        self._seen: tuple[float, str] | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="tocc-watchdog", daemon=True)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._on_beat)

    def start(self) -> None:
        self._beat = time.monotonic()
        self._timer.start()
        self._thread.start()

    def reset(self) -> None:
        """Forget what was seen so far: a measurement begins."""
        self.stalls.clear()
        self.longest_s = 0.0

    def shutdown(self) -> None:
        self._timer.stop()
        self._stop.set()
        self._thread.join()

    def _on_beat(self) -> None:
        now = time.monotonic()
        late_s, self._beat = now - self._beat - BEAT_MS / 1000, now
        seen, self._seen = self._seen, None
        self.longest_s = max(self.longest_s, late_s)
        if late_s > STALL_S:
            stall = Stall(now, late_s, seen[1] if seen is not None else "")
            self.stalls.append(stall)
            log.info("the event loop stood still for %.0f ms\n%s", late_s * 1000, stall.stack)

    def _watch(self) -> None:
        while not self._stop.wait(BEAT_MS / 1000):
            beat = self._beat
            late_s = time.monotonic() - beat - BEAT_MS / 1000
            if late_s > STALL_S and self._seen is None:
                with tempfile.TemporaryFile() as file:
                    self._seen = (beat, _stack(self._gui, file))


def _stack(thread: int, file: IO[bytes]) -> str:
    """Where a thread is, the innermost call first.

    A frame object would be quicker to get, but whoever holds it when its function returns
    destroys the locals of the GUI thread on another thread: timers, painters, dialogs.
    """
    faulthandler.dump_traceback(file, all_threads=True)
    file.seek(0)
    blocks = file.read().decode("utf-8", "replace").split("\n\n")
    named = (block for block in blocks if f"0x{thread:016x} " in block.partition("\n")[0])
    return "\n".join(next(named, "").splitlines()[1 : LINES + 1])
