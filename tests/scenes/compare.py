"""Holding a widget's picture against the one that was looked at and kept.

Kept pictures are a quarter of the size: what counts is layout, colour and what is there, not
the last edge pixel of a font. `pytest tests/scenes --keep-scenes` keeps the present ones; look
at each before you commit it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

PICTURES = Path(__file__).parent / "pictures"
SHRINK = 4
MEAN_LIMIT = 2.0  # of 255, over the whole picture; between two machines it is under 0.1
SPOT_LIMIT = 60.0  # of 255, averaged over a square of 8×8 kept pixels
SPOT = 8


def shrunk(widget: QWidget) -> QImage:
    picture = widget.grab().toImage()
    size = picture.size() / SHRINK
    smooth = Qt.TransformationMode.SmoothTransformation
    scaled = picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    return scaled.convertToFormat(QImage.Format.Format_RGB888)


def difference(now: QImage, kept: QImage) -> str:
    """What differs too much, empty if the two show the same."""
    if now.size() != kept.size():
        return f"size {now.size().toTuple()} instead of {kept.size().toTuple()}"
    gap = np.abs(_pixels(now) - _pixels(kept)).mean(axis=2)
    if gap.mean() > MEAN_LIMIT:
        return f"mean difference {gap.mean():.1f} over {MEAN_LIMIT}"
    height, width = (side // SPOT * SPOT for side in gap.shape)
    spots = gap[:height, :width].reshape(height // SPOT, SPOT, width // SPOT, SPOT).mean((1, 3))
    if spots.max() > SPOT_LIMIT:
        row, column = np.unravel_index(spots.argmax(), spots.shape)
        at = (int(column) * SPOT * SHRINK, int(row) * SPOT * SHRINK)
        return f"difference {spots.max():.0f} near {at} over {SPOT_LIMIT}"
    return ""


def _pixels(picture: QImage) -> npt.NDArray[np.float32]:
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(
        picture.height(), picture.bytesPerLine()
    )
    used = rows[:, : picture.width() * 3].reshape(picture.height(), picture.width(), 3)
    return used.astype(np.float32)
