"""OpenGL 3.3 core. Importing this module loads PyOpenGL: only the render thread does."""

import ctypes
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from maps.render import core as GL  # noqa: N812 as everybody calls it

SHADERS: Final = Path(__file__).resolve().parents[2] / "resources" / "shaders"

__all__ = ["GL", "Buffer", "Program", "TextureBuffer"]


class GlError(Exception):
    """A shader does not compile, a framebuffer cannot be made."""


class Program:
    """A linked pair of shaders ``name.vert`` and ``name.frag``; the first may have another name.

    :param defines: names that the preprocessor finds defined in both
    """

    def __init__(self, name: str, vertex: str = "", defines: tuple[str, ...] = ()) -> None:
        self._id = GL.glCreateProgram()
        for file, kind in (
            (f"{vertex or name}.vert", GL.GL_VERTEX_SHADER),
            (f"{name}.frag", GL.GL_FRAGMENT_SHADER),
        ):
            GL.glAttachShader(self._id, _compile(SHADERS / file, kind, defines))
        GL.glLinkProgram(self._id)
        if not GL.glGetProgramiv(self._id, GL.GL_LINK_STATUS):
            raise GlError(f"{name}: {GL.glGetProgramInfoLog(self._id)}")
        self._places: dict[str, int] = {}

    def use(self) -> None:
        GL.glUseProgram(self._id)

    def place(self, name: str) -> int:
        """Location of a uniform."""
        if name not in self._places:
            self._places[name] = GL.glGetUniformLocation(self._id, name)
        return self._places[name]


class Buffer:
    """A buffer object that grows with what is uploaded."""

    def __init__(self, target: int) -> None:
        self.id = GL.glGenBuffers(1)
        self._target = target

    def upload(self, data: npt.NDArray[Any]) -> None:
        """Replace the contents; the driver may keep the old ones until they are drawn."""
        GL.glBindBuffer(self._target, self.id)
        flat = np.ascontiguousarray(data)
        given = flat if flat.nbytes else None
        GL.glBufferData(self._target, max(flat.nbytes, 4), given, GL.GL_DYNAMIC_DRAW)

    def reserve(self, nbytes: int) -> None:
        """Make room for so much, and leave it bound."""
        GL.glBindBuffer(self._target, self.id)
        GL.glBufferData(self._target, nbytes, None, GL.GL_STREAM_READ)

    def download(self, place: int, nbytes: int) -> None:
        """Copy the first bytes to an address, once they are there.

        :raises GlError: the driver does not give them: no memory, or the context is lost
        """
        GL.glBindBuffer(self._target, self.id)
        there = GL.glMapBufferRange(self._target, 0, nbytes, GL.GL_MAP_READ_BIT)
        if not there:
            raise GlError(f"no {nbytes} bytes of a buffer")
        ctypes.memmove(place, there, nbytes)
        GL.glUnmapBuffer(self._target)

    def delete(self) -> None:
        GL.glDeleteBuffers(1, [self.id])


class TextureBuffer:
    """A buffer that shaders read by index."""

    def __init__(self, unit: int, texel: int) -> None:
        self._unit = unit
        self._texel = texel
        self._buffer = Buffer(GL.GL_TEXTURE_BUFFER)
        self._texture = GL.glGenTextures(1)

    def upload(self, data: npt.NDArray[Any]) -> None:
        self._buffer.upload(data)

    def bind(self) -> None:
        """Make it what the sampler of its unit reads."""
        GL.glActiveTexture(GL.GL_TEXTURE0 + self._unit)
        GL.glBindTexture(GL.GL_TEXTURE_BUFFER, self._texture)
        GL.glTexBuffer(GL.GL_TEXTURE_BUFFER, self._texel, self._buffer.id)

    def delete(self) -> None:
        GL.glDeleteTextures(1, [self._texture])
        self._buffer.delete()


def _compile(path: Path, kind: int, defines: tuple[str, ...]) -> int:
    shader: int = GL.glCreateShader(kind)
    version, rest = path.read_text(encoding="utf-8").split("\n", 1)
    GL.glShaderSource(shader, "\n".join((version, *(f"#define {o}" for o in defines), rest)))
    GL.glCompileShader(shader)
    if not GL.glGetShaderiv(shader, GL.GL_COMPILE_STATUS):
        raise GlError(f"{path.name}: {GL.glGetShaderInfoLog(shader)}")
    return shader
