"""The map with what this desk adds: a marker, a focus ring, keys and double click that open."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from maps.canvas import MapCanvas
from maps.geo.mercator import point_to_mercator, to_mercator
from maps.picking import PickedPoint
from maps.theme import MapTheme
from widgets.shared.camera_drag import camera_mime

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYED: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_AIMING: Final = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_Space,
)  # fmt: skip
_STEPS: Final = {Qt.Key.Key_N: 1, Qt.Key.Key_P: -1}


class SituationCanvas(MapCanvas):
    """A single camera can be dragged off it, to a tile of the video wall.

    Signals: opened(str layer, str id): double click on a point, of several at one place on the
    selected one; entered(): Enter; stepped(int): to the next or previous case in view;
    dismissed(): Escape without a tool; locate_asked(); rings_asked().
    """

    opened = Signal(str, str)
    entered = Signal()
    stepped = Signal(int)
    dismissed = Signal()
    locate_asked = Signal()
    rings_asked = Signal()

    def __init__(self, parent: QWidget, theme: MapTheme) -> None:
        super().__init__(parent, theme)
        self._marker: tuple[float, float] | None = None
        self._by_key = False  # the hand is on the keys: show the focus
        self._aims = False  # and what they point at
        self._gripped: tuple[str, QPointF] | None = None  # the camera that the button went down on

    def mark(self, lon: float, lat: float) -> None:
        """Put the marker at a place (degrees WGS-84)."""
        self._marker = point_to_mercator(lon, lat)
        self.update()

    def unmark(self) -> None:
        self._marker = None
        self.update()

    @property
    def marked(self) -> bool:
        return self._marker is not None

    def take_keyboard(self) -> None:
        """Back from what stands on the map; it shows that the keys are its own."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def zoom_by(self, steps: float) -> None:
        """Closer or farther, about the middle."""
        self._motion.zoom_by(steps, self.width() / 2, self.height() / 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._backdrop.failure is None:
            if self._marker is not None:
                _paint_marker(painter, self._camera.to_screen(*self._marker), self._theme)
            if self.hasFocus() and self._aims:
                _paint_aim(painter, self._middle, self._theme)
        if self.hasFocus() and self._by_key:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.accent), 2.0))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    @property
    def _middle(self) -> QPointF:
        """Where the keys point."""
        return QPointF(self.width() / 2, self.height() / 2)

    def _take_keys(self, *, aim: bool) -> None:
        """The hand is on the keys: to point at the middle, or for an act of one key only."""
        self._by_key = True
        self._aims |= aim or self._pointer.tool is not None
        if self._aims:
            self._pointer.point(self._middle, self._camera)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._take_keys(aim=event.key() in _AIMING)
        key, plain = Qt.Key(event.key()), event.modifiers() == Qt.KeyboardModifier.NoModifier
        if key == Qt.Key.Key_Space or (key in _ENTER and self._pointer.tool is not None):
            self._pointer.click(self._middle, self._camera)
        elif key in _ENTER:
            self.entered.emit()
        elif key in _STEPS and plain:
            self.stepped.emit(_STEPS[key])
        elif key == Qt.Key.Key_L and plain:
            self.locate_asked.emit()
        elif key == Qt.Key.Key_R and plain:
            self.rings_asked.emit()
        elif key == Qt.Key.Key_Escape and self._pointer.tool is None:
            self.take_keyboard()
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _KEYED:
            self._take_keys(aim=False)  # Qt gives the focus by itself where another had it and went

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._leave_keys()

    def _leave_keys(self) -> None:
        if self._aims:
            self._pointer.leave()
        if self._by_key:
            self._by_key = self._aims = False
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._aims:
            self._take_keys(aim=True)

    def _leave(self) -> None:
        if not self._aims:
            super()._leave()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._leave_keys()
        self._gripped = self._grip(event)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._leave_keys()
        if self._gripped is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        camera_id, pressed = self._gripped
        if (event.position() - pressed).manhattanLength() >= QApplication.startDragDistance():
            self._gripped = None
            self._pointer.give_up()
            drag = QDrag(self)
            drag.setMimeData(camera_mime(camera_id))
            drag.exec(Qt.DropAction.CopyAction)

    def _on_fingers(self, event: QTouchEvent) -> None:
        self._gripped = None
        super()._on_fingers(event)

    def _grip(self, event: QMouseEvent) -> tuple[str, QPointF] | None:
        found = self._find(event.position())
        left = event.button() is Qt.MouseButton.LeftButton and self._pointer.tool is None
        if left and isinstance(found, PickedPoint) and found.layer == "camera":
            return (found.id, event.position()) if len(found.ids) == 1 else None
        return None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        found = self._find(place)
        if isinstance(found, PickedPoint) and self._pointer.tool is None:
            if found.stacked and self._selected in found.ids:
                self.opened.emit(found.layer, self._selected)
            elif len(found.ids) == 1:
                self.opened.emit(found.layer, found.id)
        elif not isinstance(found, PickedPoint):
            super().mouseDoubleClickEvent(event)

    def rows_in_view(self, layer_id: str) -> list[str]:
        """Ids of a layer's points in view, from west to east."""
        item = self._shown.points.get(layer_id)
        if item is None or not item.layer.visible:
            return []
        spots = self._camera.points_to_screen(to_mercator(item.layer.lonlat))
        inside = [
            (x, item.layer.ids[row])
            for row, (x, y) in enumerate(spots.tolist())
            if 0 <= x <= self._camera.width and 0 <= y <= self._camera.height
        ]
        return [point_id for _, point_id in sorted(inside)]


def _paint_marker(painter: QPainter, spot: tuple[float, float], theme: MapTheme) -> None:
    """A drop whose tip stands on the place."""
    x, y = spot
    painter.save()
    painter.translate(x, y)
    for colour, grow in ((theme.halo, 2.5), (theme.accent, 0.0)):
        painter.setPen(QPen(QColor(colour), 2.0 * grow) if grow else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawPolygon([QPointF(-6.5, -13.0), QPointF(6.5, -13.0), QPointF(0.0, 0.0)])
        painter.drawEllipse(QPointF(0.0, -17.0), 8.0, 8.0)
    painter.setBrush(QColor(theme.halo))
    painter.drawEllipse(QPointF(0.0, -17.0), 3.2, 3.2)
    painter.restore()


def _paint_aim(painter: QPainter, middle: QPointF, theme: MapTheme) -> None:
    """Where the keys point; room in the middle for what lies there."""
    for colour, width in ((theme.halo, 5.0), (theme.accent, 2.0)):
        painter.setPen(QPen(QColor(colour), width))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            way = QPointF(dx, dy)
            painter.drawLine(middle + way * 15.0, middle + way * 25.0)
        painter.drawPoint(middle)
