"""The OpenGL context of one render thread."""

import ctypes
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtGui import QOffscreenSurface, QOpenGLContext, QSurfaceFormat

_NICE: Final = 5
_NAP_S: Final = 1.0  # two clocks that are read one after the other differ by less
_M_MMAP_THRESHOLD: Final = -3  # malloc.h
_LARGE_BYTES: Final = 2 * 2**20


class Missing(StrEnum):
    """Why no map can be drawn."""

    SURFACE = "surface"  # the platform offers no OpenGL at all
    CONTEXT = "context"  # no driver answers
    VERSION = "version"  # the driver is older than OpenGL 3.3
    DRAWING = "drawing"  # the driver refused something while drawing, again and again


class RenderError(Exception):
    """No map can be drawn; ``missing`` says why, the text what the driver said."""

    def __init__(self, missing: Missing, detail: str) -> None:
        super().__init__(detail)
        self.missing = missing


def make_surface() -> QOffscreenSurface:
    """The surface that a context needs to be current. On the GUI thread."""
    # llvmpipe reads this once; it must leave a core to the GUI.
    os.environ.setdefault("LP_NUM_THREADS", str(max((os.cpu_count() or 2) - 1, 1)))
    _give_back_pictures()
    surface = QOffscreenSurface()
    surface.setFormat(_format())
    surface.create()
    return surface


@contextmanager
def current(surface: QOffscreenSurface) -> Iterator[Callable[[], bool]]:
    """An OpenGL 3.3 core context that lives and is current in this thread only.

    Gives a test whether it still is: a driver that was reset, or a machine that slept, loses it.

    :raises RenderError: when there is none
    """
    _yield_to_gui()
    if not surface.isValid():
        raise RenderError(Missing.SURFACE, "no offscreen surface")
    context = QOpenGLContext()
    context.setFormat(_format())
    if not context.create() or not context.makeCurrent(surface):
        raise RenderError(Missing.CONTEXT, "no OpenGL context")
    try:
        got = context.format()
        if (got.majorVersion(), got.minorVersion()) < (3, 3):
            detail = f"OpenGL {got.majorVersion()}.{got.minorVersion()}"
            raise RenderError(Missing.VERSION, detail)
        yield partial(_is_current, context, surface, _asleep_s())
    finally:
        context.doneCurrent()


def _is_current(context: QOpenGLContext, surface: QOffscreenSurface, asleep_s: float) -> bool:
    awake = _asleep_s() - asleep_s < _NAP_S
    return awake and context.isValid() and context.makeCurrent(surface)


def _asleep_s() -> float:
    """How long the machine has slept so far: some drivers lose what is on the card meanwhile."""
    if sys.platform != "linux":
        return 0.0
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)


def _format() -> QSurfaceFormat:
    wanted = QSurfaceFormat()
    wanted.setRenderableType(QSurfaceFormat.RenderableType.OpenGL)
    wanted.setVersion(3, 3)
    wanted.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
    wanted.setOption(QSurfaceFormat.FormatOption.ResetNotification)  # a loss is told, not hidden
    return wanted


def _give_back_pictures() -> None:
    """Have glibc return large blocks at once; its own rule keeps 100 MB of freed pictures."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)


def _yield_to_gui() -> None:
    """Lower this thread's priority; threads of a software renderer inherit it."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
