"""What the rows of every list are painted with: ground, mark, one line of text."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle

from widgets.shared.theme import Theme

AT_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
AT_RIGHT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_LINE_PX, _MARK_PX, _GAP_PX = 20, 3, 8
_State = QStyle.StateFlag


def paint_ground(
    painter: QPainter,
    area: QRectF,
    state: QStyle.StateFlag,
    theme: Theme,
    *,
    ruled: bool = True,
) -> None:
    """Selected, under the cursor or plain; with the line below it if it is ruled."""
    if state & _State.State_Selected:
        painter.fillRect(area, QColor(theme.selection))
    elif state & _State.State_MouseOver:
        painter.fillRect(area, QColor(theme.hover))
    if ruled:
        line = QRectF(area.left(), area.bottom() - 1, area.width(), 1)
        painter.fillRect(line, QColor(theme.line))


def paint_mark(painter: QPainter, area: QRectF, ink: QColor) -> None:
    """The bar at the left edge of a row that wants attention."""
    painter.fillRect(QRectF(area.left(), area.top(), _MARK_PX, area.height() - 1), ink)


def paint_text(
    painter: QPainter,
    inner: QRectF,
    y: float,
    font: QFont,
    ink: str,
    text: str,
    align: Qt.AlignmentFlag = AT_LEFT,
) -> int:
    """One line, cut where it does not fit; returns the width that it takes, gap included."""
    painter.setFont(font)
    painter.setPen(QColor(ink))
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
    painter.drawText(QRectF(inner.left(), y, inner.width(), _LINE_PX), align, shown)
    return metrics.horizontalAdvance(shown) + _GAP_PX
