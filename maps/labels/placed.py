"""Labels that found their place in one picture."""

from dataclasses import dataclass, field

from PySide6.QtGui import QImage

from maps.geo.camera import Camera
from maps.geo.mercator import Floats
from maps.labels.label import Label


@dataclass(frozen=True, slots=True, eq=False)
class PlacedLabels:
    """What the canvas paints on top of the picture."""

    labels: tuple[Label, ...] = ()
    sizes: tuple[tuple[float, float], ...] = ()
    sprites: tuple[QImage, ...] = field(default=(), repr=False)
    spots: Floats | None = field(default=None, repr=False)  # (N, 2) Mercator metres
    camera: Camera | None = None  # for which they were placed
