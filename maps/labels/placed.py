"""Labels that found their place in one picture."""

from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from maps.geo.camera import Camera
from maps.geo.mercator import Floats
from maps.labels.label import Label

type Keys = frozenset[tuple[str, int]]

NEAR_PX: Final = 6.0
"""This close to what stands on the map a label begins to fade."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacedLabels:
    """What the canvas paints on top of the picture, the most important first."""

    labels: tuple[Label, ...] = ()
    sprites: tuple[QImage, ...] = field(default=(), repr=False)
    spots: Floats = field(default_factory=lambda: np.empty((0, 2)), repr=False)  # Mercator metres
    boxes: Floats = field(default_factory=lambda: np.empty((0, 4)), repr=False)
    """(N, 4) the box around each label, in logical pixels from its spot."""
    apart_from: Floats = field(default_factory=lambda: np.empty(0), repr=False)
    """(N,) the zoom below which a label would touch a more important one."""
    opacity: Floats = field(default_factory=lambda: np.empty(0), repr=False)  # (N,) of its layer
    camera: Camera | None = None  # for which they were placed

    @property
    def keys(self) -> Keys:
        """Which they are."""
        return frozenset(label.key for label in self.labels)

    def chosen(self, rows: npt.NDArray[np.int64]) -> Self:
        """Some of them."""
        numbers = rows.tolist()
        return type(self)(
            tuple(self.labels[row] for row in numbers),
            tuple(self.sprites[row] for row in numbers),
            self.spots[rows],
            self.boxes[rows],
            self.apart_from[rows],
            self.opacity[rows],
            self.camera,
        )
