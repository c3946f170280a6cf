"""A heat layer on the GPU."""

import numpy as np

from maps.geo.mercator import to_grid, to_mercator
from maps.layers.heat_layer import HeatLayer
from maps.render.frame import Frame
from maps.render.heat_program import HeatProgram, HeatSource


class HeatItem:
    """The points of one heat layer."""

    def __init__(self, layer: HeatLayer) -> None:
        self.layer = layer
        self._source = HeatSource()
        placed = np.isfinite(layer.lonlat).all(axis=1)
        weights = None if layer.weights is None else layer.weights[placed]
        self._source.upload(to_grid(to_mercator(layer.lonlat[placed])), weights)

    def draw(self, frame: Frame) -> None:
        frame.programs.get(HeatProgram).draw(self._source, self.layer.scale, frame)

    def delete(self) -> None:
        self._source.delete()
