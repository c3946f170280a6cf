"""The table itself: one delegate paints signs, words, and what is unknown in grey."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.domain.camera import Health
from widgets.shared.fonts import BODY, mono, sans
from widgets.shared.row_paint import paint_ground, paint_mark, paint_text
from widgets.shared.theme import Theme
from widgets.video.health.model import HealthModel
from widgets.video.health.row import CODE, NAME, PLACE, SEEN, SINCE, STATE, UNKNOWN
from widgets.video.health_sign import health_words_ink, paint_health

ROW_PX: Final = 28
_WIDTHS: Final = (140, 200, 190, 96, 120, 130, 140, 170)
_STEPS: Final = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
_EDGE, _SIGN, _GAP = 12, 10, 8
_State = QStyle.StateFlag


class HealthView(QTableView):
    """Signals: picked(): another camera is marked, or none."""

    picked = Signal()

    def __init__(self, model: HealthModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(HealthDelegate(self))
        self.setAccessibleName(self.tr("视频健康"))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        rows, head = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_PX)
        rows.setDefaultSectionSize(ROW_PX)
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            head.resizeSection(column, width)
        self.setSortingEnabled(True)
        self.sortByColumn(STATE, Qt.SortOrder.AscendingOrder)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def current_id(self) -> str:
        """The marked camera, "" when none is."""
        rows = self.selectionModel().selectedRows()
        model = self.model()
        return model.id_at(rows[0].row()) if rows and isinstance(model, HealthModel) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and key in _STEPS:
            row = self.currentIndex().row() + _STEPS[key]
            if 0 <= row < self.model().rowCount():
                self.selectRow(row)
        elif event.text().isprintable() and event.text():
            event.ignore()  # no search by first letter: single keys belong to the desk
        else:
            super().keyPressEvent(event)

    def _on_selection_changed(self) -> None:
        self.picked.emit()


class HealthDelegate(QStyledItemDelegate):
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        if not isinstance(model, HealthModel):
            return
        theme, area, column = Theme.current(), QRectF(option.rect), index.column()
        row = model.row(index.row())
        paint_ground(painter, area, option.state, theme)
        if column == STATE and option.state & _State.State_Selected:
            paint_mark(painter, area, QColor(theme.accent))
        inner = area.adjusted(_EDGE, 0, -4, 0)
        ink = theme.text1 if column in (STATE, NAME) else theme.text2
        if column == STATE:
            sign = QRectF(inner.left(), area.center().y() - _SIGN / 2, _SIGN, _SIGN)
            paint_health(painter, sign, row.health, theme)
            inner.adjust(_SIGN + _GAP, 0, 0, 0)
            if row.health not in (Health.ONLINE, Health.UNKNOWN):
                ink = health_words_ink(row.health, theme)
        words = row.cells[column]
        if words == UNKNOWN:
            ink = theme.text3
        font = mono(BODY) if column in (PLACE, SINCE, SEEN, CODE) else sans(BODY)
        paint_text(painter, inner, area.top() + (ROW_PX - 20) / 2, font, ink, words)
