"""Symbols as pixmaps, painted once per theme and pixel ratio. On the GUI thread."""

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap, QPolygonF

from maps.layers.point_layer import Symbol
from maps.points.point_item import SIZE_PX
from maps.theme import MapTheme

_EDGE_PX: Final = 2.0
_COUNT_PX: Final = 17.0
_KEPT: Final = 2000
_DEVICES: Final = (Symbol.CAMERA, Symbol.SIGN, Symbol.TOLL, Symbol.SERVICE, Symbol.FACILITY)


class Symbols:
    """Paints symbols in one theme."""

    def __init__(self, theme: MapTheme, ratio: float) -> None:
        self.theme = theme
        self.ratio = ratio
        self._made: dict[tuple[Symbol, str, int, bool], QPixmap] = {}

    def colour(self, symbol: Symbol) -> QColor:
        """The colour that stands for a symbol."""
        theme = self.theme
        return QColor(
            {
                Symbol.SEVERITY_1: theme.severity[0],
                Symbol.SEVERITY_2: theme.severity[1],
                Symbol.SEVERITY_3: theme.severity[2],
                Symbol.SEVERITY_4: theme.severity[3],
                Symbol.SEVERITY_UNKNOWN: theme.unknown,
                Symbol.PLANNED: theme.planned,
            }.get(symbol, theme.device)
        )

    def pixmap(self, symbol: Symbol, glyph: str, count: int, dimmed: bool) -> QPixmap:
        """A symbol, its middle in the middle; ``count`` above 1 adds a badge."""
        wanted = symbol, glyph, count, dimmed
        made = self._made.get(wanted)
        if made is None:
            if len(self._made) >= _KEPT:
                self._made.clear()
            made = self._made[wanted] = self._painted(*wanted)
        return made

    def _painted(self, symbol: Symbol, glyph: str, count: int, dimmed: bool) -> QPixmap:
        size = SIZE_PX[symbol]
        side = size + 2.0 * _EDGE_PX + (_COUNT_PX if count > 1 else 0.0)
        pixels = 2 * math.ceil(side * self.ratio / 2)
        pixmap = QPixmap(pixels, pixels)
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(pixels / 2 / self.ratio, pixels / 2 / self.ratio)
        painter.setOpacity(0.45 if dimmed else 1.0)
        if symbol in _DEVICES:
            self._device(painter, symbol, size, glyph)
        else:
            self._event(painter, symbol, size, glyph)
        if count > 1:
            self._badge(painter, size, count, quiet=symbol in _DEVICES)
        painter.end()
        return pixmap

    def _event(self, painter: QPainter, symbol: Symbol, size: float, glyph: str) -> None:
        unknown = symbol is Symbol.SEVERITY_UNKNOWN
        colour = self.colour(symbol)
        painter.setPen(QPen(colour if unknown else QColor(self.theme.text), _EDGE_PX))
        painter.setBrush(QColor(self.theme.raised) if unknown else colour)
        _outline(painter, symbol, size)
        if not glyph:
            return
        text = self.theme.text if unknown else self.theme.on_severity
        painter.setPen(QColor(text if symbol is not Symbol.PLANNED else 0xFFFFFF))
        painter.setFont(_font(self.theme.font, 12))
        down = 3.0 if symbol is Symbol.SEVERITY_3 else 0.0
        painter.drawText(_square(size).translated(0, down), Qt.AlignmentFlag.AlignCenter, glyph)

    def _device(self, painter: QPainter, symbol: Symbol, size: float, glyph: str) -> None:
        painter.setPen(QPen(QColor(self.theme.halo), 1.5))
        painter.setBrush(self.colour(symbol))
        half = size / 2.0
        match symbol:
            case Symbol.CAMERA:
                painter.drawPolygon(_polygon((1.5, 0.0), (half, -4.5), (half, 4.5)))
                painter.drawRoundedRect(QRectF(-half, -4.5, 11.0, 9.0), 2.0, 2.0)
            case Symbol.SIGN:
                painter.drawRect(QRectF(-half, -half + 1, size, 9.0))
                painter.drawRect(QRectF(-1.5, 2.0, 3.0, half - 2.0))
            case Symbol.TOLL:
                painter.drawPolygon(_polygon((-half, 0), (0, -half), (half, 0)))
                painter.drawRect(QRectF(-half + 2, 0.0, size - 4, half - 1))
            case Symbol.SERVICE:
                painter.drawRoundedRect(_square(size), 4.0, 4.0)
                painter.setPen(QColor(self.theme.halo))
                painter.setFont(_font(self.theme.font, 11))
                painter.drawText(_square(size), Qt.AlignmentFlag.AlignCenter, "P")
            case _:
                painter.drawRoundedRect(_square(size), 3.0, 3.0)
                painter.setPen(QColor(self.theme.halo))
                painter.setFont(_font(self.theme.font, 11))
                painter.drawText(_square(size), Qt.AlignmentFlag.AlignCenter, glyph)

    def _badge(self, painter: QPainter, size: float, count: int, quiet: bool) -> None:
        text = str(count) if count < 1000 else "999+"
        width = max(_COUNT_PX, 6.0 * len(text) + 8.0)
        half = _COUNT_PX / 2.0
        body = QRectF(size / 2.0 - half, -size / 2.0 - half + 2.0, width, _COUNT_PX - 2.0)
        body.moveRight(min(body.right(), size / 2.0 + half + _EDGE_PX))
        if quiet:  # clear of the small symbol
            body.moveTop(-size / 2.0 - half - _EDGE_PX + 0.5)
        painter.setPen(QPen(QColor(self.theme.halo), 1.0))
        painter.setBrush(QColor(self.theme.raised if quiet else self.theme.text))
        painter.drawRoundedRect(body, half - 1, half - 1)
        painter.setPen(QColor(self.theme.text_minor if quiet else self.theme.halo))
        painter.setFont(_font(self.theme.font, 10))
        painter.drawText(body, Qt.AlignmentFlag.AlignCenter, text)


def _outline(painter: QPainter, symbol: Symbol, size: float) -> None:
    half = size / 2.0
    match symbol:
        case Symbol.SEVERITY_1:
            painter.drawRoundedRect(_square(size), 2.0, 2.0)
        case Symbol.SEVERITY_2:
            painter.drawPolygon(_polygon((0, -half), (half, 0), (0, half), (-half, 0)))
        case Symbol.SEVERITY_3:
            painter.drawPolygon(_polygon((0, -half), (half, half - 2), (-half, half - 2)))
        case Symbol.PLANNED:
            painter.drawRoundedRect(_square(size), 4.0, 4.0)
        case _:
            painter.drawEllipse(_square(size))


def _square(size: float) -> QRectF:
    return QRectF(-size / 2.0, -size / 2.0, size, size)


def _polygon(*corners: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in corners])


def _font(family: str, size: int) -> QFont:
    font = QFont(family)
    font.setPixelSize(size)
    font.setBold(True)
    return font
