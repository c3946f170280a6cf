"""When a picture is to be drawn again because things in it have moved."""

import math
import time
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_FRAME_S: Final = 0.085  # at most so many seconds from picture to picture: about 12 a second
_REST: Final = 0.1  # of the time that a picture takes; leaves the machine to others
_LONGEST_S: Final = 5.0  # a clock may be set, and runs on while the machine sleeps


class Pulse(QObject):
    """Beats only while something moves; slower when pictures take long.

    Signals: beat(): it is time, or time to look at the clock again.
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
        if wait_s == math.inf:
            self._timer.stop()
            return
        took = time.monotonic() - self._asked
        self.wait(max(_FRAME_S - took, _REST * took, wait_s))

    def wait(self, wait_s: float) -> None:
        """Beat then, or earlier: a timer knows nothing of the clock that things move by."""
        self._timer.start(math.ceil(1000.0 * min(wait_s, _LONGEST_S)))

    def stop(self) -> None:
        self._timer.stop()
