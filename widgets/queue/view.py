"""The list itself: keys, mouse, and a view that stands still while rows come and go."""

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from widgets.queue.delegate import ROW_HEIGHT, QueueDelegate
from widgets.queue.model import QueueModel

_STEPS: Final = {
    Qt.Key.Key_J: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_K: -1,
    Qt.Key.Key_Up: -1,
}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QueueView(QTableView):
    """A removed row never hands the selection on: only the user picks.

    Signals: picked(str id): clicked or reached by key; opened(str id): Enter or double click.
    """

    picked = Signal(str)
    opened = Signal(str)

    def __init__(self, model: QueueModel, delegate: QueueDelegate, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._anchor: tuple[str, int] | None = None
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setShowGrid(False)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT // 2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setAutoScroll(False)
        self.setMouseTracking(True)
        self.pressed.connect(self._on_pressed)
        self.doubleClicked.connect(self._on_double_clicked)

    def show_selected(self, incident_id: str | None, *, scroll: bool = False) -> None:
        """Mark this case, wherever it stands, and no other."""
        row = None if incident_id is None else self._model.row_of(incident_id)
        if row is None:
            self.selectionModel().clear()
            return
        at = self._model.index(row)
        if self.currentIndex() != at or not self.selectionModel().isSelected(at):
            self.setCurrentIndex(at)
        if scroll:
            self.scrollTo(at)

    def step(self, rows: int) -> None:
        """Pick the row above or below; the first visible one if none is marked."""
        at = self.currentIndex()
        row = at.row() + rows if at.isValid() else self._top_row()
        if 0 <= row < self._model.rowCount():
            self.picked.emit(self._model.id_at(row))
            self.scrollTo(self._model.index(row))

    def hold(self) -> None:
        """Remember what stands at the top, unless the list is at its beginning."""
        row, value = self._top_row(), self.verticalScrollBar().value()
        known = value > 0 and row < self._model.rowCount()
        self._anchor = (self._model.id_at(row), value - row * ROW_HEIGHT) if known else None

    def release(self) -> None:
        """Bring it back to where it was before rows came or went above it."""
        if self._anchor is None:
            return
        row = self._model.row_of(self._anchor[0])
        value = None if row is None else row * ROW_HEIGHT + self._anchor[1]
        if value is not None and value != self.verticalScrollBar().value():
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(value)

    def repaint_rows(self) -> None:
        self.viewport().update()

    def _top_row(self) -> int:
        return self.verticalScrollBar().value() // ROW_HEIGHT

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and key in _STEPS:
            self.step(_STEPS[Qt.Key(key)])
        elif plain and key in _ENTER and self.currentIndex().isValid():
            self.opened.emit(self._model.id_at(self.currentIndex().row()))
        elif plain and key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._model.rowCount():
            row = 0 if key == Qt.Key.Key_Home else self._model.rowCount() - 1
            self.picked.emit(self._model.id_at(row))
            self.scrollTo(self._model.index(row))
        elif event.text().isprintable() and event.text():
            event.ignore()  # no search by first letter: single keys belong to the desk
        else:
            super().keyPressEvent(event)

    def _on_pressed(self, at: QModelIndex) -> None:
        self.picked.emit(self._model.id_at(at.row()))

    def _on_double_clicked(self, at: QModelIndex) -> None:
        self.opened.emit(self._model.id_at(at.row()))
