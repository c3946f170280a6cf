"""The program for lines: roads, outlines."""

import ctypes
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maps.geo.camera import Camera, grid_scale
from maps.geo.mercator import to_grid
from maps.render.colour import Rgba
from maps.render.gl import GL, Buffer, Program, TextureBuffer

_CORNERS = np.array([0, 1, 2, 2, 1, 3], dtype=np.uint32)
_NO_PAINT: Rgba = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Pass:
    """One draw over a range of the segments."""

    first: int
    last: int
    casing: Rgba = _NO_PAINT  # draw the casing in this colour instead of the line
    butt: bool = False


class LineSource:
    """Segments and styles of one layer on the GPU."""

    def __init__(self) -> None:
        self.segments = TextureBuffer(0, GL.GL_RG32I)
        self.codes = TextureBuffer(1, GL.GL_R8UI)
        self.styles = TextureBuffer(2, GL.GL_RGBA32F)

    def bind(self) -> None:
        for texture in (self.segments, self.codes, self.styles):
            texture.bind()

    def delete(self) -> None:
        for texture in (self.segments, self.codes, self.styles):
            texture.delete()


class LineProgram:
    """Draws antialiased lines with round joins, four vertices a segment."""

    def __init__(self) -> None:
        self._program = Program("line")
        self._program.use()
        for unit, name in enumerate(("segments", "codes", "styles")):
            GL.glUniform1i(self._program.place(name), unit)
        self._indices = Buffer(GL.GL_ELEMENT_ARRAY_BUFFER)
        self._room = 0

    def draw(self, source: LineSource, camera: Camera, passes: list[Pass]) -> None:
        """Draw the passes in their order."""
        self._program.use()
        source.bind()
        set_view(self._program, camera)
        self._make_room(max((p.last for p in passes), default=0))
        for one in passes:
            GL.glUniform1f(self._program.place("casing"), float(one.casing[3] > 0.0))
            GL.glUniform4f(self._program.place("paint"), *one.casing)
            GL.glUniform1i(self._program.place("butt"), one.butt)
            GL.glDrawElements(
                GL.GL_TRIANGLES, 6 * (one.last - one.first), GL.GL_UNSIGNED_INT,
                ctypes.c_void_p(24 * one.first),
            )  # fmt: skip

    def _make_room(self, segments: int) -> None:
        """The index buffer repeats one pattern; it grows to the most segments ever drawn."""
        if segments <= self._room:
            return
        self._room = 2 * segments
        first = np.arange(self._room, dtype=np.uint32)[:, None] * 4
        self._indices.upload((first + _CORNERS).ravel())


def set_view(program: Program, camera: Camera) -> None:
    """Set the uniforms that place the grid in the picture."""
    x, y = to_grid([camera.x, camera.y])
    GL.glUniform2i(program.place("origin"), int(x), int(y))
    GL.glUniform1f(program.place("scale"), grid_scale(camera))
    width, height = picture_size(camera)
    GL.glUniform2f(program.place("size"), width, height)


def picture_size(camera: Camera) -> tuple[int, int]:
    """Device pixels of the camera's picture."""
    ratio = camera.pixel_ratio
    return round(camera.width * ratio), round(camera.height * ratio)


def style_table(
    colours: list[Rgba], widths: list[float], dashes: list[float], casings: list[float]
) -> npt.NDArray[np.float32]:
    """(S, 2, 4) texels of the styles: colour; width, dash, casing on each side in device pixels."""
    table = np.zeros((len(colours), 2, 4), dtype=np.float32)
    table[:, 0] = colours
    table[:, 1, :3] = np.column_stack((widths, dashes, casings))
    return table
