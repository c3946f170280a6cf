"""Tours 轮巡: cameras shown one after another, each opened before its turn. Pure."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

_RULES: Final = Path(__file__).parents[2] / "resources" / "rules" / "video_tours.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class TourRules:
    """Seconds, and what is passed over; resources/rules/video_tours.toml."""

    dwell_s: float
    shortest_dwell_s: float
    longest_dwell_s: float
    ahead_s: float
    skipped_health: frozenset[str]
    skipped_faults: frozenset[str]

    def passes_over(self, health: str, fault: str) -> bool:
        """True if such a camera has nothing to show."""
        return health in self.skipped_health or (health == "FAULT" and fault in self.skipped_faults)

    def dwell(self, seconds: float) -> float:
        """The nearest dwell time that is allowed."""
        return min(max(seconds, self.shortest_dwell_s), self.longest_dwell_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """`cameras` by id in their order; with several `tiles` as many are shown at once."""

    id: str
    name: str
    cameras: tuple[str, ...] = ()
    dwell_s: float = 15.0
    tiles: tuple[int, ...] = (1,)
    demo: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "cameras": list(self.cameras),
            "dwell_s": self.dwell_s,
            "tiles": list(self.tiles),
        }

    @classmethod
    def from_json(cls, raw: object) -> "Tour | None":
        """Read a kept tour; None if it is none. What is damaged in it is left out."""
        kept: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
        tour_id, name = kept.get("id"), kept.get("name")
        if not (isinstance(tour_id, str) and isinstance(name, str) and tour_id and name):
            return None
        return cls(
            id=tour_id,
            name=name,
            cameras=_texts(kept.get("cameras")),
            dwell_s=_dwell(kept.get("dwell_s")),
            tiles=_tiles(kept.get("tiles")),
        )


class TourState(StrEnum):
    RUNNING = "RUNNING"
    PAUSED = "PAUSED"


@dataclass(frozen=True, slots=True)
class Step:
    """What a tick asks for: cameras by tile to show now, cameras to open ahead, and those that
    were passed over for having nothing to show."""

    due: Mapping[int, str]
    soon: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()


NOTHING: Final = Step({})


class TourRun:
    """A tour under way. Times are monotonic seconds, given by the caller.

    `alive(camera_id)` tells whether a camera has anything to show now. A page is as many
    cameras as there are tiles.
    """

    def __init__(
        self, tour: Tour, alive: Callable[[str], bool], rules: TourRules, now: float
    ) -> None:
        self.tour = tour
        self.state = TourState.RUNNING
        self.shown: tuple[str, ...] = ()
        self._alive, self._rules = alive, rules
        self._next = 0  # where in the list the next page begins
        self._due_at = now
        self._left = 0.0  # of the dwell time, while paused
        self._opened: tuple[str, ...] = ()

    def left_s(self, now: float) -> float:
        """Seconds until the next camera's turn."""
        left = self._left if self.state is TourState.PAUSED else self._due_at - now
        return max(left, 0.0)

    def tick(self, now: float) -> Step:
        """What is to be done at this time; calling often costs nothing."""
        if self.state is TourState.PAUSED or not self.tour.cameras:
            return NOTHING
        if now >= self._due_at:
            return self._turn(now)
        if now >= self._due_at - self._rules.ahead_s and not self._opened:
            self._opened, _, _ = self._page()
            new = tuple(camera for camera in self._opened if camera not in self.shown)
            return Step({}, soon=new)
        return NOTHING

    def pause(self, now: float) -> None:
        if self.state is TourState.RUNNING:
            self._left = self.left_s(now)
            self.state = TourState.PAUSED

    def resume(self, now: float) -> None:
        """Go on with what was left of the present camera's time."""
        if self.state is TourState.PAUSED:
            self.state = TourState.RUNNING
            self._due_at = now + self._left
            self._opened = ()

    def skip(self, now: float) -> Step:
        """The next camera's turn is now; a paused tour stays paused."""
        if not self.tour.cameras:
            return NOTHING
        step = self._turn(now)
        if self.state is TourState.PAUSED:
            self._left = self.tour.dwell_s
        return step

    def _turn(self, now: float) -> Step:
        page, passed_over, self._next = self._page()
        self._due_at = now + self.tour.dwell_s
        self._opened = ()
        if not page:
            return Step({}, passed_over=passed_over)
        self.shown = page
        return Step(dict(zip(self.tour.tiles, page, strict=False)), passed_over=passed_over)

    def _page(self) -> tuple[tuple[str, ...], tuple[str, ...], int]:
        """The next living cameras, those passed over on the way, and where the list goes on."""
        cameras, size = self.tour.cameras, len(self.tour.tiles)
        page: list[str] = []
        passed_over: list[str] = []
        at = self._next
        for _ in cameras:
            camera = cameras[at % len(cameras)]
            at += 1
            (page if self._alive(camera) else passed_over).append(camera)
            if len(page) == size:
                break
        return tuple(page), tuple(passed_over), at % len(cameras)


@cache
def tour_rules() -> TourRules:
    """Raises OSError, or KeyError when the file lacks a figure."""
    read = tomllib.loads(_RULES.read_text("utf-8"))
    for name in ("skipped_health", "skipped_faults"):
        read[name] = frozenset(read[name])
    return TourRules(**{name: read[name] for name in TourRules.__slots__})


def _texts(raw: object) -> tuple[str, ...]:
    rows: Iterable[object] = raw if isinstance(raw, list) else ()
    return tuple(dict.fromkeys(row for row in rows if isinstance(row, str) and row))


def _tiles(raw: object) -> tuple[int, ...]:
    rows: Iterable[object] = raw if isinstance(raw, list) else ()
    tiles = (row for row in rows if isinstance(row, int) and not isinstance(row, bool) and row > 0)
    return tuple(dict.fromkeys(tiles)) or (1,)


def _dwell(seconds: object) -> float:
    rules = tour_rules()
    return rules.dwell(float(seconds)) if isinstance(seconds, int | float) else rules.dwell_s
