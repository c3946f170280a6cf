"""How the map looks: colours as 0xRRGGBB, widths in logical pixels by zoom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from maps.network.roads import RoadClass

type Stops = tuple[tuple[float, float], ...]  # (zoom, pixels), zoom rising


@dataclass(frozen=True, slots=True)
class RoadStyle:
    """One road class. Ramps of the class are drawn in the same colour, narrower."""

    fill: int
    width: Stops  # 0 px: not drawn
    ramp: float = 0.6  # width of a ramp to the width of its road
    casing_from: float = 9.5  # no casing is drawn below this zoom

    def width_at(self, zoom: float) -> float:
        """Interpolated width in logical pixels."""
        zooms, pixels = zip(*self.width, strict=True)
        return float(np.interp(zoom, zooms, pixels))


@dataclass(frozen=True, slots=True, kw_only=True)
class MapTheme:
    """Everything the map is painted with; built from the application's tokens."""

    land: int
    sea: int
    sea_text: int
    boundary: int
    casing: int
    tunnel: int
    text: int
    text_minor: int
    halo: int
    accent: int
    raised: int
    on_severity: int
    severity: tuple[int, int, int, int]  # I, II, III, IV
    planned: int
    unknown: int
    device: int  # cameras, signs
    traffic: tuple[int, int, int, int, int]  # levels 1 (free) to 5 (severe congestion)
    no_data: int  # of the traffic; dashed
    closed: int  # with white bars across
    works: int  # hatched
    detour: int  # the edge of the line
    heat: tuple[int, int, int, int]  # from little to much; no colour of traffic
    roads: Mapping[RoadClass, RoadStyle] = field(hash=False)
    font: str = "Noto Sans CJK SC"


def roads(fills: Mapping[RoadClass, int]) -> dict[RoadClass, RoadStyle]:
    """The usual widths with these colours."""
    return {
        road: RoadStyle(fill, _WIDTHS[road], casing_from=_CASINGS.get(road, 9.5))
        for road, fill in fills.items()
    }


_MINOR: Final[Stops] = (
    (8.5, 0.0), (9.0, 0.45), (11.0, 0.6), (13.0, 1.1), (15.0, 2.6), (17.0, 8.0), (19.0, 22.0),
)  # fmt: skip
_WIDTHS: Final[Mapping[RoadClass, Stops]] = {
    RoadClass.MOTORWAY: (
        (5.0, 1.2), (8.0, 1.8), (10.0, 2.4), (12.0, 3.2), (14.0, 5.0), (16.0, 10.0), (18.0, 26.0),
    ),
    RoadClass.TRUNK: (
        (5.0, 0.9), (8.0, 1.4), (10.0, 2.0), (12.0, 2.8), (14.0, 4.6), (16.0, 9.0), (18.0, 24.0),
    ),
    RoadClass.PRIMARY: (
        (6.0, 0.6), (8.0, 1.0), (10.0, 1.6), (12.0, 2.4), (14.0, 4.2), (16.0, 9.0), (18.0, 24.0),
    ),
    RoadClass.SECONDARY: (
        (7.0, 0.4), (8.0, 0.6), (10.0, 1.2), (12.0, 1.9), (14.0, 3.6), (16.0, 8.0), (18.0, 22.0),
    ),
    RoadClass.TERTIARY: (
        (7.0, 0.3), (8.0, 0.45), (10.0, 0.8), (12.0, 1.3), (14.0, 2.8), (16.0, 6.5), (18.0, 19.0),
    ),
    RoadClass.UNCLASSIFIED: _MINOR,
    RoadClass.RESIDENTIAL: _MINOR,
    RoadClass.SERVICE: (
        (11.9, 0.0), (12.0, 0.5), (13.0, 0.7), (15.0, 1.6), (17.0, 4.5), (19.0, 14.0),
    ),
    RoadClass.UNKNOWN: ((4.0, 0.6), (10.0, 1.0), (14.0, 2.2), (18.0, 16.0)),
}  # fmt: skip

_CASINGS: Final = {
    RoadClass.SECONDARY: 11.0,
    RoadClass.TERTIARY: 12.0,
    RoadClass.UNCLASSIFIED: 13.0,
    RoadClass.RESIDENTIAL: 13.0,
    RoadClass.SERVICE: 14.0,
    RoadClass.UNKNOWN: 13.0,
}

DARK: Final = MapTheme(
    land=0x10171E,
    sea=0x0C1C2A,
    sea_text=0x5B83A3,
    boundary=0x47566A,
    casing=0x0B1016,
    tunnel=0x1B242D,
    text=0xE6EDF3,
    text_minor=0x9FB0BF,
    halo=0x10171E,
    accent=0x2CC4B4,
    raised=0x1B242D,
    on_severity=0x1A1206,
    severity=(0xE5484D, 0xF76B15, 0xFFC53D, 0x3E9BFF),
    planned=0x8B6CF0,
    unknown=0x7F90A0,
    device=0x9CC7F5,
    traffic=(0x2E9E4F, 0x8FBF2F, 0xF5C518, 0xF28C28, 0xE5484D),
    no_data=0x7F90A0,
    closed=0xC0222B,
    works=0xFFB224,
    detour=0x8B6CF0,
    heat=(0x4B3FA8, 0x9A4FD8, 0xF07CC8, 0xFFE4F4),
    roads=roads(
        {
            RoadClass.MOTORWAY: 0x7F97AC,
            RoadClass.TRUNK: 0x6A8195,
            RoadClass.PRIMARY: 0x576C7E,
            RoadClass.SECONDARY: 0x465968,
            RoadClass.TERTIARY: 0x384857,
            RoadClass.UNCLASSIFIED: 0x2B3946,
            RoadClass.RESIDENTIAL: 0x2B3946,
            RoadClass.SERVICE: 0x25313C,
            RoadClass.UNKNOWN: 0x384857,
        }
    ),
)

LIGHT: Final = MapTheme(
    land=0xF3F5F6,
    sea=0xD3E3EE,
    sea_text=0x4C7896,
    boundary=0x98A5B3,
    casing=0xB9C4CD,
    tunnel=0xE4E9ED,
    text=0x16202A,
    text_minor=0x4A5A68,
    halo=0xF8FAFB,
    accent=0x0E7C74,
    raised=0xFFFFFF,
    on_severity=0x1A1206,
    severity=(0xE5484D, 0xF76B15, 0xFFC53D, 0x3E9BFF),
    planned=0x8B6CF0,
    unknown=0x6B7B8A,
    device=0x2F6DB5,
    traffic=(0x2E9E4F, 0x86B52A, 0xE0AC00, 0xE67514, 0xD9363E),
    no_data=0x7C8894,
    closed=0xA3141D,
    works=0xF5A300,
    detour=0x6F4FD8,
    heat=(0xC9B5F0, 0xA266DC, 0x86239A, 0x470C52),
    roads=roads(
        {
            RoadClass.MOTORWAY: 0x6F8CA5,
            RoadClass.TRUNK: 0x8AA2B7,
            RoadClass.PRIMARY: 0xA4B7C7,
            RoadClass.SECONDARY: 0xBECBD6,
            RoadClass.TERTIARY: 0xCFD9E1,
            RoadClass.UNCLASSIFIED: 0xDFE6EB,
            RoadClass.RESIDENTIAL: 0xDFE6EB,
            RoadClass.SERVICE: 0xE6EBEF,
            RoadClass.UNKNOWN: 0xCFD9E1,
        }
    ),
)
