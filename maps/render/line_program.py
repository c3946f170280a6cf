"""The program for lines: roads, outlines."""

import ctypes
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from maps.geo.camera import Camera, grid_scale
from maps.geo.mercator import to_grid
from maps.render.colour import Rgba
from maps.render.gl import GL, Buffer, Program, TextureBuffer

_CORNERS = np.array([0, 1, 2, 2, 1, 3], dtype=np.uint32)
_NO_PAINT: Rgba = (0.0, 0.0, 0.0, 0.0)


class Shown(IntEnum):
    """What colours a line; the values are the shader's."""

    STYLE = 0
    STATES = 1
    MILD = 2  # only lines whose state is no cause for concern
    GRAVE = 3  # only the others: congested, closed, with works


@dataclass(frozen=True, slots=True)
class Pass:
    """One draw over a range of the segments."""

    first: int
    last: int
    casing: Rgba = _NO_PAINT  # draw the casing in this colour instead of the line
    paint: Rgba = _NO_PAINT  # draw the line in this colour instead of its own
    butt: bool = False
    dots: bool = False  # the segments are so short that a point sprite each is cheaper
    shown: Shown = Shown.STYLE
    apart: bool = False  # some lines are wide enough to show both directions


@dataclass(frozen=True, slots=True)
class StateColours:
    """The colours of link states."""

    levels: npt.NDArray[np.float32]  # (6, 3) no data, level 1 to 5
    signs: npt.NDArray[np.float32]  # (5, 3) closed, its bars, works, their gaps, edge of a detour
    ground: Rgba  # what thin lines fade into


class LineSource:
    """Segments, styles and states of one layer on the GPU."""

    def __init__(self) -> None:
        self.segments = TextureBuffer(0, GL.GL_RG32I)
        self.codes = TextureBuffer(1, GL.GL_R8UI)
        self.styles = TextureBuffer(2, GL.GL_RGBA32F)
        self.states = TextureBuffer(3, GL.GL_RG8UI)
        self.states.upload(np.zeros((1, 2), dtype=np.uint8))
        self.state_colours: StateColours | None = None

    def bind(self) -> None:
        for texture in (self.segments, self.codes, self.styles, self.states):
            texture.bind()

    def delete(self) -> None:
        for texture in (self.segments, self.codes, self.styles, self.states):
            texture.delete()


class LineProgram:
    """Draws antialiased lines with round joins, four vertices a segment or one point sprite."""

    def __init__(self) -> None:
        GL.glEnable(GL.GL_PROGRAM_POINT_SIZE)
        self._programs: dict[tuple[str, ...], Program] = {}
        self._indices = Buffer(GL.GL_ELEMENT_ARRAY_BUFFER)
        self._room = 0

    def draw(self, source: LineSource, camera: Camera, passes: list[Pass]) -> None:
        """Draw the passes in their order."""
        source.bind()
        self._make_room(max((p.last for p in passes if not p.dots), default=0))
        for program in {self._program(one) for one in passes}:
            _set(program, source, camera)
        for one in passes:
            program = self._program(one)
            program.use()
            GL.glUniform1f(program.place("casing"), float(one.casing[3] > 0.0))
            GL.glUniform4f(program.place("paint"), *(one.casing if one.casing[3] else one.paint))
            GL.glUniform1i(program.place("butt"), one.butt)
            GL.glUniform1i(program.place("shown"), one.shown)
            if one.dots:
                GL.glDrawArrays(GL.GL_POINTS, one.first, one.last - one.first)
                continue
            GL.glDrawElementsInstanced(
                GL.GL_TRIANGLES, 6 * (one.last - one.first), GL.GL_UNSIGNED_INT,
                ctypes.c_void_p(24 * one.first), 1 + one.apart,
            )  # fmt: skip

    def _program(self, one: Pass) -> Program:
        """The variant that does just what the pass needs."""
        defines = ("DOT",) * one.dots + ("STATES",) * (one.shown is not Shown.STYLE)
        if defines not in self._programs:
            program = self._programs[defines] = Program("line", defines=defines)
            program.use()
            for unit, name in enumerate(("segments", "codes", "styles", "states")):
                GL.glUniform1i(program.place(name), unit)
        return self._programs[defines]

    def _make_room(self, segments: int) -> None:
        """The index buffer repeats one pattern; it grows to the most segments ever drawn."""
        if segments <= self._room:
            return
        self._room = 2 * segments
        first = np.arange(self._room, dtype=np.uint32)[:, None] * 4
        self._indices.upload((first + _CORNERS).ravel())


def _set(program: Program, source: LineSource, camera: Camera) -> None:
    program.use()
    set_view(program, camera)
    GL.glUniform1f(program.place("unit"), camera.pixel_ratio)
    colours = source.state_colours
    if colours is not None:
        GL.glUniform3fv(program.place("levels"), 6, colours.levels)
        GL.glUniform3fv(program.place("signs"), 5, colours.signs)
        GL.glUniform3f(program.place("ground"), *colours.ground[:3])


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
    colours: list[Rgba],
    widths: list[float],
    dashes: list[float],
    casings: list[float],
    strengths: list[float] | None = None,
) -> npt.NDArray[np.float32]:
    """(S, 2, 4) texels of the styles: colour; width, dash, casing on each side in device pixels.

    :param strengths: how much of a state's colour is seen, 0 to 1
    """
    table = np.ones((len(colours), 2, 4), dtype=np.float32)
    table[:, 0] = colours
    table[:, 1, :3] = np.column_stack((widths, dashes, casings))
    if strengths is not None:
        table[:, 1, 3] = strengths
    return table
