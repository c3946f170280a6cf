"""Segments sorted by tile, so that a view reads a few slices of the file."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from maps.geo.mercator import Grid

TILE_PX: Final = 512
_LONG: Final = np.iinfo(np.int64).max  # key of segments longer than a tile
_X: Final = np.int64(2**32)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the grid; x may run past ±2**31 where a view crosses the antimeridian."""

    x0: int
    y0: int
    x1: int
    y1: int


@dataclass(frozen=True, slots=True)
class Tiles:
    """One level of a network: a table sorted by tile and where each tile begins.

    A segment belongs to the tile of its middle. One longer than a tile belongs to a last bucket,
    which every view looks at.
    """

    level: int
    segments: Grid  # (N, 6) columns of layout.SEGMENT
    keys: npt.NDArray[np.int64]  # (T,) sorted keys of the tiles that hold anything
    offsets: npt.NDArray[np.int64]  # (T + 1,) rows of tile t: offsets[t]:offsets[t + 1]

    def within(self, box: Box) -> Grid:
        """(M, 6) rows whose bounding boxes meet the box."""
        half = tile_size(self.level) // 2 + 1
        rows = range(_tile(box.y0 - half, self.level), _tile(box.y1 + half, self.level) + 1)
        columns = self._columns(box.x0 - half, box.x1 + half)
        slices = [self._slice(row, a, b) for row in rows for a, b in columns]
        slices.append(self._slice_keys(_LONG, _LONG))
        found = np.concatenate(
            [self.segments[a:b] for a, b in slices if a < b] or [self.segments[:0]]
        )
        return found[_meets(found, box)]

    def _columns(self, x0: int, x1: int) -> list[tuple[int, int]]:
        """Tile columns from x0 to x1, split where they wrap."""
        count = 2**32 // tile_size(self.level)
        first, last = _tile(x0, self.level), _tile(x1, self.level)
        if last - first + 1 >= count:
            return [(0, count - 1)]
        first, last = first % count, last % count
        return [(first, last)] if first <= last else [(0, last), (first, count - 1)]

    def _slice(self, row: int, first: int, last: int) -> tuple[int, int]:
        return self._slice_keys(row * int(_X) + first, row * int(_X) + last)

    def _slice_keys(self, low: int, high: int) -> tuple[int, int]:
        a = np.searchsorted(self.keys, low, side="left")
        b = np.searchsorted(self.keys, high, side="right")
        return int(self.offsets[a]), int(self.offsets[b])


def tile_size(level: int) -> int:
    """Edge of a tile in grid units: 512 pixels at the level's zoom."""
    return int(2**33 >> level)


def sort(level: int, table: Grid) -> Tiles:
    """Sort an (N, 6) segment table into tiles."""
    begin, end = table[:, 0:2].astype(np.int64), table[:, 2:4].astype(np.int64)
    step = (end - begin).astype(np.int32).astype(np.int64)  # the short way round
    middle = begin + step // 2 + 2**31
    middle[:, 0] %= 2**32
    tile = middle // tile_size(level)
    key = tile[:, 1] * _X + tile[:, 0]
    key[np.abs(step).max(axis=1, initial=0) > tile_size(level)] = _LONG
    order = np.argsort(key, kind="stable")
    keys, first = np.unique(key[order], return_index=True)
    offsets = np.concatenate((first, [len(table)])).astype(np.int64)
    return Tiles(level, table[order], keys, offsets)


def _tile(coordinate: int, level: int) -> int:
    return int(coordinate + 2**31) // tile_size(level)


def _meets(rows: Grid, box: Box) -> npt.NDArray[np.bool_]:
    """Whether a segment's bounding box meets the box; x counts from the box's left edge."""
    left = np.int64(box.x0).astype(np.int32)
    with np.errstate(over="ignore"):
        a, b = rows[:, 0] - left, rows[:, 2] - left
    width = min(box.x1 - box.x0, 2**32)
    a_in, b_in = a.view(np.uint32) <= width, b.view(np.uint32) <= width
    crosses = (a < 0) != (b < 0)
    y0, y1 = np.minimum(rows[:, 1], rows[:, 3]), np.maximum(rows[:, 1], rows[:, 3])
    result: npt.NDArray[np.bool_] = (a_in | b_in | crosses) & (y1 >= box.y0) & (y0 <= box.y1)
    return result
