"""Python's cyclic collector in one hand: on the GUI thread, between two events, nowhere else.

Left alone it runs in whatever thread allocates, in the middle of anything: a full collection over
a hundred thousand entities takes 100 ms, and a widget destroyed off the GUI thread ends the
process.
"""

import ctypes
import gc
import sys
import time

from PySide6.QtCore import QObject, QTimer


def give_back_memory() -> None:
    """Let glibc return what a large load has left free: some 30 MB, in 3 ms."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        if hasattr(libc, "malloc_trim"):
            libc.malloc_trim(0)


class Collector(QObject):
    """Young objects are collected often, the others rarely, and a large load is frozen.

    Entities hold no cycles: what is frozen is never looked at again, but goes as ever when
    nobody refers to it. main.py turns the automatic collection off before the first import,
    which spares the start its collections over modules.
    """

    TICK_MS = 250
    LOAD = 10_000
    """So many new containers in one tick are a load; when it has ended it is frozen."""
    ALL_EVERY = 60
    LONG_S = 0.020
    """If looking at all takes longer than that, what is left is frozen too."""

    def __init__(self) -> None:
        super().__init__()
        self._ticks = 0
        self._loading = False
        self._timer = QTimer(self)
        self._timer.setInterval(self.TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        gc.disable()
        gc.freeze()
        self._timer.start()

    def shutdown(self) -> None:
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _on_tick(self) -> None:
        self._ticks += 1
        loaded = gc.get_count()[0] > self.LOAD
        gc.collect(0)
        if self._loading and not loaded:
            gc.freeze()
        elif not loaded and self._ticks % self.ALL_EVERY == 0:
            self._look_at_all()
        self._loading = loaded

    def _look_at_all(self) -> None:
        began = time.perf_counter()
        gc.collect()
        if time.perf_counter() - began > self.LONG_S:
            gc.freeze()
        give_back_memory()
