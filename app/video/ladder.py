"""The overload ladder 降级: what each stream shows when the machine cannot show all."""

import math
import tomllib
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from app.domain.rules import RULES_DIR
from app.video.address import Quality
from app.video.status import Mode

STEPS = (
    (Quality.MAIN, Mode.FULL),
    (Quality.SUB, Mode.FULL),
    (Quality.SUB, Mode.HALF),
    (Quality.SUB, Mode.KEYS),
    (Quality.SUB, Mode.STILLS),
)
HALF_STEP, LATE_STEP = 2, 3
"""As far as a late desk alone brings any stream whose pictures come in time: less to convert and to
paint; to key frames only when it is the desk itself that takes the machine, not other programs."""
LOWEST = (4, 3, 3)
"""The last step of plain, incident and focused tiles: who looks closely gets no stills."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRule:
    """Seconds and shares, see resources/rules/video_ladder.toml."""

    lag_s: float
    gui_late_s: float
    gui_late_of: int
    late_share: float
    busy_share: float
    settle_s: float
    catch_up_s: float
    headroom_s: float
    longest_headroom_s: float
    forgotten_s: float
    restored_share: float

    @classmethod
    def read(cls) -> "LadderRule":
        raw = tomllib.loads((RULES_DIR / "video_ladder.toml").read_text(encoding="utf-8"))
        return cls(**{name: raw[name] for name in cls.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One stream as measured. `wanted` is what its tile asked for, `lag_s` how far it is behind."""

    player_id: int
    lag_s: float
    focused: bool
    incident: bool
    visible: bool
    wanted: Quality

    @property
    def rank(self) -> int:
        """The higher, the later it gives way."""
        return 2 if self.focused else 1 if self.incident else 0


@dataclass(frozen=True, slots=True)
class Order:
    """What a stream shall show from now on."""

    player_id: int
    quality: Quality
    mode: Mode


class Ladder:
    """Call `step` about once a second; it answers with what changes. Pure: time is given.

    All of the lowest rank go down a step together, so that an overload ends soon; they come
    back a few at a time. Those that were too much go down again, and the next wait twice as long.
    """

    def __init__(self, rule: LadderRule) -> None:
        self._rule = rule
        self._steps: dict[int, int] = {}
        self._last: dict[int, Load] = {}
        self._granted: dict[int, tuple[Quality, Mode]] = {}
        self._raised: list[int] = []
        self._lates = deque([0.0] * rule.gui_late_of, rule.gui_late_of)
        self._deepest = max(LOWEST)
        self._lag_s = 0.0
        self._changed_at = -math.inf
        self._failed_at = -math.inf
        self._calm_since: float | None = None
        self._patience = rule.headroom_s

    def step(
        self, loads: Sequence[Load], gui_late_s: float, now: float, busy: float = 0.0
    ) -> tuple[Order, ...]:
        """`gui_late_s`: how late the event loop was since the last call (p95); `busy`: the share
        of the processor time that there was which this process took."""
        self._know(loads)
        self._lates.append(gui_late_s)
        gui_late_s = median(self._lates)
        seen = [load for load in loads if load.visible]
        late = gui_late_s > self._rule.gui_late_s
        lags = self._lags(seen)
        if lags or late:
            ours = LATE_STEP if busy > self._rule.busy_share else HALF_STEP
            self._deepest = max(LOWEST) if lags else ours
            self._calm_since = None
            ends = self._lag_ends(seen) and not late
            if now - self._changed_at >= self._rule.settle_s and not ends:
                self._lower(seen, now)
        elif not self._is_calm(seen, gui_late_s):
            self._calm_since = None
        else:
            self._calm_since = now if self._calm_since is None else self._calm_since
            if now - max(self._calm_since, self._changed_at) >= self._patience:
                self._restore(seen, now)
        self._lag_s = _mean_lag(seen)
        return tuple(self._orders(loads))

    def _know(self, loads: Sequence[Load]) -> None:
        """A new stream starts where its equals are; what is looked at closely starts in full, and
        so does what had given nothing up. Another wanted quality is shown before it gets here."""
        known = {load.player_id for load in loads}
        self._steps = {key: step for key, step in self._steps.items() if key in known}
        for load in loads:
            key, top = load.player_id, _top(load)
            if key not in self._steps:
                equals = [
                    self._steps[other.player_id]
                    for other in loads
                    if other.player_id in self._steps and other.rank == load.rank
                ]
                self._steps[key] = min(equals, default=top)
            else:
                last = self._last[key]
                if load.rank > last.rank or self._steps[key] == _top(last):
                    self._steps[key] = top
                if load.wanted is not last.wanted:
                    self._granted[key] = load.wanted, self._granted[key][1]
            self._steps[key] = min(max(self._steps[key], top), LOWEST[load.rank])
        self._last = {load.player_id: load for load in loads}

    def _lags(self, seen: Sequence[Load]) -> bool:
        late = sum(load.lag_s > self._rule.lag_s for load in seen)
        enough = max(min(2, len(seen)), self._rule.late_share * len(seen), 1)
        return late >= enough

    def _lag_ends(self, seen: Sequence[Load]) -> bool:
        """What was done is enough: streams catch up."""
        mean = _mean_lag(seen)
        soon = mean < self._lag_s and mean < 2 * self._rule.lag_s
        return soon or mean <= self._lag_s - mean / self._rule.catch_up_s

    def _is_calm(self, seen: Sequence[Load], gui_late_s: float) -> bool:
        late = sum(load.lag_s > self._rule.lag_s / 2 for load in seen)
        return gui_late_s <= self._rule.gui_late_s / 2 and late <= self._rule.late_share * len(seen)

    def _lower(self, seen: Sequence[Load], now: float) -> None:
        again = [load for load in seen if load.player_id in self._raised and self._can_fall(load)]
        if self._raised:
            self._failed_at = now
            self._patience = min(2 * self._patience, self._rule.longest_headroom_s)
        falling = again or self._next_to_fall(seen)
        for load in falling:
            self._steps[load.player_id] += 1
        self._raised = []
        if falling:
            self._changed_at = now

    def _next_to_fall(self, seen: Iterable[Load]) -> list[Load]:
        """The lowest rank that can still fall, and of it those that show the most."""
        can = [load for load in seen if self._can_fall(load)]
        first = min(((load.rank, self._steps[load.player_id]) for load in can), default=None)
        return [load for load in can if (load.rank, self._steps[load.player_id]) == first]

    def _can_fall(self, load: Load) -> bool:
        return self._steps[load.player_id] < min(LOWEST[load.rank], self._deepest)

    def _restore(self, seen: Sequence[Load], now: float) -> None:
        """Of the highest rank that gave way, some of those that show the least."""
        if now - self._failed_at > self._rule.forgotten_s:
            self._patience = self._rule.headroom_s
        low = [load for load in seen if self._steps[load.player_id] > _top(load)]
        low.sort(key=lambda load: (-load.rank, -self._steps[load.player_id]))
        self._raised = []
        for _, equals in groupby(low, key=lambda load: load.rank):
            rising = list(equals)
            count = math.ceil(len(rising) * self._rule.restored_share)
            self._raised = [load.player_id for load in rising[:count]]
            break
        for key in self._raised:
            self._steps[key] -= 1
        self._changed_at = now

    def _orders(self, loads: Sequence[Load]) -> Iterable[Order]:
        granted = {load.player_id: STEPS[self._steps[load.player_id]] for load in loads}
        for load in loads:
            before = self._granted.get(load.player_id, (load.wanted, Mode.FULL))
            if granted[load.player_id] != before:
                yield Order(load.player_id, *granted[load.player_id])
        self._granted = granted


def _mean_lag(loads: Sequence[Load]) -> float:
    return sum(load.lag_s for load in loads) / max(len(loads), 1)


def _top(load: Load) -> int:
    return 0 if load.wanted is Quality.MAIN else 1
