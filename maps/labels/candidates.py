"""All texts that could be written in a view."""

import math
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from maps.geo.camera import Camera
from maps.geo.mercator import UNITS_PER_METRE, to_mercator
from maps.labels.label import Label, LabelStyle
from maps.labels.plates import route_numbers
from maps.layers.label_layer import LabelLayer
from maps.layers.network_layer import NetworkLayer
from maps.network.labels import NAMES_FROM, NUMBERS_FROM, Anchors, LabelAnchors
from maps.network.network import Network
from maps.network.roads import RoadClass
from maps.network.tiles import Box

type Measure = Callable[[str, LabelStyle], tuple[float, float]]

_NAME_SPACING_PX: Final = 360.0
_PLATE_SPACING_PX: Final = 420.0
_PLATES: Final = 30.0  # priority of the first route numbers
_NAMES: Final = 40.0  # priority of the first road names
_DEPTH: Final = 3.0  # the quarters of a road come after other roads' halves


class RoadTexts:
    """Names and route numbers of one network."""

    def __init__(self, layer: NetworkLayer) -> None:
        self._network: Network = layer.network
        self._id = layer.id
        self._names = LabelAnchors(layer.network.names)
        self._refs = LabelAnchors(layer.network.refs)

    def labels(self, camera: Camera, measure: Measure) -> Iterator[Label]:
        """Candidates in view at this zoom."""
        box, level = _box(camera), math.floor(camera.zoom)
        for line in self._lines(self._refs, box, camera.zoom, NUMBERS_FROM):
            text = self._text(self._refs, line)
            for place, number in enumerate(route_numbers(text)):
                size = measure(number, LabelStyle.PLATE)
                found = self._refs.anchors(line, level, size[0], _PLATE_SPACING_PX)
                yield from self._plates(found.within(camera.extent), line, number, place)
        for line in self._lines(self._names, box, camera.zoom, NAMES_FROM):
            text = self._text(self._names, line)
            size = measure(text, LabelStyle.ROAD)
            found = self._names.anchors(line, level, size[0], _NAME_SPACING_PX)
            yield from self._road_names(found.within(camera.extent), line, text)

    def _lines(
        self, anchors: LabelAnchors, box: Box, zoom: float, zooms: dict[RoadClass, float]
    ) -> list[int]:
        shown = np.array([zooms[road] <= zoom for road in RoadClass])
        lines = anchors.in_view(box)
        chosen: list[int] = lines[shown[anchors.lines.classes[lines]]].tolist()
        return chosen

    def _text(self, anchors: LabelAnchors, line: int) -> str:
        return self._network.text(int(anchors.lines.text[line]))

    def _plates(self, anchors: Anchors, line: int, number: str, place: int) -> Iterator[Label]:
        importance = _importance(int(self._refs.lines.classes[line]))
        for index, (x, y) in enumerate(anchors.points.tolist()):
            priority = _PLATES + importance + _DEPTH * int(anchors.depths[index]) + place
            key = (f"{self._id}#{line}.{place}", int(anchors.numbers[index]))
            yield Label(key, number, LabelStyle.PLATE, x, y, priority, shift=20.0 * place)

    def _road_names(self, anchors: Anchors, line: int, text: str) -> Iterator[Label]:
        importance = _importance(int(self._names.lines.classes[line]))
        for index, (x, y) in enumerate(anchors.points.tolist()):
            priority = _NAMES + 4.0 * importance + _DEPTH * int(anchors.depths[index])
            key = (f"{self._id}@{line}", int(anchors.numbers[index]))
            angle = round(float(anchors.angles[index]))
            yield Label(key, text, LabelStyle.ROAD, x, y, priority, angle=angle)


def place_names(layer: LabelLayer, camera: Camera) -> list[Label]:
    """The texts of a label layer that show at this zoom, in view or not."""
    shown = (layer.text_zooms[:, 0] <= camera.zoom) & (layer.text_zooms[:, 1] >= camera.zoom)
    rows = np.flatnonzero(shown & np.isfinite(layer.lonlat).all(axis=1))
    metres = to_mercator(layer.lonlat[rows])
    shifts = layer.shifts or (0.0,) * len(layer.texts)
    return [
        Label(
            (layer.id, row), layer.texts[row], layer.styles[row], x, y, layer.priorities[row],
            shift=shifts[row],
        )
        for row, (x, y) in zip(rows.tolist(), metres.tolist(), strict=True)
    ]  # fmt: skip


def _importance(road: int) -> float:
    return float(road if road else 9)


def _box(camera: Camera) -> Box:
    extent = camera.extent
    corners = (extent.west, extent.south, extent.east, extent.north)
    return Box(*(int(value * UNITS_PER_METRE) for value in corners))
