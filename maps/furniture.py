"""What stands still on the map: north, scale bar and attribution."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from maps.geo.camera import Camera
from maps.labels.place import Box
from maps.theme import MapTheme

_NORTH_PX: Final = 16.0
_LONGEST_PX: Final = 120.0
_EDGE_PX: Final = 10.0
_GAP_PX: Final = 14.0  # between scale bar and attribution
_PLATE_PX: Final = 18.0
_BAR_PX: Final = 8.0  # how far its text stands above the attribution
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter
_HALO_PX: Final = 2.0  # of the scale bar, around its end


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A round ground distance and its length on screen."""

    text: str
    pixels: float


def scale_bar(camera: Camera) -> ScaleBar:
    """The longest of 1, 2, 5 × 10ⁿ metres that is not longer than 120 pixels."""
    longest = _LONGEST_PX * camera.metres_per_pixel
    metres = 1.0
    for step in (10.0**power * digit for power in range(8) for digit in (1.0, 2.0, 5.0)):
        if step <= longest:
            metres = step
    text = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    return ScaleBar(text, metres / camera.metres_per_pixel)


class Furniture:
    """All three, in the lower right corner, in the colours of a theme.

    They are drawn into a picture that is kept: texts are dear, and most frames show the same.
    """

    def __init__(self, theme: MapTheme, ratio: float, attribution: str) -> None:
        self._theme, self._ratio, self._attribution = theme, ratio, attribution
        self._font = QFont(theme.font)
        self._font.setPixelSize(11)
        plate = QFontMetricsF(self._font).horizontalAdvance(attribution) + 12.0
        self._plate = QRectF(_NORTH_PX + _LONGEST_PX + _GAP_PX, _BAR_PX, plate, _PLATE_PX)
        self._kept: tuple[ScaleBar, QPixmap] | None = None

    def box(self, camera: Camera) -> Box:
        """What they cover, in logical pixels."""
        place = self._place(camera)
        left = place.x() + self._hidden(camera)
        return left, place.y(), float(camera.width), float(camera.height)

    def paint(self, painter: QPainter, camera: Camera) -> None:
        bar = scale_bar(camera)
        if self._kept is None or self._kept[0] != bar:
            self._kept = bar, self._painted(bar)
        hidden = self._hidden(camera)
        place = self._place(camera) - QPointF(_HALO_PX - hidden, _HALO_PX)
        painter.drawPixmap(place, self._kept[1], QRectF(hidden * self._ratio, 0.0, 0.0, 0.0))

    def _hidden(self, camera: Camera) -> float:
        """How many pixels go from the left: a map without room for all has the attribution."""
        return 0.0 if self._place(camera).x() >= 0.0 else self._plate.left()

    def _place(self, camera: Camera) -> QPointF:
        corner = QPointF(camera.width - _EDGE_PX, camera.height - _EDGE_PX)
        return corner - self._plate.bottomRight()

    def _painted(self, bar: ScaleBar) -> QPixmap:
        size = QSizeF(self._plate.right(), self._plate.bottom()) + QSizeF(_HALO_PX, _HALO_PX)
        pixmap = QPixmap((size * self._ratio).toSize())
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(_HALO_PX, _HALO_PX)
        painter.setFont(self._font)
        self._paint_plate(painter)
        end = QPointF(_NORTH_PX + _LONGEST_PX, self._plate.bottom() - 4.0)
        start = end - QPointF(bar.pixels, 0.0)
        self._paint_bar(painter, bar.text, start, end)
        self._paint_north(painter, start - QPointF(_NORTH_PX - 5.0, 0.0))
        painter.end()
        return pixmap

    def _paint_plate(self, painter: QPainter) -> None:
        ground = QColor(self._theme.land)
        ground.setAlphaF(0.75)
        painter.fillRect(self._plate, ground)
        painter.setPen(QColor(self._theme.text_minor))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self._plate.adjusted(0, 0, -6, 0), flags, self._attribution)

    def _paint_bar(self, painter: QPainter, text: str, start: QPointF, end: QPointF) -> None:
        up = QPointF(0.0, -6.0)
        for colour, width in ((self._theme.halo, 4.0), (self._theme.text_minor, 1.5)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawPolyline([start + up, start, end, end + up])
        middle = QRectF(start.x(), end.y() - 20.0, end.x() - start.x(), 16.0)
        painter.drawText(middle, _CENTRE, text)

    def _paint_north(self, painter: QPainter, foot: QPointF) -> None:
        """The map never turns: the sign is for whoever reads a picture of it."""
        tip = [QPointF(0.0, -20.0), QPointF(4.5, -9.0), QPointF(0.0, -11.5), QPointF(-4.5, -9.0)]
        painter.setPen(QPen(QColor(self._theme.halo), 2.0))
        painter.drawPolygon([foot + corner for corner in tip])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.text_minor))
        painter.drawPolygon([foot + corner for corner in tip])
        painter.setPen(QColor(self._theme.text_minor))
        painter.drawText(QRectF(foot.x() - 8.0, foot.y() - 9.0, 16.0, 11.0), _CENTRE, "N")
