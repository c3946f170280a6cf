"""One column of rows of equal height, walked with J, K and the arrows."""

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QHeaderView, QTableView, QWidget

_STEPS: Final = {Qt.Key.Key_J: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Up: -1}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class RowView(QTableView):
    """A table because a list view asks the model for every row whenever one comes or goes.

    Signals: picked(int row): clicked or reached by key; opened(int row): Enter or double click.
    """

    picked = Signal(int)
    opened = Signal(int)

    def __init__(
        self,
        model: QAbstractItemModel,
        delegate: QAbstractItemDelegate,
        row_height: int,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.row_height = row_height
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(row_height)
        rows.setDefaultSectionSize(row_height)
        self.setShowGrid(False)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(row_height // 2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAutoScroll(False)
        self.setMouseTracking(True)
        self.pressed.connect(self._on_pressed)
        self.doubleClicked.connect(self._on_double_clicked)

    def step(self, rows: int) -> None:
        """Pick the row above or below; the first visible one if none is marked."""
        at = self.currentIndex()
        self._pick(at.row() + rows if at.isValid() else self.top_row())

    def top_row(self) -> int:
        return self.verticalScrollBar().value() // self.row_height

    def repaint_rows(self) -> None:
        self.viewport().update()

    def _pick(self, row: int) -> None:
        if 0 <= row < self.model().rowCount():
            self.setCurrentIndex(self.model().index(row, 0))
            self.scrollTo(self.currentIndex())
            self.picked.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), event.modifiers() in _PLAIN
        if plain and key in _STEPS:
            self.step(_STEPS[Qt.Key(key)])
        elif plain and key in _ENTER and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif plain and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._pick(0 if key == Qt.Key.Key_Home else self.model().rowCount() - 1)
        elif event.text().isprintable() and event.text():
            event.ignore()  # no search by first letter: single keys belong to the desk
        else:
            super().keyPressEvent(event)

    def _on_pressed(self, at: QModelIndex) -> None:
        self.picked.emit(at.row())

    def _on_double_clicked(self, at: QModelIndex) -> None:
        self.opened.emit(at.row())
