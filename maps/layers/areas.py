"""Prepared columns of areas: triangles to fill, segments to outline."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from maps import columns
from maps.geo.mercator import (
    HALF_WORLD,
    UNITS_PER_METRE,
    Floats,
    Grid,
    is_place,
    to_grid,
    to_mercator,
)

_KIND: Final = "areas"

type Ring = npt.NDArray[np.float64]  # (N, 2) lon, lat in WGS-84 degrees


@dataclass(frozen=True, slots=True, eq=False)
class Areas:
    """A areas on the Mercator grid. Made once in a worker, or packed into a file ahead of time."""

    triangles: Grid  # (T * 3, 2)
    outline: Grid  # (N, 6) columns of network.layout.SEGMENT; link is the ring's number
    owners: npt.NDArray[np.int32]  # (T,) the area that a triangle is part of
    anchors: Floats  # (A, 2) Mercator metres: a place inside of each area; NaN: it has no inside

    @classmethod
    def prepare(cls, polygons: Sequence[Sequence[Ring]]) -> Self:
        """Triangulate polygons, each an outer ring and its holes. Slow: not on the GUI thread.

        Invalid rings (self-crossing, NaN) are repaired; what has no area is left out. From corner
        to corner a ring goes the shorter way round the world.
        """
        import shapely

        given = np.array([_polygon(p) for p in polygons], dtype=object)
        shapes = shapely.make_valid(given, method="structure", keep_collapsed=False)
        parts, owner = _polygonal(shapes)
        triangles, part = shapely.get_parts(
            shapely.constrained_delaunay_triangles(parts), return_index=True
        )
        corners = shapely.get_coordinates(triangles).reshape(-1, 4, 2)[:, :3]
        inside = shapely.get_coordinates(shapely.point_on_surface(parts))
        anchors = np.full((len(polygons), 2), np.nan)
        largest = np.argsort(shapely.area(parts), kind="stable")  # the last one written stays
        anchors[owner[largest]] = inside[largest]
        return cls(
            to_grid(corners.reshape(-1, 2)),
            _outline(shapely.boundary(parts)),
            owner[part].astype(np.int32),
            anchors,
        )

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map a file written by save.

        :raises ColumnsError: not such a file
        :raises OSError: cannot be read
        """
        data = columns.load(path, _KIND)
        return cls(data["triangles"], data["outline"], data["owners"], data["anchors"])

    def save(self, path: Path) -> None:
        """Write the prepared columns (``.tarea``)."""
        written = {name: getattr(self, name) for name in self.__slots__}
        columns.save(path, _KIND, {}, written)

    def at(self, x: float, y: float) -> int | None:
        """The area at a place in Mercator metres, the last one where several overlap."""
        given = self.triangles.reshape(-1, 3, 2)
        first = given[:, :1]  # differences of int32 wrap at the antimeridian as the grid does
        corners = (given - first).astype(np.float64) + (first - to_grid([x, y]))
        ahead = np.roll(corners, -1, axis=1)
        sides = corners[:, :, 0] * ahead[:, :, 1] - corners[:, :, 1] * ahead[:, :, 0]
        hit = (sides >= 0.0).all(axis=1) | (sides <= 0.0).all(axis=1)
        return int(self.owners[hit].max()) if hit.any() else None


def _polygon(rings: Sequence[Ring]) -> Any:
    import shapely

    metres = [to_mercator(ring[is_place(ring)]) for ring in rings]
    if not metres or len(metres[0]) < 3:
        return shapely.Polygon()
    outer, *holes = [_joined(ring, metres[0][0]) for ring in metres if len(ring) >= 3]
    return shapely.Polygon(outer, holes)


def _joined(ring: Floats, near: Floats) -> Floats:
    """The ring in one piece across the antimeridian, in the copy of the world that is near.

    What lies closer together than the grid can tell is one place: else it might have no triangles.
    """
    steps = np.diff(ring[:, 0], prepend=near[0])
    ring[:, 0] -= np.cumsum(np.rint(steps / (2.0 * HALF_WORLD))) * (2.0 * HALF_WORLD)
    joined: Floats = np.rint(ring * UNITS_PER_METRE) / UNITS_PER_METRE
    return joined


def _polygonal(shapes: npt.NDArray[np.object_]) -> tuple[npt.NDArray[Any], npt.NDArray[np.intp]]:
    """The simple polygons of shapes, and whose they are: a repaired ring can fall to pieces."""
    import shapely

    once, first = shapely.get_parts(shapes, return_index=True)
    parts, second = shapely.get_parts(once, return_index=True)
    simple = (shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(parts)
    return parts[simple], first[second][simple]


def _outline(lines: npt.NDArray[np.object_]) -> Grid:
    import shapely

    metres, ring = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    grid = to_grid(metres)
    start = np.flatnonzero(ring[1:] == ring[:-1])
    step = np.hypot(*np.diff(grid, axis=0).astype(np.float64).T)[start]
    run = np.concatenate(([0.0], np.cumsum(step)))[:-1]
    # Dashes run on from ring to ring; the distance wraps far beyond any dash.
    along = (run % 2**31).astype(np.int64)
    table = np.column_stack((grid[start], grid[start + 1], ring[start], along))
    return table.astype(np.int32)
