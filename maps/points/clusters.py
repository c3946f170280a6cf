"""Points that fall together become one symbol with a count. No Qt."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from maps.geo.mercator import UNITS_PER_METRE, Floats, to_mercator, units_per_pixel
from maps.layers.point_layer import PointLayer

CELL_PX: Final = 44.0


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


def zoom_step(layer: PointLayer, zoom: float) -> int | None:
    """The step whose clusters a zoom shows, None where the points stand alone."""
    return None if zoom >= layer.cluster_below else math.floor(zoom)


def cluster(layer: PointLayer, step: int | None) -> Clusters:
    """Group the points that share a cell of a grid fixed in the world at this zoom step."""
    placed = np.flatnonzero(np.isfinite(layer.lonlat).all(axis=1))
    metres = to_mercator(layer.lonlat[placed])
    ranks = np.zeros(len(placed)) if layer.ranks is None else layer.ranks[placed].astype(np.float64)
    if step is None:
        order = np.argsort(ranks, kind="stable")
        rows, ones = placed[order], np.ones(len(placed), dtype=np.int64)
        return Clusters(metres[order], rows, ones, rows, np.arange(len(rows) + 1))
    cell = CELL_PX * units_per_pixel(step) / UNITS_PER_METRE
    spot = np.floor(metres / cell).astype(np.int64)
    _, group, counts = np.unique(
        spot[:, 0] * 2**32 + spot[:, 1], return_inverse=True, return_counts=True
    )
    # Within its group the highest rank comes first and speaks for it.
    order = np.lexsort((-ranks, group))
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    first = order[offsets[:-1]]
    centres = np.stack([np.bincount(group, metres[:, axis]) for axis in (0, 1)], axis=-1)
    spots = np.where(
        (counts == 1)[:, None], metres[first], centres / np.maximum(counts, 1)[:, None]
    )
    return _raised(Clusters(spots, placed[first], counts, placed[order], offsets), ranks[first])


def _raised(clusters: Clusters, ranks: Floats) -> Clusters:
    """The same clusters sorted by the rank of their speakers, the highest last."""
    order = np.argsort(ranks, kind="stable")
    members = [clusters.rows_of(int(index)) for index in order]
    counts = clusters.counts[order]
    return Clusters(
        clusters.spots[order],
        clusters.rows[order],
        counts,
        np.concatenate(members) if members else clusters.members,
        np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
    )
