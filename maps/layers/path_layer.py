"""Lines of one style: a found road, a detour, a reach."""

from dataclasses import dataclass

import numpy as np

from maps.geo.mercator import Grid
from maps.layers.layer import Layer


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PathLayer(Layer):
    """Polylines on the Mercator grid, such as Network.line gives. Drawn above the roads."""

    lines: tuple[Grid, ...]  # each (N, 2)
    colour: str = "accent"  # field of MapTheme
    width: float = 4.0  # logical pixels
    dash: float = 0.0  # length of a dash in logical pixels, 0 for a full line
    casing: bool = True  # a dark edge on both sides

    def segments(self) -> Grid:
        """(M, 6) columns of network.layout.SEGMENT; link is the line's number."""
        sizes = np.array([len(line) for line in self.lines], dtype=np.intp)
        points = np.concatenate([*self.lines, np.empty((0, 2), dtype=np.int32)])
        owners = np.repeat(np.arange(len(sizes)), sizes)
        joined = np.flatnonzero(owners[1:] == owners[:-1])
        start, end, link = points[joined], points[joined + 1], owners[joined]
        step = (end - start).astype(np.float64)  # int32 differences wrap as the grid does
        way = np.concatenate(([0.0], np.cumsum(np.hypot(step[:, 0], step[:, 1]))))
        first = np.searchsorted(link, link)  # of the same line
        run = (way[:-1] - way[first]).astype(np.int64)
        return np.column_stack((start, end, link, run)).astype(np.int32)
