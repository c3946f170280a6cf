"""The tree itself: ticked by mouse and space, put in order by drag and Alt with the arrows."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from widgets.map.layers.delegate import LayerDelegate, box_rect
from widgets.map.layers.model import ID, ROW, LayerModel, LayerRow
from widgets.shared.row_model import Index

_MOVES: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class LayerView(QTreeView):
    """Signals: ticked(str layer, bool); moved(str layer, int): to this row of its group, the
    topmost is 0; chosen(str layer): empty on a group.
    """

    ticked = Signal(str, bool)
    moved = Signal(str, int)
    chosen = Signal(str)

    def __init__(self, model: LayerModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(LayerDelegate(self))
        self.setAccessibleName(self.tr("图层"))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setTabKeyNavigation(False)
        self.setExpandsOnDoubleClick(False)
        model.rowsInserted.connect(self._on_rows_inserted)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    @property
    def layer(self) -> str:
        """The layer in hand; empty on a group."""
        return self._layer_at(self.currentIndex())

    def choose(self, layer_id: str) -> None:
        model = self.model()
        item = model.item_of(layer_id) if isinstance(model, LayerModel) else None
        if item is not None:
            self.setCurrentIndex(item.index())

    def step(self, rows: int) -> None:
        """Move the layer in hand up or down within its group."""
        at = self.currentIndex()
        row = at.row() + rows
        if self.layer and 0 <= row < self.model().rowCount(at.parent()):
            self.moved.emit(self.layer, row)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """The delegate draws them."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not at.isValid():
            return
        if not at.parent().isValid():
            self.setExpanded(at, not self.isExpanded(at))
        elif (
            box_rect(self.visualRect(at))
            .adjusted(-8, -8, 6, 8)
            .contains(event.position().toPoint())
        ):
            self._tick(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = Qt.Key(event.key()), event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and key in _MOVES:
            self.step(_MOVES[key])
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            at = self.currentIndex()
            if self.layer:
                self._tick(at)
            else:
                self.setExpanded(at, not self.isExpanded(at))
        elif key == Qt.Key.Key_Escape or (event.text().isprintable() and event.text()):
            event.ignore()  # no search by first letter: single keys belong to the desk
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """The owner moves the layer; the rows follow."""
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        row = self._row_of_drop(event.position().toPoint())
        if self.layer and row is not None and row != self.currentIndex().row():
            self.moved.emit(self.layer, row)

    def _row_of_drop(self, place: QPoint) -> int | None:
        """The row that a layer dropped here gets in its own group; None: elsewhere."""
        at, own = self.indexAt(place), self.currentIndex()
        if not at.isValid() or at.parent() != own.parent():
            return None
        lower = place.y() > self.visualRect(at).center().y()
        row = at.row() + lower
        return row - (own.row() < row)

    def _tick(self, at: QModelIndex) -> None:
        row = at.data(ROW)
        if isinstance(row, LayerRow):
            self.ticked.emit(row.id, not row.visible)

    def _layer_at(self, at: QModelIndex) -> str:
        return str(at.data(ID)) if at.isValid() and at.parent().isValid() else ""

    def _on_rows_inserted(self, parent: QModelIndex) -> None:
        if parent.isValid() and self.model().rowCount(parent) == 1:
            self.expand(parent)

    def _on_current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self._layer_at(now))
