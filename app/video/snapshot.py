"""One decoded picture at the size of the stream, with what must be known of it."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from app.video.address import Quality


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """`pixels` (h, w, 4) BGRX uint8, C-contiguous; `taken_at` UTC, arrival by the seat's clock.

    `device_id` and `channel` are what the stream said of itself, not what was asked for.
    """

    pixels: npt.NDArray[np.uint8]
    taken_at: datetime
    pts_s: float
    quality: Quality
    device_id: str
    channel: str
    demo: bool
