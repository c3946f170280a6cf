"""WGS-84, CGCS2000, GCJ-02 and BD-09.

CGCS2000 (EPSG:4490) differs from WGS-84 by decimetres at most and is treated as equal. GCJ-02 and
BD-09 follow the widely used reverse-engineered formula; its accuracy against the official transform
is about a metre and not known exactly. Nothing is shifted outside China.
"""

from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

type Floats = npt.NDArray[np.float64]

_A: Final = 6378245.0
_EE: Final = 0.00669342162296594323
_BD: Final = np.pi * 3000.0 / 180.0
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271


class Datum(StrEnum):
    """What a pair of degrees refers to."""

    WGS84 = "WGS-84"
    CGCS2000 = "CGCS2000"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"


def to_wgs84(lonlat: npt.ArrayLike, datum: Datum) -> Floats:
    """Degrees (..., 2) lon, lat of a datum -> WGS-84."""
    points = np.array(lonlat, dtype=np.float64)
    if datum in (Datum.WGS84, Datum.CGCS2000):
        return points
    return _inverse(points, datum)


def from_wgs84(lonlat: npt.ArrayLike, datum: Datum) -> Floats:
    """Degrees (..., 2) lon, lat of WGS-84 -> another datum."""
    points = np.array(lonlat, dtype=np.float64)
    if datum in (Datum.WGS84, Datum.CGCS2000):
        return points
    inside = in_china(points)
    gcj = _gcj(points)
    shifted = gcj if datum is Datum.GCJ02 else _bd(gcj)
    return np.where(inside[..., None], shifted, points)


def in_china(lonlat: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Whether the shifted datums apply there, by the usual box."""
    points = np.asarray(lonlat, dtype=np.float64)
    lon, lat = points[..., 0], points[..., 1]
    inside: npt.NDArray[np.bool_] = (
        (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    )
    return inside


def _inverse(target: Floats, datum: Datum) -> Floats:
    """Iterate x <- x + target - f(x) until it moves less than 1e-10 degrees."""
    guess = target.copy()
    for _ in range(20):
        step = target - from_wgs84(guess, datum)
        guess += step
        if not np.any(np.abs(step) > 1e-10):
            break
    # A point outside China is its own inverse, also where the box's edge makes f jump.
    return np.where(in_china(guess)[..., None], guess, target)


def _gcj(points: Floats) -> Floats:
    lon, lat = points[..., 0], points[..., 1]
    x, y = lon - 105.0, lat - 35.0
    d_lat = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    d_lat += _wave(x, 20.0, 6.0) + _wave(x, 20.0, 2.0) + _wave(y, 20.0, 1.0)
    d_lat += _wave(y, 40.0, 1.0 / 3.0) + _wave(y, 160.0, 1.0 / 12.0) + _wave(y, 320.0, 1.0 / 30.0)
    d_lon = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    d_lon += _wave(x, 20.0, 6.0) + _wave(x, 20.0, 2.0) + _wave(x, 20.0, 1.0)
    d_lon += _wave(x, 40.0, 1.0 / 3.0) + _wave(x, 150.0, 1.0 / 12.0) + _wave(x, 300.0, 1.0 / 30.0)
    radians = np.radians(lat)
    m = 1.0 - _EE * np.sin(radians) ** 2
    north = d_lat * 180.0 / (_A * (1.0 - _EE) / (m * np.sqrt(m)) * np.pi)
    east = d_lon * 180.0 / (_A / np.sqrt(m) * np.cos(radians) * np.pi)
    return points + np.stack((east, north), axis=-1)


def _wave(value: Floats, amplitude: float, frequency: float) -> Floats:
    wave: Floats = amplitude * np.sin(value * frequency * np.pi) * (2.0 / 3.0)
    return wave


def _bd(points: Floats) -> Floats:
    lon, lat = points[..., 0], points[..., 1]
    z = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD)
    theta = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD)
    return np.stack((z * np.cos(theta) + 0.0065, z * np.sin(theta) + 0.006), axis=-1)
