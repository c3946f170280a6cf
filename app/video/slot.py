"""The newest picture of a stream, and whether it was taken: the way from decoder to screen."""

import threading
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """`pixels` (h, w, 4) BGRX uint8, C-contiguous: QImage.Format_RGB32 at the tile's exact size.

    `pts_s`: seconds on the stream's own clock. `arrived`: monotonic seconds. `taken_at`: UTC,
    arrival by the seat's clock. `serial` grows with every picture of a player.
    """

    pixels: "npt.NDArray[np.uint8]"
    pts_s: float
    arrived: float
    taken_at: datetime
    serial: int


class Slot:
    """Holds one picture. Neither side ever waits for the other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: Picture | None = None

    @property
    def is_free(self) -> bool:
        """The last picture was taken, so that another is worth its conversion."""
        return self._newest is None

    def put(self, picture: Picture) -> None:
        with self._lock:
            self._newest = picture

    def take(self) -> Picture | None:
        """The newest picture that was not taken yet."""
        with self._lock:
            newest, self._newest = self._newest, None
        return newest

    def clear(self) -> None:
        with self._lock:
            self._newest = None
