"""The cameras of a tour in their order: dragged in, dragged about, taken out."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from widgets.shared.camera_drag import CAMERA_MIME, camera_mime, camera_of

_ID: Final = Qt.ItemDataRole.UserRole
_MOVES: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class StopList(QListWidget):
    """Alt with the arrows moves a camera, Delete takes it out.

    Signals: edited(): other cameras or another order.
    """

    edited = Signal()

    def __init__(self, words: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setAccessibleName(self.tr("轮巡的摄像机"))
        self.setToolTip(self.tr("拖动排序;Alt+↑↓ 移动,Delete 移除"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setMinimumHeight(80)

    def cameras(self) -> tuple[str, ...]:
        return tuple(self.item(row).data(_ID) for row in range(self.count()))

    def show_cameras(self, cameras: Iterable[str]) -> None:
        self.clear()
        for camera in cameras:
            self._put(self.count(), camera)

    def add(self, camera: str, row: int | None = None) -> None:
        """Put a camera in; one that is there already moves."""
        known = self.cameras()
        at = self.count() if row is None else row
        if camera in known:
            was = known.index(camera)
            self.takeItem(was)
            at -= was < at
        self._put(at, camera)
        self.setCurrentRow(at)
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = Qt.Key(event.key()), self.currentRow()
        if key in _MOVES and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            to = row + _MOVES[key]
            if row >= 0 and 0 <= to < self.count():
                self.add(self.cameras()[row], to + (to > row))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if row >= 0:
                self.takeItem(row)
                self.edited.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._welcome(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._welcome(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """From another list it comes in, from this one it moves; nothing is copied."""
        place = event.position().toPoint()
        at = self.indexAt(place)
        row = self.count()
        if at.isValid():
            row = at.row() + (place.y() > self.visualRect(at).center().y())
        event.setDropAction(Qt.DropAction.CopyAction)  # so that Qt takes nothing out by itself
        event.accept()
        if camera := camera_of(event.mimeData()):
            self.add(camera, row)

    def mimeTypes(self) -> list[str]:
        return [CAMERA_MIME]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        return camera_mime(items[0].data(_ID))

    def _welcome(self, event: QDragMoveEvent) -> None:
        event.setAccepted(event.mimeData().hasFormat(CAMERA_MIME))

    def _put(self, row: int, camera: str) -> None:
        item = QListWidgetItem(self._words(camera))
        item.setData(_ID, camera)
        self.insertItem(row, item)
