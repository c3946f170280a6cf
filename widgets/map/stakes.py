"""Stakes 里程桩 along the routes: K110, K110+500, the closer the more of them."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from app.domain.geodesy import cumulative_m
from app.domain.route import Carriage, Route
from app.domain.stakes import format_stake
from app.text import translate
from maps.labels.label import STAKE_DOWN_PX, LabelStyle
from maps.layers.label_layer import LabelLayer

_STEP_M: Final = 100
# Stakes at multiples of so many metres: the zoom from which they show, and their priority.
_SHOWN: Final = (
    (10_000, 12.5, 56.0),
    (5_000, 13.0, 58.0),
    (1_000, 13.4, 62.0),
    (500, 15.0, 70.0),
    (100, 16.5, 76.0),
)


@dataclass(frozen=True, slots=True)
class StakePlace:
    """Where one stake stands (degrees, WGS-84); `label` tells the equal ones of a long chain apart."""

    metres: int
    label: str
    lon: float
    lat: float

    @property
    def text(self) -> str:
        """A whole kilometre without its metres, as on its own stone."""
        return format_stake(self.metres, label=self.label).replace("+000", "")


def stake_places(route: Route) -> tuple[StakePlace, ...]:
    """The stakes of the main line, every 100 m, once: not on both carriageways.

    They stand on the carriageway that sees them grow; where it has none, on the other one.
    """
    main = [piece for piece in route.carriages if not piece.branch]
    found: dict[tuple[int, str], StakePlace] = {}
    for piece in sorted(main, key=lambda piece: piece.direction != route.stakes_grow):
        for place in _along(piece):
            found.setdefault((place.metres, place.label), place)
    return tuple(found.values())


def stake_layer(routes: Iterable[Route]) -> LabelLayer:
    """All stakes of the routes. Slow: not on the GUI thread."""
    routes = tuple(routes)
    places = [place for route in routes for place in stake_places(route)]
    looks = [_look(place.metres) for place in places]
    return LabelLayer(
        id="stakes",
        title=translate("Map", "里程桩"),
        source=translate("Map", "路线校准点"),
        group="road",
        demo=any(route.demo for route in routes),
        zooms=(_SHOWN[0][1], 30.0),
        texts=tuple(place.text for place in places),
        styles=(LabelStyle.STAKE,) * len(places),
        lonlat=np.array([(place.lon, place.lat) for place in places]).reshape(-1, 2),
        priorities=np.array([priority for _, priority in looks]),
        text_zooms=np.array([(first, 30.0) for first, _ in looks]).reshape(-1, 2),
        shifts=(STAKE_DOWN_PX,) * len(places),
    )


def _along(piece: Carriage) -> Iterator[StakePlace]:
    measures = cumulative_m(piece.line)
    lons, lats = np.array(piece.line).T
    for a, b in pairwise(piece.calibration):
        if b.geom_measure_m <= a.geom_measure_m or a.stake_m == b.stake_m:
            continue  # a chain break, or a stretch without a length
        low, high = sorted((a.stake_m, b.stake_m))
        stakes = np.arange(math.ceil(low / _STEP_M), math.floor(high / _STEP_M) + 1) * _STEP_M
        part = (stakes - a.stake_m) / (b.stake_m - a.stake_m)
        at = a.geom_measure_m + part * (b.geom_measure_m - a.geom_measure_m)
        spots = zip(np.interp(at, measures, lons), np.interp(at, measures, lats), strict=True)
        for metres, (lon, lat) in zip(stakes.tolist(), spots, strict=True):
            yield StakePlace(metres, a.label, float(lon), float(lat))


def _look(metres: int) -> tuple[float, float]:
    """First zoom and priority."""
    return next((zoom, rank) for step, zoom, rank in _SHOWN if metres % step == 0)
