"""How fast the demo's traffic is on every way: time of day, slow chance, open cases.

Every number follows from seed and time, so that a run can be repeated and costs nothing while
nobody looks: chance is drawn for moments some minutes apart, and runs smoothly between them.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from backend.demo.roads import CLASSES, Floats, Roads
from backend.demo.traffic_cases import Effects

_CELL_DEG: Final = 0.03  # neighbours are busy together
_AREA_S: Final = 1500.0  # a part of the city changes in this time
_ROAD_DEG: Final = 0.008
_ROAD_S: Final = 700.0  # a piece of road in this
_SHANGHAI_S: Final = 8 * 3600
_DAY_S: Final = 86_400
_CREST: Final = 0.7  # so much of the load is chance


class Levels:
    def __init__(self, roads: Roads, told: Mapping[str, Any]) -> None:
        self._busy = np.array([*told["busy"], told["busy"][0]])
        self._bounds = np.array(told["levels"])
        self._seed = told["seed"]
        table = [told["class"].get(name, told["class"]["service"]) for name in CLASSES]
        classes = np.repeat(roads.classes, 2)
        self.free_kmh: Floats = np.array([row["kmh"] for row in table], dtype=float)[classes]
        self._load = np.array([row["load"] for row in table])[classes]
        dice = np.random.default_rng(self._seed)
        share = np.array([row["data"] for row in table])[roads.classes]
        seen = dice.random(len(roads)) < share
        against = seen & ~roads.oneway
        self.seen: npt.NDArray[np.bool_] = np.stack((seen, against), axis=1).ravel()
        middle = (roads.boxes[:, :2] + roads.boxes[:, 2:]) / 2
        self._cell = np.repeat(_groups(np.floor(middle / _CELL_DEG)), 2)
        # links of a class that lie together are links of one road, mostly
        alike = np.column_stack((np.floor(middle / _ROAD_DEG), roads.classes))
        self._road = 2 * np.repeat(_groups(alike), 2) + np.tile((0, 1), len(roads))
        self._temper = dice.uniform(0.8, 1.2, self._road.max() + 1)[self._road]

    def left(self, now: float, effects: Effects) -> Floats:
        """Share of the free-flow speed that is left on every way at a time (UTC seconds)."""
        hour = (now + _SHANGHAI_S) % _DAY_S / 3600
        busy = float(np.interp(hour, np.arange(25), self._busy))
        areas = _between(self._seed, 1, int(self._cell.max()) + 1, now, _AREA_S)[self._cell]
        roads = _between(self._seed, 2, int(self._road.max()) + 1, now, _ROAD_S)[self._road]
        chance = 1.0 - _CREST + 2 * _CREST * (0.5 * areas + 0.5 * roads)
        slow = busy * self._load * self._temper * chance
        return np.clip(1.0 - slow, 0.12, 1.0) * effects.left

    def levels(self, left: Floats) -> npt.NDArray[np.uint8]:
        """(2 L,) 1 to 5, 0 where nothing is known."""
        level = 1 + (left[:, None] <= self._bounds).sum(axis=1)
        return np.where(self.seen, level, 0).astype(np.uint8)


def _groups(rows: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """(N,) number of the group of equal rows that each is in."""
    _, group = np.unique(rows, axis=0, return_inverse=True)
    return group.ravel().astype(np.int64)


def _between(seed: int, kind: int, count: int, now: float, span_s: float) -> Floats:
    """(count,) chance between 0 and 1 that runs smoothly from moment to moment."""
    moment, share = divmod(now / span_s, 1.0)
    share = share * share * (3 - 2 * share)
    before, after = (_drawn(seed, kind, count, int(moment) + step) for step in (0, 1))
    return before * (1 - share) + after * share


@lru_cache(8)
def _drawn(seed: int, kind: int, count: int, moment: int) -> Floats:
    return np.random.default_rng((seed, kind, moment)).random(count)
