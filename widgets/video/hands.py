"""Mouse and keys on a wall: take, look closer, swap, pin, clear, go back."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication

from widgets.shared.camera_drag import CAMERA_MIME, camera_mime, camera_of
from widgets.video.keeper import WallKeeper
from widgets.video.rects import neighbour
from widgets.video.wall_view import WallView

SECOND_DIGIT_MS: Final = 500
_DRAG_WIDTH: Final = 160
_STEPS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLEAR: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_COMMAND: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class Hands(QObject):
    """Looks at the view's events before the view does.

    Signals: touched(): somebody works on the wall himself; menu_asked(int tile, QPoint on the
    screen); retry_asked(int tile).
    """

    touched = Signal()
    menu_asked = Signal(int, QPoint)
    retry_asked = Signal(int)

    def __init__(self, view: WallView, keeper: WallKeeper) -> None:
        super().__init__(view)
        self._view, self._keeper = view, keeper
        self._pressed: tuple[int, QPointF] | None = None
        self._digit = 0
        self._second = QTimer(self, singleShot=True, interval=SECOND_DIGIT_MS)
        self._second.timeout.connect(self._on_no_second_digit)
        view.setAcceptDrops(True)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case QKeyEvent() if event.type() == QEvent.Type.KeyPress:
                return self._press_key(event)
            case QContextMenuEvent():
                return self._ask_menu(event)
            case QMouseEvent():
                return self._mouse(event)
            case QDropEvent():  # entering and moving too
                return self._drop(event)
        return False

    # keys

    def _press_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & _COMMAND:
            return False
        key = Qt.Key(event.key())
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self._type_digit(key - Qt.Key.Key_0)
            return True
        if key == Qt.Key.Key_Escape:
            return self._keeper.back()
        acted = self._act(key)
        if acted:
            self.touched.emit()
        return acted

    def _act(self, key: Qt.Key) -> bool:
        keeper, focus = self._keeper, self._keeper.focus
        match key:
            case _ if key in _STEPS:
                self._step(*_STEPS[key])
            case _ if key in _ENTER or key == Qt.Key.Key_F:
                keeper.show_alone(keeper.alone is None)
            case Qt.Key.Key_P:
                keeper.show(keeper.wall.pin(focus, not keeper.wall.tile(focus).pinned))
            case _ if key in _CLEAR:
                keeper.show(keeper.wall.clear(focus))
            case Qt.Key.Key_R:
                self.retry_asked.emit(focus)
            case _:
                return False
        return True

    def _step(self, dx: int, dy: int) -> None:
        """To the next tile that way; while one fills the wall, to the next camera."""
        keeper = self._keeper
        if keeper.alone is not None:
            used = [i for i in range(keeper.wall.shown) if keeper.wall.tile(i).camera]
            at = used.index(keeper.focus) if keeper.focus in used else 0
            keeper.take(used[(at + dx + dy) % len(used)])
            return
        rects = self._view.rects
        if keeper.focus in rects:
            ordered = [rects[index] for index in sorted(rects)]
            keeper.take(neighbour(ordered, keeper.focus, dx, dy))

    def _type_digit(self, digit: int) -> None:
        """A tile by its number: `1` waits for a second digit as long as that may be meant."""
        shown = self._keeper.wall.shown
        number = self._digit * 10 + digit
        self._digit = 0
        self._second.stop()
        if number and number * 10 <= shown:
            self._digit = number
            self._second.start()
        else:
            self._take(number)

    def _on_no_second_digit(self) -> None:
        number, self._digit = self._digit, 0
        self._take(number)

    def _take(self, number: int) -> None:
        self._keeper.take(number - 1)
        self.touched.emit()

    # mouse

    def _mouse(self, event: QMouseEvent) -> bool:
        index = self._view.tile_at(event.position())
        left = Qt.MouseButton.LeftButton
        match event.type():
            case QEvent.Type.MouseButtonPress if index is not None:
                self._keeper.take(index)
                self.touched.emit()
                if event.button() == left:
                    self._pressed = (index, event.position())
            case QEvent.Type.MouseButtonRelease:
                self._pressed = None
            case QEvent.Type.MouseButtonDblClick if index is not None and event.button() == left:
                self._pressed = None
                self._keeper.show_alone(self._keeper.alone is None)
            case QEvent.Type.MouseMove if self._pressed is not None and event.buttons() & left:
                self._begin_drag(event.position())
        return False

    def _begin_drag(self, at: QPointF) -> None:
        assert self._pressed is not None
        index, start = self._pressed
        camera = self._keeper.wall.tile(index).camera
        if (at - start).manhattanLength() < QApplication.startDragDistance() or not camera:
            return
        self._pressed = None
        drag = QDrag(self._view)
        drag.setMimeData(camera_mime(camera))
        smooth = Qt.TransformationMode.SmoothTransformation
        drag.setPixmap(self._view.picture_of(index).scaledToWidth(_DRAG_WIDTH, smooth))
        drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction)

    def _drop(self, event: QDropEvent) -> bool:
        """A camera from a list, the map, a case or another tile."""
        index = self._view.tile_at(event.position())
        if not event.mimeData().hasFormat(CAMERA_MIME):
            return False
        if index is None and isinstance(event, QDragMoveEvent):
            event.acceptProposedAction()  # entering: there may be a tile further on
            return True
        if index is None:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._keeper.show(self._keeper.wall.put(index, camera_of(event.mimeData())))
            self._keeper.take(index)
            self._view.setFocus()
            self.touched.emit()
        return True

    def _ask_menu(self, event: QContextMenuEvent) -> bool:
        index: int | None = self._keeper.focus
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self._view.tile_at(event.pos())
        elif index is not None:
            at = self._view.mapToGlobal(self._view.rect_of(index).center())
        if index is None:
            return False
        self._keeper.take(index)
        self.menu_asked.emit(index, at)
        return True
