"""Which place the cursor points at: asked in the pool, one question at a time."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from app.domain.incident import Place
from app.places import Places

PAUSE_MS: Final = 60


class CursorPlace(QObject):
    """While an answer is under way only the newest position waits.

    Signals: found(Place).
    """

    found = Signal(object)

    def __init__(self, places: Places, parent: QObject) -> None:
        super().__init__(parent)
        self._places = places
        self._wanted: tuple[float, float] | None = None
        self._asking = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def point_at(self, lon: float, lat: float) -> None:
        """The cursor is there now (degrees WGS-84)."""
        self._wanted = (lon, lat)
        if not self._asking and not self._pause.isActive():
            self._pause.start()

    def stop(self) -> None:
        """The cursor has left."""
        self._wanted = None
        self._pause.stop()

    def _ask(self) -> None:
        if self._wanted is None or self._asking:
            return
        (lon, lat), self._wanted, self._asking = self._wanted, None, True
        self._places.at(lon, lat, self._on_answer)

    def _on_answer(self, place: Place) -> None:
        if not isValid(self):
            return
        self._asking = False
        self.found.emit(place)
        if self._wanted is not None:
            self._pause.start()
