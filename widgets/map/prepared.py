"""A layer that is worked out from all entities of a kind: stakes from routes, districts."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from app.domain.changes import Changes
from app.services import Services
from maps.layers.layer import Layer

PAUSE_MS: Final = 300
"""Entities that come within this time make one new layer."""
FIRST_MS: Final = 1500
"""The first time they wait for longer: a desk that starts has more urgent things to do."""

type Prepare = Callable[[tuple[Any, ...]], Layer | None]
"""Called in the pool; None if there is nothing to show."""


class PreparedFeed(QObject):
    """Keeps one layer in step with one kind of the store; prepares it in the pool.

    Signals: built(Layer); gone(): there is nothing to show any more.
    """

    built = Signal(object)
    gone = Signal()

    def __init__(self, services: Services, kind: str, prepare: Prepare, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._kind = kind
        self._prepare = prepare
        self._pause = QTimer(self, singleShot=True, interval=FIRST_MS)
        self._pause.timeout.connect(self._build)
        services.store.changed.connect(self._on_store_changed)
        if services.store.all(kind):
            self._pause.start()

    def _on_store_changed(self, changes: Changes) -> None:
        if changes.of(self._kind).touched:
            self._pause.start()

    def _build(self) -> None:
        self._pause.setInterval(PAUSE_MS)
        entities = tuple(self._services.store.all(self._kind).values())
        self._services.tasks.run(self._prepare, entities, done=self._on_built)

    def _on_built(self, layer: Layer | None) -> None:
        if not isValid(self):
            return
        if layer is None:
            self.gone.emit()
        else:
            self.built.emit(layer)
