"""Vehicles of the demo: they drive along the roads, each as fast as it can."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from app.domain.live import DEGREE, VehicleKind, VehicleState
from backend.demo.roads import Floats, Ints, Roads
from backend.services.live_picture import Vehicles

_LONGEST_STEP_S: Final = 2.0
"""Nobody looked for a while: they go on from where they were."""

_MAIN: Final = (1, 2, 3, 4, 5)
"""Classes of road on which they set out: motorways to tertiary roads."""

_TURNS: Final = 6  # crossings in one step, at most
_SILENT: Final = 2.0  # of a hundred have no connection
_SILENCE_S: Final = 600.0
_STANDING_KMH: Final = 1.0


class Drivers:
    """`picture` moves them on to a time (seconds since 1970) and tells their newest fixes."""

    def __init__(self, roads: Roads, told: Mapping[str, Any], count: int, now: float) -> None:
        self._roads = roads
        self._dice = np.random.default_rng((told["seed"], 3))
        self._lengths = np.repeat(roads.lengths, 2)
        main = np.isin(roads.classes, _MAIN)
        usable = np.stack((main, main & ~roads.oneway), axis=1).ravel()
        weight = self._lengths * usable / np.repeat(np.maximum(roads.classes, 1), 2)
        self._likely = np.cumsum(weight) / weight.sum()
        table = [told["vehicle"][kind.name] for kind in VehicleKind]
        shares = np.cumsum([row["share"] for row in table])
        kinds = np.searchsorted(shares / shares[-1], self._dice.random(count))
        self._kinds = kinds.astype(np.uint8)
        self._fastest = np.array([row["kmh"] for row in table], dtype=float)[kinds]
        self._fastest *= self._dice.uniform(0.85, 1.1, count)
        self._ids = np.arange(1, count + 1, dtype=np.uint32)
        self._ways = self._somewhere(count)
        self._metres = self._dice.random(count) * self._lengths[self._ways]
        self._now = now
        silent_for = self._dice.random(count) * 2 * _SILENCE_S
        self._seen_at = np.where(self._silent(now), now - silent_for, now)
        self._fixes = (*self._place(), np.zeros(count))

    def picture(self, now: float, speeds: Floats, closed: npt.NDArray[np.bool_]) -> Vehicles:
        """`speeds` (2 L,) km/h on each way; nobody enters a closed one."""
        step = min(max(now - self._now, 0.0), _LONGEST_STEP_S)
        self._now = now
        kmh = np.minimum(self._fastest, speeds[self._ways])
        kmh = np.where(self._drive(kmh / 3.6 * step, closed), kmh, 0.0)
        told = ~self._silent(now)
        self._seen_at = np.where(told, now, self._seen_at)
        places, headings, fix_kmh = self._fixes
        found, pointing = self._place()
        self._fixes = (
            np.where(told[:, None], found, places),
            np.where(told, pointing, headings),
            np.where(told, kmh, fix_kmh),
        )
        return self._table()

    def _drive(self, metres: Floats, closed: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Move them on; False for those who stand before a closed way."""
        free = np.ones(len(metres), dtype=bool)
        self._metres = self._metres + metres
        for _ in range(_TURNS):
            beyond = np.flatnonzero(self._metres > self._lengths[self._ways])
            if not len(beyond):
                break
            rest = self._metres[beyond] - self._lengths[self._ways[beyond]]
            ahead = self._turn(self._ways[beyond])
            gone = ahead < 0
            shut = ~gone & closed[ahead]
            self._metres[beyond[shut]] = self._lengths[self._ways[beyond[shut]]]
            free[beyond[shut]] = False
            self._replace(beyond[gone])
            on = ~gone & ~shut
            self._ways[beyond[on]], self._metres[beyond[on]] = ahead[on], rest[on]
        self._metres = np.minimum(self._metres, self._lengths[self._ways])
        return free

    def _turn(self, ways: Ints) -> Ints:
        """The way that each takes next, mostly the like of its own; -1 where the map ends."""
        first = self._roads.next_offsets[ways]
        count = self._roads.next_offsets[ways + 1] - first
        pick = (self._dice.random(len(ways)) ** 2.5 * count).astype(np.int64)
        ahead = self._roads.next_ways[np.where(count > 0, first + pick, 0)]
        return np.where(count > 0, ahead, -1)

    def _replace(self, rows: Ints) -> None:
        """These have left the map; others, of other names, come in their place."""
        newest = int(self._ids.max(initial=0))
        self._ids[rows] = np.arange(newest + 1, newest + 1 + len(rows), dtype=np.uint32)
        self._ways[rows] = self._somewhere(len(rows))
        self._metres[rows] = self._dice.random(len(rows)) * self._lengths[self._ways[rows]]
        self._seen_at[rows] = self._now

    def _somewhere(self, count: int) -> Ints:
        return np.searchsorted(self._likely, self._dice.random(count))

    def _silent(self, now: float) -> npt.NDArray[np.bool_]:
        """Who has no connection now; it lasts some minutes."""
        phase = self._ids.astype(np.int64) * 2_654_435_761
        turn = ((now + phase % 600) // _SILENCE_S).astype(np.int64)
        return (phase + turn * 40_503) % 10_007 < _SILENT * 100.07

    def _place(self) -> tuple[Floats, Floats]:
        return self._roads.at(self._ways, self._metres)

    def _table(self) -> Vehicles:
        places, headings, kmh = self._fixes
        standing = kmh < _STANDING_KMH
        lonlat = np.rint(places * DEGREE).astype(np.int32)
        return Vehicles(
            ids=self._ids.copy(),
            kinds=self._kinds,
            states=np.where(standing, VehicleState.STANDING, VehicleState.DRIVING).astype(np.uint8),
            lon=lonlat[:, 0],
            lat=lonlat[:, 1],
            heading=(np.rint(headings * 100) % 36_000).astype(np.uint16),
            speed=np.rint(kmh * 10).astype(np.uint16),
            seen_at=self._seen_at,
        )
