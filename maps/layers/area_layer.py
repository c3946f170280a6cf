"""Filled or outlined areas: sea, boundaries, zones."""

from dataclasses import dataclass

from maps.layers.areas import Areas
from maps.layers.layer import Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLayer(Layer):
    """Areas in one style. Colours are names of MapTheme's fields."""

    areas: Areas
    fill: str | None = None
    line: str | None = None
    line_width: float = 1.0  # logical pixels
    dash: float = 0.0  # length of a dash in logical pixels, 0 for a full line
