"""What is under the cursor, in words: the read-out at once, the card after a moment's rest."""

from typing import Final

from PySide6.QtCore import QObject, QPoint, QTimer

from app.domain.incident import Place
from app.services import Services
from maps.geo.camera import Camera
from maps.geo.mercator import point_to_mercator
from maps.layers.area_layer import AreaLayer
from maps.layers.mover_layer import MoverLayer
from maps.layers.network_layer import NetworkLayer
from maps.picking import Picked, PickedArea, PickedMover, PickedPoint, PickedRoad
from widgets.map.canvas import SituationCanvas
from widgets.map.cursor_place import CursorPlace
from widgets.map.hover_card import HoverCard
from widgets.map.readout import Readout
from widgets.map.stack import LayerStack
from widgets.map.words import (
    Words,
    area_words,
    cluster_words,
    entity_words,
    mover_words,
    road_words,
)

POINT_MS: Final = 80
ROAD_MS: Final = 400
"""Roads are everywhere: their card waits until the hand rests."""
STILL_MS: Final = 250
"""A map that has not moved for so long stands still."""


class Pointing(QObject):
    """Follows the cursor over the canvas."""

    def __init__(
        self,
        services: Services,
        stack: LayerStack,
        canvas: SituationCanvas,
        card: HoverCard,
        readout: Readout,
        language: str,
    ) -> None:
        super().__init__(canvas)
        self._services, self._stack, self._language = services, stack, language
        self._canvas, self._card, self._readout = canvas, card, readout
        self._under: Picked | None = None
        self._at = (0.0, 0.0)
        self._place: Place | None = None
        self._rest = QTimer(self, singleShot=True)
        self._still = QTimer(self, singleShot=True, interval=STILL_MS)
        self._stakes = CursorPlace(services.places, self)
        self._connect()

    def _connect(self) -> None:
        self._canvas.hovered.connect(self._on_hovered)
        self._canvas.cursor_moved.connect(self._on_cursor_moved)
        self._canvas.camera_changed.connect(self._on_camera_changed)
        self._rest.timeout.connect(self._show)
        self._still.timeout.connect(self._on_still)
        self._stakes.found.connect(self._on_place)

    def stop(self) -> None:
        """The card goes and stays away until the cursor moves."""
        self._rest.stop()
        self._still.stop()
        self._card.hide()

    def _on_hovered(self, under: Picked | None) -> None:
        if _thing(under) != _thing(self._under):
            self._card.hide()
            self._place = None
        self._under = under
        if under is None:
            self._rest.stop()
        elif not self._card.isVisible():
            small = isinstance(under, PickedPoint | PickedMover)
            self._rest.start(POINT_MS if small else ROAD_MS)

    def _on_cursor_moved(self, lon: float, lat: float) -> None:
        self._at = (lon, lat)
        self._readout.show_cursor(lon, lat)
        self._stakes.point_at(lon, lat)

    def _on_place(self, place: Place) -> None:
        self._place = place
        self._readout.show_place(place)
        if self._card.isVisible() and isinstance(self._under, PickedRoad):
            self._show()

    def _on_camera_changed(self, camera: Camera) -> None:
        self.stop()
        self._place = None
        self._readout.show_camera(camera, self._canvas.pointed)
        self._still.start()

    def _on_still(self) -> None:
        """Something else lies under the cursor, though nobody has moved it."""
        at = self._canvas.pointed
        if at is not None:
            self._on_cursor_moved(*at)
            self._canvas.look_again()

    def _show(self) -> None:
        words = self._words()
        if words is None:
            self._card.hide()
            return
        x, y = self._canvas.camera.to_screen(*point_to_mercator(*self._at))
        self._card.show_words(words, QPoint(round(x), round(y)))

    def _words(self) -> Words | None:
        match self._under:
            case PickedPoint(ids=ids) as found if len(ids) > 1:
                return cluster_words(self._services, found, self._language)
            case PickedPoint(layer=kind, id=entity_id):
                return entity_words(self._services, kind, entity_id, self._language)
            case PickedRoad(layer=layer_id, link=link):
                layer = self._stack.get(layer_id)
                if isinstance(layer, NetworkLayer):
                    rules = self._services.rules
                    return road_words(layer.network.link(link), self._place, rules, self._language)
            case PickedMover(layer=layer_id, id=mover_id):
                movers = self._stack.get(layer_id)
                if isinstance(movers, MoverLayer):
                    return mover_words(movers, mover_id, self._services.clock.now().timestamp())
            case PickedArea(layer=layer_id, id=area_id):
                areas = self._stack.get(layer_id)
                if isinstance(areas, AreaLayer):
                    return area_words(areas, area_id)
        return None


def _thing(under: Picked | None) -> object:
    """What it is, wherever the cursor stands on it."""
    match under:
        case PickedRoad():
            return under.layer, under.link
        case PickedMover() | PickedArea():
            return under.layer, under.id
    return under
