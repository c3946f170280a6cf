"""Steering in the picture itself: while it is on, the tile in hand takes mouse, wheel and keys."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from widgets.video.keeper import WallKeeper
from widgets.video.ptz.keys import PtzKeys
from widgets.video.ptz.mouse import PtzMouse
from widgets.video.ptz.pad import PtzPad
from widgets.video.wall_view import WallView

TOGGLE = Qt.Key.Key_Z
_LEFT = Qt.MouseButton.LeftButton
_LOST = frozenset(
    {QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.WindowDeactivate, QEvent.Type.UngrabMouse}
)


class InPicture(QObject):
    """Looks at the wall's events before everybody else; Z turns it on, Z or Esc off. It goes with
    the tile: another one in hand, or a head that cannot be steered, ends it."""

    def __init__(self, pad: PtzPad, view: WallView, keeper: WallKeeper) -> None:
        super().__init__(view)
        self._pad, self._view, self._keeper = pad, view, keeper
        self._keys = PtzKeys(pad.control)
        self._mouse = PtzMouse(pad.control, self)
        self._start: QPointF | None = None
        pad.in_picture.toggled.connect(self._on_toggled)
        pad.control.changed.connect(self._on_changed)
        keeper.focused.connect(self._end)
        view.installEventFilter(self)

    @property
    def is_on(self) -> bool:
        return self._pad.in_picture.isChecked()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _LOST:
            self._let_go()
            return False
        match event:
            case QKeyEvent():
                return self._key(event)
            case QWheelEvent() if self.is_on and self._is_in_hand(event.position()):
                self._mouse.wheel(event.angleDelta().y() / 120)
                return True
            case QMouseEvent() if self.is_on:
                return self._mouse_event(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress
        if (
            pressed
            and event.key() == TOGGLE
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            self._pad.in_picture.click()
            return True
        if not self.is_on or event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        if pressed and event.key() == Qt.Key.Key_Escape:
            self._end()
            return True
        return self._keys.pressed(event) if pressed else self._keys.released(event)

    def _mouse_event(self, event: QMouseEvent) -> bool:
        at = event.position()
        match event.type():
            case QEvent.Type.MouseButtonPress if event.button() == _LEFT and self._is_in_hand(at):
                self._start = at
                self._mouse.press()
            case QEvent.Type.MouseMove if self._start is not None:
                way = at - self._start
                self._mouse.drag(way.x(), way.y(), self._reach())
            case QEvent.Type.MouseButtonRelease if self._start is not None:
                self._start = None
                self._mouse.release()
            case _:
                return False
        return True

    def _is_in_hand(self, at: QPointF) -> bool:
        return self._view.tile_at(at) == self._keeper.focus

    def _reach(self) -> float:
        """Half the tile's height is full speed."""
        rect = self._view.rects.get(self._keeper.focus)
        return rect.height() / self._view.devicePixelRatioF() / 2 if rect is not None else 1.0

    def _let_go(self) -> None:
        self._start = None
        self._keys.forget()
        self._mouse.release()

    def _end(self) -> None:
        self._pad.in_picture.setChecked(False)

    def _on_changed(self) -> None:
        if not self._pad.control.state.may_steer:
            self._end()

    def _on_toggled(self, on: bool) -> None:
        self._let_go()
        if on:
            self._view.setCursor(Qt.CursorShape.SizeAllCursor)
            self._view.setFocus()
        else:
            self._view.unsetCursor()
