"""Steering with the mouse in the picture: drag to turn, wheel to zoom."""

import math
from typing import Final

from PySide6.QtCore import QObject, QTimer

from app.domain.ptz import Move
from widgets.video.ptz.control import PtzControl

_DEAD: Final = 0.06
"""So much of the reach is a hand that trembles."""
_NOTCH_MS: Final = 250


class PtzMouse(QObject):
    """A tile tells what its mouse does; `reach` is the way in pixels to full speed."""

    def __init__(self, control: PtzControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self._is_down = False
        self._notch = QTimer(self, singleShot=True, interval=_NOTCH_MS)
        self._notch.timeout.connect(control.stop)

    def press(self) -> None:
        self._notch.stop()
        self._is_down = True

    def drag(self, dx: float, dy: float, reach: float) -> None:
        """Pixels from where the button went down, y downwards; the further, the faster."""
        way = math.hypot(dx, dy) / max(reach, 1.0)
        if not self._is_down:
            return
        if way <= _DEAD:
            self._control.stop()
            return
        speed = min(1.0, (way - _DEAD) / (1 - _DEAD)) ** 2
        scale = max(speed, 0.02) / (way * max(reach, 1.0))
        self._control.move(Move(_unit(dx * scale), _unit(-dy * scale)))

    def release(self) -> None:
        """Also when the button is lost: the tile is hidden, the window left."""
        if self._is_down:
            self._is_down = False
            self._control.stop()

    def wheel(self, notches: float) -> None:
        """Away from the hand is closer."""
        if notches and not self._is_down:
            speed = self._control.speed
            self._control.move(Move(zoom=speed if notches > 0 else -speed))
            self._notch.start()


def _unit(value: float) -> float:
    return max(-1.0, min(1.0, value))
