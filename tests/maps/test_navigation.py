"""Touchpad and keys: what two fingers and the arrows do to the camera."""

import math

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from maps.canvas import MapCanvas

PLAIN, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def device(kind: QInputDevice.DeviceType) -> QPointingDevice:
    return QPointingDevice(
        "test", 7, kind, QPointingDevice.PointerType.Finger,
        QInputDevice.Capability.PixelScroll, 2, 0,
    )  # fmt: skip


NEAR = pytest.approx((0.0, 0.0), abs=1e-6)
TOUCHPAD = device(QInputDevice.DeviceType.TouchPad)


def slide(
    canvas: MapCanvas, pixels: QPoint, angle: QPoint, keys: Qt.KeyboardModifier = PLAIN
) -> None:
    """Two fingers move over the pad."""
    place = QPointF(300, 100)
    event = QWheelEvent(
        place, canvas.mapToGlobal(place), pixels, angle, Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.ScrollUpdate, False, Qt.MouseEventSource.MouseEventNotSynthesized, TOUCHPAD,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def test_two_fingers_pan_as_far_as_they_move(canvas: MapCanvas) -> None:
    place, zoom = canvas.camera.to_world(100, 100), canvas.camera.zoom
    slide(canvas, QPoint(30, -20), QPoint(120, -80))
    assert canvas.camera.to_screen(*place) == pytest.approx((130, 80), abs=0.01)
    assert canvas.camera.zoom == zoom


def test_a_touchpad_without_pixels_pans_too(canvas: MapCanvas) -> None:
    place = canvas.camera.to_world(100, 100)
    slide(canvas, QPoint(), QPoint(0, 40))
    assert canvas.camera.to_screen(*place) == pytest.approx((100, 120), abs=0.01)


def test_two_fingers_with_control_zoom(qtbot: QtBot, canvas: MapCanvas) -> None:
    zoom = canvas.camera.zoom
    slide(canvas, QPoint(0, 60), QPoint(0, 120), CONTROL)
    qtbot.waitUntil(lambda: canvas.camera.zoom == pytest.approx(zoom + 0.6))


def test_a_pinch_zooms_about_the_fingers(canvas: MapCanvas) -> None:
    zoom, place = canvas.camera.zoom, canvas.camera.to_world(300, 100)
    at = QPointF(300, 100)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, TOUCHPAD, 2, at, at, at, 0.25, QPointF()
    )
    QApplication.sendEvent(canvas, event)
    assert canvas.camera.zoom == pytest.approx(zoom + 0.36)
    assert canvas.camera.to_screen(*place) == pytest.approx((300, 100), abs=0.01)


def test_two_fingers_on_a_screen_carry_along_what_lies_between_them(
    qtbot: QtBot, canvas: MapCanvas
) -> None:
    canvas.show()
    qtbot.waitExposed(canvas)
    clicks: list[object] = []
    canvas.clicked.connect(lambda *place: clicks.append(place))
    screen = QTest.createTouchDevice()
    zoom, place = canvas.camera.zoom, canvas.camera.to_world(150, 100)
    QTest.touchEvent(canvas, screen).press(0, QPoint(140, 100), canvas).commit()
    fingers = QTest.touchEvent(canvas, screen)
    fingers.move(0, QPoint(140, 100), canvas).press(1, QPoint(160, 100), canvas).commit()
    for step in range(1, 7):
        fingers = QTest.touchEvent(canvas, screen)
        fingers.move(0, QPoint(140 - step * 10, 100 + step * 5), canvas)
        fingers.move(1, QPoint(160 + step * 10, 100 + step * 5), canvas).commit()
    fingers = QTest.touchEvent(canvas, screen)
    fingers.release(0, QPoint(80, 130), canvas).release(1, QPoint(220, 130), canvas).commit()
    assert canvas.camera.zoom == pytest.approx(zoom + math.log2(140 / 20), abs=0.3)
    assert canvas.camera.to_screen(*place) == pytest.approx((150, 130), abs=3)
    assert not clicks


@pytest.mark.parametrize(
    ("key", "right", "down"),
    [
        (Qt.Key.Key_Left, -1, 0),
        (Qt.Key.Key_Right, 1, 0),
        (Qt.Key.Key_Up, 0, -1),
        (Qt.Key.Key_Down, 0, 1),
    ],
)
def test_arrows_look_further_that_way(
    qtbot: QtBot, canvas: MapCanvas, key: Qt.Key, right: int, down: int
) -> None:
    with qtbot.waitExposed(canvas):
        canvas.show()
    before = canvas.camera
    QTest.keyClick(canvas, key)
    x, y = before.to_world(200 + 80 * right, 150 + 60 * down)
    qtbot.waitUntil(lambda: (canvas.camera.x - x, canvas.camera.y - y) == NEAR)
