"""Columns of things that move."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maps.geo.mercator import Grid


@dataclass(frozen=True, slots=True, eq=False)
class Movers:
    """N objects, each with its newest fix and the one before. Times are seconds since 1970, UTC.

    What has only one fix has the same place and time twice.
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
