"""Points that fall together become one symbol with a count. No Qt."""

import math
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from maps.geo.camera import MIN_ZOOM
from maps.geo.mercator import UNITS_PER_METRE, Floats, is_place, to_mercator, units_per_pixel

CELL_PX: Final = 44.0
_ONE_PLACE_M: Final = 0.5
"""Mercator metres: no zoom parts what is as close as that."""

type Ranks = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """Points of a layer at one zoom step, the lowest first."""

    spots: Floats  # (K, 2) Mercator metres
    rows: npt.NDArray[np.int64]  # (K,) the row that speaks for the cluster
    counts: npt.NDArray[np.int64]  # (K,) 1 for a single point
    members: npt.NDArray[np.int64]  # (N',) rows sorted by cluster
    offsets: npt.NDArray[np.int64]  # (K + 1,)

    def rows_of(self, cluster: int) -> npt.NDArray[np.int64]:
        """All rows of a cluster."""
        return self.members[self.offsets[cluster] : self.offsets[cluster + 1]]


@dataclass(frozen=True, slots=True, eq=False)
class ClusterSteps:
    """The clusters of all zoom steps: for many points, made ahead in a worker."""

    steps: dict[int | None, Clusters]

    @classmethod
    def prepare(cls, lonlat: Floats, ranks: Ranks | None, below: float) -> Self:
        """All steps that are clustered below a zoom. Slow: not on the GUI thread."""
        levels = range(math.floor(MIN_ZOOM), math.ceil(below))
        return cls({step: cluster(lonlat, ranks, step) for step in (*levels, None)})


def zoom_step(below: float, zoom: float) -> int | None:
    """The step whose clusters a zoom shows, None where only points at one place do not stand alone."""
    return None if zoom >= below else math.floor(zoom)


def cluster(lonlat: Floats, ranks: Ranks | None, step: int | None) -> Clusters:
    """Group the points that share a cell of a grid fixed in the world at this zoom step; for None
    those at one place, which would hide each other.

    :param lonlat: (N, 2) degrees; what is no place is left out
    """
    placed = np.flatnonzero(is_place(lonlat))
    metres = to_mercator(lonlat[placed])
    rank = np.zeros(len(placed)) if ranks is None else ranks[placed].astype(np.float64)
    group = _cells(metres, _ONE_PLACE_M if step is None else _cell(step))
    highest = np.full(int(group.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(highest, group, rank)
    # Groups rise by their highest rank; within its group the highest comes first and speaks.
    order = np.lexsort((-rank, group, highest[group]))
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    counts = np.diff(starts, append=len(order))
    spots = np.add.reduceat(metres[order], starts) if len(starts) else metres
    spots = spots / counts[:, None]
    offsets = np.append(starts, len(order))
    members = placed[order]
    return Clusters(spots, members[starts], counts, members, offsets)


def _cell(step: int) -> float:
    return CELL_PX * units_per_pixel(step) / UNITS_PER_METRE


def _cells(metres: Floats, cell: float) -> npt.NDArray[np.int64]:
    """(N,) the number of the occupied cell of so many metres that each point lies in."""
    spot = np.floor(metres / cell).astype(np.int64)
    _, number = np.unique(spot[:, 0] * 2**32 + spot[:, 1], return_inverse=True)
    cells: npt.NDArray[np.int64] = number.astype(np.int64)
    return cells
