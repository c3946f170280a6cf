"""Mouse, wheel, keys and pinch move the camera."""

import math
from typing import Final

from PySide6.QtCore import QLineF, QObject, QPointF, Qt
from PySide6.QtGui import (
    QEventPoint,
    QInputDevice,
    QKeyEvent,
    QNativeGestureEvent,
    QTouchEvent,
    QWheelEvent,
)

from maps.geo.camera import Camera
from maps.motion import CameraMotion

_NOTCH: Final = 120.0  # QWheelEvent.angleDelta of one step of a mouse wheel
_ZOOM_PER_NOTCH: Final = 0.6
_PIXELS_PER_DEGREE: Final = 4  # where a touchpad tells no pixels
_ZOOM_PER_KEY: Final = 1.0
_PAN_PER_KEY: Final = 0.2  # of the view
_FINE_PX: Final = 10.0  # with Shift: to bring a thing to the middle
_CHANGE: Final = (QEventPoint.State.Pressed, QEventPoint.State.Released)
_ARROWS: Final = {
    Qt.Key.Key_Left: (1.0, 0.0),
    Qt.Key.Key_Right: (-1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}
_ZOOMS: Final = {
    Qt.Key.Key_Plus: _ZOOM_PER_KEY,
    Qt.Key.Key_Equal: _ZOOM_PER_KEY,
    Qt.Key.Key_Minus: -_ZOOM_PER_KEY,
}


class Navigation(QObject):
    """Turns input into camera movements.

    :param motion: carries them out
    """

    def __init__(self, motion: CameraMotion, parent: QObject) -> None:
        super().__init__(parent)
        self._motion = motion
        self._held: tuple[Camera, QPointF, float] | None = None  # when the fingers came down
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._dragging = False

    def wheel(self, event: QWheelEvent, camera: Camera) -> None:
        """A wheel zooms about the cursor; two fingers on a touchpad pan, with Ctrl they zoom."""
        on_touchpad = event.pointingDevice().type() is QInputDevice.DeviceType.TouchPad
        if on_touchpad and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            step = event.pixelDelta()
            if step.isNull():
                step = event.angleDelta() / 8 * _PIXELS_PER_DEGREE
            self._motion.move(camera.panned(step.x(), step.y()))
            return
        notches = event.angleDelta().y() / _NOTCH
        place = event.position()
        self._motion.zoom_by(notches * _ZOOM_PER_NOTCH, place.x(), place.y())

    def pinch(self, event: QNativeGestureEvent, camera: Camera) -> None:
        """Zoom about the fingers, without easing."""
        place = event.position()
        self._motion.move(camera.zoomed(camera.zoom + event.value() * 1.44, place.x(), place.y()))

    def fingers(self, event: QTouchEvent, camera: Camera) -> None:
        """Two fingers on a screen carry along what lies between them."""
        one, other = (point.position() for point in event.points()[:2])
        middle, apart = (one + other) / 2, max(QLineF(one, other).length(), 1.0)
        if self._held is None or any(point.state() in _CHANGE for point in event.points()):
            self._held = camera, middle, apart
        held, start, before = self._held
        step = middle - start
        zoom = held.zoom + math.log2(apart / before)
        held = held.panned(step.x(), step.y())
        self._motion.move(held.zoomed(zoom, middle.x(), middle.y()))

    def press(self, place: QPointF) -> None:
        """The left button went down: perhaps the start of a drag."""
        self._pressed = self._last = place
        self._dragging = False

    def drag(self, place: QPointF, camera: Camera, threshold: int) -> None:
        """The mouse moved with the button down."""
        if self._pressed is None:
            return
        if not self._dragging and (place - self._pressed).manhattanLength() < threshold:
            return
        self._dragging = True
        step = place - self._last
        self._last = place
        self._motion.move(camera.panned(step.x(), step.y()))

    def release(self) -> bool:
        """The button went up; true when it was a click."""
        clicked = self._pressed is not None and not self._dragging
        self._pressed = None
        self._dragging = False
        return clicked

    def key(self, event: QKeyEvent, camera: Camera) -> bool:
        """Arrows pan, with Shift by a little; plus and minus zoom about the centre; false when it
        is another key.
        """
        key = Qt.Key(event.key())
        fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key in _ARROWS and fine:
            right, down = _ARROWS[key]
            self._motion.move(camera.panned(right * _FINE_PX, down * _FINE_PX))
        elif key in _ARROWS:
            right, down = _ARROWS[key]
            step = camera.panned(
                right * camera.width * _PAN_PER_KEY, down * camera.height * _PAN_PER_KEY
            )
            self._motion.fly_to(step)
        elif key in _ZOOMS:
            self._motion.zoom_by(_ZOOMS[key], camera.width / 2, camera.height / 2)
        else:
            return False
        return True
