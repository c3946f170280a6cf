"""How the map writes: fonts, halos, plates, stakes."""

import math
import unicodedata
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np
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

from maps.labels.label import STAKE_DOWN_PX, Glyph, LabelStyle
from maps.labels.plates import Plate, plate_of
from maps.labels.runs import Letters
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
    LabelStyle.ROAD: _Look(12, "text", spacing=0.5),
    LabelStyle.PLATE: _Look(11, "text", bold=True),
    LabelStyle.STAKE: _Look(10, "text"),
    LabelStyle.POINT: _Look(12, "text"),
}
_ON_PLATES: Final = (LabelStyle.PLATE, LabelStyle.STAKE)  # no halo around their letters
_HALO_PX: Final = 1.6
_GAP_PX: Final = 4.0  # kept free around a text
_PLATE_PX: Final = 16.0
_BANDED_PX: Final = 18.0
_BAND_PX: Final = 3.0
_STAKE_PX: Final = 27.0  # height of mark and text
_STAKE_TEXT_DOWN_PX: Final = 4.0
_MARK_PX: Final = 2.8  # radius


class Lettering:
    """Paints texts in one theme and pixel ratio. Used by one thread at a time."""

    def __init__(self, theme: MapTheme, ratio: float) -> None:
        self._theme = theme
        self._ratio = ratio
        self._fonts = {style: _font(theme.font, look) for style, look in _LOOKS.items()}
        self._metrics = {style: QFontMetricsF(font) for style, font in self._fonts.items()}
        self._halo = _disc(_HALO_PX * ratio)

    def size(self, text: str, style: LabelStyle) -> tuple[float, float]:
        """Logical pixels that a text takes with its surroundings."""
        metrics = self._metrics[style]
        width = metrics.horizontalAdvance(text)
        match style:
            case LabelStyle.PLATE:
                return width + 10.0 + _GAP_PX, _plate_height(plate_of(text)) + _GAP_PX
            case LabelStyle.STAKE:
                return width + 2.0 * _GAP_PX, _STAKE_PX
        return width + 2.0 * _GAP_PX, metrics.height() + _GAP_PX

    def letters(self, text: str, style: LabelStyle) -> Letters:
        """Where the letters of a text begin and end along it."""
        ends = list(accumulate(map(self._metrics[style].horizontalAdvance, text), initial=0.0))
        wide = all(unicodedata.east_asian_width(letter) in "WF" for letter in text)
        return Letters(np.array(ends) - ends[-1] / 2.0, stackable=wide)

    def painted(
        self, text: str, style: LabelStyle, angle: float, glyphs: tuple[Glyph, ...]
    ) -> QImage:
        """The text, its middle in the middle of the image."""
        size = self.size(text, style)
        image = self._blank(*(_around(glyphs, size[1]) if glyphs else _turned(size, angle)))
        painter = QPainter(image)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        half = QPointF(image.width(), image.height()) / (2.0 * self._ratio)
        painter.translate(half)
        painter.rotate(angle)
        painter.setFont(self._fonts[style])
        painter.setPen(QColor(getattr(self._theme, _LOOKS[style].colour)))
        match style:
            case LabelStyle.PLATE:
                self._paint_plate(painter, text, size[0] - _GAP_PX)
            case LabelStyle.STAKE:
                self._paint_stake(painter, text, size[0] - 2.0)
            case _ if glyphs:
                self._write_letters(painter, text, style, glyphs)
            case _:
                self._write(painter, text, style)
        painter.end()
        return image if style in _ON_PLATES else self._haloed(image)

    def _write(self, painter: QPainter, text: str, style: LabelStyle) -> None:
        metrics = self._metrics[style]
        down = (metrics.ascent() - metrics.descent()) / 2.0
        painter.drawText(QPointF(-metrics.horizontalAdvance(text) / 2.0, down), text)

    def _write_letters(
        self, painter: QPainter, text: str, style: LabelStyle, glyphs: tuple[Glyph, ...]
    ) -> None:
        for letter, (right, down, angle) in zip(text, glyphs, strict=True):
            painter.save()
            painter.translate(right, down)
            painter.rotate(angle)
            self._write(painter, letter, style)
            painter.restore()

    def _paint_stake(self, painter: QPainter, text: str, width: float) -> None:
        """A mark on the road and below it the number, on a ground that hides the road."""
        painter.setPen(QPen(QColor(self._theme.halo), 1.0))
        painter.setBrush(QColor(self._theme.text))
        painter.drawEllipse(QPointF(0.0, -STAKE_DOWN_PX), _MARK_PX, _MARK_PX)
        ground = QColor(self._theme.halo)
        ground.setAlphaF(0.85)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.translate(0.0, _STAKE_TEXT_DOWN_PX)
        painter.drawRoundedRect(QRectF(-width / 2.0, -6.5, width, 13.0), 3.0, 3.0)
        painter.setPen(QColor(self._theme.text))
        self._write(painter, text, LabelStyle.STAKE)

    def _haloed(self, text: QImage) -> QImage:
        """Shifted copies of the text in the halo's colour below it.

        Writing them anew, or stroking the outline, looks the same and takes many times as long.
        """
        halo = QImage(text)
        painter = QPainter(halo)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(halo.rect(), QColor(self._theme.halo))
        painter.end()
        image = self._blank(text.width() / self._ratio, text.height() / self._ratio)
        painter = QPainter(image)
        for shift in self._halo:
            painter.drawImage(shift, halo)
        painter.drawImage(0, 0, text)
        painter.end()
        return image

    def _blank(self, width: float, height: float) -> QImage:
        image = QImage(
            _even(width * self._ratio),
            _even(height * self._ratio),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.setDevicePixelRatio(self._ratio)
        image.fill(0)
        return image

    def _paint_plate(self, painter: QPainter, text: str, width: float) -> None:
        plate = plate_of(text)
        if plate is None:
            return
        height = _plate_height(plate)
        body = QRectF(-width / 2, -height / 2, width, height)
        painter.setPen(QPen(QColor(self._theme.halo), 2.0))
        painter.setBrush(QColor(plate.fill))
        painter.drawRoundedRect(body, 3.0, 3.0)
        frame = QColor(plate.text)
        frame.setAlphaF(0.55)
        painter.setPen(QPen(frame, 0.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(body.adjusted(1.4, 1.4, -1.4, -1.4), 2.0, 2.0)
        room = body
        if plate.band is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(plate.band))
            band = QRectF(body.left() + 1, body.top() + 1, width - 2, _BAND_PX)
            painter.drawRoundedRect(band, 1.5, 1.5)
            room = body.adjusted(0.0, _BAND_PX, 0.0, 0.0)
        painter.setPen(QColor(plate.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)


def _plate_height(plate: Plate | None) -> float:
    return _PLATE_PX if plate is None or plate.band is None else _BANDED_PX


def _font(family: str, look: _Look) -> QFont:
    font = QFont(family)
    font.setPixelSize(look.size)
    font.setBold(look.bold)
    font.setItalic(look.italic)
    if look.spacing:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, look.spacing)
    return font


def _turned(size: tuple[float, float], angle: float) -> tuple[float, float]:
    """The rectangle around a turned one."""
    box = QTransform().rotate(angle).mapRect(QRectF(0.0, 0.0, *size))
    return box.width(), box.height()


def _around(glyphs: tuple[Glyph, ...], height: float) -> tuple[float, float]:
    """The rectangle around letters, as wide to the left of the place as to the right."""
    right = max(abs(x) for x, _, _ in glyphs)
    down = max(abs(y) for _, y, _ in glyphs)
    return 2.0 * right + height, 2.0 * down + height


def _disc(radius: float) -> list[QPointF]:
    """Shifts that make a halo of this radius, in whole pixels."""
    spots = {
        (round(part * radius * math.cos(turn)), round(part * radius * math.sin(turn)))
        for turn in (math.tau / 16 * step for step in range(16))
        for part in (1.0, 0.5)
    }
    return [QPointF(x, y) for x, y in sorted(spots)]


def _even(pixels: float) -> int:
    return 2 * (int(pixels) // 2 + 1)
