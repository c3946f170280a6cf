"""Steering with the keyboard: arrows, page keys, digits. Only where a camera is in hand."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.domain.ptz import Move
from widgets.video.ptz.control import PtzControl

Key, _Mod = Qt.Key, Qt.KeyboardModifier
_WAYS: Final = {
    Key.Key_Left: (-1, 0, 0),
    Key.Key_Right: (1, 0, 0),
    Key.Key_Up: (0, 1, 0),
    Key.Key_Down: (0, -1, 0),
    Key.Key_PageUp: (0, 0, 1),
    Key.Key_PageDown: (0, 0, -1),
}
_DIGITS: Final = range(Key.Key_1, Key.Key_9 + 1)
_SLOW: Final = 0.25
_MEANT: Final = ~_Mod.KeypadModifier


class PtzKeys:
    """Arrows move (with Shift at full speed, with Ctrl slowly), Page Up and Down zoom, digits go
    to presets, Home goes home. Whoever has the focus hands its key events on; `forget` when it
    loses it."""

    def __init__(self, control: PtzControl) -> None:
        self._control = control
        self._held: set[int] = set()

    def pressed(self, event: QKeyEvent) -> bool:
        """True if the key was meant for the camera."""
        key, modifiers = event.key(), event.modifiers() & _MEANT
        if key in _WAYS and modifiers in (
            _Mod.NoModifier,
            _Mod.ShiftModifier,
            _Mod.ControlModifier,
        ):
            self._held.add(key)
            if not event.isAutoRepeat():
                self._steer(modifiers)
            return True
        if modifiers == _Mod.NoModifier and key in _DIGITS:
            self._control.go_to(key - Key.Key_0)
            return True
        if modifiers == _Mod.NoModifier and key == Key.Key_Home:
            self._control.go_home()
            return True
        return False

    def released(self, event: QKeyEvent) -> bool:
        """What is still held goes on."""
        if event.key() not in self._held or event.isAutoRepeat():
            return event.key() in self._held
        self._held.discard(event.key())
        self._steer(event.modifiers() & _MEANT)
        return True

    def forget(self) -> None:
        """The keys are somebody else's now."""
        if self._held:
            self._held.clear()
            self._control.stop()

    def _steer(self, modifiers: Qt.KeyboardModifier) -> None:
        ways = [_WAYS[Key(key)] for key in self._held]
        pan, tilt, zoom = (sum(axis) for axis in zip(*ways, strict=True)) if ways else (0, 0, 0)
        if not (pan or tilt or zoom):
            self._control.stop()
            return
        speed = self._control.speed
        if modifiers == _Mod.ShiftModifier:
            speed = 1.0
        elif modifiers == _Mod.ControlModifier:
            speed *= _SLOW
        self._control.move(Move(pan * speed, tilt * speed, zoom * speed))
