"""The small framed word that says what kind of entry a row is."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.shared.fonts import SMALL, sans
from widgets.shared.theme import Theme

PADDING, HEIGHT = 6, 20


class KindChip(QWidget):
    """`strong`: the case itself changed; the others are about it."""

    def __init__(self, text: str, strong: bool) -> None:
        super().__init__()
        self._text, self._strong = text, strong
        self.setFont(sans(SMALL))
        self.setAccessibleName(text)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 2 * PADDING, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        ink = QColor(theme.accent if self._strong else theme.text2)
        edge = QColor(ink)
        edge.setAlphaF(0.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(self.font())
        painter.setPen(ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()
