"""Cameras that a user wants at hand, kept with what else he likes at this seat."""

from PySide6.QtCore import QObject, Signal

from app.preferences import Preferences

_KEY = "video.favourites"


class Favourites(QObject):
    """Signals: changed(): some camera came or went."""

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        preferences.changed.connect(self._on_preference)

    def ids(self) -> frozenset[str]:
        kept = self._preferences.get(_KEY, [])
        return frozenset(map(str, kept)) if isinstance(kept, list) else frozenset()

    def toggle(self, camera_id: str) -> None:
        self._preferences.set(_KEY, sorted(self.ids() ^ {camera_id}))

    def _on_preference(self, key: str) -> None:
        if key in ("", _KEY):
            self.changed.emit()
