"""The program for the trails of moving things."""

import ctypes
from typing import Final

import numpy as np

from maps.movers.history import Trail
from maps.render.frame import Frame
from maps.render.gl import GL, Buffer, Program, TextureBuffer
from maps.render.line_program import set_view

_HALF_WIDTH_PX: Final = 1.1
_TABLE: Final = np.dtype([("ends", "<i4", 4), ("times", "<f4", 4), ("kind", "u1"), ("_", "u1", 3)])
_LONG_AGO_S: Final = 1e7


class TrailSource:
    """Trails on the GPU."""

    def __init__(self) -> None:
        self.buffer = Buffer(GL.GL_ARRAY_BUFFER)
        self.count = 0
        self.epoch = 0.0  # seconds since 1970 that the uploaded times start from

    def upload(self, trail: Trail, epoch: float) -> None:
        table = np.zeros(len(trail), dtype=_TABLE)
        table["ends"][:, :2], table["ends"][:, 2:] = trail["start"], trail["end"]
        for column, name in enumerate(("glide_at", "glide", "start_at", "end_at")):
            since = trail[name] if name == "glide" else trail[name] - epoch
            table["times"][:, column] = np.clip(since, -_LONG_AGO_S, _LONG_AGO_S)
        table["kind"] = trail["kind"]
        self.count, self.epoch = len(table), epoch
        self.buffer.upload(table.view(np.uint8))

    def delete(self) -> None:
        self.buffer.delete()


class TrailProgram:
    """Draws fading lines."""

    def __init__(self) -> None:
        self._program = Program("trail")

    def draw(
        self, source: TrailSource, frame: Frame, styles: TextureBuffer, seconds: float
    ) -> None:
        """Draw trails that fade in so many seconds; ``styles`` as of the things themselves."""
        program = self._program
        program.use()
        styles.bind()
        set_view(program, frame.camera)
        GL.glUniform1i(program.place("styles"), 0)
        GL.glUniform1f(program.place("now"), frame.at - source.epoch)
        GL.glUniform1f(program.place("seconds"), seconds)
        GL.glUniform1f(program.place("half_width"), _HALF_WIDTH_PX * frame.camera.pixel_ratio)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, source.buffer.id)
        step = _TABLE.itemsize
        for location in range(4):
            GL.glEnableVertexAttribArray(location)
            GL.glVertexAttribDivisor(location, 1)
        GL.glVertexAttribIPointer(0, 2, GL.GL_INT, step, ctypes.c_void_p(0))
        GL.glVertexAttribIPointer(1, 2, GL.GL_INT, step, ctypes.c_void_p(8))
        GL.glVertexAttribPointer(2, 4, GL.GL_FLOAT, False, step, ctypes.c_void_p(16))
        GL.glVertexAttribIPointer(3, 1, GL.GL_UNSIGNED_BYTE, step, ctypes.c_void_p(32))
        GL.glDrawArraysInstanced(GL.GL_TRIANGLE_STRIP, 0, 4, source.count)
        for location in range(4):
            GL.glVertexAttribDivisor(location, 0)
            GL.glDisableVertexAttribArray(location)
