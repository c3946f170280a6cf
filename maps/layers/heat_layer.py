"""Where there is much of something: incidents of a year, complaints, vehicles."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from maps.layers.heat import HeatScale
from maps.layers.layer import Layer

_SCALE: Final = HeatScale()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HeatLayer(Layer):
    """N weighted points, drawn as their density in the theme's ramp."""

    lonlat: npt.NDArray[np.float64]  # (N, 2) degrees, WGS-84; NaN: nowhere, not counted
    weights: npt.NDArray[np.float32] | None = None  # (N,) 1 each when None
    scale: HeatScale = _SCALE
