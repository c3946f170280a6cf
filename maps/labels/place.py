"""Which labels fit. No Qt."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from maps.geo.camera import Camera
from maps.geo.mercator import Floats
from maps.labels.label import Glyph, Label, LabelStyle

type Box = tuple[float, float, float, float]  # left, top, right, bottom in logical pixels
type Cells = list[list[int]]  # of each box: left, top, right, bottom; the last two are outside

_CELL: Final = 2.0
_NUDGE: Final = 1e-4  # pixels: what lies on the edge of a cell stays on one side of it
# Texts of one wording keep this distance, in pixels.
_APART: Final = {
    LabelStyle.ROAD: 260.0, LabelStyle.PLATE: 280.0, LabelStyle.WATER: 650.0,
    LabelStyle.JUNCTION: 120.0, LabelStyle.HUB: 200.0,
}  # fmt: skip
_MORE: Final = 1.15  # times as far, for one that does not stand yet


class Occupancy:
    """The picture as a grid of cells that are taken or free.

    The cells lie fixed in the world, so that panning leaves what fits as it is.
    """

    def __init__(self, camera: Camera) -> None:
        right = (camera.x * camera.scale - camera.width / 2.0) % _CELL
        down = (-camera.y * camera.scale - camera.height / 2.0) % _CELL
        self._shift = np.array([right, down, right, down]) + _NUDGE
        shape = math.ceil(camera.height / _CELL) + 2, math.ceil(camera.width / _CELL) + 2
        self._taken = np.zeros(shape, dtype=np.bool_)

    def cells(self, boxes: Floats) -> Cells:
        """The cells of (N, 4) boxes; what is outside of the picture has none."""
        cells = np.floor((boxes + self._shift) / _CELL).astype(np.int64)
        cells[:, 2:] += 1
        found: Cells = np.maximum(cells, 0).tolist()
        return found

    def take(self, cells: Cells) -> None:
        """Mark these as taken."""
        taken = self._taken
        for left, top, right, bottom in cells:
            taken[top:bottom, left:right] = True

    def is_free(self, cells: Cells) -> bool:
        """Whether none of these is taken."""
        taken = self._taken
        return not any(taken[top:bottom, left:right].any() for left, top, right, bottom in cells)


def place(
    labels: Sequence[Label],
    sizes: Sequence[tuple[float, float]],
    camera: Camera,
    obstacles: Iterable[Box] = (),
    standing: frozenset[tuple[str, int]] = frozenset(),
) -> list[int]:
    """Indices of the labels that fit, by priority; what stands already is not pushed out.

    :param sizes: width and height of each label in logical pixels, before it is turned
    """
    occupancy = Occupancy(camera)
    occupancy.take(occupancy.cells(np.array(list(obstacles)).reshape(-1, 4)))
    if not labels:
        return []
    boxes, first = footprints(labels, sizes)
    spots = camera.points_to_screen(np.array([(o.x, o.y) for o in labels]).reshape(-1, 2))
    boxes += np.repeat(np.tile(spots, 2), np.diff(first), axis=0)
    stands = np.array([label.key in standing for label in labels], dtype=np.bool_)
    cells, needed = _rooms(occupancy, boxes, np.repeat(stands, np.diff(first)))
    visible = _in_view(boxes, first, camera)
    middles, begins = spots.tolist(), first.tolist()
    seen: dict[str, list[tuple[float, float]]] = {}
    placed = []
    for index in _order(labels, np.flatnonzero(visible).tolist(), stands):
        label, own = labels[index], slice(begins[index], begins[index + 1])
        x, y = middles[index]
        apart = _APART.get(label.style, 0.0) * (1.0 if stands[index] else _MORE)
        if not occupancy.is_free(needed[own]) or _is_near(seen.get(label.text, ()), x, y, apart):
            continue
        occupancy.take(cells[own])
        seen.setdefault(label.text, []).append((x, y))
        placed.append(index)
    return placed


def _rooms(
    occupancy: Occupancy, boxes: Floats, stand: npt.NDArray[np.bool_]
) -> tuple[Cells, Cells]:
    """What each box takes and what must be free for it: a little less of those that stand.

    On the edge of its room a label must not come and go with every step of the camera.
    """
    cells, rows = occupancy.cells(boxes), np.flatnonzero(stand)
    needed = cells.copy()
    less = occupancy.cells(boxes[rows] + (_CELL, _CELL, -_CELL, -_CELL))
    for row, cell in zip(rows.tolist(), less, strict=True):
        needed[row] = cell
    return cells, needed


def footprints(
    labels: Sequence[Label], sizes: Sequence[tuple[float, float]]
) -> tuple[Floats, npt.NDArray[np.int64]]:
    """(B, 4) boxes that labels cover, from the label's place; (N + 1,) where each label's begin."""
    boxes = [
        _boxes(size, label.angle, label.shift, label.glyphs)
        for label, size in zip(labels, sizes, strict=True)
    ]
    flat = np.fromiter(chain.from_iterable(chain.from_iterable(boxes)), dtype=np.float64)
    counts = np.array([0, *map(len, boxes)], dtype=np.int64)
    return flat.reshape(-1, 4), np.cumsum(counts)


def bounds(boxes: Floats, first: npt.NDArray[np.int64]) -> Floats:
    """(N, 4) the box around all boxes of each label."""
    if not len(boxes):
        return boxes
    low = np.minimum.reduceat(boxes[:, :2], first[:-1])
    return np.hstack((low, np.maximum.reduceat(boxes[:, 2:], first[:-1])))


@lru_cache(6_000)
def _boxes(
    size: tuple[float, float], angle: float, shift: float, glyphs: tuple[Glyph, ...]
) -> tuple[Box, ...]:
    """A turned label is covered by a row of squares, one that bends by a square for each letter."""
    width, height = size
    half = height / 2.0
    if glyphs:
        return tuple((x - half, y - half, x + half, y + half) for x, y, _ in glyphs)
    if abs(angle) < 1.0:
        return ((-width / 2, shift - half, width / 2, shift + half),)
    turn = math.radians(angle)
    count = max(math.ceil(width / height), 1)
    middles = [(step + 0.5) * width / count - width / 2.0 for step in range(count)]
    spots = [(o * math.cos(turn), o * math.sin(turn) + shift) for o in middles]
    return tuple((x - half, y - half, x + half, y + half) for x, y in spots)


def _order(labels: Sequence[Label], visible: list[int], stands: npt.NDArray[np.bool_]) -> list[int]:
    def rank(index: int) -> tuple[bool, float, tuple[str, int]]:
        label = labels[index]
        return not stands[index], label.priority, label.key

    return sorted(visible, key=rank)


def _in_view(boxes: Floats, first: npt.NDArray[np.int64], camera: Camera) -> npt.NDArray[np.bool_]:
    """(N,) whether all boxes of a label are within the picture."""
    inside = (
        (boxes[:, 0] >= 0.0) & (boxes[:, 1] >= 0.0)
        & (boxes[:, 2] <= camera.width) & (boxes[:, 3] <= camera.height)
    )  # fmt: skip
    whole: npt.NDArray[np.bool_] = np.logical_and.reduceat(inside, first[:-1])
    return whole


def _is_near(others: Sequence[tuple[float, float]], x: float, y: float, apart: float) -> bool:
    return any(math.hypot(x - ox, y - oy) < apart for ox, oy in others)
