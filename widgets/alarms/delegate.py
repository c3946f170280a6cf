"""Paints an alarm: level, rule, case, how often it rang, who acknowledged it."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QWidget

from app.text import translate
from widgets.alarms.row import AlarmRow
from widgets.shared.clock_bar import span_text
from widgets.shared.fonts import BODY, SMALL, mono, sans
from widgets.shared.row_delegate import RowDelegate
from widgets.shared.row_paint import AT_RIGHT, paint_mark, paint_text
from widgets.shared.severity import paint_severity
from widgets.shared.theme import Theme

ROW_HEIGHT: Final = 76
_TILE, _LEFT, _EDGE = 24, 48, 12


class AlarmDelegate(RowDelegate):
    """`now` tells how old an alarm is that nobody has acknowledged."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now
        self._rule, self._small, self._mono = sans(BODY, bold=True), sans(SMALL), mono(SMALL)

    def paint_row(
        self, painter: QPainter, area: QRectF, row: AlarmRow, theme: Theme, state: QStyle.StateFlag
    ) -> None:
        waiting = not row.acknowledged
        if waiting:
            paint_mark(painter, area, QColor(theme.bad))
        painter.setOpacity(1 if waiting else 0.5)
        tile = QRectF(area.left() + _EDGE, area.top() + 12, _TILE, _TILE)
        paint_severity(painter, tile, row.level, row.sign, theme)
        painter.setOpacity(1)
        inner = area.adjusted(_LEFT, 0, -_EDGE, 0)
        top = area.top()
        times = f"{row.rang}  ×{row.count}" if row.count > 1 else row.rang
        right = paint_text(painter, inner, top + 8, self._mono, theme.text2, times, AT_RIGHT)
        ink, room = theme.text1 if waiting else theme.text2, inner.adjusted(0, 0, -right, 0)
        paint_text(painter, room, top + 8, self._rule, ink, row.rule)
        paint_text(painter, inner, top + 29, self._small, theme.text2, row.case)
        words, ink = self._taken(row, theme)
        paint_text(painter, inner, top + 49, self._small, ink, words)

    def _taken(self, row: AlarmRow, theme: Theme) -> tuple[str, str]:
        if row.acknowledged:
            return f"✓ {row.acknowledged}", theme.good_text
        age = span_text((self._now() - row.raised_at).total_seconds())
        return translate("Alarms", "未确认 · 已响 {age}").format(age=age), theme.bad_text
