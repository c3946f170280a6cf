"""Labels of a picture: candidates, places, sprites."""

import time
from itertools import chain
from typing import Final

import numpy as np

from maps.geo.camera import Camera
from maps.labels.apart import apart_from
from maps.labels.area_names import area_names
from maps.labels.candidates import PlaceTexts, RoadTexts
from maps.labels.label import Label
from maps.labels.place import Box, bounds, footprints, place
from maps.labels.placed import NEAR_PX, Keys, PlacedLabels
from maps.labels.sprites import Sprites
from maps.layers.area_layer import AreaLayer
from maps.layers.label_layer import LabelLayer
from maps.layers.layer import Layer
from maps.layers.network_layer import NetworkLayer
from maps.layers.point_layer import PointLayer
from maps.points.point_item import PointItem
from maps.render.request import Picture

_WRITTEN: Final = (LabelLayer, AreaLayer, NetworkLayer, PointLayer)  # the others have no texts
_SLIDE_PX: Final = 64.0
# Zoom levels before it would touch another that a text gives way while the camera moves away, as
# the view is ahead of the texts; and before which none comes that would have to go so soon.
_AHEAD: Final = 0.15
_SOON: Final = 0.3
_JUMP: Final = 0.5  # zoom levels at once: another view, no movement
REST_S: Final = 0.3
"""When nothing was asked for so long the camera rests."""
_FRESH_S: Final = 0.15


class Labelling:
    """Remembers what was placed, so that labels stay where they are."""

    def __init__(self) -> None:
        self._sprites: Sprites | None = None
        self._roads: dict[str, tuple[NetworkLayer, RoadTexts]] = {}
        self._names: dict[str, tuple[LabelLayer, PlaceTexts]] = {}
        self._points: dict[str, PointItem] = {}
        self._standing: Keys = frozenset()
        self._away = False  # the camera moves away
        self._gave_way: Keys = frozenset()  # since then
        self._wanted: tuple[object, ...] | None = None
        self._blocked: tuple[Box, ...] = ()
        self._placed = PlacedLabels()
        self._placed_at = -_FRESH_S

    @property
    def is_fresh(self) -> bool:
        """True if texts were placed a moment ago: while pictures follow each other they may wait."""
        return time.monotonic() < self._placed_at + _FRESH_S

    @property
    def holds_back(self) -> bool:
        """True if more texts would fit once the camera rests."""
        return self._away

    def place(self, picture: Picture) -> PlacedLabels:
        """Labels for the whole picture, its margin included; the last ones when nothing changed."""
        layers = tuple(o for o in picture.request.layers if isinstance(o, _WRITTEN))
        request = picture.request
        blocked = _moved(request.obstacles, request.camera, picture.camera)
        wanted = (picture.camera, request.theme, layers)
        rests = self._away and time.monotonic() > self._placed_at + REST_S
        if rests or wanted != self._wanted or not _near(blocked, self._blocked):
            self._placed = self._place(picture, layers, blocked)
            self._wanted, self._blocked = wanted, blocked
            self._placed_at = time.monotonic()
        return self._placed

    def _place(
        self, picture: Picture, layers: tuple[Layer, ...], blocked: tuple[Box, ...]
    ) -> PlacedLabels:
        """While the camera moves away texts go, and those that went do not come again on the way."""
        camera, before, stood = picture.camera, self._placed, self._standing
        away = before.camera is not None and 0.0 < before.camera.zoom - camera.zoom < _JUMP
        near = before.chosen(np.flatnonzero(before.apart_from > camera.zoom - _AHEAD))
        self._away, self._gave_way = away, self._gave_way | near.keys if away else frozenset()
        placed = self._fitting(picture, layers, blocked)
        if away:
            lasts = placed.apart_from < camera.zoom - _SOON
            lasts |= np.array([label.key in stood for label in placed.labels], dtype=np.bool_)
            placed = placed.chosen(np.flatnonzero(lasts))
            self._gave_way |= stood - placed.keys
        self._standing = placed.keys
        return placed

    def _fitting(
        self, picture: Picture, layers: tuple[Layer, ...], blocked: tuple[Box, ...]
    ) -> PlacedLabels:
        camera, sprites = picture.camera, self._painter(picture)
        shown = [o for o in layers if o.shows_at(camera.zoom) and o.opacity > 0.0]
        found = [
            [o for o in self._candidates(layer, camera, sprites) if o.key not in self._gave_way]
            for layer in shown
        ]
        labels = list(chain.from_iterable(found))
        strengths = zip(shown, found, strict=True)
        opacity = np.array([layer.opacity for layer, own in strengths for _ in own])
        sizes = [sprites.size(label.text, label.style) for label in labels]
        symbols = self._symbols(shown, camera)
        chosen = place(labels, sizes, camera, [*blocked, *symbols], self._standing)
        placed = tuple(labels[index] for index in chosen)
        spots = np.array([(o.x, o.y) for o in placed], dtype=np.float64).reshape(-1, 2)
        boxes, first = footprints(placed, [sizes[index] for index in chosen])
        owners = np.repeat(np.arange(len(placed)), np.diff(first))
        return PlacedLabels(
            labels=placed,
            sprites=tuple(map(sprites.sprite, placed)),
            spots=spots,
            boxes=bounds(boxes, first),
            apart_from=apart_from(
                boxes,
                owners,
                camera.points_to_screen(spots),
                camera.zoom,
                np.array(symbols).reshape(-1, 4),
            ),
            opacity=opacity[chosen],
            camera=camera,
        )

    def _painter(self, picture: Picture) -> Sprites:
        theme, ratio, sprites = picture.request.theme, picture.camera.pixel_ratio, self._sprites
        if sprites is None or sprites.theme is not theme or sprites.ratio != ratio:
            sprites = self._sprites = Sprites(theme, ratio)
        return sprites

    def _candidates(self, layer: Layer, camera: Camera, sprites: Sprites) -> list[Label]:
        match layer:
            case LabelLayer():
                return self._place_texts(layer).labels(camera)
            case AreaLayer():
                return list(area_names(layer))
            case NetworkLayer():
                return list(self._road_texts(layer).labels(camera, sprites))
            case PointLayer():
                return self._item(layer).labels(camera)
        return []

    def _symbols(self, layers: list[Layer], camera: Camera) -> list[Box]:
        points = [self._item(layer) for layer in layers if isinstance(layer, PointLayer)]
        return [box for item in points for box in item.boxes(camera)]

    def _road_texts(self, layer: NetworkLayer) -> RoadTexts:
        known = self._roads.get(layer.id)
        if known is None or known[0].network is not layer.network:
            known = self._roads[layer.id] = (layer, RoadTexts(layer))
        return known[1]

    def _place_texts(self, layer: LabelLayer) -> PlaceTexts:
        known = self._names.get(layer.id)
        if known is None or known[0] is not layer:
            known = self._names[layer.id] = (layer, PlaceTexts(layer))
        return known[1]

    def _item(self, layer: PointLayer) -> PointItem:
        item = self._points.get(layer.id)
        if item is None or item.layer is not layer:
            item = self._points[layer.id] = PointItem(layer)
        return item


def _near(boxes: tuple[Box, ...], before: tuple[Box, ...]) -> bool:
    """Whether what stands on the map only slid a little, as it does while the hand pans.

    The canvas hides what comes below it meanwhile.
    """
    if len(boxes) != len(before):
        return False
    away = np.array(boxes).reshape(-1, 4) - np.array(before).reshape(-1, 4)
    alike = np.ptp(away[:, ::2]) < 1.0 and np.ptp(away[:, 1::2]) < 1.0 if len(away) else True
    return bool(alike and np.abs(away).max(initial=0.0) <= _SLIDE_PX)


def _moved(boxes: tuple[Box, ...], view: Camera, picture: Camera) -> tuple[Box, ...]:
    """What covers a view, with some air, in pixels of the picture."""
    x, y = picture.to_screen(view.x, view.y)  # the view's edge may be beyond the world's
    right, down = x - view.width / 2.0, y - view.height / 2.0
    return tuple(
        (a + right - NEAR_PX, b + down - NEAR_PX, c + right + NEAR_PX, d + down + NEAR_PX)
        for a, b, c, d in boxes
    )
