"""Distances and bearings on the sphere, and a flat local frame for short ranges.

Positions are WGS-84 degrees, longitude first; lengths are metres.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the GRS 80 / WGS-84 ellipsoid (IUGG R1)."""

METRES_PER_DEGREE = math.radians(EARTH_RADIUS_M)

type Position = tuple[float, float]


def distance_m(a: Position, b: Position) -> float:
    """Return the great-circle distance (haversine) between two lon/lat positions."""
    lat_a, lat_b = math.radians(a[1]), math.radians(b[1])
    half_lat = math.sin((lat_b - lat_a) / 2)
    half_lon = math.sin(math.radians(b[0] - a[0]) / 2)
    h = half_lat**2 + math.cos(lat_a) * math.cos(lat_b) * half_lon**2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))


def bearing_deg(a: Position, b: Position) -> float:
    """Return the initial bearing from a to b: 0 is north, clockwise, below 360."""
    lat_a, lat_b = math.radians(a[1]), math.radians(b[1])
    turn = math.radians(b[0] - a[0])
    east = math.sin(turn) * math.cos(lat_b)
    north = math.cos(lat_a) * math.sin(lat_b) - math.sin(lat_a) * math.cos(lat_b) * math.cos(turn)
    return math.degrees(math.atan2(east, north)) % 360.0


def cumulative_m(line: Sequence[Position]) -> list[float]:
    """Return the distance along the line from its start to each of its vertices."""
    measures = [0.0]
    for a, b in pairwise(line):
        measures.append(measures[-1] + distance_m(a, b))
    return measures


def metres_per_degree(lat: float) -> tuple[float, float]:
    """Return the metres of one degree of longitude and of latitude at a latitude."""
    return METRES_PER_DEGREE * math.cos(math.radians(lat)), METRES_PER_DEGREE


def offset(start: Position, bearing: float, length_m: float) -> Position:
    """Return the position a short way (some km) from start in a local flat frame."""
    per_lon, per_lat = metres_per_degree(start[1])
    angle = math.radians(bearing)
    return (
        start[0] + math.sin(angle) * length_m / per_lon,
        start[1] + math.cos(angle) * length_m / per_lat,
    )
