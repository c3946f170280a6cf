"""Columns of things that move."""

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from maps.geo.mercator import Floats, Grid, is_place, to_grid, to_mercator


@dataclass(frozen=True, slots=True, eq=False)
class Movers:
    """N objects, each with its newest fix and the one before. Times are seconds since 1970, UTC.

    What has only one fix has the same place and time twice. (0, 0) is no place.
    """

    ids: npt.NDArray[np.uint32]  # (N,)
    kinds: npt.NDArray[np.uint8]  # (N,) index into MoverLayer.kinds
    states: npt.NDArray[np.uint8]  # (N,) index into MoverLayer.states
    before: Grid  # (N, 2) int32, the fix before
    newest: Grid  # (N, 2) int32
    before_at: npt.NDArray[np.float64]  # (N,)
    newest_at: npt.NDArray[np.float64]  # (N,)
    heading: npt.NDArray[np.float32]  # (N,) degrees clockwise from north; NaN: unknown

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: npt.NDArray[Any]) -> Self:
        """The same columns with these rows only."""
        return type(self)(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def row_of(self, mover_id: int) -> int | None:
        """The row with this id."""
        rows = np.flatnonzero(self.ids == mover_id)
        return int(rows[0]) if len(rows) else None


def grid_of(lonlat: Floats) -> Grid:
    """(N, 2) degrees WGS-84 -> (N, 2) grid; what is no place becomes (0, 0)."""
    known = is_place(lonlat)
    return to_grid(to_mercator(np.where(known[:, None], lonlat, 0.0)))
