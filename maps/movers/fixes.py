"""Fixes that are believed, as the table that the GPU gets."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from maps.geo.mercator import HALF_WORLD, UNITS_PER_METRE, Floats
from maps.layers.movers import Movers

FARTHEST_M: Final = 30_000.0  # a longer way between two fixes is a jump
SOONEST_S: Final = 0.05  # a shorter time between two fixes counts as this one
AHEAD_S: Final = 0.5  # a thing runs on for so long when the next fix is late
AHEAD: Final = 0.5  # and at most for this fraction of its way
NO_HEADING: Final = 1e9
FUTURE_S: Final = 2.0  # clocks may differ by as much
_NOWHERE_M: Final = 100.0  # this close to (0, 0) is (0, 0)
_LONG_AGO_S: Final = 1e7

TABLE: Final = np.dtype(
    [
        ("before", "<i4", 2),
        ("newest", "<i4", 2),
        ("at", "<f4"),  # of the newest fix, seconds after Fixes.epoch
        ("before_at", "<f4"),
        ("heading", "<f4"),  # degrees clockwise from north; NO_HEADING: unknown
        ("kind", "u1"),
        ("state", "u1"),
        ("spare", "<u2"),
    ]
)
type Singles = npt.NDArray[np.float32]
type Table = np.ndarray[tuple[int], np.dtype[np.void]]


@dataclass(frozen=True, slots=True)
class MoverCounts:
    """What became of a layer's movers."""

    total: int = 0
    nowhere: int = 0  # at (0, 0): not drawn
    future: int = 0  # newest fix later than now: held at the fix before
    jumped: int = 0  # farther than FARTHEST_M from the fix before: not glided


@dataclass(frozen=True, slots=True, eq=False)
class Fixes:
    """Movers without those that have no place."""

    ids: npt.NDArray[np.uint32]  # (N,)
    rows: npt.NDArray[np.int64]  # (N,) where they stood among the movers
    table: Table  # (N,)
    epoch: float  # seconds since 1970 that the table's times start from
    glide_s: float  # the longest that a way takes on the screen
    counts: MoverCounts

    @classmethod
    def of(cls, movers: Movers, glide_s: float, at: float) -> Self:
        """Sort out what cannot be; ``at`` is now, in seconds since 1970."""
        total, rows = len(movers), np.flatnonzero(~is_nowhere(movers.newest))
        nowhere = total - len(rows)
        if nowhere:
            movers = movers.take(rows)
        jumped = is_far_apart(movers.before, movers.newest) & ~is_nowhere(movers.before)
        epoch = float(np.floor(at))
        still = np.flatnonzero(jumped | is_nowhere(movers.before))
        table = np.empty(len(movers), dtype=TABLE)
        table["before"], table["newest"] = movers.before, movers.newest
        table["before"][still] = movers.newest[still]
        table["at"] = _since(movers.newest_at, epoch)
        table["before_at"] = _since(movers.before_at, epoch)
        table["heading"] = np.nan_to_num(movers.heading, nan=NO_HEADING)
        table["kind"], table["state"] = movers.kinds, movers.states
        future = int(np.count_nonzero(table["at"] > at - epoch + FUTURE_S))
        counts = MoverCounts(total, nowhere, future, int(np.count_nonzero(jumped)))
        return cls(movers.ids, rows, table, epoch, glide_s, counts)

    def spots(self, at: float) -> Floats:
        """(N, 2) where they are at this time, on the grid; just as mover.vert has it."""
        table, (glide, most) = self.table, self._ways()
        part = np.clip((at - self.epoch - table["at"]) / glide, 0.0, most)
        way = (table["newest"] - table["before"]).astype(np.float64)
        spots: Floats = table["before"] + way * part[:, None].astype(np.float64)
        return spots

    def ends(self) -> Floats:
        """(N,) when each stands still, in seconds since 1970; the past for those that never move."""
        table, (glide, most) = self.table, self._ways()
        moves = (table["newest"] != table["before"]).any(axis=1)
        at = table["at"].astype(np.float64)  # a float32 cannot hold seconds since 1970
        ends = self.epoch + at + glide.astype(np.float64) * most
        return np.where(moves, ends, -np.inf)

    def old_at(self, stale_s: float | None, at: float) -> Floats:
        """(N,) when each becomes old, in seconds since 1970; what has its newest fix in the future
        is as old as the one before. Just as mover.vert has it."""
        table = self.table
        since = np.where(table["at"] > at - self.epoch, table["before_at"], table["at"])
        return self.epoch + since.astype(np.float64) + (np.inf if stale_s is None else stale_s)

    def _ways(self) -> tuple[Singles, Singles]:
        """(N,) seconds that each way takes; (N,) the fraction at which it ends, above 1."""
        step = np.maximum(self.table["at"] - self.table["before_at"], np.float32(SOONEST_S))
        return np.minimum(step, np.float32(self.glide_s)), 1.0 + np.minimum(AHEAD_S / step, AHEAD)


def metres_between(a: npt.NDArray[np.int32], b: npt.NDArray[np.int32]) -> Floats:
    """(N,) ground metres between places on the grid; good enough for short ways."""
    way = (b - a).astype(np.float64) / UNITS_PER_METRE
    y = b[:, 1] / UNITS_PER_METRE * (np.pi / HALF_WORLD)
    metres: Floats = np.hypot(way[:, 0], way[:, 1]) / np.cosh(y)
    return metres


def is_far_apart(a: npt.NDArray[np.int32], b: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """(N,) farther than FARTHEST_M. Ground metres are never more than those of the grid."""
    far: npt.NDArray[np.bool_] = ~_within(b - a, FARTHEST_M / 1.5)
    rows = np.flatnonzero(far)
    far[rows] = metres_between(a[rows], b[rows]) > FARTHEST_M
    return far


def is_nowhere(grid: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    return _within(grid, _NOWHERE_M)


def _within(grid: npt.NDArray[np.int32], metres: float) -> npt.NDArray[np.bool_]:
    """(N,) both components are less than so many metres of the grid."""
    units = int(metres * UNITS_PER_METRE)
    x, y = grid[:, 0], grid[:, 1]
    within: npt.NDArray[np.bool_] = (x > -units) & (x < units) & (y > -units) & (y < units)
    return within


def _since(times: Floats, epoch: float) -> npt.NDArray[np.float32]:
    seconds = np.nan_to_num(times - epoch, nan=-_LONG_AGO_S)
    return np.clip(seconds, -_LONG_AGO_S, _LONG_AGO_S).astype(np.float32)
