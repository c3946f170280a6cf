"""The rows themselves: walked by key, folded, starred, dragged, looked at."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from widgets.shared.row_view import RowView
from widgets.video.cameras.delegate import ROW_PX, CameraDelegate, star_rect
from widgets.video.cameras.model import CameraModel
from widgets.video.cameras.row import GroupLine

_PLAIN: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class CameraView(RowView):
    """Signals: chosen(str camera); folded(str head, bool open); starred(str camera);
    hovered(str camera): the mouse rests on it, "" when on none.
    """

    chosen = Signal(str)
    folded = Signal(str, bool)
    starred = Signal(str)
    hovered = Signal(str)

    def __init__(self, model: CameraModel, parent: QWidget) -> None:
        super().__init__(model, CameraDelegate(parent), ROW_PX, parent)
        self._lines = model
        self._hovered = ""
        self._pressed = QPoint()
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setAccessibleName(self.tr("摄像机"))
        self.opened.connect(self.take)
        self.clicked.connect(self._on_clicked)

    def current_camera(self) -> str:
        at = self.currentIndex()
        return self._lines.camera_id(at.row()) if at.isValid() else ""

    def show_row(self, row: int) -> None:
        """Mark a row and bring it into sight."""
        self.setCurrentIndex(self._lines.index(row, 0))
        self.scrollTo(self.currentIndex())

    def take(self, row: int) -> None:
        """Choose the camera of a row, or fold the head."""
        line = self._lines.line(row)
        if isinstance(line, GroupLine):
            self.folded.emit(line.id, not line.opened)
        else:
            self.chosen.emit(line.camera.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), event.modifiers() in _PLAIN
        row = self.currentIndex().row()
        if not plain or row < 0 or key not in (Qt.Key.Key_F, Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_F:
            if camera := self._lines.camera_id(row):
                self.starred.emit(camera)
        else:
            self._fold(row, opened=key == Qt.Key.Key_Right)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        rests = not event.buttons()
        self._hover(self.indexAt(event.position().toPoint()) if rests else QModelIndex())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hover(QModelIndex())
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._hover(QModelIndex())
        super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """The mouse leaves the rows, not the view."""
        if event.type() == QEvent.Type.Leave:
            self._hover(QModelIndex())
        return super().viewportEvent(event)

    def _hover(self, at: QModelIndex) -> None:
        camera = self._lines.camera_id(at.row()) if at.isValid() else ""
        if camera != self._hovered:
            self._hovered = camera
            self.hovered.emit(camera)

    def _fold(self, row: int, *, opened: bool) -> None:
        """Right opens a head; left closes it, from any of its cameras."""
        line = self._lines.line(row)
        if isinstance(line, GroupLine):
            if line.opened != opened:
                self.folded.emit(line.id, opened)
        elif not opened:
            heads = (at for at in range(row, -1, -1) if not self._lines.camera_id(at))
            head = next(heads, None)
            if head is not None:
                self.show_row(head)

    def _on_clicked(self, at: QModelIndex) -> None:
        camera = self._lines.camera_id(at.row())
        if not camera:
            self.take(at.row())
        elif star_rect(QRectF(self.visualRect(at))).contains(self._pressed.toPointF()):
            self.starred.emit(camera)
