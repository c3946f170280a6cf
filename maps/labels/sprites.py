"""Labels as small pictures, painted once."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPen,
    QTransform,
)

from maps.labels.label import LabelStyle
from maps.labels.plates import plate_of
from maps.theme import MapTheme


@dataclass(frozen=True, slots=True)
class _Look:
    size: int  # px
    colour: str  # field of MapTheme
    bold: bool = False
    italic: bool = False
    spacing: float = 0.0  # px between letters


_LOOKS: Final = {
    LabelStyle.PLACE: _Look(15, "text", bold=True, spacing=1.0),
    LabelStyle.WATER: _Look(13, "sea_text", italic=True, spacing=3.0),
    LabelStyle.HUB: _Look(13, "text", bold=True),
    LabelStyle.JUNCTION: _Look(12, "text_minor"),
    LabelStyle.ROAD: _Look(12, "text_minor"),
    LabelStyle.PLATE: _Look(11, "text", bold=True),
    LabelStyle.POINT: _Look(12, "text"),
}
_HALO: Final = tuple(
    QPointF(1.6 * math.cos(turn), 1.6 * math.sin(turn))
    for turn in (math.pi / 4.0 * step for step in range(8))
)
_GAP_PX: Final = 4.0  # kept free around a text
_KEPT: Final = 1200


class Sprites:
    """Paints labels in one theme and pixel ratio. Used by one thread at a time."""

    def __init__(self, theme: MapTheme, ratio: float) -> None:
        self.theme = theme
        self.ratio = ratio
        self._fonts = {style: _font(theme.font, look) for style, look in _LOOKS.items()}
        self._metrics = {style: QFontMetricsF(font) for style, font in self._fonts.items()}
        self.size = lru_cache(_KEPT * 4)(self._size)
        self.sprite = lru_cache(_KEPT)(self._sprite)

    def _size(self, text: str, style: LabelStyle) -> tuple[float, float]:
        """Logical pixels that a text takes with its surroundings."""
        metrics = self._metrics[style]
        width = metrics.horizontalAdvance(text)
        if style is LabelStyle.PLATE:
            return width + 10.0 + _GAP_PX, 16.0 + _GAP_PX
        return width + 2.0 * _GAP_PX, metrics.height() + _GAP_PX

    def _sprite(self, text: str, style: LabelStyle, angle: float) -> QImage:
        """The painted label, its middle in the middle of the image."""
        width, height = self._size(text, style)
        turn = QTransform().rotate(angle)
        box = turn.mapRect(QRectF(-width / 2, -height / 2, width, height))
        side_x, side_y = _even(box.width() * self.ratio), _even(box.height() * self.ratio)
        image = QImage(side_x, side_y, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self.ratio)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        painter.translate(side_x / 2 / self.ratio, side_y / 2 / self.ratio)
        painter.rotate(angle)
        painter.setFont(self._fonts[style])
        if style is LabelStyle.PLATE:
            self._paint_plate(painter, text, width - _GAP_PX, height - _GAP_PX)
        else:
            self._paint_text(painter, text, style)
        painter.end()
        return image

    def _paint_text(self, painter: QPainter, text: str, style: LabelStyle) -> None:
        metrics = self._metrics[style]
        start = QPointF(
            -metrics.horizontalAdvance(text) / 2, (metrics.ascent() - metrics.descent()) / 2
        )
        # Eight shifted copies: a stroked outline looks the same and takes six times as long.
        painter.setPen(QColor(self.theme.halo))
        for shift in _HALO:
            painter.drawText(start + shift, text)
        painter.setPen(QColor(getattr(self.theme, _LOOKS[style].colour)))
        painter.drawText(start, text)

    def _paint_plate(self, painter: QPainter, text: str, width: float, height: float) -> None:
        plate = plate_of(text)
        if plate is None:
            return
        body = QRectF(-width / 2, -height / 2, width, height)
        painter.setPen(QPen(QColor(self.theme.halo), 2.0))
        painter.setBrush(QColor(plate.fill))
        painter.drawRoundedRect(body, 3.0, 3.0)
        painter.setPen(Qt.PenStyle.NoPen)
        if plate.band is not None:
            painter.setBrush(QColor(plate.band))
            painter.drawRoundedRect(
                QRectF(-width / 2 + 1, -height / 2 + 1, width - 2, 3.0), 1.5, 1.5
            )
        painter.setPen(QColor(plate.text))
        down = 1.0 if plate.band is not None else 0.0
        painter.drawText(body.translated(0, down), Qt.AlignmentFlag.AlignCenter, text)


def _font(family: str, look: _Look) -> QFont:
    font = QFont(family)
    font.setPixelSize(look.size)
    font.setBold(look.bold)
    font.setItalic(look.italic)
    if look.spacing:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, look.spacing)
    return font


def _even(pixels: float) -> int:
    return 2 * (int(pixels) // 2 + 1)
