"""Labels of a picture: candidates, places, sprites."""

import numpy as np

from maps.labels.candidates import RoadTexts, place_names
from maps.labels.label import Label
from maps.labels.place import STAY_PANNING, STAY_ZOOMING, Box, place
from maps.labels.placed import PlacedLabels
from maps.labels.sprites import Sprites
from maps.layers.label_layer import LabelLayer
from maps.layers.network_layer import NetworkLayer
from maps.layers.point_layer import PointLayer
from maps.points.point_item import PointItem
from maps.render.request import Picture


class Labelling:
    """Remembers what was placed, so that labels stay where they are."""

    def __init__(self) -> None:
        self._sprites: Sprites | None = None
        self._roads: dict[str, tuple[NetworkLayer, RoadTexts]] = {}
        self._points: dict[str, PointItem] = {}
        self._staying: frozenset[tuple[str, int]] = frozenset()
        self._zoom = 0.0

    def place(self, picture: Picture) -> PlacedLabels:
        """Labels for the whole picture, its margin included."""
        theme, camera = picture.request.theme, picture.camera
        sprites = self._sprites
        if sprites is None or sprites.theme is not theme or sprites.ratio != camera.pixel_ratio:
            sprites = self._sprites = Sprites(theme, camera.pixel_ratio)
        labels = self._candidates(picture, sprites)
        sizes = [sprites.size(label.text, label.style) for label in labels]
        stay = STAY_PANNING if camera.zoom == self._zoom else STAY_ZOOMING
        chosen = place(labels, sizes, camera, self._obstacles(picture), self._staying, stay)
        placed = tuple(labels[index] for index in chosen)
        self._staying, self._zoom = frozenset(label.key for label in placed), camera.zoom
        return PlacedLabels(
            labels=placed,
            sizes=tuple(sizes[index] for index in chosen),
            sprites=tuple(sprites.sprite(o.text, o.style, o.angle) for o in placed),
            spots=np.array([(o.x, o.y) for o in placed], dtype=np.float64).reshape(-1, 2),
            camera=camera,
        )

    def _candidates(self, picture: Picture, sprites: Sprites) -> list[Label]:
        labels: list[Label] = []
        for layer in picture.request.layers:
            match layer:
                case LabelLayer(visible=True):
                    labels += place_names(layer, picture.camera)
                case NetworkLayer(visible=True):
                    labels += self._road_texts(layer).labels(picture.camera, sprites.size)
                case PointLayer(visible=True):
                    labels += self._item(layer).labels(picture.camera)
        return labels

    def _obstacles(self, picture: Picture) -> list[Box]:
        boxes: list[Box] = []
        for layer in picture.request.layers:
            if isinstance(layer, PointLayer) and layer.visible:
                boxes += self._item(layer).boxes(picture.camera)
        return boxes

    def _road_texts(self, layer: NetworkLayer) -> RoadTexts:
        known = self._roads.get(layer.id)
        if known is None or known[0].network is not layer.network:
            known = self._roads[layer.id] = (layer, RoadTexts(layer))
        return known[1]

    def _item(self, layer: PointLayer) -> PointItem:
        item = self._points.get(layer.id)
        if item is None or item.layer is not layer:
            item = self._points[layer.id] = PointItem(layer)
        return item
