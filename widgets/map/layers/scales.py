"""Zooms as the scales that people read: `1:50 000`."""

import math
from typing import Final

from maps.geo.camera import MAX_ZOOM, MIN_ZOOM, Camera

PIXEL_M: Final = 0.00028
"""Size of the standardized rendering pixel, OGC 07-057r7 (WMTS 1.0.0), 6.1."""

STEPS: Final = (
    10_000_000, 5_000_000, 2_000_000, 1_000_000, 500_000, 200_000, 100_000, 50_000, 25_000,
    10_000, 5_000, 2_000, 1_000,
)  # fmt: skip


def scale_number(camera: Camera) -> int:
    """The n of 1:n in the middle of the map, to two figures."""
    return _rounded(camera.metres_per_pixel / PIXEL_M)


def scale_text(number: int) -> str:
    return f"1:{number:,}".replace(",", "\u2009")


def scale_at(zoom: float, camera: Camera) -> int:
    """The n of 1:n at a zoom, at the camera's latitude."""
    factor: float = 2.0 ** (camera.zoom - zoom)
    return _rounded(camera.metres_per_pixel * factor / PIXEL_M)


def zoom_at(number: int, camera: Camera) -> float:
    """The zoom of a scale at the camera's latitude."""
    zoom = camera.zoom + math.log2(camera.metres_per_pixel / (number * PIXEL_M))
    return round(min(max(zoom, MIN_ZOOM), MAX_ZOOM), 2)


def _rounded(number: float) -> int:
    step: int = 10 ** max(len(str(int(number))) - 2, 0)
    return int(round(number / step) * step)
