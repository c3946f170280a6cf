"""What goes into the render thread and what comes out."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtGui import QImage

from maps.geo.camera import Camera
from maps.labels.place import Box
from maps.labels.placed import PlacedLabels
from maps.layers.layer import Layer
from maps.movers.fixes import MoverCounts
from maps.render.context import Missing
from maps.theme import MapTheme


@dataclass(frozen=True, slots=True)
class Followed:
    """What the camera goes with."""

    layer: str
    id: int


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """Draw these layers, the lowest first, as this camera sees them."""

    camera: Camera
    layers: tuple[Layer, ...]
    theme: MapTheme
    obstacles: tuple[Box, ...] = ()  # what stands on the map, in logical pixels: no text there
    followed: Followed | None = None  # has a ring
    at: float = field(default=0.0, compare=False)  # where things that move are; s since 1970, UTC


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture; its camera sees a margin around what was asked for."""

    image: QImage = field(repr=False)
    camera: Camera
    request: RenderRequest
    due: float = math.inf  # when things will have moved; seconds since 1970, UTC
    counts: Mapping[str, MoverCounts] = field(default_factory=dict)  # by layer id


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there will be no more pictures."""

    missing: Missing
    detail: str


@dataclass(frozen=True, slots=True)
class Finished:
    """What the render thread has new; parts that did not change are None."""

    picture: Picture | None = None
    labels: PlacedLabels | None = None
    failure: Failure | None = None
