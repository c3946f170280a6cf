"""An area layer on the GPU."""

import ctypes

import numpy as np

from maps.geo.camera import Camera
from maps.layers.area_layer import AreaLayer
from maps.render.colour import rgba
from maps.render.frame import Frame
from maps.render.gl import GL, Buffer, Program
from maps.render.line_program import LineProgram, LineSource, Pass, set_view, style_table


class AreaProgram:
    """Draws triangles in one colour."""

    def __init__(self) -> None:
        self._program = Program("area")

    def draw(self, buffer: Buffer, count: int, camera: Camera, colour: int) -> None:
        self._program.use()
        set_view(self._program, camera)
        GL.glUniform4f(self._program.place("paint"), *rgba(colour))
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, buffer.id)
        GL.glEnableVertexAttribArray(0)
        GL.glVertexAttribIPointer(0, 2, GL.GL_INT, 8, ctypes.c_void_p(0))
        GL.glDrawArrays(GL.GL_TRIANGLES, 0, count)
        GL.glDisableVertexAttribArray(0)


class AreaItem:
    """One area layer: triangles, and outlines that also smooth the triangles' edge."""

    def __init__(self, layer: AreaLayer) -> None:
        self.layer = layer
        self._triangles = Buffer(GL.GL_ARRAY_BUFFER)
        self._triangles.upload(layer.areas.triangles)
        self._outline = LineSource()
        self._outline.segments.upload(layer.areas.outline)
        rings = int(layer.areas.outline[:, 4].max(initial=0)) + 1
        self._outline.codes.upload(np.zeros(rings, dtype=np.uint8))

    def draw(self, frame: Frame) -> None:
        layer, rows = self.layer, len(self.layer.areas.outline)
        camera, theme = frame.camera, frame.theme
        if layer.fill is not None:
            colour = getattr(theme, layer.fill)
            areas = frame.programs.get(AreaProgram)
            areas.draw(self._triangles, len(layer.areas.triangles), camera, colour)
        line = layer.line or layer.fill
        if line is None or not rows:
            return
        ratio = camera.pixel_ratio
        width = layer.line_width if layer.line else 1.0
        style = style_table(
            [rgba(getattr(theme, line))], [width * ratio], [layer.dash * ratio], [0.0]
        )
        self._outline.styles.upload(style)
        frame.programs.get(LineProgram).draw(self._outline, camera, [Pass(0, rows)])

    def delete(self) -> None:
        self._triangles.delete()
        self._outline.delete()
