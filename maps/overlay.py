"""Paints placed labels, and keeps them apart while the camera moves on."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from maps.geo.camera import Camera
from maps.labels.place import Occupancy, footprint
from maps.labels.placed import PlacedLabels

_MARGIN_PX = 200.0  # a label's middle may be this far outside and still reach in


@dataclass(slots=True)
class LabelPainter:
    """The labels of the newest picture."""

    placed: PlacedLabels

    def paint(self, painter: QPainter, camera: Camera) -> None:
        """Paint the labels where the camera sees them now."""
        if self.placed.spots is None or not len(self.placed.spots):
            return
        spots = camera.points_to_screen(self.placed.spots)
        near = (
            (spots > -_MARGIN_PX)
            & (spots < (camera.width + _MARGIN_PX, camera.height + _MARGIN_PX))
        ).all(axis=1)
        numbers = np.flatnonzero(near).tolist()
        if self._shrunk(camera):
            numbers = self._apart(numbers, spots.tolist(), camera)
        ratio = camera.pixel_ratio
        for number, (x, y) in zip(numbers, spots[numbers].tolist(), strict=True):
            sprite = self.placed.sprites[number]
            y += self.placed.labels[number].shift
            # Whole device pixels keep the glyphs sharp.
            left = round(x * ratio - sprite.width() / 2) / ratio
            top = round(y * ratio - sprite.height() / 2) / ratio
            painter.drawImage(QPointF(left, top), sprite)

    def _shrunk(self, camera: Camera) -> bool:
        """Whether places have come closer together since the labels were placed."""
        return self.placed.camera is not None and camera.zoom < self.placed.camera.zoom - 0.02

    def _apart(self, numbers: list[int], spots: list[list[float]], camera: Camera) -> list[int]:
        """The labels that still keep clear of those before them."""
        occupancy = Occupancy(camera)
        kept = []
        for number in numbers:
            label, size = self.placed.labels[number], self.placed.sizes[number]
            boxes = footprint(label, size, *spots[number])
            if all(occupancy.is_free(box) for box in boxes):
                for box in boxes:
                    occupancy.take(box)
                kept.append(number)
        return kept
