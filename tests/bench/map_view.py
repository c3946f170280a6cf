"""What the map benchmarks share: the window of 1600 × 1000 pixels, its clockwork, its look.

Nothing here reaches into the map but through what it offers: a frame is what the GUI thread does
from event to event until the paint is on the screen.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter, thread_time
from typing import Final, Self

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer

from app.bootstrap import SWITCH_S
from app.garbage import Collector
from maps.canvas import MapCanvas
from maps.geo.camera import Camera
from maps.geo.mercator import point_to_mercator
from maps.layers.layer import Layer
from maps.layers.network_layer import NetworkLayer
from maps.network.network import Network
from maps.network.roads import RoadClass
from maps.render.thread import RenderThread
from maps.theme import LIGHT, MapTheme, RoadStyle
from tests.bench.desk import Heartbeat, application, run_for, share, wait_until

WIDTH, HEIGHT = 1600, 1000
ROAD_PX: Final = 2.0
ALIKE: Final[MapTheme] = replace(
    LIGHT,
    land=0xFFFFFF,
    roads={
        road: RoadStyle(0x000000, ((0.0, ROAD_PX),), ramp=1.0, casing_from=99.0)
        for road in RoadClass
    },
)
"""Every class black on white and two pixels wide, as the peers draw it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A movement that never rests: where the camera is after so many seconds."""

    lon: float
    lat: float
    zoom: float
    lon_reach: float
    lat_reach: float
    zoom_reach: float
    lon_period: float = 7.0
    lat_period: float = 5.0
    zoom_period: float = 9.0

    @classmethod
    def over(cls, home: Camera, zoom_reach: float) -> Self:
        """From the whole extent inwards, a third of the view to each side."""
        lon, lat = home.lonlat
        east, north = (
            replace(home, x=home.x + reach / home.scale).lonlat[0]
            if axis == 0
            else replace(home, y=home.y + reach / home.scale).lonlat[1]
            for axis, reach in enumerate((home.width / 3, home.height / 3))
        )
        return cls(lon=lon, lat=lat, zoom=home.zoom, lon_reach=east - lon,
                   lat_reach=north - lat, zoom_reach=zoom_reach)  # fmt: skip

    def camera(self, home: Camera, seconds: float) -> Camera:
        """As peers/maplibre.html has it."""
        turn = 2 * math.pi * seconds
        lon = self.lon + self.lon_reach * math.sin(turn / self.lon_period)
        lat = self.lat + self.lat_reach * math.sin(turn / self.lat_period)
        inwards = (1 - math.cos(turn / self.zoom_period)) / 2
        zoomed = replace(home, zoom=self.zoom + self.zoom_reach * inwards)
        return zoomed.centred(*point_to_mercator(lon, lat))


class Clockwork:
    """Times what the GUI thread does. Frames in milliseconds: all since the last frame's end.

    `…cpu_ms` is the thread's own share of it: what is left when nobody else wants the processor
    or the interpreter.
    """

    def __init__(self) -> None:
        self.frames_ms: list[float] = []
        self.frames_cpu_ms: list[float] = []
        self.worked_ms = 0.0  # since the last frame
        self.worked_cpu_ms = 0.0
        self._depth = 0

    @contextmanager
    def work(self) -> Iterator[None]:
        """Counts the time inside; inner ones count once."""
        self._depth += 1
        began, cpu_began = perf_counter(), thread_time()
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth:
                self.worked_ms += (perf_counter() - began) * 1000
                self.worked_cpu_ms += (thread_time() - cpu_began) * 1000

    @property
    def total_ms(self) -> float:
        """All work since the last reset."""
        return sum(self.frames_ms) + self.worked_ms

    @property
    def total_cpu_ms(self) -> float:
        return sum(self.frames_cpu_ms) + self.worked_cpu_ms

    def frame_done(self) -> None:
        self.frames_ms.append(self.worked_ms)
        self.frames_cpu_ms.append(self.worked_cpu_ms)
        self.worked_ms = self.worked_cpu_ms = 0.0

    def reset(self) -> None:
        self.frames_ms.clear()
        self.frames_cpu_ms.clear()
        self.worked_ms = self.worked_cpu_ms = 0.0


class TimedThread(RenderThread):
    """Counts what is done on the GUI thread when it has something new."""

    def __init__(self, clockwork: Clockwork) -> None:
        super().__init__()
        self._clockwork = clockwork

    def event(self, event: QEvent) -> bool:
        with self._clockwork.work():
            return super().event(event)


class TimedCanvas(MapCanvas):
    """A window of its own: its update request is paint and way to the screen together."""

    def __init__(self, theme: MapTheme) -> None:
        self.clockwork = Clockwork()
        super().__init__(theme=theme)

    def event(self, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.UpdateRequest:
            return super().event(event)
        with self.clockwork.work():
            done = super().event(event)
        self.clockwork.frame_done()
        return done


@contextmanager
def window(layers: tuple[Layer, ...], theme: MapTheme = ALIKE) -> Iterator[TimedCanvas]:
    """A map of the benchmarks' size that shows all of its network, crisp."""
    application()
    sys.setswitchinterval(SWITCH_S)  # as the desk does
    collector = Collector()
    collector.start()
    canvas = timed_canvas(theme)
    canvas.set_layers(layers)
    canvas.show()
    wait_until(lambda: canvas.is_crisp)
    run_for(0.3)
    try:
        yield canvas
    finally:
        canvas.close()
        canvas.deleteLater()
        collector.shutdown()


def timed_canvas(theme: MapTheme = ALIKE) -> TimedCanvas:
    """Not shown yet."""
    import maps.backdrop

    canvas = TimedCanvas(theme)
    vars(maps.backdrop)["render_thread"] = partial(TimedThread, canvas.clockwork)
    canvas.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    canvas.setGeometry(0, 0, WIDTH, HEIGHT)
    return canvas


def roads(network: Network, layer_id: str = "roads") -> NetworkLayer:
    return NetworkLayer(id=layer_id, title="roads", source="OpenStreetMap", network=network)


@dataclass(frozen=True, slots=True)
class Shown:
    """Milliseconds until a change was on the screen, and those of the GUI thread for it."""

    ms: float
    gui_ms: float
    gui_cpu_ms: float


def until_shown(canvas: TimedCanvas, change: Callable[[], object]) -> Shown:
    """Change something and wait for the paint that shows it. Raises TimeoutError."""
    shown: list[float] = []

    def note(_camera: Camera) -> None:
        if canvas.is_crisp and not shown:
            shown.append(perf_counter())
            QTimer.singleShot(0, loop.quit)  # the paint's way to the screen is work too

    loop = QEventLoop()
    canvas.picture_shown.connect(note)
    canvas.clockwork.reset()
    began = perf_counter()
    with canvas.clockwork.work():
        change()
    QTimer.singleShot(20_000, loop.quit)
    loop.exec()
    canvas.picture_shown.disconnect(note)
    if not shown:
        raise TimeoutError("no picture of it has come")
    worked = canvas.clockwork
    return Shown((shown[0] - began) * 1000, worked.total_ms, worked.total_cpu_ms)


def home_of(canvas: MapCanvas) -> Camera:
    """The camera that shows the whole extent."""
    return canvas.camera.fitted(canvas.home)


class Traveller(QObject):
    """Moves the camera sixty times a second; notes when each was set and when it was shown."""

    def __init__(self, canvas: TimedCanvas, route: Route) -> None:
        super().__init__()
        self.lags_ms: list[float] = []
        self._canvas, self._route = canvas, route
        self._home = home_of(canvas)
        self._set_at: dict[Camera, float] = {}
        self._began = 0.0
        self._timer = QTimer(self, interval=16, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_step)
        canvas.picture_shown.connect(self._on_shown)

    def travel(self, seconds: float) -> None:
        """Go for so long."""
        self._canvas.clockwork.reset()
        self.lags_ms.clear()
        self._set_at.clear()
        self._began = perf_counter()
        self._timer.start()
        run_for(seconds)
        self._timer.stop()

    def close(self) -> None:
        self._canvas.picture_shown.disconnect(self._on_shown)

    def _on_step(self) -> None:
        with self._canvas.clockwork.work():
            now = perf_counter()
            camera = self._route.camera(self._home, now - self._began)
            self._set_at[camera] = now
            self._canvas.set_camera(camera)

    def _on_shown(self, camera: Camera) -> None:
        if camera in self._set_at:
            self.lags_ms.append((perf_counter() - self._set_at[camera]) * 1000)


class Stalls:
    """The longest that the event loop stood still, part by part."""

    def __init__(self) -> None:
        self.beat = Heartbeat()
        self.worst: dict[str, float] = {}

    @contextmanager
    def during(self, part: str) -> Iterator[None]:
        self.beat.start()
        yield
        self.beat.stop()
        self.worst[part] = self.beat.worst_ms

    @property
    def worst_ms(self) -> float:
        return max(self.worst.values(), default=0.0)


def row(name: str, values_ms: Sequence[float]) -> None:
    """One line of a table: how many, median, p95, p99, longest."""
    parts = [share(list(values_ms), part) for part in (0.5, 0.95, 0.99)]
    most = max(values_ms, default=0.0)
    numbers = "".join(f"{value:>9.1f}" for value in (*parts, most))
    print(f"{name:<44}{len(values_ms):>7}{numbers}")


def head(unit: str = "ms") -> None:
    titles = "".join(f"{title:>9}" for title in ("p50", "p95", "p99", "max"))
    print(f"{unit:<44}{'count':>7}{titles}")


def bound(**figures: str) -> None:
    """What is to be expected of a figure on a machine with a GPU, and what limits it there."""
    print("expected with a GPU (not measured here):")
    for figure, expected in figures.items():
        print(f"  {figure}: {expected}")
