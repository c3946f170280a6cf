"""Where tiles and pictures lie, in device pixels of the wall."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect

from app.video.wall_rules import Cell

GAP_PX: Final = 3


def tile_rects(cells: Sequence[Cell], width: int, height: int, gap: int) -> list[QRect]:
    """One rectangle per tile; neighbours are `gap` apart, the outer edges touch the wall's."""
    wide, high = width + gap, height + gap
    rects = []
    for cell in cells:
        left, top = round(cell.left * wide), round(cell.top * high)
        right = round((cell.left + cell.width) * wide) - gap
        bottom = round((cell.top + cell.height) * high) - gap
        rects.append(QRect(left, top, max(right - left, 1), max(bottom - top, 1)))
    return rects


def fitted(rect: QRect, size: tuple[int, int] | None) -> QRect:
    """The largest part in the middle of `rect` that has the stream's shape; all while unknown."""
    if size is None or min(size) <= 0:
        return rect
    share = min(rect.width() / size[0], rect.height() / size[1])
    width, height = max(round(size[0] * share), 1), max(round(size[1] * share), 1)
    left = rect.left() + (rect.width() - width) // 2
    return QRect(left, rect.top() + (rect.height() - height) // 2, width, height)


def neighbour(rects: Sequence[QRect], index: int, dx: int, dy: int) -> int:
    """The tile that the eye meets first in a direction; the same where there is none."""
    here = rects[index].center()

    def cost(i: int) -> float:
        x, y = rects[i].center().x() - here.x(), rects[i].center().y() - here.y()
        along, across = x * dx + y * dy, abs(x * dy) + abs(y * dx)
        # coarse, so that a pixel of rounding decides nothing: the lower number then wins
        return (along + 3 * across) // 16 if along > 0 else float("inf")

    best = min(range(len(rects)), key=cost)
    return best if cost(best) < float("inf") else index
