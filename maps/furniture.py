"""What stands still on the map: scale bar and attribution."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from maps.geo.camera import Camera
from maps.labels.place import Box
from maps.theme import MapTheme

_LONGEST_PX: Final = 120.0
_EDGE_PX: Final = 10.0
_GAP_PX: Final = 14.0  # between scale bar and attribution
_BAR_PX: Final = 8.0  # how far its text stands above the attribution


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


def furniture_box(camera: Camera, theme: MapTheme, attribution: str) -> Box:
    """What they cover, in logical pixels."""
    plate = _plate(camera, _font(theme), attribution)
    left = plate.left() - _GAP_PX - _LONGEST_PX
    return left, plate.top() - _BAR_PX, float(camera.width), float(camera.height)


def paint_furniture(painter: QPainter, camera: Camera, theme: MapTheme, attribution: str) -> None:
    """Scale bar and attribution in the lower right corner."""
    font = _font(theme)
    painter.setFont(font)
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    ground = QColor(theme.land)
    ground.setAlphaF(0.75)
    plate = _plate(camera, font, attribution)
    painter.fillRect(plate, ground)
    painter.setPen(QColor(theme.text_minor))
    painter.drawText(plate.adjusted(0, 0, -6, 0), flags, attribution)
    end = QPointF(plate.left() - _GAP_PX, plate.bottom() - 4.0)
    _paint_bar(painter, scale_bar(camera), end, theme)


def _font(theme: MapTheme) -> QFont:
    font = QFont(theme.font)
    font.setPixelSize(11)
    return font


def _plate(camera: Camera, font: QFont, attribution: str) -> QRectF:
    width = QFontMetricsF(font).horizontalAdvance(attribution) + 12.0
    right, bottom = camera.width - _EDGE_PX, camera.height - _EDGE_PX
    return QRectF(right - width, bottom - 18.0, width, 18.0)


def _paint_bar(painter: QPainter, bar: ScaleBar, end: QPointF, theme: MapTheme) -> None:
    start = QPointF(end.x() - bar.pixels, end.y())
    up = QPointF(0.0, -6.0)
    for colour, width in ((theme.halo, 4.0), (theme.text_minor, 1.5)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawPolyline([start + up, start, end, end + up])
    middle = QRectF(start.x(), end.y() - 20.0, bar.pixels, 16.0)
    painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, bar.text)
