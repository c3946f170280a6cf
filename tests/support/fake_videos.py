"""Players without network or thread: a test says what they show.

videos = FakeVideos(); ...; videos.of("camera-1").play(now=100.0); videos.of("camera-1").status
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from app.video.address import Quality
from app.video.player import Player
from app.video.slot import Picture
from app.video.snapshot import Snapshot
from app.video.states import StreamState
from app.video.status import Mode, Status
from app.video.videos import Videos

TAKEN = datetime(2026, 11, 22, 4, 34, 56, tzinfo=UTC)  # 12:34:56 in Shanghai


class FakePlayer(Player):
    """`calls` keeps what the wall asked for, in order."""

    def __init__(self, camera_id: str, code: str) -> None:  # no line, no thread
        self.camera_id, self.code = camera_id, code
        self.calls: list[tuple[Any, ...]] = []
        self.size: tuple[int, int] | None = None
        self.focused = self.incident = self.closed = False
        self.quality = Quality.SUB
        self.now = Status()
        self._picture: Picture | None = None

    @property
    def status(self) -> Status:
        return self.now

    @property
    def visible(self) -> bool:
        return self.size is not None

    def become(self, **changes: Any) -> None:
        self.now = replace(self.now, **changes)

    def play(self, now: float = 0.0, **changes: Any) -> None:
        """A picture of the asked size has come at this time."""
        width, height = self.size or (64, 48)
        self.give(road(width, height, seed=self.code), now)
        given = {"state": StreamState.PLAYING, "picture_at": now, "quality": self.quality}
        self.become(**{**given, "size": (704, 576), "fps": 25.0, "lag_s": 0.2, **changes})

    def give(self, pixels: np.ndarray[Any, np.dtype[np.uint8]], now: float) -> None:
        serial = (self._picture.serial if self._picture else 0) + 1
        self._picture = Picture(
            pixels=pixels, pts_s=now, arrived=now, taken_at=TAKEN, serial=serial
        )

    # what the wall calls

    def show(self, width: int, height: int) -> None:
        self.calls.append(("show", width, height))
        self.size = (width, height)

    def hide(self) -> None:
        self.calls.append(("hide",))
        self.size = None

    def prefer(
        self, *, focused: bool = False, incident: bool = False, quality: Quality = Quality.SUB
    ) -> None:
        self.focused, self.incident, self.quality = focused, incident, quality

    def order(self, quality: Quality, mode: Mode) -> None:
        self.become(quality=quality, mode=mode)

    def take(self) -> Picture | None:
        picture, self._picture = self._picture, None
        return picture

    def retry(self) -> None:
        self.calls.append(("retry",))

    def snapshot(self, done: Callable[[Snapshot | None], None]) -> None:
        self.calls.append(("snapshot",))
        done(None)

    def close(self) -> None:
        self.calls.append(("close",))
        self.closed = True


class FakeVideos(Videos):
    def __init__(self) -> None:
        self.opened: list[FakePlayer] = []
        self.lates: list[float] = []

    def open(self, camera_id: str, code: str) -> FakePlayer:
        player = FakePlayer(camera_id, code)
        self.opened.append(player)
        return player

    def of(self, camera_id: str) -> FakePlayer:
        """The player of a camera that is open now."""
        return next(p for p in self.opened if p.camera_id == camera_id and not p.closed)

    @property
    def live(self) -> set[str]:
        """Cameras that are open now."""
        return {player.camera_id for player in self.opened if not player.closed}

    @property
    def players(self) -> tuple[Player, ...]:
        return tuple(player for player in self.opened if not player.closed)

    def gui_was_late(self, seconds: float) -> None:
        self.lates.append(seconds)

    def close_all(self) -> None:
        for player in self.players:
            player.close()


def road(width: int, height: int, seed: str = "") -> np.ndarray[Any, np.dtype[np.uint8]]:
    """A road to the horizon, BGRX: grey asphalt, white lines, green at the sides."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    shade = sum(seed.encode()) % 40
    depth = np.clip((y / height - 0.3) / 0.7, 0.0, 1.0)
    side = np.abs(x / width - 0.5) * 2
    asphalt = side < 0.12 + 0.8 * depth
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[:] = (70 + shade, 110 + shade, 90, 255)
    pixels[depth <= 0] = (190, 170 + shade // 2, 150, 255)
    pixels[(depth > 0) & asphalt] = (92 + shade, 92 + shade, 92 + shade, 255)
    line = (depth > 0) & (side < 0.012 + 0.02 * depth) & (np.sin(40 / (depth + 0.08)) > 0)
    pixels[line] = (225, 225, 225, 255)
    return pixels
