"""A road network on the GPU."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from maps.geo.camera import Camera
from maps.geo.mercator import UNITS_PER_METRE, to_grid, units_per_pixel
from maps.layers.link_states import LinkStates
from maps.layers.network_layer import NetworkLayer
from maps.network.tiles import Box, tile_size
from maps.render.colour import rgba
from maps.render.frame import Frame
from maps.render.line_program import LineProgram, LineSource, Pass, Shown
from maps.render.road_styles import (
    FLAT_RANKS,
    GROUND,
    LEVEL_RANKS,
    LEVELS,
    RANKS,
    STYLE_BITS,
    TUNNELS,
    first_cased,
    link_codes,
    road_styles,
    road_widths,
    state_colours,
)

_BRIDGES_FROM: Final = 13  # the level from which bridges lie above the roads, and have edges
_DOTS_BELOW: Final = 12  # the level from which on nearly all segments are long
_DOT_PX: Final = 4.0  # up to this length a segment is drawn as a point sprite
_MOST: Final = 2.0  # times the area in view may be uploaded
_APART_PX: Final = 4.0  # logical; as wide as this a road shows its directions apart


@dataclass(frozen=True, slots=True)
class _View:
    """What the uploaded segments serve."""

    level: int
    box: Box
    drawn: tuple[bool, ...]

    def serves(self, other: "_View") -> bool:
        """Whether the other lies in this one and is not much smaller."""
        mine, its = self.box, other.box
        return (
            (self.level, self.drawn) == (other.level, other.drawn)
            and mine.x0 <= its.x0 and its.x1 <= mine.x1
            and mine.y0 <= its.y0 and its.y1 <= mine.y1
            and _area(mine) <= _MOST * _area(its)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Run:
    """Segments of one rank, either short or long."""

    rank: int
    dots: bool
    first: int
    last: int


class NetworkItem:
    """One network layer: gathers the segments in view in drawing order and draws them."""

    def __init__(self, layer: NetworkLayer) -> None:
        self.layer = layer
        self._codes = link_codes(layer.network.classes, layer.network.flags)
        self._source = LineSource()
        self._source.codes.upload(self._codes)
        self._states: LinkStates | None = None  # those that are on the GPU
        self._view: _View | None = None
        self._runs: list[_Run] = []

    def draw(self, frame: Frame) -> None:
        camera, theme = frame.camera, frame.theme
        widths = road_widths(theme, camera.zoom) * camera.pixel_ratio
        self._gather(camera, widths > 0.0)
        self._source.styles.upload(road_styles(theme, camera, widths))
        self._source.state_colours = state_colours(theme)
        states = self.layer.states
        if states is not None and states is not self._states:
            self._source.states.upload(states.values)
            self._states = states
        apart = bool(widths.max() >= _APART_PX * camera.pixel_ratio)
        passes = list(self._passes(frame, states is not None, apart))
        frame.programs.get(LineProgram).draw(self._source, camera, passes)

    def delete(self) -> None:
        self._source.delete()

    def _gather(self, camera: Camera, drawn: npt.NDArray[np.bool_]) -> None:
        """Upload the segments in view, unless those that are there will do."""
        tiles = self.layer.network.tiles(camera.device_zoom)
        box = _tile_box(camera, tiles.level)
        view = _View(tiles.level, box, tuple(drawn.tolist()))
        if self._view is not None and self._view.serves(view):
            return
        rows = tiles.within(box)
        styles = self._codes[rows[:, 4]] & STYLE_BITS
        keep = drawn[styles]
        rows, styles = rows[keep], styles[keep]
        ranks = RANKS if tiles.level >= _BRIDGES_FROM else FLAT_RANKS
        key = ranks[styles].astype(np.int16) * 2
        key += ~_is_short(rows, tiles.level)
        order = np.argsort(key, kind="stable")
        self._source.segments.upload(rows[order])
        self._runs = _runs(np.bincount(key))
        self._view = view

    def _passes(self, frame: Frame, stated: bool, apart: bool) -> Iterator[Pass]:
        """Tunnels below, then the ground, then bridges; each its casings before its fills.

        The edges of a bridge stand out, those of a tunnel are dashed: whatever the traffic.
        """
        casing, edge = rgba(frame.theme.casing), rgba(frame.theme.text_minor)
        near = self._view is not None and self._view.level >= _BRIDGES_FROM
        cased = first_cased(frame.theme, frame.camera.zoom)
        for level in LEVELS:
            runs = [run for run in self._runs if run.rank // LEVEL_RANKS == level]
            edged = [run for run in runs if run.rank % LEVEL_RANKS >= cased]
            if level == GROUND:
                yield from _over(edged, casing=casing)
            elif near:
                yield from _over(edged, casing=edge, butt=True)
                if stated:  # where nothing is known the edges are seen, and the road is not full
                    yield from _over(edged, paint=casing, butt=True)
            butt = level == TUNNELS
            if not stated:
                yield from _over(runs, butt=butt)
            elif apart:
                yield from _over(runs, butt=butt, shown=Shown.STATES, apart=True)
            else:  # of roads that lie on each other the worst must be seen
                yield from _over(runs, butt=butt, shown=Shown.MILD)
                yield from _over(runs, butt=butt, shown=Shown.GRAVE)


def _is_short(rows: npt.NDArray[np.int32], level: int) -> npt.NDArray[np.bool_]:
    if level >= _DOTS_BELOW:
        return np.zeros(len(rows), dtype=bool)
    step = np.abs(rows[:, 2:4] - rows[:, 0:2])  # int32: wraps as the grid does
    short: npt.NDArray[np.bool_] = step.max(axis=1, initial=0) < _DOT_PX * units_per_pixel(level)
    return short


def _runs(counts: npt.NDArray[np.int64]) -> list[_Run]:
    """Where the segments of each key lie; a key is rank * 2 + long."""
    ends = np.cumsum(counts)
    return [
        _Run(key // 2, key % 2 == 0, int(ends[key] - counts[key]), int(ends[key]))
        for key in np.flatnonzero(counts).tolist()
    ]


def _over(runs: list[_Run], **look: Any) -> Iterator[Pass]:
    """As few passes as the kinds of segments allow."""
    for dots, group in groupby(runs, key=lambda run: run.dots):
        members = list(group)
        yield Pass(members[0].first, members[-1].last, dots=dots, **look)


def _tile_box(camera: Camera, level: int) -> Box:
    """The view grown to whole tiles, so that small movements need no new upload."""
    extent = camera.extent
    step = 2 * tile_size(level)
    half_x = (extent.east - extent.west) / 2.0
    half_y = (extent.north - extent.south) / 2.0
    centre = to_grid([camera.x, camera.y])
    reach = _units(half_x), _units(half_y)
    x, y = int(centre[0]), int(centre[1])
    x0, y0 = (x - reach[0]) // step * step, (y - reach[1]) // step * step
    x1, y1 = -(-(x + reach[0]) // step) * step, -(-(y + reach[1]) // step) * step
    return Box(x0, y0, x1, y1)


def _area(box: Box) -> int:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def _units(metres: float) -> int:
    return int(metres * UNITS_PER_METRE)
