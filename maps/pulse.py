"""When a picture is to be drawn again because things in it have moved."""

import time
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_FRAME_S: Final = 0.085  # at most so many seconds from picture to picture: about 12 a second
_REST: Final = 0.1  # of the time that a picture takes; leaves the machine to others
_LONGEST_S: Final = 3600.0


class Pulse(QObject):
    """Beats only while something moves; slower when pictures take long.

    Signals: beat().
    """

    beat = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._asked = 0.0
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.beat)

    def asked(self) -> None:
        """A picture was asked for."""
        self._asked = time.monotonic()

    def arrived(self, wait_s: float) -> None:
        """A picture came that is true for so long; infinity: until something new is given."""
        if wait_s == float("inf"):
            self._timer.stop()
            return
        took = time.monotonic() - self._asked
        wait = max(_FRAME_S - took, _REST * took, min(wait_s, _LONGEST_S))
        self._timer.start(round(1000.0 * wait))

    def stop(self) -> None:
        self._timer.stop()
