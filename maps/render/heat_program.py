"""The programs for densities: points are summed up, then coloured."""

import ctypes
from typing import Final

import numpy as np
import numpy.typing as npt

from maps.geo.mercator import Grid
from maps.layers.heat import HeatScale
from maps.render.colour import rgba
from maps.render.frame import Frame
from maps.render.gl import GL, Buffer, Program
from maps.render.line_program import set_view
from maps.render.target import Target

_COARSER: Final = 4  # pixels of the picture in one of the sums
_NOTHING: Final = (0.0, 0.0, 0.0, 0.0)
_POINT: Final = np.dtype([("place", "<i4", 2), ("weight", "<f4")])


class HeatSource:
    """Weighted points on the GPU."""

    def __init__(self) -> None:
        self.buffer = Buffer(GL.GL_ARRAY_BUFFER)
        self.count = 0

    def upload(self, places: Grid, weights: npt.NDArray[np.float32] | None = None) -> None:
        table = np.zeros(len(places), dtype=_POINT)
        table["place"], table["weight"] = places, 1.0 if weights is None else weights
        self.count = len(table)
        self.buffer.upload(table.view(np.uint8))

    def delete(self) -> None:
        self.buffer.delete()


class HeatProgram:
    """Draws the density of points."""

    def __init__(self) -> None:
        self._splat = Program("splat")
        self._ramp = Program("ramp", "screen")
        self._sums = Target(GL.GL_R32F)
        GL.glEnable(GL.GL_PROGRAM_POINT_SIZE)

    def draw(
        self, source: HeatSource, scale: HeatScale, frame: Frame, ramp: tuple[int, ...]
    ) -> None:
        """Draw how many there are; ``ramp`` has four colours, from little to much."""
        width, height = frame.target.size
        self._sums.begin(-(-width // _COARSER), -(-height // _COARSER), _NOTHING)
        self._sum_up(source, scale, frame)
        frame.target.bind()
        self._colour(scale, frame, ramp)

    def _sum_up(self, source: HeatSource, scale: HeatScale, frame: Frame) -> None:
        side = 2.0 * scale.radius * frame.camera.pixel_ratio / _COARSER
        self._splat.use()
        set_view(self._splat, frame.camera)
        GL.glUniform1f(self._splat.place("side"), side)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, source.buffer.id)
        for location in (0, 1):
            GL.glEnableVertexAttribArray(location)
        GL.glVertexAttribIPointer(0, 2, GL.GL_INT, _POINT.itemsize, ctypes.c_void_p(0))
        GL.glVertexAttribPointer(1, 1, GL.GL_FLOAT, False, _POINT.itemsize, ctypes.c_void_p(8))
        GL.glBlendFunc(GL.GL_ONE, GL.GL_ONE)
        GL.glDrawArrays(GL.GL_POINTS, 0, source.count)
        GL.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
        for location in (0, 1):
            GL.glDisableVertexAttribArray(location)

    def _colour(self, scale: HeatScale, frame: Frame, ramp: tuple[int, ...]) -> None:
        colours = np.array([rgba(colour) for colour in ramp], dtype=np.float32)
        self._ramp.use()
        GL.glActiveTexture(GL.GL_TEXTURE0)
        GL.glBindTexture(GL.GL_TEXTURE_2D, self._sums.texture)
        GL.glUniform1i(self._ramp.place("sums"), 0)
        GL.glUniform1f(self._ramp.place("full"), scale.full_at(frame.camera.zoom))
        GL.glUniform4fv(self._ramp.place("colours"), len(colours), colours)
        GL.glDrawArrays(GL.GL_TRIANGLES, 0, 3)
