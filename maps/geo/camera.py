"""What part of the world a view shows."""

import math
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from maps.geo.mercator import (
    HALF_WORLD,
    TILE_PX,
    UNITS_PER_METRE,
    Floats,
    point_to_lonlat,
    point_to_mercator,
)

MIN_ZOOM: Final = 2.0
MAX_ZOOM: Final = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A rectangle in Mercator metres."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of_degrees(cls, west: float, south: float, east: float, north: float) -> Self:
        """The rectangle between two corners in degrees."""
        x0, y0 = point_to_mercator(west, south)
        x1, y1 = point_to_mercator(east, north)
        return cls(west=x0, south=y0, east=x1, north=y1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Centre in Mercator metres, zoom of the 256-pixel tile scheme, size in logical pixels."""

    x: float
    y: float
    zoom: float
    width: int
    height: int
    pixel_ratio: float = 1.0  # device pixels per logical pixel

    @property
    def scale(self) -> float:
        """Logical pixels per Mercator metre."""
        return float(TILE_PX * 2.0**self.zoom / (2.0 * HALF_WORLD))

    @property
    def device_zoom(self) -> float:
        """The zoom at which one tile pixel is one device pixel: what level of detail goes by."""
        return self.zoom + math.log2(self.pixel_ratio)

    @property
    def metres_per_pixel(self) -> float:
        """Ground metres in one logical pixel at the centre."""
        return 1.0 / (self.scale * math.cosh(self.y / (HALF_WORLD / math.pi)))

    @property
    def lonlat(self) -> tuple[float, float]:
        """The centre in degrees."""
        return point_to_lonlat(self.x, self.y)

    @property
    def extent(self) -> Extent:
        """What is seen, in Mercator metres; may run past the antimeridian."""
        half_x, half_y = self.width / 2.0 / self.scale, self.height / 2.0 / self.scale
        return Extent(
            west=self.x - half_x, south=self.y - half_y, east=self.x + half_x, north=self.y + half_y
        )

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Mercator metres -> logical pixels from the top left; the nearest copy of the world."""
        dx = math.remainder(x - self.x, 2.0 * HALF_WORLD)
        return self.width / 2.0 + dx * self.scale, self.height / 2.0 - (y - self.y) * self.scale

    def points_to_screen(self, metres: Floats) -> Floats:
        """(N, 2) Mercator metres -> (N, 2) logical pixels."""
        out = np.empty_like(metres)
        world = 2.0 * HALF_WORLD
        dx = metres[:, 0] - self.x
        out[:, 0] = self.width / 2.0 + (dx - np.rint(dx / world) * world) * self.scale
        out[:, 1] = self.height / 2.0 - (metres[:, 1] - self.y) * self.scale
        return out

    def to_world(self, px: float, py: float) -> tuple[float, float]:
        """Logical pixels -> Mercator metres."""
        return (
            self.x + (px - self.width / 2.0) / self.scale,
            self.y - (py - self.height / 2.0) / self.scale,
        )

    def panned(self, dx: float, dy: float) -> Self:
        """The picture moves by so many pixels right and down."""
        return self.centred(self.x - dx / self.scale, self.y + dy / self.scale)

    def centred(self, x: float, y: float) -> Self:
        """Look at another centre; stays on the map and wraps around the world."""
        x = math.remainder(x, 2.0 * HALF_WORLD)
        return replace(self, x=x, y=min(max(y, -HALF_WORLD), HALF_WORLD))

    def zoomed(self, zoom: float, px: float, py: float) -> Self:
        """Another zoom with the world position under a pixel kept where it is."""
        x, y = self.to_world(px, py)
        other = replace(self, zoom=clamp_zoom(zoom))
        ox, oy = other.to_world(px, py)
        return other.centred(self.x + x - ox, self.y + y - oy)

    def resized(self, width: int, height: int, pixel_ratio: float) -> Self:
        """The same centre and zoom in a view of another size."""
        return replace(self, width=max(width, 1), height=max(height, 1), pixel_ratio=pixel_ratio)

    def fitted(self, extent: Extent, padding: float = 24.0) -> Self:
        """The extent as large as it fits."""
        room_x = max(self.width - 2.0 * padding, 1.0)
        room_y = max(self.height - 2.0 * padding, 1.0)
        wide, high = max(extent.east - extent.west, 1.0), max(extent.north - extent.south, 1.0)
        scale = min(room_x / wide, room_y / high)
        zoom = clamp_zoom(math.log2(scale * 2.0 * HALF_WORLD / TILE_PX))
        middle = ((extent.west + extent.east) / 2.0, (extent.south + extent.north) / 2.0)
        return replace(self, zoom=zoom).centred(*middle)

    def grown(self, margin: float, largest: float = math.inf) -> Self:
        """The same view with a margin on every side, as a fraction of its size.

        :param largest: device pixels; the margin makes no side longer
        """
        room = largest / self.pixel_ratio

        def with_margin(side: int) -> int:
            wanted = 2 * math.ceil(side * margin)
            return side + (wanted if side + wanted <= room else max(int(room - side) // 2 * 2, 0))

        return replace(self, width=with_margin(self.width), height=with_margin(self.height))


def clamp_zoom(zoom: float) -> float:
    """The nearest zoom that a camera can have."""
    return min(max(zoom, MIN_ZOOM), MAX_ZOOM)


def grid_scale(camera: Camera) -> float:
    """Device pixels per grid unit."""
    return camera.scale * camera.pixel_ratio / UNITS_PER_METRE
