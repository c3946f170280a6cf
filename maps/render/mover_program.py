"""The program for moving things: one point sprite each."""

import ctypes
from typing import Final

from maps.layers.mover_layer import MoverLayer
from maps.movers.fixes import AHEAD, AHEAD_S, SOONEST_S, TABLE
from maps.render.colour import Rgba, rgba
from maps.render.frame import Frame
from maps.render.gl import GL, Buffer, Program, TextureBuffer
from maps.render.line_program import set_view
from maps.render.mover_styles import symbol_border, symbol_radius

_FIELDS: Final = (  # location, components, type, field of the table
    (0, 2, GL.GL_INT, "before"),
    (1, 2, GL.GL_INT, "newest"),
    (2, 2, GL.GL_FLOAT, "at"),
    (3, 1, GL.GL_FLOAT, "heading"),
    (4, 2, GL.GL_UNSIGNED_BYTE, "kind"),
)
_NEVER: Final = 1e9
_NO_RING: Final[Rgba] = (0.0, 0.0, 0.0, 0.0)


class MoverProgram:
    """Draws rows of a table of fixes."""

    def __init__(self) -> None:
        self._program = Program("mover")
        GL.glEnable(GL.GL_PROGRAM_POINT_SIZE)

    def prepare(self, frame: Frame, layer: MoverLayer, styles: TextureBuffer, now: float) -> None:
        """Set everything but the rows. ``now`` is seconds after the table's epoch."""
        program, ratio, zoom = self._program, frame.camera.pixel_ratio, frame.camera.zoom
        program.use()
        styles.bind()
        set_view(program, frame.camera)
        GL.glUniform1f(program.place("now"), now)
        GL.glUniform1f(program.place("stale"), _NEVER if layer.stale_s is None else layer.stale_s)
        GL.glUniform3f(program.place("pace"), SOONEST_S, layer.glide_s, AHEAD_S)
        GL.glUniform1f(program.place("ahead"), AHEAD)
        GL.glUniform1f(program.place("radius"), symbol_radius(zoom) * ratio)
        GL.glUniform1f(program.place("border"), symbol_border(zoom) * ratio)
        GL.glUniform4f(program.place("old"), *rgba(frame.theme.unknown))
        GL.glUniform4f(program.place("ground"), *rgba(frame.theme.halo))
        GL.glUniform1i(program.place("styles"), 0)
        GL.glUniform1i(program.place("states"), 4 * len(layer.kinds))

    def draw(self, table: Buffer, first: int, count: int, ring: Rgba = _NO_RING) -> None:
        """Draw so many rows, with a ring in this colour if there is one."""
        GL.glUniform4f(self._program.place("ring"), *ring)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, table.id)
        for location, size, kind, field in _FIELDS:
            at = ctypes.c_void_p(TABLE.fields[field][1])  # type: ignore[index]  # has fields
            GL.glEnableVertexAttribArray(location)
            if kind == GL.GL_FLOAT:
                GL.glVertexAttribPointer(location, size, kind, False, TABLE.itemsize, at)
            else:
                GL.glVertexAttribIPointer(location, size, kind, TABLE.itemsize, at)
        GL.glDrawArrays(GL.GL_POINTS, first, count)
        for location, *_ in _FIELDS:
            GL.glDisableVertexAttribArray(location)
