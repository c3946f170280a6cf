"""The framebuffer that pictures are drawn into."""

import ctypes

from PySide6.QtGui import QImage

from maps.render.gl import GL, GlError


class Target:
    """An offscreen framebuffer that takes any size."""

    def __init__(self) -> None:
        self._buffer = GL.glGenRenderbuffers(1)
        self._frame = GL.glGenFramebuffers(1)
        self._size = (0, 0)

    def begin(self, width: int, height: int, colour: tuple[float, float, float]) -> None:
        """Make the next picture of this size the drawing target, filled with one colour."""
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._frame)
        if (width, height) != self._size:
            self._resize(width, height)
        GL.glViewport(0, 0, width, height)
        GL.glClearColor(*colour, 1.0)
        GL.glClear(GL.GL_COLOR_BUFFER_BIT)

    def read(self) -> QImage:
        """The finished picture, north up; waits until it is drawn."""
        width, height = self._size
        image = QImage(width, height, QImage.Format.Format_RGB32)
        pointer = ctypes.addressof(ctypes.c_char.from_buffer(image.bits()))
        GL.glReadPixels(
            0, 0, width, height, GL.GL_BGRA, GL.GL_UNSIGNED_INT_8_8_8_8_REV,
            ctypes.c_void_p(pointer),
        )  # fmt: skip
        return image

    def _resize(self, width: int, height: int) -> None:
        GL.glBindRenderbuffer(GL.GL_RENDERBUFFER, self._buffer)
        GL.glRenderbufferStorage(GL.GL_RENDERBUFFER, GL.GL_RGBA8, width, height)
        GL.glFramebufferRenderbuffer(
            GL.GL_FRAMEBUFFER, GL.GL_COLOR_ATTACHMENT0, GL.GL_RENDERBUFFER, self._buffer
        )
        if GL.glCheckFramebufferStatus(GL.GL_FRAMEBUFFER) != GL.GL_FRAMEBUFFER_COMPLETE:
            raise GlError(f"no framebuffer of {width} x {height} pixels")
        self._size = (width, height)
