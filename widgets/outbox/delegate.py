"""Paints a row of the outbox: state in shape and words, act, case, author, tries, trouble."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QWidget

from app.domain.outbox import OutboxState
from app.text import translate
from widgets.outbox.row import OutboxRow
from widgets.shared.clock_bar import span_text
from widgets.shared.fonts import BODY, SMALL, mono, sans
from widgets.shared.row_delegate import RowDelegate
from widgets.shared.row_paint import AT_RIGHT, paint_mark, paint_text
from widgets.shared.theme import Theme

ROW_HEIGHT: Final = 80
_EDGE = 14


class OutboxDelegate(RowDelegate):
    def __init__(self, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now
        self._event, self._small, self._mono = sans(BODY, bold=True), sans(SMALL), mono(SMALL)

    def paint_row(
        self, painter: QPainter, area: QRectF, row: OutboxRow, theme: Theme, state: QStyle.StateFlag
    ) -> None:
        tone = _tone(row.state, theme)
        if row.troubled:
            paint_mark(painter, area, QColor(tone))
        inner = area.adjusted(_EDGE, 0, -_EDGE, 0)
        top = area.top() + 8
        used = paint_text(painter, inner, top, self._small, tone, row.words, AT_RIGHT)
        ink = theme.text2 if row.ended else theme.text1
        paint_text(painter, inner.adjusted(0, 0, -used, 0), top, self._event, ink, row.event)
        paint_text(painter, inner, top + 21, self._small, theme.text2, row.case)
        age = span_text((self._now() - row.created_at).total_seconds())
        used = paint_text(painter, inner, top + 42, self._mono, theme.text2, age, AT_RIGHT)
        room = inner.adjusted(0, 0, -used, 0)
        words = " · ".join(filter(None, (row.author, self._tries(row), row.error)))
        ink = tone if row.troubled else theme.text2
        paint_text(painter, room, top + 42, self._small, ink, words)

    def _tries(self, row: OutboxRow) -> str:
        """How often it was sent, when it goes again, until when it may."""
        parts = []
        if row.attempts > 1:
            parts.append(translate("Outbox", "已试 {count} 次").format(count=row.attempts))
        if row.state == OutboxState.RETRY_WAIT and row.next_at is not None:
            left = (row.next_at - self._now()).total_seconds()
            parts.append(
                translate("Outbox", "{span} 后重试").format(span=span_text(left))
                if left > 0
                else translate("Outbox", "即将重试")
            )
        if row.expires_at is not None and not row.ended:
            left = (row.expires_at - self._now()).total_seconds()
            parts.append(translate("Outbox", "{span} 后失效").format(span=span_text(max(left, 0))))
        return " · ".join(parts)


def _tone(state: str, theme: Theme) -> str:
    match state:
        case OutboxState.CONFLICT | OutboxState.RETRY_WAIT:
            return theme.warn_text
        case OutboxState.FAILED | OutboxState.EXPIRED:
            return theme.bad_text
        case OutboxState.ACKED:
            return theme.good_text
        case OutboxState.SENDING:
            return theme.accent
    return theme.text2
