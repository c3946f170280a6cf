"""Paints rows: subclasses paint what the model holds, on the ground that all rows share."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from widgets.shared.row_paint import paint_ground
from widgets.shared.theme import Theme


class RowDelegate(QStyledItemDelegate):
    """For models that tell their rows by `value(row)`. `ruled`: a line below each row."""

    ruled = True

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model: Any = index.model()
        theme, area, state = Theme.current(), QRectF(option.rect), option.state
        paint_ground(painter, area, state, theme, ruled=self.ruled)
        self.paint_row(painter, area, model.value(index.row()), theme, state)

    def paint_row(
        self, painter: QPainter, area: QRectF, row: Any, theme: Theme, state: QStyle.StateFlag
    ) -> None:
        """Paint one value of the model."""
        raise NotImplementedError
