"""What the mouse does on a map: it hovers, clicks, drags, and holds a tool."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from maps.geo.camera import Camera
from maps.geo.mercator import point_to_lonlat
from maps.navigation import Navigation
from maps.picking import Picked
from maps.tools.tool import Tool

type Find = Callable[[QPointF], Picked | None]


class Pointer(QObject):
    """Signals: as those of the canvas; tool_used(): the tool in hand took a click.

    :param find: what lies under a pixel
    """

    cursor_moved = Signal(float, float)
    hovered = Signal(object)
    clicked = Signal(object, float, float)
    tool_used = Signal()

    def __init__(self, navigation: Navigation, find: Find, parent: QObject) -> None:
        super().__init__(parent)
        self.tool: Tool | None = None
        self._navigation = navigation
        self._find = find
        self._at: QPointF | None = None  # where it points, in pixels; None: nowhere
        self._under: Picked | None = None

    def take(self, tool: Tool | None) -> None:
        """Give clicks to a tool, or back to picking."""
        before, self.tool = self.tool, None
        if before is not None and tool is not before:
            before.cancelled()
        self.tool = tool

    def place(self, camera: Camera) -> tuple[float, float] | None:
        """Where it points, in degrees WGS-84; None: nowhere on the map."""
        return None if self._at is None else _lonlat(self._at, camera)

    def point(self, at: QPointF, camera: Camera) -> None:
        """At this pixel, without a hand on the mouse."""
        self._at = at
        self.look_again()
        self.cursor_moved.emit(*_lonlat(at, camera))

    def look_again(self) -> None:
        """Something else may lie under it now: the camera has moved."""
        if self._at is not None and self.tool is None:
            self._under = self._find(self._at)
            self.hovered.emit(self._under)

    def press(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._navigation.press(event.position())

    def move(self, event: QMouseEvent, camera: Camera) -> None:
        place = self._at = event.position()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._navigation.drag(place, camera, QApplication.startDragDistance() // 2)
        elif self.tool is None:
            self._hover(self._find(place))
        self.cursor_moved.emit(*_lonlat(place, camera))

    def release(self, event: QMouseEvent, camera: Camera) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or not self._navigation.release():
            return
        self.click(event.position(), camera)

    def click(self, at: QPointF, camera: Camera) -> None:
        """Take what lies at a pixel, or give the place to the tool."""
        lon, lat = _lonlat(at, camera)
        if self.tool is not None:
            self.tool.clicked(lon, lat)
            self.tool_used.emit()
        else:
            self.clicked.emit(self._find(at), lon, lat)

    def give_up(self) -> None:
        """What was pressed is dragged away: no click, no pan."""
        self._navigation.release()

    def leave(self) -> None:
        """Nothing is under the mouse any longer."""
        self._at = None
        self._hover(None)

    def _hover(self, found: Picked | None) -> None:
        if found != self._under:
            self._under = found
            self.hovered.emit(found)


def _lonlat(place: QPointF, camera: Camera) -> tuple[float, float]:
    return point_to_lonlat(*camera.to_world(place.x(), place.y()))
