"""Which labels fit. No Qt."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from maps.geo.camera import Camera
from maps.labels.label import Label, LabelStyle

type Box = tuple[float, float, float, float]  # left, top, right, bottom in logical pixels

_CELL: Final = 4.0
_STAY: Final = 8.0  # how much a label that is there outranks one that is not
# Texts of one wording keep this distance, in pixels.
_APART: Final = {LabelStyle.ROAD: 260.0, LabelStyle.PLATE: 180.0}


class Occupancy:
    """The picture as a grid of cells that are taken or free."""

    def __init__(self, width: float, height: float) -> None:
        self._columns, self._rows = math.ceil(width / _CELL), math.ceil(height / _CELL)
        self._taken = np.zeros((self._rows, self._columns), dtype=np.bool_)

    def take(self, box: Box) -> None:
        """Mark a box as taken."""
        self._cells(box)[:] = True

    def is_free(self, box: Box) -> bool:
        """Whether nothing in the box is taken."""
        return not self._cells(box).any()

    def _cells(self, box: Box) -> npt.NDArray[np.bool_]:
        left, top = max(int(box[0] // _CELL), 0), max(int(box[1] // _CELL), 0)
        right, bottom = int(box[2] // _CELL) + 1, int(box[3] // _CELL) + 1
        return self._taken[top : max(bottom, 0), left : max(right, 0)]


def place(
    labels: Sequence[Label],
    sizes: Sequence[tuple[float, float]],
    camera: Camera,
    obstacles: Iterable[Box] = (),
    staying: frozenset[tuple[str, int]] = frozenset(),
) -> list[int]:
    """Indices of the labels that fit, by priority; those in ``staying`` come a little earlier.

    :param sizes: width and height of each label in logical pixels, before it is turned
    """
    occupancy = Occupancy(camera.width, camera.height)
    for box in obstacles:
        occupancy.take(box)
    spots = camera.points_to_screen(np.array([(o.x, o.y) for o in labels]).reshape(-1, 2))
    seen: dict[str, list[tuple[float, float]]] = {}
    placed = []
    for index in _order(labels, staying):
        label, (x, y) = labels[index], (float(spots[index, 0]), float(spots[index, 1]))
        boxes = footprint(label, sizes[index], x, y)
        if not _in_view(boxes, camera) or not all(occupancy.is_free(box) for box in boxes):
            continue
        if _repeats(label, x, y, seen.get(label.text, ())):
            continue
        for box in boxes:
            occupancy.take(box)
        seen.setdefault(label.text, []).append((x, y))
        placed.append(index)
    return placed


def footprint(label: Label, size: tuple[float, float], x: float, y: float) -> list[Box]:
    """The boxes a label covers; a turned one is covered by a row of squares."""
    width, height = size
    y += label.shift
    if abs(label.angle) < 1.0:
        return [(x - width / 2, y - height / 2, x + width / 2, y + height / 2)]
    turn = math.radians(label.angle)
    count = max(math.ceil(width / height), 1)
    half = height / 2.0
    boxes = []
    for step in range(count):
        along = (step + 0.5) * width / count - width / 2.0
        cx, cy = x + along * math.cos(turn), y + along * math.sin(turn)
        boxes.append((cx - half, cy - half, cx + half, cy + half))
    return boxes


def _order(labels: Sequence[Label], staying: frozenset[tuple[str, int]]) -> list[int]:
    def rank(index: int) -> tuple[float, tuple[str, int]]:
        label = labels[index]
        return label.priority - (_STAY if label.key in staying else 0.0), label.key

    return sorted(range(len(labels)), key=rank)


def _in_view(boxes: list[Box], camera: Camera) -> bool:
    first, last = boxes[0], boxes[-1]
    return (
        min(first[0], last[0]) >= 0.0
        and min(first[1], last[1]) >= 0.0
        and max(first[2], last[2]) <= camera.width
        and max(first[3], last[3]) <= camera.height
    )


def _repeats(label: Label, x: float, y: float, others: Sequence[tuple[float, float]]) -> bool:
    apart = _APART.get(label.style, 0.0)
    return any(math.hypot(x - ox, y - oy) < apart for ox, oy in others)
