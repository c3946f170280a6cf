"""Framebuffers that pictures and layers are drawn into."""

import ctypes
import weakref
from collections import deque
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from maps.render.colour import Rgba
from maps.render.gl import GL, Buffer, GlError

_LARGE: Final = 6_000_000  # pixels: about a 4K picture


class Target:
    """An offscreen framebuffer that takes any size; what was drawn is also a texture."""

    def __init__(self, texel: int = GL.GL_RGBA8) -> None:
        self._texel = texel
        self._frame = GL.glGenFramebuffers(1)
        self.texture = GL.glGenTextures(1)
        self.size = (0, 0)

    def begin(self, width: int, height: int, colour: Rgba) -> None:
        """Make the next picture of this size the drawing target, filled with one colour."""
        self.resize(width, height)
        self.bind()
        GL.glClearColor(*colour)
        GL.glClear(GL.GL_COLOR_BUFFER_BIT)

    def begin_with(self, other: Self) -> None:
        """The same, filled with what another target holds."""
        width, height = other.size
        self.resize(width, height)
        GL.glBindFramebuffer(GL.GL_READ_FRAMEBUFFER, other._frame)
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, self._frame)
        GL.glBlitFramebuffer(
            0, 0, width, height, 0, 0, width, height, GL.GL_COLOR_BUFFER_BIT, GL.GL_NEAREST
        )
        self.bind()

    def bind(self) -> None:
        """Draw into it from here on, above what it holds."""
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._frame)
        GL.glViewport(0, 0, *self.size)

    def resize(self, width: int, height: int) -> None:
        if (width, height) == self.size:
            return
        GL.glActiveTexture(GL.GL_TEXTURE0)
        GL.glBindTexture(GL.GL_TEXTURE_2D, self.texture)
        is_colour = self._texel == GL.GL_RGBA8
        GL.glTexImage2D(
            GL.GL_TEXTURE_2D, 0, self._texel, width, height, 0,
            # The order of QImage, so that a software renderer need not turn each pixel round.
            GL.GL_BGRA if is_colour else GL.GL_RED,
            GL.GL_UNSIGNED_INT_8_8_8_8_REV if is_colour else GL.GL_FLOAT, None,
        )  # fmt: skip
        for name in (GL.GL_TEXTURE_MIN_FILTER, GL.GL_TEXTURE_MAG_FILTER):
            GL.glTexParameteri(GL.GL_TEXTURE_2D, name, GL.GL_LINEAR)
        for name in (GL.GL_TEXTURE_WRAP_S, GL.GL_TEXTURE_WRAP_T):
            GL.glTexParameteri(GL.GL_TEXTURE_2D, name, GL.GL_CLAMP_TO_EDGE)
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._frame)
        GL.glFramebufferTexture2D(
            GL.GL_FRAMEBUFFER, GL.GL_COLOR_ATTACHMENT0, GL.GL_TEXTURE_2D, self.texture, 0
        )
        if GL.glCheckFramebufferStatus(GL.GL_FRAMEBUFFER) != GL.GL_FRAMEBUFFER_COMPLETE:
            raise GlError(f"no framebuffer of {width} x {height} pixels")
        self.size = (width, height)


class Reader:
    """Brings finished pictures to the main memory."""

    def __init__(self) -> None:
        name = GL.glGetString(GL.GL_RENDERER) or b""
        # A software renderer has the picture in main memory already: a copy more costs only time.
        self.halves = not any(word in name.lower() for word in (b"llvmpipe", b"softpipe"))
        self._buffers = [Buffer(GL.GL_PIXEL_PACK_BUFFER) for _ in range(2)]
        # Of the last picture that is gone: to give so much memory back and take it anew costs
        # both threads milliseconds.
        self._spare: deque[npt.NDArray[np.uint32]] = deque(maxlen=1)

    def read(self, target: Target) -> QImage:
        """What a target holds, north up; waits until it is drawn.

        :raises GlError: the driver refused something since the last call, or lost the context
        """
        width, height = target.size
        target.bind()
        pixels = self._pixels(height, width)
        place = pixels.ctypes.data
        if self.halves and width * height > _LARGE:
            self._read_halves(place, width, height)
        else:
            _read(0, width, height, place)
        error = GL.glGetError()
        if error != GL.GL_NO_ERROR:
            raise GlError(f"OpenGL error {error:#x}")
        image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
        weakref.finalize(image, self._spare.append, pixels)  # lives as long as the image
        return image

    def _pixels(self, *shape: int) -> npt.NDArray[np.uint32]:
        spare = self._spare.pop() if self._spare else None
        return spare if spare is not None and spare.shape == shape else np.empty(shape, np.uint32)

    def _read_halves(self, place: int, width: int, height: int) -> None:
        """The second half is on its way while the first is copied."""
        middle = height // 2
        parts = ((0, middle), (middle, height - middle))
        for buffer, (first, rows) in zip(self._buffers, parts, strict=True):
            buffer.reserve(rows * width * 4)
            _read(first, width, rows, 0)
        for buffer, (first, rows) in zip(self._buffers, parts, strict=True):
            buffer.download(place + first * width * 4, rows * width * 4)
        GL.glBindBuffer(GL.GL_PIXEL_PACK_BUFFER, 0)


def _read(first: int, width: int, rows: int, place: int) -> None:
    GL.glReadPixels(
        0, first, width, rows, GL.GL_BGRA, GL.GL_UNSIGNED_INT_8_8_8_8_REV, ctypes.c_void_p(place)
    )
