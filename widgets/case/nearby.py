"""What stands near the case: cameras and facilities, the own carriageway first."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.camera import Camera
from app.domain.incident import Place
from app.domain.nearby import Near, nearest_along
from app.domain.reference import Facility
from app.domain.stakes import format_stake
from app.selection import Ref
from app.services import Services
from app.text import language
from widgets.shared.arrange import clear
from widgets.shared.buttons import button
from widgets.shared.camera_drag import camera_mime
from widgets.shared.fonts import SMALL, mono, sans
from widgets.shared.labels import ElidedLabel, text_label

CAMERAS, FACILITIES = 6, 8


class CameraGrip(QWidget):
    """A camera's row: it can be dragged to a tile of the wall."""

    def __init__(self, camera_id: str) -> None:
        super().__init__()
        self._camera = camera_id
        self._pressed: QPoint | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        way = event.position().toPoint() - self._pressed
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(camera_mime(self._camera))
            drag.setPixmap(self.grab())
            drag.exec(Qt.DropAction.CopyAction)


class Nearby(QWidget):
    """Counted off the GUI thread whenever the place of the case changes.

    Signals: watch_asked(): the cameras of the case are wanted on the wall.
    """

    watch_asked = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._place: Place | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(2)

    def show_place(self, place: Place, *, again: bool = False) -> None:
        """`again`: cameras or facilities changed, count anew for the same place."""
        if place == self._place and not again:
            return
        self._place = place
        store = self._services.store
        cameras, facilities = (
            list(store.all("camera").values()),
            list(store.all("facility").values()),
        )
        self._services.tasks.run(_find, place, cameras, facilities, done=self._on_found)

    def _on_found(self, found: tuple[Place, list[Near[Camera]], list[Near[Facility]]]) -> None:
        place, cameras, facilities = found
        if not isValid(self):
            return  # the page is gone
        if place != self._place:
            return
        clear(self._column)
        if not cameras and not facilities:
            self._column.addWidget(self._nothing(place))
        if cameras:
            self._column.addWidget(self._watch_row())
        self._add_group(self.tr("摄像机"), cameras)
        self._add_group(self.tr("设施"), facilities)
        self._column.addStretch(1)

    def _nothing(self, place: Place) -> QWidget:
        why = (
            self.tr("10 公里内没有摄像机和设施。")
            if place.resolved
            else self.tr("位置未落到桩号或坐标,算不出远近。修改位置后自动列出。")
        )
        label = text_label(why, font=sans(SMALL), tone="2")
        label.setWordWrap(True)
        return label

    def _add_group(
        self, title: str, found: Iterable[Near[Camera]] | Iterable[Near[Facility]]
    ) -> None:
        rows = [self._row(near) for near in found]
        if not rows:
            return
        self._column.addWidget(text_label(title, font=sans(SMALL), tone="2"))
        for row in rows:
            self._column.addWidget(row)

    def _watch_row(self) -> QWidget:
        watch = button(
            self.tr("调看附近摄像机"), tip=self.tr("在视频墙的未固定窗上显示,Esc 返回原画面")
        )
        watch.clicked.connect(self.watch_asked)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 2, 0, 6)
        line.addWidget(watch)
        line.addStretch(1)
        return row

    def _row(self, near: Near[Camera] | Near[Facility]) -> QWidget:
        entity = near.entity
        row = CameraGrip(entity.id) if isinstance(entity, Camera) else QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(8)
        distance = text_label(distance_text(near.distance_m), font=mono(SMALL))
        distance.setFixedWidth(56)
        distance.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name = ElidedLabel(" · ".join(filter(None, (entity.name or entity.id, self._kind(entity)))))
        place = ElidedLabel(self._where(near))
        place.setFont(sans(SMALL))
        place.setProperty("tone", "2" if near.same_carriageway else "3")
        line.addWidget(distance)
        line.addWidget(name, 3)
        line.addWidget(place, 2)
        if isinstance(entity, Camera):
            line.addWidget(self._watch(entity))
        shown = entity.place
        locate = button(self.tr("定位"), "flat", self.tr("在地图上显示该位置"))
        locate.setAccessibleName(self.tr("定位 {name}").format(name=entity.name or entity.id))
        locate.setEnabled(shown.has_point)
        locate.clicked.connect(lambda: self._locate(shown))
        line.addWidget(locate)
        return row

    def _watch(self, camera: Camera) -> QWidget:
        watch = button(self.tr("上墙"), "flat", self.tr("在视频墙上显示;也可拖到某一窗"))
        watch.setAccessibleName(self.tr("上墙 {name}").format(name=camera.name or camera.id))
        ref = Ref("camera", camera.id)
        watch.clicked.connect(lambda: self._services.selection.watch(ref))
        return watch

    def _kind(self, entity: Camera | Facility) -> str:
        rules = self._services.rules
        if isinstance(entity, Facility):
            return rules.label("facility", entity.category, language())
        return rules.label("camera_node", entity.node, language()) if entity.node else ""

    def _where(self, near: Near[Camera] | Near[Facility]) -> str:
        """How its carriageway lies to the case's and its stake, or the telephone."""
        entity = near.entity
        sides = {True: self.tr("同向"), False: self.tr("对向"), None: ""}
        place = entity.place
        own_route = self._place is not None and place.route_id == self._place.route_id
        stake = format_stake(place.stake_m) if own_route and place.stake_m is not None else ""
        phone = entity.phone if isinstance(entity, Facility) else ""
        return " ".join(filter(None, (sides[near.same_carriageway], stake, phone)))

    def _locate(self, place: Place) -> None:
        if place.lon is not None and place.lat is not None:
            self._services.selection.located.emit(place.lon, place.lat)


def distance_text(metres: float) -> str:
    return f"{metres / 1000:.1f} km" if metres >= 1000 else f"{metres:.0f} m"


def _find(
    place: Place, cameras: list[Camera], facilities: list[Facility]
) -> tuple[Place, list[Near[Camera]], list[Near[Facility]]]:
    """In the pool: thousands of entities, the nearest few."""
    return (
        place,
        nearest_along(place, cameras)[:CAMERAS],
        nearest_along(place, facilities)[:FACILITIES],
    )
