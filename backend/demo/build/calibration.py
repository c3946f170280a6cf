"""Demo stakes: measured along the down carriageway and carried over to the other one."""

import math
from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
import shapely

from app.domain.geodesy import Position, cumulative_m, metres_per_degree
from app.domain.route import CalibrationPoint

type Line = tuple[Position, ...]

SPACING_M = 1000.0
SAME_SCALE = 0.1
END_M = 1.0
"""A stretch whose stakes and length differ by more than this share is not calibrated by it."""


class Reference:
    """The down carriageway as one line: gaps between its pieces count as straight road."""

    def __init__(self, pieces: Sequence[Line], start_m: float) -> None:
        line = tuple(position for piece in pieces for position in piece)
        self._scale = np.array(metres_per_degree(line[0][1]))
        flat = np.asarray(line) * self._scale
        self._line = shapely.LineString(flat)
        self._flat_m = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(flat, axis=0).T))))
        self._stakes_m = np.asarray(cumulative_m(line)) + start_m

    def stake_m(self, at: Position) -> float:
        """Return the stake of the reference's place nearest to a position."""
        along = self._line.project(shapely.Point(np.asarray(at) * self._scale))
        return float(np.interp(along, self._flat_m, self._stakes_m))


def calibrate(line: Line, reference: Reference, growing: bool) -> tuple[CalibrationPoint, ...]:
    """Return calibration points at both ends and about each kilometre between.

    Points whose stakes run the wrong way or at another scale than the road are left out;
    the ends are then carried on at the road's own length.
    """
    measures = cumulative_m(line)
    count = max(1, round(measures[-1] / SPACING_M))
    wanted = [measures[-1] * i / count for i in range(count + 1)]
    sign = 1 if growing else -1
    found = [(m, reference.stake_m(_at(line, measures, m))) for m in wanted]
    kept = _longest_true(found, sign)
    if len(kept) < 2:
        return ()
    first, last = kept[0], kept[-1]
    ends = [(0.0, first[1] - sign * first[0])] if first[0] > END_M else []
    tail = measures[-1] - last[0]
    ends_after = [(measures[-1], last[1] + sign * tail)] if tail > END_M else []
    return tuple(_point(line, measures, m, s) for m, s in [*ends, *kept, *ends_after])


def _longest_true(found: list[tuple[float, float]], sign: int) -> list[tuple[float, float]]:
    """Return the most points that agree with each other on direction and scale."""
    best: list[list[tuple[float, float]]] = []
    for m, s in found:
        before = [
            chain
            for chain in best
            if math.isclose((s - chain[-1][1]) * sign, m - chain[-1][0], rel_tol=SAME_SCALE)
        ]
        best.append([*max(before, key=len, default=[]), (m, s)])
    return max(best, key=len)


def _at(line: Line, measures: list[float], at: float) -> Position:
    i = min(max(bisect_right(measures, at), 1), len(line) - 1)
    (ax, ay), (bx, by) = line[i - 1], line[i]
    t = (at - measures[i - 1]) / ((measures[i] - measures[i - 1]) or 1.0)
    return ax + t * (bx - ax), ay + t * (by - ay)


def _point(line: Line, measures: list[float], at: float, stake_m: float) -> CalibrationPoint:
    lon, lat = _at(line, measures, at)
    return CalibrationPoint(
        stake_m=round(stake_m, 1),
        geom_measure_m=round(at, 1),
        lon=round(lon, 6),
        lat=round(lat, 6),
    )
