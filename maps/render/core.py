"""The functions and constants of OpenGL 3.3, from PyOpenGL's raw declarations.

`OpenGL.GL` would bring every version and extension with it: 80 ms of the start and 20 MB. What
the raw declarations leave to C (counts, out parameters, texts) is written out below.
"""

import ctypes
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import OpenGL

# Checked calls fetch the error state each time, which llvmpipe answers only when it is idle.
OpenGL.ERROR_CHECKING = bool(os.environ.get("MAPS_GL_DEBUG"))
OpenGL.ERROR_LOGGING = False

_LOG_BYTES: Final = 4096

# ruff: noqa: E402 the switch above must come first
# ruff: noqa: F403 OpenGL's own names
from OpenGL.raw.GL.VERSION import GL_1_0, GL_1_1, GL_1_5, GL_2_0, GL_3_0
from OpenGL.raw.GL.VERSION.GL_1_0 import *
from OpenGL.raw.GL.VERSION.GL_1_1 import *
from OpenGL.raw.GL.VERSION.GL_1_2 import *
from OpenGL.raw.GL.VERSION.GL_1_3 import *
from OpenGL.raw.GL.VERSION.GL_1_5 import *
from OpenGL.raw.GL.VERSION.GL_2_0 import *
from OpenGL.raw.GL.VERSION.GL_2_1 import *
from OpenGL.raw.GL.VERSION.GL_3_0 import *
from OpenGL.raw.GL.VERSION.GL_3_1 import *
from OpenGL.raw.GL.VERSION.GL_3_2 import *
from OpenGL.raw.GL.VERSION.GL_3_3 import *

if TYPE_CHECKING:  # PyOpenGL is not typed

    def __getattr__(name: str) -> Any: ...


def _made(make: Any, count: int) -> int:
    if count != 1:
        raise ValueError("made one by one")
    names = (ctypes.c_uint * 1)()
    make(1, names)
    return names[0]


def glGenBuffers(count: int) -> int:
    return _made(GL_1_5.glGenBuffers, count)


def glGenTextures(count: int) -> int:
    return _made(GL_1_1.glGenTextures, count)


def glGenFramebuffers(count: int) -> int:
    return _made(GL_3_0.glGenFramebuffers, count)


def glGenVertexArrays(count: int) -> int:
    return _made(GL_3_0.glGenVertexArrays, count)


def glDeleteBuffers(count: int, names: Sequence[int]) -> None:
    GL_1_5.glDeleteBuffers(count, (ctypes.c_uint * count)(*names))


def glDeleteTextures(count: int, names: Sequence[int]) -> None:
    GL_1_1.glDeleteTextures(count, (ctypes.c_uint * count)(*names))


def glBufferData(target: int, nbytes: int, data: Any, usage: int) -> None:
    """`data`: a numpy array without gaps, or None."""
    at = None if data is None else ctypes.c_void_p(data.ctypes.data)
    GL_1_5.glBufferData(target, nbytes, at, usage)


def glGetInteger(what: int) -> int:
    numbers = (ctypes.c_int * 1)()
    GL_1_0.glGetIntegerv(what, numbers)
    return numbers[0]


def glGetString(name: int) -> bytes | None:
    found = ctypes.cast(GL_1_0.glGetString(name), ctypes.c_char_p)
    return found.value


def glShaderSource(shader: int, text: str) -> None:
    source = ctypes.create_string_buffer(text.encode())
    lines = (ctypes.POINTER(ctypes.c_char) * 1)(ctypes.cast(source, ctypes.POINTER(ctypes.c_char)))
    GL_2_0.glShaderSource(shader, 1, lines, None)


def _number(get: Any, name: int, what: int) -> int:
    numbers = (ctypes.c_int * 1)()
    get(name, what, numbers)
    return numbers[0]


def glGetShaderiv(shader: int, what: int) -> int:
    return _number(GL_2_0.glGetShaderiv, shader, what)


def glGetProgramiv(program: int, what: int) -> int:
    return _number(GL_2_0.glGetProgramiv, program, what)


def _log(get: Any, name: int) -> str:
    text = ctypes.create_string_buffer(_LOG_BYTES)
    get(name, _LOG_BYTES, None, text)
    return text.value.decode(errors="replace").strip()


def glGetShaderInfoLog(shader: int) -> str:
    return _log(GL_2_0.glGetShaderInfoLog, shader)


def glGetProgramInfoLog(program: int) -> str:
    return _log(GL_2_0.glGetProgramInfoLog, program)


def glGetUniformLocation(program: int, name: str) -> int:
    location: int = GL_2_0.glGetUniformLocation(program, name.encode())
    return location
