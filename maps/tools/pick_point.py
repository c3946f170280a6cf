"""One click gives one place."""

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from maps.geo.camera import Camera
from maps.geo.mercator import point_to_mercator
from maps.theme import MapTheme


class PickPointTool(QObject):
    """Asks for a place on the map and marks it.

    Signals: ``picked(lon, lat)`` in WGS-84 degrees; ``dismissed()`` when the user changed his mind.
    """

    picked = Signal(float, float)
    dismissed = Signal()

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place: tuple[float, float] | None = None

    def mark(self, lon: float, lat: float) -> None:
        """Show a place as already picked."""
        self._place = point_to_mercator(lon, lat)

    def clicked(self, lon: float, lat: float) -> None:
        self.mark(lon, lat)
        self.picked.emit(lon, lat)

    def cancelled(self) -> None:
        self._place = None
        self.dismissed.emit()

    def paint(self, painter: QPainter, camera: Camera, theme: MapTheme) -> None:
        if self._place is None:
            return
        x, y = camera.to_screen(*self._place)
        for colour, width in ((theme.halo, 5.0), (theme.accent, 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(x - 11, y), QPointF(x + 11, y))
            painter.drawLine(QPointF(x, y - 11), QPointF(x, y + 11))
