"""A road network on the GPU."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maps.geo.camera import Camera
from maps.geo.mercator import UNITS_PER_METRE, to_grid
from maps.layers.network_layer import NetworkLayer
from maps.network.tiles import Box, tile_size
from maps.render.colour import rgba
from maps.render.frame import Frame
from maps.render.line_program import LineProgram, LineSource, Pass
from maps.render.road_styles import (
    BRIDGES,
    LEVEL_RANKS,
    LEVELS,
    RANKS,
    TUNNELS,
    first_cased,
    link_codes,
    road_styles,
    road_widths,
)
from maps.theme import MapTheme


@dataclass(frozen=True, slots=True)
class _View:
    """What the uploaded segments serve."""

    level: int
    box: Box
    drawn: tuple[bool, ...]


class NetworkItem:
    """One network layer: gathers the segments in view in drawing order and draws them."""

    def __init__(self, layer: NetworkLayer) -> None:
        self.layer = layer
        self._codes = link_codes(layer.network.classes, layer.network.flags)
        self._source = LineSource()
        self._source.codes.upload(self._codes)
        self._view: _View | None = None
        self._ranks = np.empty(0, dtype=np.uint8)

    def draw(self, frame: Frame) -> None:
        camera, theme = frame.camera, frame.theme
        widths = road_widths(theme, camera.zoom) * camera.pixel_ratio
        self._gather(camera, widths > 0.0)
        self._source.styles.upload(road_styles(theme, camera, widths))
        lines = frame.programs.get(LineProgram)
        lines.draw(self._source, camera, list(self._passes(theme, camera)))

    def delete(self) -> None:
        self._source.delete()

    def _gather(self, camera: Camera, drawn: npt.NDArray[np.bool_]) -> None:
        """Upload the segments in view, unless those that are there will do."""
        tiles = self.layer.network.tiles(camera.device_zoom)
        box = _tile_box(camera, tiles.level)
        view = _View(tiles.level, box, tuple(drawn.tolist()))
        if view == self._view:
            return
        rows = tiles.within(box)
        codes = self._codes[rows[:, 4]]
        keep = drawn[codes]
        rows, codes = rows[keep], codes[keep]
        rank = RANKS[codes]
        order = np.argsort(rank, kind="stable")
        self._source.segments.upload(rows[order])
        self._ranks = rank[order]
        self._view = view

    def _passes(self, theme: MapTheme, camera: Camera) -> list[Pass]:
        """Tunnels below, then the ground, then bridges; each its casings before its fills."""
        casing, cased = rgba(theme.casing), first_cased(theme, camera.zoom)
        passes = []
        for level in LEVELS:
            ranks = np.array(
                [level * LEVEL_RANKS, level * LEVEL_RANKS + cased, (level + 1) * LEVEL_RANKS]
            )
            first, edge, last = np.searchsorted(self._ranks, ranks).tolist()
            if edge < last and level != TUNNELS:
                passes.append(Pass(edge, last, casing, butt=level == BRIDGES))
            if first < last:
                passes.append(Pass(first, last, butt=level == TUNNELS))
        return passes


def _tile_box(camera: Camera, level: int) -> Box:
    """The view grown to quarter tiles, so that small movements need no new upload."""
    extent = camera.extent
    step = tile_size(level) // 4
    half_x = (extent.east - extent.west) / 2.0
    half_y = (extent.north - extent.south) / 2.0
    centre = to_grid([camera.x, camera.y])
    reach = _units(half_x), _units(half_y)
    x, y = int(centre[0]), int(centre[1])
    x0, y0 = (x - reach[0]) // step * step, (y - reach[1]) // step * step
    x1, y1 = -(-(x + reach[0]) // step) * step, -(-(y + reach[1]) // step) * step
    return Box(x0, y0, x1, y1)


def _units(metres: float) -> int:
    return int(metres * UNITS_PER_METRE)
