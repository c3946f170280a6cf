"""Names of places: towns, junctions, airports, ports, waters."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maps.labels.label import LabelStyle
from maps.layers.layer import Layer


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LabelLayer(Layer):
    """N texts at places."""

    texts: tuple[str, ...]
    styles: tuple[LabelStyle, ...]
    lonlat: npt.NDArray[np.float64]  # (N, 2) degrees, WGS-84
    priorities: npt.NDArray[np.float64]  # (N,) the lowest is placed first; a road's are 40 and up
    text_zooms: npt.NDArray[np.float64]  # (N, 2) first and last zoom at which a text shows
    shifts: tuple[float, ...] = ()  # N logical pixels below the place, or none at all
