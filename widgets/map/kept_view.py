"""Where a map looks first: where it was left, else at the city or with the first map."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from app.preferences import Preferences
from maps.canvas import MapCanvas
from maps.geo.camera import Camera
from maps.geo.mercator import point_to_mercator
from widgets.map.base import CITY
from widgets.map.linked import Maps

KEEP_MS: Final = 1000


class KeptView(QObject):
    """Keeps the view a moment after it moved. `name`: of the map; the first one is `map`."""

    def __init__(self, maps: Maps, name: str, canvas: MapCanvas, preferences: Preferences) -> None:
        super().__init__(canvas)
        self._maps, self._name, self._canvas = maps, name, canvas
        self._preferences = preferences
        self._city: Camera | None = None  # the view while nobody has moved it
        self._timer = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._timer.timeout.connect(self.keep)
        self.is_placed = False

    def place(self) -> None:
        """The first view, once the canvas has its size; from then on the view is kept."""
        self.is_placed = True
        self._canvas.camera_changed.connect(self._timer.start)
        self._canvas.camera_changed.connect(self._on_camera)
        self._preferences.changed.connect(self._on_preference)
        self._look()

    def keep(self) -> None:
        if self._canvas.isVisible():
            camera = self._canvas.camera
            lon, lat = camera.lonlat
            view = [round(lon, 6), round(lat, 6), round(camera.zoom, 2)]
            self._preferences.set(f"{self._name}.view", view)

    def _look(self) -> None:
        camera, first = self._canvas.camera, self._maps.first
        match self._preferences.get(f"{self._name}.view"):
            case [float(lon), float(lat), float(zoom)]:
                x, y = point_to_mercator(lon, lat)
                camera = camera.zoomed(zoom, 0.0, 0.0).centred(x, y)
            case _ if self._name != "map" and first is not None:
                camera = camera.zoomed(first.zoom, 0.0, 0.0).centred(first.x, first.y)
            case _:
                camera = self._city = camera.fitted(CITY)
        self._canvas.set_camera(camera)

    def _on_camera(self, camera: Camera) -> None:
        """The city fills the map until somebody moves it: docks find their size late."""
        city, self._city = self._city, None
        if city is None:
            return
        if camera == city:
            self._city = city
        elif camera == city.resized(camera.width, camera.height, camera.pixel_ratio):
            self._look()

    def _on_preference(self, key: str) -> None:
        if key == "":  # another user
            self._look()
