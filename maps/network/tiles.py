"""Segments sorted by tile, so that a view reads a few slices of the file."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from maps.geo.mercator import Grid

TILE_PX: Final = 64
_ROW: Final = 2**20  # a key is size * _SIZE + row * _ROW + column
_SIZE: Final = 2**40


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

    A segment belongs to the tile of its middle: of TILE_PX pixels, or for a longer segment of the
    doubled size 0, 1, 2 … times that is not smaller than the segment.
    """

    level: int
    segments: Grid  # (N, 6) columns of layout.SEGMENT
    keys: npt.NDArray[np.int64]  # (T,) sorted keys of the tiles that hold anything
    offsets: npt.NDArray[np.int64]  # (T + 1,) rows of tile t: offsets[t]:offsets[t + 1]

    def within(self, box: Box) -> Grid:
        """(M, 6) rows whose bounding boxes meet the box."""
        if not len(self.keys):
            return self.segments
        sizes = range(int(self.keys[-1]) // _SIZE + 1)
        ends = np.array([pair for size in sizes for pair in self._key_ranges(box, size)])
        first = self.offsets[np.searchsorted(self.keys, ends[:, 0], side="left")]
        last = self.offsets[np.searchsorted(self.keys, ends[:, 1], side="right")]
        slices = zip(first.tolist(), last.tolist(), strict=True)
        found = [self.segments[a:b] for a, b in slices if a < b]
        rows = np.concatenate(found) if found else self.segments[:0]
        return rows[_meets(rows, box)]

    def _key_ranges(self, box: Box, size: int) -> list[tuple[int, int]]:
        """First and last key of each row of tiles of one size around the box."""
        edge = tile_size(self.level) << size
        half = edge // 2 + 1
        low, high = (box.y0 - half + 2**31) // edge, (box.y1 + half + 2**31) // edge
        count = max(2**32 // edge, 1)
        first, last = (box.x0 - half + 2**31) // edge, (box.x1 + half + 2**31) // edge
        columns = [(0, count - 1)]
        if last - first + 1 < count:
            first, last = first % count, last % count
            columns = [(first, last)] if first <= last else [(0, last), (first, count - 1)]
        return [
            (size * _SIZE + row * _ROW + a, size * _SIZE + row * _ROW + b)
            for row in range(max(low, 0), min(high, count - 1) + 1)
            for a, b in columns
        ]


def tile_size(level: int) -> int:
    """Edge of a tile in grid units at a level."""
    return (TILE_PX << 24) >> level


def sort(level: int, table: Grid) -> Tiles:
    """Sort an (N, 6) segment table into tiles."""
    begin, end = table[:, 0:2].astype(np.int64), table[:, 2:4].astype(np.int64)
    step = (end - begin).astype(np.int32).astype(np.int64)  # the short way round
    middle = begin + step // 2 + 2**31
    middle[:, 0] %= 2**32
    longest = np.maximum(np.abs(step).max(axis=1, initial=0), 1)
    size = np.maximum(np.ceil(np.log2(longest / tile_size(level))), 0).astype(np.int64)
    tile = middle // (tile_size(level) << size)[:, None]
    key = size * _SIZE + tile[:, 1] * _ROW + tile[:, 0]
    order = np.argsort(key, kind="stable")
    keys, first = np.unique(key[order], return_index=True)
    offsets = np.concatenate((first, [len(table)])).astype(np.int64)
    return Tiles(level, table[order], keys, offsets)


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
