"""The map panel: layers below, what one may do with them above."""

import logging
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QHideEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.messages import Level
from app.place_finder import Candidate
from app.services import Services
from app.text import language
from maps.geo.camera import Extent
from maps.layers.layer import Layer
from maps.layers.network_layer import NetworkLayer
from maps.layers.path_layer import PathLayer
from maps.layers.point_layer import PointLayer
from widgets.map.asking import Asking
from widgets.map.base import Base, base_at_hand, city_base
from widgets.map.canvas import SituationCanvas
from widgets.map.districts import DISTRICTS, district_layer
from widgets.map.feed import PointFeed
from widgets.map.following import CLOSE_ZOOM, Following
from widgets.map.found_road import road_path
from widgets.map.going_along import GoingAlong
from widgets.map.heat import CaseHeat
from widgets.map.kept_view import KeptView
from widgets.map.layers.wishes import Wishes
from widgets.map.linked import LinkedView, Maps
from widgets.map.live_feed import LiveFeed
from widgets.map.overlay import Overlay
from widgets.map.pointing import Pointing
from widgets.map.prepared import PreparedFeed
from widgets.map.rings import Rings
from widgets.map.stack import LayerStack
from widgets.map.stakes import stake_layer
from widgets.map.theme import map_theme
from widgets.shared.theme import Theme

log = logging.getLogger(__name__)


class MapPanel(QWidget):
    """Loads what lies below in the pool; takes what happens from the store.

    :param name: the first map is `map`; further ones keep view and layers under their own name
    """

    def __init__(self, services: Services, name: str = "map") -> None:
        super().__init__()
        self._services, self.name = services, name
        words = language()
        self.canvas = SituationCanvas(self, map_theme(Theme.current()))
        self.canvas.setAccessibleName(self.tr("地图"))
        self.canvas.set_clock(lambda: services.clock.now().timestamp())
        self.stack = LayerStack(
            Wishes(services.preferences, services.session.role, name, self), self
        )
        self.feed = PointFeed(services, self)
        self._heat = CaseHeat()
        self.live = LiveFeed(services, self.stack, self.canvas)
        self.stakes = PreparedFeed(services, "route", stake_layer, self)
        self.districts = PreparedFeed(services, "district", district_layer, self)
        self.overlay = Overlay(services, self.stack, words, self.canvas, name)
        over = self.overlay
        self.pointing = Pointing(services, self.stack, self.canvas, over.card, over.readout, words)
        self.rings = Rings(services.tasks, services.clock, self.stack)
        maps = Maps.of(services.selection)
        self.linked = LinkedView(maps, name, self.canvas, services.preferences)
        self.following = Following(services, self.canvas, over.banner, self.linked.is_first)
        self.going_along = GoingAlong(services, self.canvas, over.banner)
        self.asking = Asking(services, maps, self.canvas, over.banner)
        self.kept_view = KeptView(maps, name, self.canvas, services.preferences)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        if not self.linked.is_first:
            over.tools.offer_link(self.linked.linked)
        self._connect()
        self.rings.move(self.following.place)
        self._take_base(words)

    def _connect(self) -> None:
        over = self.overlay
        self.stack.changed.connect(self._on_layers)
        self.feed.built.connect(self._on_points)
        self.stakes.built.connect(self.stack.put)
        self.districts.built.connect(self.stack.put)
        self.districts.gone.connect(lambda: self.stack.drop(DISTRICTS))
        self.canvas.failed.connect(self._on_failed)
        self.canvas.picture_shown.connect(self._on_picture)
        self._services.selection.point_asked.connect(self.pointing.stop)
        self.following.place_changed.connect(self.rings.move)
        self.rings.turned.connect(over.tools.button("rings").setChecked)
        self.canvas.rings_asked.connect(self.toggle_rings)
        over.tools.asked.connect(self._on_tool)
        over.find.chosen.connect(self._on_found)
        over.find.left.connect(self.canvas.take_keyboard)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(over.ask_find)
        copy = QShortcut(QKeySequence("Ctrl+Shift+C"), self)
        copy.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copy.activated.connect(self.copy_place)
        over.readout.copy_asked.connect(self.copy_place)

    @property
    def in_hand(self) -> bool:
        """True if the keyboard is on this map."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    # acts

    def find_place(self) -> None:
        """Put the keyboard into the find box."""
        self.overlay.ask_find()

    def locate_selected(self) -> None:
        self.following.locate()

    def toggle_layers(self) -> None:
        self.overlay.toggle_tree()

    def toggle_rings(self) -> None:
        """Distance rings around the selected case, and away again."""
        self.rings.turn(not self.rings.on)
        if self.rings.on and self.following.place is None:
            self._services.messages.post(
                Level.INFO, self.tr("选中有坐标的事件或设备后显示距离圈"), key="map.rings"
            )

    def show_all(self) -> None:
        """The whole network."""
        self.canvas.fit(self.canvas.home)

    def copy_place(self) -> None:
        """What the read-out says of the cursor's place, into the clipboard."""
        text = self.overlay.readout.copied(self.canvas.camera)
        QGuiApplication.clipboard().setText(text)
        self._services.messages.post(
            Level.INFO, self.tr("已复制 {text}").format(text=text), key="map.copy"
        )

    def _on_tool(self, name: str) -> None:
        match name:
            case "home":
                self.show_all()
            case "in":
                self.canvas.zoom_by(1.0)
            case "out":
                self.canvas.zoom_by(-1.0)
            case "layers":
                self.toggle_layers()
            case "rings":
                self.toggle_rings()
            case "close":
                self._services.selection.left.emit(self.name)
            case "link":
                self.linked.set_linked(self.overlay.tools.button("link").isChecked())
            case "locate":
                self.locate_selected()

    # layers

    def _take_base(self, words: str) -> None:
        base = base_at_hand(words)
        if base is not None:
            self._on_base(base)
        else:
            self.overlay.banner.say(self.tr("正在载入路网…"))
            self._services.tasks.run(city_base, words, done=self._on_base)

    def _on_base(self, base: Base) -> None:
        if not isValid(self):
            return
        self.overlay.banner.say("")
        for problem in base.problems:
            log.error("a layer of the map cannot be read: %s", problem)
        if base.problems:
            text = self.tr("地图底图缺失:{files}").format(files="; ".join(base.problems))
            self.overlay.banner.say(text, "bad")
        self.stack.put(*base.layers)

    def _on_picture(self) -> None:
        """The first whole one: what waits for it may begin."""
        if self.stack.get("roads") is not None and self.canvas.is_crisp:
            self.canvas.picture_shown.disconnect(self._on_picture)
            self._services.session.painted()

    def _on_points(self, layers: tuple[Layer, ...]) -> None:
        cases = [o for o in layers if isinstance(o, PointLayer) and o.id == "incident"]
        self.stack.put(*layers, *map(self._heat.layer, cases))
        self.overlay.legend.show_count(self.feed.shown, self.feed.nowhere)

    def _on_layers(self) -> None:
        self.canvas.set_layers(self.stack.layers)

    def _on_failed(self, _failure: Any) -> None:
        """The canvas says what is missing; nothing on it would be of use."""
        self.overlay.clear()

    # finding

    def _on_found(self, candidate: Candidate) -> None:
        self.stack.drop("found")
        self.canvas.take_keyboard()
        place = candidate.place
        if place.lon is not None and place.lat is not None:
            self.canvas.mark(place.lon, place.lat)
            self.canvas.fly_to(place.lon, place.lat, max(self.canvas.camera.zoom, CLOSE_ZOOM))
            return
        self.canvas.unmark()
        if candidate.extent is not None:
            self.canvas.fit(_roomy(Extent.of_degrees(*candidate.extent)))
        roads = self.stack.get("roads")
        if isinstance(roads, NetworkLayer) and place.road:
            run = self._services.tasks.run
            run(road_path, roads.network, place.road, done=self._on_road)

    def _on_road(self, path: PathLayer) -> None:
        if isValid(self):
            self.stack.put(path)

    # on and off the screen

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.overlay.bring_back()  # a map that failed is tried again
        self.canvas.show()
        if not self.kept_view.is_placed:
            column = self.layout()
            if column is not None:
                column.activate()
            self.kept_view.place()
        self.feed.set_active(True)
        self.live.set_active(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.feed.set_active(False)
        self.live.set_active(False)
        self.pointing.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.live.set_active(False)
        self.canvas.close()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.canvas.set_theme(map_theme(Theme.current()))


def _roomy(extent: Extent) -> Extent:
    """With air around, so that nothing hides below legend and tools."""
    wide, high = extent.east - extent.west, extent.north - extent.south
    room = max(wide, high, 400.0) * 0.15
    return Extent(
        west=extent.west - room,
        south=extent.south - room,
        east=extent.east + room,
        north=extent.north + room,
    )
