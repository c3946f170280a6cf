"""Camera heads of the demo city: they keep where they look and move with time. Simulated."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app.domain.ptz import STILL, Move, PresetAct, PresetCommand

FASTEST_DEG_S = 60.0
FASTEST_ZOOM_S = 4.0
TILT_DEG = (-90.0, 20.0)
ZOOM = (1.0, 30.0)


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees, pan from north clockwise 0 to 360, tilt up; zoom as a factor."""

    pan_deg: float = 0.0
    tilt_deg: float = -10.0
    zoom: float = 1.0


@dataclass(slots=True)
class _Head:
    position: Position = Position()
    move: Move = STILL
    since: float = 0.0
    presets: dict[int, Position] = field(default_factory=dict)


class DemoHeads:
    """A gateway without devices behind it. A preset is reached at once."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._heads: dict[str, _Head] = {}
        self._lock = threading.Lock()

    def send(self, code: str, command: Move | PresetCommand) -> None:
        with self._lock:
            head, now = self._heads.setdefault(code, _Head()), self._now()
            head.position, head.since = _moved(head, now), now
            if isinstance(command, Move):
                head.move = command
                return
            head.move = STILL
            if command.act is PresetAct.SET:
                head.presets[command.number] = head.position
            elif command.act is PresetAct.DELETE:
                head.presets.pop(command.number, None)
            else:
                head.position = head.presets.get(command.number, Position())

    def position(self, code: str) -> tuple[Position, bool]:
        """Where the head looks, and whether it moves."""
        with self._lock:
            head = self._heads.get(code, _Head())
            return _moved(head, self._now()), head.move != STILL


def _moved(head: _Head, now: float) -> Position:
    passed, at, move = now - head.since, head.position, head.move
    if move == STILL:
        return at
    return replace(
        at,
        pan_deg=(at.pan_deg + move.pan * FASTEST_DEG_S * passed) % 360,
        tilt_deg=_within(at.tilt_deg + move.tilt * FASTEST_DEG_S * passed, TILT_DEG),
        zoom=_within(at.zoom + move.zoom * FASTEST_ZOOM_S * passed, ZOOM),
    )


def _within(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])
