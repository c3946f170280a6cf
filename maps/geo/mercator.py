"""Spherical Mercator, EPSG:3857, and its fixed-point form.

Metres: x and y in ±20 037 508.34 m. Grid: the same square as signed 32-bit integers, one unit is
9.3 mm at the equator. Differences of grid coordinates are exact and wrap at the antimeridian.
Source: EPSG guidance note 7-2, method 1024.
"""

import math
from typing import Final

import numpy as np
import numpy.typing as npt

type Floats = npt.NDArray[np.float64]
type Grid = npt.NDArray[np.int32]

RADIUS: Final = 6378137.0
HALF_WORLD: Final = math.pi * RADIUS
MAX_LATITUDE: Final = 85.05112877980659
UNITS_PER_METRE: Final = 2.0**31 / HALF_WORLD
TILE_PX: Final = 256


def is_place(lonlat: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Degrees (..., 2) -> (...) true where something can be: on the globe, not NaN, and not at
    (0, 0), which is what a source says that does not know."""
    degrees = np.asarray(lonlat, dtype=np.float64)
    on_globe = (np.abs(degrees) <= (180.0, 90.0)).all(axis=-1)
    placed: npt.NDArray[np.bool_] = on_globe & (degrees != 0.0).any(axis=-1)
    return placed


def to_mercator(lonlat: npt.ArrayLike) -> Floats:
    """Degrees (..., 2) lon, lat -> metres (..., 2). Latitudes are clamped to ±85.05°."""
    degrees = np.asarray(lonlat, dtype=np.float64)
    out = np.empty_like(degrees)
    out[..., 0] = np.radians(degrees[..., 0]) * RADIUS
    latitude = np.radians(np.clip(degrees[..., 1], -MAX_LATITUDE, MAX_LATITUDE))
    out[..., 1] = np.arcsinh(np.tan(latitude)) * RADIUS
    return out


def to_grid(metres: npt.ArrayLike) -> Grid:
    """Metres (..., 2) -> fixed point (..., 2); wraps in x, clamps in y. NaN is not allowed."""
    points = np.asarray(metres, dtype=np.float64)
    units = np.rint(points * UNITS_PER_METRE).astype(np.int64)
    units[..., 0] = (units[..., 0] + 2**31) % 2**32 - 2**31
    units[..., 1] = np.clip(units[..., 1], -(2**31), 2**31 - 1)
    return units.astype(np.int32)


def from_grid(grid: npt.ArrayLike) -> Floats:
    """Fixed point (..., 2) -> metres (..., 2)."""
    return np.asarray(grid, dtype=np.float64) / UNITS_PER_METRE


def point_to_mercator(lon: float, lat: float) -> tuple[float, float]:
    """One position in degrees -> metres."""
    latitude = math.radians(min(max(lat, -MAX_LATITUDE), MAX_LATITUDE))
    return math.radians(lon) * RADIUS, math.asinh(math.tan(latitude)) * RADIUS


def point_to_lonlat(x: float, y: float) -> tuple[float, float]:
    """One position in metres -> degrees."""
    lon = (math.degrees(x / RADIUS) + 180.0) % 360.0 - 180.0
    return lon, math.degrees(math.atan(math.sinh(y / RADIUS)))


def units_per_pixel(zoom: float) -> float:
    """Grid units in one pixel at a zoom of the usual 256-pixel tile scheme."""
    return float(2.0**32 / (TILE_PX * 2.0**zoom))
