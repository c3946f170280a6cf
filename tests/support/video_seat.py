"""A seat with players on one server of cameras; its threads end with the block."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.video.address import Address, NoAddressError, Quality
from app.video.limits import Limits, stream_limits
from app.video.player import Player
from app.video.slot import Picture
from app.video.states import StreamState
from app.video.status import Fault
from app.video.videos import Videos
from tests.support.ts_server import SMALL, Camera, TsServer, ts_server

CODE, OTHER = "12011400001310000001", "12011400001310000002"
LIMITS = stream_limits()
HASTY = replace(
    LIMITS,
    open=replace(LIMITS.open, connect_s=0.5, read_s=0.3),
    live=replace(LIMITS.live, stalled_s=0.4, lost_s=0.5, hidden_s=0.3),
    retry=replace(LIMITS.retry, steps_s=(0.1, 0.2), hidden_s=5.0, no_address_s=0.2),
)


def until(done: Callable[[], object], seconds: float = 20.0) -> None:
    pause, end = threading.Event(), time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it never came"
        pause.wait(0.005)


class Seat:
    """Players on one server; `asked` keeps camera and quality of every address asked for;
    `steered`: cameras whose heads are in somebody's hand; `missing`: what the server has not."""

    def __init__(self, server: TsServer, limits: Limits) -> None:
        self.server = server
        self.asked: list[tuple[str, Quality]] = []
        self.fault: Fault | None = None
        self.device_id = CODE
        self.steered: set[str] = set()
        self.missing: Quality | None = None
        self.videos = Videos(self._ask, limits=limits, is_steered=self.steered.__contains__)

    def _ask(self, camera_id: str, quality: Quality) -> Address:
        self.asked.append((camera_id, quality))
        if self.fault is not None:
            raise NoAddressError(self.fault)
        path = "none" if quality is self.missing else camera_id
        url = self.server.url(f"/{path}?token=s3cret-{len(self.asked)}")
        return Address(url, self.device_id, "", quality, None, True)

    def show(self, camera_id: str = "road", code: str = CODE) -> Player:
        player = self.videos.open(camera_id, code)
        player.show(160, 120)
        return player


@contextmanager
def seat(limits: Limits = HASTY, **cameras: Camera) -> Iterator[Seat]:
    SMALL.file()
    with ts_server(**cameras) as server:
        seat = Seat(server, limits)
        try:
            yield seat
        finally:
            seat.videos.close_all()
            until(lambda: not names_of_threads(), 5)


def names_of_threads() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith("tocc-video")]


def pictures(player: Player, count: int) -> list[Picture]:
    found: list[Picture] = []

    def take() -> bool:
        picture = player.take()
        found.extend([picture] if picture else [])
        return len(found) >= count

    until(take)
    return found


def ends_in(player: Player, state: StreamState, fault: Fault) -> None:
    until(lambda: (player.status.state, player.status.fault) == (state, fault))
