"""A text that could be written on the map."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

type Glyph = tuple[float, float, float]
"""A letter's middle, in logical pixels right and down of the label's place, and its turn: degrees
clockwise."""

STAKE_DOWN_PX: Final = 10.0
"""How far below its place a stake's picture has its middle: the mark on the road is above it."""


class LabelStyle(StrEnum):
    """How a text looks."""

    PLACE = "place"
    WATER = "water"
    HUB = "hub"  # airport, port, station
    JUNCTION = "junction"
    ROAD = "road"
    PLATE = "plate"  # route number
    STAKE = "stake"  # 桩号, a mark on the road with its number below
    POINT = "point"  # beside a symbol


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place. ``key`` stays the same from picture to picture."""

    key: tuple[str, int]
    text: str
    style: LabelStyle
    x: float  # Mercator metres of its middle
    y: float
    priority: float  # the lowest is placed first
    angle: float = 0.0  # degrees, clockwise on screen, -90 to 90
    shift: float = 0.0  # logical pixels below the place
    glyphs: tuple[Glyph, ...] = ()  # one for each letter of a text that bends
