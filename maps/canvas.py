"""The map widget: blits the newest picture and paints labels, points and tools on top."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from maps.backdrop import Backdrop
from maps.failure_page import paint_failure
from maps.furniture import furniture_box, paint_furniture
from maps.geo.camera import Camera, Extent, clamp_zoom
from maps.geo.mercator import point_to_lonlat, point_to_mercator
from maps.layers.layer import Layer
from maps.layers.network_layer import NetworkLayer
from maps.layers.point_layer import PointLayer
from maps.motion import CameraMotion
from maps.navigation import Navigation
from maps.network.network import extent_of
from maps.obstacles import Obstacles
from maps.picking import Picked, pick
from maps.points.painter import paint_points, paint_selected
from maps.points.point_item import PointItem
from maps.points.symbols import Symbols
from maps.render.request import RenderRequest
from maps.theme import DARK, MapTheme
from maps.tools.tool import Tool

ATTRIBUTION: Final = "© OpenStreetMap contributors, ODbL"
_CHINA: Final = Extent.of_degrees(73.0, 18.0, 135.0, 54.0)


class MapCanvas(QWidget):
    """Shows layers; the owner calls close() before it lets the canvas go.

    Signals: ``cursor_moved(lon, lat)`` in WGS-84 degrees; ``hovered(Picked | None)``;
    ``clicked(Picked | None, lon, lat)``; ``camera_changed(Camera)``; ``picture_shown(Camera)``
    after a new picture of the render thread was painted; ``failed(Failure)`` when there will be
    no more.
    """

    cursor_moved = Signal(float, float)
    hovered = Signal(object)
    clicked = Signal(object, float, float)
    camera_changed = Signal(object)
    picture_shown = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None, theme: MapTheme = DARK) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._theme = theme
        self._layers: tuple[Layer, ...] = ()
        self._points: dict[str, PointItem] = {}
        self._camera = Camera(x=0.0, y=0.0, zoom=4.0, width=1, height=1).fitted(_CHINA)
        self._at_home = True  # nobody has moved the camera yet
        self._selected: str | None = None
        self._under: Picked | None = None
        self._tool: Tool | None = None
        self._backdrop = Backdrop(self)
        self._obstacles = Obstacles(self)
        self._symbols = Symbols(theme, self.devicePixelRatioF())
        self._motion = CameraMotion(lambda: self._camera, self._move, self)
        self._navigation = Navigation(self._motion, self)
        self._connect()

    def _connect(self) -> None:
        self._backdrop.changed.connect(self.update)
        self._backdrop.failed.connect(self.failed)
        self._obstacles.changed.connect(self._refresh)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._on_about_to_quit)

    # What the owner sets

    def set_layers(self, layers: tuple[Layer, ...]) -> None:
        """Show these, the lowest first. Layers are matched by id; what is the same stays."""
        self._layers = layers
        self._points = {
            layer.id: self._point_item(layer) for layer in layers if isinstance(layer, PointLayer)
        }
        if self._at_home:
            self._camera = self._camera.fitted(self.home)
        self._refresh()

    def set_theme(self, theme: MapTheme) -> None:
        """Paint with other colours."""
        self._theme = theme
        self._symbols = Symbols(theme, self._camera.pixel_ratio)
        self._refresh()

    def set_tool(self, tool: Tool | None) -> None:
        """Give clicks to a tool, or back to picking."""
        if self._tool is not None and tool is not self._tool:
            before, self._tool = self._tool, None
            before.cancelled()
        self._tool = tool
        self.setCursor(Qt.CursorShape.ArrowCursor if tool is None else tool.cursor)
        self.update()

    def select(self, point_id: str | None) -> None:
        """Put a ring around the point with this id, whichever layer it is in."""
        self._selected = point_id
        self.update()

    def keep_clear(self, *parts: QWidget) -> None:
        """Write no texts below these children."""
        self._obstacles.set(parts)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """What is shown."""
        return self._layers

    @property
    def camera(self) -> Camera:
        """What is seen now."""
        return self._camera

    @property
    def home(self) -> Extent:
        """The full extent: that of the networks shown."""
        networks = [o.network for o in self._layers if isinstance(o, NetworkLayer)]
        return extent_of(networks) or _CHINA

    @property
    def is_crisp(self) -> bool:
        """True if the newest picture shows just what was asked last."""
        return self._backdrop.shows(self._wanted())

    def set_camera(self, camera: Camera) -> None:
        """Look there at once; the size stays the widget's own."""
        self._motion.move(self._own_size(camera))

    def fly_to(self, lon: float, lat: float, zoom: float | None = None) -> None:
        """Bring a place to the middle, with a short glide when it is near."""
        wanted = self._camera.zoom if zoom is None else clamp_zoom(zoom)
        target = replace(self._camera, zoom=wanted).centred(*point_to_mercator(lon, lat))
        self._motion.fly_to(target)

    def fit(self, extent: Extent) -> None:
        """Show an extent as large as it fits."""
        self._motion.fly_to(self._camera.fitted(extent))

    # Camera

    def _move(self, camera: Camera) -> None:
        if camera == self._camera:
            return
        self._camera = camera
        self._at_home = False
        self.camera_changed.emit(camera)
        self._refresh()

    def _refresh(self) -> None:
        """Repaint now with what there is, and ask for a new picture."""
        self.update()
        if self.isVisible() and self._camera.width >= 2:
            self._backdrop.ask(self._wanted())

    def _wanted(self) -> RenderRequest:
        corner = furniture_box(self._camera, self._theme, ATTRIBUTION)
        obstacles = (*self._obstacles.boxes, corner)
        return RenderRequest(self._camera, self._layers, self._theme, obstacles)

    def _own_size(self, camera: Camera) -> Camera:
        return camera.resized(self.width(), self.height(), self.devicePixelRatioF())

    def _point_item(self, layer: PointLayer) -> PointItem:
        known = self._points.get(layer.id)
        return known if known is not None and known.layer is layer else PointItem(layer)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._backdrop.failure is not None:
            paint_failure(painter, self.rect(), self._backdrop.failure, self._theme)
            painter.end()
            return
        shown = self._backdrop.paint(painter, self._camera, self._theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for layer in self._layers:
            if layer.id in self._points and layer.visible:
                paint_points(painter, self._points[layer.id], self._camera, self._symbols)
        self._paint_selected(painter)
        if self._tool is not None:
            self._tool.paint(painter, self._camera, self._theme)
        paint_furniture(painter, self._camera, self._theme, ATTRIBUTION)
        painter.end()
        if shown is not None:
            self.picture_shown.emit(shown)

    def _paint_selected(self, painter: QPainter) -> None:
        if self._selected is None:
            return
        for item in self._points.values():
            row = item.row_of(self._selected)
            if row is not None and item.layer.visible:
                paint_selected(painter, item, row, self._camera, self._symbols)

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._adopt_size()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._symbols = Symbols(self._theme, self.devicePixelRatioF())
            self._adopt_size()
        pinch = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is pinch:
            self._navigation.pinch(event, self._camera)
            return True
        return super().event(event)

    def _adopt_size(self) -> None:
        self._camera = self._own_size(self._camera)
        if self._at_home:
            self._camera = self._camera.fitted(self.home)
        self.camera_changed.emit(self._camera)
        self._refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stop()
        super().closeEvent(event)

    def _on_about_to_quit(self) -> None:
        self._stop()

    def _stop(self) -> None:
        """End the render thread; it starts again when the canvas is shown again."""
        self._motion.stop()
        self._backdrop.stop()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._navigation.wheel(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._navigation.press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._navigation.drag(place, self._camera, QApplication.startDragDistance() // 2)
        elif self._tool is None:
            self._hover(pick(*self._pickable(), self._camera, place.x(), place.y()))
        self.cursor_moved.emit(*self._lonlat(place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or not self._navigation.release():
            return
        place = event.position()
        lon, lat = self._lonlat(place)
        if self._tool is not None:
            self._tool.clicked(lon, lat)
            self.update()
            return
        found = pick(*self._pickable(), self._camera, place.x(), place.y())
        self.clicked.emit(found, lon, lat)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        self._motion.zoom_by(1.0, place.x(), place.y())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Home:
            self.fit(self.home)
        elif event.key() == Qt.Key.Key_Escape and self._tool is not None:
            self.set_tool(None)
        elif not self._navigation.key(event, self._camera):
            super().keyPressEvent(event)

    def _hover(self, found: Picked | None) -> None:
        if found != self._under:
            self._under = found
            self.hovered.emit(found)

    def _pickable(self) -> tuple[list[PointItem], list[NetworkLayer]]:
        layers = [layer for layer in self._layers if layer.visible]
        points = [self._points[o.id] for o in layers if isinstance(o, PointLayer)]
        return points, [layer for layer in layers if isinstance(layer, NetworkLayer)]

    def _lonlat(self, place: QPointF) -> tuple[float, float]:
        return point_to_lonlat(*self._camera.to_world(place.x(), place.y()))
