"""Short camera movements: at most 150 ms, and no timer when nothing moves."""

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation

from maps.geo.camera import Camera, clamp_zoom
from maps.geo.mercator import HALF_WORLD

_MS: Final = 140

type Path = Callable[[float], Camera]  # from 0 to 1


class CameraMotion(QObject):
    """Moves the camera step by step.

    :param read: the camera as it is
    :param write: takes the next camera
    """

    def __init__(
        self, read: Callable[[], Camera], write: Callable[[Camera], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._write = write
        self._path: Path | None = None
        self._target_zoom: float | None = None
        self._clock = QVariantAnimation(self)
        self._clock.setDuration(_MS)
        self._clock.setStartValue(0.0)
        self._clock.setEndValue(1.0)
        self._clock.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._clock.valueChanged.connect(self._on_step)
        self._clock.finished.connect(self._on_finished)

    def stop(self) -> None:
        """Stay where we are."""
        self._clock.stop()
        self._target_zoom = None

    def move(self, camera: Camera) -> None:
        """Go there at once: the hand is on it."""
        self.stop()
        self._write(camera)

    def zoom_by(self, steps: float, px: float, py: float) -> None:
        """Zoom about a pixel; steps given while moving add up."""
        start = self._read()
        base = start.zoom if self._target_zoom is None else self._target_zoom
        target = clamp_zoom(base + steps)
        self._go(lambda t: start.zoomed(start.zoom + (target - start.zoom) * t, px, py))
        self._target_zoom = target

    def fly_to(self, target: Camera) -> None:
        """Glide when the target is in or near the view, else jump."""
        start = self._read()
        dx, dy = start.to_screen(target.x, target.y)
        near = math.hypot(dx - start.width / 2, dy - start.height / 2) < 2.0 * start.width
        if not near or abs(target.zoom - start.zoom) > 3.0:
            self.move(target)
            return
        self._target_zoom = None
        self._go(lambda t: _between(start, target, t))

    def _go(self, path: Path) -> None:
        self._clock.stop()
        self._path = path
        self._clock.start()

    def _on_step(self, value: float) -> None:
        if self._path is not None:
            self._write(self._path(value))

    def _on_finished(self) -> None:
        self._target_zoom = None


def _between(start: Camera, target: Camera, t: float) -> Camera:
    right = math.remainder(target.x - start.x, 2.0 * HALF_WORLD)  # the short way round the world
    zoomed = start.zoomed(start.zoom + (target.zoom - start.zoom) * t, 0.0, 0.0)
    return zoomed.centred(start.x + right * t, start.y + (target.y - start.y) * t)
