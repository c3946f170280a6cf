"""A heat layer on the GPU."""

from operator import is_

import numpy as np

from maps.geo.mercator import is_place, to_grid, to_mercator
from maps.layers.heat_layer import HeatLayer
from maps.render.frame import Frame
from maps.render.heat_program import HeatProgram, HeatSource


class HeatItem:
    """The points of one heat layer."""

    def __init__(self, layer: HeatLayer) -> None:
        self.layer = layer
        self._source = HeatSource()
        self._uploaded: tuple[object, ...] = ()

    def draw(self, frame: Frame) -> None:
        self._upload()
        program, scale = frame.programs.get(HeatProgram), self.layer.scale
        program.draw(self._source, scale, frame, frame.theme.heat)

    def _upload(self) -> None:
        lonlat, weights = given = (self.layer.lonlat, self.layer.weights)
        if len(self._uploaded) and all(map(is_, given, self._uploaded)):
            return
        placed = is_place(lonlat)
        if weights is not None:
            placed &= np.isfinite(weights)  # one NaN among the sums would be a hole in the picture
        shares = None if weights is None else weights[placed]
        self._source.upload(to_grid(to_mercator(lonlat[placed])), shares)
        self._uploaded = given

    def delete(self) -> None:
        self._source.delete()
