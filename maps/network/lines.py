"""Clean link geometry on the Mercator grid."""

import logging
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from maps.geo.mercator import Grid, is_place, to_grid, to_mercator
from maps.network.segments import Segments

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Flaws:
    """What was left out of the geometry, counted."""

    not_finite: int = 0  # vertices
    impossible: int = 0  # vertices beyond ±180° or ±90°, or at (0, 0): no road is in that sea
    repeated: int = 0  # vertices
    undrawable: int = 0  # links without two different vertices; they keep their rows


@dataclass(frozen=True, slots=True)
class Lines:
    """Vertices of all links: finite, on the globe, none the same as the one before."""

    vertices: Grid  # (V, 2)
    offsets: npt.NDArray[np.int64]  # (L + 1,)
    flaws: Flaws = Flaws()

    @classmethod
    def clean(cls, segments: Segments) -> Self:
        """Leave out what cannot be drawn; it is told once in the log.

        A line that crosses itself is a road that does so, and stays as it is.
        """
        link = np.repeat(np.arange(len(segments)), np.diff(segments.offsets))
        finite = np.isfinite(segments.coords).all(axis=1)
        possible = is_place(segments.coords)
        vertices, link = to_grid(to_mercator(segments.coords[possible])), link[possible]
        repeated = np.zeros(len(link), dtype=bool)
        repeated[1:] = (link[1:] == link[:-1]) & (vertices[1:] == vertices[:-1]).all(axis=1)
        vertices, link = vertices[~repeated], link[~repeated]
        counts = np.bincount(link, minlength=len(segments))
        flaws = Flaws(
            not_finite=int(np.sum(~finite)),
            impossible=int(np.sum(finite & ~possible)),
            repeated=int(np.sum(repeated)),
            undrawable=int(np.sum(counts < 2)),
        )
        if flaws.not_finite or flaws.impossible or flaws.undrawable:
            _log.warning("geometry left out of a road network: %s", flaws)
        return cls(vertices, np.concatenate(([0], np.cumsum(counts))).astype(np.int64), flaws)

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

    def along(
        self, classes: npt.NDArray[np.uint8], flags: npt.NDArray[np.uint8]
    ) -> npt.NDArray[np.int64]:
        """(V,) distance of each vertex from the start of its run of links, in grid units.

        A link that begins where the row before ends and is of the same kind carries its run on,
        so that dashes do not begin anew with every short link.
        """
        if not len(self.vertices):
            return np.empty(0, np.int64)
        link = self.link_of_vertex()
        begins = np.concatenate(([True], link[1:] != link[:-1]))
        step = np.diff(self.vertices, axis=0).astype(np.float64)  # int32: wraps as the grid does
        length = np.concatenate(([0.0], np.hypot(step[:, 0], step[:, 1])))
        length[begins] = 0.0
        run = np.cumsum(length)
        kind = classes.astype(np.int64) * 256 + flags
        carried = np.zeros(len(link), dtype=bool)
        carried[1:] = (step == 0.0).all(axis=1) & (kind[link[1:]] == kind[link[:-1]])
        anew = np.flatnonzero(begins & ~carried)
        lengths = np.diff(np.concatenate((anew, [len(link)])))
        along: npt.NDArray[np.int64] = np.rint(run - np.repeat(run[anew], lengths)).astype(np.int64)
        return along
