"""Linear referencing 线性参照: from route and stake to a point and back.

A stake is found between its two neighbouring calibration points by distance along the
line, never from the start of the route (handbook 3.1).
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.domain.geodesy import Position, cumulative_m, metres_per_degree
from app.domain.route import CalibrationPoint, Carriage, Route

SAME_PLACE_M = 0.01
"""Two hits closer than this along one piece are one place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    lon: float
    lat: float
    branch: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfRange:
    """The stake lies before or beyond this carriageway's stakes (metres; None: it has none)."""

    first_m: float | None
    last_m: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InGap:
    """The stake does not exist: the nearest ones that do (metres)."""

    before_m: float
    after_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """Several places carry the stake; their branch or label tells them apart."""

    candidates: tuple[Located, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The nearest place of one carriageway to a point."""

    route: Route
    carriage: str
    stake_m: float
    distance_m: float
    branch: str = ""
    label: str = ""


type Placement = Located | OutOfRange | InGap | Ambiguous


def locate(
    route: Route, stake_m: float, carriage: str, branch: str | None = None, label: str = ""
) -> Placement:
    """Find a stake on a carriageway (`up` or `down`).

    Without a branch the main line goes first and other branches answer where it has no
    such stake. A label chooses between the equal stakes of a long chain.
    """
    pieces = [c for c in route.carriages if c.direction == carriage and c.branch == (branch or "")]
    if branch is None and not any(_spans(piece, stake_m) for piece in pieces):
        pieces = [c for c in route.carriages if c.direction == carriage]
    hits = [hit for piece in pieces for hit in _hits(piece, stake_m)]
    if label:
        hits = [hit for hit in hits if hit.label == label]
    if not hits:
        return _absent(pieces, stake_m)
    return hits[0] if len(hits) == 1 else Ambiguous(candidates=tuple(hits))


def _stretches(piece: Carriage) -> Iterator[tuple[CalibrationPoint, CalibrationPoint]]:
    """Neighbouring calibration points with road between them; chain breaks have none."""
    return (
        (a, b) for a, b in pairwise(piece.calibration) if b.geom_measure_m - a.geom_measure_m > 0
    )


def _spans(piece: Carriage, stake_m: float) -> bool:
    return any(_between(a, stake_m, b) for a, b in _stretches(piece))


def _between(a: CalibrationPoint, stake_m: float, b: CalibrationPoint) -> bool:
    return min(a.stake_m, b.stake_m) <= stake_m <= max(a.stake_m, b.stake_m)


def _hits(piece: Carriage, stake_m: float) -> list[Located]:
    spanning = [(a, b) for a, b in _stretches(piece) if _between(a, stake_m, b)]
    measures = cumulative_m(piece.line) if spanning else []
    hits: list[Located] = []
    last = float("-inf")
    for a, b in spanning:
        at = _interpolate(stake_m, a.stake_m, b.stake_m, a.geom_measure_m, b.geom_measure_m)
        if at - last > SAME_PLACE_M:
            lon, lat = _point_at(piece.line, measures, at)
            hits.append(Located(lon=lon, lat=lat, branch=piece.branch, label=a.label))
        last = at
    return hits


def _interpolate(x: float, x0: float, x1: float, y0: float, y1: float) -> float:
    return y0 if x1 == x0 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def _point_at(line: tuple[Position, ...], measures: list[float], at: float) -> Position:
    i = min(max(bisect.bisect_right(measures, at), 1), len(line) - 1)
    at = min(max(at, measures[i - 1]), measures[i])
    a, b = line[i - 1], line[i]
    return (
        _interpolate(at, measures[i - 1], measures[i], a[0], b[0]),
        _interpolate(at, measures[i - 1], measures[i], a[1], b[1]),
    )


def _absent(pieces: Iterable[Carriage], stake_m: float) -> OutOfRange | InGap:
    stakes = sorted(p.stake_m for piece in pieces for p in piece.calibration)
    if not stakes or not stakes[0] <= stake_m <= stakes[-1]:
        return OutOfRange(
            first_m=stakes[0] if stakes else None, last_m=stakes[-1] if stakes else None
        )
    i = bisect.bisect_left(stakes, stake_m)
    return InGap(before_m=stakes[max(i - 1, 0)], after_m=stakes[i])


CHUNK = 16
"""Line segments that share one box of the index."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    west: float
    south: float
    east: float
    north: float
    owner: tuple[Route, Carriage]
    points: tuple[Position, ...]
    measures: tuple[float, ...]


class StakeIndex:
    """Answers "which stake is here?" for a set of routes. Build it once per set.

    Immutable and free of locks: any thread may ask.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self._chunks = tuple(
            chunk
            for route in routes
            for piece in route.carriages
            for chunk in _chunks(route, piece)
        )

    def measure(self, lon: float, lat: float, max_m: float) -> tuple[Measured, ...]:
        """Return the nearest place of each carriageway within max_m metres, nearest first."""
        per_lon, per_lat = metres_per_degree(lat)
        reach_lon, reach_lat = max_m / per_lon, max_m / per_lat
        west, east = lon - reach_lon, lon + reach_lon
        south, north = lat - reach_lat, lat + reach_lat
        best: dict[tuple[str, str], tuple[float, float, _Chunk]] = {}
        for chunk in self._chunks:
            if chunk.west > east or chunk.east < west or chunk.south > north or chunk.north < south:
                continue
            route, piece = chunk.owner
            distance, at = _nearest(chunk, (lon, lat), (per_lon, per_lat))
            key = (route.id, piece.direction)
            if distance <= max_m and (key not in best or distance < best[key][0]):
                best[key] = (distance, at, chunk)
        return tuple(_measured(*found) for found in sorted(best.values(), key=lambda f: f[0]))


def _chunks(route: Route, piece: Carriage) -> Iterator[_Chunk]:
    measures = cumulative_m(piece.line)
    for first in range(0, len(piece.line) - 1, CHUNK):
        points = piece.line[first : first + CHUNK + 1]
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        yield _Chunk(
            min(lons),
            min(lats),
            max(lons),
            max(lats),
            (route, piece),
            points,
            tuple(measures[first : first + CHUNK + 1]),
        )


def _nearest(chunk: _Chunk, point: Position, scale: tuple[float, float]) -> tuple[float, float]:
    """Return (distance, measure along the line) of the chunk's place nearest to the point."""
    per_lon, per_lat = scale
    flat = [((lon - point[0]) * per_lon, (lat - point[1]) * per_lat) for lon, lat in chunk.points]
    best, at = float("inf"), 0.0
    for i, ((ax, ay), (bx, by)) in enumerate(pairwise(flat)):
        dx, dy = bx - ax, by - ay
        length2 = dx * dx + dy * dy
        t = min(1.0, max(0.0, -(ax * dx + ay * dy) / length2)) if length2 else 0.0
        x, y = ax + t * dx, ay + t * dy
        distance2 = x * x + y * y
        if distance2 < best:
            best = distance2
            at = chunk.measures[i] + t * (chunk.measures[i + 1] - chunk.measures[i])
    return best**0.5, at


def _measured(distance: float, at: float, chunk: _Chunk) -> Measured:
    route, piece = chunk.owner
    stretches = list(_stretches(piece))
    i = bisect.bisect_right([a.geom_measure_m for a, _ in stretches], at) - 1
    a, b = stretches[max(i, 0)]
    return Measured(
        route=route,
        carriage=piece.direction,
        stake_m=_interpolate(
            min(max(at, a.geom_measure_m), b.geom_measure_m),
            a.geom_measure_m,
            b.geom_measure_m,
            a.stake_m,
            b.stake_m,
        ),
        distance_m=distance,
        branch=piece.branch,
        label=a.label,
    )
