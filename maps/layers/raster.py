"""A picture with a place on the ground."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from maps.geo.camera import Extent
from maps.geo.mercator import HALF_WORLD

type Ramp = Sequence[tuple[float, int, float]]
"""(value, 0xRRGGBB, opacity 0 to 1), values rising: colours between two are mixed."""

LARGEST_PX: Final = 8192
"""No side is longer: what is larger loses rows and columns."""


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Pixels over a rectangle of the Mercator plane, north at the top. Prepared in a worker.

    :raises ValueError: there are no pixels, or their rectangle is none
    """

    pixels: npt.NDArray[np.uint8]  # (H, W, 4) red, green, blue, alpha; premultiplied
    extent: Extent

    def __post_init__(self) -> None:
        sides = (self.extent.west, self.extent.south, self.extent.east, self.extent.north)
        if not self.pixels.size or not (np.abs(sides) < HALF_WORLD + 1.0).all():
            raise ValueError("a picture must have pixels and a place")

    @classmethod
    def of_rgba(cls, rgba: npt.NDArray[np.uint8], extent: Extent) -> Self:
        """:param rgba: (H, W, 4), alpha not multiplied in: what a PNG has"""
        small = _thinned(rgba).copy()
        alpha = small[:, :, 3:].astype(np.uint16)
        small[:, :, :3] = (small[:, :, :3] * alpha + 127) // 255
        return cls(small, extent)

    @classmethod
    def of_values(cls, values: npt.NDArray[np.floating], ramp: Ramp, extent: Extent) -> Self:
        """:param values: (H, W); NaN is clear, and so is what lies below the ramp"""
        steps, colours, opacities = zip(*ramp, strict=True)
        small = _thinned(values)
        known = np.nan_to_num(small, nan=steps[0])
        parts = [[colour >> shift & 255 for colour in colours] for shift in (16, 8, 0)]
        parts.append([round(255 * opacity) for opacity in opacities])
        mixed = [np.interp(known, steps, part) for part in parts]
        rgba = np.stack(mixed, axis=-1).astype(np.uint8)
        rgba[np.isnan(small) | (known < steps[0])] = 0
        return cls.of_rgba(rgba, extent)


def _thinned(grid: npt.NDArray[Any]) -> npt.NDArray[Any]:
    step = max(-(-max(grid.shape[:2]) // LARGEST_PX), 1)
    return grid[::step, ::step]
