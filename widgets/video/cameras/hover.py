"""A small still beside the list while the mouse rests on a camera, with its age."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.camera import Camera
from app.domain.describe import local_time
from app.services import Services
from app.text import language
from widgets.shared.fonts import BODY, SMALL, sans
from widgets.shared.labels import ElidedLabel, text_label
from widgets.video.camera_words import health_text
from widgets.video.cameras.stills import SIZE, Stills
from widgets.video.words import seconds_words

_REST_MS: Final = 350
_SECOND_MS: Final = 1000
_AWAY_PX: Final = 8


class HoverStill(QFrame):
    """Comes when the mouse has rested for a moment, goes at once; never takes the mouse.

    A still is never taken for live: its time and age stand below it.
    """

    def __init__(self, services: Services, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.ToolTip)
        self._services, self._owner = services, owner
        self._camera_id = ""
        self._row = QRect()
        self.stills = Stills(services, self)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._second = QTimer(self, interval=_SECOND_MS)
        self.picture = QLabel()
        self.name = ElidedLabel()
        self.age = text_label(font=sans(SMALL), tone="2")
        self.health = text_label(font=sans(SMALL), tone="2")
        self._build()
        self._rest.timeout.connect(self._on_rested)
        self._second.timeout.connect(self._say)
        self.stills.changed.connect(self._on_still)

    def point(self, camera_id: str, row: QRect) -> None:
        """The mouse is on a camera whose row lies there on the screen; "" when on none."""
        self._camera_id, self._row = camera_id, row
        self.stills.leave()
        self.hide()
        self._second.stop()
        if camera_id:
            self._rest.start()
        else:
            self._rest.stop()

    def _build(self) -> None:
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.picture.setFixedSize(SIZE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setProperty("surface", "bar")
        self.picture.setFont(sans(SMALL))
        self.name.setFont(sans(BODY, bold=True))
        self.name.setFixedWidth(SIZE.width())
        line = QHBoxLayout()
        line.addWidget(self.age, 1)
        line.addWidget(self.health)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.picture)
        column.addWidget(self.name)
        column.addLayout(line)

    def _on_rested(self) -> None:
        camera = self._services.store.get("camera", self._camera_id)
        if not isinstance(camera, Camera):
            return
        now = self._services.clock.now()
        self.name.setText(camera.name or camera.code)
        self.health.setText(health_text(camera, self._services.rules, language(), now))
        self.stills.ask(camera.id)
        self._show_still()
        self._second.start()
        self.adjustSize()
        self.move(self._beside())
        self.show()

    def _on_still(self, camera_id: str) -> None:
        if camera_id == self._camera_id and self.isVisible():
            self._show_still()

    def _show_still(self) -> None:
        still = self.stills.still(self._camera_id)
        if still is not None:
            self.picture.setPixmap(QPixmap.fromImage(still.image))
        else:
            self.picture.setPixmap(QPixmap())
            self.picture.setText(self.stills.why_not(self._camera_id))
        self._say()

    def _say(self) -> None:
        still = self.stills.still(self._camera_id)
        if still is None:
            self.age.setText("")
            return
        seconds = max((self._services.clock.now() - still.taken_at).total_seconds(), 0.0)
        self.age.setText(
            self.tr("静态 {time} · {age} 前").format(
                time=local_time(still.taken_at, "%H:%M:%S"), age=seconds_words(seconds)
            )
        )

    def _beside(self) -> QPoint:
        """Right of the row, or left of it where the screen ends; wholly on the screen."""
        room = self._owner.screen().availableGeometry()
        x = self._row.right() + _AWAY_PX
        if x + self.width() > room.right():
            x = self._row.left() - _AWAY_PX - self.width()
        y = min(max(self._row.top(), room.top()), room.bottom() - self.height())
        return QPoint(max(x, room.left()), y)
