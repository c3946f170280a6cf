"""All texts that could be written in a view."""

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final, Protocol

import numpy as np

from maps.geo.camera import Camera
from maps.geo.mercator import UNITS_PER_METRE, is_place, to_mercator
from maps.labels.label import Label, LabelStyle
from maps.labels.plates import route_numbers
from maps.labels.runs import Letters, lay_out
from maps.layers.label_layer import LabelLayer
from maps.layers.network_layer import NetworkLayer
from maps.network.labels import (
    NAMES_FROM,
    NUMBERS_FROM,
    Anchors,
    Ints,
    LabelAnchors,
    level_of,
)
from maps.network.network import Network
from maps.network.roads import RoadClass
from maps.network.tiles import Box

_NAME_SPACING_PX: Final = 360.0
_PLATE_SPACING_PX: Final = 420.0
_PLATE_PX: Final = 40.0  # a road shorter than its plate has none
_PLATE_PITCH_PX: Final = 22.0  # several numbers of one road stand one below the other
_PLATES: Final = 30.0  # priority of the first route numbers
_NAMES: Final = 40.0  # priority of the first road names
_MIDDLE: Final = 16.0  # what stands at the edge comes so much later
_BESIDE: Final = (LabelStyle.HUB, LabelStyle.JUNCTION)  # names above or below their places
_OTHER_SIDE: Final = 6.0  # less than what standing there is worth, so that no name changes sides
_DEPTH: Final = 3.0  # the quarters of a road come after other roads' halves


class Measures(Protocol):
    """What candidates must know of how texts are painted."""

    def letters(self, text: str, style: LabelStyle) -> Letters:
        """How long each letter is."""
        ...


class RoadTexts:
    """Names and route numbers of one network."""

    def __init__(self, layer: NetworkLayer) -> None:
        self._network: Network = layer.network
        self._id = layer.id
        self._names = LabelAnchors(layer.network.names)
        self._refs = LabelAnchors(layer.network.refs)
        self._text = lru_cache(20_000)(layer.network.text)

    def labels(self, camera: Camera, measures: Measures) -> Iterator[Label]:
        """Candidates in view at this zoom."""
        yield from self._numbers(camera)
        yield from self._road_names(camera, measures)

    def _numbers(self, camera: Camera) -> Iterator[Label]:
        source = self._refs
        lines = _lines(source, camera, NUMBERS_FROM)
        widths = np.full(len(lines), _PLATE_PX)
        level = level_of(camera.zoom)
        found = source.anchors(lines, level, widths, _PLATE_SPACING_PX, camera.extent)
        for row, line in enumerate(found.lines.tolist()):
            x, y = found.points[row].tolist()
            priority = _PLATES + _priority(source, found, row)
            for place, number in enumerate(self._plates(source, line)):
                key = (f"{self._id}#{line}.{place}", int(found.numbers[row]))
                yield Label(
                    key, number, LabelStyle.PLATE, x, y, priority + place,
                    shift=_PLATE_PITCH_PX * place,
                )  # fmt: skip

    def _road_names(self, camera: Camera, measures: Measures) -> Iterator[Label]:
        source = self._names
        lines = _lines(source, camera, NAMES_FROM)
        texts = {line: self._written(source, line) for line in lines.tolist()}
        letters = {line: measures.letters(text, LabelStyle.ROAD) for line, text in texts.items()}
        widths = np.array([one.width for one in letters.values()])
        level = level_of(camera.zoom)
        found = source.anchors(lines, level, widths, _NAME_SPACING_PX, camera.extent)
        owners = found.lines.tolist()
        for run in lay_out(source, found, [letters[line] for line in owners], camera.zoom):
            line = owners[run.place]
            priority = _NAMES + _priority(source, found, run.place, 4.0)
            key = (f"{self._id}@{line}", int(found.numbers[run.place]))
            yield Label(
                key, texts[line], LabelStyle.ROAD, run.x, run.y, priority, run.angle,
                glyphs=run.glyphs,
            )  # fmt: skip

    def _written(self, source: LabelAnchors, line: int) -> str:
        return self._text(int(source.lines.text[line]))

    def _plates(self, source: LabelAnchors, line: int) -> list[str]:
        return route_numbers(self._written(source, line))


class PlaceTexts:
    """The texts of one label layer."""

    def __init__(self, layer: LabelLayer) -> None:
        self._layer = layer
        placed = is_place(layer.lonlat)[:, None]
        self._metres = to_mercator(np.where(placed, layer.lonlat, np.nan))
        self._shifts = layer.shifts or (0.0,) * len(layer.texts)

    def labels(self, camera: Camera) -> list[Label]:
        """Candidates in view at this zoom."""
        layer, (x, y) = self._layer, camera.points_to_screen(self._metres).T
        shown = (
            (layer.text_zooms[:, 0] <= camera.zoom) & (layer.text_zooms[:, 1] >= camera.zoom)
            & (x > 0.0) & (x < camera.width) & (y > 0.0) & (y < camera.height)
        )  # fmt: skip
        below = [self._label(row, camera) for row in np.flatnonzero(shown).tolist()]
        return below + [_above(label) for label in below if label.style in _BESIDE]

    def _label(self, row: int, camera: Camera) -> Label:
        layer, (x, y) = self._layer, self._metres[row].tolist()
        priority = float(layer.priorities[row])
        if layer.styles[row] is LabelStyle.WATER:
            # One of many places in the open: the one nearest to the middle of the view.
            away = math.hypot(x - camera.x, y - camera.y) * camera.scale
            priority += _MIDDLE * min(away / camera.width, 1.0)
        return Label(
            (layer.id, row), layer.texts[row], layer.styles[row], x, y, priority,
            shift=self._shifts[row],
        )  # fmt: skip


def _above(label: Label) -> Label:
    """The same name on the other side of its place, for when something stands below."""
    layer, row = label.key
    priority = label.priority + _OTHER_SIDE
    return replace(label, key=(f"{layer}^", row), shift=-label.shift, priority=priority)


def _lines(source: LabelAnchors, camera: Camera, zooms: dict[RoadClass, float]) -> Ints:
    """The lines in view whose class carries texts at this zoom."""
    shown = np.array([zooms[road] <= camera.zoom for road in RoadClass])
    lines = source.in_view(_box(camera))
    chosen: Ints = lines[shown[source.lines.classes[lines]]]
    return chosen


def _priority(source: LabelAnchors, found: Anchors, row: int, weight: float = 1.0) -> float:
    """What comes first: the middle of a road before its quarters, the greater road before the less."""
    road = int(source.lines.classes[found.lines[row]])
    return weight * float(road if road else 9) + _DEPTH * int(found.depths[row])


def _box(camera: Camera) -> Box:
    extent = camera.extent
    corners = (extent.west, extent.south, extent.east, extent.north)
    return Box(*(int(value * UNITS_PER_METRE) for value in corners))
