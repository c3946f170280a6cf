"""Paints an alarm: level, rule, case, how often it rang, who acknowledged it."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.text import translate
from widgets.alarms.row import AlarmRow
from widgets.shared.clock_bar import span_text
from widgets.shared.fonts import BODY, SMALL, mono, sans
from widgets.shared.row_model import RowModel
from widgets.shared.severity import paint_severity
from widgets.shared.theme import Theme

ROW_HEIGHT: Final = 76
_TILE, _LEFT, _EDGE = 24, 48, 12
_AT_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_AT_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_State = QStyle.StateFlag


class AlarmDelegate(QStyledItemDelegate):
    """`now` tells how old an alarm is that nobody has acknowledged."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now
        self._rule, self._small, self._mono = sans(BODY, bold=True), sans(SMALL), mono(SMALL)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(240, ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        if not isinstance(model, RowModel):
            return
        row: AlarmRow = model.value(index.row())
        theme, area = Theme.current(), QRectF(option.rect)
        waiting = not row.acknowledged
        self._ground(painter, area, option.state, theme)
        if waiting:
            bar = QRectF(area.left(), area.top(), 3, area.height() - 1)
            painter.fillRect(bar, QColor(theme.bad))
        painter.setOpacity(1 if waiting else 0.5)
        tile = QRectF(area.left() + _EDGE, area.top() + 12, _TILE, _TILE)
        paint_severity(painter, tile, row.level, row.sign, theme)
        painter.setOpacity(1)
        inner = area.adjusted(_LEFT, 0, -_EDGE, 0)
        top = area.top()
        times = f"{row.rang}  ×{row.count}" if row.count > 1 else row.rang
        right = self._line(painter, inner, top + 8, self._mono, theme.text2, times, at_right=True)
        ink, room = theme.text1 if waiting else theme.text2, inner.adjusted(0, 0, -right, 0)
        self._line(painter, room, top + 8, self._rule, ink, row.rule)
        self._line(painter, inner, top + 29, self._small, theme.text2, row.case)
        words, ink = self._taken(row, theme)
        self._line(painter, inner, top + 49, self._small, ink, words)

    def _ground(
        self, painter: QPainter, area: QRectF, state: QStyle.StateFlag, theme: Theme
    ) -> None:
        if state & _State.State_Selected:
            painter.fillRect(area, QColor(theme.selection))
        elif state & _State.State_MouseOver:
            painter.fillRect(area, QColor(theme.hover))
        line = QRectF(area.left(), area.bottom() - 1, area.width(), 1)
        painter.fillRect(line, QColor(theme.line))

    def _taken(self, row: AlarmRow, theme: Theme) -> tuple[str, str]:
        if row.acknowledged:
            return f"✓ {row.acknowledged}", theme.good_text
        age = span_text((self._now() - row.raised_at).total_seconds())
        return translate("Alarms", "未确认 · 已响 {age}").format(age=age), theme.bad_text

    def _line(
        self,
        painter: QPainter,
        inner: QRectF,
        y: float,
        font: QFont,
        ink: str,
        text: str,
        *,
        at_right: bool = False,
    ) -> int:
        """Draw one line, cut where it does not fit; return the width that it takes."""
        painter.setFont(font)
        painter.setPen(QColor(ink))
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
        line = QRectF(inner.left(), y, inner.width(), 20)
        painter.drawText(line, _AT_RIGHT if at_right else _AT_LEFT, shown)
        return metrics.horizontalAdvance(shown) + 8
