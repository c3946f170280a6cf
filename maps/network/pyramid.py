"""Levels of detail of a network.

Level z serves zooms in [z - 0.5, z + 0.5). Every link is simplified to half a pixel, then vertices
within one half-pixel cell become one, the most important road's, and what falls on the same cells
is drawn once. Where no class is known through roads are more important than dead ends, then the
longer ones than the shorter. So nothing is lost that could be seen: a dense block of short streets
stays a dense block. A segment belongs to one link and runs the way that link is drawn, for the
link's state; the two carriageways of a road are never one. The last level holds every vertex.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import shapely

from maps.geo.mercator import units_per_pixel
from maps.network.layout import FIRST_LEVEL, FULL_LEVEL
from maps.network.lines import Lines
from maps.network.roads import RoadFlag

type Ints = npt.NDArray[np.int64]
type Bools = npt.NDArray[np.bool_]
type Table = npt.NDArray[np.int32]  # (N, 6) columns of layout.SEGMENT

_TOLERANCE_PX: Final = 0.5
_SPLIT: Final = RoadFlag.BRIDGE | RoadFlag.TUNNEL
_HALF: Final = 2**31
_WORLD: Final = 2**32


@dataclass(frozen=True, slots=True)
class _Vertices:
    """V vertices, link after link."""

    points: npt.NDArray[np.float64]  # (V, 2) grid units that run on across the antimeridian
    links: Ints  # (V,)
    along: Ints  # (V,) distance from the start of the run of links

    def where(self, chosen: Bools | Ints) -> Self:
        return type(self)(self.points[chosen], self.links[chosen], self.along[chosen])

    def starts(self) -> Ints:
        """The vertices from which a segment runs to the next vertex."""
        return np.flatnonzero(self.links[1:] == self.links[:-1])


def levels(
    lines: Lines, classes: npt.NDArray[np.uint8], flags: npt.NDArray[np.uint8]
) -> Iterator[tuple[int, Table]]:
    """Yield (level, table), the finest level first."""
    link = lines.link_of_vertex()
    rest = _Vertices(lines.unwrapped(), link, lines.along(classes, flags))
    starts = rest.starts()
    yield FULL_LEVEL, _table(rest, rest.points.astype(np.int64), starts)
    rest = rest.where(np.argsort(_importance(lines, classes, flags)[link], kind="stable"))
    one_way = flags & RoadFlag.ONEWAY > 0
    for level in reversed(range(FIRST_LEVEL, FULL_LEVEL)):
        cell = int(_TOLERANCE_PX * units_per_pixel(level))
        simple = _simplified(rest, cell)
        points, starts = _snapped(simple, cell, one_way)
        yield level, _table(simple, points, starts)
        # Cells lie within those of the next coarser level: a link that is gone stays away.
        drawn = np.zeros(len(classes), dtype=bool)
        drawn[simple.links[starts]] = True
        rest = rest.where(drawn[rest.links])


def _importance(lines: Lines, classes: npt.NDArray[np.uint8], flags: npt.NDArray[np.uint8]) -> Ints:
    """(L,) rises as links become less important."""
    unknown = classes == 0
    road = np.where(unknown, 255, classes).astype(np.int64)
    known = (road * 2 + (flags & RoadFlag.LINK > 0)) * 4 + (flags & _SPLIT)
    length, dead_end = _reach(lines)
    order = np.lexsort((np.where(unknown, -length, 0.0), unknown & dead_end, known))
    importance = np.empty(len(classes), dtype=np.int64)
    importance[order] = np.arange(len(classes))
    return importance


def _reach(lines: Lines) -> tuple[npt.NDArray[np.float64], Bools]:
    """(L,) length of each link in grid units; whether no other begins or ends at one of its ends."""
    first, last = lines.offsets[:-1], lines.offsets[1:] - 1
    drawn = np.flatnonzero(last > first)
    points = lines.unwrapped()
    step = np.zeros(len(points))
    step[1:] = np.hypot(*np.diff(points, axis=0).T)
    run = np.cumsum(step)
    length, dead_end = np.zeros(len(first)), np.zeros(len(first), dtype=np.bool_)
    length[drawn] = run[last[drawn]] - run[first[drawn]]
    ends = lines.vertices[np.concatenate((first[drawn], last[drawn]))].astype(np.int64)
    _, node, uses = np.unique(
        ends[:, 0] * _WORLD + ends[:, 1], return_inverse=True, return_counts=True
    )
    dead_end[drawn] = (uses[node].reshape(2, -1) == 1).any(axis=0)
    return length, dead_end


def _simplified(vertices: _Vertices, tolerance: float) -> _Vertices:
    """Without the vertices that a link can spare."""
    new = np.concatenate(([True], vertices.links[1:] != vertices.links[:-1]))
    number = np.cumsum(new) - 1
    long = (np.bincount(number, minlength=1) > 2)[number]
    chosen = np.flatnonzero(long)
    if not len(chosen):
        return vertices
    # The third dimension carries the number of the vertex through.
    numbered = np.column_stack((vertices.points[chosen], chosen))
    parts = shapely.linestrings(numbered, indices=np.cumsum(new[chosen]) - 1)
    simple = shapely.simplify(parts, tolerance, preserve_topology=False)
    kept = shapely.get_coordinates(simple, include_z=True)[:, 2].astype(np.int64)
    keep = ~long
    keep[kept] = True
    return vertices.where(keep)


def _snapped(vertices: _Vertices, cell: int, one_way: Bools) -> tuple[Ints, Ints]:
    """(V, 2) points, one for all in a cell; and where the segments start that remain."""
    points = vertices.points.astype(np.int64)
    cells = points // cell
    _, first, spot = np.unique(
        cells[:, 0] * _WORLD + cells[:, 1], return_index=True, return_inverse=True
    )
    starts = vertices.starts()
    begin, end = spot[starts], spot[starts + 1]
    turn = ~one_way[vertices.links[starts]] & (begin > end)
    pair = np.where(turn, end * len(first) + begin, begin * len(first) + end)
    _, unique = np.unique(np.where(begin == end, -1, pair), return_index=True)
    starts = starts[np.sort(unique)]
    snapped = points[first][spot]
    starts = starts[(snapped[starts] != snapped[starts + 1]).any(axis=1)]
    seen = _seen(snapped[starts], snapped[starts + 1], 2 * cell, one_way[vertices.links[starts]])
    return snapped, starts[seen]


def _seen(begin: Ints, end: Ints, pixel: int, one_way: Bools) -> Bools:
    """Segments that are long, or reach a pixel that no short one before them has reached.

    The two directions of a one-way road count apart: each has a state of its own.
    """
    step = end - begin
    seen: Bools = np.abs(step).max(axis=1, initial=0) > 2 * pixel
    short = np.flatnonzero(~seen)
    begin, step = begin[short], step[short]
    direction = np.where(one_way[short], 1 + (step[:, 0] * 64 + step[:, 1] > 0), 0)
    pixels = [(begin + step * half // 2) // pixel for half in range(3)]
    keys = np.stack([(x * _WORLD + y) * 4 + direction for x, y in (p.T for p in pixels)], axis=1)
    _, first = np.unique(keys, return_index=True)
    seen[short[first // 3]] = True
    return seen


def _table(vertices: _Vertices, points: Ints, starts: Ints) -> Table:
    """Segments; one across the antimeridian becomes two, each drawn at its side."""
    columns: Ints = np.column_stack(
        (points[starts], points[starts + 1], vertices.links[starts], vertices.along[starts])
    )
    low = np.minimum(columns[:, 0], columns[:, 2])
    edge = (low + _HALF) // _WORLD * _WORLD + _HALF  # the next antimeridian to the east
    crosses = np.maximum(columns[:, 0], columns[:, 2]) > edge
    if crosses.any():
        halves = _split(columns[crosses], edge[crosses])
        columns = np.concatenate((columns[~crosses], *halves))
    return columns.astype(np.int32)  # wraps x into the grid


def _split(rows: Ints, edge: Ints) -> tuple[Ints, Ints]:
    share = (edge - rows[:, 0]) / (rows[:, 2] - rows[:, 0])
    step_y = np.rint(share * (rows[:, 3] - rows[:, 1])).astype(np.int64)
    length = np.hypot(rows[:, 2] - rows[:, 0], rows[:, 3] - rows[:, 1])
    eastward = rows[:, 2] > rows[:, 0]
    first, second = rows.copy(), rows.copy()
    first[:, 2], first[:, 3] = edge - eastward, rows[:, 1] + step_y
    second[:, 0], second[:, 1] = edge - ~eastward, rows[:, 1] + step_y
    second[:, 5] += np.rint(share * length).astype(np.int64)
    return first, second
