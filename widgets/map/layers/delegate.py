"""Paints the rows of the layer tree."""

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.text import translate
from widgets.map.layers.model import ROW, LayerRow
from widgets.shared.fonts import BODY, SMALL, TILE, sans
from widgets.shared.theme import Theme

LAYER_PX: Final = 40
GROUP_PX: Final = 26
BOX_PX: Final = 16
_BOX_LEFT: Final = 10
_TEXT_LEFT: Final = 36
_RIGHT: Final = 10


class LayerDelegate(QStyledItemDelegate):
    """A layer has two lines: its name and how much it holds, then how old it is."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(80, LAYER_PX if index.parent().isValid() else GROUP_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        chosen: Any = option
        painter.save()
        theme, area, state = Theme.current(), chosen.rect, chosen.state
        area = QRect(0, area.top(), area.right() + 1, area.height())
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(theme.selection))
            painter.fillRect(QRect(0, area.top(), 3, area.height()), QColor(theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(theme.hover))
        row = index.data(ROW)
        if isinstance(row, LayerRow):
            _paint_layer(painter, area, row, theme)
        else:
            opened = bool(state & QStyle.StateFlag.State_Open)
            _paint_group(painter, area, str(index.data()), opened, theme)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.restore()


def box_rect(row: QRect) -> QRect:
    """Where a layer's check box is."""
    return QRect(_BOX_LEFT, row.top() + (row.height() - BOX_PX) // 2, BOX_PX, BOX_PX)


def _paint_group(painter: QPainter, area: QRect, title: str, opened: bool, theme: Theme) -> None:
    painter.setFont(sans(SMALL, bold=True))
    painter.setPen(QColor(theme.text2))
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(area.adjusted(_BOX_LEFT, 0, 0, 0), middle, "▾" if opened else "▸")
    painter.drawText(area.adjusted(_BOX_LEFT + 16, 0, 0, 0), middle, title)


def _paint_layer(painter: QPainter, area: QRect, row: LayerRow, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_box(painter, box_rect(area), row.visible, theme)
    shown = row.visible and row.in_scale
    line = QRect(_TEXT_LEFT, area.top() + 3, area.width() - _TEXT_LEFT - _RIGHT, 19)
    count = "" if row.count is None else f"{row.count:,}"
    width = _text(painter, line, count, TILE, theme.text2 if shown else theme.text3, right=True)
    title = line.adjusted(0, 0, -width - 6, 0)
    _text(painter, title, row.title, BODY, theme.text1 if shown else theme.text3)
    below = line.translated(0, 17)
    if row.demo:
        below.setRight(_demo(painter, below, theme) - 6)
    colour = theme.warn_text if row.age.is_stale else theme.text3
    outside = "" if row.in_scale else translate("Map", "此比例尺不显示")
    _text(painter, below, " · ".join(filter(None, (row.age.text, outside))), TILE, colour)


def _paint_box(painter: QPainter, box: QRect, on: bool, theme: Theme) -> None:
    painter.setPen(QColor(theme.accent_fill if on else theme.text3))
    painter.setBrush(QColor(theme.accent_fill if on else theme.bg2))
    painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 4, 4)
    if on:
        pen = QPen(QColor(theme.accent_ink), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        x, y = box.x(), box.y()
        painter.drawLine(x + 4, y + 8, x + 7, y + 11)
        painter.drawLine(x + 7, y + 11, x + 11, y + 5)


def _demo(painter: QPainter, line: QRect, theme: Theme) -> int:
    """Say at the right end that it is simulated; returns where that begins."""
    words = translate("Map", "演示")
    painter.setFont(sans(TILE))
    width = painter.fontMetrics().horizontalAdvance(words) + 8
    plate = QRect(line.right() - width + 1, line.top() + 2, width, line.height() - 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.demo_fill))
    painter.drawRoundedRect(plate, 3, 3)
    painter.setPen(QColor(theme.demo_ink))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)
    return plate.left()


def _text(
    painter: QPainter, area: QRect, text: str, px: int, colour: str, *, right: bool = False
) -> int:
    """Draw one line, cut where it does not fit; returns its width."""
    painter.setFont(sans(px))
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return painter.fontMetrics().horizontalAdvance(shown)
