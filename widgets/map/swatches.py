"""What the signs of a layer mean: small pictures with words, for the legend and the layer tree."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen, QPixmap, QTransform

from app.domain.rules import Rules
from app.text import translate
from maps.geo.camera import Camera
from maps.geo.mercator import Floats, from_grid, to_mercator
from maps.layers.area_layer import AreaLayer
from maps.layers.heat import HeatScale
from maps.layers.heat_layer import HeatLayer
from maps.layers.layer import Layer
from maps.layers.mover_layer import MoverKind, MoverLayer, MoverShape
from maps.layers.network_layer import NetworkLayer
from maps.layers.path_layer import PathLayer
from maps.layers.point_layer import PointLayer, Symbol
from maps.layers.raster_layer import RasterLayer
from maps.layers.traffic_layer import TrafficLayer
from maps.network.roads import RoadClass
from maps.points.symbols import Symbols
from maps.theme import MapTheme
from widgets.map.theme import map_theme
from widgets.map.words import road_classes
from widgets.shared.severity import PLANNED, level_words
from widgets.shared.theme import Theme

SIZE: Final = QSize(22, 18)
_LEVELS: Final = (
    (Symbol.SEVERITY_1, "I"), (Symbol.SEVERITY_2, "II"), (Symbol.SEVERITY_3, "III"),
    (Symbol.SEVERITY_4, "IV"), (Symbol.SEVERITY_UNKNOWN, None), (Symbol.PLANNED, PLANNED),
)  # fmt: skip
_ROADS: Final = (RoadClass.MOTORWAY, RoadClass.TRUNK, RoadClass.PRIMARY, RoadClass.SECONDARY)

_FORMS: Final = {
    MoverShape.ARROW: ((0.0, 1.0), (0.8, -0.9), (0.0, -0.45), (-0.8, -0.9)),
    MoverShape.WEDGE: ((0.0, 1.0), (0.55, -0.8), (-0.55, -0.8)),
    MoverShape.KITE: ((0.0, 1.0), (0.65, 0.1), (0.0, -0.9), (-0.65, 0.1)),
    MoverShape.CHEVRON: ((0.0, 0.9), (0.9, -0.6), (0.45, -0.6), (0.0, 0.1), (-0.45, -0.6),
                         (-0.9, -0.6)),
}  # fmt: skip

type Draw = Callable[[QPainter, MapTheme], None]
"""Paints into a rectangle of SIZE."""


@dataclass(frozen=True, slots=True)
class Swatch:
    words: str
    sign: Symbol | Draw

    def pixmap(self, theme: Theme, ratio: float) -> QPixmap:
        """In the colours of a theme, `ratio` device pixels for a logical one."""
        colours = map_theme(theme)
        if isinstance(self.sign, Symbol):
            side = round(SIZE.height() * ratio)
            made = Symbols(colours, ratio).pixmap(self.sign, "", 1, False)
            made = made.scaledToHeight(side, Qt.TransformationMode.SmoothTransformation)
            made.setDevicePixelRatio(ratio)
            return made
        made = QPixmap(SIZE * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.sign(painter, colours)
        painter.end()
        return made


def swatches_of(layer: Layer, rules: Rules, language: str, zoom: float) -> tuple[Swatch, ...]:
    """What the layer's signs mean at a zoom; none where its name says it all."""
    match layer:
        case PointLayer(id="incident"):
            words = ((symbol, level_words(rules, level, language)) for symbol, level in _LEVELS)
            return tuple(Swatch(word, symbol) for symbol, word in words)
        case PointLayer():
            names = _symbols()
            shown = dict.fromkeys(layer.symbols)
            return tuple(Swatch(names[symbol], symbol) for symbol in names if symbol in shown)
        case TrafficLayer():
            return _traffic()
        case NetworkLayer():
            classes = road_classes()
            return (
                *(Swatch(classes[road], _road(road)) for road in _ROADS),
                Swatch(translate("Map", "桥梁"), _structure(0.0)),
                Swatch(translate("Map", "隧道"), _structure(4.0)),
            )
        case MoverLayer() if layer.is_density(zoom):
            y = from_grid(layer.movers.newest)[:, 1]
            return (Swatch(_density(layer.density, y, zoom), _heat),)
        case HeatLayer():
            y = to_mercator(layer.lonlat)[:, 1]
            return (Swatch(_density(layer.scale, y, zoom), _heat),)
        case MoverLayer():
            kinds = kind_swatches(layer)
            seen = [sign for row, sign in enumerate(kinds) if row not in layer.hidden_kinds]
            return (*seen, Swatch(translate("Map", "位置过时"), _old_mover))
    return _plain(layer)


def kind_swatches(layer: MoverLayer) -> tuple[Swatch, ...]:
    """One for each kind, shown or not."""
    return tuple(Swatch(kind.label, _mover(kind)) for kind in layer.kinds)


def _density(scale: HeatScale, y: Floats, zoom: float) -> str:
    """What the end of the ramp stands for, at the nearest whole zoom, where the things are."""
    placed = y[np.isfinite(y)]
    if not len(placed):
        return translate("Map", "少至多")
    middle = float(np.median(placed))
    camera = Camera(x=0.0, y=middle, zoom=round(zoom), width=1, height=1)
    most = scale.steps(camera)[-1].per_km2
    words = translate("Map", "少至多(最多:每平方公里 {most} 以上)")
    return words.format(most=f"{float(f'{most:.1g}'):,g}")


def _plain(layer: Layer) -> tuple[Swatch, ...]:
    """Layers of one look, or of a ramp."""
    match layer:
        case RasterLayer():
            return tuple(
                Swatch(f"≥ {value:g} {layer.unit}".rstrip(), _cell(colour, opacity))
                for value, colour, opacity in layer.ramp
            )
        case AreaLayer():
            return (Swatch(layer.title, _area(layer)),)
        case PathLayer():
            return (Swatch(layer.title, _line(layer.colour, layer.width, layer.dash)),)
    return ()


def _symbols() -> dict[Symbol, str]:
    return {
        Symbol.CAMERA: translate("Map", "摄像机"),
        Symbol.SIGN: translate("Map", "情报板"),
        Symbol.TOLL: translate("Map", "收费站"),
        Symbol.SERVICE: translate("Map", "服务区"),
        Symbol.FACILITY: translate("Map", "其他设施"),
    }


def traffic_levels() -> tuple[str, ...]:
    """Names of the levels 1 to 5, GB/T 33171-2016."""
    return (
        translate("Map", "畅通"),
        translate("Map", "基本畅通"),
        translate("Map", "轻度拥堵"),
        translate("Map", "中度拥堵"),
        translate("Map", "严重拥堵"),
    )


def _traffic() -> tuple[Swatch, ...]:
    levels = [Swatch(words, _level(at)) for at, words in enumerate(traffic_levels())]
    return (
        *levels,
        Swatch(translate("Map", "无数据"), _line("no_data", 3.0, 4.0)),
        Swatch(translate("Map", "封闭"), _closed),
        Swatch(translate("Map", "施工"), _works),
        Swatch(translate("Map", "绕行"), _detour),
    )


def _stroke(painter: QPainter, colour: int, width: float, dash: float = 0.0) -> None:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash:
        pen.setDashPattern([dash / width, dash / width])
    painter.setPen(pen)
    middle = SIZE.height() / 2
    painter.drawLine(QPointF(1.0, middle), QPointF(SIZE.width() - 1.0, middle))


def _line(colour: str, width: float, dash: float = 0.0) -> Draw:
    return lambda painter, theme: _stroke(painter, getattr(theme, colour), width, dash)


def _level(at: int) -> Draw:
    return lambda painter, theme: _stroke(painter, theme.traffic[at], 4.0)


def _road(road: RoadClass) -> Draw:
    def draw(painter: QPainter, theme: MapTheme) -> None:
        _stroke(painter, theme.roads[road].fill, theme.roads[road].width_at(13.5))

    return draw


def _structure(dash: float) -> Draw:
    """A road between edges."""

    def draw(painter: QPainter, theme: MapTheme) -> None:
        _stroke(painter, theme.text_minor, 8.0, dash)
        _stroke(painter, theme.roads[RoadClass.TRUNK].fill, 5.0, dash)

    return draw


def _mover(kind: MoverKind) -> Draw:
    def draw(painter: QPainter, theme: MapTheme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(theme, kind.colour)))
        painter.drawPolygon(_form(kind.shape))

    return draw


def _heat(painter: QPainter, theme: MapTheme) -> None:
    ramp = QLinearGradient(1.0, 0.0, SIZE.width() - 1.0, 0.0)
    for at, colour in enumerate(theme.heat):
        ramp.setColorAt(at / (len(theme.heat) - 1), QColor(colour))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ramp)
    painter.drawRect(QRectF(1.0, 5.0, SIZE.width() - 2.0, SIZE.height() - 10.0))


def _old_mover(painter: QPainter, theme: MapTheme) -> None:
    painter.setPen(QPen(QColor(theme.unknown), 1.4))
    painter.setBrush(QColor(theme.halo))
    painter.drawPolygon(_form(MoverShape.ARROW))


def _form(shape: MoverShape) -> list[QPointF]:
    """Towards the upper right, as a thing that moves."""
    turn = QTransform().translate(SIZE.width() / 2, SIZE.height() / 2).rotate(45).scale(8, -8)
    return [turn.map(QPointF(x, y)) for x, y in _FORMS[shape]]


def _cell(colour: int, opacity: float) -> Draw:
    def draw(painter: QPainter, theme: MapTheme) -> None:
        fill = QColor(colour)
        fill.setAlphaF(opacity)
        painter.setPen(QPen(QColor(theme.text_minor), 0.8))
        painter.setBrush(fill)
        painter.drawRect(QRectF(4.5, 3.5, SIZE.width() - 9, SIZE.height() - 7))

    return draw


def _closed(painter: QPainter, theme: MapTheme) -> None:
    _stroke(painter, theme.closed, 5.0)
    _bars(painter, 0xFFFFFF, 3.0, 6.0, slant=0.0)


def _works(painter: QPainter, theme: MapTheme) -> None:
    _stroke(painter, theme.on_severity, 5.0)
    _bars(painter, theme.works, 3.5, 6.0, slant=4.0)


def _detour(painter: QPainter, theme: MapTheme) -> None:
    _stroke(painter, theme.detour, 7.0)
    _stroke(painter, theme.traffic[0], 3.5)


def _bars(painter: QPainter, colour: int, wide: float, period: float, slant: float) -> None:
    """Across the line, upright or leaning."""
    middle, x = SIZE.height() / 2, 2.0
    painter.setClipRect(QRectF(1.0, middle - 2.5, SIZE.width() - 2.0, 5.0))
    painter.setPen(QPen(QColor(colour), wide))
    while x < SIZE.width():
        lean = QPointF(slant, -5.0)
        painter.drawLine(QPointF(x, middle) - lean, QPointF(x, middle) + lean)
        x += period


def _area(layer: AreaLayer) -> Draw:
    def draw(painter: QPainter, theme: MapTheme) -> None:
        line = layer.line or layer.fill
        edge = QPen(QColor(getattr(theme, line))) if line else QPen(Qt.PenStyle.NoPen)
        if layer.dash:
            edge.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.setBrush(QColor(getattr(theme, layer.fill)) if layer.fill else QColor(0, 0, 0, 0))
        painter.drawRoundedRect(QRectF(2.5, 3.5, SIZE.width() - 5, SIZE.height() - 7), 2.0, 2.0)

    return draw
