"""The overload ladder 降级: what each stream shows when the machine cannot show all."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.video.address import Quality
from app.video.status import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One stream as measured. `wanted` is what its tile asked for, `lag_s` how far it is behind."""

    player_id: int
    lag_s: float
    focused: bool
    incident: bool
    visible: bool
    wanted: Quality


@dataclass(frozen=True, slots=True)
class Order:
    """What a stream shall show from now on."""

    player_id: int
    quality: Quality
    mode: Mode


class Ladder:
    """Call `step` about once a second; it answers with what changes. Pure: time is given."""

    def step(self, loads: Sequence[Load], gui_late_s: float, now: float) -> tuple[Order, ...]:
        """`gui_late_s`: how late the event loop was since the last call (p95)."""
        return ()
