"""Where moving things have been."""

from typing import Final

import numpy as np
import numpy.typing as npt

from maps.geo.mercator import Grid
from maps.layers.movers import Movers
from maps.movers.fixes import is_far_apart, is_nowhere

POINTS: Final = 12  # kept of each thing

TRAIL: Final = np.dtype(
    [
        ("start", "<i4", 2),
        ("end", "<i4", 2),
        ("glide_at", "<f8"),  # when its thing sets out from start to end
        ("glide", "<f8"),  # seconds until it is there
        ("start_at", "<f8"),
        ("end_at", "<f8"),
        ("kind", "u1"),
    ]
)
"""One straight piece of a trail; times are seconds since 1970."""

type Trail = np.ndarray[tuple[int], np.dtype[np.void]]
type Rows = npt.NDArray[np.int64]


class History:
    """Former fixes of the things given last, spread over the length of a trail."""

    def __init__(self, seconds: float) -> None:
        self._spacing = seconds / POINTS
        self.movers: Movers | None = None  # the last ones, by id
        self._spots = np.empty((0, POINTS, 2), dtype=np.int32)  # newest first
        self._times = np.empty((0, POINTS))  # NaN: no fix

    def add(self, movers: Movers) -> None:
        """Take the next fixes; what is no longer among them is forgotten."""
        movers = movers.take(np.argsort(movers.ids, kind="stable"))
        spots = np.zeros((len(movers), POINTS, 2), dtype=np.int32)
        times = np.full((len(movers), POINTS), np.nan)
        if self.movers is not None and len(self.movers):
            rows = np.minimum(np.searchsorted(self.movers.ids, movers.ids), len(self.movers) - 1)
            known = self.movers.ids[rows] == movers.ids
            known &= movers.before_at < movers.newest_at  # what has one fix has come anew
            spots[known], times[known] = self._spots[rows[known]], self._times[rows[known]]
        self.movers, self._spots, self._times = movers, spots, times
        self._push(movers)

    def trails(self, rows: Rows, glide_s: float) -> Trail:
        """The pieces of these rows of ``movers``, oldest first, up to where each thing is now."""
        assert self.movers is not None
        movers, spots, times = self.movers.take(rows), self._spots[rows], self._times[rows]
        pieces = [
            _pieces(movers.kinds, spots[:, i + 1], spots[:, i], times[:, i + 1], times[:, i])
            for i in reversed(range(POINTS - 1))
        ]
        pieces.append(
            _pieces(movers.kinds, spots[:, 0], movers.before, times[:, 0], movers.before_at)
        )
        last = _pieces(
            movers.kinds, movers.before, movers.newest, movers.before_at, movers.newest_at
        )
        last["glide_at"] = last["end_at"]
        last["glide"] = np.clip(last["end_at"] - last["start_at"], 0.05, glide_s)
        return np.concatenate([*pieces, last])

    def _push(self, movers: Movers) -> None:
        """Keep the fix before the newest, where the last one kept is old enough."""
        with np.errstate(invalid="ignore"):
            due = ~(movers.before_at - self._times[:, 0] < self._spacing)
        due &= ~is_nowhere(movers.before) & np.isfinite(movers.before_at)
        broken = is_far_apart(self._spots[:, 0], movers.before)
        self._times[broken] = np.nan
        self._spots[due, 1:], self._times[due, 1:] = self._spots[due, :-1], self._times[due, :-1]
        self._spots[due, 0], self._times[due, 0] = movers.before[due], movers.before_at[due]


def _pieces(
    kinds: npt.NDArray[np.uint8],
    start: Grid,
    end: Grid,
    start_at: npt.NDArray[np.float64],
    end_at: npt.NDArray[np.float64],
) -> Trail:
    """Those that have two ends, not too far from one another."""
    real = np.isfinite(start_at) & np.isfinite(end_at) & (start != end).any(axis=1)
    real &= ~is_nowhere(start) & ~is_nowhere(end) & ~is_far_apart(start, end)
    table = np.zeros(int(np.count_nonzero(real)), dtype=TRAIL)
    table["start"], table["end"], table["kind"] = start[real], end[real], kinds[real]
    table["start_at"], table["end_at"] = start_at[real], end_at[real]
    table["glide"] = 1.0
    return table
