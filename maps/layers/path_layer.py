"""Lines of one style: a found road, a detour, a reach."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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
        parts = [_segments(line, number) for number, line in enumerate(self.lines)]
        return np.concatenate([*parts, np.empty((0, 6), dtype=np.int32)])


def _segments(line: Grid, number: int) -> npt.NDArray[np.int32]:
    if len(line) < 2:
        return np.empty((0, 6), dtype=np.int32)
    step = np.diff(line, axis=0).astype(np.float64)  # int32 differences wrap as the grid does
    run = np.concatenate(([0.0], np.cumsum(np.hypot(step[:, 0], step[:, 1]))))[:-1]
    link = np.full(len(step), number)
    return np.column_stack((line[:-1], line[1:], link, run.astype(np.int64))).astype(np.int32)
