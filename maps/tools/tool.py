"""What a tool must be able to do."""

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from maps.geo.camera import Camera
from maps.theme import MapTheme


class Tool(Protocol):
    """Takes clicks instead of the map while it is set."""

    cursor: Qt.CursorShape

    def clicked(self, lon: float, lat: float) -> None:
        """The left button was pressed and released at one place."""

    def cancelled(self) -> None:
        """Escape was pressed or another tool was set."""

    def paint(self, painter: QPainter, camera: Camera, theme: MapTheme) -> None:
        """Paint on top of everything else."""
