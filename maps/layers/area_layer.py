"""Filled or outlined areas: sea, boundaries, zones, warnings, rings."""

from dataclasses import dataclass
from enum import IntEnum

from maps.layers.areas import Areas
from maps.layers.layer import Layer


class Hatch(IntEnum):
    """Lines in the outline's colour over the filling, so that colour is not alone."""

    NONE = 0
    RISING = 1  # ////
    FALLING = 2  # \\\\
    CROSSED = 3
    UPRIGHT = 4  # ||||


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLayer(Layer):
    """Areas in one style. Colours are names of MapTheme's fields."""

    areas: Areas
    fill: str | None = None
    fill_opacity: float = 1.0  # 0 to 1; an area above other layers lets them through
    hatch: Hatch = Hatch.NONE
    line: str | None = None
    line_width: float = 1.0  # logical pixels
    dash: float = 0.0  # length of a dash in logical pixels, 0 for a full line
    ids: tuple[str, ...] = ()  # one for each of the areas, or none: then nothing can be hit
    titles: tuple[str, ...] = ()  # as many, written at the areas' anchors, or none
