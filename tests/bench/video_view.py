"""What the video benchmarks share: cameras on real RTSP servers, players, a wall that is watched."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QPaintEvent

from app.bootstrap import SWITCH_S
from app.domain.camera import Camera, Health
from app.garbage import Collector
from app.services import Services
from app.video.address import Address, NoAddressError, Quality
from app.video.player import Player
from app.video.slot import Picture
from app.video.states import StreamState
from app.video.status import Fault, Mode
from app.video.videos import Videos
from tests.bench.desk import application, wait_until
from tests.support.clips import Clip, number_in
from tests.support.fake_services import put, running_services
from tests.support.rtsp_server import RtspServer
from widgets.shared.theme import load_theme
from widgets.video.keeper import WallKeeper
from widgets.video.wall_view import WallView

D1: Final = Clip(width=704, height=576, kbit_s=1500)
HD: Final = Clip(width=1920, height=1080, kbit_s=5000)
SMALL: Final = Clip(width=352, height=288, kbit_s=400)
PICTURES_S: Final = 25
FRESH_S: Final = {Mode.FULL: 1.0, Mode.HALF: 1.0, Mode.KEYS: 2.5, Mode.STILLS: 11.0}
SCREEN: Final = (1920, 1080)


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


class Wall(WallView):
    """The product's wall; notes which picture was on the screen when."""

    def __init__(self, services: Services, keeper: WallKeeper, office: Office) -> None:
        super().__init__(services, keeper)
        self._office = office
        self._known: dict[str, Picture] = {}
        self.seen: defaultdict[str, list[Seen]] = defaultdict(list)
        self.shown = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        now = time.monotonic()
        for face in self._faces.values():
            picture, camera_id = face.picture, face.tile.camera
            if picture is not None and self._known.get(camera_id) is not picture:
                self._known[camera_id] = picture
                self._note(camera_id, picture, now)

    def reset(self) -> None:
        self.seen.clear()
        self.shown = 0

    def lags_ms(self) -> list[float]:
        return [seen.lag_s * 1000 for all_seen in self.seen.values() for seen in all_seen]

    @property
    def picture_size(self) -> tuple[int, int]:
        """Pixels of the pictures on the first tile."""
        height, width = next(iter(self._known.values())).pixels.shape[:2]
        return width, height

    def _note(self, camera_id: str, picture: Picture, now: float) -> None:
        self.shown += 1
        number = number_in(picture.pixels)
        server = self._office.servers.get(camera_id)
        if number is not None and server is not None:
            lag_s = now - server.sent_at(f"/{camera_id}", number)
            self.seen[camera_id].append(Seen(now, lag_s, now - picture.arrived))


@contextmanager
def wall(videos: Videos, office: Office, layout: str) -> Iterator[tuple[Wall, dict[str, Player]]]:
    """The office's cameras on a wall of a whole screen, the first tile in hand; their players."""
    load_theme("dark").wear(application())
    with running_services(videos=videos) as services:
        services.store.apply(put(*map(_camera, office.servers)))
        keeper = WallKeeper(services.preferences, str, "bench", services.store)
        keeper.divide(layout)
        for place, camera_id in enumerate(office.servers):
            keeper.show(keeper.wall.put(place, camera_id))
        view = Wall(services, keeper, office)
        view.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        view.setGeometry(0, 0, *SCREEN)
        view.show()
        wait_until(lambda: all(view.deck.player(camera_id) for camera_id in office.servers), 10)
        try:
            yield view, {player.camera_id: player for player in videos.players}
        finally:
            view.deck.close_all()
            view.close()
            view.deleteLater()


def _camera(camera_id: str) -> Camera:
    return Camera(
        id=camera_id, version=1, code=code_of(camera_id), name=f"CAM-{camera_id}",
        health=Health.ONLINE, streams=("sub",),
    )  # fmt: skip


def is_live(player: Player) -> bool:
    status = player.status
    newest = status.picture_at
    fresh = newest is not None and time.monotonic() - newest < FRESH_S[status.mode]
    return status.state is StreamState.PLAYING and fresh


def wait_live(players: dict[str, Player], most_s: float = 20.0) -> None:
    """Raises TimeoutError with what those say that are not."""
    try:
        wait_until(lambda: all(map(is_live, players.values())), most_s)
    except TimeoutError:
        dead = {name: player.status for name, player in players.items() if not is_live(player)}
        raise TimeoutError(f"not live after {most_s:.0f} s: {dead}") from None


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
