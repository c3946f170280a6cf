"""Prepared columns of areas: triangles to fill, segments to outline."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from maps import columns
from maps.geo.mercator import Grid, to_grid, to_mercator

_KIND: Final = "areas"

type Ring = npt.NDArray[np.float64]  # (N, 2) lon, lat in WGS-84 degrees


@dataclass(frozen=True, slots=True, eq=False)
class Areas:
    """Areas on the Mercator grid. Made once in a worker, or packed into a file ahead of time."""

    triangles: Grid  # (T * 3, 2)
    outline: Grid  # (N, 6) columns of network.layout.SEGMENT; link is the ring's number

    @classmethod
    def prepare(cls, polygons: Sequence[Sequence[Ring]]) -> Self:
        """Triangulate polygons, each an outer ring and its holes. Slow: not on the GUI thread.

        Invalid rings (self-crossing, NaN) are repaired; what has no area is left out.
        """
        import shapely

        metres = [
            [to_mercator(ring[np.isfinite(ring).all(axis=1)]) for ring in p] for p in polygons
        ]
        rings = [[ring for ring in p if len(ring) >= 3] for p in metres]
        shapes = shapely.make_valid([shapely.Polygon(p[0], p[1:]) for p in rings if p])
        parts = shapely.get_parts(shapely.get_parts(shapes))
        parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
        triangles = shapely.get_parts(shapely.constrained_delaunay_triangles(parts))
        corners = shapely.get_coordinates(triangles).reshape(-1, 4, 2)[:, :3]
        return cls(to_grid(corners.reshape(-1, 2)), _outline(shapely.boundary(parts)))

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map a file written by save.

        :raises ColumnsError: not such a file
        :raises OSError: cannot be read
        """
        data = columns.load(path, _KIND)
        return cls(data["triangles"], data["outline"])

    def save(self, path: Path) -> None:
        """Write the prepared columns (``.tarea``)."""
        columns.save(path, _KIND, {}, {"triangles": self.triangles, "outline": self.outline})


def _outline(lines: npt.NDArray[np.object_]) -> Grid:
    import shapely

    metres, ring = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    grid = to_grid(metres)
    start = np.flatnonzero(ring[1:] == ring[:-1])
    step = np.hypot(*np.diff(grid.astype(np.float64), axis=0).T)[start]
    run = np.concatenate(([0.0], np.cumsum(step)))[:-1]
    # Dashes run on from ring to ring; the distance wraps far beyond any dash.
    along = (run % 2**31).astype(np.int64)
    table = np.column_stack((grid[start], grid[start + 1], ring[start], along))
    return table.astype(np.int32)
