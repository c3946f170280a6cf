"""The layers of a canvas, with what it paints and hits itself."""

from PySide6.QtGui import QPainter

from maps.geo.camera import Camera, Extent
from maps.layers.area_layer import AreaLayer
from maps.layers.layer import Layer
from maps.layers.mover_layer import MoverLayer
from maps.layers.network_layer import NetworkLayer
from maps.layers.point_layer import PointLayer
from maps.network.network import extent_of
from maps.picking import Pickable
from maps.points.painter import paint_points, paint_selected
from maps.points.point_item import PointItem
from maps.points.symbols import Symbols
from maps.theme import MapTheme


class ShownLayers:
    """Layers are matched by id; the work on those that stay is kept."""

    def __init__(self) -> None:
        self.layers: tuple[Layer, ...] = ()
        self.points: dict[str, PointItem] = {}

    def set(self, layers: tuple[Layer, ...]) -> bool:
        """Take these, the lowest first. True if what is painted here has changed."""
        before = list(self.points.values())
        self.layers = layers
        self.points = {o.id: self._item(o) for o in layers if isinstance(o, PointLayer)}
        return list(self.points.values()) != before

    @property
    def extent(self) -> Extent | None:
        """That of the networks."""
        return extent_of([o.network for o in self.layers if isinstance(o, NetworkLayer)])

    def mover_layer(self, layer_id: str) -> MoverLayer | None:
        """The layer of moving things with this id."""
        layers = (o for o in self.layers if isinstance(o, MoverLayer) and o.id == layer_id)
        return next(layers, None)

    def pickable(self, zoom: float, at: float, theme: MapTheme) -> Pickable:
        """What can be hit at this zoom and time: what is drawn then."""
        seen = [layer for layer in self.layers if layer.shows_at(zoom)]
        return Pickable(
            points=[self.points[o.id] for o in seen if isinstance(o, PointLayer)],
            movers=[o for o in seen if isinstance(o, MoverLayer)],
            roads=[o for o in seen if isinstance(o, NetworkLayer)],
            classes=frozenset(road for road, o in theme.roads.items() if o.width_at(zoom) > 0.0),
            areas=[o for o in seen if isinstance(o, AreaLayer) and o.ids],
            at=at,
        )

    def paint(self, painter: QPainter, camera: Camera, symbols: Symbols) -> None:
        """Paint the points."""
        for item in self.points.values():
            if item.layer.shows_at(camera.zoom):
                painter.setOpacity(item.layer.opacity)
                paint_points(painter, item, camera, symbols)
        painter.setOpacity(1.0)

    def paint_selected(
        self, painter: QPainter, camera: Camera, symbols: Symbols, point_id: str
    ) -> None:
        """Paint the point with this id above all others, whichever layer it is in."""
        for item in self.points.values():
            row = item.row_of(point_id)
            if row is not None and item.layer.visible:
                paint_selected(painter, item, row, camera, symbols)

    def _item(self, layer: PointLayer) -> PointItem:
        known = self.points.get(layer.id)
        return known if known is not None and known.layer is layer else PointItem(layer)
