"""The map and the rest of the desk hold the same thing in hand."""

from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Changes
from app.domain.incident import Place
from app.messages import Level
from app.selection import Ref, Selection
from app.services import Services
from maps.geo.camera import Extent
from maps.geo.mercator import point_to_mercator
from maps.picking import Picked, PickedMover, PickedPoint
from widgets.map.banner import Banner
from widgets.map.canvas import SituationCanvas
from widgets.map.stack import ORDER

CLOSE_ZOOM: Final = 15.0
_CLUSTER_ZOOM: Final = 16.0
# what of the view is covered: left, top, right, bottom
_EDGES: Final = (60, 70, 80, 60)


class Following(QObject):
    """Clicks select; on the map that `leads` a selection made elsewhere comes into view, gently.

    Signals: place_changed((lon, lat) or None): where that is which is selected.
    """

    place_changed = Signal(object)

    def __init__(
        self, services: Services, canvas: SituationCanvas, banner: Banner, leads: bool
    ) -> None:
        super().__init__(canvas)
        self._services, self._canvas, self._banner = services, canvas, banner
        self._leads = leads
        self._clicking = False
        self.place: tuple[float, float] | None = None
        self._connect()
        self._on_selected(self._selection.current)

    def _connect(self) -> None:
        canvas, selection = self._canvas, self._selection
        canvas.clicked.connect(self._on_clicked)
        canvas.opened.connect(self._on_opened)
        canvas.entered.connect(self._on_entered)
        canvas.stepped.connect(self._on_stepped)
        canvas.dismissed.connect(canvas.unmark)
        canvas.dismissed.connect(canvas.unfollow)
        canvas.locate_asked.connect(self.locate)
        selection.changed.connect(self._on_selected)
        selection.located.connect(self._on_located)
        self._services.store.changed.connect(self._on_store_changed)

    @property
    def _selection(self) -> Selection:
        return self._services.selection

    def locate(self) -> None:
        """Bring what is selected to the middle, close enough to see the lanes."""
        if self.place is not None:
            self._canvas.fly_to(*self.place, max(self._canvas.camera.zoom, CLOSE_ZOOM))

    # from the map

    def _on_clicked(self, found: Picked | None, _lon: float, _lat: float) -> None:
        if isinstance(found, PickedMover):
            self._canvas.follow(found.layer, found.id)
        if not isinstance(found, PickedPoint):
            return
        if found.stacked:
            self._select(found.layer, self._next_of(found.ids))
        elif len(found.ids) > 1:
            self._open_cluster(found)
        else:
            self._select(found.layer, found.id)

    def _next_of(self, ids: tuple[str, ...]) -> str:
        """Of what lies at one place: the one below that which is selected."""
        current = self._selection.current
        known = current is not None and current.id in ids
        return ids[(ids.index(current.id) + 1) % len(ids)] if known and current else ids[0]

    def _select(self, kind: str, entity_id: str) -> None:
        self._clicking = True
        self._selection.select(Ref(kind, entity_id))
        self._clicking = False

    def _on_opened(self, kind: str, entity_id: str) -> None:
        if kind == "incident":
            self._clicking = True
            self._selection.open(Ref(kind, entity_id))
            self._clicking = False
        elif kind == "camera":
            self._selection.watch(Ref(kind, entity_id))

    def _on_entered(self) -> None:
        current = self._selection.current
        if current is not None:
            self._on_opened(current.kind, current.id)

    def _on_stepped(self, steps: int) -> None:
        ids = self._canvas.rows_in_view("incident")
        if not ids:
            text = self.tr("这一片没有未结事件")
            self._services.messages.post(Level.INFO, text, key="map.step")
            return
        current = self._selection.current
        known = current is not None and current.id in ids
        at = ids.index(current.id) + steps if known and current is not None else min(steps, 0)
        self._select("incident", ids[at % len(ids)])

    def _open_cluster(self, found: PickedPoint) -> None:
        """Come so close that its members stand apart."""
        places = [_position(self._place(Ref(found.layer, one))) for one in found.ids]
        spots = [point_to_mercator(*place) for place in places if place is not None]
        if not spots:
            return
        xs, ys = zip(*spots, strict=True)
        extent = Extent(west=min(xs), south=min(ys), east=max(xs), north=max(ys))
        camera = self._canvas.camera
        fitted = camera.fitted(extent, padding=120.0)
        zoom = max(min(fitted.zoom, _CLUSTER_ZOOM), camera.zoom + 1.0)
        self._canvas.fly_to(*fitted.lonlat, zoom)

    # from elsewhere

    def _on_selected(self, ref: Ref | None) -> None:
        self._canvas.unmark()
        self._canvas.select(ref.id if ref is not None and ref.kind in ORDER else None)
        place = self._place(ref)
        self.place = _position(place)
        self.place_changed.emit(self.place)
        nowhere = place is not None and not place.has_point
        self._banner.say(self.tr("所选事件没有坐标,地图上无法显示") if nowhere else "", "warn")
        if self.place is None:
            return
        if ref is not None and not self._on_map(ref):
            self._canvas.mark(*self.place)
        if self._leads and not self._clicking and not self._in_sight(*self.place):
            self._canvas.fly_to(*self.place)

    def _on_store_changed(self, changes: Changes) -> None:
        """A new case is selected before its row has come: look there when it has a place."""
        ref = self._selection.current
        if self.place is None and ref is not None and ref.id in changes.of(ref.kind).touched:
            self._on_selected(ref)

    def _on_located(self, lon: float, lat: float) -> None:
        self._canvas.mark(lon, lat)
        if self._leads:
            self._canvas.fly_to(lon, lat, max(self._canvas.camera.zoom, CLOSE_ZOOM))

    def _on_map(self, ref: Ref) -> bool:
        """Closed cases have no symbol: the marker stands for them."""
        entity = self._entity(ref)
        return bool(getattr(entity, "is_open", True))

    def _in_sight(self, lon: float, lat: float) -> bool:
        camera = self._canvas.camera
        x, y = camera.to_screen(*point_to_mercator(lon, lat))
        left, top, right, bottom = _EDGES
        return left < x < camera.width - right and top < y < camera.height - bottom

    def _entity(self, ref: Ref | None) -> Any | None:
        if ref is None or ref.kind not in ORDER:
            return None
        return self._services.store.get(ref.kind, ref.id)

    def _place(self, ref: Ref | None) -> Place | None:
        place = getattr(self._entity(ref), "place", None)
        return place if isinstance(place, Place) else None


def _position(place: Place | None) -> tuple[float, float] | None:
    if place is None or place.lon is None or place.lat is None:
        return None
    return place.lon, place.lat
