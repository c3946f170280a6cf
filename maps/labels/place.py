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
# How much a label that is there outranks one that is not: a little while zooming, in any case
# while panning, so that nothing changes but at the edges.
STAY_ZOOMING: Final = 8.0
STAY_PANNING: Final = 1000.0
# Texts of one wording keep this distance, in pixels.
_APART: Final = {LabelStyle.ROAD: 260.0, LabelStyle.PLATE: 280.0}


class Occupancy:
    """The picture as a grid of cells that are taken or free.

    The cells lie fixed in the world, so that panning leaves what fits as it is.
    """

    def __init__(self, camera: Camera) -> None:
        self._right = (camera.x * camera.scale - camera.width / 2.0) % _CELL
        self._down = (-camera.y * camera.scale - camera.height / 2.0) % _CELL
        shape = math.ceil(camera.height / _CELL) + 2, math.ceil(camera.width / _CELL) + 2
        self._taken = np.zeros(shape, dtype=np.bool_)

    def take(self, box: Box) -> None:
        """Mark a box as taken."""
        self._cells(box)[:] = True

    def is_free(self, box: Box) -> bool:
        """Whether nothing in the box is taken."""
        return not self._cells(box).any()

    def _cells(self, box: Box) -> npt.NDArray[np.bool_]:
        left = max(int((box[0] + self._right) // _CELL), 0)
        top = max(int((box[1] + self._down) // _CELL), 0)
        right = max(int((box[2] + self._right) // _CELL) + 1, 0)
        bottom = max(int((box[3] + self._down) // _CELL) + 1, 0)
        return self._taken[top:bottom, left:right]


def place(
    labels: Sequence[Label],
    sizes: Sequence[tuple[float, float]],
    camera: Camera,
    obstacles: Iterable[Box] = (),
    staying: frozenset[tuple[str, int]] = frozenset(),
    stay: float = STAY_ZOOMING,
) -> list[int]:
    """Indices of the labels that fit, by priority; those in ``staying`` come earlier by ``stay``.

    :param sizes: width and height of each label in logical pixels, before it is turned
    """
    occupancy = Occupancy(camera)
    for box in obstacles:
        occupancy.take(box)
    spots = camera.points_to_screen(np.array([(o.x, o.y) for o in labels]).reshape(-1, 2))
    seen: dict[str, list[tuple[float, float]]] = {}
    placed = []
    for index in _order(labels, staying, stay):
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


def _order(labels: Sequence[Label], staying: frozenset[tuple[str, int]], stay: float) -> list[int]:
    def rank(index: int) -> tuple[float, tuple[str, int]]:
        label = labels[index]
        return label.priority - (stay if label.key in staying else 0.0), label.key

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
