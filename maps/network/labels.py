"""Where names and route numbers could stand along a road.

Candidates lie at the half, the quarters, the eighths … of a line, so that those of one zoom are all
there at the next one too: nothing jumps when the zoom changes.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from maps.geo.camera import Extent
from maps.geo.mercator import Floats, Grid, from_grid, units_per_pixel
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

type Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Anchors:
    """Candidate places on lines."""

    lines: Ints  # (N,) the line that each lies on
    along: Floats  # (N,) how far along all lines, in grid units
    points: Floats  # (N, 2) Mercator metres
    depths: Ints  # (N,) 0 for the middle, 1 for the quarters …
    numbers: Ints  # (N,) which place of its line it is, the same at every zoom

    def __getitem__(self, chosen: npt.NDArray[np.bool_]) -> "Anchors":
        return Anchors(
            self.lines[chosen], self.along[chosen], self.points[chosen],
            self.depths[chosen], self.numbers[chosen],
        )  # fmt: skip


class LabelAnchors:
    """Candidate places on all lines of a kind, worked out for what is in view."""

    def __init__(self, lines: LabelLines) -> None:
        self.lines = lines
        self._low, self._high = _bounds(lines)
        self._run = _run(lines)

    def in_view(self, box: Box) -> Ints:
        """The lines whose bounding boxes meet the box."""
        meets = (
            (self._low[:, 0] <= box.x1) & (self._high[:, 0] >= box.x0)
            & (self._low[:, 1] <= box.y1) & (self._high[:, 1] >= box.y0)
        )  # fmt: skip
        return np.flatnonzero(meets)

    def anchors(
        self, lines: Ints, level: int, widths_px: Floats, spacing_px: float, extent: Extent
    ) -> Anchors:
        """Places within the extent for texts of these widths, one for each line."""
        pixel = units_per_pixel(level)
        first = self._run[self.lines.offsets[lines]]
        total = self._run[self.lines.offsets[lines + 1] - 1] - first
        room = np.maximum(total / (spacing_px * pixel), 1.0)
        halvings = np.maximum(np.log2(room).astype(np.int64) + 1, 1)
        counts = 2**halvings - 1
        owner = np.repeat(np.arange(len(lines)), counts)
        number = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
        middle = number * total[owner] / (counts[owner] + 1)
        half = widths_px[owner] * pixel / 2.0
        along = first[owner] + middle
        points = from_grid(self.at(along))
        inside = (
            (middle > half) & (middle < total[owner] - half)
            & (points[:, 0] > extent.west) & (points[:, 0] < extent.east)
            & (points[:, 1] > extent.south) & (points[:, 1] < extent.north)
        )  # fmt: skip
        low_bit = number & -number
        depth = halvings[owner] - 1 - np.log2(low_bit).astype(np.int64)
        # 1 for the half, 2 and 3 for the quarters, 4 to 7 for the eighths …
        place = 2**depth + number // low_bit // 2
        return Anchors(lines[owner], along, points, depth, place)[inside]

    def at(self, along: Floats) -> Floats:
        """(N, 2) grid coordinates of places so far along all lines."""
        if not len(self._run):
            return np.empty((0, 2))
        last = len(self._run) - 2
        start = np.clip(np.searchsorted(self._run, along, side="right") - 1, 0, max(last, 0))
        end = np.minimum(start + 1, len(self._run) - 1)
        length = np.maximum(self._run[end] - self._run[start], 1e-9)
        part = (along - self._run[start]) / length
        vertices = self.lines.vertices
        step: Grid = vertices[end] - vertices[start]  # wraps as the grid does
        found: Floats = vertices[start] + step * part[:, None]
        return found


def level_of(zoom: float) -> int:
    """The level whose places a zoom shows."""
    return math.floor(zoom)


def _bounds(lines: LabelLines) -> tuple[Grid, Grid]:
    starts = lines.offsets[:-1]
    if not len(starts):
        empty = np.empty((0, 2), dtype=np.int32)
        return empty, empty
    low = np.minimum.reduceat(lines.vertices, starts)
    return low, np.maximum.reduceat(lines.vertices, starts)


def _run(lines: LabelLines) -> Floats:
    """(V,) how far each vertex is along all lines, one after the other without a gap."""
    if not len(lines.vertices):
        return np.empty(0)
    step = np.diff(lines.vertices, axis=0).astype(np.float64)
    length = np.hypot(step[:, 0], step[:, 1])
    length[lines.offsets[1:-1] - 1] = 0.0
    return np.concatenate(([0.0], np.cumsum(length)))
