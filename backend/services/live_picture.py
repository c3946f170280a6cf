"""What a source of live data knows at one moment, as columns."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

type Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """State of each of L links; `boxes` never change."""

    boxes: npt.NDArray[np.float32]  # (L, 4) west, south, east, north in degrees
    values: npt.NDArray[np.uint8]  # (L, 2) with and against the link's direction
    seen_at: Floats  # (L,) seconds since 1970, 0 for never


@dataclass(frozen=True, slots=True, eq=False)
class Vehicles:
    """The newest fix of each of N vehicles, in the units of app.domain.live."""

    ids: npt.NDArray[np.uint32]
    kinds: npt.NDArray[np.uint8]
    states: npt.NDArray[np.uint8]
    lon: npt.NDArray[np.int32]
    lat: npt.NDArray[np.int32]
    heading: npt.NDArray[np.uint16]
    speed: npt.NDArray[np.uint16]
    seen_at: Floats  # seconds since 1970


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    at: float  # seconds since 1970
    links: Links
    vehicles: Vehicles


class Source(Protocol):
    """Asked once a second while somebody listens, by one thread at a time."""

    network: str  # fingerprint of the packed network whose rows the links are
    demo: bool  # simulated

    def picture(self, now: float) -> Picture: ...
