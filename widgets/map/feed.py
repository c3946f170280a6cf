"""Keeps the point layers in step with the store, kind by kind."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from app.domain.changes import Changes
from app.services import Services
from app.text import language
from maps.layers.point_layer import PointLayer
from widgets.map.points import MANY, Kind, Point, kinds, point_layer

PAUSE_MS: Final = 150
"""Changes that come within this time make one new layer."""


class PointFeed(QObject):
    """Takes note of every change, but builds layers only while the map is on the screen.

    Signals: built(tuple of PointLayer): the kinds that look different now.
    """

    built = Signal(object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._language = language()
        self._kinds = {kind.id: kind for kind in kinds()}
        self._points: dict[str, dict[str, Point]] = {kind: {} for kind in self._kinds}
        self._nowhere: set[str] = set()
        self._dirty: set[str] = set()
        self._in_pool: set[str] = set()  # kinds that are being prepared
        self._active = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._build)
        for kind in self._kinds.values():
            self._dirty.add(kind.id)
            known = services.store.all(kind.id).items()
            self._take(kind, [key for key, entity in known if getattr(entity, "is_open", True)])
        services.store.changed.connect(self._on_store_changed)

    @property
    def shown(self) -> int:
        """How many cases stand on the map."""
        return len(self._points["incident"])

    @property
    def nowhere(self) -> int:
        """How many open cases have no point."""
        return len(self._nowhere)

    def set_active(self, active: bool) -> None:
        """The map came onto the screen, or left it."""
        self._active = active
        if active:
            self._build()

    def _on_store_changed(self, changes: Changes) -> None:
        for kind in self._kinds.values():
            self._take(kind, changes.of(kind.id).touched)
        if self._dirty and self._active and not self._pause.isActive():
            self._pause.start()

    def _take(self, kind: Kind, ids: Iterable[str]) -> None:
        points = self._points[kind.id]
        for entity_id in ids:
            point = self._point(kind, entity_id)
            if point == points.get(entity_id):
                continue
            self._dirty.add(kind.id)
            if point is None:
                del points[entity_id]
            else:
                points[entity_id] = point

    def _point(self, kind: Kind, entity_id: str) -> Point | None:
        services = self._services
        entity = services.store.get(kind.id, entity_id)
        if entity is None:
            self._nowhere.discard(entity_id)
            return None
        pending = services.store.is_pending(kind.id, entity_id)
        point = kind.describe(entity, pending, services.rules, self._language)
        if kind.id == "incident":
            lost = point is None and entity.is_open
            (self._nowhere.add if lost else self._nowhere.discard)(entity_id)
        return point

    def _build(self) -> None:
        if not self._active:
            return
        ready = sorted(self._dirty - self._in_pool)
        self._dirty &= self._in_pool
        many = [kind for kind in ready if len(self._points[kind]) >= MANY]
        for kind in many:
            self._prepare(kind)
        few = [self._layer(kind) for kind in ready if kind not in many]
        if few:
            self.built.emit(tuple(few))

    def _layer(self, kind: str) -> PointLayer:
        return point_layer(self._kinds[kind], self._points[kind], self._services.settings.demo)

    def _prepare(self, kind: str) -> None:
        """One at a time of a kind, so that the newest comes last."""
        self._in_pool.add(kind)
        self._services.tasks.run(
            point_layer,
            self._kinds[kind],
            dict(self._points[kind]),
            self._services.settings.demo,
            done=partial(self._on_prepared, kind),
        )

    def _on_prepared(self, kind: str, layer: PointLayer) -> None:
        if not isValid(self):
            return
        self._in_pool.discard(kind)
        self.built.emit((layer,))
        if self._dirty and not self._pause.isActive():
            self._pause.start()
