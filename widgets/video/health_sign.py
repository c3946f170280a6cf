"""A camera's health as shape and colour; the words stand beside it.

Online a full circle, offline an open one, fault a triangle, maintenance a square, unknown a
dashed circle: told apart without colour.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.domain.camera import Health
from widgets.shared.theme import Theme


def health_ink(health: str, theme: Theme) -> str:
    """The colour of the shape."""
    return {
        Health.ONLINE.value: theme.good,
        Health.OFFLINE.value: theme.bad,
        Health.FAULT.value: theme.warn,
        Health.MAINTENANCE.value: theme.planned,
    }.get(health, theme.unknown)


def health_words_ink(health: str, theme: Theme) -> str:
    """The colour of its words on a panel."""
    return {
        Health.ONLINE.value: theme.good_text,
        Health.OFFLINE.value: theme.bad_text,
        Health.FAULT.value: theme.warn_text,
        Health.MAINTENANCE.value: theme.planned_text,
    }.get(health, theme.text3)


def paint_health(painter: QPainter, box: QRectF, health: str, theme: Theme) -> None:
    """Draw the sign into a square box (10 px read well)."""
    ink = QColor(health_ink(health, theme))
    inner = box.adjusted(0.75, 0.75, -0.75, -0.75)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    match health:
        case Health.ONLINE:
            painter.drawEllipse(inner)
        case Health.FAULT:
            top = QPointF(box.center().x(), box.top())
            painter.drawPolygon(QPolygonF([top, box.bottomRight(), box.bottomLeft()]))
        case Health.MAINTENANCE:
            painter.drawRect(inner)
        case _:
            dashed = health != Health.OFFLINE
            style = Qt.PenStyle.DotLine if dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(ink, 1.5, style))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(inner)
    painter.restore()
