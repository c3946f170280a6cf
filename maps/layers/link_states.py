"""What is known of the traffic on each link, by direction."""

from dataclasses import dataclass
from enum import IntFlag
from typing import Final

import numpy as np
import numpy.typing as npt

LEVEL_BITS: Final = 7
"""Low bits of a value: level 1 (free) to 5 (severe congestion) of GB/T 33171-2016; 0 = no data."""


class LinkMark(IntFlag):
    """High bits of a value: what was ordered for the link."""

    CLOSED = 8
    WORKS = 16
    DETOUR = 32


@dataclass(frozen=True, slots=True, eq=False)
class LinkStates:
    """One byte for each direction of each link: level and marks.

    ``values`` has shape (L, 2), dtype uint8; column 0 is with, column 1 against the direction in
    which the link is drawn in the network file. Level 0 (no data, or too old) is grey and dashed.
    """

    values: npt.NDArray[np.uint8]
