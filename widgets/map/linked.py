"""Several maps at one seat: they know of each other by this alone."""

from dataclasses import replace
from typing import Self

from PySide6.QtCore import QObject, Signal

from app.preferences import Preferences
from app.selection import Selection
from maps.canvas import MapCanvas
from maps.geo.camera import Camera


class Maps(QObject):
    """Signals: moved(str map, Camera): a linked map looks there now; answered(): one of them
    gave the point that a form had asked for.
    """

    moved = Signal(str, object)
    answered = Signal()

    @classmethod
    def of(cls, selection: Selection) -> Self:
        """The one of this seat; it lives as long as what the maps have in common."""
        found = selection.findChild(cls)
        return found if found is not None else cls(selection)

    def __init__(self, selection: Selection) -> None:
        super().__init__(selection)
        self.first: Camera | None = None  # where the first map looks


class LinkedView(QObject):
    """While it is linked a map looks where the other linked ones look. The first always is:
    alone it leads nobody.
    """

    def __init__(self, maps: Maps, name: str, canvas: MapCanvas, preferences: Preferences) -> None:
        super().__init__(canvas)
        self._maps, self._name, self._canvas = maps, name, canvas
        self._preferences = preferences
        self._seen: tuple[float, float, float] | None = None
        maps.moved.connect(self._on_moved)
        canvas.camera_changed.connect(self._on_camera_changed)

    @property
    def is_first(self) -> bool:
        return self._name == "map"

    @property
    def linked(self) -> bool:
        return self.is_first or bool(self._preferences.get(f"{self._name}.linked", False))

    def set_linked(self, linked: bool) -> None:
        """From now on, at every start."""
        self._preferences.set(f"{self._name}.linked", linked)
        if linked and self._maps.first is not None:
            self._look(self._maps.first)

    def _on_camera_changed(self, camera: Camera) -> None:
        view = (camera.x, camera.y, camera.zoom)
        if view == self._seen:
            return  # it has another size, or has just been told so
        self._seen = view
        if self.is_first:
            self._maps.first = camera
        if self.linked and self._canvas.isVisible():
            self._maps.moved.emit(self._name, camera)

    def _on_moved(self, name: str, camera: Camera) -> None:
        if name != self._name and self.linked and self._canvas.isVisible():
            self._look(camera)

    def _look(self, camera: Camera) -> None:
        self._seen = (camera.x, camera.y, camera.zoom)
        own = self._canvas.camera
        self._canvas.set_camera(replace(own, x=camera.x, y=camera.y, zoom=camera.zoom))
