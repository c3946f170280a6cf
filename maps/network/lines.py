"""Clean link geometry on the Mercator grid."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from maps.geo.mercator import Grid, to_grid, to_mercator
from maps.network.segments import Segments


@dataclass(frozen=True, slots=True)
class Lines:
    """Vertices of all links without NaN and without repeated points."""

    vertices: Grid  # (V, 2)
    offsets: npt.NDArray[np.int64]  # (L + 1,)

    @classmethod
    def clean(cls, segments: Segments) -> Self:
        """Vertices that are not finite and vertices that repeat their predecessor go away."""
        link = np.repeat(np.arange(len(segments)), np.diff(segments.offsets))
        good = np.isfinite(segments.coords).all(axis=1)
        vertices, link = to_grid(to_mercator(segments.coords[good])), link[good]
        repeated = np.zeros(len(link), dtype=bool)
        repeated[1:] = (link[1:] == link[:-1]) & (vertices[1:] == vertices[:-1]).all(axis=1)
        vertices, link = vertices[~repeated], link[~repeated]
        counts = np.bincount(link, minlength=len(segments))
        return cls(vertices, np.concatenate(([0], np.cumsum(counts))).astype(np.int64))

    def link_of_vertex(self) -> npt.NDArray[np.int64]:
        """(V,) the link that each vertex belongs to."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def unwrapped(self) -> npt.NDArray[np.float64]:
        """(V, 2) grid coordinates that run on across the antimeridian within each link."""
        points = self.vertices.astype(np.float64)
        if len(points) < 2:
            return points
        step = np.diff(self.vertices[:, 0].astype(np.int64))
        turns = -np.rint(step / 2.0**32)
        turns[
            self.offsets[1:-1][(self.offsets[1:-1] > 0) & (self.offsets[1:-1] < len(points))] - 1
        ] = 0
        run = np.concatenate(([0.0], np.cumsum(turns)))
        starts = np.minimum(self.offsets[:-1], len(points) - 1)
        points[:, 0] += (run - run[starts][self.link_of_vertex()]) * 2.0**32
        return points
