"""Administrative districts 行政区划 as somebody has imported them: borders and names."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from app.domain.district import District
from app.text import translate
from maps.layers.area_layer import AreaLayer
from maps.layers.areas import Areas

DISTRICTS: Final = "districts"


def district_layer(districts: Iterable[District]) -> AreaLayer | None:
    """Borders, and each name once: in the largest part; None without a border. Slow: not on
    the GUI thread.

    The layer cannot be hit: its areas lie everywhere, and each place tells its district anyway.
    """
    told = tuple(districts)
    parts = [(district, polygon) for district in told for polygon in district.polygons]
    if not parts:
        return None
    largest = {
        district.id: max(district.polygons, key=_size) for district in told if _has(district)
    }
    return AreaLayer(
        id=DISTRICTS,
        title=translate("Map", "行政区划"),
        source="; ".join(dict.fromkeys(_source(district) for district in told)),
        group="area",
        demo=any(district.demo for district in told),
        areas=Areas.prepare([[np.array(ring) for ring in polygon] for _, polygon in parts]),
        line="boundary",
        line_width=1.2,
        dash=5.0,
        titles=tuple(d.name if polygon is largest[d.id] else "" for d, polygon in parts),
    )


def _has(district: District) -> bool:
    return bool(district.polygons)


def _size(polygon: tuple[tuple[tuple[float, float], ...], ...]) -> float:
    lons, lats = np.array(polygon[0]).T
    return float(np.ptp(lons) * np.ptp(lats))


def _source(district: District) -> str:
    return ", ".join(filter(None, (district.source, district.licence)))
