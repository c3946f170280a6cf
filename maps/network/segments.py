"""Road segments as columns: what a network file is packed from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """L road links with V vertices in all. The row number is the link's id for ever after.

    A link may be empty, of zero length or hold NaN: it keeps its row and is not drawn.
    """

    coords: npt.NDArray[np.float64]  # (V, 2) lon, lat in WGS-84 degrees
    offsets: npt.NDArray[np.int64]  # (L + 1,) link i has the vertices offsets[i]:offsets[i + 1]
    classes: npt.NDArray[np.uint8]  # (L,) RoadClass
    flags: npt.NDArray[np.uint8]  # (L,) RoadFlag bits
    names: Sequence[str]  # L road names, "" for none
    refs: Sequence[str]  # L route numbers as tagged ("G2", "S11;S50"), "" for none
    way_ids: npt.NDArray[np.int64]  # (L,) id in the source, 0 for none

    def __post_init__(self) -> None:
        count = len(self.offsets) - 1
        if self.coords.ndim != 2 or self.coords.shape[1] != 2:
            raise ValueError("coords must have the shape (V, 2)")
        if count < 0 or self.offsets[0] != 0 or self.offsets[-1] != len(self.coords):
            raise ValueError("offsets must start at 0 and end at the number of vertices")
        if np.any(np.diff(self.offsets) < 0):
            raise ValueError("offsets must not decrease")
        for column in ("classes", "flags", "names", "refs", "way_ids"):
            if len(getattr(self, column)) != count:
                raise ValueError(f"{column} must have {count} rows")

    def __len__(self) -> int:
        return len(self.offsets) - 1
