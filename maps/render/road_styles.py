"""How links of a class and kind are drawn: their order and their style.

A link's style is class * 8 + ramp * 4 + tunnel * 2 + bridge; its code, one byte, adds 128 for a
one-way.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from maps.geo.camera import Camera
from maps.network.roads import RoadClass, RoadFlag
from maps.render.colour import mixed, rgba
from maps.render.line_program import StateColours, style_table
from maps.theme import MapTheme

type Bytes = npt.NDArray[np.uint8]

TUNNELS, GROUND, BRIDGES = LEVELS = (0, 1, 2)  # drawn in this order
LEVEL_RANKS: Final = 64  # a rank is level * 64 + importance
_CODES: Final = 16 * 8
_BRIDGE, _TUNNEL, _RAMP, _ONE_WAY = 1, 2, 4, 128
STYLE_BITS: Final = 127
_CLOSED_BARS: Final = 0xFFFFFF


def link_codes(classes: Bytes, flags: Bytes) -> Bytes:
    """(L,) the code of each link."""
    codes: Bytes = classes * np.uint8(8)
    for flag, bit in (
        (RoadFlag.BRIDGE, _BRIDGE),
        (RoadFlag.TUNNEL, _TUNNEL),
        (RoadFlag.LINK, _RAMP),
        (RoadFlag.ONEWAY, _ONE_WAY),
    ):
        codes |= np.where(flags & flag, bit, 0).astype(np.uint8)
    return codes


def _importance(road: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """0 for the least important class, rising to the motorways."""
    return 15 - np.where(road == RoadClass.UNKNOWN, 15, road)


def _rank_table(bridges: int) -> Bytes:
    """(128,) drawing order of each style: level * LEVEL_RANKS + importance."""
    code = np.arange(_CODES)
    road, ramp = code // 8, code & _RAMP > 0
    level = np.where(code & _TUNNEL, TUNNELS, np.where(code & _BRIDGE, bridges, GROUND))
    importance = _importance(road) * 2 + ~ramp
    ranks: Bytes = (level * LEVEL_RANKS + importance).astype(np.uint8)
    return ranks


RANKS: Final = _rank_table(BRIDGES)
FLAT_RANKS: Final = _rank_table(GROUND)  # where a bridge cannot be told from its road


def first_cased(theme: MapTheme, zoom: float) -> int:
    """The importance from which roads have a casing at this zoom."""
    bare = [road for road, style in theme.roads.items() if zoom < style.casing_from]
    return 2 * int(_importance(np.array(bare, dtype=np.int64)).max(initial=-1)) + 2


def road_widths(theme: MapTheme, zoom: float) -> npt.NDArray[np.float64]:
    """(128,) logical pixels of each style."""
    widths = np.zeros(_CODES)
    for road, style in theme.roads.items():
        width = style.width_at(zoom)
        for bits in range(8):
            widths[road * 8 + bits] = width * (style.ramp if bits & _RAMP else 1.0)
    return widths


def road_styles(
    theme: MapTheme, camera: Camera, widths: npt.NDArray[np.float64]
) -> npt.NDArray[np.float32]:
    """All styles. Lines thinner than a pixel fade into the land instead."""
    colours = [rgba(theme.land)] * _CODES
    dashes, strengths = [0.0] * _CODES, [0.0] * _CODES
    for road, style in theme.roads.items():
        for code in range(road * 8, road * 8 + 8):
            strength = min(float(widths[code]), 1.0) * (0.6 if code & _TUNNEL else 1.0)
            colours[code] = mixed(style.fill, theme.land, strength)
            strengths[code] = strength
            if code & _TUNNEL and camera.zoom >= style.casing_from:
                dashes[code] = max(5.0 * camera.pixel_ratio, 0.8 * float(widths[code]))
    casings = np.clip(0.3 * widths, 0.5, 1.25 * camera.pixel_ratio)
    return style_table(colours, widths.tolist(), dashes, casings.tolist(), strengths)


def state_colours(theme: MapTheme) -> StateColours:
    """What link states look like."""
    signs = (theme.closed, _CLOSED_BARS, theme.works, theme.on_severity, theme.detour)
    return StateColours(
        levels=_components(theme.no_data, *theme.traffic),
        signs=_components(*signs),
        ground=rgba(theme.land),
    )


def _components(*colours: int) -> npt.NDArray[np.float32]:
    return np.array([rgba(colour)[:3] for colour in colours], dtype=np.float32)
