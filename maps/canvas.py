"""The map widget: blits the newest picture and paints labels, points and tools on top."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from maps.backdrop import Backdrop
from maps.failure_page import paint_failure
from maps.furniture import Furniture
from maps.geo.camera import Camera, Extent, clamp_zoom
from maps.geo.mercator import point_to_mercator
from maps.layers.layer import Layer
from maps.live import Live
from maps.motion import CameraMotion
from maps.movers.fixes import MoverCounts
from maps.navigation import Navigation
from maps.obstacles import Obstacles
from maps.picking import Picked, pick
from maps.pointer import Pointer
from maps.points.symbols import Symbols
from maps.render.request import Followed, Picture, RenderRequest
from maps.shown import ShownLayers
from maps.theme import DARK, MapTheme
from maps.tools.tool import Tool

ATTRIBUTION: Final = "© OpenStreetMap contributors, ODbL"
_CHINA: Final = Extent.of_degrees(73.0, 18.0, 135.0, 54.0)


class MapCanvas(QWidget):
    """Shows layers; the owner calls close() before it lets the canvas go.

    Signals: ``cursor_moved(lon, lat)`` in WGS-84 degrees; ``hovered(Picked | None)``;
    ``clicked(Picked | None, lon, lat)``; ``camera_changed(Camera)``; ``picture_shown(Camera)``
    after a new picture of the render thread was painted; ``failed(Failure)`` when there will be
    no more; ``follow_changed(Followed | None)``.
    """

    cursor_moved = Signal(float, float)
    hovered = Signal(object)
    clicked = Signal(object, float, float)
    camera_changed = Signal(object)
    picture_shown = Signal(object)
    failed = Signal(object)
    follow_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None, theme: MapTheme = DARK) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)  # else Qt makes a mouse of all fingers
        self._theme = theme
        self._shown = ShownLayers()
        self._camera = Camera(x=0.0, y=0.0, zoom=4.0, width=1, height=1).fitted(_CHINA)
        self._at_home = True  # nobody has moved the camera yet
        self._selected: str | None = None
        self._backdrop = Backdrop(self)
        self._obstacles = Obstacles(self)
        self._live = Live(self)
        self._prepare(self.devicePixelRatioF())
        self._motion = CameraMotion(lambda: self._camera, self._move, self)
        self._navigation = Navigation(self._motion, self)
        self._pointer = Pointer(self._navigation, self._find, self)
        self._connect()

    def _connect(self) -> None:
        self._backdrop.changed.connect(self.update)
        self._backdrop.arrived.connect(self._on_picture)
        self._backdrop.failed.connect(self.failed)
        self._live.beat.connect(self._ask)
        self._live.follow_changed.connect(self.follow_changed)
        self._live.follow_changed.connect(self._refresh)
        self._obstacles.changed.connect(self._refresh)
        self._obstacles.entered.connect(self._leave)
        self._pointer.cursor_moved.connect(self.cursor_moved)
        self._pointer.hovered.connect(self.hovered)
        self._pointer.clicked.connect(self.clicked)
        self._pointer.tool_used.connect(self.update)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._on_about_to_quit)

    # What the owner sets

    def set_layers(self, layers: tuple[Layer, ...]) -> None:
        """Show these, the lowest first. Layers are matched by id; what is the same stays."""
        repaint, camera = self._shown.set(layers), self._camera
        if self._at_home:
            self._camera = camera.fitted(self.home)
        if repaint or self._camera != camera:
            self.update()
        self._ask()

    def set_theme(self, theme: MapTheme) -> None:
        """Paint with other colours."""
        self._theme = theme
        self._prepare(self._camera.pixel_ratio)
        self._refresh()

    def _prepare(self, ratio: float) -> None:
        """Have what is painted here in the theme's colours."""
        self._symbols = Symbols(self._theme, ratio)
        self._furniture = Furniture(self._theme, ratio, ATTRIBUTION)

    def set_tool(self, tool: Tool | None) -> None:
        """Give clicks to a tool, or back to picking."""
        self._pointer.take(tool)
        self.setCursor(Qt.CursorShape.ArrowCursor if tool is None else tool.cursor)
        self.update()

    def select(self, point_id: str | None) -> None:
        """Put a ring around the point with this id, whichever layer it is in."""
        self._selected = point_id
        self.update()

    def keep_clear(self, *parts: QWidget) -> None:
        """Write no texts below these children."""
        self._obstacles.set(parts)

    def set_clock(self, now: Callable[[], float]) -> None:
        """Things that move are shown where they are by this clock: seconds since 1970, UTC."""
        self._live.now = now
        self._refresh()

    def follow(self, layer_id: str, mover_id: int) -> None:
        """Keep a thing that moves in the middle until somebody moves the camera."""
        self._live.follow(Followed(layer_id, mover_id))

    def unfollow(self) -> None:
        """Let the camera stay."""
        self._live.follow(None)

    @property
    def followed(self) -> Followed | None:
        """What the camera goes with."""
        return self._live.followed

    def mover_counts(self, layer_id: str) -> MoverCounts | None:
        """What became of a layer's movers; None before they were drawn."""
        return self._backdrop.counts.get(layer_id)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """What is shown."""
        return self._shown.layers

    @property
    def camera(self) -> Camera:
        """What is seen now."""
        return self._camera

    @property
    def pointed(self) -> tuple[float, float] | None:
        """Where mouse or keys point, in degrees WGS-84; None: nowhere on the map."""
        return self._pointer.place(self._camera)

    def look_again(self) -> None:
        """Tell anew what lies under the cursor: the camera has moved below it."""
        self._pointer.look_again()

    @property
    def home(self) -> Extent:
        """The full extent: that of the networks shown."""
        return self._shown.extent or _CHINA

    @property
    def is_crisp(self) -> bool:
        """True if the newest picture shows just what was asked last."""
        return self._backdrop.shows(self._wanted())

    @property
    def is_settled(self) -> bool:
        """True if the picture is crisp and its texts are all there too."""
        return self.is_crisp and self._backdrop.is_settled

    def set_camera(self, camera: Camera) -> None:
        """Look there at once; the size stays the widget's own."""
        self._live.follow(None)
        self._motion.move(self._own_size(camera))

    def fly_to(self, lon: float, lat: float, zoom: float | None = None) -> None:
        """Bring a place to the middle, with a short glide when it is near."""
        self._live.follow(None)
        wanted = self._camera.zoom if zoom is None else clamp_zoom(zoom)
        target = replace(self._camera, zoom=wanted).centred(*point_to_mercator(lon, lat))
        self._motion.fly_to(target)

    def fit(self, extent: Extent) -> None:
        """Show an extent as large as it fits."""
        self._live.follow(None)
        self._motion.fly_to(self._camera.fitted(extent))

    # Camera

    def _move(self, camera: Camera) -> None:
        if camera == self._camera:
            return
        if camera.zoom == self._camera.zoom:
            self._live.follow(None)
        self._camera = camera
        self._at_home = False
        self.camera_changed.emit(camera)
        self._refresh()

    def _refresh(self) -> None:
        """Repaint now with what there is, and ask for a new picture."""
        self.update()
        self._ask()

    def _ask(self) -> None:
        if self.isVisible() and self._camera.width >= 2:
            self._live.asked()
            self._backdrop.ask(self._wanted())

    def _wanted(self) -> RenderRequest:
        corner = self._furniture.box(self._camera)
        obstacles = (*self._obstacles.boxes, corner)
        live, at = self._live, self._live.now()
        camera = live.camera(self._camera, self._shown, at)
        layers = self._shown.layers
        return RenderRequest(camera, layers, self._theme, obstacles, live.followed, at)

    def _on_picture(self, picture: Picture) -> None:
        """Go along with what is followed: its camera comes with the picture that shows it there."""
        camera = picture.request.camera
        if self._live.arrived(picture, self._camera) and camera != self._camera:
            self._camera = camera
            self.camera_changed.emit(camera)

    def _own_size(self, camera: Camera) -> Camera:
        return camera.resized(self.width(), self.height(), self.devicePixelRatioF())

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._backdrop.failure is not None:
            paint_failure(painter, self.rect(), self._backdrop.failure, self._theme)
            painter.end()
            return
        shown = self._backdrop.paint(painter, self._camera, self._theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._shown.paint(painter, self._camera, self._symbols)
        if self._selected is not None:
            self._shown.paint_selected(painter, self._camera, self._symbols, self._selected)
        if self._pointer.tool is not None:
            self._pointer.tool.paint(painter, self._camera, self._theme)
        self._furniture.paint(painter, self._camera)
        painter.end()
        if shown is not None:
            self.picture_shown.emit(shown)

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._backdrop.failure is not None:
            self._backdrop.stop()  # another screen may have what was missing
        self._adopt_ratio()  # who was hidden while its window changed may not have been told
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._live.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._adopt_size()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._adopt_ratio()
        pinch = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is pinch:
            self._navigation.pinch(event, self._camera)
            return True
        if isinstance(event, QTouchEvent) and event.pointCount() > 1:
            self._on_fingers(event)
            return True
        return super().event(event)

    def _on_fingers(self, event: QTouchEvent) -> None:
        event.accept()
        self._pointer.give_up()  # the first finger was taken for a mouse
        self._navigation.fingers(event, self._camera)

    def _adopt_ratio(self) -> None:
        if self.devicePixelRatioF() != self._symbols.ratio:
            self._prepare(self.devicePixelRatioF())
            self._adopt_size()

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
        self._live.stop()
        self._backdrop.stop()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._navigation.wheel(event, self._camera)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event, self._camera)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release(event, self._camera)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            place = event.position()
            self._motion.zoom_by(1.0, place.x(), place.y())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._leave()

    def _leave(self) -> None:
        """The mouse is on the map no longer."""
        self._pointer.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Home:
            self.fit(self.home)
        elif event.key() == Qt.Key.Key_Escape and self._pointer.tool is not None:
            self.set_tool(None)
        elif not self._navigation.key(event, self._camera):
            super().keyPressEvent(event)

    def _find(self, place: QPointF) -> Picked | None:
        among = self._shown.pickable(self._camera.zoom, self._live.now(), self._theme)
        return pick(among, self._camera, place.x(), place.y())
