"""Levels of detail of a network.

Level z serves zooms in [z - 0.5, z + 0.5). Links are first joined to chains of one kind, chains are
simplified to half a pixel, and vertices within one half-pixel cell become one, the most important
road's. So nothing is lost that could be seen: a dense block of short streets stays a dense block,
but what falls on the same pixels is drawn once. The last level holds every vertex.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from maps.geo.mercator import units_per_pixel
from maps.network.layout import FIRST_LEVEL, FULL_LEVEL
from maps.network.lines import Lines
from maps.network.roads import RoadFlag

type Ints = npt.NDArray[np.int64]

_BRIDGES_FROM: Final = 13  # below, a bridge cannot be told from its road
_TOLERANCE_PX: Final = 0.5
_SPLIT: Final = RoadFlag.BRIDGE | RoadFlag.TUNNEL
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)  # spreads the kind over the key


@dataclass(frozen=True, slots=True)
class _Chains:
    """Joined links, the most important kind first."""

    kinds: Ints  # (C,)
    lines: npt.NDArray[np.object_]  # (C,) shapely LineStrings in unwrapped grid units
    keys: npt.NDArray[np.uint64]  # (K,) sorted, one per vertex
    links: Ints  # (K,) a link that has that vertex

    def link_at(self, kinds: Ints, points: Ints) -> Ints:
        found: Ints = self.links[np.searchsorted(self.keys, _vertex_keys(kinds, points))]
        return found


def levels(
    lines: Lines, classes: npt.NDArray[np.uint8], flags: npt.NDArray[np.uint8]
) -> Iterator[tuple[int, npt.NDArray[np.int32]]]:
    """Yield (level, (N, 6) table of layout.SEGMENT), the coarsest level first."""
    kind = _importance(classes) * 2 + (flags & RoadFlag.LINK > 0)
    coarse = _join(lines, kind)
    for level in range(FIRST_LEVEL, _BRIDGES_FROM):
        yield level, _simplify(coarse, level)
    fine = _join(lines, kind * 4 + (flags & _SPLIT))
    for level in range(_BRIDGES_FROM, FULL_LEVEL):
        yield level, _simplify(fine, level)
    yield FULL_LEVEL, _full(lines)


def _importance(classes: npt.NDArray[np.uint8]) -> Ints:
    return np.where(classes == 0, 255, classes).astype(np.int64)


def _join(lines: Lines, kind: Ints) -> _Chains:
    link = lines.link_of_vertex()
    points = lines.unwrapped()
    drawable = np.diff(lines.offsets) > 1
    kinds, chains = [np.empty(0, np.int64)], [np.empty(0, np.object_)]
    for value in np.unique(kind[drawable]):
        chosen = drawable & (kind == value)
        inside = chosen[link]
        parts = shapely.linestrings(points[inside], indices=_dense(link[inside]))
        merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(parts)))
        chains.append(merged)
        kinds.append(np.full(len(merged), value, np.int64))
    keys = _vertex_keys(kind[link], lines.vertices.astype(np.int64))
    # Only first occurrences matter; a stable sort makes the choice the same on every run.
    order = np.argsort(keys, kind="stable")
    return _Chains(np.concatenate(kinds), np.concatenate(chains), keys[order], link[order])


def _simplify(chains: _Chains, level: int) -> npt.NDArray[np.int32]:
    cell = _TOLERANCE_PX * units_per_pixel(level)
    simple = shapely.simplify(chains.lines, cell, preserve_topology=False)
    floats, chain = shapely.get_coordinates(simple, return_index=True)
    points = np.rint(floats).astype(np.int64)
    along = _along(floats, chain)
    link = chains.link_at(chains.kinds[chain], points)
    cells = np.floor_divide(points, int(cell))
    _, first, spot = np.unique(
        cells[:, 0] * 2**32 + cells[:, 1], return_index=True, return_inverse=True
    )
    points = points[first][spot]
    start = np.flatnonzero((chain[1:] == chain[:-1]) & (spot[1:] != spot[:-1]))
    low, high = np.minimum(spot[start], spot[start + 1]), np.maximum(spot[start], spot[start + 1])
    _, unique = np.unique(low * len(first) + high, return_index=True)
    start = start[np.sort(unique)]
    return _table(points[start], points[start + 1], link[start], along[start])


def _full(lines: Lines) -> npt.NDArray[np.int32]:
    link = lines.link_of_vertex()
    along = _along(lines.unwrapped(), link)
    start = np.flatnonzero(link[1:] == link[:-1])
    points = lines.vertices.astype(np.int64)
    return _table(points[start], points[start + 1], link[start], along[start])


def _along(points: npt.NDArray[np.float64], line: Ints) -> Ints:
    """(V,) distance of each vertex from the start of its line, in grid units."""
    if not len(points):
        return np.empty(0, np.int64)
    step = np.hypot(*np.diff(points, axis=0).T)
    step[line[1:] != line[:-1]] = 0.0
    run = np.concatenate(([0.0], np.cumsum(step)))
    starts = np.flatnonzero(np.concatenate(([True], line[1:] != line[:-1])))
    lengths = np.diff(np.concatenate((starts, [len(line)])))
    along: Ints = np.rint(run - np.repeat(run[starts], lengths)).astype(np.int64)
    return along


def _table(begin: Ints, end: Ints, link: Ints, along: Ints) -> npt.NDArray[np.int32]:
    columns: Ints = np.column_stack((begin, end, link, along))
    return columns.astype(np.int32)  # wraps x into the grid again


def _vertex_keys(kinds: Ints, points: Ints) -> npt.NDArray[np.uint64]:
    """One sortable key per vertex and kind; x wraps as the grid does."""
    x = points[:, 0].astype(np.int32).astype(np.uint32).astype(np.uint64)
    y = points[:, 1].astype(np.int32).astype(np.uint32).astype(np.uint64)
    return (x << np.uint64(32) | y) ^ (kinds.astype(np.uint64) * _MIX)


def _dense(ids: Ints) -> Ints:
    """Renumber sorted ids as 0, 1, 2 …"""
    return np.cumsum(np.concatenate(([0], ids[1:] != ids[:-1])), dtype=np.int64)
