"""Classes and flags of a road link, one byte each."""

from enum import IntEnum, IntFlag
from typing import Final


class RoadClass(IntEnum):
    """Importance of a road, after OpenStreetMap's ``highway``; the values are stored in files."""

    UNKNOWN = 0
    MOTORWAY = 1
    TRUNK = 2
    PRIMARY = 3
    SECONDARY = 4
    TERTIARY = 5
    UNCLASSIFIED = 6
    RESIDENTIAL = 7
    SERVICE = 8


class RoadFlag(IntFlag):
    """What else is known of a link; the values are stored in files."""

    BRIDGE = 1
    TUNNEL = 2
    ONEWAY = 4
    LINK = 8  # a ramp or slip road of its class


_CLASS_OF: Final = {road.name.lower(): road for road in RoadClass} | {
    "living_street": RoadClass.RESIDENTIAL,
    "road": RoadClass.UNCLASSIFIED,
}


def road_class(highway: str | None) -> tuple[RoadClass, RoadFlag]:
    """OpenStreetMap's ``highway`` -> class and, for ``…_link``, the LINK flag."""
    base = (highway or "").removesuffix("_link")
    flag = RoadFlag.LINK if base != (highway or "") else RoadFlag(0)
    return _CLASS_OF.get(base, RoadClass.UNKNOWN), flag
