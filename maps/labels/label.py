"""A text that could be written on the map."""

from dataclasses import dataclass
from enum import StrEnum


class LabelStyle(StrEnum):
    """How a text looks."""

    PLACE = "place"
    WATER = "water"
    HUB = "hub"  # airport, port, station
    JUNCTION = "junction"
    ROAD = "road"
    PLATE = "plate"  # route number
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
