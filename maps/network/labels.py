"""Where names and route numbers could stand along a road.

Candidates lie at the half, the quarters, the eighths … of a line, so that those of one zoom are all
there at the next one too: nothing jumps when the zoom changes.
"""

import math
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from maps.geo.camera import Extent
from maps.geo.mercator import Floats, from_grid, units_per_pixel
from maps.network.network import LabelLines
from maps.network.roads import RoadClass
from maps.network.tiles import Box

# The zoom from which a class carries names, and numbers.
NAMES_FROM: Final = {
    RoadClass.MOTORWAY: 9.5, RoadClass.TRUNK: 10.5, RoadClass.PRIMARY: 11.5,
    RoadClass.SECONDARY: 13.0, RoadClass.TERTIARY: 14.0, RoadClass.UNCLASSIFIED: 15.0,
    RoadClass.RESIDENTIAL: 15.5, RoadClass.SERVICE: 16.5, RoadClass.UNKNOWN: 14.0,
}  # fmt: skip
NUMBERS_FROM: Final = {
    RoadClass.MOTORWAY: 6.5, RoadClass.TRUNK: 9.0, RoadClass.PRIMARY: 9.5,
    RoadClass.SECONDARY: 11.5, RoadClass.TERTIARY: 13.0, RoadClass.UNCLASSIFIED: 14.0,
    RoadClass.RESIDENTIAL: 15.0, RoadClass.SERVICE: 16.0, RoadClass.UNKNOWN: 14.0,
}  # fmt: skip
_BEND_PX: Final = 4.0  # how far a road may leave the line of its text
_KEPT: Final = 10_000
_SAMPLES: Final = np.array([-0.5, -0.25, 0.0, 0.25, 0.5])


@dataclass(frozen=True, slots=True)
class Anchors:
    """Candidate places on one line."""

    points: Floats  # (N, 2) Mercator metres
    angles: npt.NDArray[np.float64]  # (N,) degrees clockwise on screen, -90 to 90
    depths: npt.NDArray[np.int64]  # (N,) 0 for the middle, 1 for the quarters …
    numbers: npt.NDArray[np.int64]  # (N,) which place it is, the same at every zoom

    def within(self, extent: Extent) -> Self:
        """The places within an extent."""
        x, y = self.points[:, 0], self.points[:, 1]
        inside = (x > extent.west) & (x < extent.east) & (y > extent.south) & (y < extent.north)
        return type(self)(
            self.points[inside], self.angles[inside], self.depths[inside], self.numbers[inside]
        )


class LabelAnchors:
    """Candidate places on all lines of a kind, worked out when they come into view."""

    def __init__(self, lines: LabelLines) -> None:
        self.lines = lines
        self._kept: dict[tuple[int, int, int], Anchors] = {}
        self._low, self._high = _bounds(lines)

    def in_view(self, box: Box) -> npt.NDArray[np.int64]:
        """The lines whose bounding boxes meet the box."""
        meets = (
            (self._low[:, 0] <= box.x1) & (self._high[:, 0] >= box.x0)
            & (self._low[:, 1] <= box.y1) & (self._high[:, 1] >= box.y0)
        )  # fmt: skip
        return np.flatnonzero(meets)

    def anchors(self, line: int, level: int, width_px: float, spacing_px: float) -> Anchors:
        """Places on a line at a zoom level for a text of this width."""
        key = (line, level, int(width_px))
        if len(self._kept) > _KEPT:
            self._kept.clear()
        if key not in self._kept:
            begin, end = self.lines.offsets[line : line + 2]
            vertices = self.lines.vertices[begin:end]
            self._kept[key] = _anchors(vertices, level, width_px, spacing_px)
        return self._kept[key]


def _bounds(lines: LabelLines) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    starts = lines.offsets[:-1]
    if not len(starts):
        empty = np.empty((0, 2), dtype=np.int32)
        return empty, empty
    low = np.minimum.reduceat(lines.vertices, starts)
    return low, np.maximum.reduceat(lines.vertices, starts)


def _anchors(
    vertices: npt.NDArray[np.int32], level: int, width_px: float, spacing_px: float
) -> Anchors:
    pixel = units_per_pixel(level)
    points = vertices.astype(np.float64)
    run = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))))
    total, width = run[-1], width_px * pixel
    steps = 2 ** max(int(math.log2(max(total / (spacing_px * pixel), 1.0))) + 1, 1)
    number = np.arange(1, steps)
    middle = number * total / steps
    fits = (middle > width / 2) & (middle < total - width / 2)
    number, middle = number[fits], middle[fits]
    at = middle[:, None] + _SAMPLES * width
    xy = np.stack([np.interp(at, run, points[:, axis]) for axis in (0, 1)], axis=-1)
    chord = xy[:, -1] - xy[:, 0]
    length = np.maximum(np.hypot(chord[:, 0], chord[:, 1]), 1e-9)
    offset = xy - xy[:, :1]
    away = (offset[..., 0] * chord[:, None, 1] - offset[..., 1] * chord[:, None, 0]) / length[
        :, None
    ]
    straight = (np.abs(away).max(axis=1) < _BEND_PX * pixel) & (length > 0.95 * width)
    angle = -np.degrees(np.arctan2(chord[:, 1], chord[:, 0]))
    angle = (angle + 90.0) % 180.0 - 90.0
    halvings = int(math.log2(steps))
    depth = halvings - 1 - np.log2(number & -number).astype(np.int64)
    centre = from_grid(xy.mean(axis=1))
    # 1 for the half, 2 and 3 for the quarters, 4 to 7 for the eighths …
    odd = number // (number & -number)
    place = 2**depth + odd // 2
    return Anchors(centre[straight], angle[straight], depth[straight], place[straight])
