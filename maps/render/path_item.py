"""A path layer on the GPU."""

import numpy as np

from maps.layers.path_layer import PathLayer
from maps.render.colour import rgba
from maps.render.frame import Frame
from maps.render.line_program import LineProgram, LineSource, Pass, style_table

_CASING_PX = 1.5  # on each side


class PathItem:
    """Lines of one style with a casing."""

    def __init__(self, layer: PathLayer) -> None:
        self.layer = layer
        self._source = LineSource()
        rows = layer.segments()
        self._count = len(rows)
        self._source.segments.upload(rows)
        self._source.codes.upload(np.zeros(len(layer.lines) + 1, dtype=np.uint8))

    def draw(self, frame: Frame) -> None:
        ratio, layer = frame.camera.pixel_ratio, self.layer
        colour = rgba(getattr(frame.theme, layer.colour))
        style = style_table(
            [colour], [layer.width * ratio], [layer.dash * ratio], [_CASING_PX * ratio]
        )
        self._source.styles.upload(style)
        passes = [Pass(0, self._count)]
        if layer.casing:
            edge = Pass(0, self._count, rgba(frame.theme.casing))
            passes.insert(0, edge)
        frame.programs.get(LineProgram).draw(self._source, frame.camera, passes)

    def delete(self) -> None:
        self._source.delete()
