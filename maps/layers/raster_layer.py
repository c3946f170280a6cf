"""A picture on the map: weather radar, a scanned plan, a value grid."""

from dataclasses import dataclass

from maps.layers.layer import Layer
from maps.layers.raster import Ramp, Raster


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RasterLayer(Layer):
    """One raster, drawn in its place among the layers."""

    raster: Raster
    smooth: bool = True  # mix neighbours when it is enlarged; False keeps the cells apart
    ramp: Ramp = ()  # what the colours mean, for the legend; empty for pictures
    unit: str = ""  # of the ramp's values
