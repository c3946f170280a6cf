"""Live channels for what a map shows: opened, moved and closed with it."""

from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from app.domain.live import LiveKind
from app.live.channel import Channel, View
from app.live.links import LinkFold, LinkPicture
from app.services import Services
from maps.canvas import MapCanvas
from maps.geo.camera import Camera
from maps.geo.mercator import HALF_WORLD, point_to_lonlat
from maps.layers.mover_layer import MoverLayer
from maps.layers.network_layer import NetworkLayer
from widgets.map import live_links, live_movers
from widgets.map.stack import LayerStack

SETTLE_MS: Final = 300
"""The view stands still for so long before another extent is asked for."""

TICK_MS: Final = 1000
_AROUND: Final = 0.5  # of the view on each side, so that a short pan asks for nothing
_ZOOM_STEP: Final = 1.0


class LiveFeed(QObject):
    """Brings traffic and vehicles into the stack while the map is on the screen and their layers
    are wanted; without news it looks each second what has become too old."""

    def __init__(self, services: Services, stack: LayerStack, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._services, self._stack, self._canvas = services, stack, canvas
        self._rule = services.rules.live
        self._channels: dict[LiveKind, Channel] = {}
        self._asked: View | None = None  # what the channels look at
        self._zoom = 0.0
        self._active = False
        self._has_come = False  # traffic, for what the channels look at
        self._vehicles: MoverLayer | None = None
        self._traffic = live_links.TrafficShown(self._rule.links_stale_s)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._tick = QTimer(self, interval=TICK_MS)
        self._connect()

    def _connect(self) -> None:
        self._settle.timeout.connect(self._look)
        self._tick.timeout.connect(self._on_tick)
        self._canvas.camera_changed.connect(self._on_camera)
        self._stack.changed.connect(self._on_stack_changed)

    @property
    def is_current(self) -> bool:
        """True once traffic has come for where the map looks."""
        return self._has_come and not self._settle.isActive()

    def set_active(self, active: bool) -> None:
        """The map came onto the screen, or left it."""
        self._active = active
        if active:
            self._tick.start()
            self._on_tick()
            self._look()
        else:
            self._tick.stop()
            self._settle.stop()
            self._follow()

    def _on_camera(self, _camera: Camera) -> None:
        # A view that goes along with a vehicle never stands still.
        waits = self._settle.isActive() and self._canvas.followed is not None
        if self._active and not waits:
            self._settle.start()

    def _on_stack_changed(self) -> None:
        self._follow()

    def _look(self) -> None:
        """Ask for what the map shows now, if that is not what the channels look at."""
        camera = self._canvas.camera
        if self._asked is None or not self._covers(camera):
            self._asked, self._zoom = view_of(camera, _AROUND), camera.zoom
            self._has_come = False
            for channel in self._channels.values():
                channel.look_at(self._asked)
        self._follow()

    def _covers(self, camera: Camera) -> bool:
        asked, seen = self._asked, view_of(camera, 0.0)
        if asked is None or abs(camera.zoom - self._zoom) > _ZOOM_STEP:
            return False
        inside = asked.west <= seen.west and asked.east >= seen.east
        return inside and asked.south <= seen.south and asked.north >= seen.north

    def _follow(self) -> None:
        """Open what is wanted and not open, close what is open and not wanted."""
        for kind, layer_id in ((LiveKind.LINKS, "traffic"), (LiveKind.VEHICLES, "vehicles")):
            wanted = self._active and self._stack.wishes.of(layer_id).visible is not False
            if not wanted and kind in self._channels:
                self._channels.pop(kind).close()
            elif not wanted and self._active and self._stack.get(layer_id) is None:
                self._offer(kind)
            elif wanted and kind not in self._channels and self._asked is not None:
                self._open(kind, self._asked)

    def _open(self, kind: LiveKind, view: View) -> None:
        live = self._services.live
        if kind is LiveKind.VEHICLES:
            fold = live_movers.MoverFold(self._rule)
            self._channels[kind] = live.open(kind, view, fold, self._on_vehicles)
            return
        roads = self._stack.get("roads")
        if isinstance(roads, NetworkLayer):
            network, self._has_come = roads.network, False
            self._channels[kind] = live.open(
                kind, view, LinkFold(len(network)), self._on_links, network.fingerprint
            )

    def _offer(self, kind: LiveKind) -> None:
        """What nobody wants yet can be asked for all the same: it stands in the layer tree."""
        roads = self._stack.get("roads")
        if kind is LiveKind.VEHICLES:
            self._put(live_movers.no_vehicles(self._rule))
        elif isinstance(roads, NetworkLayer):
            self._put(live_links.no_traffic(roads.network))

    # what came

    def _now(self) -> float:
        return self._services.clock.now().timestamp()

    def _on_links(self, picture: LinkPicture) -> None:
        self._has_come = True
        self._put(self._traffic.take(picture, self._now()))

    def _on_vehicles(self, picture: live_movers.MoverPicture) -> None:
        self._vehicles = live_movers.vehicle_layer(picture, self._rule)
        self._put(self._vehicles)

    def _on_tick(self) -> None:
        now, before = self._now(), self._vehicles
        self._put(self._traffic.look(now))
        if before is not None:
            self._vehicles = live_movers.without_lost(before, now, self._rule)
            self._put(self._vehicles if self._vehicles is not before else None)

    def _put(self, layer: Any) -> None:
        if layer is not None:
            self._stack.put(layer)


def view_of(camera: Camera, around: float) -> View:
    """What a camera sees, and so much of it more on each side; the whole world at most."""
    wide, high = camera.width / camera.scale, camera.height / camera.scale
    west, east = camera.x - wide * (0.5 + around), camera.x + wide * (0.5 + around)
    south, north = camera.y - high * (0.5 + around), camera.y + high * (0.5 + around)
    if west < -HALF_WORLD or east > HALF_WORLD:
        west, east = -HALF_WORLD, HALF_WORLD
    low = _degrees(west, max(south, -HALF_WORLD))
    far = _degrees(east, min(north, HALF_WORLD))
    return View(west=low[0], south=low[1], east=far[0], north=far[1], zoom=camera.zoom)


def _degrees(x: float, y: float) -> tuple[float, float]:
    if abs(x) >= HALF_WORLD:  # the antimeridian has two names
        return (180.0 if x > 0 else -180.0), point_to_lonlat(0.0, y)[1]
    return point_to_lonlat(x, y)
