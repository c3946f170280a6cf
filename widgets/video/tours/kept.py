"""The tours of a role: its own in the preferences, before them those of the demo city."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from app.preferences import Preferences
from app.store import Store
from app.video.tour import Tour

_DEMO: Final = Path(__file__).parents[3] / "resources" / "demo" / "tours.json"


class KeptTours(QObject):
    """Tours of the demo city are listed only while its cameras are in sight; what the user
    changes in one becomes his own.

    Signals: changed(): other tours, or another role.
    """

    changed = Signal()

    def __init__(
        self, preferences: Preferences, store: Store, role: Callable[[], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._preferences, self._store, self._role = preferences, store, role
        preferences.changed.connect(self._on_preference)

    def all(self) -> list[Tour]:
        own = {tour.id: tour for tour in self._own()}
        gone = self._kept().get("removed", [])
        given = [
            own.pop(tour.id, tour)
            for tour in demo_tours()
            if tour.id in own or (tour.id not in gone and self._is_in_sight(tour))
        ]
        return [*given, *own.values()]

    def get(self, tour_id: str) -> Tour | None:
        return next((tour for tour in self.all() if tour.id == tour_id), None)

    def put(self, tour: Tour) -> None:
        """Keep a new tour, or another version of one."""
        own = {kept.id: kept for kept in self._own()}
        own[tour.id] = replace(tour, demo=False)
        self._keep(own.values(), self._removed() - {tour.id})

    def remove(self, tour_id: str) -> None:
        own = [tour for tour in self._own() if tour.id != tour_id]
        self._keep(own, self._removed() | {tour_id})

    @property
    def _key(self) -> str:
        return f"video.tours.{self._role()}"

    def _kept(self) -> dict[str, Any]:
        kept = self._preferences.get(self._key, {})
        return kept if isinstance(kept, dict) else {}

    def _own(self) -> list[Tour]:
        rows = self._kept().get("tours")
        read = map(Tour.from_json, rows if isinstance(rows, list) else ())
        return [tour for tour in read if tour is not None]

    def _removed(self) -> set[str]:
        rows = self._kept().get("removed")
        return set(map(str, rows)) if isinstance(rows, list) else set()

    def _keep(self, own: Iterable[Tour], removed: set[str]) -> None:
        """Only tours of the demo city need remembering that they are gone."""
        given = {tour.id for tour in demo_tours()}
        kept = {"tours": [tour.to_json() for tour in own], "removed": sorted(removed & given)}
        self._preferences.set(self._key, kept)

    def _is_in_sight(self, tour: Tour) -> bool:
        cameras = (self._store.get("camera", camera_id) for camera_id in tour.cameras)
        return any(camera is not None and camera.demo for camera in cameras)

    def _on_preference(self, key: str) -> None:
        if key in ("", self._key):
            self.changed.emit()


@cache
def demo_tours() -> tuple[Tour, ...]:
    """Invented tours over the demo city's cameras; none in an installation without it."""
    if not _DEMO.exists():
        return ()
    read = map(Tour.from_json, json.loads(_DEMO.read_text("utf-8")))
    return tuple(replace(tour, demo=True) for tour in read if tour is not None)
