"""Paints point layers over the picture."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from maps.geo.camera import Camera
from maps.geo.mercator import point_to_mercator
from maps.points.point_item import SIZE_PX, PointItem
from maps.points.symbols import Symbols


def paint_points(painter: QPainter, item: PointItem, camera: Camera, symbols: Symbols) -> None:
    """Paint what of a layer is in view, the highest rank last."""
    layer, shown = item.layer, item.shown(camera)
    rows = shown.clusters.rows[shown.numbers].tolist()
    counts = shown.clusters.counts[shown.numbers].tolist()
    dimmed = layer.dimmed
    for (x, y), row, count in zip(shown.spots.tolist(), rows, counts, strict=True):
        glyph = layer.glyphs[row] if layer.glyphs else ""
        faint = bool(dimmed[row]) if dimmed is not None else False
        pixmap = symbols.pixmap(layer.symbols[row], glyph, count, faint)
        half = pixmap.width() / pixmap.devicePixelRatio() / 2.0
        painter.drawPixmap(QPointF(x - half, y - half), pixmap)


def paint_selected(
    painter: QPainter, item: PointItem, row: int, camera: Camera, symbols: Symbols
) -> None:
    """Paint one point above all others, with a ring; it hides those at the same place, whose
    number stays."""
    layer, count = item.layer, item.count_at(row)
    lon, lat = layer.lonlat[row].tolist()
    x, y = camera.to_screen(*point_to_mercator(lon, lat))
    y -= layer.lift
    symbol = layer.symbols[row]
    radius = SIZE_PX[symbol] / 2.0 + 6.0
    painter.setBrush(QColor(symbols.theme.land) if count > 1 else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(symbols.theme.halo), 5.0))
    painter.drawEllipse(QPointF(x, y), radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(symbols.theme.accent), 2.5))
    painter.drawEllipse(QPointF(x, y), radius, radius)
    faint = bool(layer.dimmed[row]) if layer.dimmed is not None else False
    pixmap = symbols.pixmap(symbol, layer.glyphs[row] if layer.glyphs else "", count, faint)
    half = pixmap.width() / pixmap.devicePixelRatio() / 2.0
    painter.drawPixmap(QPointF(x - half, y - half), pixmap)
