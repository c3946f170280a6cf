"""The demo's source of live data: traffic on the roads of the city, vehicles that drive there."""

import tomllib
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from app.domain.incident import Incident
from app.domain.live import CLOSED
from backend.demo.people import FOLDER
from backend.demo.roads import Floats, Roads
from backend.demo.traffic_cases import Cases
from backend.demo.traffic_levels import Levels
from backend.demo.traffic_vehicles import Drivers
from backend.services.live_picture import Links, Picture

_SLOTS: Final = 12
_SLOT_S: Final = 5.0
"""Each link is measured once in twelve slots, one after the other: once a minute."""


class DemoTraffic:
    """`open_cases` is asked for the cases of the moment; `vehicles` is how many drive.

    Reads files when it is made. Raises OSError, ValueError, KeyError.
    """

    demo = True

    def __init__(self, open_cases: Callable[[], Sequence[Incident]], vehicles: int) -> None:
        told: dict[str, Any] = tomllib.loads((FOLDER / "traffic.toml").read_text("utf-8"))
        self._open_cases = open_cases
        self._count, self._told = vehicles, told
        self._roads = Roads.open()
        self.network = self._roads.fingerprint
        self._cases, self._levels = Cases(self._roads, told), Levels(self._roads, told)
        self._boxes = self._roads.boxes
        self._known: Sequence[Incident] = ()
        self._effects = self._cases.effects(())
        self._values = np.zeros((len(self._roads), 2), dtype=np.uint8)
        self._seen_at = np.zeros(len(self._roads))
        self._left: Floats = np.ones(2 * len(self._roads))
        self._slot = 0
        self._drivers: Drivers | None = None

    def picture(self, now: float) -> Picture:
        """Everything at a time (seconds since 1970)."""
        slot = int(now // _SLOT_S)
        if slot != self._slot:
            self._measure(slot, now)
        if self._drivers is None:
            self._drivers = Drivers(self._roads, self._told, self._count, now)
        closed = (self._effects.marks & CLOSED) > 0
        vehicles = self._drivers.picture(now, self._left * self._levels.free_kmh, closed)
        return Picture(now, Links(self._boxes, self._values, self._seen_at), vehicles)

    def _measure(self, slot: int, now: float) -> None:
        """Look at the links whose turn it is, and at all that a case has changed."""
        before, self._slot = self._slot, slot
        if not slot - _SLOTS <= before < slot:  # nobody looked for long, or the clock was set back
            before = slot - _SLOTS
        changed = self._look_at_cases()
        self._left = self._levels.left(now, self._effects)
        values = (self._levels.levels(self._left) | self._effects.marks).reshape(-1, 2)
        turn = np.arange(len(self._roads)) % _SLOTS
        behind = (slot - turn) % _SLOTS  # slots since its last turn
        due = (behind < slot - before) | changed
        seen = self._levels.seen.reshape(-1, 2).any(axis=1) | values.any(axis=1)
        measured_at = np.where(changed, now, (slot - behind) * _SLOT_S)
        self._values = np.where(due[:, None], values, self._values)
        self._seen_at = np.where(due & seen, measured_at, self._seen_at)

    def _look_at_cases(self) -> npt.NDArray[np.bool_]:
        """(L,) what other cases than before have changed."""
        cases = self._open_cases()
        before = self._effects
        if cases != self._known:
            self._known, self._effects = cases, self._cases.effects(cases)
        marked = self._effects.marks != before.marks
        slowed = np.abs(self._effects.left - before.left) > 0.05
        changed: npt.NDArray[np.bool_] = (marked | slowed).reshape(-1, 2).any(axis=1)
        return changed
