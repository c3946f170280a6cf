"""What this seat itself saw of the cameras it showed: the newest frame, and what was lost."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.clock import Clock
from app.video.player import Player


@dataclass(frozen=True, slots=True)
class Seen:
    """`at` UTC, whole seconds; `loss` 0..1 of the last five minutes, None while unknown."""

    at: datetime | None = None
    loss: float | None = None


class SeenHere:
    """Remembers when a camera was last seen; its loss only while it is shown here."""

    def __init__(self, clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._monotonic = clock, monotonic
        self._seen: dict[str, Seen] = {}

    def of(self, camera_id: str) -> Seen:
        return self._seen.get(camera_id, Seen())

    def look(self, players: Iterable[Player]) -> set[str]:
        """Take what the players know now; returns the cameras of which something changed."""
        now, today = self._monotonic(), self._clock.now()
        found = {camera_id: Seen(seen.at) for camera_id, seen in self._seen.items()}
        for player in players:
            status, before = player.status, found.get(player.camera_id, Seen())
            at = before.at
            if status.picture_at is not None:
                seen_at = today - timedelta(seconds=max(now - status.picture_at, 0.0))
                seen_at = seen_at.replace(microsecond=0)
                at = seen_at if at is None else max(at, seen_at)
            loss = before.loss if status.loss is None else max(status.loss, before.loss or 0.0)
            found[player.camera_id] = Seen(at, loss)
        changed = {camera_id for camera_id, seen in found.items() if seen != self.of(camera_id)}
        self._seen = found
        return changed
