"""Datums of Chinese maps, one point at a time: WGS-84, CGCS2000, GCJ-02 and BD-09.

CGCS2000 (EPSG:4490) differs from WGS-84 by decimetres at most and is treated as equal. GCJ-02 and
BD-09 follow the widely used reverse-engineered formula (handbook 4.9); its accuracy against the
official transform is about a metre and not known exactly. Nothing is shifted outside China.
"""

from enum import StrEnum
from math import atan2, cos, hypot, pi, radians, sin, sqrt
from typing import Final

_A: Final = 6378245.0
_EE: Final = 0.00669342162296594323
_BD: Final = pi * 3000.0 / 180.0


class Datum(StrEnum):
    """What a pair of degrees refers to."""

    WGS84 = "WGS-84"
    CGCS2000 = "CGCS2000"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"


def from_wgs84(lon: float, lat: float, datum: Datum) -> tuple[float, float]:
    """Degrees WGS-84 to degrees of a datum."""
    if datum in (Datum.WGS84, Datum.CGCS2000) or not _in_china(lon, lat):
        return lon, lat
    gcj = _gcj(lon, lat)
    return gcj if datum is Datum.GCJ02 else _bd(*gcj)


def to_wgs84(lon: float, lat: float, datum: Datum) -> tuple[float, float]:
    """Degrees of a datum to degrees WGS-84, by iteration to 1e-10 degrees."""
    x, y = lon, lat
    for _ in range(20):
        shifted_lon, shifted_lat = from_wgs84(x, y, datum)
        dx, dy = lon - shifted_lon, lat - shifted_lat
        x, y = x + dx, y + dy
        if max(abs(dx), abs(dy)) < 1e-10:
            break
    # a point outside China is its own inverse, also where the box's edge makes the shift jump
    return (x, y) if _in_china(x, y) else (lon, lat)


def _in_china(lon: float, lat: float) -> bool:
    return 72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271


def _gcj(lon: float, lat: float) -> tuple[float, float]:
    x, y = lon - 105.0, lat - 35.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    north += _wave(x, 20, 6) + _wave(x, 20, 2) + _wave(y, 20, 1) + _wave(y, 40, 1 / 3)
    north += _wave(y, 160, 1 / 12) + _wave(y, 320, 1 / 30)
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east += _wave(x, 20, 6) + _wave(x, 20, 2) + _wave(x, 20, 1) + _wave(x, 40, 1 / 3)
    east += _wave(x, 150, 1 / 12) + _wave(x, 300, 1 / 30)
    phi = radians(lat)
    m = 1.0 - _EE * sin(phi) ** 2
    return (
        lon + east * 180.0 / (_A / sqrt(m) * cos(phi) * pi),
        lat + north * 180.0 / (_A * (1.0 - _EE) / (m * sqrt(m)) * pi),
    )


def _wave(value: float, amplitude: float, frequency: float) -> float:
    return amplitude * sin(value * frequency * pi) * 2.0 / 3.0


def _bd(lon: float, lat: float) -> tuple[float, float]:
    z = hypot(lon, lat) + 0.00002 * sin(lat * _BD)
    theta = atan2(lat, lon) + 0.000003 * cos(lon * _BD)
    return z * cos(theta) + 0.0065, z * sin(theta) + 0.006
