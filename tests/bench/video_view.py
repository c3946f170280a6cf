"""What the video benchmarks share: cameras on real RTSP servers, players, a wall that is watched."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QObject, QRect, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.bootstrap import SWITCH_S
from app.garbage import Collector
from app.video.address import Address, NoAddressError, Quality
from app.video.player import Player
from app.video.slot import Picture
from app.video.states import StreamState
from app.video.status import Fault
from app.video.videos import Videos
from tests.bench.desk import Heartbeat, application, wait_until
from tests.support.clips import Clip, number_in
from tests.support.rtsp_server import RtspServer

D1: Final = Clip(width=704, height=576, kbit_s=1500)
HD: Final = Clip(width=1920, height=1080, kbit_s=5000)
SMALL: Final = Clip(width=352, height=288, kbit_s=400)
PICTURES_S: Final = 25
FRESH_S: Final = 1.0


class Office:
    """Stands where the backend stands: knows each camera's address, notes who asked when."""

    def __init__(self) -> None:
        self.servers: dict[str, RtspServer] = {}
        self.asked: defaultdict[str, list[float]] = defaultdict(list)
        self.elsewhere: dict[str, str] = {}  # addresses that no server of ours has

    def ask(self, camera_id: str, quality: Quality) -> Address:
        self.asked[camera_id].append(time.monotonic())
        server = self.servers.get(camera_id)
        url = server.url(f"/{camera_id}") if server else self.elsewhere.get(camera_id)
        if url is None:
            raise NoAddressError(Fault.NO_ADDRESS)
        return Address(url=url, device_id=code_of(camera_id), channel="1", quality=quality)


def code_of(camera_id: str) -> str:
    return f"1201000000131{camera_id:0>7}"


@contextmanager
def cameras(clip: Clip, count: int, servers: int = 1) -> Iterator[Office]:
    """So many cameras with the ids "1", "2", … on so many servers in turn."""
    office, ids = Office(), [str(number + 1) for number in range(count)]
    running = []
    try:
        for first in range(servers):
            own = ids[first::servers]
            server = RtspServer({f"/{camera_id}": clip for camera_id in own})
            server.start()
            running.append(server)
            office.servers |= dict.fromkeys(own, server)
        yield office
    finally:
        for server in running:
            server.close()


@contextmanager
def watched(office: Office) -> Iterator[Videos]:
    """The players' owner, in a process set up as the desk's."""
    application()
    sys.setswitchinterval(SWITCH_S)
    collector, videos = Collector(), Videos(office.ask)
    collector.start()
    try:
        yield videos
    finally:
        videos.close_all()
        collector.shutdown()


def open_players(videos: Videos, ids: Sequence[str], size: tuple[int, int]) -> dict[str, Player]:
    players = {}
    for camera_id in ids:
        players[camera_id] = videos.open(camera_id, code_of(camera_id))
        players[camera_id].show(*size)
    return players


@dataclass(frozen=True, slots=True)
class Seen:
    """One picture on the screen: how long after it was sent, and how old it says that it is."""

    at: float
    lag_s: float
    told_s: float


@dataclass(slots=True)
class Tile:
    player: Player
    place: QRect
    newest: Picture | None = None
    is_new: bool = False
    taken: int = 0
    seen: list[Seen] = field(default_factory=list)


class Wall(QWidget):
    """Tiles in columns, all painted in one go, 25 times a second; notes what came when."""

    def __init__(
        self, players: dict[str, Player], size: tuple[int, int], columns: int, office: Office
    ) -> None:
        super().__init__()
        self._office = office
        self._numbers = True
        width, height = size
        self.tiles = {
            camera_id: Tile(player, QRect(n % columns * width, n // columns * height, *size))
            for n, (camera_id, player) in enumerate(players.items())
        }
        rows = -(-len(players) // columns)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setGeometry(0, 0, columns * width, rows * height)
        timer = Qt.TimerType.PreciseTimer
        self._timer = QTimer(self, interval=1000 // PICTURES_S, timerType=timer)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for tile in self.tiles.values():
            if tile.newest is not None and event.rect().intersects(tile.place):
                pixels = tile.newest.pixels
                height, width = pixels.shape[:2]
                image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
                painter.drawImage(tile.place, image)
        painter.end()
        now = time.monotonic()
        for camera_id, tile in self.tiles.items():
            if tile.is_new:
                tile.is_new = False
                self._note(camera_id, tile, now)

    def reset(self) -> None:
        for tile in self.tiles.values():
            tile.seen.clear()
            tile.taken = 0

    def lags_ms(self) -> list[float]:
        return [seen.lag_s * 1000 for tile in self.tiles.values() for seen in tile.seen]

    def _on_time(self) -> None:
        for tile in self.tiles.values():
            picture = tile.player.take()
            if picture is not None:
                tile.newest, tile.is_new = picture, True
                tile.taken += 1
                self.update(tile.place)

    def _note(self, camera_id: str, tile: Tile, now: float) -> None:
        assert tile.newest is not None
        number = number_in(tile.newest.pixels)
        server = self._office.servers.get(camera_id)
        if number is None or server is None:
            return
        sent = server.sent_at(f"/{camera_id}", number)
        tile.seen.append(Seen(now, now - sent, now - tile.newest.arrived))


@contextmanager
def wall(
    players: dict[str, Player], size: tuple[int, int], columns: int, office: Office
) -> Iterator[Wall]:
    shown = Wall(players, size, columns, office)
    shown.show()
    try:
        yield shown
    finally:
        shown.close()
        shown.deleteLater()


def is_live(player: Player) -> bool:
    status = player.status
    fresh = status.picture_at is not None and time.monotonic() - status.picture_at < FRESH_S
    return status.state is StreamState.PLAYING and fresh


def wait_live(players: dict[str, Player], most_s: float = 20.0) -> None:
    """Raises TimeoutError with what those say that are not."""
    try:
        wait_until(lambda: all(map(is_live, players.values())), most_s)
    except TimeoutError:
        dead = {name: player.status for name, player in players.items() if not is_live(player)}
        raise TimeoutError(f"not live after {most_s:.0f} s: {dead}") from None


class Lateness(QObject):
    """Tells the ladder each second how late the event loop was, as the desk does.

    `worst_ms`: the longest stall since the last `reset`; `p95s_ms`: of each second since then.
    """

    def __init__(self, videos: Videos) -> None:
        super().__init__()
        self._videos = videos
        self._beat = Heartbeat()
        self.worst_ms = 0.0
        self.p95s_ms: list[float] = []
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._on_second)
        self._timer.start()
        self._beat.start()

    def reset(self) -> None:
        self._beat.start()
        self.worst_ms = 0.0
        self.p95s_ms.clear()

    def stop(self) -> None:
        self._timer.stop()
        self._beat.stop()

    def _on_second(self) -> None:
        late_ms = self._beat.share_ms(0.95)
        self.p95s_ms.append(late_ms)
        self.worst_ms = max(self.worst_ms, self._beat.worst_ms)
        self._videos.gui_was_late(late_ms / 1000)
        self._beat.start()


class Moments(QObject):
    """When something became true, looked at every five milliseconds."""

    def __init__(self, wanted: dict[str, Callable[[], bool]]) -> None:
        super().__init__()
        self.at: dict[str, float] = {}
        self._wanted = dict(wanted)
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()

    def wait(self, most_s: float) -> dict[str, float]:
        """Monotonic seconds by name; what did not come is missing."""
        with suppress(TimeoutError):
            wait_until(lambda: not self._wanted, most_s)
        self._timer.stop()
        return self.at

    def _on_time(self) -> None:
        for name in [name for name, is_true in self._wanted.items() if is_true()]:
            del self._wanted[name]
            self.at[name] = time.monotonic()
