"""A road network on the GPU."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maps.geo.camera import Camera
from maps.geo.mercator import UNITS_PER_METRE, to_grid
from maps.layers.network_layer import NetworkLayer
from maps.network.roads import RoadFlag
from maps.network.tiles import Box, tile_size
from maps.render.colour import mixed, rgba
from maps.render.line_program import LineProgram, LineSource, Pass, no_segments, style_table
from maps.theme import MapTheme

type Bytes = npt.NDArray[np.uint8]

# A link's code: class * 8 + ramp * 4 + tunnel * 2 + bridge.
_CODES = 16 * 8
_BRIDGE, _TUNNEL, _RAMP = 1, 2, 4
_CASING_PX = 1.25  # on each side
_GROUND, _TUNNELS, _BRIDGES = 1, 0, 2


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
        self._codes = _codes(layer.network.classes, layer.network.flags)
        self._source = LineSource()
        self._source.codes.upload(self._codes)
        self._view: _View | None = None
        self._bounds = np.zeros(4, dtype=np.int64)

    def draw(self, lines: LineProgram, camera: Camera, theme: MapTheme) -> None:
        widths = _widths(theme, camera.zoom) * camera.pixel_ratio
        self._gather(camera, widths > 0.0)
        self._source.styles.upload(_styles(theme, camera, widths))
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
        rows = tiles.within(box) if len(tiles.segments) else no_segments()
        codes = self._codes[rows[:, 4]]
        keep = drawn[codes]
        rows, codes = rows[keep], codes[keep]
        rank = _RANKS[codes]
        order = np.argsort(rank, kind="stable")
        self._source.segments.upload(rows[order])
        self._bounds = np.searchsorted(rank[order] // 64, np.arange(4))
        self._view = view

    def _passes(self, theme: MapTheme, camera: Camera) -> list[Pass]:
        """Tunnels below, then the ground, then bridges; each its casings before its fills."""
        extra = 2.0 * _CASING_PX * camera.pixel_ratio
        casing = rgba(theme.casing)
        passes = []
        for layer in (_TUNNELS, _GROUND, _BRIDGES):
            first, last = int(self._bounds[layer]), int(self._bounds[layer + 1])
            if first == last:
                continue
            if camera.zoom >= theme.casing_from and layer != _TUNNELS:
                passes.append(Pass(first, last, extra, casing, butt=layer == _BRIDGES))
            passes.append(Pass(first, last, butt=layer == _TUNNELS))
        return passes


def _codes(classes: Bytes, flags: Bytes) -> Bytes:
    codes: Bytes = classes * np.uint8(8)
    for flag, bit in (
        (RoadFlag.BRIDGE, _BRIDGE),
        (RoadFlag.TUNNEL, _TUNNEL),
        (RoadFlag.LINK, _RAMP),
    ):
        codes |= np.where(flags & flag, bit, 0).astype(np.uint8)
    return codes


def _rank_table() -> Bytes:
    """(128,) drawing order of each code: level * 64 + importance."""
    code = np.arange(_CODES)
    road, ramp = code // 8, code & _RAMP > 0
    level = np.where(code & _TUNNEL, _TUNNELS, np.where(code & _BRIDGE, _BRIDGES, _GROUND))
    importance = (15 - np.where(road == 0, 15, road)) * 2 + ~ramp
    ranks: Bytes = (level * 64 + importance).astype(np.uint8)
    return ranks


_RANKS = _rank_table()


def _widths(theme: MapTheme, zoom: float) -> npt.NDArray[np.float64]:
    """(128,) logical pixels of each code."""
    widths = np.zeros(_CODES)
    for road, style in theme.roads.items():
        width = style.width_at(zoom)
        for bits in range(8):
            widths[road * 8 + bits] = width * (style.ramp if bits & _RAMP else 1.0)
    return widths


def _styles(
    theme: MapTheme, camera: Camera, widths: npt.NDArray[np.float64]
) -> npt.NDArray[np.float32]:
    """Styles of all codes. Lines thinner than a pixel fade into the land instead."""
    colours = [rgba(theme.land)] * _CODES
    dashes = [0.0] * _CODES
    for road, style in theme.roads.items():
        for code in range(road * 8, road * 8 + 8):
            strength = min(float(widths[code]), 1.0) * (0.6 if code & _TUNNEL else 1.0)
            colours[code] = mixed(style.fill, theme.land, strength)
            if code & _TUNNEL and camera.zoom >= theme.casing_from:
                dashes[code] = 5.0 * camera.pixel_ratio
    return style_table(colours, widths.tolist(), dashes)


def _tile_box(camera: Camera, level: int) -> Box:
    """The view grown to half tiles, so that small movements need no new upload."""
    extent = camera.extent
    step = tile_size(level) // 2
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
