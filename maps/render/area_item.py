"""An area layer on the GPU."""

import ctypes
import math
from typing import Final

import numpy as np

from maps.geo.camera import Camera
from maps.layers.area_layer import AreaLayer, Hatch
from maps.render.colour import Rgba, rgba
from maps.render.frame import Frame
from maps.render.gl import GL, Buffer, Program
from maps.render.line_program import (
    LineProgram,
    LineSource,
    Pass,
    picture_size,
    set_view,
    style_table,
)
from maps.theme import MapTheme

_GAP_PX: Final = 8.0
_STROKE_PX: Final = 1.5
_CLEAR: Final[Rgba] = (0.0, 0.0, 0.0, 0.0)


class AreaProgram:
    """Draws triangles in one colour, with or without lines over it."""

    def __init__(self) -> None:
        self._program = Program("area")

    def draw(self, buffer: Buffer, count: int, camera: Camera, paint: Rgba) -> None:
        """Fill triangles."""
        self._draw(buffer, count, camera, paint, _CLEAR, Hatch.NONE)

    def hatch(
        self, buffer: Buffer, count: int, camera: Camera, paint: Rgba, ink: Rgba, hatch: Hatch
    ) -> None:
        """Fill triangles and draw lines over them that keep still on the ground."""
        self._draw(buffer, count, camera, paint, ink, hatch)

    def _draw(
        self, buffer: Buffer, count: int, camera: Camera, paint: Rgba, ink: Rgba, hatch: Hatch
    ) -> None:
        place, ratio = self._program.place, camera.pixel_ratio
        self._program.use()
        set_view(self._program, camera)
        GL.glUniform4f(place("paint"), *paint)
        GL.glUniform4f(place("ink"), *ink)
        GL.glUniform1i(place("hatch"), int(hatch))
        GL.glUniform1f(place("gap"), _GAP_PX * ratio)
        GL.glUniform1f(place("stroke"), _STROKE_PX * ratio)
        GL.glUniform2f(place("phase"), *_phase(camera))
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, buffer.id)
        GL.glEnableVertexAttribArray(0)
        GL.glVertexAttribIPointer(0, 2, GL.GL_INT, 8, ctypes.c_void_p(0))
        GL.glDrawArrays(GL.GL_TRIANGLES, 0, count)
        GL.glDisableVertexAttribArray(0)


def _phase(camera: Camera) -> tuple[float, float]:
    """Where the picture's first pixel lies in the pattern."""
    period = _GAP_PX * camera.pixel_ratio * math.sqrt(2.0)
    width, height = picture_size(camera)
    scale = camera.scale * camera.pixel_ratio
    right, down = camera.x * scale - width / 2.0, -camera.y * scale - height / 2.0
    return right % period, down % period


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
        layer = self.layer
        if layer.fill is not None or layer.hatch:
            self._fill(frame, layer)
        opaque = layer.fill_opacity == 1.0  # else the edge would show twice
        line = layer.line or (layer.fill if opaque else None)
        if line is not None and len(layer.areas.outline):
            self._draw_outline(frame, rgba(getattr(frame.theme, line)))

    def _fill(self, frame: Frame, layer: AreaLayer) -> None:
        camera, count = frame.camera, len(layer.areas.triangles)
        paint = _paint(layer.fill, layer.fill_opacity, frame.theme)
        areas = frame.programs.get(AreaProgram)
        if layer.hatch:
            ink = _paint(layer.line or layer.fill, 1.0, frame.theme)
            areas.hatch(self._triangles, count, camera, paint, ink, layer.hatch)
        else:
            areas.draw(self._triangles, count, camera, paint)

    def _draw_outline(self, frame: Frame, colour: Rgba) -> None:
        layer, ratio = self.layer, frame.camera.pixel_ratio
        width = layer.line_width if layer.line else 1.0
        style = style_table([colour], [width * ratio], [layer.dash * ratio], [0.0])
        self._outline.styles.upload(style)
        passes = [Pass(0, len(layer.areas.outline))]
        frame.programs.get(LineProgram).draw(self._outline, frame.camera, passes)

    def delete(self) -> None:
        self._triangles.delete()
        self._outline.delete()


def _paint(colour: str | None, opacity: float, theme: MapTheme) -> Rgba:
    return _CLEAR if colour is None else rgba(getattr(theme, colour), opacity)
